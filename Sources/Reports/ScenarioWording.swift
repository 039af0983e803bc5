internal import Documents
internal import Regions
internal import Scenarios

/// What a scenario assumes, in sentences.
struct ScenarioWording {
  let outcome: Outcome
  /// The series whose names are used.
  let series: [Series]
  let language: Language

  private var scenario: Scenario { outcome.scenario }
  private func text(_ nb: String, _ en: String) -> String { language == .nb ? nb : en }

  /// A sentence for each lever, and one on the others.
  var assumptions: [String] {
    let levers = scenario.levers.map(sentence)
    let none = text("Scenarioet har ingen grep.", "The scenario has no levers.")
    return (levers.isEmpty ? [none] : levers) + [others]
  }

  private func sentence(_ lever: Lever) -> String {
    let subject =
      switch lever.subject {
      case .series(let id): series.first { $0.id == id.value }?.name[language] ?? id.value
      case .indicator(let id):
        outcome.indicators.first { $0.indicator.id == id.value }?.indicator.name[language]
          ?? id.value
      }
    let whom = lever.whom.map { name($0.value) }.joined(separator: ", ")
    let value = lever.value.map { NumberText.short($0.value, language) } ?? ""
    let (from, until) = (lever.from.value, lever.until.value)
    let years =
      from == until
      ? text("fra \(from)", "from \(from)") : text("\(from)–\(until)", "\(from)–\(until)")
    switch lever.kind {
    case .growth:
      return text(
        "Grepet \(lever.id): \(subject) vokser \(value) prosent i året mer enn ellers, \(whom), \(years).",
        "The lever \(lever.id): \(subject) grows by \(value) per cent a year more than else, \(whom), "
          + "\(years)."
      )
    case .change:
      return text(
        "Grepet \(lever.id): \(subject) endres med \(value) i alt, \(whom), \(years).",
        "The lever \(lever.id): \(subject) changes by \(value) in all, \(whom), \(years)."
      )
    case .set:
      return text(
        "Grepet \(lever.id): \(subject) settes til \(value), \(whom), \(years).",
        "The lever \(lever.id): \(subject) is set to \(value), \(whom), \(years)."
      )
    case .reach:
      let target = lever.target.map { name($0.value) } ?? ""
      return text(
        "Grepet \(lever.id): \(subject) når nivået til \(target), \(whom), \(years).",
        "The lever \(lever.id): \(subject) reaches the level of \(target), \(whom), \(years)."
      )
    }
  }

  /// The name of a unit that a scenario has by its code.
  private func name(_ code: String) -> String {
    for result in outcome.indicators {
      for ranking in [result.baseline.region, result.baseline.municipality].compactMap({ $0 }) {
        if let entry = ranking.levels.entries.first(where: { $0.unit.code == code }) {
          return entry.unit.name
        }
      }
    }
    return code == "everyone" ? text("alle", "everyone") : code
  }

  private var others: String {
    switch scenario.others.kind.value {
    case .hold: text("De andre står stille.", "The others hold.")
    case .national: text("De andre vokser som landet.", "The others grow as the country.")
    case .trend:
      text(
        "De andre utvikler seg som de har gjort de siste \(scenario.others.window) årene med tall.",
        "The others move as they have over the last \(scenario.others.window) years with figures."
      )
    case .model:
      text(
        "De andre utvikler seg som en vekstmodell venter ut fra historien.",
        "The others move as a growth model expects by their history."
      )
    }
  }
}
