internal import Datasets
internal import Documents
internal import Regions
internal import Scenarios

/// What a scenario gives, as tables for files: English keys, every unit, numbers in full.
struct ScenarioTables {
  let outcome: Outcome
  let sweep: SweepOutcome?
  /// The tables of `FuturesReport.files`, when futures were drawn.
  let futures: [Table]
  let dataset: DatasetDescription

  /// The tables, the outcome first.
  var tables: [Table] {
    let title = outcome.scenario.title.en
    let sweepTable = sweep.map { sweep in
      SweepTable(outcome: outcome, sweep: sweep, language: .en).table(title: title)
    }
    let targetsTable = TargetsTable(outcome: outcome, language: .en)
    let targets = outcome.targets.isEmpty ? nil : targetsTable.table(title: title)
    let contests = targetsTable.contests(title: title)
    let equalised = EqualisedScenarioTables(outcome, language: .en).file
    let tables =
      [outcomeTable, ranksWide, overtakes, attribution]
      + [targets, contests.rows.isEmpty ? nil : contests, equalised, sweepTable].compactMap { $0 }
      + futures
    let vintage = "\(dataset.name) \(dataset.version)"
    return tables.map { table in
      table.with(Self.carriedColumn, carried(in: table))
        .with(Self.datasetColumn) { _ in .text(vintage) }
    }
  }

  /// How many of the ranked units of a row's level rest on carried figures at the baseline.
  private func carried(in table: Table) -> ([Table.Cell]) -> Table.Cell {
    let keys = table.columns.map(\.key)
    let columns = (level: keys.firstIndex(of: "level"), indicator: keys.firstIndex(of: "indicator"))
    guard let levelColumn = columns.level, let indicatorColumn = columns.indicator else {
      return { _ in .missing("") }
    }
    var counts: [[Table.Cell]: Table.Cell] = [:]
    for result in outcome.indicators {
      for level in Level.allCases {
        guard let ranking = result.baseline.ranking(at: level) else { continue }
        counts[[.text(level.rawValue), .text(result.indicator.id)]] = .integer(ranking.carried)
      }
    }
    return { row in counts[[row[levelColumn], row[indicatorColumn]]] ?? .missing("") }
  }

  private static let carriedColumn = Table.Column(
    "carried",
    "",
    meaning: "how many of the ranked units rest on carried figures"
  )

  /// A file may leave its folder; each row says what it was computed from.
  private static let datasetColumn = Table.Column(
    "dataset",
    "",
    meaning: "name and version of the dataset"
  )

  private static let unitColumns = [
    Table.Column("level", "", meaning: "municipality or region"),
    Table.Column("unit_code", "", meaning: "code of the unit; leading zeros belong to it"),
    Table.Column("unit_name", "", meaning: "name of the unit"),
    Table.Column("indicator", "", meaning: "id of the indicator"),
  ]

  private func unitCells(_ unit: Unit, _ indicator: Indicator) -> [Table.Cell] {
    [.text(unit.level.rawValue), .text(unit.code), .text(unit.name), .text(indicator.id)]
  }

  private var outcomeTable: Table {
    var table = Table(
      name: "outcome",
      title: "",
      columns: Self.unitColumns + [
        Table.Column("year", "", meaning: "year"),
        Table.Column(
          "variant",
          "",
          meaning: "baseline, without_levers (all move) or with_levers"
        ),
        Table.Column("value", "", meaning: "value in the unit of the indicator"),
        Table.Column("unit", "", meaning: "unit of the value"),
        Table.Column("rank", "", meaning: "competition place (1224) on unrounded values"),
        Table.Column("ranked", "", meaning: "number of units with a place"),
        Table.Column("movement", "", meaning: "place at the baseline minus this place; plus is up"),
        Table.Column(
          "basis",
          "",
          meaning: "observed, estimated, carried, projected or missing"
        ),
        Table.Column(
          "figure_year",
          "",
          meaning: "oldest year among the figures that the value rests on"
        ),
      ]
    )
    for result in outcome.indicators {
      let variants =
        [("baseline", [result.baseline])]
        + [("without_levers", result.withoutLevers), ("with_levers", result.withLevers)]
      for (variant, years) in variants {
        for standings in years {
          for ranking in [standings.region, standings.municipality].compactMap({ $0 }) {
            add(ranking, variant, standings, result, to: &table)
          }
        }
      }
    }
    return table
  }

