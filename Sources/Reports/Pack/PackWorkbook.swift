internal import Datasets
internal import Documents
internal import Regions
internal import Scenarios
internal import Statistics

/// The workbook of a pack: what to know, places, movement, targets, scenarios, and the data catalogue.
struct PackWorkbook {
  let parts: [ScenarioPart]
  let dataset: Dataset
  let program: String
  let language: Language

  private var isComparing: Bool { parts.count > 1 }
  private func text(_ nb: String, _ en: String) -> String { language == .nb ? nb : en }

  /// What every sheet says, as sheets are copied out of their workbook.
  private var provenance: String {
    "Scenario: \(parts.map(\.scenario.id).joined(separator: ", ")). "
      + Wording.dataset(dataset.vintage, language)
  }

  /// On what the figures of the baseline rest.
  private var basis: [String] {
    var seen: Set<String> = []
    return parts.flatMap { part in
      part.outcome.indicators.flatMap { result in
        Level.allCases.reversed().compactMap {
          result.baseline.ranking(at: $0)?.basisNote(language)
        }
      }
    }.filter { seen.insert($0).inserted }
  }

  /// The workbook.
  var workbook: ReportWorkbook {
    ReportWorkbook(
      sheets: [readMe, places, movement, targets, scenarios, catalogue],
      title: parts.map { $0.scenario.title[language] }.joined(separator: " · "),
      language: language
    )
  }

  // MARK: - What to know

  private var readMe: ReportWorkbook.Sheet {
    var lines: [String] = []
    for part in parts {
      lines += [part.scenario.title[language], part.scenario.note[language], ""]
    }
    lines += [
      text("Arkene:", "The sheets:"),
      text(
        "Plasseringer: plass og verdi for hver region og kommune i hvert år.",
        "Places: place and value of each region and municipality in each year."
      ),
      text(
        "Bevegelse: fra utgangspunktet til siste år. Pluss er opp.",
        "Movement: from the baseline to the last year. Plus is up."
      ),
      text(
        "Mål: om de nås, hvor sannsynlig det er, og hva som skal til.",
        "Targets: whether they are met, how likely, and what it takes."
      ),
      text("Scenario: grepene og forutsetningene.", "Scenario: the levers and assumptions."),
      text(
        "Datakatalog: kolonnene, indikatorene og kildene.",
        "Data catalogue: the columns, the indicators and the sources."
      ), "",
    ]
    var seen: Set<String> = []
    let notes = parts.flatMap { $0.report(vintage: dataset.vintage, language).notes }
    lines += notes.filter { !$0.isEmpty && seen.insert($0).inserted }
    lines.append(text("Regnet av \(program).", "Computed by \(program)."))
    return ReportWorkbook.Sheet(
      name: text("Les meg", "Read me"),
      title: parts.map { $0.scenario.title[language] }.joined(separator: " · "),
      lines: lines
    )
  }

  // MARK: - Places

  private var places: ReportWorkbook.Sheet {
    var table = Table(
      name: "places",
      title: "",
      columns: (isComparing ? [Table.Column("scenario", Wording.scenario[language])] : []) + [
        Table.Column("unit_code", Wording.code[language]),
        Table.Column("unit_name", Wording.unit[language]),
        Table.Column("level", text("Nivå", "Level")),
        Table.Column("indicator", Wording.indicator[language]),
        Table.Column("year", Wording.year[language]),
        Table.Column("place", Wording.place[language]),
        Table.Column("ranked", Wording.of[language]),
        Table.Column("value", Wording.value[language]),
        Table.Column("unit", text("Måleenhet", "Unit of value")),
        Table.Column("place_without", text("Plass uten grep", "Place without levers")),
        Table.Column("value_without", text("Verdi uten grep", "Value without levers")),
        Table.Column("basis", Wording.basis[language]),
        Table.Column("figure_year", text("Tall fra år", "Figures of year")),
      ]
    )
    var series: [Level: [(name: String, column: String, rows: Range<Int>)]] = [:]
    for part in parts {
      for result in part.outcome.indicators {
        for unit in order(part.outcome, result) {
          let start = table.rows.count
          add(unit, result, part, to: &table)
          let isFirst = result.indicator.id == part.outcome.indicators.first?.indicator.id
          guard isFirst, part.outcome.unitsInView.contains(unit),
            !isComparing || unit == part.outcome.focus
          else { continue }
          let name = isComparing ? "\(part.scenario.id): \(unit.name)" : unit.name
          series[unit.level, default: []].append((name, "place", start..<table.rows.count))
        }
      }
    }
    return ReportWorkbook.Sheet(
      name: text("Plasseringer", "Places"),
      title: text("Plasseringer", "Places"),
      lines: [Wording.tieRule(.competition)[language], provenance],
      tables: [table],
      charts: Level.allCases.reversed().compactMap { level in
        series[level].map { chart($0, level) }
      }
    )
  }

