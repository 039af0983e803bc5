import TestSupport
import Testing

@testable import Regions

@Suite struct DecimalNumberTests {
  @Test(arguments: 1...10)
  func agreesWithTheStandardLibrary(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    for _ in 0..<1000 {
      let count = Int.random(in: 1...17, using: &generator)
      var text = Bool.random(using: &generator) ? "-" : ""
      let point = Bool.random(using: &generator) ? Int.random(in: 1...count, using: &generator) : 0
      for position in 0..<count {
        if position == point, point > 0 { text += "." }
        text += "\(Int.random(in: 0...9, using: &generator))"
      }
      let expected = try #require(Double(text))
      let found = try #require(decimalNumber(ArraySlice(text.utf8)), "\(text)")
      #expect(found.bitPattern == expected.bitPattern, "\(text)")
    }
  }

  /// Values as programs print them are read back to the bit, with an exponent too.
  @Test func readsBackWhatIsPrinted() {
    var generator = SplitMix64(seed: 42)
    for _ in 0..<2000 {
      let exponent = Double(Int.random(in: -40...40, using: &generator))
      var value = Double.random(in: -1...1, using: &generator)
      for _ in 0..<Int(exponent.magnitude) { value *= exponent < 0 ? 0.1 : 10 }
      #expect(decimalNumber(ArraySlice("\(value)".utf8)) == value)
    }
  }

  @Test(arguments: [
    ("0", 0.0), ("-0", -0.0), ("007", 7), ("999999999999999", 999_999_999_999_999),
    ("9007199254740993", 9_007_199_254_740_992), ("0.1", 0.1), ("1e-5", 1e-5), ("1E+3", 1000),
    ("-2.5e10", -2.5e10), ("0.000000000000001", 1e-15), ("00000000000000000000.5", 0.5),
  ])
  func numbers(text: String, expected: Double) {
    #expect(decimalNumber(ArraySlice(text.utf8))?.bitPattern == expected.bitPattern)
  }

  @Test(arguments: [
    "", "-", ".", "1.", "-1.", "1,5", "nan", "NaN", "inf", "-infinity", "0x1p3", " 1", "1 ",
    "1_000", "1e999", "--1", "1-", "1-2", "1.2.3", "e5", "1e", "1e5.5", "12a", "½", "١",
    "1\u{A0}000",
  ])
  func junk(text: String) {
    #expect(decimalNumber(ArraySlice(text.utf8)) == nil)
  }
}
