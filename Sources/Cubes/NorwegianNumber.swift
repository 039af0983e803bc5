/// What a cell says that should hold a number, by the habits of Norwegian tables.
///
/// Between thousands may stand spaces of any kind; the decimal sign is a comma or a point; minus may be
/// U+2212; `pst`, `pst.`, `prosent` or `%` may follow. A place as `269 av 357` is its first number.
/// The symbols of Statistics Norway are kept as such, and only `-` is zero.
public enum NorwegianNumber: Sendable, Hashable {
  /// Which sign stands before the decimals.
  public enum DecimalSign: String, Sendable, Hashable, CaseIterable {
    /// As in 12.5; commas may stand between thousands.
    case point
    /// As in 12,5; points may stand between thousands.
    case comma
  }

  /// Nothing.
  case empty
  /// A number, and perhaps a symbol beside it, such as `*` for a provisional one.
  case number(Double, symbol: String?)
  /// A symbol in place of a number; the value is missing but for `-`, which is zero.
  case symbol(String)
  /// A number only when the decimal sign is known: `1,234`.
  case ambiguous
  /// Anything else.
  case other

  /// The longest number that is read.
  private static let longest = 64

  /// Reads the text of a cell.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - decimalSign: The sign before decimals; `nil` where it is not known yet.
  /// - Complexity: O(length).
  public init(_ text: String, decimalSign: DecimalSign?) {
    var text = text
    self = text.withUTF8 { bytes in
      let range = (0..<bytes.count).withoutSpaces(in: bytes)
      return NorwegianNumber(UnsafeBufferPointer(rebasing: bytes[range]), decimalSign)
    }
  }

  /// Reads the bytes of a cell without spaces at its ends.
  init(_ bytes: UnsafeBufferPointer<UInt8>, _ decimalSign: DecimalSign?) {
    guard !bytes.isEmpty else {
      self = .empty
      return
    }
    if let symbol = Self.symbol(bytes) {
      self = .symbol(symbol)
      return
    }
    var end = bytes.count
    var symbol: String?
    if bytes[end - 1] == UInt8(ascii: "*") {
      end -= 1
      symbol = "*"
    } else {
      end -= Self.suffix(bytes)
    }
    let range = (0..<end).withoutSpaces(in: bytes)
    let shape = NumberShape(UnsafeBufferPointer(rebasing: bytes[range]))
    guard let shape, shape.count <= Self.longest else {
      self = .other
      return
    }
    switch shape.value(decimalSign) {
    case .none: self = shape.isAmbiguous && decimalSign == nil ? .ambiguous : .other
    case .some(let value): self = .number(value, symbol: symbol)
    }
  }

  /// The decimal sign that a cell alone proves.
  static func evidence(_ bytes: UnsafeBufferPointer<UInt8>) -> DecimalSign? {
    guard !bytes.isEmpty, bytes.count <= longest + 8, symbol(bytes) == nil else { return nil }
    let isProvisional = bytes[bytes.count - 1] == UInt8(ascii: "*")
    let end = bytes.count - (isProvisional ? 1 : suffix(bytes))
    let range = (0..<end).withoutSpaces(in: bytes)
    return NumberShape(UnsafeBufferPointer(rebasing: bytes[range]))?.evidence
  }

  /// The value and the symbol as a cube holds them; `nil` for what is no number.
  var valueAndSymbol: (value: Double, symbol: String?)? {
    switch self {
    case .empty: (.nan, nil)
    case .number(let value, let symbol): (value, symbol)
    case .symbol(let symbol): (symbol == "-" ? 0 : .nan, symbol)
    case .ambiguous, .other: nil
    }
  }

  /// What spreadsheets show for a formula without a result, in English and Norwegian.
  static let spreadsheetErrors: Set<String> = [
    "#N/A", "#I/T", "#DIV/0!", "#VALUE!", "#VERDI!", "#REF!", "#NAME?", "#NAVN?", "#NUM!", "#NULL!",
    "#GETTING_DATA",
  ]

