import Composites
import Documents
import Foundation
import Statistics
import TestSupport
import Testing

@Suite struct RobustnessTests {
  private static let all = Set(RobustnessSettings.Factor.allCases)

  private static func robustness(
    _ factors: Set<RobustnessSettings.Factor>,
    draws: Int = 600,
    missing: Double = 0,
    scheme: WeightScheme = .dirichlet(concentration: 40),
    head: String = "missing: {rule: renormalise, least: 0.4}"
  ) throws -> Robustness {
    let early = MadeUpComposite.values(units: 25, indicators: 5, seed: 30)
    let late = MadeUpComposite.values(units: 25, indicators: 5, missing: missing, seed: 31)
    let values = zip(early, late).map { [$0[0], $1[0]] }
    let scores = try MadeUpComposite(values).scores(
      MadeUpComposite.text(
        indicators: 5,
        head: head,
        weights: [2, 1, 1, 1, 1],
        smallerIsBetter: [3]
      )
    )
    return try Robustness(
      scores,
      settings: RobustnessSettings(draws: draws, seed: 5, scheme: scheme, factors: factors)
    )
  }

  /// The places of one draw, plainly, from the parameters that are said of it.
  private func places(_ robustness: Robustness, _ draw: RobustnessDraw) throws -> [Int] {
    let scores = robustness.scores
    let components = scores.figures.components
    let scales = try components.map { component in
      try #require(
        NormalisationScale(
          base: draw.usesBaseWindow ? component.base : component.yearBase,
          isLargerBetter: component.isLargerBetter,
          normalisation: draw.normalisation,
          winsorising: draw.winsorising
        )
      )
    }
    let sums = robustness.units.map { unit in
      var (sum, total) = (0.0, 0.0)
      for part in [0..<2, 2..<5] {
        var (weighed, there, share) = (0.0, 0.0, 0.0)
        for index in part {
          share += draw.weights[index]
          let z = scales[index].normalised(components[index].values[unit])
          guard !z.isNaN else { continue }
          there += draw.weights[index]
          weighed +=
            draw.weights[index] * (draw.aggregation == .geometric ? log(z + draw.shift) : z)
        }
        guard there > 0 else { continue }
        sum += share * weighed / there
        total += share
      }
      return sum / total
    }
    return sums.map { own in 1 + sums.count { $0 > own + 1e-12 } }
  }

  @Test(arguments: [0, 0.15])
  func likeAPlainLoop(missing: Double) throws {
    let robustness = try Self.robustness(Self.all, missing: missing)
    let focus = robustness.units[3]
    let targets: [RobustnessTarget] = [
      .place(unit: focus, atLeast: 10), .above(unit: focus, other: robustness.units[0]),
    ]
    let outcome = robustness.outcome(
      focus: focus,
      targets: targets,
      isExplained: false,
      threads: 2
    )
    var counts = [UInt32](
      repeating: 0,
      count: robustness.units.count * (robustness.units.count + 1)
    )
    for draw in 0..<600 {
      let parameters = robustness.parameters(ofDraw: draw)
      expectClose(parameters.weights.reduce(0, +), 1)
      if let left = parameters.leftOut { #expect(parameters.weights[left] == 0) }
      let places = try places(robustness, parameters)
      for (row, place) in places.enumerated() {
        counts[row * (robustness.units.count + 1) + place] += 1
      }
      #expect(outcome.places[draw] == places[3])
      #expect(outcome.held[0][draw] == (places[3] <= 10))
      #expect(outcome.held[1][draw] == (places[3] < places[0]))
      let shift = zip(robustness.units, places).reduce(0.0) {
        $0 + abs(robustness.scores.places[$1.0] - Double($1.1))
      }
      expectClose(outcome.shifts[draw], shift / Double(places.count))
    }
    #expect(outcome.tally.counts == counts)
    #expect(outcome.targets[0].count == outcome.held[0].count { $0 })
  }

  @Test func everyChoiceIsMade() throws {
    let robustness = try Self.robustness(Self.all)
    let draws = (0..<600).map(robustness.parameters)
    #expect(Set(draws.map(\.normalisation)).count == 3)
    #expect(Set(draws.map(\.aggregation)).count == 2)
    #expect(Set(draws.map { $0.winsorising == nil }).count == 2)
    #expect(Set(draws.map(\.usesBaseWindow)).count == 2)
    #expect(Set(draws.map(\.leftOut)) == [nil, 0, 1, 2, 3, 4])
    // Each of the six with a sixth of the draws, within five standard errors.
    for left in [nil, 0, 1, 2, 3, 4] {
      #expect(abs(draws.count { $0.leftOut == left } - 100) < 46)
    }
  }

  /// What does not vary stays as the composite has it.
  @Test func onlyWeightsVary() throws {
    let robustness = try Self.robustness([.weights], scheme: .spread(0.25))
    for draw in (0..<300).map(robustness.parameters) {
      #expect(draw.normalisation == .z && draw.aggregation == .arithmetic)
      #expect(draw.winsorising == nil && draw.leftOut == nil && draw.usesBaseWindow)
    }
    // The same places as the product alone has.
    let scores = robustness.scores
    let sampler = WeightSampler(weights: scores.weighting.shares, scheme: .spread(0.25), seed: 5)
    #expect(robustness.parameters(ofDraw: 7).weights == sampler.weights(ofDraw: 7))
  }

  @Test(arguments: [1, 2, 255, 256, 257, 1000])
  func threadsDoNotShow(draws: Int) throws {
    guard draws > 1 else { return }
    let robustness = try Self.robustness(Self.all, draws: draws, missing: 0.1)
    let focus = robustness.units[0]
    let outcomes = [1, 3].map {
      robustness.outcome(focus: focus, isExplained: true, threads: $0)
    }
    #expect(outcomes[0].tally == outcomes[1].tally)
    #expect(outcomes[0].places == outcomes[1].places)
    #expect(outcomes[0].shifts == outcomes[1].shifts)
    #expect(outcomes[0].places.count == draws)
    if draws > 200 { #expect(outcomes[0].sensitivities == outcomes[1].sensitivities) }
  }

  /// Where one choice alone varies, all of the variance is due to it.
  @Test func oneChoiceHasAllOfTheVariance() throws {
    let robustness = try Self.robustness([.weights], draws: 3000)
    let outcome = robustness.outcome(
      focus: robustness.units[12],
      isExplained: true,
      threads: 1
    )
    let item = outcome.sensitivities[0]
    #expect(item.factor == .weights)
    #expect(abs(item.placeFirst.value - 1) < 4 * item.placeFirst.standardError + 1e-9)
    #expect(abs(item.placeTotal.value - 1) < 4 * item.placeTotal.standardError + 1e-9)
    #expect(abs(item.shiftTotal.value - 1) < 4 * item.shiftTotal.standardError + 1e-9)
  }

  /// The first-order index of the indicator left out, against the variance of conditional means.
  @Test func firstOrderIsTheVarianceOfConditionalMeans() throws {
    let robustness = try Self.robustness([.weights, .leftOut], draws: 20_000)
    let focus = robustness.units[12]
    let outcome = robustness.outcome(focus: focus, isExplained: true, threads: 2)
    let draws = (0..<20_000).map(robustness.parameters)
    let mean = Double(outcome.places.reduce(0, +)) / 20_000
    var between = 0.0
    for left in [nil, 0, 1, 2, 3, 4] {
      let chosen = outcome.places.indices.filter { draws[$0].leftOut == left }
      let own = Double(chosen.reduce(0) { $0 + outcome.places[$1] }) / Double(chosen.count)
      between += Double(chosen.count) / 20_000 * (own - mean) * (own - mean)
    }
    let index = try #require(outcome.sensitivities.first { $0.factor == .leftOut }).placeFirst
    let expected = between / (try #require(outcome.variances)).place
    #expect(abs(index.value - expected) < 4 * index.standardError + 0.01)
  }

  @Test func nobodyToRank() throws {
    let values = MadeUpComposite.values(units: 6, indicators: 4, missing: 0.9, seed: 2)
    var some = values
    for index in some.indices { some[index][0][0] = 1 + Double(index) }
    for index in some.indices { some[index][0][1] = .nan }
    let scores = try MadeUpComposite(
      some.map { [MadeUpComposite.values(units: 6, indicators: 1, seed: 1)[0][0], $0[0]] }
    ).scores(
      MadeUpComposite.text(indicators: 4, head: "missing: refuse\nfill: none")
        .replacing("{id: i0}", with: "{id: i0, year: 2021}")
        .replacing("{id: i1}", with: "{id: i1, year: 2021}")
        .replacing("{id: i2}", with: "{id: i2, year: 2021}")
        .replacing("{id: i3}", with: "{id: i3, year: 2021}")
    )
    #expect(scores.ranked < 2)
    #expect(throws: DocumentError.self) {
      try Robustness(
        scores,
        settings: RobustnessSettings(draws: 10, seed: 1, scheme: .spread(0.1), factors: [.weights])
      )
    }
  }
}