  /// The places of units of one level over the years; those of regions and municipalities have no axis
  /// in common.
  private func chart(
    _ series: [(name: String, column: String, rows: Range<Int>)],
    _ level: Level
  ) -> ReportWorkbook.NativeChart {
    let name = parts[0].outcome.indicators.first?.indicator.name[language] ?? ""
    let among = level == .region ? text("regioner", "regions") : text("kommuner", "municipalities")
    return ReportWorkbook.NativeChart(
      isLine: true,
      title: text(
        "Plass blant landets \(among): \(name)",
        "Place among the country's \(among): \(name)"
      ),
      axis: Wording.place[language],
      isReversed: true,
      series: Array(series.prefix(8)),
      categories: "year"
    )
  }

  /// The units in view, then the others in the order of their places at the baseline.
  private func order(_ outcome: Outcome, _ result: IndicatorOutcome) -> [Unit] {
    let others = Level.allCases.reversed().flatMap { level -> [Unit] in
      guard let ranking = result.baseline.ranking(at: level) else { return [] }
      return ranking.sortedIndices.map { ranking.levels.entries[$0].unit }
    }
    return outcome.unitsInView + others.filter { !outcome.unitsInView.contains($0) }
  }

  private func add(
    _ unit: Unit,
    _ result: IndicatorOutcome,
    _ part: ScenarioPart,
    to table: inout Table
  ) {
    let decimals = result.indicator.decimals
    let years = zip(
      [result.baseline] + result.withLevers,
      [result.baseline] + result.withoutLevers
    )
    for (with, without) in years {
      guard let ranking = with.ranking(at: unit.level), let index = ranking.index(of: unit) else {
        continue
      }
      let entry = ranking.levels.entries[index]
      let before = without.standing(of: unit)
      table.add(
        (isComparing ? [.text(part.scenario.id)] : []) + [
          .text(unit.code), .text(unit.name), .text(level(unit)),
          .text(result.indicator.name[language]), .integer(with.year),
          .rank(ranking.places[index]), .integer(ranking.ranked),
          .value(entry.value, decimals: decimals),
          .text(Wording.unitName(result.indicator.unit)[language]), .rank(before.place),
          .value(before.value, decimals: decimals),
          .text(Table.Cell.status(entry.status, language).text(language)),
          entry.value.isNaN ? .missing("") : .integer(entry.oldestYear),
        ],
        marked: unit == part.outcome.focus
      )
    }
  }

  private func level(_ unit: Unit) -> String {
    (unit.level == .region ? Wording.region : Wording.municipality)[language]
  }

  // MARK: - Movement

