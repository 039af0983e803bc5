/// Why a unit has its score, and what would move its place.
public struct CompositeExplanation: Sendable {
  /// By how much an indicator is moved to see what that is worth.
  public enum Step: String, Sendable, Hashable, CaseIterable {
    /// One unit of the indicator's own measure, such as one percentage point.
    case unit
    /// One standard deviation of the base window.
    case sigma
  }

  /// What one step of an indicator is worth, all other figures as they are.
  public struct Worth: Sendable, Hashable {
    /// The step, in the indicator's measure, towards the better.
    public let step: Double
    /// What it adds to the score; NaN where the unit has no figure.
    public let score: Double
    /// How many places it climbs; NaN where the unit has no figure.
    public let places: Double
  }

  /// What the next place costs in one indicator.
  public struct Price: Sendable, Hashable {
    /// The change of the indicator, in its measure, towards the better; `nil` when the indicator
    /// alone cannot give it.
    public let change: Double?
  }

  /// The scores.
  public let scores: CompositeScores
  /// The position of the unit.
  public let unit: Int
  /// The position of the unit with which it is compared, if it is.
  public let other: Int?

  /// Prepares an explanation.
  ///
  /// - Parameters:
  ///   - scores: The scores.
  ///   - unit: The position of the unit.
  ///   - other: The position of the unit with which it is compared, if it is.
  public init(_ scores: CompositeScores, unit: Int, against other: Int? = nil) {
    precondition(
      scores.sums.indices.contains(unit) && (other.map(scores.sums.indices.contains) ?? true),
      "The units are among those of the composite."
    )
    self.scores = scores
    self.unit = unit
    self.other = other
  }

  /// What each indicator contributes to T of a unit: its weight times its term.
  ///
  /// The contributions sum to T: to the score for the arithmetic mean, to its logarithm for the
  /// geometric.
  ///
  /// - Parameter unit: The position of the unit.
  /// - Returns: The contributions, NaN for a missing figure; `nil` when the unit has no score.
  /// - Complexity: O(*k*), with *k* indicators.
  public func contributions(of unit: Int) -> [Double]? {
    let row = scores.terms.map { $0[unit] }
    return scores.weighting.shares(present: row.map { !$0.isNaN }).map { shares in
      zip(shares, row).map { $1.isNaN ? .nan : $0 == 0 ? 0 : $0 * $1 }
    }
  }

  /// What each area contributes to T of a unit; `nil` when the unit has no score.
  public func areaContributions(of unit: Int) -> [Double]? {
    contributions(of: unit).map { all in
      scores.weighting.parts.map { part in
        part.reduce(0) { $0 + (all[$1].isNaN ? 0 : all[$1]) }
      }
    }
  }

  /// Why one unit is above the other: what each indicator contributes to the one less what it
  /// contributes to the other, the largest differences first.
  ///
  /// The differences sum to the difference in T; a missing figure contributes nothing.
  ///
  /// - Returns: The indicators' positions and differences; `nil` without another unit, or when either
  ///   has no score.
  public var differences: [(component: Int, difference: Double)]? {
    guard let other, let mine = contributions(of: unit), let theirs = contributions(of: other)
    else {
      return nil
    }
    return mine.indices.map { index in
      (index, (mine[index].isNaN ? 0 : mine[index]) - (theirs[index].isNaN ? 0 : theirs[index]))
    }
    .sorted { left, right in
      let (a, b) = (left.difference.magnitude, right.difference.magnitude)
      return a == b ? left.component < right.component : a > b
    }
  }

  // MARK: - What a step is worth

  /// What a step of each indicator is worth to the unit in score and places; all others stand still.
  ///
  /// - Parameter step: By how much an indicator is moved.
  /// - Returns: The worth of each indicator.
  /// - Complexity: O(*k* (*k* + *n*)), with *k* indicators and *n* units.
  public func worths(_ step: Step) -> [Worth] {
    scores.figures.components.indices.map { index in
      let size =
        switch step {
        case .unit: 1.0
        case .sigma: scores.scales[index].deviation
        }
      let sum = sum(moving: index, by: size)
      return Worth(
        step: scores.figures.components[index].isLargerBetter ? size : -size,
        score: scores.shown(sum) - scores.scores[unit],
        places: scores.places[unit] - scores.place(of: unit, withSum: sum)
      )
    }
  }

  /// T of the unit with one figure better by a size; NaN without a figure or a score.
  private func sum(moving index: Int, by size: Double) -> Double {
    let component = scores.figures.components[index]
    let value = component.values[unit]
    guard !value.isNaN, !scores.sums[unit].isNaN else { return .nan }
    return scores.sum(
      of: unit,
      with: [index: component.isLargerBetter ? value + size : value - size]
    )
  }

  /// The position of the unit nearest above: the worst of those with a larger score; `nil` for the
  /// first, and without a score.
  public var next: Int? {
    let own = scores.sums[unit]
    guard !own.isNaN else { return nil }
    return scores.sums.indices.filter { scores.sums[$0] > own }
      .min { (scores.sums[$0], $0) < (scores.sums[$1], $1) }
  }

  /// What the next place costs in each indicator alone: the smallest change with which the unit has at
  /// least the score of the one nearest above, with which it then shares the place.
  ///
  /// T never falls as a figure gets better, so the change is found by bisection, to 10⁻⁹ of it, and
  /// rounded up. Where extremes are cut off or percentiles are counted, no change may be enough.
  ///
  /// - Returns: The price in each indicator; empty when nobody is above.
  /// - Complexity: O(*k*²), with *k* indicators.
  public var prices: [Price] {
    guard let next else { return [] }
    return scores.figures.components.indices.map { index in
      let change = price(of: index, reaching: scores.sums[next])
      let sign: Double = scores.figures.components[index].isLargerBetter ? 1 : -1
      return Price(change: change.map { sign * $0 })
    }
  }

  private func price(of index: Int, reaching wanted: Double) -> Double? {
    // Beyond a thousand standard deviations a change is no answer any more.
    let limit = 1000 * scores.scales[index].deviation
    guard sum(moving: index, by: limit) >= wanted else { return nil }
    var (low, high) = (0.0, limit)
    for _ in 0..<200 where high - low > 1e-9 * high {
      let middle = (low + high) / 2
      if sum(moving: index, by: middle) >= wanted { high = middle } else { low = middle }
    }
    return high
  }
}
