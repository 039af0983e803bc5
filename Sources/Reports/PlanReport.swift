internal import Datasets
public import Plans
public import Regions
internal import Scenarios

/// What there is to say of a plan: the audit, how the targets stand, and the report to the councils.
public struct PlanReport: Sendable {
  let status: PlanStatus
  let findings: [Finding]
  let figures: PlanFigures
  let audit: PlanAudit
  let chances: [String: PlanChance]
  let vintage: String
  let language: Language

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - status: How the targets stand.
  ///   - audit: The audit of the plan's figures.
  ///   - findings: What it found.
  ///   - figures: The figures.
  ///   - chances: By the id of the target how likely it is met, as far as that was drawn.
  ///   - vintage: Name and version of the dataset.
  ///   - language: The language of labels.
  public init(
    _ status: PlanStatus,
    audit: PlanAudit,
    findings: [Finding],
    figures: PlanFigures,
    chances: [String: PlanChance] = [:],
    vintage: String,
    language: Language
  ) {
    self.status = status
    self.audit = audit
    self.figures = figures
    self.chances = chances
    self.vintage = vintage
    self.language = language
    self.findings = findings
  }

  var plan: ResolvedPlan { status.plan }
  var nb: Bool { language == .nb }

  // MARK: - The audit

  /// The findings as a report.
  public var auditReport: Report {
    let counts = Severity.allCases.map { severity in
      let count = findings.count { $0.severity == severity }
      return "\(count) \(PlanWording.severity(severity)[language])"
    }
    return Report(
      title: plan.plan.title[language],
      tables: [findingsTable(findings, isBrief: true)],
      notes: findings.enumerated().map { index, finding in
        let wording = FindingWording(finding: finding, language: language)
        return "\(index + 1). \(wording.text) \(wording.consequence)"
      } + [
        (nb ? "Funn: " : "Findings: ") + counts.joined(separator: ", ") + ".",
        nb
          ? "Tall regnes på nytt av dem de er satt sammen av; ett som avrundes til det trykte, stemmer."
          : "Figures are recomputed from their parts; one that rounds to what is printed agrees.",
        nb
          ? "Navnene stemmer: \(plan.targets.count) målbare mål, \(plan.plan.tables.count) tabeller, "
            + "\(plan.members.count) kommuner."
          : "All names stand for something: \(plan.targets.count) measurable targets, "
            + "\(plan.plan.tables.count) tables, \(plan.members.count) municipalities.",
      ] + sourceNotes(Set(findings.compactMap(\.series?.id))) + [
        Wording.dataset(vintage, language)
      ]
    )
  }

  /// The findings, a row each.
  ///
  /// - Parameters:
  ///   - findings: The findings.
  ///   - isBrief: Whether readers see what each is about, and the words elsewhere.
  /// - Returns: The table.
  func findingsTable(_ findings: [Finding], isBrief: Bool) -> Table {
    var table = Table(
      name: "findings",
      title: "",
      columns: [
        Table.Column("number", isBrief ? (nb ? "Nr." : "No.") : nil),
        Table.Column("severity", nb ? "Alvor" : "Severity", meaning: "high, medium or low"),
        Table.Column("plan_table", nb ? "Tabell" : "Table", meaning: "table of the plan"),
        Table.Column(
          "series",
          isBrief ? Wording.series[language] : nil,
          meaning: "series it is about"
        ),
        Table.Column("year", nil),
        Table.Column("finding", isBrief ? nil : (nb ? "Funn" : "Finding")),
        Table.Column("consequence", isBrief ? nil : (nb ? "Følge" : "Consequence")),
      ]
    )
    for (index, finding) in findings.enumerated() {
      let wording = FindingWording(finding: finding, language: language)
      table.add([
        .integer(index + 1),
        .word(
          finding.severity.rawValue,
          shown: PlanWording.severity(finding.severity)[language]
        ),
        .text(finding.table ?? ""), .text(finding.series?.id ?? ""),
        finding.year.map { .integer($0) } ?? .text(""),
        .text(wording.text), .text(wording.consequence),
      ])
    }
    return table
  }

