internal import Regions
internal import Statistics

/// How whole units added to, or taken from, one series of an indicator fall on a target's unit.
///
/// Positions are those of the register, entries those of the municipalities' `Levels`.
struct ChangeLayout: Sendable {
  /// What a figure must keep within, as in `Projection`.
  struct Limits: Sendable, Hashable {
    /// Whether the numerator is part of the denominator.
    var isShare = false
    /// The smallest numerator allowed, if any.
    var minimum: Double?
    /// The largest numerator allowed, if any.
    var maximum: Double?
  }

  /// The positions of the members that units go to.
  let positions: [Int]
  /// The index of each member among the entries of the municipalities; −1 for none.
  let entries: [Int]
  /// How units are spread over the members.
  let spread: Apportionment
  /// The positions that are summed to the region's figures; empty for a municipality.
  let regionPositions: [Int]
  /// Whether the denominator changes, not the numerator.
  let isOfDenominator: Bool
  /// 1 when units are added, −1 when they are taken away.
  let sign: Double
  /// The factor between a ratio and the value.
  let scale: Double
  /// Whether the value is divided by the country's ratio.
  let isRelative: Bool
  /// How the values add up.
  let aggregation: Indicator.Aggregation
  /// What a figure must keep within.
  let limits: Limits
}

extension ChangeLayout {
  /// Lays a change out; `nil` when no position has figures.
  ///
  /// - Parameters:
  ///   - indicator: The indicator; its numerator and denominator are counts or amounts.
  ///   - isOfDenominator: Whether its denominator changes.
  ///   - positions: The positions that are summed to the unit's figures.
  ///   - member: The position that gets all; `nil` to spread by the baseline's figures.
  ///   - baseline: The figures at the baseline.
  ///   - standings: The standings at the baseline.
  ///   - isRegion: Whether the unit is a region.
  ///   - numerator: What is known of the numerator.
  init?(
    of indicator: Indicator,
    isOfDenominator: Bool,
    positions: [Int],
    to member: Int?,
    baseline: IndicatorFigures,
    standings: Standings,
    isRegion: Bool,
    numerator: Series?
  ) {
    let present = positions.filter { position in
      baseline.isPresent(position) && baseline.denominator.map { $0.values[position] > 0 } ?? true
    }
    let members = member.map { [$0].filter(present.contains) } ?? present
    guard !members.isEmpty else { return nil }
    let column = isOfDenominator ? baseline.denominator ?? baseline.numerator : baseline.numerator
    let municipalities = standings.municipality.levels.entries
    let index = Dictionary(
      municipalities.indices.map { (municipalities[$0].parts[0], $0) },
      uniquingKeysWith: { first, _ in first }
    )
    let isLower = indicator.direction == .lower
    self.positions = members
    entries = members.map { index[$0] ?? -1 }
    spread = Apportionment(weights: members.map { max(0, column.values[$0]) })
    regionPositions = isRegion ? positions.filter(baseline.isPresent) : []
    self.isOfDenominator = isOfDenominator
    sign = isLower == isOfDenominator ? 1 : -1
    scale = indicator.scale
    isRelative = indicator.isRelativeToCountry
    aggregation = indicator.aggregation
    limits = Limits(
      isShare: indicator.isShare,
      minimum: numerator?.minimum,
      maximum: numerator?.maximum
    )
  }
}
