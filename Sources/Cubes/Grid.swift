/// Rows of cells as they stand in a file: texts, numbers and gaps, each with its place.
///
/// A cell takes eight bytes beside the text itself, which all cells of equal shared text have in
/// common. Rows without any content are left out, as are empty cells at the end of a row.
public struct Grid: Sendable {
  /// What a cell holds.
  public enum Cell: Sendable, Hashable {
    /// Nothing, or only spaces.
    case empty
    /// A number that the file stores as one; finite.
    case number(Double)
    /// A text without spaces at its ends.
    case text(String)
  }

  /// The file's path, with the sheet's name where there is one, for errors.
  public let file: String
  /// The name of the sheet of a workbook; `nil` for delimited text.
  public let sheet: String?

  /// The texts in UTF-8, and for delimited text also what is between them.
  let bytes: [UInt8]
  let cells: [PackedCell]
  /// The index of each row's first cell, and the number of cells.
  let rowStarts: [UInt32]
  /// Where each row is: the position of its first byte, or its number in the sheet.
  let rowPlaces: [UInt32]

  /// How many rows there are.
  public var rowCount: Int { rowStarts.count - 1 }

  /// How many cells a row has up to its last that is not empty.
  public func cellCount(_ row: Int) -> Int { Int(rowStarts[row + 1]) - Int(rowStarts[row]) }

  /// What a cell holds; a cell to the right of a row's last is empty.
  public func cell(_ row: Int, _ column: Int) -> Cell {
    let cell = packed(row, column)
    if let number = cell.number { return .number(number) }
    return cell.isEmpty ? .empty : .text(String(decoding: bytes[cell.range], as: UTF8.self))
  }

  /// The text of a cell; a number as Swift writes it, without decimals where it is whole.
  public func text(_ row: Int, _ column: Int) -> String {
    switch cell(row, column) {
    case .empty: ""
    case .number(let number): Self.text(number)
    case .text(let text): text
    }
  }

  /// The line of a row, or its number in the sheet; the first is 1.
  ///
  /// - Complexity: O(bytes before the row) for delimited text.
  public func line(_ row: Int) -> Int {
    let place = Int(rowPlaces[row])
    return sheet == nil ? 1 + bytes[..<place].count { $0 == .newline } : place
  }

  /// An error at a cell; at its column in the sheet, or its character in the line.
  func error(_ row: Int, _ column: Int, _ message: String) -> CubeError {
    let cell = packed(row, column)
    guard sheet == nil else {
      return CubeError(file: file, line: line(row), column: column + 1, message)
    }
    guard cell.isText else { return CubeError(file: file, line: line(row), message) }
    let start = cell.range.lowerBound
    let line = line(row) + bytes[Int(rowPlaces[row])..<start].count { $0 == .newline }
    let lineStart = bytes[..<start].lastIndex(of: .newline).map { $0 + 1 } ?? 0
    // A character begins with any byte but a continuation of UTF-8.
    let characters = bytes[lineStart..<start].count { $0 & 0xC0 != 0x80 }
    return CubeError(file: file, line: line, column: characters + 1, message)
  }

  /// An error in a row.
  func error(_ row: Int, _ message: String) -> CubeError {
    CubeError(file: file, line: line(row), message)
  }

  func packed(_ row: Int, _ column: Int) -> PackedCell {
    let index = Int(rowStarts[row]) + column
    return index < Int(rowStarts[row + 1]) ? cells[index] : .empty
  }

  func isEmpty(_ row: Int, _ column: Int) -> Bool { packed(row, column).isEmpty }

  /// Whether a cell of delimited text is in quotes.
  func isQuoted(_ cell: PackedCell) -> Bool {
    let start = cell.range.lowerBound
    return sheet == nil && start > 0 && bytes[start - 1] == .quote
  }

  /// Whether all headings, which are in one row, are in quotes, as PxWeb writes them.
  func isQuoted(_ headings: Range<Int>) -> Bool {
    headings.count == 1
      && (0..<cellCount(headings.lowerBound)).allSatisfy { column in
        isQuoted(packed(headings.lowerBound, column))
      }
  }

  /// How a cell is shown in a message: its text in quotes.
  func quoted(_ row: Int, _ column: Int) -> String {
    let text = text(row, column)
    return "\"\(text.count > 60 ? text.prefix(57) + "…" : text[...])\""
  }

  static func text(_ number: Double) -> String {
    if number == number.rounded(), number.magnitude < 1e15 { return String(Int64(number)) }
    return String(number)
  }
}

extension UInt8 {
  static let newline = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let quote = UInt8(ascii: "\"")
}

/// A cell in eight bytes: a finite number, or a NaN whose bits say where the text is.
struct PackedCell: Sendable, Hashable {
  private let bits: UInt64

  private static let tag: UInt64 = 0xFFF8_0000_0000_0000
  private static let textTag: UInt64 = 0xFFFC_0000_0000_0000
  /// The longest text of a cell in bytes.
  static let longest = 0xFFFF

  static let empty = PackedCell(bits: tag)

  private init(bits: UInt64) { self.bits = bits }

  init(_ number: Double) {
    bits = number.isFinite ? number.bitPattern : Self.tag
  }

  /// A text of at most `longest` bytes, which begins before 4 GiB.
  init(start: Int, count: Int) {
    bits = count == 0 ? Self.tag : Self.textTag | UInt64(count) << 32 | UInt64(start)
  }

  var isEmpty: Bool { bits == Self.tag }
  var isText: Bool { bits & Self.textTag == Self.textTag }
  var number: Double? { bits & Self.tag == Self.tag ? nil : Double(bitPattern: bits) }
  /// Where a text is; nothing for others.
  var range: Range<Int> {
    guard isText else { return 0..<0 }
    let start = Int(bits & 0xFFFF_FFFF)
    return start..<start + Int(bits >> 32 & 0xFFFF)
  }
}
