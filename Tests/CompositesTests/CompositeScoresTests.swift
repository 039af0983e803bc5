import Composites
import Foundation
import Regions
import TestSupport
import Testing

/// The formulas once more, slowly and plainly.
private struct PlainComposite {
  let values: [[Double]]
  let weights: [Double]
  let areaWeights: (Double, Double)
  let normalisation: Normalisation
  let isGeometric: Bool
  let shift: Double
  let least: Double?

  func normalised(_ column: [Double], _ value: Double) -> Double {
    let base = column.filter { !$0.isNaN }
    let count = Double(base.count)
    switch normalisation {
    case .z:
      let mean = base.reduce(0, +) / count
      let variance = base.map { pow($0 - mean, 2) }.reduce(0, +) / count
      return (value - mean) / variance.squareRoot()
    case .minMax:
      let (low, high) = (base.sorted()[0], base.sorted()[base.count - 1])
      return 100 * (value - low) / (high - low)
    case .percentile:
      let below = Double(base.count { $0 < value }) + Double(base.count { $0 == value }) / 2
      return 100 * below / count
    }
  }

  func score(_ unit: Int) -> Double {
    var areas: [Double] = []
    for part in [0..<2, 2..<values.count] {
      var (sum, there) = (0.0, 0.0)
      for index in part where !values[index][unit].isNaN {
        let z = normalised(values[index], values[index][unit])
        sum += weights[index] * (isGeometric ? log(z + shift) : z)
        there += weights[index]
      }
      let all = weights[part].reduce(0, +)
      if let least { if there < least * all || there == 0 { return .nan } }
      if least == nil, there < all { return .nan }
      areas.append(sum / there)
    }
    let total =
      (areaWeights.0 * areas[0] + areaWeights.1 * areas[1]) / (areaWeights.0 + areaWeights.1)
    return isGeometric ? exp(total) : total
  }
}

@Suite struct CompositeScoresTests {
  @Test(arguments: Normalisation.allCases, Composite.Aggregation.allCases)
  func likeThePlainFormulas(
    normalisation: Normalisation,
    aggregation: Composite.Aggregation
  ) throws {
    for (seed, missing) in [(1, 0.0), (2, 0.1), (3, 0.3)] as [(UInt64, Double)] {
      for rule in ["{rule: renormalise, least: 0.6}", "{rule: renormalise, least: 0.2}", "refuse"] {
        let values = MadeUpComposite.values(units: 40, indicators: 6, missing: missing, seed: seed)
        let weights = [2, 1, 1, 3, 0.5, 1]
        let isGeometric = aggregation == .geometric
        let shift = isGeometric ? (normalisation == .z ? "shift: 9" : "shift: 1") : ""
        let scores = try MadeUpComposite(values).scores(
          MadeUpComposite.text(
            indicators: 6,
            head: """
              normalisation: \(normalisation.rawValue)
              aggregation: \(aggregation.rawValue)
              missing: \(rule)
              \(shift)
              """,
            weights: weights,
            areaWeights: (3, 2)
          )
        )
        let plain = PlainComposite(
          values: values.map { $0[0] },
          weights: weights,
          areaWeights: (3, 2),
          normalisation: normalisation,
          isGeometric: isGeometric,
          shift: normalisation == .z ? 9 : 1,
          least: rule == "refuse" ? nil : rule.contains("0.6") ? 0.6 : 0.2
        )
        let expected = (0..<40).map(plain.score)
        expectClose(scores.scores, expected, relative: 1e-11, absolute: 1e-12)
        for unit in 0..<40 where !expected[unit].isNaN {
          #expect(scores.places[unit] == Double(1 + expected.count { $0 > expected[unit] }))
        }
        #expect(scores.ranked == expected.count { !$0.isNaN })
      }
    }
  }

  /// An indicator of which small values are better is the same as its negative, large.
  @Test func directions() throws {
    let values = MadeUpComposite.values(units: 12, indicators: 4, seed: 5)
    var turned = values
    turned[3][0] = values[3][0].map { 10 - $0 }
    for normalisation in Normalisation.allCases {
      let head = "normalisation: \(normalisation.rawValue)"
      let one = try MadeUpComposite(values).scores(
        MadeUpComposite.text(indicators: 4, head: head, smallerIsBetter: [3])
      )
      let other = try MadeUpComposite(turned).scores(
        MadeUpComposite.text(indicators: 4, head: head)
      )
      expectClose(one.scores, other.scores, relative: 1e-9, absolute: 1e-9)
    }
  }

