internal import Regions

/// Which sign stands before the decimals of a table's numbers.
enum DecimalSign: Sendable, Hashable {
  case point
  case comma

  /// The number of a cell; `nil` for anything else.
  ///
  /// Spaces of any kind within it, and the other sign where it stands before groups of three digits,
  /// are separators of thousands; minus may be U+2212; a per cent sign at the end is passed over.
  func number(_ text: String) -> Double? {
    var digits = text.unicodeScalars.filter { !Self.isSpace($0) }.map(Character.init)
    if digits.last == "%" { digits.removeLast() }
    if let first = digits.first, first == "\u{2212}" || first == "\u{2013}" { digits[0] = "-" }
    let (decimal, group): (Character, Character) = self == .comma ? (",", ".") : (".", ",")
    let parts = digits.split(separator: decimal, omittingEmptySubsequences: false)
    guard let whole = parts.first, parts.count <= 2 else { return nil }
    let groups = whole.split(separator: group, omittingEmptySubsequences: false)
    guard groups.dropFirst().allSatisfy({ $0.count == 3 }) else { return nil }
    let decimals = parts.count == 2 ? "." + String(parts[1]) : ""
    return decimalNumber(Array((groups.joined().map(String.init).joined() + decimals).utf8)[...])
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace
  }
}
