internal import CKernels

/// Replaces each number x of a buffer by eˣ.
///
/// A result is within 0.6 units in the last place of the true one, 1 unit where it is subnormal.
/// Only integer operations, sums and products are used, each rounded by itself, so the results are
/// the same to the last bit on every machine, which those of a system's own function are not.
///
/// The result does not depend on where in the buffer a number stands.
///
/// **Edge cases**: e⁰ and e⁻⁰ are 1. NaN stays NaN. Above 709.78 the result is infinite, below
/// −745.13 it is 0.
///
/// The method is that of P. T. P. Tang (1989), Table-driven implementation of the exponential
/// function in IEEE floating-point arithmetic, https://doi.org/10.1145/63522.214389: x is a multiple
/// of (ln 2)/128 and a rest; the powers of 2^(1/128) stand in a table, and the rest goes through a
/// polynomial.
///
/// - Parameters:
///   - numbers: The numbers, replaced in place.
///   - kernel: What computes; the results are the same.
/// - Complexity: O(*n*), with *n* numbers.
public func exponentiate(
  _ numbers: UnsafeMutableBufferPointer<Double>,
  kernel: Kernel = .best
) {
  guard let first = numbers.baseAddress else { return }
  let place = UnsafeMutableRawPointer(first)
  ExponentialTable.powers.withUnsafeBufferPointer { powers in
    guard let powers = powers.baseAddress else { return }
    if let kernels = kernel.table {
      let words = UnsafeRawPointer(powers).assumingMemoryBound(to: UInt64.self)
      return kernels.exponentiate(first, numbers.count, words)
    }
    var index = 0
    while index &+ 4 <= numbers.count {
      let a = place.loadUnaligned(fromByteOffset: 8 &* index, as: SIMD2<Double>.self)
      let b = place.loadUnaligned(fromByteOffset: 8 &* index &+ 16, as: SIMD2<Double>.self)
      if ExponentialTable.areOrdinary(a, b) {
        let (c, d) = (
          ExponentialTable.exponentials(a, powers), ExponentialTable.exponentials(b, powers)
        )
        place.storeBytes(of: c, toByteOffset: 8 &* index, as: SIMD2<Double>.self)
        place.storeBytes(of: d, toByteOffset: 8 &* index &+ 16, as: SIMD2<Double>.self)
      } else {
        for position in index..<(index &+ 4) {
          first[position] = ExponentialTable.exponential(first[position], powers)
        }
      }
      index &+= 4
    }
    while index < numbers.count {
      first[index] = ExponentialTable.exponential(first[index], powers)
      index &+= 1
    }
  }
}
