internal import Statistics

/// What the units of one level have achieved over a span of years, in every window the figures
/// allow: how much the value of an indicator changed, and how many places a unit climbed.
///
/// A window is a unit and a first year. Windows overlap: of a span of ten years there is one from
/// each year to the tenth after it. Left out are windows
///
/// - in which the figure is missing at either end, for a region that of any member;
/// - in which a series of the indicator has a break, into any year after the first, for the unit or
///   any member: such a change is no development;
/// - of combined units, which are not municipalities of today; a region may hold one.
///
/// Places are those among all units with figures in both years, windows with a break included, so
/// that everybody's movement is counted in the same field.
public struct ChangeHistory: Sendable {
  /// How a change of the value is counted.
  public enum Scale: String, Sendable, Hashable, CaseIterable {
    /// The difference of the two values: shares, rates, indices, places and what can be negative.
    case points
    /// The later value over the earlier one, less one: amounts, and amounts per inhabitant.
    case growth
  }

  /// One unit's change from one year to the last of the span.
  public struct Window: Sendable, Hashable {
    /// The unit, an index into `units`.
    public let unit: Int
    /// The first year.
    public let start: Int
    /// The value in the first year.
    public let startValue: Double
    /// The place in the first year, the mean of their places where values are equal.
    public let startPlace: Double
    /// The place in the first year as it is shown: equal values share the best place.
    public let shownStartPlace: Double
    /// The inhabitants in the first year; NaN where unknown.
    public let inhabitants: Double
    /// The change of the value over the whole span, on the scale of the history.
    public let change: Double
    /// The places climbed, from places that are the mean where values are equal; minus is down.
    public let movement: Double
  }

  /// The indicator.
  public let indicator: Indicator
  /// The years between the two figures of a window.
  public let span: Int
  /// Municipalities or regions.
  public let level: Level
  /// How changes are counted.
  public let scale: Scale
  /// The units: all municipalities, or the regions of the division.
  public let units: [Unit]
  /// The windows, in the order of their first years, then of the units.
  public let windows: [Window]

  /// Collects all windows of a span.
  ///
  /// - Parameters:
  ///   - indicator: The indicator, whose series are loaded.
  ///   - span: The years from the first figure to the second, at least 1.
  ///   - panel: The figures; `population.total` gives the inhabitants.
  ///   - regions: The division whose regions are looked at; without it municipalities are.
  ///   - years: The years that count, both ends of a window; without it all.
  /// - Throws: `NotAggregableError` when regions have no value of the indicator.
  /// - Complexity: O(*y* *u* log *u*), with *y* years of the series and *u* units.
  public init(
    of indicator: Indicator,
    span: Int,
    in panel: Panel,
    regions: Aggregation? = nil,
    years: ClosedRange<Int>? = nil
  ) throws(NotAggregableError) {
    precondition(span > 0, "A span has at least one year.")
    self.indicator = indicator
    self.span = span
    level = regions == nil ? .municipality : .region
    let scale = Self.scale(of: indicator, in: panel)
    self.scale = scale
    units =
      regions?.division.regions.map { Unit(level: .region, code: $0.code, name: $0.name) }
      ?? panel.register.municipalities.indices.map { panel.register.unit(at: $0) }
    let breaks = BreakYears(of: indicator, in: panel)
    let broken =
      regions?.division.regions.map { breaks.years(ofAnyOf: $0.members) } ?? breaks.byMunicipality
    var values: [Int: [Double]] = [:]
    for year in panel.years(of: indicator) where years?.contains(year) ?? true {
      values[year] = try Self.values(of: indicator, year: year, in: panel, regions: regions)
    }
    var windows: [Window] = []
    for start in values.keys.sorted() {
      guard let before = values[start], let after = values[start + span] else { continue }
      let field = Field(indicator, before: before, after: after)
      let inhabitants = Self.inhabitants(year: start, in: panel, regions: regions)
      for unit in units.indices where field.isPresent(unit) {
        guard !broken[unit].contains(where: { start < $0 && $0 <= start + span }),
          let change = scale.change(from: before[unit], to: after[unit])
        else { continue }
        windows.append(
          Window(
            unit: unit,
            start: start,
            startValue: before[unit],
            startPlace: field.placesBefore[unit],
            shownStartPlace: field.shownBefore[unit],
            inhabitants: inhabitants[unit],
            change: change,
            movement: field.placesBefore[unit] - field.placesAfter[unit]
          )
        )
      }
    }
    self.windows = windows
  }

  /// How changes of an indicator are counted.
  ///
  /// Points for shares, per cent, rates per thousand, indices and places, and where the series may
  /// be negative or says nothing of a minimum; growth for everything else.
  public static func scale(of indicator: Indicator, in panel: Panel) -> Scale {
    switch indicator.unit {
    case .percent, .percentagePoints, .perThousand, .index, .place: return .points
    case .persons, .jobs, .nok, .thousandNOK, .decare, .dwellings, .enterprises, .other: break
    }
    let minimum = panel.series[indicator.numerator]?.minimum ?? -1
    return indicator.isShare || minimum < 0 ? .points : .growth
  }

