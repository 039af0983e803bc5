import Documents
import Scenarios
import TestSupport
import Testing

private let mustBeMapping = """
  The scenario must be a mapping of title, note, division, focus, indicators, baseline, horizon, \
  others, futures, levers, targets, sweep, expect
  """

/// What a reader is told who wrote a scenario wrongly: the whole message.
@Suite struct ScenarioErrorTests {
  private func expectMessage(_ spoilt: Spoilt) throws {
    let parts = ScenarioDecodingTests.full.ranges(of: spoilt.old)
    try #require(parts.count == 1, "\"\(spoilt.old)\" stands \(parts.count) times")
    let text = ScenarioDecodingTests.full.replacing(spoilt.old, with: spoilt.new)
    #expect(errorText { try ScenarioDecodingTests.decode(text) } == spoilt.message)
    #expect(throws: DocumentError.self) { try ScenarioDecodingTests.decode(text) }
  }

  @Test(arguments: Spoilt.syntax) func syntax(spoilt: Spoilt) throws { try expectMessage(spoilt) }
  @Test(arguments: Spoilt.keys) func keys(spoilt: Spoilt) throws { try expectMessage(spoilt) }
  @Test(arguments: Spoilt.values) func values(spoilt: Spoilt) throws { try expectMessage(spoilt) }
  @Test(arguments: Spoilt.choices) func choices(spoilt: Spoilt) throws { try expectMessage(spoilt) }
  @Test(arguments: Spoilt.years) func years(spoilt: Spoilt) throws { try expectMessage(spoilt) }
  @Test(arguments: Spoilt.levers) func levers(spoilt: Spoilt) throws { try expectMessage(spoilt) }
  @Test(arguments: Spoilt.others) func others(spoilt: Spoilt) throws { try expectMessage(spoilt) }
  @Test(arguments: Spoilt.sweeps) func sweeps(spoilt: Spoilt) throws { try expectMessage(spoilt) }

  @Test(arguments: [
    ("", "full.yml:1: The file is empty."),
    ("# Only a remark\n", "full.yml:1: The file is empty."),
    ("- a\n- b\n", "full.yml:1:1: \(mustBeMapping), not \"a list\""),
    ("42", "full.yml:1:1: \(mustBeMapping), not \"42\""),
  ])
  func wholeFiles(text: String, message: String) {
    #expect(errorText { try ScenarioDecodingTests.decode(text) } == message)
  }

  @Test func moreThanSixtyLevers() {
    #expect(
      errorText { try Sample.scenario(levers: ScenarioDecodingTests.manyLevers(61)) }
        == "sample.yml:1:1: The scenario can have at most 60 levers"
    )
  }
}
