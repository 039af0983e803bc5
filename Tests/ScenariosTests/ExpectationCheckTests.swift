import Scenarios
import TestSupport
import Testing

@Suite struct ExpectationCheckTests {
  private func unmet(_ expectation: String, indicators: String = "share") throws -> [String] {
    let scenario = try Sample.scenario(
      indicators: indicators,
      levers: ["id: up, kind: set, indicator: share, whom: Ask, value: 65.54"],
      more: "expect:\n  - {\(expectation)}"
    )
    return try Sample.run(scenario).unmetExpectations().map(\.description)
  }

  @Test(arguments: [
    "unit: Ask, place: 2, movement: 2, level: 65.54", "unit: Ask, level: 65.5",
    "unit: Ask, level: 66", "unit: 0101, year: 2020, place: 4, movement: 0, level: 50",
    "unit: R1, level: 62.77, place: 2", "unit: North, indicator: share, place: 2",
    "unit: 0205, place: 3, movement: −1", "unit: Dal, place: 1, movement: 0",
  ])
  func met(expectation: String) throws {
    let text = expectation.replacing("−", with: "-")
    #expect(try unmet(text).isEmpty)
  }

  @Test(arguments: [
    (
      "unit: Ask, place: 3, movement: 2, level: 65.6",
      [
        "sample.yml:11:12: Ask in 2022: place 3 was expected and is 2.",
        "sample.yml:11:12: Ask in 2022: level 65.6 was expected and is 65.54.",
      ]
    ),
    (
      "place: 2, unit: Ask, movement: -2",
      ["sample.yml:11:22: Ask in 2022: movement -2 was expected and is 2."]
    ),
    (
      "unit: Ask, level: 65",
      ["sample.yml:11:12: Ask in 2022: level 65 was expected and is 65.54."]
    ),
    (
      "unit: Berg, year: 2020, place: 3",
      ["sample.yml:11:12: Berg in 2020: place 3 was expected and is 2."]
    ),
  ])
  func reported(expectation: String, messages: [String]) throws {
    #expect(try unmet(expectation) == messages)
  }

  @Test(arguments: [
    ("unit: Xanadu, place: 1", "sample.yml:11:12: There is no unit \"Xanadu\"."),
    ("unit: Eid, place: 1", "sample.yml:11:12: \"Eid\" names several units."),
    ("unit: Ask, year: 2023, place: 1", "sample.yml:11:23: 2023 is outside the scenario's years."),
    (
      "unit: Ask, indicator: low, place: 1",
      "sample.yml:11:28: low is not among the scenario's indicators."
    ),
  ])
  func namesThatStandForNothing(expectation: String, message: String) {
    #expect(errorText { try unmet(expectation) } == message)
  }

  @Test func aSecondIndicatorAndAnEarlierYear() throws {
    let expectation = "unit: Ask, indicator: employed, year: 2021, level: 65.54, place: 2"
    #expect(
      try unmet(expectation, indicators: "share, employed") == [
        "sample.yml:11:12: Ask in 2021: place 2 was expected and is 3.",
        "sample.yml:11:12: Ask in 2021: level 65.54 was expected and is 50.",
      ]
    )
  }

  @Test func ofOneNameTheRegionIsMeantAsForTheFocus() throws {
    #expect(
      try unmet("unit: Dal, place: 2") == [
        "sample.yml:11:12: Dal in 2022: place 2 was expected and is 1."
      ]
    )
    let region = try Sample.scenario(
      levers: ["id: up, kind: set, indicator: share, whom: R3, value: 90"],
      more: "expect:\n  - {unit: Dal, place: 2}\n  - {unit: 0103, place: 3}"
    )
    #expect(try Sample.run(region).unmetExpectations().isEmpty)
  }
}
