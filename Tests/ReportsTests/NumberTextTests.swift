import Foundation
import Regions
import Reports
import TestSupport
import Testing

@Suite struct NumberTextTests {
  private static let fixedTexts: [(Double, Int, String, String)] = [
    (0.0, 0, "0", "0"), (999, 0, "999", "999"), (1000, 0, "1,000", "1 000"),
    (1_234_567.891, 2, "1,234,567.89", "1 234 567,89"), (-1234.56, 1, "−1,234.6", "−1 234,6"),
    (0.5, 0, "0", "0"), (1.5, 0, "2", "2"), (2.675, 2, "2.67", "2,67"), (73.776, 1, "73.8", "73,8"),
    (-0.04, 1, "0.0", "0,0"), (-0.0, 0, "0", "0"), (-0.06, 1, "−0.1", "−0,1"),
    (999.999, 1, "1,000.0", "1 000,0"), (1e15, 0, "1,000,000,000,000,000", "1 000 000 000 000 000"),
    (1e-7, 3, "0.000", "0,000"), (12, 3, "12.000", "12,000"),
  ]

  @Test(arguments: fixedTexts)
  func fixed(value: Double, decimals: Int, english: String, norwegian: String) {
    #expect(NumberText.fixed(value, decimals: decimals, .en) == english)
    let noBreak = norwegian.replacing(" ", with: "\u{A0}")
    #expect(NumberText.fixed(value, decimals: decimals, .nb) == noBreak)
  }

  @Test func theMinusSignIsNotAHyphen() {
    #expect(NumberText.fixed(-5, decimals: 0, .nb).unicodeScalars.first == "\u{2212}")
    #expect(NumberText.exact(-5).unicodeScalars.first == "-")
  }

  private static let signedTexts: [(Double, Int, String)] = [
    (3.0, 0, "+3"), (-3, 0, "−3"), (0, 0, "0"), (-0.0, 0, "0"), (0.04, 1, "0.0"), (-0.04, 1, "0.0"),
    (0.05001, 1, "+0.1"), (1234.5, 1, "+1,234.5"),
  ]

  @Test(arguments: signedTexts)
  func signed(value: Double, decimals: Int, text: String) {
    #expect(NumberText.signed(value, decimals: decimals, .en) == text)
  }

  @Test(arguments: [(1.0, "1"), (2.5, "2,5"), (356, "356"), (1234, "1\u{A0}234")])
  func place(place: Double, text: String) {
    #expect(NumberText.place(place, .nb) == text)
  }

  private static let exactTexts: [(Double, String)] = [
    (0.0, "0"), (-0.0, "0"), (1, "1"), (-17, "-17"), (85572, "85572"),
    (3_004_596_000, "3004596000"),
    (999_999_999_999_999, "999999999999999"), (1e15, "1000000000000000"),
    (1e20, "100000000000000000000"), (0.1, "0.1"), (-0.5, "-0.5"), (2.0 / 3, "0.666666666667"),
    (200.0 / 3, "66.6666666667"), (-1e6 / 7, "-142857.142857"), (0.1 + 0.2, "0.3"),
    (1e-5, "0.00001"), (1.5e-9, "0.0000000015"), (1.25e-12, "0.00000000000125"),
    (123_456_789_012.75, "123456789013"), (12_345_678_901.375, "12345678901.4"),
    (9.9999999999999, "10"), (0.99999999999999, "1"),
  ]

  @Test(arguments: exactTexts)
  func exact(value: Double, text: String) {
    #expect(NumberText.exact(value) == text)
  }

  /// Sizes from 10⁻³⁰ to 10³⁰, both signs.
  @Test func exactParsesBack() throws {
    var generator = SplitMix64(seed: 20_261_101)
    for _ in 0..<20_000 {
      let exponent = Int.random(in: -30...30, using: &generator)
      let size = Double.random(in: 1..<10, using: &generator) * pow(10, Double(exponent))
      let value = Bool.random(using: &generator) ? size : -size
      let text = NumberText.exact(value)
      let allowed = text.utf8.allSatisfy { (48...57).contains($0) || $0 == 45 || $0 == 46 }
      let digits = text.filter(\.isNumber)
      let significant = digits.drop { $0 == "0" }.reversed().drop { $0 == "0" }.count
      let back = try #require(Double(text))
      guard allowed, significant <= 12 || value == value.rounded() && abs(value) < 1e15,
        abs(back - value) <= 1e-11 * size
      else {
        Issue.record("\(value) became \(text)")
        return
      }
    }
  }

  @Test func wholeNumbersAreExact() {
    var generator = SplitMix64(seed: 7)
    for _ in 0..<2_000 {
      let number = Int.random(in: -999_999_999_999_999...999_999_999_999_999, using: &generator)
      #expect(NumberText.exact(Double(number)) == String(number))
    }
  }
}
