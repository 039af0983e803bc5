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
