import Statistics
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

  @Test(arguments: cases)
  func interpolates(values: [Double], probability: Double, expected: Double) {
    #expect(quantile(probability, of: values) == expected)
    #expect(quantile(probability, of: values.reversed()) == expected)
  }

  @Test func noValues() {
    #expect(quantile(0.5, of: []) == nil)
    #expect(quantile(0.5, of: [Double.nan]) == nil)
  }

  @Test func medianIsTheMiddleQuantile() {
    for values in [[3.0, 1], [5, 2, 8], [1, 4, 9, 16]] {
      #expect(quantile(0.5, of: values) == median(of: values))
    }
  }
}
