import Regions
import Statistics
import TestSupport
import Testing

@Suite struct RankingTests {
  private func levels(
    _ values: [Double?],
    direction: Indicator.Direction = .higher
  ) throws -> Levels {
    let panel = Sample.panel(["n": [2020: values + [nil]]])
    return try Sample.municipalityLevels(
      Sample.indicator(.sum, direction: direction),
      in: panel
    )
  }

  @Test func directionDecidesTheFirstPlace() throws {
    let values: [Double?] = [10, 8, nil, 8, 5]
    let higher = Ranking(try levels(values))
    #expect(isSame(higher.places, [1, 2, .nan, 2, 4]))
    #expect(higher.ranked == 4)
    #expect(higher.order == .largestFirst)
    let lower = Ranking(try levels(values, direction: .lower))
    #expect(isSame(lower.places, [4, 2, .nan, 2, 1]))
    let neutral = Ranking(try levels(values, direction: .neutral))
    #expect(isSame(neutral.places, higher.places))
    let modified = Ranking(try levels(values), ties: .modified)
    #expect(isSame(modified.places, [1, 3, .nan, 3, 4]))
    #expect(modified.ties == .modified)
  }

  @Test func placesForSumsShareTheMean() throws {
    let ranking = Ranking(try levels([10, 8, nil, 8, 5]))
    #expect(isSame(ranking.placesForSums, [1, 2.5, .nan, 2.5, 4]))
    let lower = Ranking(try levels([10, 8, nil, 8, 5], direction: .lower))
    #expect(isSame(lower.placesForSums, [4, 2.5, .nan, 2.5, 1]))
    let panel = Sample.panel(["n": [2020: [7, 7, nil, nil, nil, nil]]])
    let published = try Sample.municipalityLevels(Sample.indicator(.publishedRank), in: panel)
    #expect(Ranking(published: published, ranked: 357).placesForSums.prefix(2) == [7, 7])
  }

  @Test func percentile() throws {
    let ranking = Ranking(try levels([10, 8, nil, 8, 5]))
    #expect(ranking.percentile(ofPlace: 1) == 87.5)
    #expect(ranking.percentile(ofPlace: 4) == 12.5)
    #expect(ranking.percentile(ofPlace: 2.5) == 50)
  }

  @Test func nextBetter() throws {
    let ranking = Ranking(try levels([10, 8, nil, 8, 5]))
    #expect(ranking.nextBetter(than: 0) == nil)
    #expect(ranking.nextBetter(than: 1) == 0)
    #expect(ranking.nextBetter(than: 2) == nil)
    #expect(ranking.nextBetter(than: 3) == 0)
    #expect(ranking.nextBetter(than: 4).map { [1, 3].contains($0) } == true)
    let lower = Ranking(try levels([10, 8, nil, 7, 5], direction: .lower))
    #expect(lower.nextBetter(than: 0) == 1)
    #expect(lower.nextBetter(than: 1) == 3)
    #expect(lower.nextBetter(than: 4) == nil)
  }

  @Test func sortedIndices() throws {
    #expect(Ranking(try levels([5, nil, 8, 8, nil])).sortedIndices == [2, 3, 0, 1, 4])
    let lower = Ranking(try levels([5, nil, 8, 8, nil], direction: .lower), ties: .ordinal)
    #expect(lower.sortedIndices == [0, 2, 3, 1, 4])
  }

  @Test func basisCounts() throws {
    var panel = Panel(register: Sample.register())
    var column = Sample.column([1, 2, 3, 4, nil, nil], year: 2020)
    column.statuses[2] = .present(.estimated)
    panel.add(Sample.series("n"), columns: [2019: column, 2020: column])
    panel.add(
      Sample.series("d"),
      columns: [2020: Sample.column([1, 1, 1, 0, 1, nil], year: 2020)]
    )
    let indicator = Sample.indicator(.ratioOfSums, denominator: "d")
    let ranking = Ranking(try Sample.municipalityLevels(indicator, in: panel))
    #expect(ranking.basisCounts.map(\.basis) == [.observed, .estimated])
    #expect(ranking.basisCounts.map(\.count) == [2, 1])
    #expect(ranking.ranked == 3)
  }

  @Test func indexOfAUnit() throws {
    let ranking = Ranking(try levels([5, nil, 8, 8, nil]))
    #expect(ranking.index(of: Unit(level: .municipality, code: "0102", name: "C")) == 2)
    #expect(ranking.index(of: Unit(level: .municipality, code: "0190", name: "D+E")) == nil)
  }
}
