internal import Regions

/// Reads JSON (RFC 8259, https://doi.org/10.17487/RFC8259) value by value, without building a tree.
///
/// It is our own because an error must name line and column, which Foundation's readers do not, and for
/// time and memory: of a file of 2.8 MB with 805,392 cells, JSONDecoder needs 0.44 s and 50 MB above
/// the file for the values alone, JSONSerialization 0.21 s and 77 MB, this 0.04 s and 7 MB for the whole
/// cube (Swift 6.3).
/// The text is UTF-8; a byte order mark at its start is skipped.
struct JSONScanner {
  /// What kind of value comes next.
  enum Kind {
    case object, array, string, number, boolean, null
  }

  /// A string between its quotes, as a range of bytes.
  struct Token {
    let range: Range<Int>
    /// Whether the bytes are the string as they stand.
    let isPlain: Bool
    /// Where the opening quote is.
    var start: Int { range.lowerBound - 1 }
  }

  /// How deep values may be nested. JSON-stat needs ten levels.
  static let maximumDepth = 64

  let file: String
  let bytes: [UInt8]
  /// What may still be allocated.
  var budget: MemoryBudget
  /// Where the next value, key or bracket is read.
  private(set) var offset = 0
  private var depth = 0
  /// Whether the next element or key is the first within its brackets.
  private var isFirst = true

  /// Prepares the text of a file.
  ///
  /// - Throws: `CubeError` when the text is in UTF-16.
  init(file: String, bytes: [UInt8]) throws(CubeError) {
    self.file = file
    self.bytes = bytes
    budget = MemoryBudget(fileSize: bytes.count)
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw CubeError(file: file, line: 1, "The file is in UTF-16. JSON is written in UTF-8.")
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
  }

  /// The byte at a position; 0, which no JSON holds, after the end.
  @inline(__always)
  private func byte(_ position: Int) -> UInt8 { position < bytes.count ? bytes[position] : 0 }

  @inline(__always)
  private mutating func skipSpace() {
    while offset < bytes.count {
      switch bytes[offset] {
      case 0x20, 0x0A, 0x0D, 0x09: offset += 1
      default: return
      }
    }
  }

  // MARK: - Values

  /// The kind of the next value.
  mutating func kind() throws(CubeError) -> Kind {
    skipSpace()
    switch byte(offset) {
    case UInt8(ascii: "{"): return .object
    case UInt8(ascii: "["): return .array
    case UInt8(ascii: "\""): return .string
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .boolean
    case UInt8(ascii: "n"): return .null
    default: throw error("Expected a value, found \(found(at: offset)).")
    }
  }

  /// Whether the next value is a null, which then is passed over.
  mutating func null() throws(CubeError) -> Bool {
    skipSpace()
    guard byte(offset) == UInt8(ascii: "n") else { return false }
    try word("null")
    return true
  }

  /// The next value, which must be true or false.
  mutating func boolean() throws(CubeError) -> Bool {
    skipSpace()
    if byte(offset) == UInt8(ascii: "t") {
      try word("true")
      return true
    }
    guard byte(offset) == UInt8(ascii: "f") else {
      throw error("Expected true or false, found \(found(at: offset)).")
    }
    try word("false")
    return false
  }

  private mutating func word(_ word: StaticString) throws(CubeError) {
    let isThere = word.withUTF8Buffer { letters in
      letters.indices.allSatisfy { byte(offset + $0) == letters[$0] }
    }
    guard isThere else { throw error("Expected \(word), found \(found(at: offset)).") }
    offset += word.utf8CodeUnitCount
  }

  /// The next value, which must be a number, correctly rounded.
  mutating func number() throws(CubeError) -> Double {
    skipSpace()
    let start = offset
    let isNegative = byte(offset) == UInt8(ascii: "-")
    if isNegative { offset += 1 }
    var mantissa = 0
    let whole = try digits(into: &mantissa)
    if whole > 1, bytes[offset - whole] == UInt8(ascii: "0") {
      throw error(at: start, "A number must not begin with a zero, as \(found(at: start)) does.")
    }
    var decimals = 0
    if byte(offset) == UInt8(ascii: ".") {
      offset += 1
      decimals = try digits(into: &mantissa)
    }
    let hasExponent = byte(offset) | 0x20 == UInt8(ascii: "e")
    if hasExponent {
      offset += 1
      if byte(offset) == UInt8(ascii: "+") || byte(offset) == UInt8(ascii: "-") { offset += 1 }
      var exponent = 0
      _ = try digits(into: &exponent)
    }
    // Up to 15 digits are exact, and so is the power of ten: one division rounds once.
    if !hasExponent, whole + decimals <= 15 {
      let value = decimals == 0 ? Double(mantissa) : Double(mantissa) / powersOfTen[decimals]
      return isNegative ? -value : value
    }
    guard let value = decimalNumber(bytes[start..<offset]) else {
      throw error(at: start, "The number \(found(at: start)) is too large.")
    }
    return value
  }

