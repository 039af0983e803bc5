/// The values of one indicator in one year for the units of one level.
public struct Levels: Sendable, Hashable {
  /// One unit's value and what it rests on.
  public struct Entry: Sendable, Hashable {
    /// The unit.
    public let unit: Unit
    /// The positions of the register whose figures it is computed from.
    public let parts: [Int]
    /// The numerator, or the sum; NaN where missing.
    public var numerator: Double
    /// The denominator, or the sum of weights; `nil` when the value has none.
    public var denominator: Double?
    /// The value in the indicator's unit; NaN where missing.
    public var value: Double
    /// The weakest basis of its figures, or why there is no value.
    public var status: FigureStatus
    /// The oldest year among its figures.
    public var oldestYear: Int
    /// The positions of members without a figure.
    public var membersMissing: [Int]
  }

  /// The indicator.
  public let indicator: Indicator
  /// The year.
  public let year: Int
  /// Municipalities or regions.
  public let level: Level
  /// The division, for regions.
  public let division: String?
  /// The units, in the order of their codes.
  public var entries: [Entry]
  /// The value for the country, in the indicator's unit; `nil` where it is not defined.
  public let country: Double?
  /// The country's numerator over its denominator; `nil` where the value is no ratio.
  public let countryRatio: Double?

  /// The values, in the order of `entries`.
  public var values: [Double] { entries.map(\.value) }

  /// The same levels with values that differ by rounding noise alone made equal.
  ///
  /// A projected value carries the rounding of its products and quotients: a unit that reaches
  /// another's level may miss it in the last bit, which would give it a place of its own. Values
  /// within four units in the last place of their neighbour get the smallest of their group. Ratios
  /// of counts below ten million that differ at all differ by far more.
  ///
  /// - Complexity: O(*n* log *n*).
  public func mergingRoundingNoise() -> Levels {
    var result = self
    let sorted = entries.indices.filter { !entries[$0].value.isNaN }
      .sorted { entries[$0].value < entries[$1].value }
    for (earlier, later) in zip(sorted, sorted.dropFirst()) {
      let (low, high) = (entries[earlier].value, entries[later].value)
      guard high - low <= 4 * max(abs(low), abs(high)).ulp else { continue }
      result.entries[later].value = result.entries[earlier].value
    }
    return result
  }

  /// The same levels with the units of others too, in the order of the codes.
  ///
  /// Combined units have figures in some years only, so that the entries of two years need not be of
  /// the same units.
  ///
  /// - Parameter others: Levels whose units are added; they have no value here.
  /// - Returns: The levels of all these units.
  /// - Complexity: O(*n* log *n*).
  public func holdingUnits(of others: Levels) -> Levels {
    let own = Set(entries.map(\.unit.code))
    var result = self
    for var entry in others.entries where !own.contains(entry.unit.code) {
      (entry.numerator, entry.value) = (.nan, .nan)
      entry.denominator = entry.denominator.map { _ in .nan }
      entry.status = .missing(.notInSeries)
      entry.oldestYear = year
      result.entries.append(entry)
    }
    result.entries.sort { $0.unit.code < $1.unit.code }
    return result
  }

  /// The same levels for some of the units only, in the same order.
  public func restricted(to isIncluded: (Entry) -> Bool) -> Levels {
    var result = self
    result.entries = entries.filter(isIncluded)
    return result
  }
}

/// Why an indicator has no values for regions.
public struct NotAggregableError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The indicator.
  public let indicator: String
  /// The reason, a sentence.
  public let reason: String

  /// The sentence shown to the user.
  public var description: String { "\(indicator) cannot be computed for regions. \(reason)" }
}

extension IndicatorFigures {
  /// The value of every municipality that has a place of its own.
  ///
  /// Combined units that were municipalities appear when they have a figure. The value is
  /// *scale* × numerator / denominator, where there is a denominator; relative to the country it is
  /// divided by the country's ratio.
  ///
  /// **Missing values**: a municipality without figures is an entry with the reason; a zero
  /// denominator is missing too.
  ///
  /// - Complexity: O(*u*), with *u* positions.
  public func municipalityLevels(in register: MunicipalityRegister) -> Levels {
    let positions = register.unitPositions.filter {
      $0 < register.municipalities.count || isPresent($0)
    }
    let total = countryTotal(register)
    let entries = positions.map { position in
      var entry = Levels.Entry(
        unit: register.unit(at: position),
        parts: [position],
        numerator: numerator.values[position],
        denominator: denominator?.values[position],
        value: .nan,
        status: status(at: position),
        oldestYear: numerator.years[position],
        membersMissing: []
      )
      if indicator.aggregation == .weightedMean { entry.denominator = nil }
      settle(&entry, countryRatio: total.ratio)
      return entry
    }
    return Levels(
      indicator: indicator,
      year: year,
      level: .municipality,
      division: nil,
      entries: entries,
      country: countryValue(total),
      countryRatio: total.ratio.isNaN ? nil : total.ratio
    )
  }

