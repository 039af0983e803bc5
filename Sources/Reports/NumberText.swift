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
    let digits = plain(abs(value), decimals: decimals)
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

  /// A number for files: at most twelve significant digits, a decimal point, no exponent.
  ///
  /// Twelve digits keep every difference that decides a place in the figures at hand, and are the
  /// same on every machine.
  public static func exact(_ value: Double) -> String {
    let size = abs(value)
    if size < 1e15, value == value.rounded() { return value == 0 ? "0" : String(Int(value)) }
    guard size < 1e11, size >= 1e-9 else { return plain(value, decimals: size < 1 ? 20 : 3) }
    var decimals = 12
    var scaled = size
    while scaled >= 1 {
      scaled /= 10
      decimals -= 1
    }
    while scaled < 0.1 {
      scaled *= 10
      decimals += 1
    }
    var digits = Array(String(Int((size * powerOfTen(decimals)).rounded())).utf8)
    while digits.count <= decimals { digits.insert(UInt8(ascii: "0"), at: 0) }
    digits.insert(UInt8(ascii: "."), at: digits.count - decimals)
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    if digits.last == UInt8(ascii: ".") { digits.removeLast() }
    return (value < 0 ? "-" : "") + String(decoding: digits, as: UTF8.self)
  }

  private static func powerOfTen(_ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }

  private static func plain(_ value: Double, decimals: Int) -> String {
    var buffer = [CChar](repeating: 0, count: 400)
    _ = withVaList([Int32(decimals), value]) { arguments in
      vsnprintf(&buffer, buffer.count, "%.*f", arguments)
    }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
