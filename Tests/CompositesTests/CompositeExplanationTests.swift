import Composites
import Foundation
import TestSupport
import Testing

@Suite struct CompositeExplanationTests {
  private static func scores(_ head: String = "", missing: Double = 0.1) throws -> CompositeScores {
    let values = MadeUpComposite.values(units: 30, indicators: 6, missing: missing, seed: 21)
    return try MadeUpComposite(values).scores(
      MadeUpComposite.text(
        indicators: 6,
        head: head,
        weights: [2, 1, 1, 3, 0, 1],
        areaWeights: (3, 2),
        smallerIsBetter: [2]
      )
    )
  }

  private static let heads = [
    "normalisation: z", "normalisation: min-max", "normalisation: percentile",
    "aggregation: geometric\nshift: 9",
  ]

  @Test(arguments: heads)
  func contributionsSumToTheScore(head: String) throws {
    let scores = try Self.scores(head)
    for unit in scores.figures.units.indices {
      let explanation = CompositeExplanation(scores, unit: unit)
      guard let contributions = explanation.contributions(of: unit),
        let areas = explanation.areaContributions(of: unit)
      else {
        #expect(scores.sums[unit].isNaN)
        continue
      }
      let sum = contributions.filter { !$0.isNaN }.reduce(0, +)
      expectClose(sum, scores.sums[unit], absolute: 1e-11)
      expectClose(areas.reduce(0, +), scores.sums[unit], absolute: 1e-11)
      #expect(contributions[4].isNaN || contributions[4] == 0)
      for (area, contribution) in areas.enumerated() where head.hasPrefix("norm") {
        expectClose(
          contribution,
          scores.weighting.areaShares[area] * scores.areaValues[area][unit],
          absolute: 1e-11
        )
      }
    }
  }

  @Test(arguments: heads)
  func differencesSumToTheDifference(head: String) throws {
    let scores = try Self.scores(head)
    let scored = scores.scored
    for (one, other) in zip(scored, scored.dropFirst()) {
      let explanation = CompositeExplanation(scores, unit: one, against: other)
      let differences = try #require(explanation.differences)
      expectClose(
        differences.reduce(0) { $0 + $1.difference },
        scores.sums[one] - scores.sums[other],
        absolute: 1e-11
      )
      let sizes = differences.map { abs($0.difference) }
      #expect(sizes == sizes.sorted(by: >))
    }
  }

  /// What a step is worth, against a composite in which the figure was written otherwise, on the same
  /// frozen scale: an added earlier year holds the scale's figures.
  @Test func worthIsThatOfOtherFigures() throws {
    let values = MadeUpComposite.values(units: 15, indicators: 4, seed: 3)
    let head = "base: {from: 2020, to: 2020}"
    let text = MadeUpComposite.text(indicators: 4, head: head, smallerIsBetter: [1])
    let twice = values.map { [$0[0], $0[0]] }
    let scores = try MadeUpComposite(twice).scores(text)
    let worths = CompositeExplanation(scores, unit: 5).worths(.unit)
    for index in 0..<4 {
      var moved = twice
      moved[index][1][5] += index == 1 ? -1 : 1
      let after = try MadeUpComposite(moved).scores(text)
      expectClose(worths[index].score, after.scores[5] - scores.scores[5], absolute: 1e-12)
      #expect(worths[index].places == scores.places[5] - after.places[5])
      #expect(worths[index].step == (index == 1 ? -1 : 1))
    }
    let sigmas = CompositeExplanation(scores, unit: 5).worths(.sigma)
    // One σ is worth the indicator's share of the score.
    for index in 0..<4 { expectClose(sigmas[index].score, 0.25, relative: 1e-9) }
  }

  /// The price gives the next place, and a little less does not.
  @Test(arguments: heads)
  func priceIsTheLeast(head: String) throws {
    let scores = try Self.scores(head, missing: 0)
    for unit in scores.scored {
      let explanation = CompositeExplanation(scores, unit: unit)
      guard let next = explanation.next else {
        #expect(scores.places[unit] == 1)
        #expect(explanation.prices.isEmpty)
        continue
      }
      for (index, price) in explanation.prices.enumerated() {
        guard let change = price.change else { continue }
        let value = scores.figures.components[index].values[unit]
        #expect(scores.sum(of: unit, with: [index: value + change]) >= scores.sums[next])
        let less = scores.sum(of: unit, with: [index: value + change * (1 - 1e-6)])
        #expect(less < scores.sums[next])
        #expect((change < 0) == (index == 2))
      }
      // The indicator without weight buys nothing.
      #expect(explanation.prices[4].change == nil)
    }
  }

  @Test func withoutAScore() throws {
    let scores = try Self.scores("missing: refuse", missing: 0.3)
    let unit = try #require(scores.sums.indices.first { scores.sums[$0].isNaN })
    let explanation = CompositeExplanation(scores, unit: unit, against: scores.scored[0])
    #expect(explanation.contributions(of: unit) == nil)
    #expect(explanation.differences == nil)
    #expect(explanation.next == nil)
    #expect(explanation.worths(.unit).allSatisfy { $0.score.isNaN && $0.places.isNaN })
  }
}
