/// An income equalisation with the places of municipalities and regions before and after it.
///
/// A region's revenue per inhabitant is the ratio of its members' sums, before and after: it is as if
/// the supplements of its members were its own. Among municipalities the equalisation evens out
/// distances and changes no place, as long as α + β < 1; a region's place it can change.
public struct EqualisationStandings: Sendable {
  /// One unit before and after the equalisation.
  public struct Standing: Sendable, Hashable {
    /// The positions whose figures it has.
    public let parts: [Int]
    /// The weakest basis of its figures, or why there are none.
    public let status: FigureStatus
    /// Its revenue in kroner.
    public let tax: Double
    /// Its inhabitants.
    public let population: Double
    /// Its revenue per inhabitant before.
    public let before: Double
    /// Its place before.
    public let placeBefore: Double
    /// The supplement per inhabitant; negative for those who give.
    public let supplement: Double
    /// Its revenue per inhabitant after.
    public let after: Double
    /// Its place after.
    public let placeAfter: Double
    /// How many units have a place at its level.
    public let ranked: Int
    /// The names of its municipalities without figures.
    public let membersMissing: [String]
  }

  /// The equalisation.
  public let equalisation: IncomeEqualisation
  /// The year of the figures.
  public let year: Int
  private let register: MunicipalityRegister
  private let before: [Level: Ranking]
  private let after: [Level: Ranking]

  /// Equalises the figures of an indicator that is a ratio of revenue and inhabitants, and ranks.
  ///
  /// - Parameters:
  ///   - figures: The figures; revenue in kroner.
  ///   - rates: The rates.
  ///   - country: Average and deduction, when the figures are of some municipalities only.
  ///   - aggregation: The sums of the division whose regions are ranked.
  ///   - panel: The panel the figures come from, whose inhabitants weigh a region's coverage.
  /// - Complexity: O(*u* log *u*), with *u* positions.
  public init(
    _ figures: IndicatorFigures,
    rates: EqualisationRates,
    country: IncomeEqualisation.Country? = nil,
    aggregation: Aggregation,
    panel: Panel
  ) {
    let population = figures.denominator?.values ?? []
    precondition(
      population.count == figures.numerator.values.count,
      "The figures are a ratio of revenue and inhabitants."
    )
    let equalisation = IncomeEqualisation(
      tax: figures.numerator.values,
      population: population,
      rates: rates,
      country: country
    )
    let own = figures.perInhabitant(figures.numerator.values)
    let evened = figures.perInhabitant(
      population.indices.map { population[$0] * equalisation.after[$0] }
    )
    self.equalisation = equalisation
    year = figures.year
    register = panel.register
    before = own.rankings(aggregation, panel)
    after = evened.rankings(aggregation, panel)
  }

  /// The units of a level that have a place, in the order of their places before.
  public func units(at level: Level) -> [Unit] {
    guard let ranking = before[level] else { return [] }
    return ranking.sortedIndices.filter { !ranking.places[$0].isNaN }
      .map { ranking.levels.entries[$0].unit }
  }

  /// A unit before and after; `nil` when it is none of those ranked.
  ///
  /// - Complexity: O(*u*).
  public func standing(of unit: Unit) -> Standing? {
    guard let first = before[unit.level], let second = after[unit.level],
      let index = first.index(of: unit)
    else { return nil }
    let (own, evened) = (first.levels.entries[index], second.levels.entries[index])
    return Standing(
      parts: own.parts,
      status: own.status,
      tax: own.numerator,
      population: own.denominator ?? .nan,
      before: own.value,
      placeBefore: first.places[index],
      supplement: evened.value - own.value,
      after: evened.value,
      placeAfter: second.places[index],
      ranked: first.ranked,
      membersMissing: own.membersMissing.map { register.unit(at: $0).name }
    )
  }
}

extension EqualisationStandings {
  /// One unit before and after a change of revenue or inhabitants.
  public struct Change: Sendable, Hashable {
    /// The unit before the change.
    public let without: Standing
    /// The unit after it.
    public let with: Standing
    /// What it keeps of the change.
    public let retention: IncomeEqualisation.Retention
  }

  /// What has changed for a unit since earlier standings; `nil` for a unit that is not ranked in both.
  ///
  /// - Complexity: O(*u*).
  public func change(of unit: Unit, since earlier: EqualisationStandings) -> Change? {
    guard let without = earlier.standing(of: unit), let with = standing(of: unit),
      !without.before.isNaN, !with.before.isNaN
    else { return nil }
    return Change(
      without: without,
      with: with,
      retention: equalisation.retention(at: with.parts, since: earlier.equalisation)
    )
  }

  /// The municipalities that have crossed the threshold since an earlier equalisation, up or down.
  public func crossings(since earlier: EqualisationStandings) -> (up: [Unit], down: [Unit]) {
    let (then, now) = (earlier.equalisation, equalisation)
    let both = (before[.municipality]?.levels.entries ?? []).filter { entry in
      entry.parts.allSatisfy { then.isPresent($0) && now.isPresent($0) }
    }
    func wasBelow(_ entry: Levels.Entry) -> Bool { entry.parts.contains(where: then.isBelow) }
    func isBelow(_ entry: Levels.Entry) -> Bool { entry.parts.contains(where: now.isBelow) }
    return (
      both.filter { wasBelow($0) && !isBelow($0) }.map(\.unit),
      both.filter { !wasBelow($0) && isBelow($0) }.map(\.unit)
    )
  }
}

extension IndicatorFigures {
  /// The same inhabitants with amounts in kroner, as a plain ratio.
  fileprivate func perInhabitant(_ amounts: [Double]) -> IndicatorFigures {
    let plain = Indicator(
      id: indicator.id,
      name: indicator.name,
      unit: .nok,
      decimals: 0,
      direction: .higher,
      numerator: indicator.numerator,
      denominator: indicator.denominator,
      scale: 1,
      aggregation: .ratioOfSums,
      weight: nil,
      isRelativeToCountry: false,
      isShare: false,
      source: indicator.source,
      note: indicator.note
    )
    var column = numerator
    column.values = amounts
    return IndicatorFigures(
      indicator: plain,
      year: year,
      numerator: column,
      denominator: denominator
    )
  }

  fileprivate func rankings(_ aggregation: Aggregation, _ panel: Panel) -> [Level: Ranking] {
    let municipalities = municipalityLevels(in: panel.register).mergingRoundingNoise()
    var rankings = [Level.municipality: Ranking(municipalities)]
    if let regions = try? regionLevels(aggregation, in: panel).mergingRoundingNoise() {
      rankings[.region] = Ranking(regions)
    }
    return rankings
  }
}
