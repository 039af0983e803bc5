import Statistics
import TestSupport
import Testing

@Suite struct WilsonIntervalTests {
  /// Against `proportion_confint` of statsmodels, which `Reference/intervals.py` ran.
  @Test func agreesWithStatsmodels() throws {
    let rows = try ReferenceTable("Reference/wilson.csv").rows
    #expect(rows.count == 12)
    for row in rows {
      let interval = WilsonInterval(
        successes: row.number("successes"),
        trials: row.number("trials")
      )
      expectClose(interval.lower, row.number("lower"), absolute: 1e-15)
      expectClose(interval.upper, row.number("upper"), absolute: 1e-15)
    }
  }

  @Test func endsAreExact() {
    #expect(WilsonInterval(successes: 0, trials: 10).lower == 0)
    #expect(WilsonInterval(successes: 0, trials: 10).upper < 0.28)
    #expect(WilsonInterval(successes: 10, trials: 10).upper == 1)
    #expect(WilsonInterval(successes: 10, trials: 10).lower > 0.72)
  }

  @Test func withoutTrialsNothingIsKnown() {
    let interval = WilsonInterval(successes: 0, trials: 0)
    #expect(interval.lower == 0)
    #expect(interval.upper == 1)
  }

  @Test func isNarrowerWithMoreTrialsAndLowerConfidence() {
    func width(_ trials: Double, _ quantile: Double) -> Double {
      let interval = WilsonInterval(successes: trials / 5, trials: trials, quantile: quantile)
      return interval.upper - interval.lower
    }
    #expect(width(1000, 1.96) < width(100, 1.96))
    #expect(width(100, 1.64) < width(100, 1.96))
  }

  @Test func moreSuccessesThanTrialsTrap() async {
    await #expect(processExitsWith: .failure) {
      _ = WilsonInterval(successes: 3, trials: 2)
    }
  }
}
