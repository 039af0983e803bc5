import Forecasts
import Regions
import TestSupport
import Testing

@testable import Scenarios

/// Levers on drawn figures, limits that draws break, and forecasts that do not fit.
@Suite struct FuturesLimitsTests {
  /// A share near 100 per cent: a lever takes it over the limit in about half of the draws.
  @Test func aShareIsClipped() throws {
    let scenario = try Sample.scenario(
      horizon: 2021,
      levers: ["id: more, kind: change, indicator: share, whom: Dal, value: 10, from: 2021"],
      more: """
        targets:
          - {id: all, kind: level, whom: Dal, value: 100}

        """
    )
    let panel = try Sample.panel([
      "employed": [2020: [50, 60, 90, 45, 30]], "people": [2020: Sample.people],
    ])
    let forecast = Noise.forecast(Noise.path([0, 0, 0.4], scale: .logit))
    let futures = try Noise.futures(scenario, ["share": forecast], draws: 4000, panel)
    let target = try #require(futures.targets.first)
    #expect(futures.indicators[0].clipped == target.probability.count)
    #expect(abs(target.probability.value - 0.5) < 0.04)
    #expect(target.isMetCentrally)
  }

  /// Amounts below their minimum 0, and a rate above its maximum 100.
  @Test func amountsAreClipped() throws {
    let amounts = try Noise.futures(
      try Sample.scenario(indicators: "employed", horizon: 2021),
      ["employed": Noise.forecast(Noise.path([50]))],
      draws: 4000
    )
    // P(50 + 50 z < 0) = Φ(−1).
    #expect(abs(Double(amounts.indicators[0].clipped) / 4000 - 0.1587) < 0.025)
    let rates = try Noise.futures(
      try Sample.scenario(indicators: "level", horizon: 2021),
      ["level": Noise.forecast(Noise.path([20]))],
      draws: 4000,
      try Sample.panel(["rate": [2020: [90, 60, 70, 50, 40]], "people": [2020: Sample.people]])
    )
    // P(90 + 20 z > 100) = 1 − Φ(0.5).
    #expect(abs(Double(rates.indicators[0].clipped) / 4000 - 0.3085) < 0.03)
  }

  /// A denominator that a lever would take below 0 stays above it.
  @Test func denominatorsAreClipped() throws {
    let scenario = try Sample.scenario(
      indicators: "per_head",
      horizon: 2021,
      levers: ["id: less, kind: change, series: people, whom: Eid, value: -40, from: 2021"]
        .map { $0.replacing("whom: Eid", with: "whom: \"0205\"") }
    )
    let forecast = Noise.forecast(
      Noise.path([0.1, 0.1, 0.1, 0.1, 0.1], scale: .log),
      Noise.path([0, 0, 0, 0, 0.5], scale: .log)
    )
    let panel = try Sample.panel([
      "jobs": [2020: [50, 60, 80, 45, 30]], "people": [2020: Sample.people],
    ])
    let futures = try Noise.futures(scenario, ["per_head": forecast], draws: 4000, panel)
    // P(50 e^(z/2) < 40) = Φ(2 ln 0.8).
    #expect(abs(Double(futures.indicators[0].clipped) / 4000 - 0.3277) < 0.03)
    let places = futures.indicators[0].years[0].municipality
    #expect(places.units.indices.allSatisfy { places.placed($0) == 4000 || places.placed($0) == 0 })
  }

  /// A unit that reaches another's value in every draw has its place in every draw.
  @Test func reachingATarget() throws {
    let scenario = try Sample.scenario(
      horizon: 2021,
      levers: ["id: up, kind: reach, indicator: share, whom: Ask, target: Berg, from: 2021"]
    )
    let noise = Noise.path([0.1, 0.1, 0.1, 0.1, 0.1], scale: .logit, freedom: 4)
    let futures = try Noise.futures(
      scenario,
      ["share": Noise.forecast(noise, Noise.path([0.1, 0.2], scale: .log))],
      draws: 2000
    )
    let passed = futures.indicators[0].overtakes.filter {
      $0.unit.code == "0102" && $0.other.code == "0101"
    }
    #expect(passed.count <= 1)
    let ask = try #require(futures.places("0101"))
    let berg = try #require(futures.places("0102"))
    // Ask is level with Berg or better by itself: never behind.
    #expect(ask.0.mean(ask.1).place <= berg.0.mean(berg.1).place)
    let overtake = futures.indicators[0].overtakes.first {
      $0.unit.code == "0101" && $0.other.code == "0102"
    }
    #expect(overtake?.probability.count == 2000)
  }