  // MARK: - How the targets stand

  /// How the targets stand as a report.
  public var statusReport: Report {
    let explanations = status.targets.map { status in
      (["\(status.target.name[language]): \(explanation(status))"] + notes(on: status))
        .joined(separator: " ")
    }
    return Report(
      title: plan.plan.title[language],
      tables: [statusTable, rowsTable],
      notes: [summary] + explanations
        + sourceNotes(Set(plan.targets.flatMap(\.observed.indicator.series)))
        + [Wording.dataset(vintage, language)]
    )
  }

  /// How many targets have each verdict, a sentence.
  var summary: String {
    let counts = TargetStatus.Verdict.allCases.compactMap { verdict -> String? in
      let count = status.targets.count { $0.verdict == verdict }
      return count == 0 ? nil : "\(count) \(PlanWording.verdict(verdict)[language])"
    }
    let seen =
      status.lastYear.map { nb ? ", med tall til og med \($0)" : ", by figures to \($0)" } ?? ""
    return nb
      ? "Av \(status.targets.count) mål: \(counts.joined(separator: ", "))\(seen)."
      : "Of \(status.targets.count) targets: \(counts.joined(separator: ", "))\(seen)."
  }

  /// The verdict's reason, and the probability where it was drawn.
  func explanation(_ status: TargetStatus) -> String {
    let reason = PlanWording.reason(status, language)
    if let chance = chances[status.target.id] { return "\(reason) \(chance.sentence(language))" }
    guard !chances.isEmpty, status.indicator != nil else { return reason }
    let why =
      status.target.notSimulated?[language]
      ?? (nb
        ? "Målet navngir ikke noe scenario."
        : "The target names no scenario.")
    return "\(reason) \(nb ? "Ikke simulert" : "Not simulated"): \(why)"
  }

  /// A row a target.
  var statusTable: Table {
    var table = Table(
      name: "status",
      title: "",
      columns: [
        Table.Column("target", nil, meaning: "id of the target"),
        Table.Column("target_name", nb ? "Mål" : "Target"),
        Table.Column("indicator", nil, meaning: "id of the indicator"),
        Table.Column("unit_name", Wording.unit[language]),
        Table.Column("baseline_year", nb ? "Fra" : "From"),
        Table.Column("baseline", Wording.baseline[language]),
        Table.Column("latest_year", nb ? "Siste år" : "Latest year"),
        Table.Column("latest", nb ? "Siste" : "Latest"),
        Table.Column("change", nb ? "Endring" : "Change"),
        Table.Column(
          "verdict",
          nb ? "Status" : "Status",
          meaning: "met, on_course, off_course or "
            + "cannot_be_judged"
        ),
        Table.Column(
          "probability",
          chances.isEmpty ? nil : (nb ? "Sannsynlig, %" : "Probability, %"),
          meaning: "probability that it is met, 0-1"
        ),
        Table.Column("probability_error", nil, meaning: "Monte Carlo standard error"),
        Table.Column(
          "probability_of",
          chances.isEmpty ? nil : (nb ? "av" : "of"),
          meaning: "target, or stand_in where the scenario asks something else"
        ),
      ]
    )
    for status in status.targets {
      let figures = headline(status)
      let chance = chances[status.target.id]?.probability
      table.add([
        .text(status.target.id), .text(status.target.name[language]),
        .text(status.indicator?.id ?? ""), .text(figures.unit), .integer(status.baselineYear),
        figures.baseline,
        figures.year.map { .integer($0) } ?? .missing("–"), figures.latest, figures.change,
        .word(status.verdict.rawValue, shown: PlanWording.verdict(status.verdict)[language]),
        chance.map { .share($0.value, decimals: 1) } ?? .missing("–"),
        chance.map { .share($0.standardError, decimals: 2) } ?? .missing("–"),
        probabilityOf(status),
      ])
    }
    return table
  }

