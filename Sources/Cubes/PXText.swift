/// The text of a PX file: its bytes, their encoding, and the pieces that keywords are made of.
struct PXText {
  /// How characters are written.
  enum Encoding {
    case utf8
    /// Of which ISO 8859-1 is a part, as far as characters are concerned.
    case windows1252
  }

  let file: String
  let bytes: [UInt8]
  let encoding: Encoding
  /// What may still be allocated.
  var budget: MemoryBudget
  /// Where the next piece is read.
  var offset = 0

  /// Prepares a file: its encoding is what CODEPAGE says, else UTF-8 where the text is that, else
  /// Windows-1252.
  init(file: String, bytes: [UInt8]) throws(CubeError) {
    self.file = file
    self.bytes = bytes
    budget = MemoryBudget(fileSize: bytes.count)
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw CubeError(file: file, line: 1, "The file is in UTF-16. PX is in UTF-8 or Windows-1252.")
    }
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    if hasMark { offset = 3 }
    let declared = Self.codepage(in: bytes)
    switch declared?.lowercased() {
    case "utf-8", "utf8", "65001": encoding = .utf8
    case _ where hasMark: encoding = .utf8
    case nil, "":
      let isValid = bytes.withUnsafeBufferPointer { String(validating: $0, as: UTF8.self) != nil }
      encoding = isValid ? .utf8 : .windows1252
    case "iso-8859-1", "iso-8859-15", "windows-1252", "1252", "latin1", "ansi", "us-ascii":
      encoding = .windows1252
    case .some(let name):
      throw CubeError(
        file: file,
        "The CODEPAGE is \(quoted(name)). UTF-8, ISO-8859-1 and Windows-1252 can be read."
      )
    }
  }

  /// What CODEPAGE says, which is written in ASCII in every encoding.
  private static func codepage(in bytes: [UInt8]) -> String? {
    let word = Array("CODEPAGE=\"".utf8)
    let start = bytes.prefix(4096)
    for at in start.indices where start[at] == word[0] && start[at...].starts(with: word) {
      let name = start[(at + word.count)...].prefix { $0 != UInt8(ascii: "\"") }
      return String(decoding: name, as: UTF8.self)
    }
    return nil
  }

  /// The byte at the offset; 0 after the end.
  var next: UInt8 { offset < bytes.count ? bytes[offset] : 0 }

  /// Whether everything was read.
  var isAtEnd: Bool { offset >= bytes.count }

  /// Passes over spaces and line breaks.
  mutating func skipSpace() {
    while offset < bytes.count, bytes[offset] <= 0x20 { offset += 1 }
  }

  /// The text of some bytes.
  func text(_ range: Range<Int>) throws(CubeError) -> String {
    switch encoding {
    case .utf8:
      if let text = String(validating: bytes[range], as: UTF8.self) { return text }
      throw error(at: range.lowerBound, "The text is not in UTF-8, as the file says it is.")
    case .windows1252:
      var text = ""
      for byte in bytes[range] { text.unicodeScalars.append(windows1252(byte)) }
      return text
    }
  }

  /// The text between quotes that comes next, with those that follow it directly: long texts are
  /// written in pieces.
  mutating func quotedText() throws(CubeError) -> String {
    var text = ""
    while next == UInt8(ascii: "\"") {
      let range = try quotedRange()
      text += try self.text(range)
      skipSpace()
    }
    return text
  }

  /// The bytes of one piece between quotes, which comes next.
  mutating func quotedRange() throws(CubeError) -> Range<Int> {
    let start = offset + 1
    guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "\"")) else {
      throw error("This text is not closed before the end of the file.")
    }
    offset = end + 1
    return start..<end
  }

  /// A word without quotes: up to a separator, a bracket or a space. It may be empty.
  mutating func word() -> Range<Int> {
    let start = offset
    while offset < bytes.count, bytes[offset] > 0x20, !",;=()[]\":".utf8.contains(bytes[offset]) {
      offset += 1
    }
    return start..<offset
  }

  /// Takes memory before it is allocated.
  mutating func take(_ count: Int, of size: Int, at position: Int) throws(CubeError) {
    guard budget.take(count, of: size) else {
      throw error(
        kind: .tooLarge,
        at: position,
        "The file claims far more than a file of \(bytes.count) bytes can hold."
      )
    }
  }

  /// An error at a position, by default where the text is read.
  func error(
    kind: CubeError.Kind = .invalid,
    at position: Int? = nil,
    _ message: String
  ) -> CubeError {
    let place = LineColumn(of: position ?? offset, in: bytes, isUTF8: encoding == .utf8)
    return CubeError(kind, file: file, line: place.line, column: place.column, message)
  }

  /// What stands at a position, in words.
  func found(at position: Int) -> String {
    guard position < bytes.count else { return "the end of the file" }
    let piece = bytes[position...].prefix(20).prefix { $0 > 0x20 && $0 != UInt8(ascii: ";") }
    guard !piece.isEmpty else {
      return bytes[position] == UInt8(ascii: ";") ? "a semicolon" : "a space"
    }
    return quoted(String(decoding: piece, as: UTF8.self))
  }
}

/// The character of a byte in Windows-1252; the five bytes that have none stand for themselves.
func windows1252(_ byte: UInt8) -> UnicodeScalar {
  guard (0x80...0x9F).contains(byte) else { return UnicodeScalar(byte) }
  return windows1252Specials[Int(byte) - 0x80]
}

/// What Windows-1252 has at 80 to 9F, where ISO 8859-1 has control characters.
let windows1252Specials: [UnicodeScalar] = [
  "\u{20AC}", "\u{81}", "\u{201A}", "\u{192}", "\u{201E}", "\u{2026}", "\u{2020}", "\u{2021}",
  "\u{2C6}", "\u{2030}", "\u{160}", "\u{2039}", "\u{152}", "\u{8D}", "\u{17D}", "\u{8F}",
  "\u{90}", "\u{2018}", "\u{2019}", "\u{201C}", "\u{201D}", "\u{2022}", "\u{2013}", "\u{2014}",
  "\u{2DC}", "\u{2122}", "\u{161}", "\u{203A}", "\u{153}", "\u{9D}", "\u{17E}", "\u{178}",
]
