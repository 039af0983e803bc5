import Imports
import Testing

@Suite struct TimePeriodTests {
  @Test(
    arguments: [
      ("2024", 2024, nil), ("2024K4", 2024, "K4"), ("2024Q1", 2024, "K1"), ("2024M01", 2024, "M01"),
      ("2024M1", 2024, "M01"), ("2024u52", 2024, "U52"), (" 2024 K4 ", 2024, "K4"),
      ("2024-K4", 2024, "K4"),
    ] as [(String, Int, String?)]
  )
  func codes(code: String, year: Int, part: String?) throws {
    let period = try #require(TimePeriod(code))
    #expect(period.year == year)
    #expect(period.part == part)
  }

  @Test(arguments: [
    "", "24", "2024-2025", "2024K5", "2024K0", "2024M13", "2024U54", "20240", "9999999", "Moss",
    "2024 x", "K4", "0001",
  ])
  func others(code: String) {
    #expect(TimePeriod(code) == nil)
  }
}
