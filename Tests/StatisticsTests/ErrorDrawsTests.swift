import Statistics
import TestSupport
import Testing

@Suite struct ErrorDrawsTests {
  private func errors(_ draws: ErrorDraws, of unit: Int) -> [Double] {
    (0..<draws.count).map { draws.error(of: unit, draw: $0) }
  }

  private func covariance(_ a: [Double], _ b: [Double]) -> Double {
    let (meanA, meanB) = (a.reduce(0, +) / Double(a.count), b.reduce(0, +) / Double(b.count))
    return zip(a, b).reduce(0) { $0 + ($1.0 - meanA) * ($1.1 - meanB) } / Double(a.count)
  }

  @Test func standardNormalMoments() {
    let draws = ErrorDraws(standardErrors: [1, 1, 1], count: 20_000, seed: 4)
    for unit in 0..<3 {
      let z = errors(draws, of: unit)
      // Four standard errors of each moment.
      expectClose(z.reduce(0, +) / 20_000, 0, absolute: 0.028)
      expectClose(z.reduce(0) { $0 + $1 * $1 } / 20_000, 1, absolute: 0.04)
      expectClose(z.reduce(0) { $0 + $1 * $1 * $1 } / 20_000, 0, absolute: 0.11)
      for (bound, share) in [(0.0, 0.5), (1.0, 0.841345), (1.959964, 0.975), (-2.575829, 0.005)] {
        expectClose(Double(z.count { $0 <= bound }) / 20_000, share, absolute: 0.014)
      }
    }
    expectClose(covariance(errors(draws, of: 0), errors(draws, of: 1)), 0, absolute: 0.028)
    let z = errors(draws, of: 0)
    expectClose(covariance(Array(z.dropLast()), Array(z.dropFirst())), 0, absolute: 0.028)
  }

  @Test func errorsAreScaled() {
    let unit = ErrorDraws(standardErrors: [1, 1], count: 10, seed: 1)
    let scaled = ErrorDraws(standardErrors: [4, 0], count: 10, seed: 1)
    for draw in 0..<10 {
      #expect(scaled.error(of: 0, draw: draw) == 4 * unit.error(of: 0, draw: draw))
      #expect(scaled.error(of: 1, draw: draw) == 0)
    }
    #expect(scaled.standardErrorOfDifference(0, 1) == 4)
    let pair = ErrorDraws(standardErrors: [3, 4], count: 1, seed: 1)
    #expect(pair.standardErrorOfDifference(0, 1) == 5)
  }

  /// A draw does not depend on how many draws or values there are.
  @Test func drawsAreNumbered() {
    let few = ErrorDraws(standardErrors: [1, 1], count: 3, seed: 9)
    let many = ErrorDraws(standardErrors: [1, 1, 1], count: 100, seed: 9)
    for (unit, draw) in [(0, 0), (0, 2), (1, 0), (1, 2)] {
      #expect(few.error(of: unit, draw: draw) == many.error(of: unit, draw: draw))
    }
    let other = ErrorDraws(standardErrors: [1, 1], count: 3, seed: 10)
    #expect(few.error(of: 0, draw: 0) != other.error(of: 0, draw: 0))
  }

  @Test func correlatedErrorsHaveTheCovarianceOfTheFactor() {
    // Column-major; the NaN above the diagonal are not read.
    let factor = [2, 1, -1, .nan, 3, 0.5, .nan, .nan, 0]
    let draws = ErrorDraws(factor: factor, units: 3, count: 20_000, seed: 2)
    let rows = [[2, 0, 0], [1, 3, 0], [-1, 0.5, 0]]
    for first in 0..<3 {
      for second in 0..<3 {
        let expected = zip(rows[first], rows[second]).reduce(0) { $0 + $1.0 * $1.1 }
        let found = covariance(errors(draws, of: first), errors(draws, of: second))
        expectClose(found, expected, absolute: 0.25)
        let squares = zip(rows[first], rows[second]).reduce(0) {
          $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
        }
        expectClose(draws.standardErrorOfDifference(first, second), squares.squareRoot())
      }
    }
    expectClose(draws.standardErrors, [2, 10.0.squareRoot(), 1.25.squareRoot()])
  }

  @Test func diagonalFactorIsIndependence() {
    let independent = ErrorDraws(standardErrors: [1, 2], count: 20, seed: 3)
    let factor = ErrorDraws(factor: [1, 0, 0, 2], units: 2, count: 20, seed: 3)
    for unit in 0..<2 { #expect(errors(independent, of: unit) == errors(factor, of: unit)) }
    #expect(independent.standardErrors == factor.standardErrors)
  }

  @Test func negativeStandardErrorsAreRefused() async {
    await #expect(processExitsWith: .failure) { _ = ErrorDraws(standardErrors: [-1], seed: 1) }
    await #expect(processExitsWith: .failure) { _ = ErrorDraws(factor: [1, 2], units: 2, seed: 1) }
  }
}
