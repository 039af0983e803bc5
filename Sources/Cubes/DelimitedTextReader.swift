/// Reads text whose rows are lines and whose cells are separated by one character, such as CSV.
///
/// Quotes are those of RFC 4180 (https://doi.org/10.17487/RFC4180); lines end with LF or CRLF, the last
/// one perhaps not. Downloads and spreadsheets of Norwegian agencies come as UTF-8, UTF-16 or
/// Windows-1252, with commas, semicolons, tabs or, from PxWeb, spaces.
public struct DelimitedTextReader {
  /// How a file is written.
  public struct Form: Sendable, Hashable {
    /// How its characters are stored.
    public let encoding: TextEncoding
    /// What is between two cells.
    public let separator: Character
    /// Why that is taken to be so, in words.
    public let reason: String
  }

  /// The most bytes of a file.
  static let largestFile = 1 << 30
  /// The most cells of a row.
  static let mostColumns = 1 << 16
  /// The most bytes of a row.
  static let longestRow = 16 << 20

  private let file: String
  private var bytes: [UInt8]
  private let separator: UInt8
  private var offset: Int
  private var cells: [PackedCell] = []
  private var rowStarts: [UInt32] = [0]
  private var rowPlaces: [UInt32] = []

  /// Reads the rows of a file.
  ///
  /// - Parameters:
  ///   - file: The file's path, for errors.
  ///   - bytes: Its content.
  /// - Returns: The rows, and how they are written.
  /// - Throws: `CubeError` for bytes that are no text, a quote that is not closed or is followed by
  ///   something else, and rows or cells longer than any table has.
  /// - Complexity: O(size); memory of at most 8 bytes a cell and 8 a row beside the text.
  public static func read(
    file: String,
    bytes: [UInt8]
  ) throws(CubeError) -> (grid: Grid, form: Form) {
    guard bytes.count <= largestFile else {
      throw CubeError(.tooLarge, file: file, "The file has more than \(largestFile >> 20) MB.")
    }
    var text = bytes
    let encoding = try TextEncoding.decode(&text, file: file)
    let found = DelimiterDetection(text).found
    let form = Form(
      encoding: encoding,
      separator: Character(Unicode.Scalar(found.separator)),
      reason: found.reason
    )
    var reader = DelimitedTextReader(
      file: file,
      bytes: text,
      separator: found.separator,
      offset: found.start
    )
    text = []
    return (try reader.read(), form)
  }

  private init(file: String, bytes: [UInt8], separator: UInt8, offset: Int) {
    self.file = file
    self.bytes = bytes
    self.separator = separator
    self.offset = offset
  }

  private mutating func read() throws(CubeError) -> Grid {
    let (separators, lines) = bytes.withUnsafeBufferPointer { bytes in
      var (separators, lines) = (0, 1)
      for byte in bytes {
        if byte == separator { separators += 1 }
        if byte == .newline { lines += 1 }
      }
      return (separators, lines)
    }
    // Known in advance, so that no list is copied while it grows.
    cells.reserveCapacity(separators + lines)
    rowStarts.reserveCapacity(lines + 1)
    rowPlaces.reserveCapacity(lines)
    while offset < bytes.count { try readRow() }
    return Grid(
      file: file,
      sheet: nil,
      bytes: bytes,
      cells: cells,
      rowStarts: rowStarts,
      rowPlaces: rowPlaces
    )
  }

  private mutating func readRow() throws(CubeError) {
    let start = offset
    let first = cells.count
    var isMore = true
    while isMore {
      let range = offset < bytes.count && bytes[offset] == .quote ? try quoted() : plain()
      try append(range)
      guard cells.count - first <= Self.mostColumns, offset - start <= Self.longestRow else {
        throw CubeError(
          .tooLarge,
          file: file,
          line: line(at: start),
          "The row is longer than any table's: more than \(Self.mostColumns) cells or "
            + "\(Self.longestRow >> 20) MB. Is a quote missing?"
        )
      }
      isMore = offset < bytes.count && bytes[offset] == separator
      offset += 1
    }
    while cells.count > first, cells[cells.count - 1].isEmpty { cells.removeLast() }
    guard cells.count > first else { return }
    rowPlaces.append(UInt32(start))
    rowStarts.append(UInt32(cells.count))
  }