  private static func symbol(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    switch bytes[0] {
    case UInt8(ascii: "."):
      let isDots = bytes.count <= 6 && bytes.allSatisfy { $0 == UInt8(ascii: ".") }
      return isDots ? String(repeating: ".", count: bytes.count) : nil
    case UInt8(ascii: ":"): return bytes.count == 1 ? ":" : nil
    case UInt8(ascii: "-"): return bytes.count == 1 ? "-" : nil
    case UInt8(ascii: "*"): return bytes.count == 1 ? "*" : nil
    // A minus or a dash, into which a spreadsheet may turn the sign.
    case 0xE2: return bytes.count == 3 && isMinus(bytes, 0) ? "-" : nil
    case UInt8(ascii: "#"):
      guard bytes.count <= 16 else { return nil }
      let text = String(decoding: bytes, as: UTF8.self)
      return spreadsheetErrors.contains(text) ? text : nil
    default: return nil
    }
  }

  /// Whether U+2212 or U+2013 begins at a position.
  fileprivate static func isMinus(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
    guard index + 2 < bytes.count, bytes[index] == 0xE2 else { return false }
    return bytes[index + 1] == 0x88 && bytes[index + 2] == 0x92
      || bytes[index + 1] == 0x80 && bytes[index + 2] == 0x93
  }

  /// The length of `%` or a word for it at the end.
  private static func suffix(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    guard let last = bytes.last,
      last == UInt8(ascii: "%") || last >= UInt8(ascii: "a") || last == UInt8(ascii: ".")
    else { return 0 }
    for word in ["%", "prosent", "pst.", "pst"] where bytes.count > word.utf8.count {
      if bytes.suffix(word.utf8.count).elementsEqual(word.utf8) { return word.utf8.count }
    }
    return 0
  }
}

/// The signs of what may be a number: digits, points, commas and gaps between thousands.
private struct NumberShape {
  private(set) var count = 0
  private var isNegative = false
  private var points = 0
  private var commas = 0
  private var gaps = 0
  /// The last sign that is no digit, and how many digits follow it.
  private var last: UInt8 = 0
  private var digitsAfter = 0
  /// How many digits stand before the first sign, and whether all parts between signs are of three.
  private var digitsBefore = 0
  private var hasThrees = true
  private var beginsWithZero = false
  private let bytes: UnsafeBufferPointer<UInt8>
  /// Where an exponent or "av" begins.
  private var end: Int

