import Regions
import TestSupport
import Testing

@Suite struct EqualisationCalibrationTests {
  /// A settlement by known rates, supplements rounded to whole kroner unless told otherwise.
  private func settlement(
    alpha: Double,
    beta: Double,
    count: Int = 300,
    seed: UInt64 = 5,
    rounded: Bool = true
  ) throws -> (rows: [EqualisationCalibration.Row], truth: IncomeEqualisation) {
    var generator = SplitMix64(seed: seed)
    let population = (0..<count).map { _ in
      Double(Int.random(in: 200...200_000, using: &generator))
    }
    let tax = population.map { $0 * Double.random(in: 28_000...60_000, using: &generator) }
    let truth = IncomeEqualisation(
      tax: tax,
      population: population,
      rates: try EqualisationRates(alpha: alpha, beta: beta, threshold: 0.9)
    )
    let rows = population.indices.map { position in
      EqualisationCalibration.Row(
        position: position,
        population: population[position],
        before: rounded ? truth.before[position].rounded() : truth.before[position],
        supplement: rounded ? truth.supplement[position].rounded() : truth.supplement[position]
      )
    }
    return (rows, truth)
  }

  @Test(arguments: [(0.6, 0.35), (0.62, 0.35), (0.64, 0.3), (0.55, 0.0)])
  func ratesAreFound(alpha: Double, beta: Double) throws {
    let (rows, truth) = try settlement(alpha: alpha, beta: beta, rounded: false)
    let found = try EqualisationCalibration(rows, average: truth.average, threshold: 0.9)
    expectClose(found.rates.alpha, alpha, absolute: 1e-12)
    expectClose(found.rates.beta, beta, absolute: 1e-11)
    expectClose(found.deduction, truth.deduction, absolute: 1e-6)
    expectClose(found.balancingDeduction, truth.deduction, absolute: 1e-6)
    #expect(found.largestResidual.value.magnitude < 1e-6)
  }

  @Test func ratesAreFoundFromWholeKroner() throws {
    let (rows, truth) = try settlement(alpha: 0.62, beta: 0.35)
    let found = try EqualisationCalibration(rows, average: truth.average, threshold: 0.9)
    expectClose(found.rates.alpha, 0.62, absolute: 1e-5)
    expectClose(found.rates.beta, 0.35, absolute: 1e-4)
    expectClose(found.deduction, truth.deduction, absolute: 0.5)
    expectClose(found.balancingDeduction, truth.deduction, absolute: 0.5)
    #expect(found.largestResidual.value.magnitude < 2)
    #expect(found.fitAbove > 0.999999 && found.fitBelow ?? 0 > 0.9999)
    #expect(found.counts.above + found.counts.below == 300 && found.isBetaKnown)
  }

  @Test func withoutAnyBelowTheThreshold() throws {
    let (rows, truth) = try settlement(alpha: 0.6, beta: 0.35)
    let above = rows.filter { $0.before >= truth.line }
    let found = try EqualisationCalibration(above, average: truth.average, threshold: 0.9)
    #expect(!found.isBetaKnown && found.rates.beta == 0 && found.fitBelow == nil)
    expectClose(found.rates.alpha, 0.6, absolute: 1e-5)
    let four = Array(above.prefix(4)) + rows.filter { $0.before < truth.line }.prefix(3)
    #expect(
      errorText {
        try EqualisationCalibration(Array(four), average: truth.average, threshold: 0.9)
      }.hasPrefix("Only 4 of 7 municipalities have at least 90 % of the country's average ")
    )
  }

  @Test func aPoorFitIsRefused() throws {
    var (rows, truth) = try settlement(alpha: 0.6, beta: 0.35)
    var generator = SplitMix64(seed: 1)
    rows = rows.map { row in
      let noise = row.before >= truth.line ? Double.random(in: -900...900, using: &generator) : 0
      return EqualisationCalibration.Row(
        position: row.position,
        population: row.population,
        before: row.before,
        supplement: row.supplement + noise
      )
    }
    let text = errorText {
      try EqualisationCalibration(rows, average: truth.average, threshold: 0.9)
    }
    #expect(text.hasPrefix("The supplements at or above the threshold do not lie on a line: it "))
    #expect(text.hasSuffix("and are all amounts per inhabitant and of one year?"))
    // All alike is no line either.
    let same = rows.map {
      EqualisationCalibration.Row(
        position: $0.position,
        population: 1,
        before: 40_000,
        supplement: -1000
      )
    }
    #expect(
      errorText { try EqualisationCalibration(same, average: 40_000, threshold: 0.9) }
        .contains("do not lie on a line: it explains nan %")
    )
  }

  @Test func supplementsOfTheOtherSignAreRefused() throws {
    let (rows, truth) = try settlement(alpha: 0.6, beta: 0.35)
    let turned = rows.map {
      EqualisationCalibration.Row(
        position: $0.position,
        population: $0.population,
        before: $0.before,
        supplement: -$0.supplement
      )
    }
    #expect(
      errorText { try EqualisationCalibration(turned, average: truth.average, threshold: 0.9) }
        .hasPrefix("The rates alpha -0.6")
    )
  }
}
