/// The movement of several regions between two years in all measures, side by side, and who has
/// moved best by each.
public struct MovementComparison: Sendable {
  /// A measure by which regions are compared; larger is better.
  public enum Measure: String, Sendable, Hashable, CaseIterable {
    /// The sum of the places climbed by the members, as the plan counts.
    case sum = "F1"
    /// The mean per municipality.
    case mean = "F2"
    /// The sum of the changes in percentile.
    case percentile = "F4"
    /// The share of what was possible.
    case headroomShare = "F5"
    /// The places that the region's own value climbed among all regions.
    case ownPlace = "F6"
    /// The score against chance.
    case score = "Z"
  }

  /// One region.
  public struct Row: Sendable {
    /// The region.
    public let region: Unit
    /// How many municipalities it has.
    public let members: Int
    /// The first measures; `nil` when a member has no place in either year.
    public let movement: Movement?
    /// The region's own place before minus that after; `nil` where either is unknown.
    public let ownMovement: Double?
    /// The score against chance; `nil` where it is not computed.
    public let score: StandardisedMovement.Score?

    /// The value of a measure, or `nil` where it is unknown.
    public subscript(_ measure: Measure) -> Double? {
      switch measure {
      case .sum: movement?.sum
      case .mean: movement?.mean
      case .percentile: movement?.percentile
      case .headroomShare: movement?.headroomShare
      case .ownPlace: ownMovement
      case .score: score?.z
      }
    }
  }

  /// The regions, the largest sum first; those without one last, in the order of their codes.
  public let rows: [Row]
  /// How many municipalities were ranked before and after. Where these differ, some were split or
  /// have no figure, which by itself moves others by as many places at most.
  public let ranked: (before: Int, after: Int)
  /// The scores' bins, shuffles and seed; `nil` when fewer than half of the municipalities have a
  /// place in both years, so that there is nothing to compare with.
  public let field: StandardisedMovement?

  /// Compares some regions.
  ///
  /// - Parameters:
  ///   - regions: The regions that are compared.
  ///   - before: The ranking of all municipalities before, and of all regions where they have one.
  ///   - after: The same after.
  ///   - register: The municipalities.
  ///   - shuffles: How many times movements are shuffled for the score.
  ///   - seed: The seed of the shuffles.
  public init(
    of regions: [Region],
    before: [Level: Ranking],
    after: [Level: Ranking],
    register: MunicipalityRegister,
    shuffles: Int = 5000,
    seed: UInt64 = 1
  ) {
    let places = [before[.municipality], after[.municipality]].map { Self.places(in: $0, register) }
    let both = places[0].indices.count { !places[0][$0].isNaN && !places[1][$0].isNaN }
    let field =
      both * 2 < register.municipalities.count
      ? nil
      : StandardisedMovement(
        before: places[0],
        after: places[1],
        regions: regions.map(\.members),
        shuffles: shuffles,
        seed: seed
      )
    self.field = field
    let ranked = (
      before: before[.municipality]?.ranked ?? 0, after: after[.municipality]?.ranked ?? 0
    )
    self.ranked = ranked
    rows = regions.enumerated().map { index, region in
      let unit = Unit(level: .region, code: region.code, name: region.name)
      return Row(
        region: unit,
        members: region.members.count,
        movement: Movement(
          before: region.members.map { places[0][$0] },
          after: region.members.map { places[1][$0] },
          rankedBefore: ranked.before,
          rankedAfter: ranked.after
        ),
        ownMovement: Self.ownMovement(unit, before[.region], after[.region]),
        score: field?.scores[index]
      )
    }
    .sorted { left, right in
      let sums = (left[.sum] ?? -.infinity, right[.sum] ?? -.infinity)
      return sums.0 == sums.1 ? left.region.code < right.region.code : sums.0 > sums.1
    }
  }

  /// The regions with the largest value of a measure, in the order of the rows; several when they
  /// are equal but for rounding, none when nobody has a value.
  public func winners(by measure: Measure) -> [Unit] {
    guard let best = rows.compactMap({ $0[measure] }).max() else { return [] }
    return rows.filter { row in row[measure].map { $0 >= best - 1e-9 } ?? false }.map(\.region)
  }

  /// The region that is best by every measure that has values; `nil` when there is none, or the
  /// measures name different ones.
  public var commonWinner: Unit? {
    let byMeasure = Measure.allCases.map(winners(by:)).filter { !$0.isEmpty }
    return byMeasure.first?.first { unit in byMeasure.allSatisfy { $0.contains(unit) } }
  }

  /// The places to be summed, by position of the municipality; NaN where it has none.
  private static func places(in ranking: Ranking?, _ register: MunicipalityRegister) -> [Double] {
    var places = [Double](repeating: .nan, count: register.municipalities.count)
    guard let ranking else { return places }
    for (entry, place) in zip(ranking.levels.entries, ranking.placesForSums) {
      guard let position = register.position(ofCode: entry.unit.code), places.indices ~= position
      else { continue }
      places[position] = place
    }
    return places
  }

  private static func ownMovement(_ unit: Unit, _ before: Ranking?, _ after: Ranking?) -> Double? {
    guard let before, let after, let first = before.index(of: unit),
      let last = after.index(of: unit)
    else { return nil }
    let movement = before.places[first] - after.places[last]
    return movement.isNaN ? nil : movement
  }
}