  private func probabilityOf(_ status: TargetStatus) -> Table.Cell {
    guard let chance = chances[status.target.id] else { return .missing("–") }
    return chance.standIn == nil
      ? .word("target", shown: nb ? "målet i \(chance.year)" : "the target in \(chance.year)")
      : .word("stand_in", shown: nb ? "stedfortreder" : "a stand-in")
  }

  private typealias Headline = (
    unit: String, baseline: Table.Cell, year: Int?, latest: Table.Cell, change: Table.Cell
  )

  /// The figures of the region; of a target on places of the municipalities their sum.
  private func headline(_ status: TargetStatus) -> Headline {
    let none = Table.Cell.missing("–")
    guard let indicator = status.indicator else { return (plan.region.name, none, nil, none, none) }
    let year = status.rows.compactMap { $0.latest?.year }.max()
    if let row = status.rows.first(where: { $0.unit == plan.region }) {
      if let correction = status.correction {
        return (
          plan.region.name, .text(Self.span(correction, language)), year,
          row.latest.map { cell($0.value, indicator) } ?? none, none
        )
      }
      if status.isOnPlaces, !row.baseline.place.isNaN {
        let latest = row.latest.flatMap { $0.place.isNaN ? nil : $0.place }
        return (
          plan.region.name + (nb ? ", plass" : ", place"), .place(row.baseline.place), year,
          latest.map { .place($0) } ?? none,
          latest.map { .signed(row.baseline.place - $0, decimals: 0) } ?? none
        )
      }
      return (
        plan.region.name, cell(row.baseline.value, indicator), year,
        row.latest.map { cell($0.value, indicator) } ?? none,
        row.latest.map { change($0.value - row.baseline.value, indicator) } ?? none
      )
    }
    guard indicator.aggregation == .publishedRank else {
      let name = nb ? "hver kommune" : "each municipality"
      return (name, none, year, none, none)
    }
    let before = status.rows.reduce(0) { $0 + $1.baseline.value }
    let after = status.rows.compactMap(\.latest?.value)
    let isWhole = after.count == status.rows.count && !after.isEmpty
    let sum = after.reduce(0, +)
    return (
      nb ? "summen av plassene" : "the sum of places", .number(before, decimals: 0), year,
      isWhole ? .number(sum, decimals: 0) : none,
      isWhole ? .signed(before - sum, decimals: 0) : none
    )
  }

  /// The bounds of a corrected percentage.
  static func span(_ bounds: ClosedRange<Double>, _ language: Language) -> String {
    NumberText.fixed(bounds.lowerBound, decimals: 1, language) + "–"
      + NumberText.fixed(bounds.upperBound, decimals: 1, language)
  }

  func cell(_ value: Double, _ indicator: Indicator) -> Table.Cell {
    value.isNaN ? .missing("–") : .number(value, decimals: indicator.decimals)
  }

  func change(_ value: Double, _ indicator: Indicator) -> Table.Cell {
    value.isNaN ? .missing("–") : .signed(value, decimals: indicator.decimals)
  }

  /// The units of all targets.
  private var rowsTable: Table {
    var table = Table(
      name: "units",
      title: nb ? "Enhetene" : "The units",
      columns: [
        Table.Column("target", nil), Table.Column("target_name", nb ? "Mål" : "Target"),
      ] + rowColumns
    )
    for status in status.targets {
      for (index, row) in rows(of: status).enumerated() {
        let name = index == 0 ? status.target.name[language] : ""
        table.add([.text(status.target.id), .word(status.target.id, shown: name)] + row)
      }
    }
    return table
  }

  /// One target's units.
  func unitsTable(_ status: TargetStatus) -> Table {
    var table = Table(name: "units", title: "", columns: rowColumns)
    for (row, cells) in zip(status.rows, rows(of: status)) {
      table.add(cells, marked: row.unit == plan.region)
    }
    return table
  }

