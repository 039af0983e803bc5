/// The places of the values of one column.
public struct ColumnRanks: Sendable, Hashable {
  /// The place of each value, in the order of the input; NaN where the value is missing.
  public let places: [Double]
  /// How many values have a place.
  public let ranked: Int

  /// Ranks the values of one column.
  ///
  /// Values are compared as they are, unrounded; −0 equals 0 and infinities are ordinary values.
  ///
  /// **Missing values**: NaN is missing. It gets no place and is not counted.
  ///
  /// ```swift
  /// ColumnRanks(of: [5, .nan, 8, 8]).places  // [3, nan, 1, 1]
  /// ```
  ///
  /// The rules are those of `rankdata` in SciPy (`min`, `max`, `dense`, `average`, `ordinal`,
  /// https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.rankdata.html), applied to
  /// the negated values when the largest goes first.
  ///
  /// - Parameters:
  ///   - values: The values to rank.
  ///   - order: Which end has place 1.
  ///   - ties: How equal values share their places.
  /// - Complexity: O(*n* log *n*), where *n* is the number of values.
  public init(
    of values: [Double],
    order: RankOrder = .largestFirst,
    ties: TieRule = .competition
  ) {
    let present = values.indices.filter { !values[$0].isNaN }
    let sorted = present.sorted { left, right in
      let (a, b) = (values[left], values[right])
      if a == b { return left < right }
      return order == .largestFirst ? a > b : a < b
    }
    var places = [Double](repeating: .nan, count: values.count)
    var start = 0
    var group = 0
    while start < sorted.count {
      var end = start + 1
      while end < sorted.count, values[sorted[end]] == values[sorted[start]] { end += 1 }
      group += 1
      for position in start..<end {
        places[sorted[position]] =
          switch ties {
          case .competition: Double(start + 1)
          case .modified: Double(end)
          case .dense: Double(group)
          case .fractional: Double(start + 1 + end) / 2
          case .ordinal: Double(position + 1)
          }
      }
      start = end
    }
    self.places = places
    self.ranked = sorted.count
  }
}
