import Statistics
import TestSupport
import Testing

@Suite struct QuantileTests {
  /// Worked by hand: with n values, (n − 1) p steps from the smallest.
  private static let cases: [(values: [Double], probability: Double, quantile: Double)] = [
    ([7], 0.3, 7),
    ([1, 2], 0.25, 1.25),
    ([4, 1, 3, 2], 0, 1),
    ([4, 1, 3, 2], 1, 4),
    ([4, 1, 3, 2], 0.5, 2.5),
    ([10, 0, 20, 30, 40], 0.875, 35),
    ([.nan, 5, 1, .nan], 0.5, 3),
    ([2, 2, 9], 0.25, 2),
    ([-.infinity, -.infinity, 0], 0.25, -.infinity),
  ]

  /// Against the values sorted, with many equal ones and without, in every order.
  @Test(arguments: [1, 2, 3, 10, 100, 1001])
  func likeSorting(count: Int) {
    var generator = SplitMix64(seed: UInt64(count))
    for distinct in [2, 10, 1_000_000] as [UInt64] {
      let values = (0..<count).map { _ in Double(generator.next() % distinct) - 3 }
      let sorted = values.sorted()
      for order in [values, sorted, sorted.reversed()] {
        for probability in [0, 0.05, 0.5, 0.9, 0.95, 1] {
          let position = Double(count - 1) * probability
          let index = Int(position)
          let (low, high) = (sorted[index], sorted[min(index + 1, count - 1)])
          let expected = low == high ? low : low + (position - Double(index)) * (high - low)
          #expect(quantile(probability, of: order) == expected)
        }
      }
    }
  }

  @Test(arguments: cases)
  func interpolates(values: [Double], probability: Double, expected: Double) {
    #expect(quantile(probability, of: values) == expected)
    #expect(quantile(probability, of: values.reversed()) == expected)
  }

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
        ? quantile(row.number("at"), of: values)
        : percentileRank(of: row.number("at"), among: values)
      expectClose(try #require(result), row.number("result"), row["sample"])
    }
  }

  @Test(arguments: [
    (0.0, 1.0), (0.25, 1.75), (0.5, 2.5), (0.75, 3.25), (1.0, 4.0),
  ])
  func betweenSortedValues(probability: Double, result: Double) {
    #expect(quantile(probability, of: [3, 1, .nan, 4, 2]) == result)
  }

  @Test(arguments: [
    (0.0, 0.0), (1.0, 12.5), (1.5, 25.0), (2.0, 50.0), (3.0, 87.5), (9.0, 100.0),
  ])
  func equalsCountHalf(number: Double, result: Double) {
    #expect(percentileRank(of: number, among: [2, .nan, 1, 2, 3]) == result)
  }

  @Test func nothingOfNothing() {
    #expect(quantile(0.5, of: []) == nil)
    #expect(quantile(0.5, of: [.nan]) == nil)
    #expect(percentileRank(of: 1, among: []) == nil)
    #expect(quantile(0.5, of: [.infinity, .infinity, 0]) == .infinity)
  }

  @Test func theMedianIsTheQuantileInTheMiddle() {
    var generator = SplitMix64(seed: 7)
    for count in 1...40 {
      let values = (0..<count).map { _ in Double.random(in: -1...1, using: &generator) }
      expectClose(quantile(0.5, of: values) ?? .nan, median(of: values) ?? .nan)
    }
  }
}