  /// A focus that holds is expected to stay, and varies.
  @Test func aFocusThatHolds() throws {
    let scenario = try Sample.scenario(
      indicators: "employed",
      horizon: 2021,
      others: "{move: national, focus: hold, growth: {employed: 50}}"
    )
    let futures = try Noise.futures(
      scenario,
      ["employed": Noise.forecast(Noise.path([30, 30]))],
      draws: 2000
    )
    let (places, ask) = try #require(futures.places("0101"))
    #expect(places.quantile(0, ask) != places.quantile(1, ask))
    #expect(futures.indicators[0].central[0].municipality.levels.entries[0].numerator == 50)
  }

  // MARK: - What is refused

  private static func message(
    _ forecasts: [String: IndicatorForecast],
    draws: Int = 10,
    threads: Int = 1,
    others: String = "{move: hold}"
  ) -> String {
    errorText {
      try Noise.futures(
        Sample.scenario(others: others),
        forecasts,
        draws: draws,
        threads: threads
      )
    }
  }

  @Test func refusals() {
    let good = ["share": Noise.forecast(Noise.path([1], scale: .logit))]
    #expect(Self.message(good) == "(no error)")
    #expect(
      Self.message(good, draws: 0) == "The number of draws must be from 1 to 4294967295, not 0."
    )
    #expect(Self.message(good, threads: 0) == "At least 1 thread is needed, not 0.")
    #expect(
      Self.message([:])
        == "sample.yml:4:14: There is no forecast of share, so its futures cannot be drawn."
    )
    #expect(
      Self.message([:], others: "{move: model}")
        == "sample.yml:5:18: employed/people has no yearly changes up to 2020, too few to say how it "
        + "moves; 3 are needed. Name a series or ratio with a history under others.borrow: employed, "
        + "give parameters under futures.parameters, or choose a later baseline."
    )
    #expect(
      Self.message(["share": Noise.forecast(Noise.path([1], years: 1))])
        == "sample.yml:4:14: The forecast of share covers 1 years; 2 are needed."
    )
    #expect(
      Self.message(["share": Noise.forecast(Noise.path([1], positions: 4))])
        == "sample.yml:4:14: The forecast of share is of 4 units; the figures are of 6."
    )
    #expect(
      Self.message(["share": Noise.forecast(Noise.path([1], freedom: 2))])
        == "sample.yml:4:14: The forecast of share has 2 degrees of freedom; more than 2 are needed."
    )
    #expect(
      Self.message(["share": Noise.forecast(Noise.path([.nan]))])
        == "sample.yml:4:14: The forecast of share has numbers that are not finite."
    )
    #expect(
      Self.message(["share": Noise.forecast(Noise.path([1]), Noise.path([1]))])
        == "sample.yml:4:14: The forecast of share moves the denominator on a scale other than log."
    )
    #expect(
      Self.message(["share": Noise.forecast(Noise.path([1]), correlation: 1.5)])
        == "sample.yml:4:14: The forecast of share correlates value and denominator by 1.5, outside "
        + "−1 to 1."
    )
    #expect(
      Self.message([
        "share": Noise.forecast(Noise.path([1], groups: [0, 0, 0, 0, 0, 1], correlation: [1]))
      ])
        == "sample.yml:4:14: The forecast of share puts units in groups that it does not correlate."
    )
    let singular = Noise.path([1], groups: [0, 0, 0, 1, 1, 1], correlation: [1, 1, 1, 1])
    #expect(
      Self.message(["share": Noise.forecast(singular)])
        == "sample.yml:4:14: The correlation between the regions in the forecast of share is none. "
        + "The matrix is not positive definite: row 2 has no variance of its own left once the rows "
        + "before it are known (pivot 2)."
    )
  }

  @Test(arguments: ["window: 3", "weight: 0.5", "growth: {employed: 2}"])
  func modelWithoutEffect(key: String) {
    let text = errorText { try Sample.scenario(others: "{move: model, \(key)}") }
    #expect(text.contains("has no effect while the others move as the growth model expects"))
  }

  /// Nothing is kept per draw: the counts of 1 and of 5,000 draws are as large.
  @Test func memoryIsThatOfTheCounts() throws {
    let forecast = ["share": Noise.forecast(Noise.path([0.1, 0.1], scale: .logit))]
    let sizes = try [1, 5000].map { draws in
      let futures = try Noise.futures(Sample.scenario(), forecast, draws: draws)
      return futures.indicators[0].years.map(\.municipality.counts.count)
    }
    #expect(sizes[0] == sizes[1] && sizes[0] == [30, 30])
    #expect(MemoryLayout<UInt32>.size == 4)
  }
}
