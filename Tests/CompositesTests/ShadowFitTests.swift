import Composites
import Regions
import TestSupport
import Testing

/// Published places here are made from the composite and random noise; they are nobody's.
@Suite struct ShadowFitTests {
  private static func scores(_ head: String = "", units: Int = 60) throws -> CompositeScores {
    let values = MadeUpComposite.values(units: units, indicators: 5, seed: 41)
    return try MadeUpComposite(values).scores(MadeUpComposite.text(indicators: 5, head: head))
  }

  /// The places of the scores with noise added.
  private static func published(
    _ scores: CompositeScores,
    noise: Double,
    keep: Int = .max
  ) -> PublishedPlaces {
    var generator = SplitMix64(seed: 77)
    let noisy = scores.sums.map { $0 + noise * Double.random(in: -1...1, using: &generator) }
    var places: [Int: Int] = [:]
    for unit in noisy.indices.prefix(keep) {
      places[unit] = 1 + noisy.count { $0 > noisy[unit] }
    }
    return PublishedPlaces(places: places, ranked: noisy.count, source: "synthetic")
  }

  @Test func itsOwnPlacesFitWholly() throws {
    let scores = try Self.scores()
    let fit = ShadowFit(scores, published: Self.published(scores, noise: 0))
    #expect(fit.spearman == 1 && fit.kendall == 1 && fit.meanError == 0)
    #expect(fit.verdict == .places)
    // The value at a place is that of the unit that has it.
    for unit in scores.sums.indices {
      expectClose(fit.value(atPlace: Int(scores.places[unit])), scores.sums[unit], absolute: 1e-12)
    }
    // So a what-if is a new ranking of the composite itself.
    for (unit, component, value) in [(5, 0, 3.5), (20, 2, 1.0), (33, 4, 9.0)] {
      let sum = scores.sum(of: unit, with: [component: value])
      let outcome = fit.outcomes(of: [unit: [component: value]])[0]
      #expect(outcome.unit == unit)
      #expect(outcome.published == Int(scores.places[unit]))
      expectClose(outcome.change, sum - scores.sums[unit])
      #expect(outcome.place == Int(scores.place(of: unit, withSum: sum)))
    }
  }

  @Test func gate() throws {
    let scores = try Self.scores("gate: {correlation: 0.95, error: 6, units: 30}")
    let small = ShadowFit(scores, published: Self.published(scores, noise: 0.1))
    #expect(small.verdict == .places)
    let poor = ShadowFit(scores, published: Self.published(scores, noise: 3))
    #expect(poor.verdict == .directionOnly)
    let outcome = poor.outcomes(of: [4: [0: 9]])[0]
    #expect(outcome.place == nil && outcome.change > 0)
    let few = ShadowFit(scores, published: Self.published(scores, noise: 0, keep: 29))
    #expect(few.verdict == .tooFew)
    #expect(few.comparisons.count == 29)
    // A high correlation does not excuse a large error.
    let strict = try Self.scores("gate: {correlation: 0.5, error: 0.1}")
    #expect(
      ShadowFit(strict, published: Self.published(strict, noise: 0.3)).verdict == .directionOnly
    )
  }

  @Test func measures() throws {
    let scores = try Self.scores()
    let published = Self.published(scores, noise: 0.5)
    let fit = ShadowFit(scores, published: published)
    let errors = scores.sums.indices.map {
      abs(scores.places[$0] - Double(published.places[$0] ?? 0))
    }
    expectClose(fit.meanError, errors.reduce(0, +) / 60)
    let spearman = try #require(fit.spearman)
    let kendall = try #require(fit.kendall)
    #expect(spearman > kendall && kendall > 0.5 && spearman < 1)
  }

  /// Nothing changed leaves every place, also in a list that is not whole, and of another length.
  @Test(arguments: [60, 90], [60, 40])
  func nothingChanged(ranked: Int, keep: Int) throws {
    let scores = try Self.scores()
    let own = Self.published(scores, noise: 0.2, keep: keep)
    let published = PublishedPlaces(places: own.places, ranked: ranked, source: "synthetic")
    let fit = ShadowFit(scores, published: published)
    for unit in published.places.keys.sorted() {
      let value = scores.figures.components[0].values[unit]
      let outcome = fit.outcomes(of: [unit: [0: value]])[0]
      #expect(outcome.change == 0)
      guard let place = outcome.place else { continue }
      // Beyond the ends of the shadow's own values several places have one value.
      if ranked == 60 { #expect(place == outcome.published) }
    }
  }

  /// Equal published places leave the next empty, and nobody else takes it.
  @Test func tiesInTheList() throws {
    let scores = try Self.scores()
    var places = Self.published(scores, noise: 0).places
    let (second, third) = (
      try #require(places.first { $0.value == 2 }), try #require(places.first { $0.value == 3 })
    )
    places[third.key] = 2
    let fit = ShadowFit(
      scores,
      published: PublishedPlaces(places: places, ranked: 60, source: "synthetic")
    )
    let value = scores.figures.components[0].values[second.key]
    #expect(fit.outcomes(of: [second.key: [0: value]])[0].place == 2)
    let fourth = try #require(places.first { $0.value == 4 }).key
    let unchanged = scores.figures.components[0].values[fourth]
    #expect(fit.outcomes(of: [fourth: [0: unchanged]])[0].place == 4)
  }

  @Test func severalUnitsAtOnce() throws {
    let scores = try Self.scores()
    let fit = ShadowFit(scores, published: Self.published(scores, noise: 0))
    let outcomes = fit.outcomes(of: [7: [0: 9, 1: 9, 2: 9], 8: [0: 9, 1: 9, 2: 9]])
    #expect(outcomes.map(\.unit) == [7, 8])
    #expect(Set(outcomes.compactMap(\.place)).count == 2)
  }
}
