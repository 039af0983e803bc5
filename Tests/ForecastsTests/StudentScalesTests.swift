import Foundation
import TestSupport
import Testing

@testable import Forecasts

@Suite struct StudentScalesTests {
  static func rows(_ function: String) throws -> [ReferenceTable.Row] {
    let rows = try ReferenceTable("Reference/student.csv").rows.filter {
      $0["function"] == function
    }
    try #require(!rows.isEmpty)
    return rows
  }

  @Test("The incomplete gamma function is SciPy's on both branches")
  func gamma() throws {
    for row in try Self.rows("gamma") {
      let (a, x) = (row.number("first"), row.number("second"))
      expectClose(lowerGamma(a, x), row.number("value"), relative: 1e-12, "P(\(a), \(x))")
    }
    #expect(lowerGamma(2, 0) == 0)
    #expect(lowerGamma(2, -1) == 0)
    expectClose(lowerGamma(1, 2), 1 - exp(-2), relative: 1e-14)
  }

  @Test("Chi-squared quantiles are SciPy's")
  func quantiles() throws {
    for row in try Self.rows("chi_squared") {
      let (probability, freedom) = (row.number("first"), row.number("second"))
      expectClose(
        chiSquaredQuantile(probability, degreesOfFreedom: freedom),
        row.number("value"),
        relative: 1e-9,
        "\(probability) of \(freedom)"
      )
    }
    // Two degrees of freedom are an exponential distribution.
    expectClose(chiSquaredQuantile(0.5, degreesOfFreedom: 2), 2 * log(2), relative: 1e-12)
  }

  @Test("The normal distribution has factors of 1", arguments: [nil, Double.infinity])
  func normal(_ freedom: Double?) {
    let scales = StudentScales(degreesOfFreedom: freedom)
    #expect(scales.factors == Array(repeating: 1, count: StudentScales.count))
    #expect(scales[0] == 1)
    #expect(scales[1.0.nextDown] == 1)
  }

  @Test("A normal number times the factors is Student's t of unit variance", arguments: [3, 5, 30])
  func mixture(_ freedom: Double) throws {
    let scales = StudentScales(degreesOfFreedom: freedom)
    #expect(scales.factors.count == StudentScales.count)
    let isDescending = zip(scales.factors, scales.factors.dropFirst()).allSatisfy { $0 > $1 }
    #expect(isDescending)
    let squares = scales.factors.reduce(0) { $0 + $1 * $1 } / Double(StudentScales.count)
    expectClose(squares, 1, relative: 1e-12)
    #expect(scales[0] == scales.factors.first)
    #expect(scales[1.0.nextDown] == scales.factors.last)
    for row in try Self.rows("t") where row.number("second") == freedom {
      let x = row.number("first")
      let probability =
        scales.factors.reduce(0) { $0 + erfc(-x / $1 / 2.0.squareRoot()) / 2 }
        / Double(StudentScales.count)
      // The steps leave out the far tail, whose share of the variance goes to the rest: 4 % of it
      // with 3 degrees, 0.2 % with 5.
      let tolerance = freedom == 3 ? 5e-3 : 5e-4
      expectClose(probability, row.number("value"), absolute: tolerance)
    }
  }
}
