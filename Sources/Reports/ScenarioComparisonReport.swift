public import Documents
public import Regions
public import Scenarios
internal import Statistics

/// Several scenarios side by side against the same baseline.
public struct ScenarioComparisonReport: Sendable {
  private let outcomes: [Outcome]
  private let vintage: String
  private let language: Language

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - outcomes: At least two outcomes of one division, focus and baseline.
  ///   - vintage: Name and version of the dataset.
  ///   - language: The language of labels.
  /// - Throws: `DocumentError` saying in what the scenarios differ that must be the same.
  public init(
    _ outcomes: [Outcome],
    vintage: String,
    language: Language
  ) throws(DocumentError) {
    self.outcomes = outcomes
    self.vintage = vintage
    self.language = language
    guard let first = outcomes.first else { return }
    for other in outcomes.dropFirst() {
      let differing = [
        ("division", first.division.id, other.division.id),
        ("focus", first.focus.code, other.focus.code),
        (
          "baseline.year", String(first.scenario.baselineYear.value),
          String(other.scenario.baselineYear.value)
        ),
        ("baseline.fill", first.scenario.fill.rawValue, other.scenario.fill.rawValue),
        (
          "indicators", first.indicators.map(\.indicator.id).joined(separator: ", "),
          other.indicators.map(\.indicator.id).joined(separator: ", ")
        ),
      ].first { $0.1 != $0.2 }
      guard let (key, mine, theirs) = differing else { continue }
      throw DocumentError(
        .invalid,
        at: nil,
        "\(first.scenario.id) and \(other.scenario.id) cannot stand side by side: \(key) is "
          + "\(mine) in one and \(theirs) in the other. Simulate them one at a time."
      )
    }
  }

  /// The report: a row per unit in view and scenario, at that scenario's horizon.
  public func report() -> Report {
    let tables = outcomes.first?.indicators.indices.map(table) ?? []
    let titles = outcomes.map { "\($0.scenario.id): \($0.scenario.title[language])" }
    return Report(
      title: language == .nb
        ? "Scenarier side om side: \(outcomes.first?.focus.name ?? "")"
        : "Scenarios side by side: \(outcomes.first?.focus.name ?? "")",
      tables: tables,
      notes: titles + basisNotes + [
        Wording.tieRule(.competition)[language], Wording.dataset(vintage, language),
      ]
    )
  }

  private var basisNotes: [String] {
    (outcomes.first?.indicators ?? []).flatMap { result in
      [result.baseline.municipality, result.baseline.region].compactMap { $0 }
        .map { $0.basisNote(language) }
    }
  }

  private func table(_ index: Int) -> Table {
    let indicator = outcomes[0].indicators[index].indicator
    var table = Table(
      name: outcomes[0].indicators.count == 1 ? "comparison" : "comparison:\(indicator.id)",
      title: "\(indicator.name[language]) (\(Wording.unitName(indicator.unit)[language]))",
      columns: [
        Table.Column("indicator", nil),
        Table.Column("unit_code", Wording.code[language]),
        Table.Column("unit_name", Wording.unit[language]),
        Table.Column("level", nil),
        Table.Column("scenario", Wording.scenario[language]),
        Table.Column("year", Wording.year[language]),
        Table.Column("value", Wording.value[language]),
        Table.Column("rank", Wording.place[language]),
        Table.Column("ranked", Wording.of[language]),
        Table.Column("movement", Wording.movement[language]),
        Table.Column("own", Wording.own[language]),
        Table.Column("others", Wording.others[language]),
        Table.Column("dataset", nil),
      ]
    )
    for unit in outcomes[0].unitsInView {
      let baseline = outcomes[0].indicators[index].baseline
      table.add(row(unit, indicator, nil, baseline, .nan, nil), marked: unit == outcomes[0].focus)
      for outcome in outcomes {
        let result = outcome.indicators[index]
        guard let last = result.withLevers.last else { continue }
        let part = result.attributions.first { $0.unit == unit }
        let movement = result.movement(of: unit, to: last)
        table.add(row(unit, indicator, outcome.scenario.id, last, movement, part))
      }
    }
    return table
  }

  private func row(
    _ unit: Unit,
    _ indicator: Indicator,
    _ scenario: String?,
    _ standings: Standings,
    _ movement: Double,
    _ part: Attribution?
  ) -> [Table.Cell] {
    let (value, place) = standings.standing(of: unit)
    return [
      .text(indicator.id), .word(unit.code, shown: scenario == nil ? unit.code : ""),
      .word(unit.name, shown: scenario == nil ? unit.name : ""),
      .text(unit.level.rawValue),
      scenario.map { .text($0) } ?? .word("baseline", shown: Wording.baseline[language]),
      .integer(standings.year), .value(value, decimals: indicator.decimals), .rank(place),
      .integer(standings.ranking(at: unit.level)?.ranked ?? 0),
      movement.isNaN ? .missing("") : .movement(movement),
      part.map { .movement($0.own) } ?? .missing(""),
      part.map { .movement($0.others) } ?? .missing(""), .text(vintage),
    ]
  }
}
