import Documents
import Plans
import Regions
import Scenarios
import TestSupport
import Testing

/// What a plan's file says, and what one is told who wrote it wrongly.
@Suite struct PlanDecodingTests {
  @Test func aWholePlan() throws {
    let plan = try MadeUpPlan.plan(MadeUpPlan.full)
    #expect(plan.title == LocalizedText(nb: "Prøve", en: "Sample"))
    #expect(!plan.isExample)
    #expect(plan.region.value == "A3")
    #expect(plan.goals.map(\.id) == ["main"])
    let measure = try #require(plan.goals.first?.measures.first)
    #expect(measure.milestones.map(\.date) == ["2026-06-30", "2026-12-01"])
    #expect(measure.milestones.map(\.isDone) == [true, false])
    #expect(measure.responsible?.en == "Mayor")
    #expect(measure.keyFigures.map(\.value) == ["employment.share"])
    #expect(plan.tables.first?.columns.map(\.years) == [[2022], [2023]])
    #expect(plan.tables.first?.columns.first?.rule == .sum)
    #expect(plan.targets.map(\.id) == ["people", "vague"])
    #expect(plan.targets.first?.scenario?.standIn == nil)
    #expect(plan.targets.last?.unmeasurable?.nb == "Ikke sagt")
    #expect(plan.events.first?.next == 2025)
    #expect(plan.remarks.first?.severity == .low)
  }

  @Test func aTargetIsAboutTheRegionUnlessItSays() throws {
    let plan = try MadeUpPlan.plan(MadeUpPlan.full)
    #expect(plan.statement("people")?.whom?.value == "A3")
    #expect(plan.statement("vague") == nil)
    #expect(plan.statement("nobody") == nil)
    let other = try MadeUpPlan.plan(
      MadeUpPlan.text("kind: improve, indicator: population.total, whom: 3103")
    )
    #expect(other.statement("t")?.whom?.value == "3103")
  }

  @Test func anExampleSaysSo() throws {
    let plan = try MadeUpPlan.plan("example: yes\n" + MadeUpPlan.full)
    #expect(plan.isExample)
  }

  static let keys = [
    Spoilt(
      "baseline: 2022",
      "baselin: 2022",
      "plan.yml:5:1: Unknown key \"baselin\". Did you mean baseline? Allowed are: title, example, "
        + "source, division, region, baseline, goals, tables, targets, events, remarks."
    ),
    Spoilt("region: A3\n", "", "plan.yml:1:1: The plan needs the key \"region\""),
    Spoilt(
      "responsible: {nb",
      "responsibel: {nb",
      "plan.yml:15:9: Unknown key \"responsibel\" in goals[1].measures[1]. Did you mean "
        + "responsible? Allowed are: id, name, year, responsible, milestones, key_figures."
    ),
    Spoilt(
      "times: 100",
      "time: 100",
      "plan.yml:27:58: Unknown key \"time\" in tables[1].columns[2].ratio. Did you mean times? "
        + "Allowed are: of, to, times."
    ),
    Spoilt(
      "    kind: improve\n",
      "",
      "plan.yml:29:5: \"targets[1]\" needs the key \"kind\""
    ),
    Spoilt(
      "    indicator: population.total\n",
      "",
      "plan.yml:29:5: The target \"people\" needs an indicator, or says why it is unmeasurable."
    ),
    Spoilt(
      "    unmeasurable: {nb",
      "    kind: improve\n    unmeasurable: {nb",
      "plan.yml:41:5: Unknown key \"kind\" in targets[2]. Allowed are: id, name, goal, table, words, "
        + "interpretation, baseline, scenario, not_simulated, unmeasurable."
    ),
    Spoilt(
      "{name: some, target: more}",
      "{name: some}",
      "plan.yml:36:15: \"targets[1].scenario\" needs the key \"target\""
    ),
  ]

  static let values = [
    Spoilt(
      "date: 2026-06-30",
      "date: 2026-06-31",
      "plan.yml:18:20: \"goals[1].measures[1].milestones[2].date\" must be a day such as "
        + "2026-06-30, not \"2026-06-31\""
    ),
    Spoilt(
      "date: 2026-06-30",
      "date: 30.6.2026",
      "plan.yml:18:20: \"goals[1].measures[1].milestones[2].date\" must be a day such as "
        + "2026-06-30, not \"30.6.2026\""
    ),
    Spoilt(
      "date: 2026-06-30",
      "date: 2025-02-29",
      "plan.yml:18:20: \"goals[1].measures[1].milestones[2].date\" must be a day such as "
        + "2026-06-30, not \"2025-02-29\""
    ),
    Spoilt(
      "done: yes",
      "done: maybe",
      "plan.yml:18:72: \"goals[1].measures[1].milestones[2].done\" must be one of yes, no, not "
        + "\"maybe\"."
    ),
    Spoilt(
      "severity: low",
      "severity: lowest",
      "plan.yml:46:15: \"remarks[1].severity\" must be one of high, medium, low, not \"lowest\"."
    ),
    Spoilt(
      "kind: improve",
      "kind: best\n    value: 3",
      "plan.yml:36:12: The target \"people\" is of the kind best, which has no value."
    ),
    Spoilt(
      "kind: improve",
      "kind: rank",
      "plan.yml:29:5: The target \"people\" needs a value, as its kind is rank."
    ),
    Spoilt(
      "kind: improve",
      "kind: improve\n    year: 2022",
      "plan.yml:36:11: The target \"people\" is due in 2022, not after its baseline, 2022."
    ),
    Spoilt(
      "years: [2022], total: sum",
      "years: [2022], total: sum, country: tax.rate",
      "plan.yml:24:9: \"tables[1].columns[1]\" has total and country; a column follows one rule"
    ),
    Spoilt(
      "years: [2022], total: sum",
      "years: [], total: sum",
      "plan.yml:24:43: \"tables[1].columns[1].years\" is empty"
    ),
  ]

