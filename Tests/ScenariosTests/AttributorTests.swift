import Regions
import Scenarios
import TestSupport
import Testing

/// Whence the movement comes, and who passes whom.
@Suite struct AttributorTests {
  /// Ask and Berg gain: by themselves Ask would climb two places, but Berg's climb takes one.
  private static let both = [
    "id: ask, kind: change, indicator: share, whom: Ask, value: 15",
    "id: berg, kind: change, indicator: share, whom: Berg, value: 10",
  ]

  @Test func ownAndOthersByHand() throws {
    let outcome = try Sample.run(levers: Self.both)
    let ask = try outcome.attribution("0101")
    #expect(try outcome.standings(2020).municipality.places == [4, 2, 1, 4, 2])
    #expect(try outcome.standings(2022).municipality.places == [3, 2, 1, 5, 4])
    #expect((ask.movement, ask.own, ask.others) == (1, 1.5, -0.5))
    #expect(ask.leverEffect == 1)
    let berg = try outcome.attribution("0102")
    #expect((berg.movement, berg.own, berg.others) == (0, 0.5, -0.5))
  }

  @Test func leverSharesByHand() throws {
    let ask = try Sample.run(levers: Self.both).attribution("0101")
    try #require(ask.levers.map(\.lever) == ["ask", "berg"])
    // Alone "ask" leads from 4 to 2, "berg" from 4 to 4; together they lead to 3.
    #expect(ask.levers.map(\.places) == [1.5, -0.5])
    expectClose(ask.levers.map(\.value), [15, 0], absolute: 1e-12)
    let north = try Sample.run(levers: Self.both).attribution("R1")
    expectClose(north.levers.map(\.value), [7.5, 5])
  }

  @Test func whenOnlyTheFocusMovesTheOthersPartIsNone() throws {
    let lever = "id: up, kind: growth, series: employed, whom: R1, value: 20"
    for indicator in ["share", "relative", "employed"] {
      let outcome = try Sample.run(indicator, levers: [lever])
      let north = try outcome.attribution("R1")
      #expect(north.others == 0)
      #expect(north.own == north.movement)
      #expect(north.movement == north.leverEffect)
    }
  }

  @Test func whenOnlyTheOthersMoveTheOwnPartIsNone() throws {
    let lever = "id: up, kind: growth, series: employed, whom: R3, value: 20"
    let north = try Sample.run(levers: [lever]).attribution("R1")
    #expect((north.movement, north.own, north.others) == (-1, 0, -1))
  }

  @Test(arguments: UInt64(1)...60)
  func partsAddUpOnRandomFigures(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let outcome = try Self.randomRun(&random)
    let result = outcome.indicators[0]
    let last = try #require(result.withLevers.last)
    let without = try #require(result.withoutLevers.last)
    #expect(result.attributions.map(\.unit) == outcome.unitsInView)
    for part in result.attributions {
      let (value, place) = last.standing(of: part.unit)
      let free = without.standing(of: part.unit)
      #expect(part.movement == result.baseline.standing(of: part.unit).place - place)
      #expect(part.own + part.others == part.movement)
      #expect(part.leverEffect == free.place - place)
      #expect(part.levers.map(\.lever) == outcome.scenario.levers.map(\.id))
      expectClose(part.levers.reduce(0) { $0 + $1.places }, part.leverEffect, absolute: 1e-9)
      expectClose(part.levers.reduce(0) { $0 + $1.value }, value - free.value, absolute: 1e-9)
      let overtakes = result.overtakes.filter { $0.unit == part.unit }
      let passed = overtakes.count { $0.direction == .passes }
      #expect(Double(passed - (overtakes.count - passed)) == part.movement)
      #expect(Set(overtakes.map(\.other)).count == overtakes.count)
    }
  }

  /// The random panels would prove little if nobody moved or tied on them.
  @Test func theRandomFiguresMoveAndTie() throws {
    var (moved, tied, opposed) = (0, 0, 0)
    for seed in UInt64(1)...60 {
      var random = SplitMix64(seed: seed)
      let outcome = try Self.randomRun(&random)
      let places = outcome.indicators[0].baseline.municipality.places
      tied += Set(places).count < places.count ? 1 : 0
      let parts = outcome.indicators[0].attributions
      moved += parts.count { $0.movement != 0 }
      opposed += parts.count { $0.own * $0.others < 0 }
    }
    #expect(tied > 20 && moved > 60 && opposed > 10, "\(tied) \(moved) \(opposed)")
  }

