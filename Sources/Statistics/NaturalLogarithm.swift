/// The natural logarithm of a number, the same to the last bit on every machine.
///
/// The number is m 2ᵉ with m between √½ and √2, and with s = (m − 1)/(m + 1)
///
///     ln x = e ln 2 + 2 (s + s³/3 + s⁵/5 + … + s²³/23)
///
/// whose terms left out are below 10⁻²⁰ of the sum. Only sums, products and quotients are used, each
/// rounded by itself, and ln 2 is split in two so that its product with e is exact (as in fdlibm,
/// https://www.netlib.org/fdlibm/e_log.c). The result is within 2 units in the last place of the true
/// one.
///
/// **Edge cases**: the logarithm of 0 is −∞, of ∞ it is ∞; of a negative number and of NaN it is NaN.
/// That of 1 is 0.
///
/// - Parameter number: The number.
/// - Returns: Its natural logarithm.
/// - Complexity: O(1).
public func naturalLogarithm(_ number: Double) -> Double {
  guard number > 0, number.isFinite else {
    return number == 0 ? -.infinity : number > 0 ? number : .nan
  }
  var (mantissa, exponent) = (number.significand, Double(number.exponent))
  if mantissa > 1.4142135623730951 {
    mantissa /= 2
    exponent += 1
  }
  let ratio = (mantissa - 1) / (mantissa + 1)
  let square = ratio * ratio
  var sum = 0.0
  for divisor in stride(from: 23.0, through: 3, by: -2) { sum = (sum + 1 / divisor) * square }
  // The upper part of ln 2 has 33 bits, so that its product with an exponent is exact.
  let (upper, lower) = (6.93147180369123816490e-01, 1.90821492927058770002e-10)
  return exponent * upper + (2 * ratio + (2 * ratio * sum + exponent * lower))
}
