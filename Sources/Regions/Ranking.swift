public import Statistics

/// The places of one indicator in one year within one set of units.
public struct Ranking: Sendable, Hashable {
  /// The values that are ranked.
  public let levels: Levels
  /// How equal values share their places.
  public let ties: TieRule
  /// Which end has place 1.
  public let order: RankOrder
  /// The place of each unit, in the order of `levels.entries`; NaN where the value is missing.
  public let places: [Double]
  /// How many units have a place.
  public let ranked: Int

  /// Ranks the values of an indicator, unrounded.
  ///
  /// - Parameters:
  ///   - levels: The values. A missing value gets no place and is not counted.
  ///   - ties: How equal values share their places.
  /// - Complexity: O(*n* log *n*), with *n* units.
  public init(_ levels: Levels, ties: TieRule = .competition) {
    self.levels = levels
    self.ties = ties
    order = levels.indicator.direction == .lower ? .smallestFirst : .largestFirst
    let ranks = ColumnRanks(of: levels.values, order: order, ties: ties)
    places = ranks.places
    ranked = ranks.ranked
  }

  /// Takes places that somebody published as they are.
  ///
  /// - Parameters:
  ///   - levels: The published places as values.
  ///   - ranked: How many units the publisher ranked.
  public init(published levels: Levels, ranked: Int) {
    self.levels = levels
    ties = .competition
    order = .smallestFirst
    places = levels.values
    self.ranked = ranked
  }

  /// The places to be summed or averaged, in the order of `levels.entries`: equal values have the
  /// mean of their places, so that all places sum to n(n + 1)/2; published places are as they are.
  ///
  /// - Complexity: O(*n* log *n*).
  public var placesForSums: [Double] {
    guard levels.indicator.aggregation != .publishedRank else { return places }
    return ColumnRanks(of: levels.values, order: order, ties: .fractional).places
  }

  /// The position among `levels.entries` of a unit, or `nil` when it is not in the set.
  public func index(of unit: Unit) -> Int? {
    levels.entries.firstIndex { $0.unit.code == unit.code }
  }

  /// The share of the ranked units that stand at or below a place, in per cent: 100 (1 − (r − ½)/n).
  public func percentile(ofPlace place: Double) -> Double {
    100 * (1 - (place - 0.5) / Double(ranked))
  }

  /// How many ranked units rest on each basis, strongest first; bases without units are left out.
  public var basisCounts: [(basis: Basis, count: Int)] {
    Basis.allCases.compactMap { basis in
      let count = levels.entries.count { $0.status.basis == basis && !$0.value.isNaN }
      return count == 0 ? nil : (basis, count)
    }
  }

  /// How many ranked units rest on carried values.
  public var carried: Int {
    levels.entries.count { $0.status.basis == .carried && !$0.value.isNaN }
  }

  /// The indices of the entries in the order of their places, ties in the order of the codes, units
  /// without a place last.
  public var sortedIndices: [Int] {
    places.indices.sorted { left, right in
      switch (places[left].isNaN, places[right].isNaN) {
      case (false, true): true
      case (true, false): false
      case (true, true): left < right
      case (false, false): (places[left], left) < (places[right], right)
      }
    }
  }

  /// The entry nearest above a unit: the worst among those with a strictly better value.
  public func nextBetter(than index: Int) -> Int? {
    let better = places.indices.filter { !places[$0].isNaN && isBetter($0, than: index) }
    return better.max { isBetter($0, than: $1) }
  }

  private func isBetter(_ left: Int, than right: Int) -> Bool {
    let (a, b) = (levels.entries[left].value, levels.entries[right].value)
    return order == .largestFirst ? a > b : a < b
  }
}