  private static let point = UInt8(ascii: ".")
  private static let comma = UInt8(ascii: ",")

  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    end = bytes.count
    var index = 0
    if index < end, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
      isNegative = bytes[index] == UInt8(ascii: "-")
      index += 1
    } else if NorwegianNumber.isMinus(bytes, index) {
      isNegative = true
      index += 3
    }
    guard scan(from: index), digitsBefore + digitsAfter > 0 else { return nil }
  }

  private mutating func scan(from start: Int) -> Bool {
    var index = start
    var digits = 0
    var isFirst = true
    func close(_ sign: UInt8, _ shape: inout NumberShape) {
      if isFirst {
        shape.digitsBefore = digits
      } else if digits != 3 {
        shape.hasThrees = false
      }
      isFirst = false
      digits = 0
      shape.last = sign
    }
    while index < end {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if isFirst, digits == 0 { beginsWithZero = byte == UInt8(ascii: "0") }
        digits += 1
        count += 1
        index += 1
      case Self.point:
        points += 1
        close(byte, &self)
        index += 1
      case Self.comma:
        commas += 1
        close(byte, &self)
        index += 1
      case UInt8(ascii: "e"), UInt8(ascii: "E"):
        guard isExponent(index + 1), count > 0 else { return false }
        end = index
      case UInt8(ascii: " ") where isRank(index):
        end = index
      default:
        let length = gap(index)
        // A gap after a decimal sign, or twice in a row, is no number.
        guard length > 0, points + commas == 0, digits > 0 else { return false }
        gaps += 1
        close(0x20, &self)
        index += length
      }
    }
    if isFirst { digitsBefore = digits } else { digitsAfter = digits }
    return true
  }

  /// The length of a space, U+00A0, U+202F or U+2009 at a position; 0 for anything else.
  private func gap(_ index: Int) -> Int {
    if bytes[index] == 0x20 { return 1 }
    if bytes[index] == 0xC2, index + 1 < end, bytes[index + 1] == 0xA0 { return 2 }
    guard bytes[index] == 0xE2, index + 2 < end, bytes[index + 1] == 0x80 else { return 0 }
    return bytes[index + 2] == 0xAF || bytes[index + 2] == 0x89 ? 3 : 0
  }

  private func isExponent(_ start: Int) -> Bool {
    var index = start
    if index < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") {
      index += 1
    }
    let digits = bytes[min(index, bytes.count)...]
    return (1...3).contains(digits.count) && digits.allSatisfy(\.isDigit)
  }

  /// Whether " av 357" follows, of which the number is the place.
  private func isRank(_ start: Int) -> Bool {
    let rest = bytes[start...]
    return rest.count > 4 && rest.prefix(4).elementsEqual(" av ".utf8)
      && rest.dropFirst(4).allSatisfy(\.isDigit)
  }

  private var signs: Int { points + commas }

  /// Whether one sign may stand before decimals or between thousands.
  var isAmbiguous: Bool {
    signs == 1 && gaps == 0 && digitsAfter == 3 && (1...3).contains(digitsBefore) && !beginsWithZero
      && end == bytes.count
  }

  /// The decimal sign that this number alone proves.
  var evidence: NorwegianNumber.DecimalSign? {
    guard signs > 0, !isAmbiguous else { return nil }
    if value(.point) != nil, value(.comma) == nil { return .point }
    if value(.comma) != nil, value(.point) == nil { return .comma }
    return nil
  }

  /// The number with a decimal sign; without one where all readings agree.
  func value(_ decimalSign: NorwegianNumber.DecimalSign?) -> Double? {
    if signs == 0 { return hasGroups(digitsAfter) ? number(decimal: 0) : nil }
    guard let decimalSign else {
      guard !isAmbiguous else { return nil }
      return value(.point) ?? value(.comma)
    }
    let isComma = decimalSign == .comma
    let (decimals, groups) = isComma ? (commas, points) : (points, commas)
    let sign = isComma ? Self.comma : Self.point
    guard decimals <= 1, groups == 0 || gaps == 0 else { return nil }
    if decimals == 1 {
      guard last == sign, digitsBefore > 0 || signs == 1 else { return nil }
      // The parts between the first and the last sign are groups of thousands.
      guard hasThrees, signs + gaps == 1 || (1...3).contains(digitsBefore) else { return nil }
      guard digitsAfter > 0 || digitsBefore > 0 else { return nil }
      return number(decimal: sign)
    }
    return hasGroups(digitsAfter) && !beginsWithZero ? number(decimal: 0) : nil
  }

  /// Whether all parts after the first are groups of three digits.
  private func hasGroups(_ lastPart: Int) -> Bool {
    if signs + gaps == 0 { return true }
    return hasThrees && lastPart == 3 && (1...3).contains(digitsBefore)
  }

  private func number(decimal: UInt8) -> Double? {
    var whole: UInt64 = 0
    var decimals = 0
    var isAfter = false
    for byte in bytes[..<end] {
      if byte.isDigit {
        guard count <= 18 else { break }
        whole = whole * 10 + UInt64(byte - UInt8(ascii: "0"))
        if isAfter { decimals += 1 }
      } else if byte == decimal {
        isAfter = true
      }
    }
    // Both parts are exact, so that their quotient is rounded once (Clinger 1990).
    if count <= 18, whole < 1 << 53, decimals <= 22, end == bytes.count || isRank(end) {
      let value = Double(whole) / Self.powers[decimals]
      return isNegative ? -value : value
    }
    let digits = bytes[..<end].filter { $0.isDigit || $0 == decimal }
      .map { $0 == decimal ? Self.point : $0 }
    let exponent = end < bytes.count && !isRank(end) ? Array(bytes[end...]) : []
    let text = String(
      decoding: (isNegative ? [UInt8(ascii: "-")] : []) + digits + exponent,
      as: UTF8.self
    )
    guard let value = Double(text), value.isFinite else { return nil }
    return value
  }

  private static let powers: [Double] = (0...22).reduce(into: []) { powers, index in
    powers.append(index == 0 ? 1 : powers[index - 1] * 10)
  }
}

extension UInt8 {
  var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
}
