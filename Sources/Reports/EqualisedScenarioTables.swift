internal import Documents
internal import Regions
internal import Scenarios

/// What a scenario's levers on tax revenue are worth after the income equalisation: own income, places
/// before and after, and what is kept, of the units in view at the horizon.
struct EqualisedScenarioTables {
  private let outcome: Outcome
  private let wording: EqualisationWording
  private var language: Language { wording.language }

  init(_ outcome: Outcome, language: Language) {
    self.outcome = outcome
    wording = EqualisationWording(language: language)
  }

  /// One table for each equalisation; none for a scenario without levers on tax revenue.
  var tables: [Table] {
    outcome.equalisations.map { result in
      let name = outcome.equalisations.count == 1 ? "" : ":\(result.indicator.id)"
      return table(result, name: "equalisation" + name)
    }
  }

  /// All equalisations in one table, for files.
  var file: Table? {
    guard let first = outcome.equalisations.first else { return nil }
    var file = table(first, name: "equalisation")
    for result in outcome.equalisations.dropFirst() {
      file.rows += table(result, name: "").rows
    }
    return file
  }

  private func retention(_ result: EqualisationOutcome) -> RetentionTable {
    RetentionTable(
      earlier: result.withoutLevers,
      later: result.withLevers,
      language: language,
      words: (Wording.before[language].lowercased(), Wording.after[language].lowercased())
    )
  }

  private func table(_ result: EqualisationOutcome, name: String) -> Table {
    let horizon = outcome.scenario.horizon.value
    let retention = retention(result)
    var table = Table(
      name: name,
      title: wording.text(
        "Skatt per innbygger før og etter inntektsutjevning i \(horizon), kroner",
        "Tax per inhabitant before and after income equalisation in \(horizon), kroner"
      ),
      columns: retention.columns([
        Table.Column("level", nil, meaning: "municipality or region"),
        Table.Column(
          "unit_code",
          Wording.code[language],
          meaning: "code of the unit; leading zeros belong to it"
        ),
        Table.Column("unit_name", Wording.unit[language], meaning: "name of the unit"),
        Table.Column("indicator", nil, meaning: "id of the indicator"),
        Table.Column("year", nil, meaning: "the horizon"),
      ]) + [
        Table.Column("alpha", nil, meaning: "share of the distance to the country's average"),
        Table.Column("beta", nil, meaning: "further share below the threshold"),
        Table.Column("threshold", nil, meaning: "threshold as a share of the country's average"),
        Table.Column(
          "rates",
          nil,
          meaning: "row of equalisation_rates that the rates are from, or given"
        ),
      ]
    )
    for unit in outcome.unitsInView {
      guard let cells = retention.cells(unit) else { continue }
      let leading: [Table.Cell] = [
        .text(unit.level.rawValue), .text(unit.code), .text(unit.name),
        .text(result.indicator.id), .integer(horizon),
      ]
      let rates: [Table.Cell] = [
        .number(result.rates.alpha, decimals: 2), .number(result.rates.beta, decimals: 2),
        .number(result.rates.threshold, decimals: 2), .text(result.rule?.id ?? "given"),
      ]
      table.add(leading + cells + rates, marked: unit == outcome.focus && unit.level == .region)
    }
    return table
  }

  /// Which rates, what the country's average is, who crosses the threshold.
  var notes: [String] {
    outcome.equalisations.flatMap { result -> [String] in
      let horizon = outcome.scenario.horizon.value
      let rates = wording.origin(result.rates, result.rule)
      var notes = [wording.text("Inntektsutjevning. ", "Income equalisation. ") + rates]
      if let year = result.ratesYear, year != horizon {
        notes.append(
          wording.text(
            "Satsene i \(horizon) er ikke kjent; satsene fra \(year) er antatt å gjelde. --rates "
              + "end-state eller --rates alpha=…,beta=… prøver andre.",
            "The rates of \(horizon) are not known; those of \(year) are assumed to hold. --rates "
              + "end-state or --rates alpha=…,beta=… tries others."
          )
        )
      }
      let before = wording.kroner(result.withoutLevers.equalisation.average)
      let after = wording.kroner(result.withLevers.equalisation.average)
      let deductions = [result.withoutLevers, result.withLevers].map {
        wording.kroner($0.equalisation.deduction)
      }
      notes += [
        wording.text(
          "Landet i \(horizon): \(before) kr per innbygger uten grep, \(after) med; trekk "
            + "\(deductions[0]) og \(deductions[1]) kr.",
          "The country in \(horizon): \(before) kr per inhabitant without levers, \(after) with; "
            + "deduction \(deductions[0]) and \(deductions[1]) kr."
        ),
        wording.keptNote(),
      ]
      return notes + retention(result).crossingNotes() + [wording.orderNote]
    }
  }
}