  private mutating func append(_ range: Range<Int>) throws(CubeError) {
    let trimmed = bytes.withUnsafeBufferPointer { range.withoutSpaces(in: $0) }
    guard trimmed.count <= PackedCell.longest else {
      throw CubeError(
        .tooLarge,
        file: file,
        line: line(at: range.lowerBound),
        "A cell has \(trimmed.count) bytes, more than any table's. Is a quote missing?"
      )
    }
    cells.append(PackedCell(start: trimmed.lowerBound, count: trimmed.count))
  }

  private mutating func plain() -> Range<Int> {
    let start = offset
    while offset < bytes.count, bytes[offset] != separator, bytes[offset] != .newline {
      offset += 1
    }
    // Excel's way to keep the zeros of a code: ="0301".
    if offset - start > 3, bytes[start] == UInt8(ascii: "="), bytes[start + 1] == .quote {
      let end = bytes[offset - 1] == .carriageReturn ? offset - 1 : offset
      if bytes[end - 1] == .quote, end - 1 > start + 1 { return start + 2..<end - 1 }
    }
    return start..<offset
  }

  private mutating func quoted() throws(CubeError) -> Range<Int> {
    let start = offset + 1
    var end = start
    offset = start
    while true {
      guard offset < bytes.count else { throw unclosed(start) }
      if bytes[offset] == .quote {
        guard offset + 1 < bytes.count, bytes[offset + 1] == .quote else { break }
        offset += 1
      }
      bytes[end] = bytes[offset]
      end += 1
      offset += 1
    }
    // What a doubled quote left over is filled, so that characters are still counted rightly.
    for index in end..<offset { bytes[index] = .quote }
    offset += 1
    while offset < bytes.count, bytes[offset] == .carriageReturn || isPadding(bytes[offset]) {
      offset += 1
    }
    guard offset == bytes.count || bytes[offset] == separator || bytes[offset] == .newline else {
      throw CubeError(
        file: file,
        line: line(at: start),
        column: column(at: start - 1),
        "A closing quote must be followed by a separator or the end of the line."
      )
    }
    return start..<end
  }

  private func isPadding(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") && separator != UInt8(ascii: " ")
  }

  private func unclosed(_ start: Int) -> CubeError {
    CubeError(
      file: file,
      line: line(at: start),
      column: column(at: start - 1),
      "A quoted cell is not closed before the end of the file, so the file is cut off. Fetch or save "
        + "it again."
    )
  }

  private func line(at position: Int) -> Int {
    1 + bytes[..<position].count { $0 == .newline }
  }

  private func column(at position: Int) -> Int {
    let start = bytes[..<position].lastIndex(of: .newline).map { $0 + 1 } ?? 0
    return 1 + bytes[start..<position].count { $0 & 0xC0 != 0x80 }
  }
}

extension Range<Int> {
  /// The range without white space of ASCII, and U+00A0, at its ends.
  func withoutSpaces(in bytes: UnsafeBufferPointer<UInt8>) -> Range<Int> {
    var (start, end) = (lowerBound, upperBound)
    while start < end {
      if bytes[start] <= 0x20 {
        start += 1
      } else if bytes[start] == 0xC2, start + 1 < end, bytes[start + 1] == 0xA0 {
        start += 2
      } else {
        break
      }
    }
    while start < end {
      if bytes[end - 1] <= 0x20 {
        end -= 1
      } else if bytes[end - 1] == 0xA0, end - 2 >= start, bytes[end - 2] == 0xC2 {
        end -= 2
      } else {
        break
      }
    }
    return start..<end
  }
}
