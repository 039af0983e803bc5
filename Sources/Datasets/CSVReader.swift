/// Reads comma-separated values (RFC 4180, https://doi.org/10.17487/RFC4180) and knows the line and
/// column of every field, so that an error can name the place.
///
/// The text is UTF-8; a byte order mark at its start is skipped. Lines end with LF or CRLF; the last
/// one too, so that a file cut off within a line is noticed.
struct CSVReader {
  /// One field of the current row, as a range of bytes.
  struct Field {
    let range: Range<Int>
    let isQuoted: Bool
  }

  let file: String
  let bytes: [UInt8]
  /// The line of the current row's first character.
  private(set) var line = 0
  private var rowStart = 0
  private var offset = 0
  private var nextLine = 1

  private let separator: UInt8
  private static let quote = UInt8(ascii: "\"")
  private static let newline = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  /// Prepares the text of a file.
  ///
  /// - Parameters:
  ///   - file: The file's path, for errors.
  ///   - bytes: Its content.
  ///   - separator: What stands between two fields.
  /// - Throws: `DatasetError` when the text is not UTF-8 or its last line is not ended.
  init(
    file: String,
    bytes: [UInt8],
    separator: UInt8 = UInt8(ascii: ",")
  ) throws(DatasetError) {
    self.file = file
    self.separator = separator
    self.bytes = bytes
    try checkEncoding()
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
    if let last = bytes.last, last != Self.newline {
      let line = 1 + bytes.count { $0 == Self.newline }
      throw DatasetError(
        .invalid,
        file: file,
        line: line,
        "The file ends in the middle of a line, so it is cut off. Fetch or save it again."
      )
    }
  }

  private func checkEncoding() throws(DatasetError) {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw DatasetError(
        .invalid,
        file: file,
        line: 1,
        "The file is in UTF-16. Save it as \"CSV UTF-8\"."
      )
    }
    guard bytes.contains(where: { $0 >= 0x80 }) else { return }
    guard bytes.withUnsafeBufferPointer({ String(validating: $0, as: UTF8.self) }) == nil else {
      return
    }
    var line = 1
    for row in bytes.split(separator: Self.newline, omittingEmptySubsequences: false) {
      if String(validating: row, as: UTF8.self) == nil {
        throw DatasetError(
          .invalid,
          file: file,
          line: line,
          """
          The file is not in UTF-8; this line is probably in Windows-1252 or ISO-8859-1. \
          Save it as "CSV UTF-8".
          """
        )
      }
      line += 1
    }
  }

  /// Reads the next row into `fields`.
  ///
  /// - Returns: Whether there was a row; empty lines are passed over.
  /// - Throws: `DatasetError` for a quote that is not closed or is followed by something else.
  mutating func readRow(into fields: inout [Field]) throws(DatasetError) -> Bool {
    fields.removeAll(keepingCapacity: true)
    while offset < bytes.count {
      let isReturn = bytes[offset] == Self.carriageReturn && bytes[offset + 1] == Self.newline
      guard isReturn || bytes[offset] == Self.newline else { break }
      offset += isReturn ? 2 : 1
      nextLine += 1
    }
    guard offset < bytes.count else { return false }
    line = nextLine
    rowStart = offset
    while true {
      fields.append(bytes[offset] == Self.quote ? try quotedField() : plainField())
      let end = bytes[offset]
      offset += 1
      if end == Self.newline {
        nextLine += 1
        return true
      }
    }
  }

  private mutating func plainField() -> Field {
    let start = offset
    while bytes[offset] != separator, bytes[offset] != Self.newline { offset += 1 }
    let isLast = bytes[offset] == Self.newline
    let hasReturn = isLast && offset > start && bytes[offset - 1] == Self.carriageReturn
    return Field(range: start..<(hasReturn ? offset - 1 : offset), isQuoted: false)
  }

  private mutating func quotedField() throws(DatasetError) -> Field {
    let start = offset + 1
    let startLine = nextLine
    offset += 1
    while true {
      guard offset < bytes.count else {
        throw DatasetError(
          .invalid,
          file: file,
          line: startLine,
          column: column(at: start - 1),
          "A quoted field is not closed before the end of the file."
        )
      }
      if bytes[offset] == Self.newline { nextLine += 1 }
      if bytes[offset] == Self.quote {
        guard bytes[offset + 1] == Self.quote else { break }
        offset += 1
      }
      offset += 1
    }
    let field = Field(range: start..<offset, isQuoted: true)
    offset += 1
    if bytes[offset] == Self.carriageReturn { offset += 1 }
    guard bytes[offset] == separator || bytes[offset] == Self.newline else {
      let next = separator == UInt8(ascii: ",") ? "a comma" : "a separator"
      throw error(field, "A closing quote must be followed by \(next) or the end of the line.")
    }
    return field
  }

  /// The text of a field.
  func text(_ field: Field) -> String {
    let text = String(decoding: bytes[field.range], as: UTF8.self)
    return field.isQuoted && text.contains("\"") ? text.replacing("\"\"", with: "\"") : text
  }

  /// An error at a field of the current row, with the line that the field begins on.
  func error(_ field: Field, _ message: String) -> DatasetError {
    let start = field.range.lowerBound
    let breaks = bytes[rowStart..<start].count { $0 == Self.newline }
    return DatasetError(
      .invalid,
      file: file,
      line: line + breaks,
      column: column(at: start),
      message
    )
  }

  /// An error in the current row.
  func error(_ message: String) -> DatasetError {
    DatasetError(.invalid, file: file, line: line, message)
  }

  private func column(at position: Int) -> Int {
    let start = bytes[..<position].lastIndex(of: Self.newline).map { $0 + 1 } ?? rowStart
    return 1
      + String(decoding: bytes[max(start, min(rowStart, position))..<position], as: UTF8.self)
      .unicodeScalars.count
  }
}
