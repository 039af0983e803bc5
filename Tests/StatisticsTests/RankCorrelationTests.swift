import Statistics
import TestSupport
import Testing

@Suite struct RankCorrelationTests {
  @Test func likeSciPy() throws {
    let rows = try ReferenceTable("Reference/rank_correlation.csv").rows
    #expect(rows.count == 5)
    for row in rows {
      let lists = ["first", "second"].map { name in
        row[name].split(separator: " ").compactMap { Double($0) }
      }
      expectClose(
        try #require(spearmanCorrelation(lists[0], lists[1])),
        row.number("spearman"),
        relative: 1e-13
      )
      expectClose(
        try #require(kendallCorrelation(lists[0], lists[1])),
        row.number("kendall"),
        relative: 1e-13
      )
    }
  }

  @Test func byHand() throws {
    // Ranks 1 2 3 against 1 3 2: 1 − 6 · 2 / (3 · 8) = ½; two pairs in order, one not.
    expectClose(try #require(spearmanCorrelation([1, 2, 3], [10, 30, 20])), 0.5)
    expectClose(try #require(kendallCorrelation([1, 2, 3], [10, 30, 20])), 1.0 / 3)
    #expect(spearmanCorrelation([1, 2, 3], [3, 2, 1]) == -1)
    #expect(kendallCorrelation([1, 2, 3], [3, 2, 1]) == -1)
  }

  @Test func missingAndConstant() {
    #expect(spearmanCorrelation([1, .nan, 3, 4], [2, 9, .nan, 5]) == 1)
    #expect(kendallCorrelation([1, .nan, 3, 4], [2, 9, .nan, 5]) == 1)
    #expect(spearmanCorrelation([1, 1], [1, 2]) == nil)
    #expect(kendallCorrelation([1, 1], [1, 2]) == nil)
    #expect(spearmanCorrelation([1], [1]) == nil)
    #expect(kendallCorrelation([], []) == nil)
  }

  @Test func mistakes() async {
    await #expect(processExitsWith: .failure) { _ = spearmanCorrelation([1, 2], [1]) }
  }
}
