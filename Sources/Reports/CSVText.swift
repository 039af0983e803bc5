/// A table as comma-separated values.
public enum CSVDialect: String, Sendable, Hashable, CaseIterable {
  /// UTF-8, comma, decimal point, LF: for Jupyter, R and other programs.
  case standard
  /// UTF-8 with byte order mark, semicolon, decimal comma, CRLF: for Excel set to Norwegian.
  case norwegianExcel = "nb-NO"

  var separator: String { self == .standard ? "," : ";" }
  var lineEnd: String { self == .standard ? "\n" : "\r\n" }
  var byteOrderMark: String { self == .standard ? "" : "\u{FEFF}" }
}

extension Table {
  /// The table as CSV: all columns under their keys, numbers in full, missing values empty.
  ///
  /// - Parameter dialect: Which separators, decimal sign and line ends.
  /// - Returns: The text, with its header.
  /// - Complexity: O(size of the result).
  public func csv(_ dialect: CSVDialect = .standard) -> String {
    let separator = dialect.separator.utf8
    let lineEnd = dialect.lineEnd.utf8
    var bytes = Array(dialect.byteOrderMark.utf8)
    bytes.reserveCapacity(rows.count * columns.count * 10)
    bytes += columns.map(\.key).joined(separator: dialect.separator).utf8
    bytes += lineEnd
    for row in rows {
      for (index, cell) in row.enumerated() {
        if index > 0 { bytes += separator }
        cell.append(to: &bytes, dialect)
      }
      bytes += lineEnd
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Table.Cell {
  fileprivate func append(to bytes: inout [UInt8], _ dialect: CSVDialect) {
    switch self {
    case .text(let text), .word(let text, _): append(text, to: &bytes, dialect)
    case .integer(let number): bytes += String(number).utf8
    case .number(let value, _), .signed(let value, _), .share(let value, _),
      .shareDifference(let value, _), .place(let value):
      let number = NumberText.exact(value).utf8
      if dialect == .standard {
        bytes += number
      } else {
        bytes += number.lazy.map { $0 == UInt8(ascii: ".") ? UInt8(ascii: ",") : $0 }
      }
    case .missing: break
    }
  }

  private func append(_ text: String, to bytes: inout [UInt8], _ dialect: CSVDialect) {
    let quote = UInt8(ascii: "\"")
    let special = text.utf8.contains { byte in
      byte == quote || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
        || byte == dialect.separator.utf8.first
    }
    guard special else {
      bytes += text.utf8
      return
    }
    bytes.append(quote)
    for byte in text.utf8 {
      if byte == quote { bytes.append(quote) }
      bytes.append(byte)
    }
    bytes.append(quote)
  }
}