  /// Reads digits, at least one, and says how many there were.
  private mutating func digits(into number: inout Int) throws(CubeError) -> Int {
    let start = offset
    while case let digit = byte(offset) &- UInt8(ascii: "0"), digit < 10 {
      number = number &* 10 &+ Int(digit)
      offset += 1
    }
    guard offset > start else { throw error("Expected a digit, found \(found(at: offset)).") }
    return offset - start
  }

  /// The next value, which must be a whole number from 0.
  mutating func count() throws(CubeError) -> Int {
    skipSpace()
    let start = offset
    let value = try number()
    guard value >= 0, let count = Int(exactly: value) else {
      throw error(at: start, "Expected a whole number from 0, found \(found(at: start)).")
    }
    return count
  }

  /// The next value, which must be a string.
  mutating func string() throws(CubeError) -> String { try text(token()) }

  /// The next value, which must be a string, without copying it.
  mutating func token() throws(CubeError) -> Token {
    skipSpace()
    guard byte(offset) == UInt8(ascii: "\"") else {
      throw error("Expected a string, found \(found(at: offset)).")
    }
    let start = offset + 1
    var at = start
    var isPlain = true
    var isASCII = true
    while true {
      guard at < bytes.count else { throw error("This string is not closed before the end.") }
      let byte = bytes[at]
      if byte == UInt8(ascii: "\"") { break }
      if byte == UInt8(ascii: "\\") {
        isPlain = false
        at += 2
        continue
      }
      if byte < 0x20 {
        throw error(at: at, "A string holds a bare control character or line break.")
      }
      if byte >= 0x80 { isASCII = false }
      at += 1
    }
    if !isASCII { try checkEncoding(start..<at) }
    if !isPlain { try checkEscapes(start..<at) }
    offset = at + 1
    return Token(range: start..<at, isPlain: isPlain)
  }

  /// The text of a string.
  func text(_ token: Token) -> String {
    guard !token.isPlain else { return String(decoding: bytes[token.range], as: UTF8.self) }
    return unescaped(token.range)
  }

  // MARK: - Objects and arrays

  /// Enters the next value, which must be an object.
  mutating func beginObject(_ what: String) throws(CubeError) {
    try begin(UInt8(ascii: "{"), "an object", what)
  }

  /// Enters the next value, which must be an array.
  mutating func beginArray(_ what: String) throws(CubeError) {
    try begin(UInt8(ascii: "["), "an array", what)
  }

  private mutating func begin(
    _ bracket: UInt8,
    _ kind: String,
    _ what: String
  ) throws(CubeError) {
    skipSpace()
    guard byte(offset) == bracket else {
      throw error("Expected \(kind), \(what), found \(found(at: offset)).")
    }
    guard depth < Self.maximumDepth else {
      throw error(kind: .tooLarge, "Values are nested more than \(Self.maximumDepth) deep.")
    }
    depth += 1
    offset += 1
    isFirst = true
  }

  /// The next key of the object that was entered; its value is next. `nil` at the object's end.
  mutating func nextKey() throws(CubeError) -> Token? {
    guard try isMore(before: UInt8(ascii: "}")) else { return nil }
    let key = try token()
    skipSpace()
    guard byte(offset) == UInt8(ascii: ":") else {
      throw error("Expected a colon after a key, found \(found(at: offset)).")
    }
    offset += 1
    return key
  }

  /// Whether the array that was entered has one more element, which then is next.
  mutating func nextElement() throws(CubeError) -> Bool {
    try isMore(before: UInt8(ascii: "]"))
  }

  @inline(__always)
  private mutating func isMore(before end: UInt8) throws(CubeError) -> Bool {
    skipSpace()
    let next = byte(offset)
    if next == end {
      offset += 1
      depth -= 1
      isFirst = false
      return false
    }
    if !isFirst {
      guard next == UInt8(ascii: ",") else {
        let bracket = Character(UnicodeScalar(end))
        throw error("Expected a comma or \(bracket), found \(found(at: offset)).")
      }
      offset += 1
    }
    isFirst = false
    return true
  }

  /// Passes over the next value, checking that it is JSON.
  mutating func skip() throws(CubeError) {
    switch try kind() {
    case .object:
      try beginObject("any")
      while try nextKey() != nil { try skip() }
    case .array:
      try beginArray("any")
      while try nextElement() { try skip() }
    case .string: _ = try token()
    case .number: _ = try number()
    case .boolean: _ = try boolean()
    case .null: _ = try null()
    }
  }

  /// Where the next value begins.
  mutating func position() -> Int {
    skipSpace()
    return offset
  }

  /// Reads the value at a position that was passed over, then goes on where it was.
  mutating func revisit<Result>(
    _ position: Int,
    _ body: (inout JSONScanner) throws(CubeError) -> Result
  ) throws(CubeError) -> Result {
    let before = (offset, isFirst)
    offset = position
    let result = try body(&self)
    (offset, isFirst) = before
    return result
  }

  /// Checks that nothing follows the outermost value.
  mutating func finish() throws(CubeError) {
    skipSpace()
    guard offset == bytes.count else {
      throw error("Expected the end of the file, found \(found(at: offset)).")
    }
  }
}
