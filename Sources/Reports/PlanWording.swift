internal import Documents
internal import Plans
internal import Regions
internal import Scenarios

/// The words of plans.
enum PlanWording {
  static func severity(_ severity: Severity) -> LocalizedText {
    switch severity {
    case .high: LocalizedText(nb: "høy", en: "high")
    case .medium: LocalizedText(nb: "middels", en: "medium")
    case .low: LocalizedText(nb: "lav", en: "low")
    }
  }

  static func verdict(_ verdict: TargetStatus.Verdict) -> LocalizedText {
    switch verdict {
    case .met: LocalizedText(nb: "nådd", en: "met")
    case .onCourse: LocalizedText(nb: "i rute", en: "on course")
    case .offCourse: LocalizedText(nb: "ikke i rute", en: "off course")
    case .unknown: LocalizedText(nb: "kan ikke bedømmes", en: "cannot be judged")
    }
  }

  /// Why a target is judged as it is, a sentence.
  static func reason(_ status: TargetStatus, _ language: Language) -> String {
    let nb = language == .nb
    switch status.reason {
    case .unmeasurable(let text): return text[language]
    case .noFigures(let year, let units):
      let names = list(units.map(\.name), language)
      return nb
        ? "Det finnes ingen tall etter \(year) for \(names)."
        : "There are no figures after \(year) of \(names)."
    case .peers(let missing, let count, let year):
      let names = list(missing.map(\.name), language)
      return nb
        ? "\(missing.count) av de \(count) det sammenliknes med mangler tall for \(status.baselineYear) eller \(year): \(names)."
        : "\(missing.count) of the \(count) that are compared have no figures of \(status.baselineYear) or \(year): \(names)."
    case .baseline(let year):
      return nb
        ? "Om målet er nådd i \(year), avhenger av hva utgangspunktet egentlig var."
        : "Whether the target is met in \(year) depends on what the baseline really was."
    case .holds(let year): return holds(year, status, nb: nb)
    case .fails(let year):
      let parts = status.rows.filter { $0.isMet != nil }
      let failing = parts.filter { $0.isMet == false }.map(\.unit.name)
      let names = parts.count < 2 ? "" : " (\(list(failing, language)))"
      return nb
        ? "Målet er ikke nådd med tallene for \(year)\(names)."
        : "The target is not met by the figures of \(year)\(names)."
    case .progress(let way, let time, let year):
      let (a, b) = (
        NumberText.fixed(100 * way, decimals: 0, language),
        NumberText.fixed(100 * time, decimals: 0, language)
      )
      guard way >= 0 else {
        return nb
          ? "Tallet for \(year) er lenger fra målet enn utgangspunktet, og \(b) prosent av tiden er gått."
          : "The figure of \(year) is further from the target than the baseline, and \(b) per cent of the time has gone."
      }
      return nb
        ? "I \(year) er \(a) prosent av veien tilbakelagt, og \(b) prosent av tiden er gått."
        : "By \(year) \(a) per cent of the way has been made, and \(b) per cent of the time has gone."
    }
  }

  private static func holds(_ year: Int, _ status: TargetStatus, nb: Bool) -> String {
    guard let due = status.target.statement?.year?.value, due > year else {
      return nb
        ? "Målet er nådd med tallene for \(year)." : "The target is met by the figures of \(year)."
    }
    return nb
      ? "Målet er nådd med tallene for \(year), før fristen i \(due)."
      : "The target is met by the figures of \(year), before it is due in \(due)."
  }

  /// Names in a row, shortened after the fourth.
  static func list(_ names: [String], _ language: Language) -> String {
    let and = language == .nb ? " og " : " and "
    guard names.count > 4 else {
      guard let last = names.last, names.count > 1 else { return names.first ?? "" }
      return names.dropLast().joined(separator: ", ") + and + last
    }
    let more = language == .nb ? " til" : " more"
    return names.prefix(3).joined(separator: ", ") + and + "\(names.count - 3)" + more
  }
}
