import Regions
import Scenarios
import TestSupport
import Testing

/// Each kind of lever on each part of an indicator, against values computed by hand.
@Suite struct LeverTests {
  /// A lever and the figures that it gives in 2022.
  struct Case: Sendable, CustomTestStringConvertible {
    let lever: String
    var employed = [50.0, 60, 80, 45, 30]
    var people = [100.0, 100, 100, 90, 50]
    var testDescription: String { lever }
  }

  static let growth = [
    Case(
      lever: "kind: growth, series: employed, whom: Ask, value: 10",
      employed: [60.5, 60, 80, 45, 30]
    ),
    Case(
      lever: "kind: growth, series: people, whom: [Ask, Dal], value: 10",
      people: [121, 100, 121, 90, 50]
    ),
    Case(
      lever: "kind: growth, indicator: share, whom: R1, value: 10",
      employed: [60.5, 72.6, 80, 45, 30]
    ),
    Case(
      lever: "kind: growth, series: employed, whom: everyone, value: −50",
      employed: [12.5, 15, 20, 11.25, 7.5]
    ),
    Case(
      lever: "kind: growth, series: employed, whom: counties/West, value: 10, from: 2022",
      employed: [50, 60, 80, 45, 33]
    ),
  ]

  static let change = [
    Case(
      lever: "kind: change, series: employed, whom: R1, value: 22",
      employed: [60, 72, 80, 45, 30]
    ),
    Case(
      lever: "kind: change, series: people, whom: [0104, 0205], value: 28",
      people: [100, 100, 100, 108, 60]
    ),
    Case(
      lever: "kind: change, indicator: share, whom: R1, value: 5",
      employed: [55, 65, 80, 45, 30]
    ),
    Case(
      lever: "kind: change, series: employed, whom: counties/01, value: −47",
      employed: [40, 48, 64, 36, 30]
    ),
  ]

  static let level = [
    Case(
      lever: "kind: set, series: employed, whom: R1, value: 132",
      employed: [60, 72, 80, 45, 30]
    ),
    Case(
      lever: "kind: set, series: people, whom: R1, value: 250",
      people: [125, 125, 100, 90, 50]
    ),
    Case(
      lever: "kind: set, indicator: share, whom: [R1, Dal], value: 70",
      employed: [70, 70, 70, 45, 30]
    ),
    Case(
      lever: "kind: reach, indicator: share, whom: [Ask, Dal, 0104], target: Berg",
      employed: [60, 60, 80, 54, 30]
    ),
    Case(
      lever: "kind: reach, indicator: share, whom: everyone, target: R1",
      employed: [55, 60, 80, 49.5, 30]
    ),
    Case(
      lever: "kind: reach, series: employed, whom: R3, target: R1",
      employed: [50, 60, 80, 66, 44]
    ),
    Case(
      lever: "kind: reach, series: people, whom: R3, target: counties/01",
      people: [100, 100, 100, 390 * 90 / 140, 390 * 50 / 140]
    ),
  ]

  @Test(arguments: growth + change + level)
  func figuresByHand(expected: Case) throws {
    let panel = try Sample.panel()
    let outcome = try Sample.run(levers: ["id: one, " + expected.lever], panel)
    expectClose(try outcome.numerators(2022), expected.employed)
    expectClose(try outcome.denominators(2022), expected.people)
    let shares = zip(expected.employed, expected.people).map { 100 * $0 / $1 }
    expectClose(try outcome.values(2022), shares)
    let (e, p) = (expected.employed, expected.people)
    expectClose(
      try outcome.regionValues(2022),
      [
        100 * (e[0] + e[1]) / (p[0] + p[1]), 100 * e[2] / p[2],
        100 * (e[3] + e[4]) / (p[3] + p[4]),
      ]
    )
    let without = try #require(outcome.indicators[0].withoutLevers.last)
    #expect(without.municipality.levels.values == [50, 60, 80, 50, 60])
  }

  @Test func lowerIsBetterWhereTheIndicatorSaysSo() throws {
    let panel = try Sample.panel([
      "jobs": [2020: [10, 20, 30, 9, 25]], "people": [2020: Sample.people],
    ])
    let lever = "id: one, kind: reach, indicator: low, whom: everyone, target: Berg"
    let outcome = try Sample.run("low", levers: [lever], panel)
    expectClose(try outcome.numerators(2022), [10, 20, 20, 9, 10])
  }

