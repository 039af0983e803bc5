/// The parts of eˣ: powers of 2^(1/128) in a table, and a polynomial for the rest.
enum ExponentialTable {
  /// For each i from 0 to 127: 2^(i/128) as a bit pattern less i·2⁴⁵, then its relative error.
  ///
  /// Adding k·2⁴⁵ to the bit pattern, with k = 128 e + i, gives 2^(k/128).
  static let powers: [SIMD2<UInt64>] = {
    // 2^(1/128) in two parts; its powers are multiplied up in twice the precision.
    let (root, rootRest) = (0x1.0163da9fb3335p+0, 0x1.b61299ab8cdb7p-54)
    var (power, rest) = (1.0, 0.0)
    var powers: [SIMD2<UInt64>] = []
    for index in 0..<128 as Range<UInt64> {
      powers.append([power.bitPattern &- index << 45, (rest / power).bitPattern])
      let product = power * root
      let below =
        (-product).addingProduct(power, root) + (power * rootRest + rest * root)
      power = product + below
      rest = below - (power - product)
    }
    return powers
  }()

  /// Whether no result can be infinite, subnormal or NaN; four numbers are tested as two sums.
  @inline(__always)
  static func areOrdinary(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> Bool {
    let size = SIMD2<UInt64>(repeating: 0x7FFF_FFFF_FFFF_FFFF)
    let c = unsafeBitCast(unsafeBitCast(a, to: SIMD2<UInt64>.self) & size, to: SIMD2<Double>.self)
    let d = unsafeBitCast(unsafeBitCast(b, to: SIMD2<UInt64>.self) & size, to: SIMD2<Double>.self)
    return all((c + d) .<= SIMD2(repeating: 708))
  }

  /// eˣ for two numbers whose results are ordinary.
  @inline(__always)
  static func exponentials(
    _ x: SIMD2<Double>,
    _ powers: UnsafePointer<SIMD2<UInt64>>
  ) -> SIMD2<Double> {
    let (steps, bits, correction) = parts(x, powers)
    let power = unsafeBitCast(bits &+ steps &<< SIMD2(repeating: 45), to: SIMD2<Double>.self)
    return power + power * correction
  }

  /// eˣ for any number; where the result is ordinary, the same as by ``exponentials(_:_:)``.
  static func exponential(_ x: Double, _ powers: UnsafePointer<SIMD2<UInt64>>) -> Double {
    if x.isNaN { return x }
    if x > 710 { return .infinity }
    if x < -746 { return 0 }
    let (steps, bits, correction) = parts(SIMD2(repeating: x), powers)
    let power = Double(bitPattern: bits.x &+ (steps.x & 127) << 45)
    // The power of two comes in two parts, neither out of range; only the last product is rounded.
    let exponent = Int(Int64(bitPattern: steps.x << 13) >> 20)
    let half = Double(sign: .plus, exponent: exponent / 2, significand: 1)
    let other = Double(sign: .plus, exponent: exponent - exponent / 2, significand: 1)
    return (power + power * correction.x) * half * other
  }

  /// Takes numbers apart: x = k (ln 2)/128 + r.
  ///
  /// - Returns: k in the lower half of a lane, the entry of the table, and eʳ − 1 with the error of
  ///   the entry made good.
  @inline(__always)
  private static func parts(
    _ x: SIMD2<Double>,
    _ powers: UnsafePointer<SIMD2<UInt64>>
  ) -> (steps: SIMD2<UInt64>, bits: SIMD2<UInt64>, correction: SIMD2<Double>) {
    // A number added whose last bit is worth 1 rounds to a whole number, and shows it in its bits.
    let shifted = x * SIMD2(repeating: 0x1.71547652b82fep+7) + SIMD2(repeating: 0x1.8p52)
    let steps = unsafeBitCast(shifted, to: SIMD2<UInt64>.self)
    let p = powers[Int(truncatingIfNeeded: steps.x & 127)]
    let q = powers[Int(truncatingIfNeeded: steps.y & 127)]
    let error = unsafeBitCast(SIMD2(p.y, q.y), to: SIMD2<Double>.self)
    // (ln 2)/128 in two parts; the product with the first is exact.
    let multiple = shifted - SIMD2(repeating: 0x1.8p52)
    let rest =
      x - multiple * SIMD2(repeating: 0x1.62e42fefp-8)
      - multiple * SIMD2(repeating: 0x1.473de6af278edp-41)
    let square = rest * rest
    let second = SIMD2(repeating: 1.0 / 2) + rest * SIMD2(repeating: 1.0 / 6)
    let fourth = SIMD2(repeating: 1.0 / 24) + rest * SIMD2(repeating: 1.0 / 120)
    return (steps, SIMD2(p.x, q.x), (error + square * (second + square * fourth)) + rest)
  }
}