  private var rowColumns: [Table.Column] {
    [
      Table.Column("unit_code", Wording.code[language]),
      Table.Column("unit_name", Wording.unit[language]),
      Table.Column("baseline_year", nb ? "Fra" : "From"),
      Table.Column("baseline", Wording.baseline[language]),
      Table.Column("baseline_basis", Wording.basis[language]),
      Table.Column("baseline_rank", Wording.place[language]),
      Table.Column("baseline_ranked", Wording.of[language]),
      Table.Column("latest_year", nb ? "Til" : "To"),
      Table.Column("latest", nb ? "Siste" : "Latest"),
      Table.Column("latest_basis", Wording.basis[language]),
      Table.Column("latest_rank", Wording.place[language]),
      Table.Column("latest_ranked", Wording.of[language]),
      Table.Column("change", nb ? "Endring" : "Change"),
      Table.Column("movement", Wording.movement[language], meaning: "places climbed"),
      Table.Column("carried", nil, meaning: "ranked units with a figure of an earlier year"),
    ]
  }

  private func rows(of status: TargetStatus) -> [[Table.Cell]] {
    guard let indicator = status.indicator else { return [] }
    let none = Table.Cell.missing("–")
    func place(_ standing: TargetStatus.Standing?) -> [Table.Cell] {
      guard let standing, !standing.place.isNaN else { return [none, none] }
      return [.place(standing.place), .integer(standing.ranked)]
    }
    return status.rows.map { row in
      let latest = row.latest
      let movement = latest.map { row.baseline.place - $0.place } ?? .nan
      return [
        .text(row.unit.code), .text(row.unit.name), .integer(row.baseline.year),
        cell(row.baseline.value, indicator), .status(row.baseline.status, language),
      ] + place(row.baseline) + [
        latest.map { .integer($0.year) } ?? none,
        latest.map { cell($0.value, indicator) } ?? none,
        latest.map { .status($0.status, language) } ?? none,
      ] + place(latest) + [
        row.unit == plan.region && status.correction != nil
          ? none : latest.map { change($0.value - row.baseline.value, indicator) } ?? none,
        movement.isNaN ? none : .signed(movement, decimals: 0),
        .integer(max(row.baseline.carried, latest?.carried ?? 0)),
      ]
    }
  }

  /// Where the figures of some series are from: the dataset's, then those that were added.
  func sourceNotes(_ ids: Set<String>) -> [String] {
    let series = figures.panel.series.values.filter { ids.contains($0.id) }
      .sorted { $0.id < $1.id }
    let added = figures.added.filter { ids.contains($0.series) }.map { figure in
      let value = NumberText.exact(figure.value)
      let head = nb ? "Lagt til" : "Added"
      return "\(head): \(figure.series), \(figure.unit.name), \(figure.year): \(value) – "
        + "\(figure.source) (\(figure.place))."
    }
    return series.map { $0.sourceNote(language) } + added
  }

  /// What a reader must know of the figures of a target: a baseline that is not as printed, and how
  /// many of those that are ranked have a figure of an earlier year.
  func notes(on status: TargetStatus) -> [String] {
    var notes: [String] = []
    if let correction = status.correction {
      let span = Self.span(correction, language)
      notes.append(
        nb
          ? "Utgangspunktet for \(plan.region.name) kan ikke være som trykt; målet bedømmes mot \(span)."
          : "The baseline of \(plan.region.name) cannot be as printed; the target is judged against "
            + "\(span)."
      )
    }
    let standings = status.rows.flatMap { [$0.baseline, $0.latest].compactMap(\.self) }
    if let most = standings.max(by: { $0.carried < $1.carried }), most.carried > 0 {
      notes.append(
        nb
          ? "Plassene i \(most.year) er blant de siste tallene som finnes; \(most.carried) av "
            + "\(most.ranked) har tall fra et tidligere år."
          : "The places in \(most.year) are among the latest figures there are; \(most.carried) of "
            + "\(most.ranked) have a figure of an earlier year."
      )
    }
    return notes
  }
}
