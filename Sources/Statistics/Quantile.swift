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
/// - Complexity: O(*n*) on average.
public func quantile(_ probability: Double, of values: some Sequence<Double>) -> Double? {
  precondition((0...1).contains(probability), "A probability is between 0 and 1.")
  var present = values.filter { !$0.isNaN }
  guard !present.isEmpty else { return nil }
  let position = Double(present.count - 1) * probability
  let index = Int(position)
  let low = present.selectSmallest(index)
  // All that follow are at least as large; the next in order is the least of them.
  guard let high = present[(index + 1)...].min() else { return low }
  return low == high ? low : low + (position - Double(index)) * (high - low)
}

extension Array<Double> {
  /// Puts the element that a sort would put at an index there, smaller or equal ones before it and
  /// larger or equal ones after it, and returns it. No element is NaN.
  ///
  /// Source: C. A. R. Hoare (1961), Algorithm 65: Find, https://doi.org/10.1145/366622.366647, with the
  /// median of three for a pivot.
  ///
  /// - Complexity: O(*n*) on average.
  fileprivate mutating func selectSmallest(_ index: Int) -> Double {
    withUnsafeMutableBufferPointer { all in
      var (low, high) = (0, all.count - 1)
      while low < high {
        let pivot = Self.median(all[low], all[(low + high) / 2], all[high])
        var (left, right) = (low, high)
        while left <= right {
          while all[left] < pivot { left += 1 }
          while all[right] > pivot { right -= 1 }
          guard left <= right else { break }
          all.swapAt(left, right)
          left += 1
          right -= 1
        }
        if index <= right {
          high = right
        } else if index >= left {
          low = left
        } else {
          break
        }
      }
      return all[index]
    }
  }

  private static func median(_ a: Double, _ b: Double, _ c: Double) -> Double {
    Swift.max(Swift.min(a, b), Swift.min(Swift.max(a, b), c))
  }
}
