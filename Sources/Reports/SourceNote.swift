public import Regions

extension Series {
  /// Who published the series, in which table and edition, in one line.
  ///
  /// - Parameter language: The language of the words around it; the source is named as it is.
  /// - Returns: The line.
  public func sourceNote(_ language: Language) -> String {
    let known = vintage != "unknown"
    let edition =
      language == .nb
      ? "utgave \(known ? vintage : "ukjent")" : "vintage \(vintage)"
    return "\(Wording.source[language]) \(id): \(source); \(edition)."
  }

  /// The source, and what a reader must know of the series.
  func fullNote(_ language: Language) -> String {
    note.isEmpty ? sourceNote(language) : "\(sourceNote(language)) \(note)"
  }
}

extension Ranking {
  /// How many ranked units rest on each basis, in one line.
  func basisNote(_ language: Language) -> String {
    let bases = basisCounts.map { "\($0.count) \(Wording.basis($0.basis)[language])" }
    let level = levels.level == .region ? Wording.region : Wording.municipality
    let head = language == .nb ? "Grunnlag i" : "Basis in"
    return "\(head) \(levels.year), \(level[language].lowercased()), \(levels.indicator.id): "
      + "\(bases.joined(separator: ", ")) (\(ranked) \(language == .nb ? "rangert" : "ranked"))."
  }
}

extension [SeriesBreak] {
  /// One line for each year and reason, with the names of the municipalities it concerns; for all of
  /// them, none is named.
  ///
  /// - Parameters:
  ///   - register: The register of the municipalities.
  ///   - language: The language of the words around the reason.
  /// - Returns: The lines, in the order of the years.
  public func notes(in register: MunicipalityRegister, _ language: Language) -> [String] {
    var notes: [(year: Int, reason: String, names: [String])] = []
    for item in self {
      let name = item.municipality.map { code in
        register.position(ofCode: code).map { register.unit(at: $0).name } ?? code
      }
      let names = [name].compactMap { $0 }
      if let index = notes.firstIndex(where: { $0.year == item.year && $0.reason == item.reason }) {
        notes[index].names += names.filter { !notes[index].names.contains($0) }
      } else {
        notes.append((item.year, item.reason, names))
      }
    }
    return notes.enumerated().sorted { ($0.element.year, $0.offset) < ($1.element.year, $1.offset) }
      .map { _, note in
        let whom = note.names.isEmpty ? "" : ", " + note.names.joined(separator: ", ")
        return "\(language == .nb ? "Brudd" : "Break") \(note.year)\(whom): \(note.reason)"
      }
  }
}
