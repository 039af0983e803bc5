internal import Datasets
internal import Documents
internal import Plans
internal import Regions
internal import Scenarios

extension PlanReport {
  private typealias Block = ReportDocument.Block

  /// The report to the councils: one page of status, a section a target, the plan's tables, the
  /// measures, what does not agree, and the sources.
  ///
  /// - Parameters:
  ///   - version: Name and version of the program.
  ///   - pictures: Charts for after the first page, with their SVG where they were drawn.
  /// - Returns: The document.
  public func document(
    program version: String,
    pictures: [(chart: Chart, svg: [UInt8]?)] = []
  ) -> ReportDocument {
    var blocks: [Block] = frontPage
    blocks += pictures.map { .picture($0.chart, svg: $0.svg) }
    if !pictures.isEmpty { blocks.append(.pageBreak) }
    for goal in plan.plan.goals { blocks += section(goal) }
    blocks += tables + measures + findingsSection + sources(version)
    return ReportDocument(
      title: plan.plan.title[language],
      blocks: blocks,
      language: language
    )
  }

  // MARK: - The first page

  private var frontPage: [Block] {
    let high = findings.filter { $0.severity == .high }
    let grave = high.filter { finding in
      switch finding.kind {
      case .remark, .unmeasurable: false
      default: true
      }
    }
    var blocks: [Block] = [
      .heading(1, (nb ? "Resultatrapport: " : "Result report: ") + plan.plan.title[language]),
      .paragraph(plan.plan.source[language]),
      .paragraph(
        nb
          ? "\(plan.region.name): \(plan.members.map(\.name).joined(separator: ", ")). "
            + "Utgangspunkt \(plan.plan.baselineYear.value)."
          : "\(plan.region.name): \(plan.members.map(\.name).joined(separator: ", ")). "
            + "Baseline \(plan.plan.baselineYear.value)."
      ),
      .heading(2, "Status"),
      .paragraph(summary),
      .table(statusTable.hidingEmptyColumns()),
    ]
    if !chances.isEmpty {
      blocks.append(
        .note(
          nb
            ? "Sannsynlighetene er modellens, uten tiltak, og gjelder de forutsetningene som står ved "
              + "hvert mål."
            : "The probabilities are the model's, without measures, and hold under the assumptions "
              + "stated with each target."
        )
      )
    }
    if !figures.added.isEmpty {
      let sources = Set(figures.added.map(\.source)).sorted().joined(separator: "; ")
      blocks.append(
        .note(
          nb
            ? "Nye tall lagt til: \(figures.added.count) (\(sources))."
            : "New figures added: \(figures.added.count) (\(sources))."
        )
      )
    }
    if !grave.isEmpty {
      blocks += [
        .heading(3, nb ? "Les først: tall som ikke stemmer" : "Read first: what does not agree"),
        .list(grave.map { located($0) }),
        .note(
          nb
            ? "\(high.count) funn er alvorlige, \(findings.count) er det i alt; de står ved tabellene "
              + "og til slutt."
            : "\(high.count) findings are grave, \(findings.count) there are in all; they stand with "
              + "the tables and at the end."
        ),
      ]
    }
    return blocks + [.pageBreak]
  }

  /// A finding with its table in front.
  private func located(_ finding: Finding) -> String {
    let text = FindingWording(finding: finding, language: language).text
    guard let table = finding.table else { return text }
    return (nb ? "Tabell \(table): " : "Table \(table): ") + text
  }

  // MARK: - The targets

