#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#endif
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The numbers that make a normal path Student's *t* of unit variance, in equally likely steps.
///
/// A normal number times √((ν − 2) / χ²) with χ² of ν degrees of freedom is Student's *t* of unit
/// variance. The quantiles of the factor are tabled once, so that a draw costs a look-up.
public struct StudentScales: Sendable, Hashable {
  /// The number of steps.
  public static let count = 4096
  /// The factors, descending; the mean of their squares is 1.
  public let factors: [Double]

  /// Tables the factors.
  ///
  /// - Parameter degreesOfFreedom: Above 2; `nil` or infinite for the normal distribution, whose
  ///   factors are all 1.
  /// - Complexity: O(4096 × 60) evaluations of the incomplete gamma function.
  public init(degreesOfFreedom: Double?) {
    guard let freedom = degreesOfFreedom, freedom.isFinite else {
      factors = Array(repeating: 1, count: Self.count)
      return
    }
    precondition(freedom > 2, "Below that the variance is infinite.")
    let raw = (0..<Self.count).map { index in
      let probability = (Double(index) + 0.5) / Double(Self.count)
      return ((freedom - 2) / chiSquaredQuantile(probability, degreesOfFreedom: freedom))
        .squareRoot()
    }
    let mean = raw.reduce(0) { $0 + $1 * $1 } / Double(Self.count)
    factors = raw.map { $0 / mean.squareRoot() }
  }

  /// The factor at a uniform number from 0 up to 1.
  public subscript(uniform: Double) -> Double { factors[Int(uniform * Double(Self.count))] }
}

/// The quantile of the chi-squared distribution, by bisection to the last digits.
func chiSquaredQuantile(_ probability: Double, degreesOfFreedom freedom: Double) -> Double {
  var (low, high) = (0.0, freedom)
  while lowerGamma(freedom / 2, high / 2) < probability { (low, high) = (high, 2 * high) }
  for _ in 0..<60 {
    let middle = (low + high) / 2
    if lowerGamma(freedom / 2, middle / 2) < probability { low = middle } else { high = middle }
  }
  return (low + high) / 2
}

/// The regularised lower incomplete gamma function P(a, x).
func lowerGamma(_ a: Double, _ x: Double) -> Double { gammaTails(a, x).lower }

/// The regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 − P, and the derivative of P
/// by the logarithm of x. By its series below a + 1 and its continued fraction (modified Lentz)
/// above. Source: NIST Digital Library of Mathematical Functions, 8.11.4 and 8.9.2,
/// https://dlmf.nist.gov/8.
func gammaTails(_ a: Double, _ x: Double) -> (lower: Double, upper: Double, slope: Double) {
  guard x > 0 else { return (0, 1, 0) }
  let front = exp(a * log(x) - x - lgamma(a))
  if x < a + 1 {
    var (term, sum, index) = (1 / a, 1 / a, a)
    while term > sum * 1e-17 {
      index += 1
      term *= x / index
      sum += term
    }
    return (front * sum, 1 - front * sum, front)
  }
  let tiny = 1e-300
  var b = x + 1 - a
  var (c, d) = (1 / tiny, 1 / b)
  var fraction = d
  for step in 1...1000 {
    let k = Double(step)
    b += 2
    let a = -k * (k - a)
    d = 1 / nonZero(a * d + b, tiny)
    c = nonZero(b + a / c, tiny)
    fraction *= d * c
    if abs(d * c - 1) < 1e-16 { break }
  }
  return (1 - front * fraction, front * fraction, front)
}

private func nonZero(_ value: Double, _ tiny: Double) -> Double {
  abs(value) < tiny ? tiny : value
}
