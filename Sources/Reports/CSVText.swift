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
    var text = dialect.byteOrderMark
    text += columns.map(\.key).joined(separator: dialect.separator) + dialect.lineEnd
    for row in rows {
      for (index, cell) in row.enumerated() {
        if index > 0 { text += dialect.separator }
        text += cell.csv(dialect)
      }
      text += dialect.lineEnd
    }
    return text
  }
}

extension Table.Cell {
  fileprivate func csv(_ dialect: CSVDialect) -> String {
    switch self {
    case .text(let text), .word(let text, _): quoted(text, dialect)
    case .integer(let number): String(number)
    case .number(let value, _), .signed(let value, _), .place(let value):
      dialect == .standard
        ? NumberText.exact(value) : NumberText.exact(value).replacing(".", with: ",")
    case .missing: ""
    }
  }

  private func quoted(_ text: String, _ dialect: CSVDialect) -> String {
    let special = text.utf8.contains { byte in
      byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
        || byte == dialect.separator.utf8.first
    }
    return special ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }
}
