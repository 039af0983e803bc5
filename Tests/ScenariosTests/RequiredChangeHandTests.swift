import Documents
import Regions
import Scenarios
import TestSupport
import Testing

/// On the sample, where nobody moves: Ask 50 of 100, Berg 60, Dal 80, Eid (0104) 45 of 90 and Eid
/// (0205) 30 of 50. North is Ask and Berg, 110 of 200.
@Suite struct RequiredChangeHandTests {
  private static let place = SourcePlace(file: "test")

  private static func changes(
    _ targets: String,
    series: String? = nil,
    to member: String? = nil,
    indicators: String = "share",
    _ panel: Panel? = nil
  ) throws -> [RequiredChange] {
    let scenario = try Sample.scenario(
      indicators: indicators,
      focus: indicators == "rate" ? "Ask" : "R1",
      more: "targets:\n  - {id: \(targets)}\n"
    )
    let simulation = try Simulation(
      scenario,
      catalogue: Sample.catalogue,
      panel: panel ?? Sample.panel()
    )
    return try simulation.requiredChanges(
      RequiredChange.Means(
        series: series.map { Located($0, at: place) },
        member: member.map { Located($0, at: place) }
      )
    )
  }

  /// The target, the units and what each member gets.
  @Test(arguments: [
    // Dal has 80 per cent: 160 of 200.
    ("t, kind: rank, value: 1", 50, [23, 27]),
    ("t, kind: climb, value: 1", 50, [23, 27]),
    ("t, kind: best", 50, [23, 27]),
    ("t, kind: level, value: 67.5", 25, [11, 14]),
    ("t, kind: improve", 1, [0, 1]),
    ("t, kind: improve, value: 0.6", 2, [1, 1]),
    // Ask gets its first with the second of all.
    ("t, kind: improve, scope: each", 2, [1, 1]),
    // Half a place each for passing an Eid; Ask half for reaching the other, at 10, half for passing.
    ("t, kind: sum, value: 1", 2, [1, 1]),
    ("t, kind: sum, value: 1.5", 21, [10, 11]),
    ("t, kind: sum, value: 2", 24, [11, 13]),
    ("t, kind: best, measure: sum", 1, [0, 1]),
    // Berg has 80 with 20; Ask does not, but the target is the region's.
    ("t, kind: rank, value: 1, whom: Berg", 20, [20]),
    // The country's share grows too: (110 + n) / 200 of (265 + n) / 440.
    ("t, kind: country, value: 100", 20, [9, 11]),
  ])
  func byHand(target: String, units: Int, members: [Int]) throws {
    let change = try #require(try Self.changes(target).first)
    guard case .change(let found) = change.result else {
      Issue.record("\(change.result)")
      return
    }
    #expect(found.units == units)
    #expect(found.members.map(\.units) == members)
    #expect(found.reading.isMet)
    #expect(!change.projected.isMet)
  }

  @Test func whatAChangeSays() throws {
    let change = try #require(try Self.changes("t, kind: level, value: 67.5").first)
    guard case .change(let found) = change.result else { return }
    #expect(change.series == "employed")
    #expect(found.figure.baseline == 110 && found.figure.projected == 110)
    #expect(found.figure.required == 135)
    expectClose(found.points, 12.5)
    expectClose(found.figure.projectedGrowth, 0)
    expectClose(found.figure.requiredGrowth, 100 * ((135.0 / 110).squareRoot() - 1))
    expectClose(found.members[1].figure.requiredGrowth, 100 * ((74.0 / 60).squareRoot() - 1))
    #expect(found.members.map(\.unit.name) == ["Ask", "Berg"])
    #expect(found.reading.parts[0].place.year == 2)
  }

  @Test func allToOneAndTheDenominator() throws {
    let toAsk = try Self.changes("t, kind: rank, value: 1", to: "Ask")[0]
    guard case .change(let found) = toAsk.result else { return #expect(Bool(false)) }
    #expect(found.members.map(\.units) == [50] && toAsk.member?.name == "Ask")
    // 110 of 183 is the first share of at least 60 per cent.
    let fewer = try Self.changes("t, kind: level, value: 60", series: "people")[0]
    guard case .change(let less) = fewer.result else { return #expect(Bool(false)) }
    #expect(less.units == -17 && less.members.map(\.units) == [-9, -8])
    expectClose(less.points, 100 * (110.0 / 183 - 0.55))
  }

  @Test func obstacles() throws {
    func obstacle(_ change: RequiredChange) -> RequiredChange.Obstacle? {
      guard case .impossible(let obstacle) = change.result else { return nil }
      return obstacle
    }
    let berg = Sample.register.unit(at: 1)
    let ask = Sample.register.unit(at: 0)
    // Berg is full with its 40th unit; its 41st would be the 75th in all.
    #expect(
      obstacle(try Self.changes("t, kind: level, value: 95")[0])
        == .limit(.fullShare, unit: berg, units: 74)
    )
    #expect(
      obstacle(try Self.changes("t, kind: level, value: 81", to: "Ask")[0])
        == .limit(.fullShare, unit: ask, units: 50)
    )
    #expect(
      obstacle(try Self.changes("t, kind: climb, value: 2")[0])
        == .place(Unit(level: .region, code: "R1", name: "North"))
    )
    // Both at the top is +2.5 + 3.5 − 0: places 4.5 and 2.5 become 1 and 2.
    #expect(obstacle(try Self.changes("t, kind: sum, value: 5")[0]) == .headroom(4))
    #expect(obstacle(try Self.changes("t, kind: rank, value: 1, scope: each")[0]) == .members)
    #expect(obstacle(try Self.changes("t, kind: improve, scope: each", to: "Ask")[0]) == .noEffect)
    #expect(obstacle(try Self.changes("t, kind: country, value: 500")[0]) == .country)
    let rates = try Sample.panel(["rate": [2020: [10, 20, 30, 40, 50]]])
    #expect(
      obstacle(try Self.changes("t, kind: rank, value: 1", indicators: "rate", rates)[0]) == .rate
    )
  }

  /// Dal is best whoever of the others climbs: a region at the top that stays there.
  @Test func aRivalThatCannotBePassed() throws {
    let scenario = try Sample.scenario(
      focus: "R2",
      levers: ["id: up, kind: change, series: employed, whom: R3, value: 20, from: 2021"],
      more: "targets:\n  - {id: t, kind: best}\n"
    )
    let change = try Simulation(scenario, catalogue: Sample.catalogue, panel: Sample.panel())
      .requiredChanges()[0]
    guard case .impossible(.rival(let rival, let movement, let own)) = change.result else {
      return #expect(Bool(false), "\(change.result)")
    }
    #expect(rival.code == "R3" && movement == 1 && own == 0)
  }

  @Test func refused() throws {
    #expect(
      errorText { try Self.changes("t, kind: best", series: "employd") }.contains(
        "No target's indicator is computed from employd. Did you mean employed?"
      )
    )
    #expect(
      errorText { try Self.changes("t, kind: best", to: "Dal") }.contains(
        "Dal belongs to none of the units that the targets are about."
      )
    )
    #expect(errorText { try Self.changes("t, kind: best", to: "R1") }.contains("R1"))
  }

  @Test func whenTheOthersHold() throws {
    let scenario = try Shipped.scenario("employment-targets")
    #expect(scenario.others.kind.value == .trend)
    #expect(scenario.withOthersHolding.others.kind.value == .hold)
    #expect(scenario.withOthersHolding.levers == scenario.levers)
  }
}
