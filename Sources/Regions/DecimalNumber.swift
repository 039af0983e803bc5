/// A decimal number from its ASCII digits, correctly rounded, also with an exponent; `nil` for
/// anything else, also for NaN and infinities.
///
/// Up to 15 digits are read exactly: an integer below 2⁵³ over a power of ten below 10²³ is rounded
/// once, by the division (Clinger 1990, https://doi.org/10.1145/93542.93557).
package func decimalNumber(_ digits: ArraySlice<UInt8>) -> Double? {
  var mantissa = 0.0
  var count = 0
  var decimals: Int?
  var isNegative = false
  for (offset, byte) in digits.enumerated() {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      mantissa = mantissa * 10 + Double(byte - UInt8(ascii: "0"))
      count += 1
      if let known = decimals { decimals = known + 1 }
    case UInt8(ascii: ".") where decimals == nil && count > 0: decimals = 0
    case UInt8(ascii: "-") where offset == 0: isNegative = true
    default: return exponentNumber(digits)
    }
  }
  guard count > 0, decimals != 0 else { return nil }
  guard count <= 15 else { return exponentNumber(digits) }
  let value = decimals.map { mantissa / powersOfTen[$0] } ?? mantissa
  return isNegative ? -value : value
}

/// The powers of ten that a `Double` holds exactly and that `decimalNumber` divides by.
package let powersOfTen: [Double] = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
]

private func exponentNumber(_ digits: ArraySlice<UInt8>) -> Double? {
  let text = String(decoding: digits, as: UTF8.self)
  let allowed = text.utf8.allSatisfy { byte in
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "+-.eE".utf8.contains(byte)
  }
  guard allowed, let value = Double(text), value.isFinite else { return nil }
  return value
}
