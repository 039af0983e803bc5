import Statistics
import Testing

@Suite struct MedianTests {
  private static let cases: [(values: [Double], median: Double)] = [
    ([3], 3),
    ([5, 1, 3], 3),
    ([4, 1, 3, 2], 2.5),
    ([.nan, 9, .nan, 1], 5),
    ([2, 2, 2, 100], 2),
    ([-.infinity, 0, .infinity], 0),
  ]

  @Test(arguments: cases)
  func middle(values: [Double], expected: Double) {
    #expect(median(of: values) == expected)
    #expect(median(of: values.reversed()) == expected)
  }

  @Test func noValues() {
    #expect(median(of: []) == nil)
    #expect(median(of: [Double.nan, .nan]) == nil)
  }
}
