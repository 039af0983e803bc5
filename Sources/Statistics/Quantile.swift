/// The quantile of some values by linear interpolation between their sorted values.
///
/// Of *n* values the one at position (*n* − 1) *p*, counted from 0: type 7 of R. J. Hyndman and
/// Y. Fan (1996), https://doi.org/10.1080/00031305.1996.10473566, the usual rule of R and NumPy.
///
/// **Missing values**: NaN is left out.
///
/// - Parameters:
///   - values: The values, in any order.
///   - probability: The share of the values that lies below, 0–1.
/// - Returns: The quantile, or `nil` when no value is present.
/// - Complexity: O(*n* log *n*).
public func quantile(of values: some Sequence<Double>, at probability: Double) -> Double? {
  precondition((0...1).contains(probability), "A probability lies in 0–1.")
  let sorted = values.filter { !$0.isNaN }.sorted()
  guard let last = sorted.last else { return nil }
  let position = Double(sorted.count - 1) * probability
  let index = Int(position)
  guard index + 1 < sorted.count else { return last }
  let rest = position - Double(index)
  return rest == 0 ? sorted[index] : sorted[index] + rest * (sorted[index + 1] - sorted[index])
}

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
