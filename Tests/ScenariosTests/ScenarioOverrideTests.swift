import Documents
import Scenarios
import TestSupport
import Testing

/// `--set`: one number of one lever replaced.
@Suite struct ScenarioOverrideTests {
  private func scenario() throws -> Scenario {
    try Sample.scenario(
      horizon: 2025,
      levers: [
        "id: jobs, kind: growth, series: employed, whom: Ask, value: 1",
        "id: ask.moss, kind: reach, indicator: share, whom: Ask, target: Dal, from: 2022, "
          + "until: 2023",
      ]
    )
  }

  @Test func aValue() throws {
    let before = try scenario()
    let after = try before.setting("jobs.value=2.5")
    #expect(after.levers[0].value?.value == 2.5)
    #expect(before.levers[0].value?.value == 1)
    var restored = after
    restored.levers[0].value = before.levers[0].value
    #expect(restored == before, "Nothing else changes.")
    expectClose(try Sample.run(after).numerators(2021)[0], 51.25)
  }

  @Test func theStartMovesTheEndOfAStep() throws {
    let lever = try scenario().setting("jobs.from=2023").levers[0]
    #expect((lever.from.value, lever.until.value) == (2023, 2023))
  }

  @Test func theStartOfARampLeavesItsEnd() throws {
    let lever = try scenario().setting("ask.moss.from=2021").levers[1]
    #expect((lever.from.value, lever.until.value) == (2021, 2023))
  }

  @Test func theEnd() throws {
    let lever = try scenario().setting("jobs.until=2024").levers[0]
    #expect((lever.from.value, lever.until.value) == (2021, 2024))
  }

  @Test(arguments: [
    ("jobs.value", "It must read ID.KEY=NUMBER, such as jobs.value=2.5."),
    ("jobs=2", "It must read ID.KEY=NUMBER, such as jobs.value=2.5."),
    ("jobs.value=", "It must read ID.KEY=NUMBER, such as jobs.value=2.5."),
    ("", "It must read ID.KEY=NUMBER, such as jobs.value=2.5."),
    (
      "job.value=2",
      "There is no lever \"job\". Did you mean jobs? They are: jobs, ask.moss."
    ),
    ("xyz.value=2", "There is no lever \"xyz\". They are: jobs, ask.moss."),
    ("jobs.valu=2", "There is no key \"valu\". Did you mean value? They are: value, from, until."),
    ("jobs.ramp=2", "There is no key \"ramp\". They are: value, from, until."),
    ("jobs.value=two", "The value must be a number with a decimal point, not \"two\"."),
    ("jobs.value=2,5", "The value must be a number with a decimal point, not \"2,5\"."),
    ("jobs.value=nan", "The value must be a number with a decimal point, not \"nan\"."),
    ("jobs.value=-100", "The lever \"jobs\" must grow by more than −100 per cent."),
    ("jobs.from=2022.5", "The year must be a whole number, not \"2022.5\"."),
    (
      "jobs.until=9223372036854775807",
      "The year must be a whole number, not \"9223372036854775807\"."
    ),
    ("jobs.until=2020", "The lever \"jobs\" ends (until) before it starts (from)."),
    ("ask.moss.value=1", "The lever \"ask.moss\" has no value: it reaches another unit's level."),
  ])
  func refused(text: String, message: String) throws {
    let scenario = try scenario()
    #expect(errorText { try scenario.setting(text) } == "--set \(text): \(message)")
  }

  @Test func aStartAfterTheEndOfItsRampIsRefusedAtTheEnd() throws {
    let scenario = try scenario()
    #expect(
      errorText { try scenario.setting("ask.moss.from=2024") }
        == "sample.yml:10:94: The lever \"ask.moss\" ends (until) before it starts (from)."
    )
  }

  @Test func aScenarioWithoutLevers() throws {
    let scenario = try Sample.scenario()
    #expect(
      errorText { try scenario.setting("jobs.value=1") }
        == "--set jobs.value=1: There is no lever \"jobs\". It has none."
    )
  }

  @Test func aYearOutsideTheScenarioIsRefusedWhenItIsRun() throws {
    let late = try scenario().setting("jobs.from=2030")
    #expect(
      errorText { try Sample.run(late) }
        == "--set jobs.from=2030: The lever \"jobs\" starts in 2030, outside 2021–2025."
    )
  }
}