  private var movement: ReportWorkbook.Sheet {
    var table = Table(
      name: "movement",
      title: "",
      columns: (isComparing ? [Table.Column("scenario", Wording.scenario[language])] : []) + [
        Table.Column("unit_code", Wording.code[language]),
        Table.Column("unit_name", Wording.unit[language]),
        Table.Column("level", text("Nivå", "Level")),
        Table.Column("indicator", Wording.indicator[language]),
        Table.Column("from", text("Fra", "From")), Table.Column("to", text("Til", "To")),
        Table.Column("place_from", text("Plass før", "Place before")),
        Table.Column("place_to", text("Plass etter", "Place after")),
        Table.Column("movement", Wording.movement[language]),
        Table.Column("value_from", text("Verdi før", "Value before")),
        Table.Column("value_to", text("Verdi etter", "Value after")),
        Table.Column("change", text("Endring", "Change")),
      ]
    )
    var series: [(name: String, column: String, rows: Range<Int>)] = []
    for part in parts {
      for result in part.outcome.indicators {
        guard let last = result.withLevers.last else { continue }
        let view = part.outcome.unitsInView
        let others = order(part.outcome, result).filter { !view.contains($0) }
          .map { (unit: $0, places: result.movement(of: $0, to: last)) }
          .filter { !$0.places.isNaN }.enumerated()
          .sorted { ($1.element.places, $0.offset) < ($0.element.places, $1.offset) }
          .map(\.element.unit)
        let start = table.rows.count
        for unit in view + others { add(unit, result, last, part, to: &table) }
        if result.indicator.id == part.outcome.indicators.first?.indicator.id {
          series.append(
            (
              isComparing ? part.scenario.id : "\(result.baseline.year)–\(last.year)", "movement",
              start..<start + view.count
            )
          )
        }
      }
    }
    return ReportWorkbook.Sheet(
      name: text("Bevegelse", "Movement"),
      title: text("Bevegelse i plasser, pluss er opp", "Movement in places, plus is up"),
      lines: basis + [provenance],
      tables: [table],
      charts: [
        ReportWorkbook.NativeChart(
          isLine: false,
          title: text("Plasser opp eller ned", "Places up or down"),
          axis: Wording.places[language],
          isReversed: false,
          series: series,
          categories: "unit_name"
        )
      ]
    )
  }

  private func add(
    _ unit: Unit,
    _ result: IndicatorOutcome,
    _ last: Standings,
    _ part: ScenarioPart,
    to table: inout Table
  ) {
    let (before, after) = (result.baseline.standing(of: unit), last.standing(of: unit))
    let decimals = result.indicator.decimals
    table.add(
      (isComparing ? [.text(part.scenario.id)] : []) + [
        .text(unit.code), .text(unit.name), .text(level(unit)),
        .text(result.indicator.name[language]), .integer(result.baseline.year),
        .integer(last.year), .rank(before.place), .rank(after.place),
        .movement(before.place - after.place), .value(before.value, decimals: decimals),
        .value(after.value, decimals: decimals),
        .signedValue(after.value - before.value, decimals: decimals),
      ],
      marked: unit == part.outcome.focus
    )
  }

  // MARK: - Targets, scenarios and catalogue

  private var targets: ReportWorkbook.Sheet {
    var tables: [Table] = []
    var lines: [String] = []
    for part in parts {
      let suffix = isComparing ? " – \(part.scenario.id)" : ""
      let met = TargetsTable(outcome: part.outcome, language: language)
        .table(title: text("Om målene nås", "Whether the targets are met") + suffix)
      if !met.rows.isEmpty { tables.append(met) }
      guard let report = part.targetReport(vintage: dataset.vintage, language) else { continue }
      tables += report.tables.map { table in
        var renamed = Table(
          name: table.name,
          title: table.title + suffix,
          columns: table.columns,
          rows: table.rows
        )
        renamed.marked = table.marked
        return renamed
      }
      lines += report.notes.prefix(2 * part.answers.count)
    }
    if tables.isEmpty {
      lines = [text("Scenarioet har ingen mål.", "The scenario has no targets.")]
    }
    lines.append(provenance)
    return ReportWorkbook.Sheet(
      name: text("Mål", "Targets"),
      title: text("Mål", "Targets"),
      lines: lines,
      tables: tables
    )
  }

