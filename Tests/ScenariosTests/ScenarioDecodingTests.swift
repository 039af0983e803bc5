import Documents
import Regions
import Scenarios
import TestSupport
import Testing

/// What the parts of a scenario file become.
@Suite struct ScenarioDecodingTests {
  /// A scenario that uses every key; `ScenarioErrorTests` spoils a word of it at a time.
  static let full = """
    title:
      nb: Prøve
      en: Sample
    note: {nb: Hvorfor, en: Why}
    division: parts
    focus: 0301
    indicators: [share, count]
    baseline: {year: 2020, fill: carry}
    horizon: 2030
    others:
      move: trend
      focus: hold
      window: 7
      weight: 0.5
      growth: {employed: 1.5}
      borrow: {people: jobs}
    levers:
      - id: first
        kind: growth
        series: employed
        whom: [R1, 0301, counties/03, everyone]
        value: −1.5
        from: 2022
        until: 2025
        ramp: s-curve
      - {id: second, kind: reach, indicator: share, whom: Ask, target: 0102}
    sweep: {lever: first, from: 0, to: 1, step: 0.25}
    expect:
      - {unit: 0301, year: 2022, indicator: count, place: 51, movement: -3, level: 77.640}
      - {unit: R1, level: 7}
    """

  static func decode(_ text: String) throws -> Scenario {
    try Scenario(id: "full", file: "full.yml", text: text)
  }

  @Test func headOfAFullScenario() throws {
    let scenario = try Self.decode(Self.full)
    #expect(scenario.id == "full")
    #expect(scenario.title == LocalizedText(nb: "Prøve", en: "Sample"))
    #expect(scenario.note == LocalizedText(nb: "Hvorfor", en: "Why"))
    #expect(scenario.division.value == "parts")
    #expect(scenario.focus == Located("0301", at: Self.place(6, 8)))
    #expect(scenario.indicators.map(\.value) == ["share", "count"])
    #expect(scenario.baselineYear.value == 2020)
    #expect(scenario.fill == .carry)
    #expect(scenario.horizon == Located(2030, at: Self.place(9, 10)))
    #expect(scenario.years == Array(2021...2030))
  }

  @Test func movementOfAFullScenario() throws {
    let others = try Self.decode(Self.full).others
    #expect(others.kind == Located(.trend, at: Self.place(11, 9)))
    #expect(others.focusHolds)
    #expect(others.window == 7)
    #expect(others.weight == 0.5)
    #expect(others.growth == ["employed": Located(0.015, at: Self.place(15, 22))])
    #expect(others.borrow == ["people": Located("jobs", at: Self.place(16, 20))])
  }

  @Test func leversOfAFullScenario() throws {
    let levers = try Self.decode(Self.full).levers
    try #require(levers.map(\.id) == ["first", "second"])
    #expect(levers[0].kind == .growth)
    #expect(levers[0].subject == .series(Located("employed", at: Self.place(20, 13))))
    #expect(levers[0].whom.map(\.value) == ["R1", "0301", "counties/03", "everyone"])
    #expect(levers[0].value == Located(-1.5, at: Self.place(22, 12)))
    #expect(levers[0].target == nil)
    #expect(levers[0].from.value == 2022)
    #expect(levers[0].until.value == 2025)
    #expect(levers[0].ramp == .sCurve)
    #expect(levers[1].kind == .reach)
    #expect(levers[1].subject == .indicator(Located("share", at: Self.place(26, 42))))
    #expect(levers[1].whom.map(\.value) == ["Ask"])
    #expect(levers[1].value == nil)
    #expect(levers[1].target?.value == "0102")
  }

  @Test func aLeverStartsInFullInTheYearAfterTheBaseline() throws {
    let lever = try #require(try Self.decode(Self.full).levers.last)
    #expect(lever.from.value == 2021)
    #expect(lever.until.value == 2021)
    #expect(lever.ramp == .step)
  }

  @Test func sweepAndExpectationsOfAFullScenario() throws {
    let scenario = try Self.decode(Self.full)
    #expect(scenario.sweep?.lever.value == "first")
    #expect(scenario.sweep?.values == [0, 0.25, 0.5, 0.75, 1])
    try #require(scenario.expectations.count == 2)
    let (first, second) = (scenario.expectations[0], scenario.expectations[1])
    #expect(first.unit.value == "0301")
    #expect(first.year?.value == 2022)
    #expect(first.indicator?.value == "count")
    #expect(first.place == 51)
    #expect(first.movement == -3)
    #expect(first.level?.value == 77.64)
    #expect(first.level?.decimals == 3)
    #expect(second.place == nil && second.movement == nil && second.year == nil)
    #expect(second.level?.decimals == 0)
  }

  @Test func defaults() throws {
    let scenario = try Self.decode(
      """
      title: {nb: Prøve, en: Sample}
      focus: Moss
      indicators: share
      baseline: {year: 2020}
      horizon: 2021
      levers:
      expect:
      """
    )
    #expect(scenario.note == LocalizedText(nb: "", en: ""))
    #expect(scenario.division.value == "regions-73")
    #expect(scenario.indicators.map(\.value) == ["share"])
    #expect(scenario.fill == .none)
    #expect(scenario.others.kind.value == .hold)
    #expect(!scenario.others.focusHolds)
    #expect(scenario.others.window == 5)
    #expect(scenario.others.weight == 1)
    #expect(scenario.others.growth.isEmpty && scenario.others.borrow.isEmpty)
    #expect(scenario.levers.isEmpty && scenario.expectations.isEmpty)
    #expect(scenario.sweep == nil)
  }

  @Test(arguments: [
    ("{lever: first, from: 0, to: 2000, step: 500}", [0, 500, 1000, 1500, 2000]),
    ("{lever: first, from: 1, to: -1, step: -1}", [1, 0, -1]),
    ("{lever: first, from: 0, to: 1, step: 0.4}", [0, 0.4, 0.8]),
    ("{lever: first, from: 3, to: 3, step: 1}", [3]),
    ("{lever: first, from: 1_000, to: 1_001, step: 1}", [1000, 1001]),
  ])
  func sweepValues(text: String, expected: [Double]) throws {
    let old = "{lever: first, from: 0, to: 1, step: 0.25}"
    let scenario = try Self.decode(Self.full.replacing(old, with: text))
    #expect(scenario.sweep?.values == expected)
  }

  /// Tenths do not add up exactly; the last value counts all the same.
  @Test func aSweepKeepsItsLastValue() throws {
    let text = Self.full.replacing("to: 1, step: 0.25", with: "to: 0.3, step: 0.1")
    expectClose(try #require(try Self.decode(text).sweep).values, [0, 0.1, 0.2, 0.3])
  }

  @Test func sixtyLeversAreAllowed() throws {
    #expect(try Sample.scenario(levers: Self.manyLevers(60)).levers.count == 60)
  }

  static func manyLevers(_ count: Int) -> [String] {
    (1...count).map { "id: l\($0), kind: growth, series: employed, whom: Ask, value: 1" }
  }

  static func place(_ line: Int, _ column: Int) -> SourcePlace {
    SourcePlace(file: "full.yml", line: line, column: column)
  }
}