  /// The scale is that of all years of the window together, and the latest year is set on it.
  @Test func frozenBaseWindow() throws {
    let years = [[1.0, 2, 3, 4], [2, 4, 6, 8], [10, 20, 30, 40]]
    let figures = MadeUpComposite([years, years, years])
    let scores = try figures.scores(
      MadeUpComposite.text(
        indicators: 3,
        head: "normalisation: min-max\nbase: {from: 2020, to: 2021}"
      )
    )
    // From 1 to 8 in the window; the figures of 2022 lie beyond it.
    expectClose(scores.scores, [10.0, 20, 30, 40].map { 100 * ($0 - 1) / 7 })
    #expect(scores.figures.components[0].baseYears == [2020, 2021])
    #expect(scores.figures.components[0].levels.year == 2022)
  }

  @Test func fixedYearAndLatest() throws {
    let years = [[1.0, 2, 3, 4], [4, 3, 2, 1]]
    let figures = MadeUpComposite([years, years, years])
    let text = MadeUpComposite.text(indicators: 3)
      .replacing("{id: i0}", with: "{id: i0, year: 2020}")
    let scores = try figures.scores(text)
    #expect(scores.figures.components.map(\.levels.year) == [2020, 2021, 2021])
    expectClose(scores.normalised[0], scores.normalised[1].reversed())
  }

  /// A region has the ratio of sums of its members, on the municipalities' scale; not a mean of theirs.
  @Test func regionsAreRatiosOfSums() throws {
    let values = [[[1.0, 3, 5, 7]], [[2.0, 4, 4, 8]], [[1.0, 2, 3, 4]]]
    let denominators = [[1.0, 3, 1, 1], [1, 1, 1, 1], [2, 1, 1, 4]]
    let figures = MadeUpComposite(
      values,
      denominators: denominators,
      regions: [[0, 1], [2, 3]]
    )
    let text = MadeUpComposite.text(indicators: 3, head: "normalisation: min-max")
    let scores = try figures.scores(text, level: .region)
    // (1 · 1 + 3 · 3) / 4 = 2.5 on a scale from 1 to 7; and so on.
    expectClose(scores.normalised[0], [25, 100 * 5.0 / 6])
    expectClose(scores.normalised[1], [100 * 1.0 / 6, 100 * 4.0 / 6])
    expectClose(scores.normalised[2], [100 * (4.0 / 3 - 1) / 3, 100 * (19.0 / 5 - 1) / 3])
    #expect(scores.places == [2, 1])
  }

  /// Cutting off extremes changes the scale and the figures beyond it.
  @Test func winsorising() throws {
    let column = (0..<101).map(Double.init)
    let figures = MadeUpComposite([[column], [column], [column]])
    let scores = try figures.scores(
      MadeUpComposite.text(
        indicators: 3,
        head: "normalisation: min-max\nwinsorise: {low: 5, high: 90}"
      )
    )
    #expect(scores.scales[0].limits == 5...90)
    expectClose(scores.normalised[0][50], 100 * 45.0 / 85)
    #expect(scores.normalised[0][3] == 0)
    #expect(scores.normalised[0][95] == 100)
    #expect(scores.places[91] == 1 && scores.places[100] == 1)
  }

  /// Figures that are the same give the same score, to the last bit, and share the place.
  @Test func equalUnitsShareAPlace() throws {
    var values = MadeUpComposite.values(units: 9, indicators: 5, seed: 7)
    for index in values.indices { values[index][0][8] = values[index][0][0] }
    for mean in ["arithmetic", "geometric\nshift: 9"] {
      let scores = try MadeUpComposite(values).scores(
        MadeUpComposite.text(indicators: 5, head: "aggregation: \(mean)")
      )
      #expect(scores.sums[0] == scores.sums[8])
      #expect(scores.places[0] == scores.places[8])
    }
  }

  /// A sum of weights whose rounding falls just below the least share still counts as it.
  @Test func leastShareIsMetByRounding() throws {
    var values = MadeUpComposite.values(units: 5, indicators: 5, seed: 9)
    values[4][0][0] = .nan
    let scores = try MadeUpComposite(values).scores(
      MadeUpComposite.text(
        indicators: 5,
        head: "missing: {rule: renormalise, least: 0.6}",
        weights: [1, 1, 0.1, 0.2, 0.2]
      )
    )
    #expect(!scores.sums[0].isNaN)
    #expect(scores.lacking(0) == [4])
  }
}