  private static func randomRun(_ random: inout SplitMix64) throws -> Outcome {
    func column(_ range: ClosedRange<Int>) -> [Double?] {
      (0..<5).map { _ in Double(Int.random(in: range, using: &random)) }
    }
    let panel = try Sample.panel([
      "jobs": [2018: column(1...6), 2019: column(1...6), 2020: column(1...6)],
      "people": [2018: column(2...3), 2019: column(2...3), 2020: column(2...3)],
    ])
    let whom = ["Ask", "Berg", "R1", "R3", "everyone", "counties/01", "[Dal, 0104]"]
    let levers = (1...4).map { index in
      let name = whom.randomElement(using: &random) ?? ""
      let value = Int.random(in: 1...30, using: &random)
      return [
        "id: l\(index), kind: growth, series: jobs, whom: \(name), value: \(value - 15)",
        "id: l\(index), kind: growth, series: people, whom: \(name), value: \(value - 15)",
        "id: l\(index), kind: change, series: jobs, whom: \(name), value: \(value)",
        "id: l\(index), kind: set, indicator: per_head, whom: \(name), value: 2",
        "id: l\(index), kind: reach, indicator: per_head, whom: \(name), target: Berg",
      ].randomElement(using: &random) ?? ""
    }
    let scenario = try Sample.scenario(
      indicators: "per_head",
      others: "{move: trend}",
      focus: ["R1", "R2", "R3", "0104"].randomElement(using: &random) ?? "R1",
      levers: levers
    )
    return try Sample.run(scenario, panel)
  }

  // MARK: - Levers

  @Test func equalLeversHaveEqualShares() throws {
    let levers = ["a", "b", "c"].map {
      "id: \($0), kind: growth, series: employed, whom: Ask, value: 5"
    }
    let ask = try Sample.run(levers: levers).attribution("0101")
    #expect(ask.leverEffect == 2)
    for share in ask.levers {
      expectClose(share.places, 2.0 / 3)
      expectClose(share.value, (50 * 1.157625 * 1.157625 - 50) / 3)
    }
  }

  @Test func aLeverOnAnotherIndicatorHasNoShare() throws {
    let panel = try Sample.panel([
      "employed": [2020: Sample.employed], "people": [2020: Sample.people],
      "jobs": [2020: Sample.employed],
    ])
    let levers = [
      "id: jobs, kind: growth, series: jobs, whom: Ask, value: 10",
      "id: share, kind: growth, series: employed, whom: Ask, value: 10",
    ]
    let outcome = try Sample.run("share, per_head", levers: levers, panel)
    let names = outcome.indicators.map { $0.attributions[0].levers.map(\.lever) }
    #expect(names == [["share"], ["jobs"]])
    let values = outcome.indicators.map { $0.attributions[1].levers[0].value }
    expectClose(values, [10.5, 0.105])
  }

  @Test(arguments: [(10, 10), (11, 0)])
  func upToTenLeversAreSplit(count: Int, expected: Int) throws {
    let levers = (1...count).map {
      "id: l\($0), kind: growth, series: employed, whom: Ask, value: 1"
    }
    let ask = try Sample.run(levers: levers).attribution("0101")
    #expect(ask.levers.count == expected)
    expectClose(ask.leverEffect, 2)
  }

  @Test func noLeversNoShares() throws {
    let ask = try Sample.run(levers: []).attribution("0101")
    #expect(ask.levers.isEmpty)
    #expect((ask.movement, ask.leverEffect) == (0, 0))
  }

  // MARK: - Overtakes

  /// Ask rises by five points a year: 50, 55, 60 (as Eid in West), 65.
  @Test func theYearIsTheFirstFromWhichOnItIsSo() throws {
    let lever = """
      id: up, kind: change, indicator: share, whom: Ask, value: 15, from: 2021, until: 2023, \
      ramp: linear
      """
    let outcome = try Sample.run(levers: [lever], horizon: 2024)
    let overtakes = outcome.indicators[0].overtakes.filter { $0.unit.code == "0101" }
    try #require(overtakes.map(\.other.code) == ["0102", "0205"])
    #expect(overtakes.map(\.direction) == [.passes, .passes])
    #expect(overtakes.map(\.year) == [2022, 2022], "A tie is enough: it is no longer better.")
    for overtake in overtakes {
      expectClose(overtake.gapBefore, 10)
      expectClose(overtake.gapAfter, -5)
    }
    let berg = outcome.indicators[0].overtakes.filter { $0.unit.code == "0102" }
    #expect(berg.map(\.other.code) == ["0101"])
    #expect(berg.map(\.direction) == [.passedBy])
    #expect(berg.map(\.year) == [2023], "A tie is not enough: it must be better.")
  }

  /// Passed in 2021, fallen back in 2022, passed for good in 2023.
  @Test func aPassThatDidNotLastDoesNotCount() throws {
    let levers = [
      "id: up, kind: set, indicator: share, whom: Ask, value: 70, from: 2021",
      "id: down, kind: set, indicator: share, whom: Ask, value: 40, from: 2022",
      "id: again, kind: set, indicator: share, whom: Ask, value: 75, from: 2023",
    ]
    let outcome = try Sample.run(levers: levers, horizon: 2024)
    let ask = outcome.indicators[0].overtakes.filter { $0.unit.code == "0101" }
    #expect(ask.map(\.year) == [2023, 2023])
    let none = try Sample.run(levers: Array(levers.prefix(2)), horizon: 2024)
    let fallen = none.indicators[0].overtakes.filter { $0.unit.code == "0101" }
    #expect(fallen.map(\.other.code) == ["0104"])
    #expect(fallen.map(\.direction) == [.passedBy])
    #expect(fallen.map(\.year) == [2022])
  }
}