  @Test func aChangeWhereAllAreZeroIsSpreadEvenly() throws {
    let panel = try Sample.panel([
      "employed": [2020: [0, 0, 80, 45, 30]], "people": [2020: Sample.people],
    ])
    for kind in ["change", "set"] {
      let lever = "id: one, kind: \(kind), series: employed, whom: R1, value: 30"
      #expect(try Sample.run(levers: [lever], panel).numerators(2022) == [15, 15, 80, 45, 30])
    }
  }

  /// A sum is changed by persons and reached as a whole; there is no ratio to turn back.
  @Test(arguments: [
    ("kind: change, indicator: employed, whom: R1, value: 5", [55, 65, 80, 45, 30]),
    ("kind: reach, indicator: employed, whom: 0205, target: R1", [50, 60, 80, 45, 110]),
    ("kind: growth, series: employed, whom: Ask, value: 100", [200.0, 60, 80, 45, 30]),
  ])
  func sums(lever: String, expected: [Double]) throws {
    #expect(try Sample.run("employed", levers: ["id: one, " + lever]).values(2022) == expected)
  }

  /// A rate is changed itself; the inhabitants only weigh it.
  @Test(arguments: [
    ("kind: set, indicator: level, whom: R1, value: 70", [70.0, 70, 30, 40, 50]),
    ("kind: change, indicator: level, whom: R1, value: 5", [15, 25, 30, 40, 50]),
    ("kind: growth, indicator: level, whom: Ask, value: 100", [40, 20, 30, 40, 50]),
    ("kind: reach, indicator: level, whom: everyone, target: 0104", [40, 40, 40, 40, 50]),
    ("kind: reach, indicator: level, whom: Ask, target: R3", [6100.0 / 140, 20, 30, 40, 50]),
  ])
  func rates(lever: String, expected: [Double]) throws {
    let panel = try Sample.panel([
      "rate": [2020: [10, 20, 30, 40, 50]], "people": [2020: Sample.people],
    ])
    let outcome = try Sample.run("level", levers: ["id: one, " + lever], panel)
    expectClose(try outcome.values(2022), expected)
    expectClose(try outcome.regionValues(2022)[0], (expected[0] + expected[1]) / 2)
  }

  @Test func whoReachesAnotherSharesItsPlace() throws {
    let panel = try Sample.panel([
      "employed": [2020: [49, 61, 83, 44, 29]], "people": [2020: [97, 101, 103, 89, 53]],
    ])
    let lever = "id: one, kind: reach, indicator: share, whom: [Ask, 0104, 0205], target: Berg"
    let standings = try Sample.run(levers: [lever], panel).standings(2022)
    #expect(standings.municipality.places == [2, 2, 1, 2, 2])
    #expect(Set(standings.municipality.levels.values).count == 2)
  }

  @Test func relativeToTheCountryBothLevelsFollowFromTheSameFigures() throws {
    let lever = "id: one, kind: growth, series: employed, whom: Dal, value: 10, from: 2022"
    let outcome = try Sample.run("relative", levers: [lever])
    let country = (50 + 60 + 88 + 45 + 30) / 440.0
    expectClose(try outcome.values(2022), [0.5, 0.6, 0.88, 0.5, 0.6].map { 100 * $0 / country })
    expectClose(try outcome.regionValues(2022)[0], 100 * 0.55 / country)
  }

  // MARK: - Years

  @Test func growthCompoundsAlongItsRamp() throws {
    let ramp = "value: 30, from: 2022, until: 2024, ramp: linear"
    let lever = "id: one, kind: growth, series: employed, whom: Ask, \(ramp)"
    let outcome = try Sample.run("employed", levers: [lever], horizon: 2025)
    let expected = [50, 50, 50 * 1.1, 50 * 1.1 * 1.2, 50 * 1.1 * 1.2 * 1.3]
    for (year, value) in zip(2020...2024, expected) {
      expectClose(try outcome.values(year)[0], value, "\(year)")
    }
    expectClose(try outcome.values(2025)[0], 50 * 1.1 * 1.2 * 1.3 * 1.3)
  }

