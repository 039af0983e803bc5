public import Regions

extension Table {
  /// The table for a terminal: columns aligned, numbers to the right, marked rows with ▸.
  ///
  /// - Parameters:
  ///   - language: The language of the numbers.
  ///   - isStyled: Whether headings and marked rows are set in bold by escape sequences.
  /// - Returns: The lines, without a line feed at the end.
  public func text(_ language: Language, isStyled: Bool) -> String {
    let shown = columns.indices.filter { columns[$0].title != nil }
    let cells = rows.map { row in shown.map { row[$0].text(language) } }
    let titles = shown.map { columns[$0].title ?? "" }
    let widths = titles.indices.map { column in
      max(titles[column].count, cells.map { $0[column].count }.max() ?? 0)
    }
    let isRight = shown.map { column in
      rows.contains { $0[column].isNumber }
        && rows.allSatisfy { $0[column].isNumber || $0[column].isMissing }
    }
    func line(_ cells: [String], mark: String) -> String {
      var line = mark
      for (index, cell) in cells.enumerated() {
        let space = String(repeating: " ", count: widths[index] - cell.count)
        line += index == 0 ? "" : "  "
        line += isRight[index] ? space + cell : cell + space
      }
      while line.hasSuffix(" ") { line.removeLast() }
      return line
    }
    func bold(_ text: String, _ condition: Bool) -> String {
      isStyled && condition ? "\u{1B}[1m\(text)\u{1B}[0m" : text
    }
    var lines = [bold(line(titles, mark: "  "), true)]
    lines.append("  " + widths.map { String(repeating: "─", count: $0) }.joined(separator: "  "))
    for (index, row) in cells.enumerated() {
      let isMarked = marked.contains(index)
      lines.append(bold(line(row, mark: isMarked ? "▸ " : "  "), isMarked))
    }
    return lines.joined(separator: "\n")
  }

  /// The table as GitHub-flavoured Markdown; marked rows are bold.
  public func markdown(_ language: Language) -> String {
    let shown = columns.indices.filter { columns[$0].title != nil }
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
    func escaped(_ text: String) -> String {
      text.replacingScalars(["|": "\\|", "\n": " "])
    }
    var lines = [line(shown.map { escaped(columns[$0].title ?? "") })]
    lines.append(
      line(
        shown.map { column in
          rows.contains { $0[column].isNumber } ? "---:" : "---"
        }
      )
    )
    for (index, row) in rows.enumerated() {
      let cells = shown.map { escaped(row[$0].text(language)) }
      lines.append(
        line(marked.contains(index) ? cells.map { $0.isEmpty ? "" : "**\($0)**" } : cells)
      )
    }
    return lines.joined(separator: "\n")
  }
}

extension Table.Cell {
  /// The cell as readers see it.
  func text(_ language: Language) -> String {
    switch self {
    case .text(let text), .word(_, let text): text
    case .integer(let number): String(number)
    case .number(let value, let decimals):
      NumberText.fixed(value, decimals: decimals, language)
    case .signed(let value, let decimals):
      NumberText.signed(value, decimals: decimals, language)
    case .share(let share, let decimals):
      NumberText.fixed(100 * share, decimals: decimals, language)
    case .shareDifference(let difference, let decimals):
      NumberText.signed(100 * difference, decimals: decimals, language)
    case .place(let place): NumberText.place(place, language)
    case .missing(let reason): reason
    }
  }

  fileprivate var isMissing: Bool {
    if case .missing = self { true } else { false }
  }

  var isNumber: Bool {
    switch self {
    case .integer, .number, .signed, .share, .shareDifference, .place: true
    case .text, .word, .missing: false
    }
  }
}
