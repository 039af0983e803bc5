/// The standard normal quantile as a table of polynomials, for many numbers at a time.
///
/// The probabilities from 2⁻⁵³ to ½ are cut into octaves and each octave into 64 equal cells. In a
/// cell a polynomial of degree 3 goes through the quantile at the four Chebyshev nodes. It is within
/// 10⁻¹⁰ of the quantile (Wichura 1988, algorithm AS 241, https://doi.org/10.2307/2347330). The
/// probabilities above ½ are mirrored.
enum NormalQuantiles {
  /// How many coefficients a cell has.
  private static let width = 4
  /// 64 cells to an octave.
  private static let cellBits = 6
  /// The exponent of the smallest probability.
  private static let lowest = -53

  /// The coefficients of each cell, the highest power first, the cell nearest 0 first.
  static let coefficients: [Double] = (0..<(-1 - lowest) << cellBits).flatMap { cell in
    polynomial(exponent: lowest + cell >> cellBits, part: cell & (1 << cellBits - 1))
  }

  /// Odd multiples of 2⁻⁵³ between 0 and 1, from the upper 52 bits of each lane.
  @inline(__always)
  static func uniforms(ofBits bits: SIMD2<UInt64>) -> SIMD2<Double> {
    let fraction = bits &>> SIMD2(repeating: 12) | SIMD2(repeating: 0x3FF0_0000_0000_0000)
    return unsafeBitCast(fraction, to: SIMD2<Double>.self) - SIMD2(repeating: 1 - 0x1p-53)
  }

  /// The normal quantiles of the uniform numbers that ``uniforms(ofBits:)`` gives.
  ///
  /// - Parameters:
  ///   - bits: Random bits.
  ///   - table: The start of ``coefficients``.
  /// - Returns: The quantiles, each to 10⁻¹⁰.
  @inline(__always)
  static func quantiles(
    ofBits bits: SIMD2<UInt64>,
    _ table: UnsafePointer<Double>
  ) -> SIMD2<Double> {
    let signs = unsafeBitCast(bits, to: SIMD2<Int64>.self) &>> SIMD2(repeating: 63)
    let upper = unsafeBitCast(signs, to: SIMD2<UInt64>.self)
    let tail = unsafeBitCast(uniforms(ofBits: bits ^ upper), to: SIMD2<UInt64>.self)
    let cells = tail &>> SIMD2(repeating: 46) &- SIMD2(repeating: (1023 - 53) << 6)
    let significand =
      tail & SIMD2(repeating: 0x3FFF_FFFF_FFFF) | SIMD2(repeating: 0x3FF0_0000_0000_0000)
    let x = unsafeBitCast(significand, to: SIMD2<Double>.self) - SIMD2(repeating: 1 + 0x1p-7)
    let p = table + 4 &* Int(truncatingIfNeeded: cells.x)
    let q = table + 4 &* Int(truncatingIfNeeded: cells.y)
    var result = SIMD2(p[0], q[0])
    result = result * x + SIMD2(p[1], q[1])
    result = result * x + SIMD2(p[2], q[2])
    result = result * x + SIMD2(p[3], q[3])
    let signed =
      unsafeBitCast(result, to: SIMD2<UInt64>.self) ^ upper & SIMD2(repeating: 1 << 63)
    return unsafeBitCast(signed, to: SIMD2<Double>.self)
  }

  /// The coefficients of a cell in the significand's distance from the middle of the cell.
  private static func polynomial(exponent: Int, part: Int) -> [Double] {
    let halfWidth = 0x1p-7
    let middle = 1 + Double(2 * part + 1) * halfWidth
    let outer = 0.9238795325112867  // cos π/8
    let inner = 0.3826834323650898  // cos 3π/8
    let nodes = [-outer, -inner, inner, outer]
    let scale = Double(sign: .plus, exponent: exponent, significand: 1)
    // Newton's divided differences, then their products multiplied out.
    var differences = nodes.map { StandardNormals.quantile((middle + $0 * halfWidth) * scale) }
    for order in 1..<width {
      for index in stride(from: width - 1, through: order, by: -1) {
        differences[index] =
          (differences[index] - differences[index - 1]) / (nodes[index] - nodes[index - order])
      }
    }
    var powers = [Double](repeating: 0, count: width)
    for index in stride(from: width - 1, through: 0, by: -1) {
      for power in stride(from: width - 1, through: 1, by: -1) {
        powers[power] = powers[power - 1] - nodes[index] * powers[power]
      }
      powers[0] = differences[index] - nodes[index] * powers[0]
    }
    var unit = 1.0
    for power in 0..<width {
      powers[power] /= unit
      unit *= halfWidth
    }
    return powers.reversed()
  }
}
