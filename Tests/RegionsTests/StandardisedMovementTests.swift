import Regions
import TestSupport
import Testing

@Suite struct StandardisedMovementTests {
  @Test func byHand() throws {
    // One bin of four: the movements are −1, −1, 1 and 1, with mean 0 and variance 1.
    let movement = StandardisedMovement(
      before: [1, 2, 3, 4],
      after: [2, 3, 2, 3],
      regions: [[2, 3], [0], []],
      shuffles: 3000,
      seed: 5
    )
    let score = try #require(movement.scores[0])
    #expect(score.sum == 2)
    #expect(score.expected == 0)
    expectClose(score.deviation, 2.0.squareRoot())
    expectClose(try #require(score.z), 2.0.squareRoot())
    // Both get a plus in one of six ways.
    expectClose(score.p, 1.0 / 6, absolute: 0.03)
    expectClose(try #require(movement.scores[1]).p, 1, absolute: 0)
    #expect(movement.scores[2] == nil)
    #expect(movement.bins == 1)
    #expect(movement.units == 4)
  }

  @Test func withoutMovementThereIsNoScore() throws {
    let movement = StandardisedMovement(
      before: [1, 2],
      after: [1, 2],
      regions: [[0]],
      shuffles: 9
    )
    let score = try #require(movement.scores[0])
    #expect(score.z == nil)
    #expect(score.p == 1)
  }

  @Test func aRegionWithAMissingMemberHasNone() {
    let movement = StandardisedMovement(
      before: [1, 2, .nan, 3],
      after: [2, 1, 3, 3],
      regions: [[0, 1], [2, 3]],
      shuffles: 9
    )
    #expect(movement.scores[0] != nil)
    #expect(movement.scores[1] == nil)
    #expect(movement.units == 3)
    let nothing = StandardisedMovement(before: [], after: [], regions: [[]], shuffles: 9)
    #expect(nothing.scores == [nil])
  }

  @Test func tenBinsOfEqualSizeAndTiesTogether() {
    let places = (1...200).map(Double.init)
    #expect(StandardisedMovement(before: places, after: places, regions: []).bins == 10)
    let few = (1...34).map(Double.init)
    #expect(StandardisedMovement(before: few, after: few, regions: []).bins == 3)
    let tied = [Double](repeating: 17.5, count: 34)
    #expect(StandardisedMovement(before: tied, after: tied, regions: []).bins == 1)
  }

  @Test func theSeedDecides() {
    var random = SplitMix64(seed: 3)
    let before = (1...60).map(Double.init)
    let after = before.shuffled(using: &random)
    func scores(_ seed: UInt64) -> StandardisedMovement {
      StandardisedMovement(
        before: before,
        after: after,
        regions: [[0, 5, 9], [40, 41]],
        shuffles: 300,
        seed: seed
      )
    }
    #expect(scores(1) == scores(1))
    #expect(scores(1).scores.map { $0?.p } != scores(2).scores.map { $0?.p })
    #expect(scores(1).scores.map { $0?.z } == scores(2).scores.map { $0?.z })
  }

  /// Without any real difference every region's p is about uniform.
  @Test func pIsUniformByChance() {
    var random = SplitMix64(seed: 11)
    let before = (1...100).map(Double.init)
    let ps = (0..<60).flatMap { round -> [Double] in
      let after = before.shuffled(using: &random)
      let regions = (0..<5).map { [$0, $0 + 30, $0 + 60, $0 + 90] }
      return StandardisedMovement(
        before: before,
        after: after,
        regions: regions,
        shuffles: 99,
        seed: UInt64(round)
      ).scores.compactMap { $0?.p }
    }
    #expect(ps.count == 300)
    let small = ps.count { $0 <= 0.1 }
    #expect((15...47).contains(small), "\(small) of 300 are at most 0.1")
    let mean = ps.reduce(0, +) / 300
    expectClose(mean, 0.505, absolute: 0.06)
  }

  /// Against NumPy, which `Reference/changes.py` ran with 20,000 shuffles of its own.
  @Test(arguments: [
    ("population.total", 2014, 2024), ("jobs.private.per_inhabitant", 2006, 2014),
    ("education.higher.share", 2014, 2019),
  ])
  func agreesWithNumPy(id: String, from: Int, to: Int) throws {
    let catalogue = try NorwayDataset.catalogue()
    let panel = try NorwayDataset.panel()
    let division = try catalogue.division("regions-73")
    let indicator = try catalogue.indicator(id)
    let rankings = try [from, to].map { year in
      let request = RankingRequest(
        indicator: indicator,
        year: year,
        level: .municipality,
        division: division
      )
      return try panel.rankings(request, at: Level.allCases).byLevel
    }
    let shuffles = 1000
    let comparison = MovementComparison(
      of: division.regions,
      before: rankings[0],
      after: rankings[1],
      register: catalogue.register,
      shuffles: shuffles
    )
    let rows = try ReferenceTable("Reference/movement.csv").rows.filter { $0["indicator"] == id }
    #expect(comparison.rows.count { $0.movement != nil } == rows.count)
    for expected in rows {
      let row = try #require(comparison.rows.first { $0.region.code == expected["region"] })
      let score = try #require(row.score)
      #expect(row[.sum] == expected.number("f1"))
      #expect(score.sum == expected.number("f1"))
      expectClose(row[.mean] ?? .nan, expected.number("f2"))
      expectClose(score.expected, expected.number("expected"), relative: 1e-10, absolute: 1e-10)
      expectClose(score.deviation, expected.number("deviation"), relative: 1e-10)
      expectClose(score.z ?? .nan, expected.number("z"), relative: 1e-9, absolute: 1e-10)
      let p = expected.number("p")
      let error = (p * (1 - p) / Double(shuffles)).squareRoot() + 1 / Double(shuffles)
      expectClose(score.p, p, absolute: 4.5 * error, "\(id) \(row.region.name)")
    }
  }
}
