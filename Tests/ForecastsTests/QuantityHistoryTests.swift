import Forecasts
import Regions
import TestSupport
import Testing

@testable import Forecasts

@Suite struct QuantityHistoryTests {
  @Test("A value goes to the scale, and a change of it back, by hand")
  func scales() {
    expectClose(GrowthScale.log.transformed(8), 2.0794415416798357)
    expectClose(GrowthScale.logit.transformed(0.8), 1.3862943611198906)
    #expect(GrowthScale.identity.transformed(-3) == -3)
    expectClose(GrowthScale.log.value(100, changedBy: 0.1), 110.51709180756477)
    // Odds of 1 : 1 become odds of 3 : 1.
    expectClose(GrowthScale.logit.value(0.5, changedBy: 1.0986122886681098), 0.75)
    #expect(GrowthScale.identity.value(-3, changedBy: 5) == 2)
  }

  @Test("What the scale does not have is NaN", arguments: GrowthScale.allCases)
  func edges(_ scale: GrowthScale) {
    #expect(scale.transformed(.nan).isNaN)
    #expect(scale.value(.nan, changedBy: 1).isNaN)
    #expect(scale.transformed(0).isNaN == (scale != .identity))
    #expect(scale.transformed(-1).isNaN == (scale != .identity))
    #expect(scale.transformed(1).isNaN == (scale == .logit))
    #expect(scale.transformed(1.5).isNaN == (scale == .logit))
  }

  @Test("A share of 0 or 1 stays; no change leaves a value as it is")
  func fixedPoints() {
    for change in [-3.0, 0, 3] {
      #expect(GrowthScale.logit.value(0, changedBy: change) == 0)
      #expect(GrowthScale.logit.value(1, changedBy: change) == 1)
      #expect(GrowthScale.log.value(0, changedBy: change) == 0)
    }
    for scale in GrowthScale.allCases { expectClose(scale.value(0.3, changedBy: 0), 0.3) }
    #expect(GrowthScale.logit.value(0.5, changedBy: 800) == 1)
    #expect(GrowthScale.logit.value(0.5, changedBy: -800) == 0)
  }

  @Test("A change is the distance of the transformed values", arguments: GrowthScale.allCases)
  func inverse(_ scale: GrowthScale) {
    var generator = SplitMix64(seed: 3)
    for _ in 0..<200 {
      let value = Double.random(in: 0.01...0.99, using: &generator)
      let change = Double.random(in: -3...3, using: &generator)
      let moved = scale.value(value, changedBy: change)
      if scale == .identity {
        expectClose(moved - value, change, absolute: 1e-12)
      } else {
        expectClose(
          scale.transformed(moved) - scale.transformed(value),
          change,
          absolute: 1e-11
        )
      }
    }
  }

  @Test("The scale of an indicator's value: shares, amounts, and what may be negative")
  func scaleOfIndicators() {
    let panel = Small.panel(["n": [:], "loss": [:]], mayBeNegative: ["loss"])
    func scale(_ indicator: Indicator) -> GrowthScale {
      Quantity(valueOf: indicator, in: panel).scale
    }
    #expect(scale(Small.indicator("a", "n", over: "d", isShare: true)) == .logit)
    #expect(scale(Small.indicator("a", "n", over: "d")) == .log)
    #expect(scale(Small.indicator("a", "n")) == .log)
    #expect(scale(Small.indicator("a", "n", unit: .index)) == .identity)
    #expect(scale(Small.indicator("a", "n", weight: "d", unit: .percent)) == .identity)
    #expect(scale(Small.indicator("a", "loss")) == .identity)
    let ratio = Quantity(valueOf: Small.indicator("a", "n", over: "d"), in: panel)
    #expect(ratio.name == "n/d")
    #expect(ratio.series == ["n", "d"])
    #expect(Quantity(numerator: "n", scale: .log).name == "n")
  }

  static let amount = Quantity(numerator: "n", scale: .identity)

  @Test("Years without figures are NaN, and so are the changes into and out of them")
  func missingYears() throws {
    let panel = Small.panel([
      "n": [2001: [1, 2, 3, nil], 2003: [4, 6, 8, 10], 2004: [5, 8, 11, 14]]
    ])
    let history = try #require(QuantityHistory(Self.amount, in: panel))
    #expect(history.years == 2001...2004)
    #expect(history.units == 4)
    #expect(history.values.count == 16)
    #expect((0..<4).map { history.value($0, 2003) } == [4, 6, 8, 10])
    #expect(history.value(3, 2001).isNaN)
    #expect((0..<4).allSatisfy { history.value($0, 2002).isNaN })
    #expect((0..<4).map { history.change($0, into: 2004) } == [1, 2, 3, 4])
    for year in [2001, 2002, 2003] {
      #expect((0..<4).allSatisfy { history.change($0, into: year).isNaN })
    }
    #expect(history.usableYears == 1)
  }

  @Test("A year is usable when at least half of the municipalities have a change")
  func usable() throws {
    let panel = Small.panel([
      "n": [
        2001: [1, 1, nil, nil], 2002: [1, 1, 1, nil], 2003: [1, nil, nil, nil],
        2004: [1, 1, 1, 1], 2005: [1, 1, 1, 1],
      ]
    ])
    let history = try #require(QuantityHistory(Self.amount, in: panel))
    #expect(history.usableYears == 2)
    #expect(history.upTo(2004).usableYears == 1)
    #expect(history.upTo(2001).usableYears == 0)
  }

