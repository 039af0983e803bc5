public import Regions

/// How a report is written.
public enum ReportFormat: String, Sendable, Hashable, CaseIterable {
  /// Aligned columns for a terminal, with titles and notes.
  case table
  /// The first table as CSV.
  case csv
  /// All tables and notes as JSON.
  case json
  /// All tables and notes as Markdown.
  case markdown
}

extension Report {
  /// The report in a format.
  ///
  /// - Parameters:
  ///   - format: The format.
  ///   - language: The language of numbers.
  ///   - isStyled: Whether a terminal's escape sequences may be used.
  /// - Returns: The text, ended by a line feed.
  /// - Throws: An `EncodingError` for a number that is not finite, in JSON.
  public func text(
    _ format: ReportFormat,
    _ language: Language,
    isStyled: Bool = false
  ) throws -> String {
    switch format {
    case .table:
      let heading = isStyled ? "\u{1B}[1m\(title)\u{1B}[0m" : title
      let sections = tables.map { table in
        (table.title.isEmpty ? "" : table.title + "\n") + table.text(language, isStyled: isStyled)
      }
      let lines = notes.flatMap { wrapped($0, width: 100) }
      let end = lines.isEmpty ? [] : [lines.joined(separator: "\n")]
      return ([heading] + sections + end).joined(separator: "\n\n") + "\n"
    case .csv:
      return tables.first?.csv() ?? ""
    case .json:
      var members: [String: JSONValue] = [
        "title": .string(title),
        "notes": .array(notes.map(JSONValue.string)),
      ]
      for table in tables { members[table.name] = table.json }
      return try JSONValue.object(members).text()
    case .markdown:
      let sections = tables.map { table in
        (table.title.isEmpty ? "" : "### \(table.title)\n\n") + table.markdown(language)
      }
      let end = notes.isEmpty ? [] : [notes.map { "- \($0)" }.joined(separator: "\n")]
      return (["## \(title)"] + sections + end).joined(separator: "\n\n") + "\n"
    }
  }
}

/// A note as lines of at most `width` characters, broken at spaces; all but the first indented.
private func wrapped(_ note: String, width: Int) -> [String] {
  var lines: [String] = []
  var line = ""
  for word in note.split(separator: " ") {
    if !line.isEmpty, line.count + 1 + word.count > width {
      lines.append(line)
      line = "  " + word
    } else {
      line += line.isEmpty ? String(word) : " " + word
    }
  }
  return lines + [line]
}
