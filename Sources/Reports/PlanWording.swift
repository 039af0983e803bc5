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
        ? "Om det holder i \(year), avhenger av hva utgangspunktet egentlig var."
        : "Whether it holds in \(year) depends on what the baseline really was."
    case .holds(let year): return nb ? "Det holder i \(year)." : "It holds in \(year)."
    case .fails(let year):
      let failing = status.rows.filter { $0.isMet == false }.map(\.unit.name)
      let names = failing.isEmpty ? "" : " (\(list(failing, language)))"
      return nb ? "Det holder ikke i \(year)\(names)." : "It does not hold in \(year)\(names)."
    case .progress(let way, let time, let year):
      let (a, b) = (
        NumberText.fixed(100 * way, decimals: 0, language),
        NumberText.fixed(100 * time, decimals: 0, language)
      )
      return nb
        ? "I \(year) er \(a) prosent av veien tilbakelagt, og \(b) prosent av tiden er gått."
        : "By \(year) \(a) per cent of the way has been made, and \(b) per cent of the time has gone."
    }
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