  static let simulations = [
    Spoilt(
      "    scenario: {name: some, target: more}\n",
      "    scenario: {name: some, target: more}\n    not_simulated: {nb: A, en: A}\n",
      "plan.yml:37:20: \"targets[1].not_simulated\" stands beside a scenario; a target has one or the "
        + "other"
    )
  ]

  static let names = [
    Spoilt(
      "- id: vague",
      "- id: people",
      "plan.yml:1:1: The plan has two targets of the id \"people\"; each needs one of its own"
    ),
    Spoilt(
      "    goal: main\n    table",
      "    goal: man\n    table",
      "plan.yml:29:5: The plan has no goal \"man\". Did you mean main? It has: main."
    ),
    Spoilt(
      "table: \"1\"\n    words",
      "table: \"2\"\n    words",
      "plan.yml:32:12: The plan has no table \"2\". Did you mean 1? It has: 1."
    ),
    Spoilt(
      "{goal: main, name: {nb: Int",
      "{goal: other, name: {nb: Int",
      "plan.yml:1:1: The plan has no goal \"other\". It has: main."
    ),
  ]

  @Test(arguments: keys + values + simulations + names)
  func errors(spoilt: Spoilt) throws {
    let count = MadeUpPlan.full.ranges(of: spoilt.old).count
    try #require(count == 1, "\"\(spoilt.old)\" stands \(count) times")
    let text = MadeUpPlan.full.replacing(spoilt.old, with: spoilt.new)
    #expect(errorText { try MadeUpPlan.plan(text) } == spoilt.message)
    #expect(throws: DocumentError.self) { try MadeUpPlan.plan(text) }
  }

  // MARK: - Names that stand for something in the data

  static let references = [
    Spoilt(
      "division: areas",
      "division: area",
      "plan.yml:3:11: There is no division \"area\". Did you mean areas? Known are: areas, circles."
    ),
    Spoilt(
      "region: A3",
      "region: A4",
      "plan.yml:4:9: No region is called \"A4\"."
    ),
    Spoilt(
      "[employment.share]",
      "[employment.shar]",
      "plan.yml:19:23: There is no indicator \"employment.shar\". Did you mean employment.share?"
        + " Known are: population.total, employment.share, employment.relative, tax.rate, low_income.share, contest.rank."
    ),
    Spoilt(
      "{series: population.total",
      "{series: population.totl",
      "plan.yml:24:18: There is no series \"population.totl\". Did you mean population.total?"
        + " Known are: population.total, employed.20_66, employment.base, tax.rate, low_income.share, contest.rank."
    ),
    Spoilt(
      "of: employed.20_66",
      "of: employed.20_6",
      "plan.yml:27:21: There is no series \"employed.20_6\". Did you mean employed.20_66?"
        + " Known are: population.total, employed.20_66, employment.base, tax.rate, low_income.share, contest.rank."
    ),
    Spoilt(
      "indicator: population.total",
      "indicator: populaton.total",
      "plan.yml:34:16: There is no indicator \"populaton.total\". Did you mean population.total?"
        + " Known are: population.total, employment.share, employment.relative, tax.rate, low_income.share, contest.rank."
    ),
    Spoilt(
      "kind: improve",
      "kind: best\n    peers: cirkles",
      "plan.yml:36:12: There is no peer set or region \"cirkles\". Did you mean circles? Known are: "
        + "areas, circles, Oslo, Sunnmøre, Østlandet sør."
    ),
    Spoilt(
      "kind: improve",
      "kind: improve\n    whom: Våler",
      "plan.yml:36:11: \"Våler\" is the name of several units: 3114 Våler (Østfold), 3419 Våler "
        + "(Innlandet). Give the code."
    ),
  ]

  @Test(arguments: references)
  func unknownNames(spoilt: Spoilt) throws {
    let count = MadeUpPlan.full.ranges(of: spoilt.old).count
    try #require(count == 1, "\"\(spoilt.old)\" stands \(count) times")
    let text = MadeUpPlan.full.replacing(spoilt.old, with: spoilt.new)
    #expect(errorText { try MadeUpPlan.resolved(text) } == spoilt.message)
  }

  @Test func aTargetWithoutBaseline() throws {
    #expect(
      errorText {
        try MadeUpPlan.status("kind: improve, indicator: population.total, baseline: 2019")
      }
        == """
        plan.yml:9:124: The target "t" has no baseline: Østlandet sør has no figure of \
        population.total in 2019. There are figures of 2020, 2021, 2022, 2023, 2024. Give the target \
        a baseline year of its own, or add the figure.
        """
    )
    #expect(
      errorText { try MadeUpPlan.status("kind: improve, scope: each, indicator: contest.rank") }
        == """
        plan.yml:9:5: The target "t" has no baseline: Moss, Våler, Våler has no figure of contest.rank \
        in 2022. There are figures of 2023, 2024. Give the target a baseline year of its own, or add \
        the figure.
        """
    )
  }
}
