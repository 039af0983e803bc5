internal import Regions

/// A CSV file whose header names the columns, read row by row with typed access.
struct CSVTable {
  private var reader: CSVReader
  private var fields: [CSVReader.Field] = []
  /// The names of the columns. There are few and short ones, so a look-up goes through them in
  /// order, which is faster than hashing.
  private let header: [String]

  /// Reads the header.
  ///
  /// - Parameters:
  ///   - file: The file's path, for errors.
  ///   - bytes: Its content.
  ///   - separator: What stands between two fields.
  ///   - required: The columns that must be there, in any order; others are passed over.
  /// - Throws: `DatasetError` when a column is missing or named twice.
  init(
    file: String,
    bytes: [UInt8],
    separator: UInt8 = UInt8(ascii: ","),
    required: [String]
  ) throws(DatasetError) {
    reader = try CSVReader(file: file, bytes: bytes, separator: separator)
    guard try reader.readRow(into: &fields) else {
      throw DatasetError(
        .invalid,
        file: file,
        line: 1,
        "The file is empty; its first line must be \(required.joined(separator: ","))."
      )
    }
    var header: [String] = []
    for field in fields { header.append(reader.text(field)) }
    self.header = header
    for (index, name) in header.enumerated() where header[..<index].contains(name) {
      throw reader.error(fields[index], "The column \"\(name)\" stands twice in the header.")
    }
    for name in required where !header.contains(name) {
      let hint = nearestMatch(to: name, among: header).map { " Is it \"\($0)\"?" } ?? ""
      throw reader.error("The column \"\(name)\" is missing.\(hint)")
    }
  }

  /// What stands between the fields of a table that a user wrote: a tab or a semicolon where its first
  /// line has one, else a comma.
  static func separator(of bytes: [UInt8]) -> UInt8 {
    let start = bytes.prefix { $0 != UInt8(ascii: "\n") }
    let others = [UInt8(ascii: "\t"), UInt8(ascii: ";")]
    return others.first(where: start.contains) ?? UInt8(ascii: ",")
  }

  /// Goes to the next row.
  ///
  /// - Returns: Whether there is one.
  /// - Throws: `DatasetError` when the row has more or fewer fields than the header.
  mutating func next() throws(DatasetError) -> Bool {
    guard try reader.readRow(into: &fields) else { return false }
    guard fields.count == header.count else {
      throw reader.error(
        "The line has \(fields.count) fields; the header has \(header.count)."
      )
    }
    return true
  }

  /// Whether there is a column of this name.
  func has(_ name: String) -> Bool { header.contains(name) }

  /// The line of the current row.
  var line: Int { reader.line }

  /// The text in a column of the current row.
  func text(_ name: String) -> String { reader.text(field(name)) }

  /// The text in a column, `nil` when empty.
  func optionalText(_ name: String) -> String? {
    field(name).range.isEmpty ? nil : text(name)
  }

  /// The bytes in a column.
  func bytes(_ name: String) -> ArraySlice<UInt8> { reader.bytes[field(name).range] }

  /// The whole number in a column.
  func integer(_ name: String) throws(DatasetError) -> Int {
    guard let number = Int(text(name)) else {
      throw error(name, "must be a whole number, not \"\(text(name))\"")
    }
    return number
  }

  /// The number in a column, `nil` when empty.
  ///
  /// - Throws: `DatasetError` for anything but a decimal number with a point; NaN and infinities are
  ///   refused.
  func number(_ name: String) throws(DatasetError) -> Double? {
    let digits = bytes(name)
    guard !digits.isEmpty else { return nil }
    if let number = decimalNumber(digits) { return number }
    let found = text(name)
    let comma = found.contains(",") ? " Write the decimals after a point." : ""
    throw error(name, "must be a number, not \"\(found)\".\(comma)")
  }

  /// The value of an enumeration in a column.
  func choice<Choice>(_ name: String, of type: Choice.Type) throws(DatasetError) -> Choice
  where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
    let found = text(name)
    if let choice = Choice(rawValue: found) { return choice }
    let allowed = Choice.allCases.map(\.rawValue)
    let hint = nearestMatch(to: found, among: allowed).map { " Did you mean \($0)?" } ?? ""
    throw error(
      name,
      "must be one of \(allowed.joined(separator: ", ")), not \"\(found)\".\(hint)"
    )
  }

  /// Whether a column has the one of its two words that means yes.
  ///
  /// - Throws: `DatasetError` for any other word: a misspelt one must not pass for no.
  func flag(_ name: String, yes: String, no: String = "") throws(DatasetError) -> Bool {
    let found = text(name)
    if found == yes || found == no { return found == yes }
    let words = [yes, no].filter { !$0.isEmpty }
    let hint = nearestMatch(to: found, among: words).map { " Did you mean \($0)?" } ?? ""
    throw error(
      name,
      "must be \(yes) or \(no.isEmpty ? "empty" : no), not \"\(found)\".\(hint)"
    )
  }

  /// An error at a column of the current row; the message follows the column's name.
  func error(_ name: String, _ message: String) -> DatasetError {
    reader.error(field(name), "The column \"\(name)\" \(message)")
  }

  /// An error in the current row as a whole.
  func error(_ message: String) -> DatasetError { reader.error(message) }

  private func field(_ name: String) -> CSVReader.Field {
    guard let index = header.firstIndex(of: name) else {
      preconditionFailure("The column \(name) was not asked for.")
    }
    return fields[index]
  }
}
