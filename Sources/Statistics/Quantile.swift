/// The quantile of some values by linear interpolation between order statistics.
///
/// With the values sorted as v₀ … v₍ₙ₋₁₎ and h = (n − 1) p, the quantile is
/// v₍⌊h⌋₎ + (h − ⌊h⌋) (v₍⌊h⌋₊₁₎ − v₍⌊h⌋₎): type 7 of Hyndman & Fan (1996),
/// https://doi.org/10.1080/00031305.1996.10473566, the default of R and NumPy.
///
/// **Missing values**: NaN is left out.
///
/// - Parameters:
///   - probability: Between 0 and 1.
///   - values: The values, in any order.
/// - Returns: The quantile, or `nil` when no value is present.
/// - Complexity: O(*n* log *n*).
public func quantile(_ probability: Double, of values: some Sequence<Double>) -> Double? {
  precondition((0...1).contains(probability), "A probability is between 0 and 1.")
  let sorted = values.filter { !$0.isNaN }.sorted()
  guard let last = sorted.last else { return nil }
  let position = Double(sorted.count - 1) * probability
  let index = Int(position)
  guard index + 1 < sorted.count else { return last }
  let (low, high) = (sorted[index], sorted[index + 1])
  return low == high ? low : low + (position - Double(index)) * (high - low)
}
