/// The median of some values: the middle one, or the mean of the two in the middle.
///
/// **Missing values**: NaN is left out.
///
/// - Parameter values: The values, in any order.
/// - Returns: The median, or `nil` when no value is present.
/// - Complexity: O(*n* log *n*).
public func median(of values: some Sequence<Double>) -> Double? {
  let sorted = values.filter { !$0.isNaN }.sorted()
  guard !sorted.isEmpty else { return nil }
  let middle = sorted.count / 2
  return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
}