  private func add(
    _ ranking: Ranking,
    _ variant: String,
    _ standings: Standings,
    _ result: IndicatorOutcome,
    to table: inout Table
  ) {
    guard let baseline = result.baseline.ranking(at: ranking.levels.level) else { return }
    for (index, entry) in ranking.levels.entries.enumerated() {
      let movement = baseline.places[index] - ranking.places[index]
      table.add(
        unitCells(entry.unit, result.indicator) + [
          .integer(standings.year), .text(variant),
          .value(entry.value, decimals: result.indicator.decimals),
          .text(result.indicator.unit.rawValue), .rank(ranking.places[index]),
          .integer(ranking.ranked), .movement(movement), .text(entry.status.word),
          entry.value.isNaN ? .missing("") : .integer(entry.oldestYear),
        ]
      )
    }
  }

  private var ranksWide: Table {
    let years = [outcome.scenario.baselineYear.value] + outcome.scenario.years
    var table = Table(
      name: "ranks-wide",
      title: "",
      columns: Self.unitColumns
        + years.map { Table.Column(String($0), "", meaning: "place in \($0), with levers") }
    )
    for result in outcome.indicators {
      let standings = [result.baseline] + result.withLevers
      for level in [Level.region, .municipality] {
        guard let first = standings[0].ranking(at: level) else { continue }
        for (index, entry) in first.levels.entries.enumerated() {
          let places = standings.map { $0.ranking(at: level)?.places[index] ?? .nan }
          table.add(unitCells(entry.unit, result.indicator) + places.map { .rank($0) })
        }
      }
    }
    return table
  }

  private var overtakes: Table {
    var table = Table(
      name: "overtakes",
      title: "",
      columns: Self.unitColumns + [
        Table.Column("direction", "", meaning: "passes or passed_by"),
        Table.Column("other_code", "", meaning: "code of the other unit"),
        Table.Column("other_name", "", meaning: "name of the other unit"),
        Table.Column("year", "", meaning: "year from which on it is so"),
        Table.Column("gap_before", "", meaning: "the other's value minus the unit's, baseline"),
        Table.Column("gap_after", "", meaning: "the other's value minus the unit's, horizon"),
      ]
    )
    for result in outcome.indicators {
      for overtake in result.overtakes {
        table.add(
          unitCells(overtake.unit, result.indicator) + [
            .text(overtake.direction.rawValue), .text(overtake.other.code),
            .text(overtake.other.name), .integer(overtake.year),
            .number(overtake.gapBefore, decimals: 2), .number(overtake.gapAfter, decimals: 2),
          ]
        )
      }
    }
    return table
  }

  private var attribution: Table {
    var table = Table(
      name: "attribution",
      title: "",
      columns: Self.unitColumns + [
        Table.Column("year", "", meaning: "the horizon"),
        Table.Column(
          "component",
          "",
          meaning: "movement = own + others; lever_effect = sum of the levers (Shapley)"
        ),
        Table.Column("lever", "", meaning: "id of the lever, for the component lever"),
        Table.Column("places", "", meaning: "places due to it; plus is up"),
        Table.Column("value", "", meaning: "change of the value due to it, for levers"),
      ]
    )
    for result in outcome.indicators {
      for part in result.attributions {
        let rows: [(String, String, Double, Double?)] =
          [
            ("movement", "", part.movement, nil), ("own", "", part.own, nil),
            ("others", "", part.others, nil), ("lever_effect", "", part.leverEffect, nil),
          ] + part.levers.map { ("lever", $0.lever, $0.places, $0.value) }
        for (component, lever, places, value) in rows {
          table.add(
            unitCells(part.unit, result.indicator) + [
              .integer(outcome.scenario.horizon.value), .text(component), .text(lever),
              .movement(places), value.map { .number($0, decimals: 2) } ?? .missing(""),
            ]
          )
        }
      }
    }
    return table
  }
}