  /// How many windows of each unit at most do not overlap, added up: as many independent
  /// observations as there can be, fewer when a year is common to all units.
  ///
  /// - Parameter windows: Windows of this history, in its order.
  /// - Returns: The number; a window may begin in the year in which another ends.
  /// - Complexity: O(*w*), with *w* windows.
  public func nonOverlapping(_ windows: some Sequence<Window>) -> Int {
    var ends = [Int](repeating: .min, count: units.count)
    var count = 0
    for window in windows where window.start >= ends[window.unit] {
      ends[window.unit] = window.start + span
      count += 1
    }
    return count
  }

  private static func values(
    of indicator: Indicator,
    year: Int,
    in panel: Panel,
    regions: Aggregation?
  ) throws(NotAggregableError) -> [Double] {
    guard let figures = try? panel.figures(of: indicator, year: year) else {
      let count = regions?.parts.count ?? panel.register.municipalities.count
      return Array(repeating: .nan, count: count)
    }
    guard let regions else {
      let levels = figures.municipalityLevels(in: panel.register)
      return Array(levels.values.prefix(panel.register.municipalities.count))
    }
    return try figures.regionLevels(regions, in: panel).entries.map { entry in
      entry.membersMissing.isEmpty ? entry.value : .nan
    }
  }

  /// The inhabitants of each unit; those of a region with a combined unit are known when those of
  /// that are.
  private static func inhabitants(
    year: Int,
    in panel: Panel,
    regions: Aggregation?
  ) -> [Double] {
    let values = panel.columnWithCombinedSums("population.total", year: year).values
    guard let regions else { return values }
    return zip(regions.division.regions, regions.parts).map { region, parts in
      let counted = parts.filter { part in
        guard !values[part].isNaN else { return false }
        return panel.register.combinedUnit(at: part)?.members.contains { values[$0].isNaN } ?? true
      }
      let covered = Set(counted.flatMap { panel.register.combinedUnit(at: $0)?.members ?? [$0] })
      let isKnown = region.members.allSatisfy(covered.contains)
      return isKnown ? counted.reduce(0) { $0 + values[$1] } : .nan
    }
  }
}

extension ChangeHistory.Scale {
  /// The change from one value to another; `nil` where growth is not defined.
  public func change(from before: Double, to after: Double) -> Double? {
    switch self {
    case .points: after - before
    case .growth: before > 0 && after >= 0 ? after / before - 1 : nil
    }
  }

  /// The change over some years that is as much as a change each year; growth compounds.
  ///
  /// - Complexity: O(*y*), with *y* years.
  public func total(ofYearly change: Double, years: Int) -> Double {
    switch self {
    case .points: change * Double(years)
    case .growth: power(1 + change, years) - 1
    }
  }

  /// The change each year that makes up a change over some years; growth compounds.
  ///
  /// The root is found by Newton's method from above, with products and quotients only, so that it is
  /// the same on every machine.
  ///
  /// - Parameters:
  ///   - change: The change over all years; growth of at least −1.
  ///   - years: The years, at least 1.
  /// - Returns: The change each year.
  public func yearly(ofTotal change: Double, years: Int) -> Double {
    precondition(years > 0, "A span has at least one year.")
    let count = Double(years)
    guard self == .growth, years > 1, change != 0 else { return change / count }
    guard change > -1, change.isFinite else { return change }
    // By Bernoulli's inequality this is not below the root, from where the steps only go down.
    var root = 1 + change / count
    while true {
      let next = root - (root - (1 + change) / power(root, years - 1)) / count
      guard next < root else { return root - 1 }
      root = next
    }
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }
}

/// The places of all units with values in both years.
private struct Field {
  let placesBefore: [Double]
  let placesAfter: [Double]
  let shownBefore: [Double]

  init(_ indicator: Indicator, before: [Double], after: [Double]) {
    let before = zip(before, after).map { $1.isNaN ? .nan : $0 }
    let after = zip(before, after).map { $0.isNaN ? .nan : $1 }
    guard indicator.aggregation != .publishedRank else {
      (placesBefore, placesAfter, shownBefore) = (before, after, before)
      return
    }
    let order: RankOrder = indicator.direction == .lower ? .smallestFirst : .largestFirst
    placesBefore = ColumnRanks(of: before, order: order, ties: .fractional).places
    placesAfter = ColumnRanks(of: after, order: order, ties: .fractional).places
    shownBefore = ColumnRanks(of: before, order: order, ties: .competition).places
  }

  func isPresent(_ unit: Int) -> Bool { !placesBefore[unit].isNaN }
}

/// The years with a break in any series of an indicator, by municipality: what `Panel.isBreak` says,
/// looked up once.
private struct BreakYears {
  let byMunicipality: [Set<Int>]

  init(of indicator: Indicator, in panel: Panel) {
    let series = Set(indicator.series)
    let breaks = panel.breaks.filter { series.contains($0.series) }
    let national = Set(breaks.filter { $0.municipality == nil }.map(\.year))
    var years = Array(repeating: national, count: panel.register.municipalities.count)
    for item in breaks {
      guard let code = item.municipality, let position = panel.register.position(ofCode: code),
        years.indices.contains(position)
      else { continue }
      years[position].insert(item.year)
    }
    byMunicipality = years
  }

  func years(ofAnyOf members: [Int]) -> Set<Int> {
    members.reduce(into: []) { $0.formUnion(byMunicipality[$1]) }
  }
}