  private func section(_ goal: Plan.Goal) -> [Block] {
    let targets = status.targets.filter { $0.target.goal == goal.id }
    let events = plan.plan.events.filter { $0.goal == goal.id }
    var blocks: [Block] = [.heading(2, goal.name[language])]
    if !goal.subgoals.isEmpty {
      blocks += [
        .heading(4, nb ? "Delmål" : "Sub-goals"), .list(goal.subgoals.map { $0[language] }),
      ]
    }
    for status in targets { blocks += section(status) }
    for event in events {
      let held = event.held.map(String.init).joined(separator: ", ")
      let next = event.next.map(String.init) ?? (nb ? "ikke fastsatt" : "not set")
      blocks += [
        .heading(3, event.name[language]),
        .paragraph(
          nb ? "Gjennomført: \(held). Neste: \(next)." : "Held: \(held). Next: \(next)."
        ),
      ]
    }
    return blocks
  }

  private func section(_ status: TargetStatus) -> [Block] {
    let target = status.target
    let verdict = PlanWording.verdict(status.verdict)[language]
    var blocks: [Block] = [
      .heading(3, target.name[language]), .quote(target.words[language]),
    ]
    if let interpretation = target.interpretation {
      blocks.append(
        .paragraph((nb ? "Lest slik: " : "Read as: ") + interpretation[language])
      )
    }
    blocks.append(.paragraph("Status: \(verdict). \(explanation(status))"))
    if let indicator = status.indicator {
      let unit = Wording.unitName(indicator.unit)[language]
      blocks.append(
        .paragraph("\(nb ? "Målt ved" : "Measured by"): \(indicator.name[language]) (\(unit)).")
      )
    }
    if !status.rows.isEmpty { blocks.append(.table(unitsTable(status).hidingEmptyColumns())) }
    blocks += notes(on: status).map { .note($0) }
    blocks += contest(status)
    let about = findings.filter { finding in
      switch finding.kind {
      case .count(let other, _): other.id == target.id
      case .remark, .unmeasurable: false
      default:
        finding.severity == .high && finding.series != nil
          && finding.series?.id == status.indicator?.numerator
      }
    }
    if !about.isEmpty {
      blocks.append(
        .list(
          about.map { finding in
            let wording = FindingWording(finding: finding, language: language)
            return "\(wording.text) \(wording.consequence)"
          }
        )
      )
    }
    return blocks
  }

  /// Who has moved best, for a target that asks for it and can be judged.
  private func contest(_ status: TargetStatus) -> [Block] {
    guard status.verdict != .unknown, let contest = status.reading?.contests.first,
      !contest.own.isNaN
    else { return [] }
    let decimals = contest.best == contest.best.rounded() ? 0 : 2
    let own = NumberText.signed(contest.own, decimals: decimals, language)
    let best = NumberText.signed(contest.best, decimals: decimals, language)
    let winners = PlanWording.list(contest.winners.map(\.name), language)
    let place = NumberText.place(contest.place, language)
    return [
      .paragraph(
        nb
          ? "Bevegelse \(own), som er nummer \(place) av \(contest.compared); best: \(winners) (\(best))."
          : "Movement \(own), which is number \(place) of \(contest.compared); best: \(winners) "
            + "(\(best))."
      )
    ]
  }

  // MARK: - The plan's tables

  private var tables: [Block] {
    guard !plan.plan.tables.isEmpty else { return [] }
    var blocks: [Block] = [
      .pageBreak, .heading(2, nb ? "Planens tabeller" : "The plan's tables"),
      .paragraph(
        nb
          ? "Tallene slik planen trykker dem, nyere tall der de finnes, og samlet regnet på nytt."
          : "The figures as the plan prints them, newer ones where there are any, and the total "
            + "recomputed."
      ),
    ]
    for table in plan.plan.tables {
      blocks += [
        .heading(
          3,
          "\(nb ? "Tabell" : "Table") \(table.id): \(table.title[language])"
        ),
        .table(printed(table)),
      ]
      let about = findings.filter { $0.table == table.id }
      if !about.isEmpty {
        blocks.append(
          .list(
            about.map { finding in
              let wording = FindingWording(finding: finding, language: language)
              let severity = PlanWording.severity(finding.severity)[language]
              return "(\(severity)) \(wording.text) \(wording.consequence)"
            }
          )
        )
      }
    }
    return blocks
  }

