import Foundation
import TestSupport
import Testing

@testable import Forecasts

@Suite struct IncompleteGammaTests {
  @Test("The incomplete gamma function is SciPy's on both branches")
  func gamma() throws {
    let rows = try ReferenceTable("Reference/incomplete_gamma.csv").rows
    #expect(rows.count == 90)
    for row in rows {
      let (a, x) = (row.number("a"), row.number("x"))
      let tails = gammaTails(a, x)
      expectClose(tails.lower, row.number("value"), relative: 1e-12, "P(\(a), \(x))")
      expectClose(tails.lower + tails.upper, 1, relative: 1e-14)
    }
    #expect(gammaTails(2, 0).lower == 0)
    #expect(gammaTails(2, -1).lower == 0)
    expectClose(gammaTails(1, 2).lower, 1 - exp(-2), relative: 1e-14)
  }
}
