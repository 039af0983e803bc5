public import Regions

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Numbers as text, for readers and for files.
public enum NumberText {
  /// A number with a fixed count of decimals, correctly rounded, for reading.
  ///
  /// English has a decimal point and commas between thousands; Norwegian a decimal comma and no-break
  /// spaces. The minus sign is U+2212. A number that rounds to zero has no sign.
  ///
  /// ```swift
  /// NumberText.fixed(-1234.56, decimals: 1, .nb)  // "−1 234,6"
  /// ```
  public static func fixed(_ value: Double, decimals: Int, _ language: Language) -> String {
    let digits = printed("%.*f", abs(value), decimals: decimals)
    let parts = digits.split(separator: ".")
    var grouped = ""
    for (offset, digit) in parts[0].enumerated() {
      if offset > 0, (parts[0].count - offset).isMultiple(of: 3) {
        grouped += language == .nb ? "\u{A0}" : ","
      }
      grouped.append(digit)
    }
    if parts.count > 1 { grouped += (language == .nb ? "," : ".") + parts[1] }
    let isZero = digits.allSatisfy { $0 == "0" || $0 == "." }
    return value < 0 && !isZero ? "\u{2212}" + grouped : grouped
  }

  /// A number with as many decimals as it has, at most three, such as a setting that somebody wrote.
  static func short(_ value: Double, _ language: Language) -> String {
    let decimals = (0...3).first { step in
      let scaled = value * powersOfTen[step]
      return abs(scaled - scaled.rounded()) < 1e-6
    }
    return fixed(value, decimals: decimals ?? 3, language)
  }

  /// A number with its sign, also when positive; zero has none.
  public static func signed(_ value: Double, decimals: Int, _ language: Language) -> String {
    let text = fixed(value, decimals: decimals, language)
    let isZero = !text.contains { ("1"..."9").contains($0) }
    return value > 0 && !isZero ? "+" + text : text
  }

  /// A place, without decimals unless it is a shared fractional one.
  public static func place(_ place: Double, _ language: Language) -> String {
    fixed(place, decimals: place == place.rounded() ? 0 : 1, language)
  }

  /// A number for files: a decimal point, no exponent; whole numbers below 10¹⁵ in full, others with
  /// at most twelve significant digits.
  ///
  /// Twelve digits keep every difference that decides a place in the figures at hand, and are the
  /// same on every machine.
  public static func exact(_ value: Double) -> String {
    if abs(value) < 1e15, value == value.rounded() {
      return value == 0 ? "0" : String(Int(value))
    }
    if let (digits, decimals) = twelveDigits(abs(value)) {
      return (value < 0 ? "-" : "") + text(digits, decimals: decimals)
    }
    // Such as 1.23450000000e-05.
    let scientific = printed("%.*e", abs(value), decimals: 11).split(separator: "e")
    guard scientific.count == 2, let exponent = Int(scientific[1]) else { return "\(value)" }
    var digits = scientific[0].filter { $0 != "." }
    while digits.count > 1, digits.last == "0" { digits.removeLast() }
    let sign = value < 0 ? "-" : ""
    if exponent < 0 {
      return sign + "0." + String(repeating: "0", count: -exponent - 1) + digits
    }
    if exponent >= digits.count - 1 {
      return sign + digits + String(repeating: "0", count: exponent - digits.count + 1)
    }
    return sign + digits.prefix(exponent + 1) + "." + digits.dropFirst(exponent + 1)
  }

  /// A size as a whole number over a power of ten, twelve significant digits without zeros at the
  /// end; `nil` where the product is too large, too small or too near to a tie to be rounded rightly.
  private static func twelveDigits(_ size: Double) -> (digits: Int, decimals: Int)? {
    guard size >= 1e-3, size < 1e11 else { return nil }
    var decimals = 14
    for bound in powersOfTen[..<14] where size * 1e3 >= bound * 10 { decimals -= 1 }
    let scaled = size * powersOfTen[decimals]
    let whole = scaled.rounded(.down)
    let rest = scaled - whole
    guard abs(rest - 0.5) > 1e-3 else { return nil }
    var digits = Int(whole) + (rest > 0.5 ? 1 : 0)
    while decimals > 0, digits.isMultiple(of: 10) {
      digits /= 10
      decimals -= 1
    }
    return (digits, decimals)
  }

  private static func text(_ digits: Int, decimals: Int) -> String {
    guard decimals > 0 else { return String(digits) }
    var bytes = Array(String(digits).utf8)
    let zero = UInt8(ascii: "0")
    if bytes.count <= decimals {
      bytes.insert(contentsOf: repeatElement(zero, count: decimals + 1 - bytes.count), at: 0)
    }
    bytes.insert(UInt8(ascii: "."), at: bytes.count - decimals)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let powersOfTen = (0...14).map { (0..<$0).reduce(1.0) { power, _ in power * 10 } }

  static func printed(_ format: String, _ value: Double, decimals: Int) -> String {
    var buffer = [CChar](repeating: 0, count: 400)
    _ = withVaList([Int32(decimals), value]) { arguments in
      vsnprintf(&buffer, buffer.count, format, arguments)
    }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
