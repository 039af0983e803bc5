import Documents
import Regions
import Scenarios
import TestSupport
import Testing

/// A run that breaks a limit stops and names the lever, the unit and the year.
@Suite struct LimitTests {
  @Test(arguments: [
    (
      "value: 10, id: up, kind: growth, series: employed, whom: everyone",
      "Dal (0103) in 2023 gets share 106.5 %; a share stays within 0–100 %"
    ),
    (
      "value: 101, id: up, kind: set, indicator: share, whom: 0205, from: 2023",
      "Eid (0205) in 2023 gets share 101 %; a share stays within 0–100 %"
    ),
    (
      "value: −60, id: up, kind: change, series: people, whom: Ask",
      "Ask (0101) in 2021 gets share 125 %; a share stays within 0–100 %"
    ),
    (
      "value: −60, id: up, kind: change, series: employed, whom: Ask, until: 2023, ramp: linear",
      "Ask (0101) in 2023 gets employed -10, below 0"
    ),
    (
      "value: −100, id: up, kind: change, series: people, whom: Berg",
      "Berg (0102) in 2021 gets people 0; it must stay above 0"
    ),
    (
      "value: −1, id: up, kind: set, series: people, whom: Berg",
      "Berg (0102) in 2021 gets people -1; it must stay above 0"
    ),
  ])
  func theLeverIsNamed(lever: String, expected: String) throws {
    let first = "id: harmless, kind: growth, series: employed, whom: 0104, value: 1"
    let error = #expect(throws: DocumentError.self) {
      try Sample.run(levers: [first, lever], horizon: 2023)
    }
    #expect(error?.description == "sample.yml:10:13: The lever \"up\" breaks a limit: \(expected).")
    #expect(error?.kind == .impossible)
  }

  @Test func aShareOfExactlyOneIsAllowed() throws {
    let lever = "id: all, kind: set, indicator: share, whom: everyone, value: 100"
    #expect(try Sample.run(levers: [lever]).values(2022) == [100, 100, 100, 100, 100])
  }

  @Test func aRatioThatIsNoShareMayExceedOne() throws {
    let panel = try Sample.panel([
      "jobs": [2020: Sample.employed], "people": [2020: Sample.people],
    ])
    let lever = "id: up, kind: set, indicator: per_head, whom: Ask, value: 1.5"
    #expect(try Sample.run("per_head", levers: [lever], panel).values(2022)[0] == 1.5)
  }

  @Test func theMaximumOfASeries() throws {
    let panel = try Sample.panel(["rate": [2020: [10, 20, 30, 40, 50]]])
    let lever = "value: 100.5, id: up, kind: set, indicator: rate, whom: Ask"
    let scenario = try Sample.scenario(indicators: "rate", focus: "Ask", levers: [lever])
    #expect(
      errorText { try Sample.run(scenario, panel) } == "sample.yml:9:13: The lever \"up\" breaks a "
        + "limit: Ask (0101) in 2021 gets rate 100.5, above 100."
    )
  }

  @Test func theMovementIsNamed() throws {
    let others = "{move: national, growth: {employed: 30, people: 0}}"
    #expect(
      errorText { try Sample.run(try Sample.scenario(others: others)) }
        == "sample.yml:7:16: The movement without levers breaks a limit: Dal (0103) in 2021 gets "
        + "share 104 %; a share stays within 0–100 %. Lower others.weight or others.growth."
    )
  }

  /// A municipality without inhabitants in the group has no value; it does not stop the others.
  @Test func nobodyInTheDenominatorAtTheBaseline() throws {
    let panel = try Sample.panel([
      "employed": [2020: [0, 60, 80, 45, 30]], "people": [2020: [0, 100, 100, 90, 50]],
    ])
    for subject in ["series: employed", "indicator: share"] {
      let lever = "id: up, kind: growth, \(subject), whom: R1, value: 10, from: 2022"
      let outcome = try Sample.run(levers: [lever], panel)
      #expect(try outcome.values(2022)[0].isNaN)
      expectClose(try outcome.regionValues(2022)[0], 66)
    }
  }

  // MARK: - Figures that are not there

  @Test func theFocusNeedsAValueAtTheBaseline() throws {
    let panel = try Sample.panel([
      "employed": [2019: Sample.employed, 2020: [nil, 60, 80, 45, 30]],
      "people": [2019: Sample.people, 2020: Sample.people],
    ])
    let without = try Sample.scenario(focus: "Ask")
    #expect(
      errorText { try Sample.run(without, panel) }
        == "sample.yml:3:8: Ask has no value of share in "
        + "2020. Another baseline year, or baseline.fill: carry, may help."
    )
    let filled = try Sample.scenario(baseline: "{year: 2020, fill: carry}", focus: "Ask")
    #expect(try Sample.run(filled, panel).values(2022)[0] == 50)
  }

  @Test func noFiguresInTheBaselineYear() throws {
    #expect(
      errorText { try Sample.run(try Sample.scenario(baseline: "{year: 2019}")) }
        == "sample.yml:5:18: share has no figures for 2019. It has figures for 2020. Choose "
        + "one of these years."
    )
  }

  @Test func aRegionHasNoValueOfARate() throws {
    let panel = try Sample.panel(["rate": [2020: [10, 20, 30, 40, 50]]])
    #expect(
      errorText { try Sample.run(try Sample.scenario(indicators: "rate"), panel) }
        == "sample.yml:3:8: rate cannot be computed for regions. Never averaged."
    )
    let outcome = try Sample.run(try Sample.scenario(indicators: "rate", focus: "Ask"), panel)
    #expect(try outcome.standings(2022).region == nil)
  }

  // MARK: - Values

  @Test func aRunLeavesThePanelAsItWas() throws {
    let panel = try Sample.panel()
    let before = ["employed", "people"].map { panel.column($0, year: 2020) }
    let lever = "id: up, kind: growth, series: employed, whom: everyone, value: 10"
    let simulation = try Simulation(
      try Sample.scenario(levers: [lever]),
      catalogue: Sample.catalogue,
      panel: panel
    )
    let first = try simulation.run()
    let second = try simulation.run()
    #expect(isUnchanged(panel, before))
    #expect(first.indicators[0].withLevers == second.indicators[0].withLevers)
    #expect(try first.values(2020) == [50, 60, 80, 50, 60])
  }

  private func isUnchanged(_ panel: Panel, _ before: [Column]) -> Bool {
    zip(["employed", "people"], before).allSatisfy {
      let now = panel.column($0, year: 2020)
      return isSame(now.values, $1.values) && now.statuses == $1.statuses && now.years == $1.years
    }
  }
}