  @Test(arguments: [
    ("linear", [50.0, 50, 54, 58, 62, 62]), ("step", [50.0, 50, 62, 62, 62, 62]),
  ])
  func changeAndSetFollowTheirRamp(ramp: String, expected: [Double]) throws {
    let when = "from: 2022, until: 2024, ramp: \(ramp)"
    for amount in ["kind: change, value: 12", "kind: set, value: 62"] {
      let lever = "id: one, series: employed, whom: Ask, \(amount), \(when)"
      let outcome = try Sample.run("employed", levers: [lever], horizon: 2025)
      let found = try (2020...2025).map { try outcome.values($0)[0] }
      expectClose(found, expected)
    }
  }

  @Test func reachingFollowsItsRamp() throws {
    let lever = """
      id: one, kind: reach, indicator: share, whom: Ask, target: Dal, from: 2021, until: 2022, \
      ramp: s-curve
      """
    let outcome = try Sample.run(levers: [lever], horizon: 2022)
    expectClose(try outcome.values(2021)[0], 65)
    #expect(try outcome.values(2022)[0] == 80)
  }

  // MARK: - Several levers

  @Test(arguments: [(["set", "grow"], 72.6), (["grow", "set"], 60.0)])
  func leversActInTheirOrder(order: [String], expected: Double) throws {
    let levers = [
      "set": "id: set, kind: set, series: employed, whom: Ask, value: 60",
      "grow": "id: grow, kind: growth, series: employed, whom: Ask, value: 10",
    ]
    let outcome = try Sample.run(levers: order.map { try #require(levers[$0]) })
    expectClose(try outcome.numerators(2022)[0], expected)
  }

  @Test func aLaterLeverReachesWhatAnEarlierOneRaised() throws {
    let raise = "id: raise, kind: change, series: employed, whom: Berg, value: 10"
    let reach = "id: reach, kind: reach, indicator: share, whom: Ask, target: Berg"
    expectClose(try Sample.run(levers: [raise, reach]).values(2022)[0], 70)
    expectClose(try Sample.run(levers: [reach, raise]).values(2022)[0], 60)
  }

  @Test func numeratorAndDenominatorOfOneIndicator() throws {
    let levers = [
      "id: jobs, kind: change, series: employed, whom: Ask, value: 10",
      "id: people, kind: change, series: people, whom: Ask, value: 20",
    ]
    let outcome = try Sample.run(levers: levers)
    expectClose(try outcome.values(2022)[0], 50)
    expectClose(try outcome.numerators(2022)[0], 60)
  }

  // MARK: - Combined units

  /// The two called Eid have one figure together.
  private func combinedPanel() throws -> Panel {
    try Sample.panel([
      "employed": [2020: [50, 60, 80, nil, nil, 75]],
      "people": [2020: [100, 100, 100, nil, nil, 140]],
    ])
  }

  @Test(arguments: ["R3", "everyone", "0190", "[0190, R3, 0104, 0205]"])
  func aLeverOnAllMembersMovesTheCombinedUnitOnce(whom: String) throws {
    let lever = "id: one, kind: change, indicator: share, whom: \(whom), value: 10"
    let outcome = try Sample.run(levers: [lever], try combinedPanel())
    expectClose(try #require(try outcome.numerators(2022).last), 75 + 14)
    expectClose(try outcome.regionValues(2022)[2], 100 * 89 / 140)
  }

  @Test func aRegionOfACombinedUnitCanBeReached() throws {
    let lever = "id: one, kind: reach, indicator: share, whom: Ask, target: R3"
    expectClose(try Sample.run(levers: [lever], try combinedPanel()).values(2022)[0], 7500 / 140)
  }

  @Test func aMemberAloneHasNoFigures() throws {
    let lever = "id: one, kind: growth, series: employed, whom: 0104, value: 10"
    #expect(
      errorText { try Sample.run(levers: [lever], try combinedPanel()) }
        == "sample.yml:9:53: The lever \"one\" names 0104, which has no figures of share in 2020."
    )
    let reach = "id: one, kind: reach, indicator: share, whom: Ask, target: 0104"
    #expect(
      errorText { try Sample.run(levers: [reach], try combinedPanel()) }
        == "sample.yml:9:65: 0104 has no figures of share to reach."
    )
  }
}
