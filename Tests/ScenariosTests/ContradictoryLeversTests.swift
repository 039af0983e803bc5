import TestSupport
import Testing

@testable import Scenarios

/// Two levers that fix the same figures.
@Suite struct ContradictoryLeversTests {
  private func text(_ second: String) -> String {
    """
    title: {nb: Prøve, en: Trial}
    focus: R03
    indicators: [employment.share]
    baseline: {year: 2019}
    horizon: 2023
    levers:
      - {id: first, kind: set, series: employed.20_66, whom: R03, value: 40000}
      - \(second)
    """
  }

  private func run(_ second: String) throws {
    let scenario = try Scenario(id: "trial", file: "trial.yml", text: text(second))
    _ = try Simulation(
      scenario,
      catalogue: try NorwayDataset.catalogue(),
      panel: try NorwayDataset.panel()
    )
  }

  @Test func bothFixTheSameFigures() throws {
    let message = errorText {
      try run("{id: second, kind: set, series: employed.20_66, whom: [Oslo, Moss], value: 30000}")
    }
    #expect(
      message
        == "trial.yml:8:5: The levers \"first\" and \"second\" contradict each other: both fix "
        + "employed.20_66 of Moss."
    )
  }

  @Test(arguments: [
    "{id: second, kind: growth, series: employed.20_66, whom: Moss, value: 1}",
    "{id: second, kind: set, series: employed.20_66, whom: Oslo, value: 400000}",
    "{id: second, kind: set, series: employed.20_66, whom: Moss, value: 30000, from: 2022}",
    "{id: second, kind: reach, series: employed.20_66, whom: Moss, target: Råde}",
    "{id: second, kind: set, series: employment.base, whom: R03, value: 60000}",
  ])
  func othersDoNotContradict(second: String) throws { try run(second) }
}
