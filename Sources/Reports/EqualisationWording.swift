internal import Regions

/// The words about the income equalisation in both languages.
struct EqualisationWording {
  let language: Language

  private var nb: Bool { language == .nb }

  func text(_ nb: String, _ en: String) -> String { language == .nb ? nb : en }

  /// The threshold in per cent, such as `90 %`.
  func threshold(_ rates: EqualisationRates) -> String {
    percent(100 * rates.threshold) + " %"
  }

  /// The rates, such as `α 0.60, β 0.35, threshold 90 %`.
  func rates(_ rates: EqualisationRates) -> String {
    let digits = [rates.alpha, rates.beta].map { value in
      let decimals = (2...4).first { abs(value - rounded(value, $0)) < 1e-9 } ?? 4
      return NumberText.fixed(value, decimals: decimals, language)
    }
    return "α \(digits[0]), β \(digits[1]), " + text("grense ", "threshold ")
      + threshold(rates)
  }

  /// Whence the rates are: given, or from which row and on which basis.
  func origin(_ rates: EqualisationRates, _ rule: EqualisationRule?) -> String {
    let head = text("Satser: ", "Rates: ") + self.rates(rates)
    guard let rule else { return head + text(", oppgitt.", ", as given.") }
    return head + " (\(rule.id), \(basis(rule.basis))). \(rule.source)."
  }

  func basis(_ basis: EqualisationRule.Basis) -> String {
    switch basis {
    case .documented: text("dokumentert", "documented")
    case .inferred: text("utledet", "inferred")
    case .assumed: text("antatt", "assumed")
    case .unknown: text("ukjent", "unknown")
    }
  }

  /// The formula, for the notes.
  func formula(_ rates: EqualisationRates) -> String {
    text(
      "Utjevning per innbygger: α (landet − egen) + β (\(threshold(rates)) av landet − egen, når det "
        + "er positivt) − trekket, som er likt per innbygger og gjør at summen over alle er null.",
      "Supplement per inhabitant: α (country − own) + β (\(threshold(rates)) of the country − own, "
        + "where positive) − the deduction, which is equal per inhabitant and makes all sum to zero."
    )
  }

  /// The country's average and the deduction.
  func country(_ equalisation: IncomeEqualisation) -> String {
    let average = kroner(equalisation.average)
    let deduction = kroner(equalisation.deduction)
    let given = equalisation.given == nil ? "" : text(", oppgitt", ", as given")
    return text(
      "Landet: \(average) kr per innbygger før utjevning; trekk \(deduction) kr per innbygger\(given).",
      "The country: \(average) kr per inhabitant before equalisation; deduction \(deduction) kr per "
        + "inhabitant\(given)."
    )
  }

  /// How what is kept was computed.
  func keptNote(isGiven: Bool = false) -> String {
    let head =
      isGiven
      ? text(
        "Beholdt: landssnitt og trekk er oppgitt, og flytter seg ikke med egen vekst.",
        "Kept: average and deduction are as given, and do not move with own growth."
      )
      : text(
        "Beholdt: landssnitt, trekk og alles utjevning er regnet på nytt. Resten går til de andre.",
        "Kept: the average, the deduction and everybody's supplement are computed anew. The rest goes "
          + "to the others."
      )
    return head
      + text(
        " Utgiftsutjevning og andre tilskudd er ikke med.",
        " Equalisation of expenditure needs and other grants are not included."
      )
  }

  /// That municipalities keep their order.
  var orderNote: String {
    text(
      "Utjevningen endrer avstander, ikke rekkefølgen mellom kommuner; mellom regioner kan den.",
      "The equalisation changes distances, not the order of municipalities; that of regions it can."
    )
  }

  func kroner(_ value: Double) -> String { NumberText.fixed(value, decimals: 0, language) }

  private func percent(_ value: Double) -> String {
    NumberText.fixed(value, decimals: value == value.rounded() ? 0 : 1, language)
  }

  private func rounded(_ value: Double, _ decimals: Int) -> Double {
    let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
    return (value * scale).rounded() / scale
  }
}
