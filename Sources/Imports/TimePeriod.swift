/// A point or period of time as Statistics Norway codes it: `2024`, `2024M11`, `2024K4` or `2024U52`.
public struct TimePeriod: Sendable, Hashable {
  /// The year.
  public let year: Int
  /// The part of the year, such as `K4`; `nil` for the whole year or a day in it.
  public let part: String?

  /// Reads a code; `nil` when it is none.
  ///
  /// - Parameter code: The code. Between year and part a space or hyphen may stand; `Q` is read as
  ///   `K`, and `2024-25` or `2023/2024` as no period of one year.
  public init?(_ code: String) {
    let text = code.trimmingSpaces.uppercased()
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard digits.count == 4, let year = Int(digits), (1500...2500).contains(year) else {
      return nil
    }
    self.year = year
    var rest = text.dropFirst(4)
    guard !rest.isEmpty else {
      part = nil
      return
    }
    if let first = rest.first, first == " " || first == "-" { rest = rest.dropFirst() }
    guard let letter = rest.first, let number = Int(rest.dropFirst()), rest.count <= 3 else {
      return nil
    }
    let last = ["K": 4, "Q": 4, "M": 12, "U": 53]
    guard let count = last[String(letter)], (1...count).contains(number) else { return nil }
    let unit = letter == "Q" ? "K" : String(letter)
    part = unit == "K" ? "K\(number)" : unit + (number < 10 ? "0" : "") + "\(number)"
  }
}

extension String {
  /// The text without spaces at its ends, no-break ones among them.
  var trimmingSpaces: String {
    let kept = self.drop { $0.isWhitespace }
    guard let last = kept.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(kept[...last])
  }
}
