import Regions
import Scenarios
import TestSupport
import Testing

/// Targets read on the sample, where Ask gets 25 more employed in 2022: its share goes from 50 to 75
/// per cent, North's from 55 to 67.5; the shares of the others, and of all regions' places, stay.
///
/// Places in 2020: Dal 1, Berg and Eid (0205) 2, Ask and Eid (0104) 4. In 2022: Dal 1, Ask 2, Berg
/// and Eid (0205) 3, Eid (0104) 5.
@Suite struct TargetTests {
  private static func readings(_ targets: String) throws -> [TargetReading] {
    let scenario = try Sample.scenario(
      levers: ["id: more, kind: change, series: employed, whom: Ask, value: 25, from: 2021"],
      more: "targets:\n" + targets.split(separator: "\n").map { "  - {id: \($0)}\n" }.joined()
    )
    return try Sample.run(scenario).targets
  }

  /// The target, whether each part meets it, what is needed and what is reached.
  private static let cases: [(String, [Bool], Double, Double)] = [
    ("t, kind: rank, value: 2", [true], 2, 2),
    ("t, kind: rank, value: 1", [false], 1, 2),
    ("t, kind: climb, value: 2, whom: Ask", [true], 2, 2),
    ("t, kind: climb, value: 3, whom: Ask", [false], 3, 2),
    // No region moves: to share the best movement is not enough.
    ("t, kind: best", [false], 0, 0),
    // Ask +2.5 and Berg −1, with mean places for ties; Dal 0; the two called Eid −0.5 and −1.
    ("t, kind: best, measure: sum", [true], 0, 1.5),
    ("t, kind: best, measure: mean", [true], 0, 0.75),
    ("t, kind: best, whom: Ask", [true], 0, 2),
    ("t, kind: best, whom: Berg", [false], 2, -1),
    ("t, kind: sum, value: 1.5", [true], 1.5, 1.5),
    ("t, kind: sum, value: 2", [false], 2, 1.5),
    ("t, kind: level, value: 67.5", [true], 67.5, 67.5),
    ("t, kind: level, value: 67.6", [false], 67.6, 67.5),
    ("t, kind: improve", [true], 0, 12.5),
    // Berg's share stays: no better than before.
    ("t, kind: improve, scope: each-and-together", [true, true, false], 0, 12.5),
    ("t, kind: level, value: 60, scope: each", [true, true], 60, 75),
    ("t, kind: country, value: 102.4", [true], 102.4, 67.5 / 290 * 440),
    ("t, kind: country, value: 102.5", [false], 102.5, 67.5 / 290 * 440),
  ]

  @Test(arguments: cases)
  func isRead(target: String, isMet: [Bool], threshold: Double, reached: Double) throws {
    let reading = try #require(try Self.readings(target).first)
    #expect(reading.parts.map(\.isMet) == isMet)
    #expect(reading.isMet == isMet.allSatisfy { $0 })
    expectClose(reading.parts[0].threshold, threshold, target)
    expectClose(reading.parts[0].reached, reached, target)
  }

  /// All measures are shown, each with its winner.
  @Test func theMeasuresOfAContest() throws {
    let reading = try #require(try Self.readings("t, kind: best").first)
    let contests = Dictionary(uniqueKeysWithValues: reading.contests.map { ($0.measure, $0) })
    #expect(reading.contests.first?.measure == .place)
    #expect(contests[.place]?.winners.map(\.code) == ["R1", "R2", "R3"])
    #expect(contests[.sum]?.winners.map(\.code) == ["R1"])
    expectClose(try #require(contests[.sum]?.best), 1.5)
    #expect(contests[.sum]?.compared == 3)
  }

  /// Members' movements over all regions sum to zero, so the sum over North is minus the rest.
  @Test func targetsDoNotChangeTheOutcome() throws {
    let with = try Shipped.outcome("employment-targets")
    var scenario = try Shipped.scenario("employment-targets")
    scenario.targets = []
    let without = try Shipped.run(scenario)
    #expect(without.targets.isEmpty)
    let places = [with, without].map { $0.indicators[0].withLevers.map(\.region?.places) }
    #expect(places[0] == places[1])
    let sum = try #require(with.targets.first { $0.target.kind == .sum })
    let last = try #require(with.indicators[0].withLevers.last)
    let movements = with.members.map { with.indicators[0].movement(of: $0, to: last) }
    expectClose(sum.parts[0].reached, movements.reduce(0, +))
  }

  @Test(arguments: [
    ("t, kind: rank", "The target \"t\" needs a value, as its kind is rank."),
    ("t, kind: best, value: 3", "The target \"t\" is of the kind best, which has no value."),
    ("t, kind: rank, value: 0", "The target \"t\" needs a place of at least 1, not 0."),
    (
      "t, kind: climb, value: 2.5", "The target \"t\" needs a whole number of places, not 2.5."
    ),
    ("t, kind: country, value: 0", "The target \"t\" needs a value above 0, not 0."),
    (
      "t, kind: level, value: 60, peers: counties",
      "The target \"t\" has \"peers\", which only the kind best has."
    ),
    (
      "t, kind: sum, value: 1, scope: each",
      "The target \"t\" has a scope, but a sum is over all municipalities."
    ),
    (
      "t, kind: level, value: 60, whom: Ask, scope: each",
      "The target \"t\" has a scope, but Ask is a municipality."
    ),
    (
      "t, kind: level, value: 60, year: 2020", "The target \"t\" is of 2020, outside 2021–2022."
    ),
    ("more, kind: best", "has the id \"more\", which a lever bears"),
    ("t, kind: best\nt, kind: best", "has the id \"t\", which an earlier target bears"),
    ("t, kind: bes", "Did you mean best?"),
    ("t, kind: best, valu: 2", "Did you mean value?"),
  ])
  func isRefused(target: String, message: String) {
    let text = errorText { try Self.readings(target) }
    #expect(text.contains(message), "\(text)")
  }

  @Test func aReplacedValue() throws {
    let scenario = try Shipped.scenario("employment-targets").setting("top40.value=47")
    let reading = try #require(
      try Shipped.run(scenario).targets.first { $0.target.id == "top40" }
    )
    #expect(reading.isMet)
    #expect(
      try !Shipped.outcome("employment-targets").targets.contains {
        $0.target.id == "top40" && $0.isMet
      }
    )
  }
}