  /// A table of the plan with the total recomputed below it.
  private func printed(_ table: PlanTable) -> Table {
    let cells = table.columns.flatMap { column in
      audit.years(of: column).map { (column: column, year: $0) }
    }
    var result = Table(
      name: "table_\(table.id)",
      title: "",
      columns: [Table.Column("unit_name", Wording.unit[language])]
        + cells.map { cell in
          let series = audit.series(of: cell.column)
          let unit = series.map { Wording.unitName($0.unit)[language] } ?? ""
          return Table.Column(
            "\(cell.column.series.value)_\(cell.year)",
            "\(cell.year), \(series?.name[language] ?? "") (\(unit))"
          )
        }
    )
    func row(_ name: String, marked: Bool, _ value: (PlanTable.Column, Int) -> Double?) {
      result.add(
        [.text(name)]
          + cells.map { cell in
            let decimals = audit.series(of: cell.column)?.decimals ?? 0
            return value(cell.column, cell.year).map { .number($0, decimals: decimals) }
              ?? .missing("")
          },
        marked: marked
      )
    }
    for unit in plan.members {
      row(unit.name, marked: false) { figures.value($0.series.value, unit, $1) }
    }
    let region = plan.region
    let isPrinted = cells.contains { figures.value($0.column.series.value, region, $0.year) != nil }
    if isPrinted {
      row(nb ? "Samlet, trykt" : "Total, printed", marked: true) {
        figures.value($0.series.value, region, $1)
      }
    }
    if cells.contains(where: { audit.recomputed($0.column, $0.year) != nil }) {
      let again =
        isPrinted ? (nb ? "regnet på nytt" : "recomputed") : (nb ? "regnet ut" : "computed")
      row((nb ? "Samlet, " : "Total, ") + again, marked: !isPrinted) { audit.recomputed($0, $1) }
    }
    return result
  }

  // MARK: - Measures, findings, sources

  private var measures: [Block] {
    let all = plan.plan.goals.flatMap(\.measures)
    guard !all.isEmpty else { return [] }
    let none = nb ? "ikke fastsatt" : "not set"
    var table = Table(
      name: "measures",
      title: "",
      columns: [
        Table.Column("measure", nb ? "Tiltak" : "Measure"),
        Table.Column("year", Wording.year[language]),
        Table.Column("responsible", nb ? "Ansvarlig" : "Responsible"),
        Table.Column("milestones", nb ? "Milepæler og leveranser" : "Milestones and deliveries"),
        Table.Column("key_figures", nb ? "Nøkkeltall" : "Key figures"),
      ]
    )
    for measure in all {
      let milestones = measure.milestones.map { milestone in
        let done = milestone.isDone ? (nb ? " (levert)" : " (delivered)") : ""
        return "\(milestone.date): \(milestone.delivery[language])\(done)"
      }
      let figures = measure.keyFigures.compactMap {
        plan.keyFigures[$0.value]?.name[language]
      }
      table.add([
        .text(measure.name[language]), .integer(measure.year),
        .text(measure.responsible?[language] ?? none),
        .text(milestones.isEmpty ? none : milestones.joined(separator: "; ")),
        .text(figures.isEmpty ? none : figures.joined(separator: "; ")),
      ])
    }
    return [
      .heading(2, nb ? "Tiltak og milepælsplan" : "Measures and milestone plan"), .table(table),
    ]
  }

  private var findingsSection: [Block] {
    guard !findings.isEmpty else { return [] }
    return [
      .pageBreak, .heading(2, nb ? "Alle funn" : "All findings"),
      .table(findingsTable(findings, isBrief: false)),
    ]
  }

  private func sources(_ program: String) -> [Block] {
    [
      .heading(2, nb ? "Kilder" : "Sources"), .list(sourceNotes(plan.series)),
      .note("\(program). \(Wording.dataset(vintage, language))"),
    ]
  }
}