  /// The value of every region of a division, by the indicator's rule.
  ///
  /// A sum needs every member. A ratio of sums and a weighted mean are taken over the members with
  /// figures, as long as these hold nine tenths of the region's inhabitants; the others are named
  /// in the entry.
  ///
  /// - Parameters:
  ///   - aggregation: The compiled sums of the division.
  ///   - panel: The panel the figures come from; it weighs the coverage.
  /// - Returns: The levels, in the order of the regions.
  /// - Throws: `NotAggregableError` for an indicator without values for regions.
  /// - Complexity: O(*m* + *u*), with *m* memberships and *u* positions.
  public func regionLevels(
    _ aggregation: Aggregation,
    in panel: Panel
  ) throws(NotAggregableError) -> Levels {
    switch indicator.aggregation {
    case .sum, .ratioOfSums, .weightedMean: break
    case .notAggregable:
      throw NotAggregableError(indicator: indicator.id, reason: indicator.note)
    case .publishedRank:
      throw NotAggregableError(
        indicator: indicator.id,
        reason: "Its values are published places of municipalities; a region has none of its own."
      )
    }
    let numerators = aggregation.sums(of: weightedNumerators)
    let denominators = denominator.map { aggregation.sums(of: $0.values) }
    let total = countryTotal(panel.register)
    var entries: [Levels.Entry] = []
    for (index, region) in aggregation.division.regions.enumerated() {
      let present = aggregation.parts[index].filter(isPresent)
      let missing = membersMissing(of: region, parts: present, in: panel.register)
      var entry = Levels.Entry(
        unit: Unit(level: .region, code: region.code, name: region.name),
        parts: present,
        numerator: numerators[index],
        denominator: denominators?[index],
        value: .nan,
        status: regionStatus(region, present: present, missing: missing, in: panel),
        oldestYear: present.map { numerator.years[$0] }.min() ?? year,
        membersMissing: missing
      )
      settle(&entry, countryRatio: total.ratio)
      entries.append(entry)
    }
    return Levels(
      indicator: indicator,
      year: year,
      level: .region,
      division: aggregation.division.id,
      entries: entries,
      country: countryValue(total),
      countryRatio: total.ratio.isNaN ? nil : total.ratio
    )
  }

  /// The numerators that add up: for a weighted mean the rate times its weight.
  private var weightedNumerators: [Double] {
    guard indicator.aggregation == .weightedMean, let weights = denominator else {
      return numerator.values
    }
    return zip(numerator.values, weights.values).map { $0 * $1 }
  }

  private func status(at position: Int) -> FigureStatus {
    guard let denominator else { return numerator.statuses[position] }
    return numerator.statuses[position].combined(with: denominator.statuses[position])
  }

  private func membersMissing(
    of region: Region,
    parts: [Int],
    in register: MunicipalityRegister
  ) -> [Int] {
    let covered = Set(parts.flatMap { register.combinedUnit(at: $0)?.members ?? [$0] })
    return region.members.filter { !covered.contains($0) }
  }

  private func regionStatus(
    _ region: Region,
    present: [Int],
    missing: [Int],
    in panel: Panel
  ) -> FigureStatus {
    guard let first = present.first else {
      return .missing(region.members.count == 1 ? missingReason(region.members[0]) : .memberMissing)
    }
    if !missing.isEmpty {
      if indicator.aggregation == .sum { return .missing(.memberMissing) }
      let lacking = missing.reduce(0) { $0 + panel.coverageWeights[$1] }
      let all = region.members.reduce(0) { $0 + panel.coverageWeights[$1] }
      if all == 0 || lacking > 0.1 * all { return .missing(.lowCoverage) }
    }
    return present.reduce(status(at: first)) { $0.combined(with: status(at: $1)) }
  }

  private func missingReason(_ position: Int) -> MissingReason {
    guard case .missing(let reason) = status(at: position) else { return .memberMissing }
    return reason
  }

  private func settle(_ entry: inout Levels.Entry, countryRatio: Double) {
    guard case .present = entry.status else {
      entry.numerator = .nan
      entry.denominator = entry.denominator.map { _ in .nan }
      return
    }
    var value = entry.numerator
    if let denominator = entry.denominator {
      guard denominator != 0 else {
        entry.status = .missing(.zeroDenominator)
        return
      }
      value /= denominator
    }
    entry.value = indicator.scale * (indicator.isRelativeToCountry ? value / countryRatio : value)
  }

  private func countryTotal(
    _ register: MunicipalityRegister
  ) -> (numerator: Double, denominator: Double?, ratio: Double) {
    let numerators = weightedNumerators
    var sums = (numerator: 0.0, denominator: 0.0)
    for position in 0..<register.count where isPresent(position) {
      sums.numerator += numerators[position]
      sums.denominator += denominator?.values[position] ?? 0
    }
    guard denominator != nil else { return (sums.numerator, nil, .nan) }
    return (sums.numerator, sums.denominator, sums.numerator / sums.denominator)
  }

  private func countryValue(
    _ total: (numerator: Double, denominator: Double?, ratio: Double)
  ) -> Double? {
    switch indicator.aggregation {
    case .notAggregable, .publishedRank: nil
    case .sum: indicator.scale * total.numerator
    case .ratioOfSums, .weightedMean:
      indicator.scale * (indicator.isRelativeToCountry ? 1 : total.ratio)
    }
  }
}
