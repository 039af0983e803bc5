internal import Regions
internal import Statistics

extension PlaceConfidence {
  /// The level in per cent, with a sign after it.
  func levelText(_ language: Language) -> String {
    let digits = NumberText.exact(100 * settings.level)
    let decimals = digits.split(separator: ".").dropFirst().first?.count ?? 0
    return NumberText.fixed(100 * settings.level, decimals: decimals, language)
      + (language == .nb ? " %" : "%")
  }

  /// The columns that are shown beside the place.
  func placeColumns(_ language: Language) -> [Table.Column] {
    let level = levelText(language)
    return [
      Table.Column("place_low", "\(level) \(Wording.from[language])"),
      Table.Column("place_high", "\(level) \(Wording.to[language])"),
    ]
  }

  func placeCells(_ index: Int) -> [Table.Cell] {
    [sets.lower[index], sets.upper[index]].map { $0.map { .place(Double($0)) } ?? .missing("–") }
  }

  /// The columns that only files have.
  static let fileColumns = [
    "standard_error", "confidence_level", "confidence_scope", "overdispersion", "draws", "seed",
  ].map { Table.Column($0, nil) }

  func fileCells(_ index: Int) -> [Table.Cell] {
    let error = standardErrors.values[index]
    return [
      error.isNaN ? .missing("") : .number(error, decimals: 3),
      .number(settings.level, decimals: 3),
      .text(settings.scope.rawValue),
      .number(settings.overdispersion, decimals: 1),
      .integer(settings.draws),
      Int(exactly: settings.seed).map(Table.Cell.integer) ?? .text(String(settings.seed)),
    ]
  }

  /// What the columns mean, what the uncertainty is, and how the sets were computed.
  ///
  /// - Parameters:
  ///   - shownBest: How many of the first places the units shown may have, where only those are shown.
  ///   - language: The language.
  /// - Returns: The notes.
  func notes(shownBest: Int?, _ language: Language) -> [String] {
    let nb = language == .nb
    let level = levelText(language)
    var notes: [String] = []
    if let shownBest {
      let count = sets.best(shownBest).count
      let places = shownBest == 1 ? "1" : "1 \(Wording.to[language]) \(shownBest)"
      notes.append(
        nb
          ? "Med \(level) sikkerhet er alle som egentlig har plass \(places), blant de viste "
            + "(\(count))."
          : "With \(level) confidence all that truly have place \(places) are among those shown "
            + "(\(count))."
      )
    }
    switch settings.scope {
    case .marginal:
      notes.append(
        nb
          ? "Med \(level) sikkerhet er en enhets egentlige plass mellom «fra» og «til»; det gjelder "
            + "hver enhet for seg."
          : "With \(level) confidence the true place of a unit is between \"from\" and \"to\"; this "
            + "holds for each unit alone."
      )
    case .simultaneous:
      notes.append(
        nb
          ? "Med \(level) sikkerhet er de egentlige plassene mellom «fra» og «til» for alle rangerte "
            + "enheter på en gang."
          : "With \(level) confidence the true places are between \"from\" and \"to\" for all ranked "
            + "units at once."
      )
    }
    notes.append(
      nb
        ? "Usikkerheten er den tilfeldige variasjonen i små enheter: det kunne vært noen få flere "
          + "eller færre i dem. Registrene teller alle, så det er ingen utvalgsfeil, og verken feil "
          + "i anslag eller usikkerhet om kommende år er med."
        : "The uncertainty is the chance variation of small units: a few more or fewer could have "
          + "been counted in them. Registers count everybody, so there is no sampling error, and "
          + "neither errors of estimates nor uncertainty about coming years are included."
    )
    notes.append(errorNote(language))
    let draws = NumberText.fixed(Double(settings.draws), decimals: 0, language)
    let source = "Mogstad, Romano, Shaikh & Wilhelm (2023), https://doi.org/10.1093/restud/rdad006"
    notes.append(
      nb
        ? "Metode: konfidensmengder for plasser, \(source); \(draws) trekninger, "
          + "startverdi \(settings.seed)."
        : "Method: confidence sets for ranks, \(source); \(draws) draws, seed \(settings.seed)."
    )
    return notes
  }

  private func errorNote(_ language: Language) -> String {
    let nb = language == .nb
    let formula =
      switch standardErrors.kind {
      case .share: nb ? "√(p(1 − p)/n), p andelen av n" : "√(p(1 − p)/n), p the share of n"
      case .count: nb ? "√y, y antallet" : "√y, y the count"
      case .rate:
        nb ? "√y delt på nevneren, y telleren" : "√y over the denominator, y the numerator"
      }
    let factor = NumberText.exact(settings.overdispersion)
    let excess =
      settings.overdispersion == 1
      ? "" : nb ? "; variansen ganget med \(factor)" : "; the variance times \(factor)"
    return nb
      ? "Standardfeil: \(formula), uavhengige mellom enhetene\(excess)."
      : "Standard errors: \(formula), independent between the units\(excess)."
  }
}