  @Test("A break takes a change from one municipality, or from all, and the values from none")
  func breaks() throws {
    let panel = Small.panel(
      [
        "n": [2001: [1, 2, 3, 4], 2002: [2, 4, 6, 8], 2003: [3, 6, 9, 12]],
        "d": [2001: [1, 1, 1, 1], 2002: [1, 1, 1, 1], 2003: [1, 1, 1, 1]],
      ],
      breaks: [
        SeriesBreak(series: "n", municipality: "0102", year: 2002, reason: ""),
        SeriesBreak(series: "n", municipality: "9999", year: 2002, reason: ""),
        SeriesBreak(series: "n", municipality: "0190", year: 2003, reason: ""),
        SeriesBreak(series: "n", municipality: nil, year: 1999, reason: ""),
        SeriesBreak(series: "d", municipality: nil, year: 2003, reason: ""),
      ]
    )
    let amount = try #require(QuantityHistory(Self.amount, in: panel))
    #expect(isSame((0..<4).map { amount.change($0, into: 2002) }, [1, .nan, 3, 4]))
    #expect((0..<4).map { amount.change($0, into: 2003) } == [1, 2, 3, 4])
    #expect(amount.value(1, 2002) == 4)
    let ratio = Quantity(numerator: "n", denominator: "d", scale: .identity)
    let both = try #require(QuantityHistory(ratio, in: panel))
    #expect(isSame((0..<4).map { both.change($0, into: 2002) }, [1, .nan, 3, 4]))
    #expect((0..<4).allSatisfy { both.change($0, into: 2003).isNaN })
    #expect(both.usableYears == 1)
  }

  @Test("A ratio has the years of both series; it is undefined over 0")
  func ratio() throws {
    let panel = Small.panel([
      "n": [2000: [1, 1, 1, 1], 2001: [1, 2, 0, 4], 2002: [2, 2, 5, 8]],
      "d": [2001: [2, 0, 10, 10], 2002: [4, 4, 10, 10], 2003: [1, 1, 1, 1]],
    ])
    let share = Quantity(numerator: "n", denominator: "d", scale: .logit)
    let history = try #require(QuantityHistory(share, in: panel))
    #expect(history.years == 2001...2002)
    let first = (0..<4).map { history.value($0, 2001) }
    #expect(first.map(\.isNaN) == [false, true, true, false])
    expectClose(first[0], 0, absolute: 1e-15)
    expectClose(first[3], -0.4054651081081643)
    #expect(history.sizes == [2, 0, 10, 10, 4, 4, 10, 10])
    #expect(history.latestSizes == [4, 4, 10, 10])
  }

  @Test("Without a year up to the last one looked at there is no history")
  func none() throws {
    let panel = Small.panel(["n": [2001: [1, 1, 1, 1]], "d": [2002: [1, 1, 1, 1]]])
    #expect(QuantityHistory(Self.amount, in: panel, upTo: 2000) == nil)
    #expect(QuantityHistory(Self.amount, in: panel, upTo: 2001)?.years == 2001...2001)
    #expect(QuantityHistory(Self.amount, in: panel, upTo: 2009)?.years == 2001...2001)
    let ratio = Quantity(numerator: "n", denominator: "d", scale: .log)
    #expect(QuantityHistory(ratio, in: panel) == nil)
    #expect(QuantityHistory(Quantity(numerator: "x", scale: .log), in: panel) == nil)
  }

  @Test("What was known in an earlier year is what a shorter panel gives")
  func upTo() throws {
    let made = MadeUpGrowth(units: 12, changes: 6, parameters: [.noise: 0.01])
    let whole = try made.history()
    for year in whole.years {
      let earlier = whole.upTo(year)
      let read = try #require(QuantityHistory(whole.quantity, in: made.panel, upTo: year))
      #expect(earlier.years == read.years)
      #expect(earlier.values == read.values)
      #expect(earlier.sizes == read.sizes)
      #expect(earlier.isBreak == read.isBreak)
    }
  }

  @Test("The size is the denominator, else the inhabitants, else the amount itself")
  func sizes() throws {
    let figures: [String: [Int: [Double?]]] = [
      "n": [2001: [-1, 2, 3, 4], 2002: [5, 6, 7, 8]]
    ]
    let alone = try #require(QuantityHistory(Self.amount, in: Small.panel(figures)))
    #expect(alone.sizes == [1, 2, 3, 4, 5, 6, 7, 8])
    var more = figures
    more["population.total"] = [2001: [10, 20, 30, nil], 2002: [11, nil, 31, nil]]
    let people = try #require(QuantityHistory(Self.amount, in: Small.panel(more)))
    #expect(isSame(people.sizes, [10, 20, 30, .nan, 11, .nan, 31, .nan]))
    // The latest that is known; the median of the others for one that has none.
    #expect(people.latestSizes == [11, 20, 31, 20])
    let nobody = Small.panel(["n": [2001: [nil, nil, nil, nil]]])
    #expect(QuantityHistory(Self.amount, in: nobody)?.latestSizes == [1, 1, 1, 1])
  }
}
