/// Where a number stands among some values, in per cent: the share that is smaller, and half of the
/// share that is equal.
///
/// It is `percentileofscore` of SciPy with `kind="mean"`.
///
/// **Missing values**: NaN is left out.
///
/// - Parameters:
///   - number: The number.
///   - values: The values, in any order.
/// - Returns: The percentile, 0–100, or `nil` when no value is present.
/// - Complexity: O(*n*).
public func percentileRank(of number: Double, among values: some Sequence<Double>) -> Double? {
  var counts = (all: 0, smaller: 0, equal: 0)
  for value in values where !value.isNaN {
    counts.all += 1
    if value < number { counts.smaller += 1 }
    if value == number { counts.equal += 1 }
  }
  guard counts.all > 0 else { return nil }
  return 100 * (Double(counts.smaller) + Double(counts.equal) / 2) / Double(counts.all)
}
