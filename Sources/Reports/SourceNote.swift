public import Regions

extension Series {
  /// Who published the series, in which table and edition, in one line.
  ///
  /// - Parameter language: The language of the words around it; the source is named as it is.
  /// - Returns: The line.
  public func sourceNote(_ language: Language) -> String {
    let vintage = language == .nb ? "utgave" : "vintage"
    return "\(Wording.source[language]) \(id): \(source); \(vintage) \(self.vintage)."
  }

  /// The source, and what a reader must know of the series.
  func fullNote(_ language: Language) -> String {
    note.isEmpty ? sourceNote(language) : "\(sourceNote(language)) \(note)"
  }
}
