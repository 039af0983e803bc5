import Composites
import LinearAlgebra
import Statistics
import TestSupport
import Testing

@Suite struct WeightDrawsTests {
  private static func draws(
    units: Int = 37,
    indicators: Int = 5,
    spread: Double = 0.25,
    seed: UInt64 = 3
  ) -> WeightDraws {
    var generator = SplitMix64(seed: 11)
    let values = (0..<units * indicators).map { _ in Double.random(in: 0...1, using: &generator) }
    return WeightDraws(
      indicators: Matrix(rows: units, columns: indicators, columnMajor: values),
      weights: (1...indicators).map(Double.init),
      spread: spread,
      seed: seed
    )
  }

  @Test func weightsStayWithinTheSpread() {
    let draws = Self.draws(spread: 0.25)
    var sums = [Double](repeating: 0, count: 5)
    for draw in 0..<2000 as Range<UInt64> {
      let weights = draws.weights(ofDraw: draw)
      expectClose(weights.reduce(0, +), 1)
      for (index, weight) in weights.enumerated() {
        // Before all are divided by their sum, which lies within the spread too.
        #expect((0.75 / 1.25...1.25 / 0.75).contains(weight / draws.weights[index]))
        sums[index] += weight
      }
    }
    for (sum, weight) in zip(sums, draws.weights) { #expect(abs(sum / 2000 - weight) < 0.005) }
  }

  /// A plain loop over the draws gives the same counts; sums in another order may differ in the last
  /// digit, which moves no place here.
  @Test(arguments: Kernel.available)
  func likeAPlainLoop(kernel: Kernel) {
    let (draws, count) = (Self.draws(), 300)
    let units = draws.indicators.rows
    var expected = [UInt32](repeating: 0, count: units * (units + 1))
    for draw in 0..<count {
      let weights = draws.weights(ofDraw: UInt64(draw))
      let scores = (0..<units).map { unit in
        weights.indices.reduce(0.0) { $0 + draws.indicators[unit, $1] * weights[$1] }
      }
      for (unit, place) in ColumnRanks(of: scores).places.enumerated() {
        expected[unit * (units + 1) + Int(place)] += 1
      }
    }
    #expect(draws.placeTally(draws: count, threads: 1, kernel: kernel).counts == expected)
  }

  @Test(arguments: [1, 127, 128, 129, 1000])
  func threadsDoNotShow(count: Int) {
    let draws = Self.draws()
    let one = draws.placeTally(draws: count, threads: 1)
    #expect(draws.placeTally(draws: count, threads: 3) == one)
    for unit in 0..<one.units {
      #expect((0...one.units).reduce(0) { $0 + one.count(ofPlace: $1, unit) } == count)
    }
  }

  @Test func withoutSpreadEveryDrawIsAlike() {
    let tally = Self.draws(spread: 0).placeTally(draws: 50, threads: 1)
    for unit in 0..<tally.units {
      let place = tally.mean(unit)
      #expect(tally.count(ofPlace: Int(place), unit) == 50)
      #expect(tally.standardError(unit) == 0)
      #expect(tally.quantile(0.5, unit) == Int(place))
    }
  }

  @Test func otherSeedsGiveOtherDraws() {
    let (one, other) = (Self.draws(seed: 1), Self.draws(seed: 2))
    #expect(one.weights(ofDraw: 0) != other.weights(ofDraw: 0))
    #expect(one.weights(ofDraw: 0) != one.weights(ofDraw: 1))
  }

  /// A unit without one of its indicators has no place, and is not counted among the others.
  @Test func missingIndicators() {
    let indicators = Matrix(rows: 3, columns: 2, columnMajor: [1, .nan, 0, 1, 1, 0])
    let draws = WeightDraws(indicators: indicators, weights: [1, 1], spread: 0.5, seed: 1)
    let tally = draws.placeTally(draws: 40, threads: 2)
    #expect(tally.count(ofPlace: 1, 0) == 40)
    #expect(tally.count(ofPlace: 0, 1) == 40)
    #expect(tally.count(ofPlace: 2, 2) == 40)
    #expect(tally.mean(1).isNaN)
    #expect(tally.quantile(0.5, 1) == nil)
  }

  @Test func quantilesAndMeansOfKnownCounts() {
    // One unit of two: thrice first, once second.
    let tally = PlaceTally(units: 2, draws: 4, counts: [0, 3, 1, 0, 1, 3])
    #expect(tally.mean(0) == 1.25)
    #expect(tally.quantile(0.5, 0) == 1)
    #expect(tally.quantile(0.75, 0) == 1)
    #expect(tally.quantile(0.76, 0) == 2)
    #expect(tally.quantile(0, 1) == 1)
    expectClose(tally.standardError(0), (0.75 / 3 / 4).squareRoot())
  }

  @Test func mistakes() async {
    await #expect(processExitsWith: .failure) {
      _ = WeightDraws(
        indicators: Matrix(rows: 1, columns: 2),
        weights: [1],
        spread: 0,
        seed: 1
      )
    }
    await #expect(processExitsWith: .failure) {
      _ = WeightDraws(
        indicators: Matrix(rows: 1, columns: 2),
        weights: [0, 0],
        spread: 0,
        seed: 1
      )
    }
    await #expect(processExitsWith: .failure) {
      _ = WeightDraws(
        indicators: Matrix(rows: 1, columns: 1),
        weights: [1],
        spread: 1.5,
        seed: 1
      )
    }
  }
}
