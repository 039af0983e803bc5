/// Standard normal numbers as a pure function of a seed, a stream and an index.
///
/// A counter is mixed as by SplitMix64 (Steele, Lea & Flood 2014,
/// https://doi.org/10.1145/2714064.2660195) and put through the inverse of the normal distribution
/// (Wichura 1988, algorithm AS 241, https://doi.org/10.2307/2347330). Only sums, products, quotients
/// and square roots are used, so the numbers are the same to the last bit on every machine.
struct StandardNormals: Sendable, Hashable {
  private let seed: UInt64

  init(seed: UInt64) { self.seed = Self.mixed(seed &+ 0x9E37_79B9_7F4A_7C15) }

  /// The number at an index of a stream.
  func number(stream: Int, index: Int) -> Double {
    let counter = Self.mixed(seed ^ UInt64(truncatingIfNeeded: stream) &* 0xD134_2543_DE82_EF95)
    let bits = Self.mixed(
      counter &+ (UInt64(truncatingIfNeeded: index) &+ 1) &* 0x9E37_79B9_7F4A_7C15
    )
    return Self.quantile((Double(bits >> 12) + 0.5) * 0x1p-52)
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// The standard normal quantile of a probability between 0 and 1.
  static func quantile(_ probability: Double) -> Double {
    let offset = probability - 0.5
    if abs(offset) <= 0.425 {
      let r = 0.180625 - offset * offset
      return offset * polynomial(centre.0, r) / polynomial(centre.1, r)
    }
    let tail = offset < 0 ? probability : 1 - probability
    let r = (-logarithm(tail)).squareRoot()
    let (above, below, shift) = r <= 5 ? (middle.0, middle.1, 1.6) : (far.0, far.1, 5)
    let size = polynomial(above, r - shift) / polynomial(below, r - shift)
    return offset < 0 ? -size : size
  }

  /// The natural logarithm of a normal positive number, by 2 artanh((m − 1)/(m + 1)) with the
  /// significand m in √½...√2.
  private static func logarithm(_ value: Double) -> Double {
    var (significand, exponent) = (value.significand, Double(value.exponent))
    if significand > 1.4142135623730951 {
      (significand, exponent) = (significand / 2, exponent + 1)
    }
    let t = (significand - 1) / (significand + 1)
    var sum = 0.0
    for power in stride(from: 23, through: 1, by: -2) { sum = sum * t * t + 1 / Double(power) }
    return 2 * t * sum + exponent * 0.6931471805599453
  }

  /// By Horner's rule, the lowest power first.
  private static func polynomial(_ coefficients: [Double], _ x: Double) -> Double {
    coefficients.withUnsafeBufferPointer { coefficients in
      var (sum, power) = (0.0, coefficients.count)
      while power > 0 {
        power &-= 1
        sum = sum * x + coefficients[power]
      }
      return sum
    }
  }

  private static let centre: ([Double], [Double]) = (
    [
      3.3871328727963666080, 1.3314166789178437745e2, 1.9715909503065514427e3,
      1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
      3.3430575583588128105e4, 2.5090809287301226727e3,
    ],
    [
      1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
      2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4,
      5.2264952788528545610e3,
    ]
  )
  private static let middle: ([Double], [Double]) = (
    [
      1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550,
      3.64784832476320460504, 1.27045825245236838258, 2.41780725177450611770e-1,
      2.27238449892691845833e-2, 7.74545014278341407640e-4,
    ],
    [
      1, 2.05319162663775882187, 1.67638483018380384940, 6.89767334985100004550e-1,
      1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
      1.05075007164441684324e-9,
    ]
  )
  private static let far: ([Double], [Double]) = (
    [
      6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580,
      2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
      2.71155556874348757815e-5, 2.01033439929228813265e-7,
    ],
    [
      1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
      7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
      2.04426310338993978564e-15,
    ]
  )
}
