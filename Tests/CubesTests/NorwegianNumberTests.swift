import Cubes
import Testing

@Suite struct NorwegianNumberTests {
  @Test(
    arguments: [
      ("12", nil, NorwegianNumber.number(12, symbol: nil)),
      ("12 345", nil, .number(12345, symbol: nil)),
      ("12\u{A0}345,5", nil, .number(12345.5, symbol: nil)),
      ("12\u{202F}345", nil, .number(12345, symbol: nil)),
      ("\u{2212}3,5 %", nil, .number(-3.5, symbol: nil)),
      ("71,7 pst.", nil, .number(71.7, symbol: nil)),
      ("71.7 prosent", nil, .number(71.7, symbol: nil)),
      ("1,234", nil, .ambiguous),
      ("1.234", nil, .ambiguous),
      ("1,234", .comma, .number(1.234, symbol: nil)),
      ("1,234", .point, .number(1234, symbol: nil)),
      ("0,123", nil, .number(0.123, symbol: nil)),
      ("1.234,5", nil, .number(1234.5, symbol: nil)),
      ("1,234,567", nil, .number(1_234_567, symbol: nil)),
      ("1,23", .point, .other),
      ("12*", nil, .number(12, symbol: "*")),
      ("269 av 357", nil, .number(269, symbol: nil)),
      ("1,2E+05", .comma, .number(120_000, symbol: nil)),
      (".", nil, .symbol(".")), ("..", nil, .symbol("..")), ("...", nil, .symbol("...")),
      (":", nil, .symbol(":")), ("-", nil, .symbol("-")), ("#I/T", nil, .symbol("#I/T")),
      ("", nil, .empty), (" \u{A0}", nil, .empty),
      ("ca 5", nil, .other), ("1 2", nil, .other), ("12 34", nil, .other), ("--1", nil, .other),
      ("1,,5", nil, .other), ("5-", nil, .other), ("1.2.3", nil, .other),
    ] as [(String, NorwegianNumber.DecimalSign?, NorwegianNumber)]
  )
  func cells(text: String, sign: NorwegianNumber.DecimalSign?, expected: NorwegianNumber) {
    #expect(NorwegianNumber(text, decimalSign: sign) == expected)
  }
}
