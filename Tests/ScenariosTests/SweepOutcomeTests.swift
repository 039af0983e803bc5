import Documents
import Regions
import Scenarios
import TestSupport
import Testing

@Suite struct SweepOutcomeTests {
  private let lever = "id: up, kind: change, series: employed, whom: Dal, value: 7"

  private func sweep(_ text: String) throws -> SweepOutcome? {
    let scenario = try Sample.scenario(levers: [lever], more: "sweep: \(text)")
    return try Simulation.sweep(scenario, catalogue: Sample.catalogue, panel: Sample.panel())
  }

  @Test func oneOutcomePerValue() throws {
    let outcome = try #require(try sweep("{lever: up, from: −30, to: 10, step: 20}"))
    #expect(outcome.lever == "up")
    #expect(outcome.steps.map(\.value) == [-30, -10, 10])
    let found = try outcome.steps.map { try $0.outcome.get() }
    #expect(try found.map { try $0.values(2022)[2] } == [50, 70, 90])
    #expect(found.map { $0.scenario.levers[0].value?.value } == [-30, -10, 10])
    let places = try found.map { try $0.standings(2022).region?.places }
    #expect(places == [[1, 3, 2], [2, 1, 3], [2, 1, 3]])
  }

  @Test func aStepThatBreaksALimitIsKeptAsAFailure() throws {
    let outcome = try #require(try sweep("{lever: up, from: 10, to: 30, step: 10}"))
    try #require(outcome.steps.count == 3)
    #expect(try outcome.steps[1].outcome.get().values(2022)[2] == 100)
    #expect(
      errorText { try outcome.steps[2].outcome.get() }
        == "sample.yml:10:16: The lever \"up\" breaks "
        + "a limit: Dal (0103) in 2021 gets share 110 %; a share stays within 0–100 %."
    )
  }

  @Test func withoutASweepThereIsNone() throws {
    let scenario = try Sample.scenario(levers: [lever])
    let none = try Simulation.sweep(scenario, catalogue: Sample.catalogue, panel: Sample.panel())
    #expect(none == nil)
  }

  @Test func unknownNamesStopAllSteps() throws {
    var scenario = try Sample.scenario(
      levers: [lever],
      more: "sweep: {lever: up, from: 0, to: 1, step: 1}"
    )
    scenario.focus.value = "Xanadu"
    #expect(throws: DocumentError.self) {
      try Simulation.sweep(scenario, catalogue: Sample.catalogue, panel: Sample.panel())
    }
  }
}
