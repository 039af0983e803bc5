import Statistics
import TestSupport
import Testing

@Suite struct QuantileTests {
  /// Against `quantile` of NumPy and `percentileofscore` of SciPy, which `Reference/intervals.py`
  /// ran.
  @Test(arguments: ["quantile", "percentile"])
  func agreesWithNumPyAndSciPy(kind: String) throws {
    let rows = try ReferenceTable("Reference/quantiles.csv").rows.filter { $0["kind"] == kind }
    #expect(rows.count > 30)
    for row in rows {
      let values = row["values"].split(separator: " ").compactMap { Double($0) }
      let result =
        kind == "quantile"
        ? quantile(of: values, at: row.number("at"))
        : percentileRank(of: row.number("at"), among: values)
      expectClose(try #require(result), row.number("result"), row["sample"])
    }
  }

  @Test(arguments: [
    (0.0, 1.0), (0.25, 1.75), (0.5, 2.5), (0.75, 3.25), (1.0, 4.0),
  ])
  func betweenSortedValues(probability: Double, result: Double) {
    #expect(quantile(of: [3, 1, .nan, 4, 2], at: probability) == result)
  }

  @Test(arguments: [
    (0.0, 0.0), (1.0, 12.5), (1.5, 25.0), (2.0, 50.0), (3.0, 87.5), (9.0, 100.0),
  ])
  func equalsCountHalf(number: Double, result: Double) {
    #expect(percentileRank(of: number, among: [2, .nan, 1, 2, 3]) == result)
  }

  @Test func nothingOfNothing() {
    #expect(quantile(of: [], at: 0.5) == nil)
    #expect(quantile(of: [.nan], at: 0.5) == nil)
    #expect(percentileRank(of: 1, among: []) == nil)
    #expect(quantile(of: [.infinity, .infinity, 0], at: 0.5) == .infinity)
  }

  @Test func theMedianIsTheQuantileInTheMiddle() {
    var generator = SplitMix64(seed: 7)
    for count in 1...40 {
      let values = (0..<count).map { _ in Double.random(in: -1...1, using: &generator) }
      expectClose(quantile(of: values, at: 0.5) ?? .nan, median(of: values) ?? .nan)
    }
  }
}
