import Datasets
import Documents
import Plans
import Regions
import TestSupport

/// A small plan of the region A3 of the fixture: Moss 3103 and the two called Våler, 3114 and 3419.
enum MadeUpPlan {
  /// A plan with one of each thing.
  static let full = """
    title: {nb: Prøve, en: Sample}
    source: {nb: Prøver, en: Tests}
    division: areas
    region: A3
    baseline: 2022
    goals:
      - id: main
        name: {nb: Hovedmål, en: Main goal}
        subgoals:
          - {nb: Delmål, en: Sub-goal}
        measures:
          - id: arena
            name: {nb: Arena, en: Arena}
            year: 2026
            responsible: {nb: Ordfører, en: Mayor}
            milestones:
              - {date: 2026-12-01, delivery: {nb: Slutt, en: End}}
              - {date: 2026-06-30, delivery: {nb: Start, en: Start}, done: yes}
            key_figures: [employment.share]
    tables:
      - id: "1"
        title: {nb: Tabell, en: Table}
        columns:
          - {series: population.total, years: [2022], total: sum}
          - series: tax.rate
            years: [2023]
            ratio: {of: employed.20_66, to: employment.base, times: 100}
    targets:
      - id: people
        name: {nb: Flere, en: More}
        goal: main
        table: "1"
        words: {nb: Flere folk, en: More people}
        indicator: population.total
        kind: improve
        scenario: {name: some, target: more}
      - id: vague
        name: {nb: Vagt, en: Vague}
        goal: main
        words: {nb: Bedre, en: Better}
        unmeasurable: {nb: Ikke sagt, en: Not said}
    events:
      - {goal: main, name: {nb: Intervjuer, en: Interviews}, held: [2022], next: 2025}
    remarks:
      - id: odd
        severity: low
        table: "1"
        text: {nb: Rart, en: Odd}
        consequence: {nb: Se, en: Look}
    """

  /// A plan with one target about the region, from 2022.
  static func text(_ target: String, tables: String = "[]", more: String = "") -> String {
    """
    title: {nb: Prøve, en: Sample}
    source: {nb: Prøver, en: Tests}
    division: areas
    region: A3
    baseline: 2022
    goals: [{id: main, name: {nb: Mål, en: Goal}}]
    tables: \(tables)
    targets:
      - {id: t, name: {nb: T, en: T}, goal: main, words: {nb: T, en: T}, \(target)}
    \(more)
    """
  }

  static func plan(_ text: String) throws -> Plan {
    try Plan(id: "plan", file: "plan.yml", text: text)
  }

  static func resolved(_ text: String, _ dataset: Dataset? = nil) throws -> ResolvedPlan {
    try ResolvedPlan(try plan(text), dataset: dataset ?? FixtureDataset().dataset())
  }

  /// How the one target of a plan stands.
  ///
  /// - Parameters:
  ///   - target: What it states.
  ///   - figures: Rows of series, unit, year and value to add.
  ///   - lastYear: The last year that is looked at.
  /// - Returns: The target's status.
  /// - Throws: What reading the plan, the figures or the target throws.
  static func status(
    _ target: String,
    adding figures: [String] = [],
    lastYear: Int? = nil
  ) throws -> TargetStatus {
    let fixture = try FixtureDataset()
    defer { withExtendedLifetime(fixture) {} }
    let dataset = try fixture.dataset()
    let plan = try resolved(text(target), dataset)
    let all = try PlanFigures(plan, dataset: dataset, added: try read(figures, plan))
    return try PlanStatus(plan, figures: all, corrections: [:], lastYear: lastYear).targets[0]
  }

  /// Reads rows of added figures.
  static func read(
    _ rows: [String],
    _ plan: ResolvedPlan,
    file: String = "new.csv"
  ) throws -> [NewFigure] {
    let lines = ["series,unit,year,value,source"] + rows.map { $0 + ",Tests" }
    return try plan.rules.read(
      file: file,
      bytes: Array((lines.joined(separator: "\n") + "\n").utf8)
    )
  }
}

/// The plans in `plans/` on the real figures.
enum ShippedPlan {
  static func text(_ name: String) throws -> String {
    try TestSupport.text(ofFile: "\(repositoryRoot)/plans/\(name).yml")
  }

  static func resolved(_ name: String, changed: (String) -> String = { $0 }) throws -> ResolvedPlan
  {
    let text = changed(try text(name))
    return try ResolvedPlan(
      try Plan(id: name, file: name + ".yml", text: text),
      dataset: NorwayDataset.dataset()
    )
  }

  static func audit(_ plan: ResolvedPlan, adding: [NewFigure] = []) throws -> PlanAudit {
    let dataset = try NorwayDataset.dataset()
    let figures = try PlanFigures(plan, dataset: dataset, added: adding)
    return PlanAudit(plan, figures: figures, dataset: dataset)
  }
}