  private var scenarios: ReportWorkbook.Sheet {
    var table = Table(
      name: "levers",
      title: text("Grep", "Levers"),
      columns: [
        Table.Column("scenario", Wording.scenario[language]),
        Table.Column("lever", Wording.lever[language]),
        Table.Column("kind", text("Slag", "Kind")),
        Table.Column("subject", text("Hva", "What")),
        Table.Column("whom", text("Hvem", "Whose")),
        Table.Column("value", Wording.value[language]),
        Table.Column("target", text("Mot", "Towards")),
        Table.Column("from", text("Fra", "From")), Table.Column("until", text("Til", "Until")),
        Table.Column("ramp", text("Innfasing", "Ramp")),
      ]
    )
    var lines: [String] = []
    for part in parts {
      let scenario = part.scenario
      lines.append(
        "\(scenario.id): \(scenario.title[language]). "
          + text("Utgangspunkt", "Baseline") + " \(scenario.baselineYear.value), "
          + text("til", "to") + " \(scenario.horizon.value)."
      )
      lines +=
        ScenarioWording(outcome: part.outcome, series: part.series, language: language)
        .assumptions
      for lever in scenario.levers {
        let subject =
          switch lever.subject {
          case .series(let name), .indicator(let name): name.value
          }
        table.add([
          .text(scenario.id), .text(lever.id), .text(lever.kind.rawValue), .text(subject),
          .text(lever.whom.map(\.value).joined(separator: ", ")),
          lever.value.map { .number($0.value, decimals: 2) } ?? .missing(""),
          .text(lever.target?.value ?? ""), .integer(lever.from.value),
          .integer(lever.until.value), .text(lever.ramp.rawValue),
        ])
      }
    }
    return ReportWorkbook.Sheet(
      name: "Scenario",
      title: "Scenario",
      lines: lines,
      tables: table.rows.isEmpty ? [] : [table]
    )
  }

  private var catalogue: ReportWorkbook.Sheet {
    let used = Set(parts.flatMap { $0.outcome.indicators.flatMap(\.indicator.series) })
    var sources = Table(
      name: "series",
      title: text("Kilder", "Sources"),
      columns: [
        Table.Column("id", "Id"), Table.Column("name", Wording.name[language]),
        Table.Column("unit", text("Måleenhet", "Unit")),
        Table.Column("source", Wording.source[language]),
        Table.Column("vintage", text("Utgave", "Vintage")),
        Table.Column("licence", text("Lisens", "Licence")),
        Table.Column("note", Wording.note[language]),
      ]
    )
    for series in dataset.catalogue.series where used.contains(series.id) {
      sources.add([
        .text(series.id), .text(series.name[language]),
        .text(Wording.unitName(series.unit)[language]), .text(series.source),
        .text(series.vintage), .text(series.licence), .text(series.note),
      ])
    }
    var columns = Table(
      name: "columns",
      title: text("Kolonnene i CSV-filene", "The columns of the CSV files"),
      columns: [
        Table.Column("table", text("Fil", "File")),
        Table.Column("column", text("Kolonne", "Column")),
        Table.Column("meaning", text("Betydning", "Meaning")),
      ]
    )
    let files = PackTables(parts: parts, dataset: dataset.description).export.tables
    for table in files {
      for column in table.columns where Int(column.key) == nil {
        columns.add([.text("\(table.name).csv"), .text(column.key), .text(column.meaning)])
      }
    }
    return ReportWorkbook.Sheet(
      name: text("Datakatalog", "Data catalogue"),
      title: text("Datakatalog", "Data catalogue"),
      lines: [Wording.dataset(dataset.vintage, language)],
      tables: [sources, columns]
    )
  }
}

/// The tables of a pack for files.
struct PackTables {
  let parts: [ScenarioPart]
  let dataset: DatasetDescription
  var program = ""

  /// The export of all parts.
  var export: ScenarioExport {
    ScenarioExport(
      parts.map { part in
        let futures = part.futures.map {
          FuturesReport(
            $0,
            leverEffect: nil,
            vintage: "\(dataset.name) \(dataset.version)",
            language: .en
          ).files
        }
        return ScenarioExport.Part(part.outcome, sweep: part.sweep, futures: futures ?? [])
      },
      dataset: dataset,
      program: program
    )
  }
}
