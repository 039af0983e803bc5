internal import Cubes
internal import Regions

extension CubeReading {
  /// How the file was read, for the user.
  func sentences(_ file: String, _ language: Language) -> [String] {
    var parts = [format]
    if let encoding { parts.append("\(encoding)") }
    if let separator {
      let word = separator == "\t" ? (language == .nb ? "tabulator" : "tab") : "\"\(separator)\""
      parts.append((language == .nb ? "skilletegn " : "separator ") + word)
    }
    if let decimalSign {
      parts.append(
        (language == .nb ? "desimaltegn " : "decimal sign ") + "\(decimalSign) (\(decimalReason))"
      )
    }
    if !sheets.isEmpty {
      parts.append((language == .nb ? "ark " : "sheet ") + sheets.joined(separator: ", "))
    }
    var sentences = ["\(file): \(parts.joined(separator: ", "))."]
    for cube in cubes {
      let facts = [
        cube.table.map { (language == .nb ? "tabell " : "table ") + $0 },
        cube.title.isEmpty ? nil : "\"\(cube.title)\"", cube.source,
        cube.updated.map { (language == .nb ? "oppdatert " : "updated ") + $0 },
      ].compactMap { $0 }
      if !facts.isEmpty { sentences.append(facts.joined(separator: ", ") + ".") }
    }
    if !columns.isEmpty {
      sentences.append(
        (language == .nb ? "Kolonner: " : "Columns: ") + columns.joined(separator: "; ")
      )
    }
    sentences += passedOver.map { rows in
      let (first, last) = (rows.lines.lowerBound, rows.lines.upperBound)
      let lines = first == last ? "\(first)" : "\(first)–\(last)"
      return language == .nb
        ? "Linje \(lines) er ikke lest: \(rows.reason)."
        : "Line \(lines) is not read: \(rows.reason)."
    }
    return sentences + remarks
  }
}
