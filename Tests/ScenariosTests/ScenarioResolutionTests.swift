import Documents
import Regions
import Scenarios
import TestSupport
import Testing

/// Names that stand for nothing: the whole message, with the place and the nearest name.
@Suite struct ScenarioResolutionTests {
  private func message(_ scenario: Scenario) -> String {
    errorText { try Simulation(scenario, catalogue: Sample.catalogue, panel: Sample.panel()) }
  }

  private static let growth = "id: up, kind: growth, series: employed, whom: Ask, value: 1"

  @Test func unknownDivision() throws {
    var scenario = try Sample.scenario()
    scenario.division.value = "part"
    #expect(
      message(scenario) == "sample.yml:2:11: There is no division \"part\". Did you mean parts? "
        + "Known are: parts, counties."
    )
  }

  @Test(arguments: [
    (
      "shar",
      "sample.yml:4:14: There is no indicator \"shar\". Did you mean share? Known are: share, low, "
        + "per_head, relative, employed, jobs, level, rate, contest."
    ),
    (
      "contest",
      "sample.yml:4:14: contest is a list of published places without the figures behind them; it "
        + "cannot be simulated."
    ),
  ])
  func indicators(id: String, expected: String) throws {
    #expect(message(try Sample.scenario(indicators: id)) == expected)
  }

  @Test(arguments: [
    ("Bergg", "No municipality or region is called \"Bergg\". Did you mean Berg?"),
    ("Xanadu", "No municipality or region is called \"Xanadu\"."),
    (
      "Eid",
      "\"Eid\" is the name of several units: 0104 Eid (East), 0205 Eid (West). Give the code."
    ),
  ])
  func unknownAndAmbiguousUnits(name: String, expected: String) throws {
    #expect(message(try Sample.scenario(focus: name)) == "sample.yml:3:8: \(expected)")
    let lever = "id: up, kind: growth, series: employed, whom: [Ask, \(name)], value: 1"
    let scenario = try Sample.scenario(levers: [lever])
    #expect(errorText { try Sample.run(scenario) } == "sample.yml:9:58: \(expected)")
    let reach = "id: up, kind: reach, indicator: share, whom: Ask, target: \(name)"
    #expect(
      errorText { try Sample.run(levers: [reach]) } == "sample.yml:9:64: \(expected)"
    )
  }

  @Test func aNameOfARegionAndAMunicipalityMeansTheRegion() throws {
    #expect(try Sample.run(try Sample.scenario(focus: "Dal")).focus.level == .region)
    #expect(try Sample.run(try Sample.scenario(focus: "0103")).focus.level == .municipality)
    #expect(try Sample.run(try Sample.scenario(focus: "Eid (West)")).focus.code == "0205")
  }

  @Test(arguments: [
    (
      "county/01",
      "There is no division \"county\". Known are: parts, counties."
    ),
    (
      "counties/Eastt",
      "There is no region of counties \"Eastt\". Did you mean East? Known are: 01 East, 02 West."
    ),
    ("counties/", "There is no region of counties \"\". Known are: 01 East, 02 West."),
  ])
  func unknownPaths(path: String, expected: String) throws {
    let lever = "id: up, kind: growth, series: employed, whom: \(path), value: 1"
    #expect(errorText { try Sample.run(levers: [lever]) } == "sample.yml:9:52: \(expected)")
  }

  @Test(arguments: [
    (
      "series: people_, whom: Ask",
      "sample.yml:9:36: There is no series \"people_\". Did you mean people? Known are: employed, "
        + "people, jobs, rate, contest."
    ),
    (
      "series: jobs, whom: Ask",
      "sample.yml:9:36: The lever \"up\" changes jobs, which no indicator of the scenario is "
        + "computed from. They are: employed, people."
    ),
    (
      "indicator: low, whom: Ask",
      "sample.yml:9:39: The lever \"up\" changes low, which is not among the scenario's indicators."
    ),
    (
      "indicator: lou, whom: Ask",
      "sample.yml:9:39: There is no indicator \"lou\". Did you mean low? Known are: share, low, "
        + "per_head, relative, employed, jobs, level, rate, contest."
    ),
  ])
  func subjects(subject: String, expected: String) throws {
    let lever = "id: up, kind: growth, \(subject), value: 1"
    #expect(message(try Sample.scenario(levers: [lever])) == expected)
  }

  @Test(arguments: ["set", "change"])
  func setAndChangeOfAnIndicatorRelativeToTheCountry(kind: String) throws {
    let lever = "indicator: relative, id: up, kind: \(kind), whom: Ask, value: 1"
    #expect(
      message(try Sample.scenario(indicators: "relative", levers: [lever]))
        == "sample.yml:9:17: relative is relative to the country, which the lever moves too. "
        + "Change its numerator employed, or use the kind reach or growth."
    )
  }

  @Test(arguments: [2020, 2023, 1999])
  func aLeverStartsAfterTheBaselineAndByTheHorizon(year: Int) throws {
    let lever = "from: \(year), until: 2030, " + Self.growth
    #expect(
      message(try Sample.scenario(levers: [lever]))
        == "sample.yml:9:12: The lever \"up\" starts in \(year), outside 2021–2022."
    )
  }

  @Test(arguments: ["growth: {employd: 1}", "borrow: {employd: jobs}"])
  func unknownKeysOfTheMovement(part: String) throws {
    let scenario = try Sample.scenario(others: "{move: trend, \(part)}")

    #expect(
      message(scenario) == "sample.yml:7:41: \"employd\" is no series of the scenario's "
        + "indicators. Did you mean employed? They are: employed, people."
    )
  }

  @Test func unknownLender() throws {
    let scenario = try Sample.scenario(others: "{move: trend, borrow: {employed: jubs}}")
    #expect(
      message(scenario) == "sample.yml:7:42: There is no series \"jubs\". Did you mean jobs? Known "
        + "are: employed, people, jobs, rate, contest."
    )
  }

  @Test func invalidNamesAndImpossibleFiguresAreOfDifferentKinds() throws {
    let invalid = #expect(throws: DocumentError.self) {
      try Sample.run(try Sample.scenario(focus: "Xanadu"))
    }
    let impossible = #expect(throws: DocumentError.self) {
      try Sample.run(try Sample.scenario(baseline: "{year: 2010}"))
    }
    #expect(invalid?.kind == .invalid)
    #expect(impossible?.kind == .impossible)
  }

  @Test func theSeriesToLoad() throws {
    let scenario = try Sample.scenario(
      indicators: "share, level",
      others: "{move: trend, borrow: {employed: low, people: contest}}"
    )
    #expect(
      try Simulation.series(of: scenario, catalogue: Sample.catalogue)
        == ["employed", "people", "rate", "jobs", "contest"]
    )
  }
}
