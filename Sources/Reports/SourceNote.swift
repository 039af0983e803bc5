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
