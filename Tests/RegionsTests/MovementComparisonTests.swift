import Regions
import TestSupport
import Testing

@Suite struct MovementComparisonTests {
  /// The sample's five municipalities in two years, and the regions A+B, C and D+E.
  private func comparison(_ before: [Double?], _ after: [Double?]) throws -> MovementComparison {
    let panel = Sample.panel(["n": [2020: before + [nil], 2021: after + [nil]]])
    let division = Sample.division([[0, 1], [2], [3, 4]])
    let rankings = try [2020, 2021].map { year in
      let request = RankingRequest(
        indicator: Sample.indicator(.sum),
        year: year,
        level: .municipality,
        division: division
      )
      return try panel.rankings(request, at: Level.allCases).byLevel
    }
    return MovementComparison(
      of: division.regions,
      before: rankings[0],
      after: rankings[1],
      register: panel.register,
      shuffles: 99
    )
  }

  @Test func measuresSideBySide() throws {
    // Places 5 4 3 2 1, then 1 4 5 2 3.
    let result = try comparison([1, 2, 3, 4, 5], [9, 2, 1, 4, 3])
    #expect(result.rows.map(\.region.code) == ["R1", "R2", "R3"])
    #expect(result.rows.map { $0[.sum] } == [4, -2, -2])
    #expect(result.rows.map { $0[.mean] } == [2, -2, -1])
    // The first two share place 2 by their sums, 3, 3 and 9, then 11, 1 and 7.
    #expect(result.rows.map { $0[.ownPlace] } == [1, -1, -1])
    #expect(result.rows.map(\.members) == [2, 1, 2])
    #expect(result.commonWinner?.code == "R1")
    #expect(result.ranked.before == 5)
  }

  @Test func sharedFirstPlaces() throws {
    // Places 5 4 3 2 1, then 4 3 1 2 5: A and B climb one place each, C two.
    let result = try comparison([1, 2, 3, 4, 5], [2, 3, 5, 4, 1])
    #expect(result.rows.map { $0[.sum] } == [2, 2, -4])
    #expect(result.winners(by: .sum).map(\.code) == ["R1", "R2"])
    #expect(result.winners(by: .mean).map(\.code) == ["R2"])
    // Two ways to 2/5, which differ in the last bit.
    #expect(result.winners(by: .percentile).map(\.code) == ["R1", "R2"])
    #expect(result.winners(by: .score).map(\.code) == ["R2"])
    #expect(result.commonWinner?.code == "R2")
  }

  @Test func measuresThatDisagree() throws {
    // Places 5 4 3 2 1, then 2 4 1 3 5.
    let result = try comparison([1, 2, 3, 4, 5], [4, 2, 5, 3, 1])
    #expect(result.rows.map { $0[.sum] } == [3, 2, -5])
    #expect(result.winners(by: .sum).map(\.code) == ["R1"])
    #expect(result.winners(by: .mean).map(\.code) == ["R2"])
    #expect(result.commonWinner == nil)
  }

  @Test func aMissingMemberLeavesTheRegionOut() throws {
    let result = try comparison([1, 2, 3, 4, nil], [1, 2, 3, 4, 5])
    // The new unit has pushed the others down by one place each.
    #expect(result.rows.map(\.region.code) == ["R2", "R1", "R3"])
    #expect(result.rows[2][.sum] == nil)
    #expect(result.rows[2].score == nil)
    #expect(result.rows[2][.ownPlace] == nil)
    #expect(result.ranked == (before: 4, after: 5))
  }

  @Test func withFewFiguresThereIsNoScore() throws {
    let result = try comparison([1, 2, nil, nil, nil], [2, 1, nil, nil, nil])
    #expect(result.field == nil)
    #expect(result.winners(by: .score) == [])
    #expect(result.rows[0][.sum] == 0)
    #expect(result.commonWinner?.code == "R1")
  }
}
