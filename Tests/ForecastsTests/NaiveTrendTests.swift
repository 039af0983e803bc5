import Forecasts
import Regions
import TestSupport
import Testing

@testable import Forecasts

@Suite struct NaiveTrendTests {
  static func history(
    _ rows: [Int: [Double?]],
    breaks: [SeriesBreak] = []
  ) throws
    -> QuantityHistory
  {
    try #require(
      QuantityHistory(
        Quantity(numerator: "n", scale: .identity),
        in: Small.panel(["n": rows], breaks: breaks)
      )
    )
  }

  @Test("The trend is the median of the latest five known changes")
  func changes() throws {
    // A: 100 long ago, then 1, 2, 3, 4, 50; B: two changes; C: one; D: none.
    let history = try Self.history([
      2000: [0, nil, nil, nil], 2001: [100, nil, nil, nil], 2002: [101, nil, nil, nil],
      2003: [103, nil, nil, nil], 2004: [106, 5, nil, nil], 2005: [110, 6, 0, nil],
      2006: [160, 9, 7, nil],
    ])
    // With A at 3 and B at 2 the median of the others is 2.5.
    #expect(NaiveTrend(history).changes == [3, 2, 2.5, 2.5])
  }

  @Test("A break is left out, and an earlier change taken instead")
  func breaks() throws {
    let rows: [Int: [Double?]] = [
      2000: [0, 0, 0, 0], 2001: [1, 1, 1, 1], 2002: [2, 2, 2, 2], 2003: [90, 3, 3, 3],
      2004: [91, 4, 4, 4],
    ]
    let item = SeriesBreak(series: "n", municipality: "0101", year: 2003, reason: "")
    #expect(NaiveTrend(try Self.history(rows, breaks: [item])).changes == [1, 1, 1, 1])
    #expect(NaiveTrend(try Self.history(rows)).changes == [1, 1, 1, 1])
    let flat = try Self.history([2000: [0, 0, 0, 0]])
    #expect(NaiveTrend(flat).changes == [0, 0, 0, 0])
    #expect(NaiveTrend(flat).deviation(years: 1) == nil)
  }

  @Test("The deviation is that of the same forecast's earlier errors, less their median")
  func deviation() throws {
    // Each has changed by 0 twice; then by 1, 3, 5 and 11, of which the median is 4.
    let history = try Self.history([
      2000: [0, 0, 0, 0], 2001: [0, 0, 0, 0], 2002: [0, 0, 0, 0], 2003: [1, 3, 5, 11],
    ])
    let trend = NaiveTrend(history)
    let expected = ((9.0 + 1 + 1 + 49) / 4).squareRoot()
    expectClose(trend.deviation(years: 1) ?? .nan, expected)
    // No span of four years has been tried: it is taken to grow as a random walk.
    expectClose(trend.deviation(years: 4) ?? .nan, 2 * expected)
    #expect(NaiveTrend(history.upTo(2002)).deviation(years: 1) == nil)
  }

  @Test("Steady growth has no error; what is common to all is none either")
  func steady() throws {
    let history = try Self.history(
      Dictionary(
        uniqueKeysWithValues: (0...6).map { year in
          let common = Double(year * year * 10)
          return (2000 + year, (0..<4).map { common + Double($0 * year) })
        }
      )
    )
    expectClose(NaiveTrend(history).deviation(years: 1) ?? .nan, 0, absolute: 1e-9)
    expectClose(NaiveTrend(history).deviation(years: 3) ?? .nan, 0, absolute: 1e-9)
  }
}
