import Forecasts
import TestSupport
import Testing

@Suite struct StudentFactorsTests {
  /// √((ν − 2)/χ²) with χ² at Φ(x), by SciPy's chi2.ppf(norm.cdf(x), ν), above 0
  /// chi2.isf(norm.sf(x), ν).
  private static let known = [
    (2.5, -8.0, 575088.3714500127), (2.5, -4.03, 31.556129694925595),
    (2.5, -0.7, 0.7652145578962475), (2.5, 0.0, 0.5165565220372234),
    (2.5, 1.3, 0.3010250406095398), (2.5, 6.1, 0.10601862126365645),
    (3.0, -8.0, 75333.32202805868), (3.0, -4.03, 21.20158466482352),
    (3.0, -0.7, 0.9209504528612128), (3.0, 0.0, 0.6501222454791208),
    (3.0, 1.3, 0.39760283794188467), (3.0, 6.1, 0.14722280404081067),
    (5.0, -8.0, 1059.1532790472097), (5.0, -4.03, 7.818516790131297),
    (5.0, -0.7, 1.0696784678788092), (5.0, 0.0, 0.8303154516981954),
    (5.0, 1.3, 0.5672154328818848), (5.0, 6.1, 0.24010874869932577),
    (30.0, -8.0, 4.648020226714745), (30.0, -4.03, 1.8431405539417),
    (30.0, -0.7, 1.0733167855946275), (30.0, 0.0, 0.9769634896800103),
    (30.0, 1.3, 0.8321986568989101), (30.0, 6.1, 0.5203141027556042),
    (400.0, -8.0, 1.3644814914482364), (400.0, -4.03, 1.1595327408439595),
    (400.0, -0.7, 1.023573084886039), (400.0, 0.0, 0.9983289076934145),
    (400.0, 1.3, 0.954114018178687), (400.0, 6.1, 0.8162600041432674),
  ]

  @Test(arguments: known)
  func knownFactors(freedom: Double, normal: Double, factor: Double) {
    let factors = StudentFactors(degreesOfFreedom: freedom)
    expectClose(factors.factor(at: normal), factor, relative: 2e-6)
  }

  /// The mean of the squares is 1: the integral of s² φ over the whole table.
  @Test(arguments: [3.0, 5, 12])
  func unitVariance(freedom: Double) {
    let factors = StudentFactors(degreesOfFreedom: freedom)
    let step = 1.0 / 256
    var sum = 0.0
    for index in 0..<2112 {
      let normal = -8.25 + (Double(index) + 0.5) * 2 * step
      let factor = factors.factor(at: normal)
      sum += factor * factor * Self.density(normal) * 2 * step
    }
    expectClose(sum, 1, relative: freedom == 3 ? 1e-4 : 1e-6)
  }

  /// The standard normal density by the series of e^(−x²/2), halved until it converges fast.
  private static func density(_ x: Double) -> Double {
    var (term, sum) = (1.0, 1.0)
    let reduced = -x * x / 2 / 64
    for power in 1..<30 {
      term *= reduced / Double(power)
      sum += term
    }
    for _ in 0..<6 { sum *= sum }
    return sum * 0.3989422804014327
  }
}
