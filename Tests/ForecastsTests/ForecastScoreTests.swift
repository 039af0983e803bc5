import Forecasts
import TestSupport
import Testing

@testable import Forecasts

@Suite struct ForecastScoreTests {
  struct Case: Sendable {
    var cumulative: [Double]
    var place: Int
    var score: Double
    var coverage: [Double]
    var width: Double
  }

  static let cases = [
    // Certain and right: an interval of 90 % covers nine tenths of what is certain.
    Case(cumulative: [0, 1, 1, 1], place: 2, score: 0, coverage: [0.5, 0.8, 0.9], width: 0),
    Case(cumulative: [1, 1, 1, 1], place: 1, score: 0, coverage: [0.5, 0.8, 0.9], width: 0),
    // Certain and wrong: as many places off.
    Case(cumulative: [1, 1, 1, 1], place: 4, score: 3, coverage: [0, 0, 0], width: 0),
    Case(cumulative: [0, 0, 0, 1], place: 1, score: 3, coverage: [0, 0, 0], width: 0),
    // Uniform over four places: the squares of ¾, ½ and ¼, and of ¼, ½ and ¼.
    Case(
      cumulative: [0.25, 0.5, 0.75, 1],
      place: 1,
      score: (9.0 + 4 + 1) / 16,
      coverage: [0, 0.6, 0.8],
      width: 3
    ),
    Case(
      cumulative: [0.25, 0.5, 0.75, 1],
      place: 2,
      score: (1.0 + 4 + 1) / 16,
      coverage: [1, 1, 1],
      width: 3
    ),
    // A place that was never drawn, between two that were.
    Case(
      cumulative: [0.5, 0.5, 1],
      place: 2,
      score: 0.25 + 0.25,
      coverage: [1, 1, 1],
      width: 2
    ),
    Case(cumulative: [1], place: 1, score: 0, coverage: [0.5, 0.8, 0.9], width: 0),
  ]

  @Test("Hand cases", arguments: cases)
  func hand(_ item: Case) {
    var score = ForecastScore()
    score.add(item.cumulative, place: item.place)
    #expect(score.count == 1)
    expectClose(score.meanScore, item.score, absolute: 1e-15)
    expectClose(score.coverage, item.coverage, absolute: 1e-12)
    #expect(score.meanWidth == item.width)
  }

  @Test("The score is E|X − y| − ½ E|X − X'|")
  func oracle() {
    var generator = SplitMix64(seed: 21)
    for _ in 0..<100 {
      let units = Int.random(in: 1...12, using: &generator)
      let raw = (0..<units).map { _ in Double.random(in: 0...1, using: &generator) }
      let shares = raw.map { $0 / raw.reduce(0, +) }
      let place = Int.random(in: 1...units, using: &generator)
      var distance = 0.0
      for first in 0..<units {
        distance += shares[first] * Double(abs(first + 1 - place))
        for second in 0..<units {
          distance -= shares[first] * shares[second] * Double(abs(first - second)) / 2
        }
      }
      var score = ForecastScore()
      score.add(Self.sums(shares), place: place)
      expectClose(score.meanScore, distance, absolute: 1e-12)
    }
  }

  @Test("If the places come as forecast, an interval covers what it says")
  func calibrated() {
    var generator = SplitMix64(seed: 22)
    for _ in 0..<30 {
      let units = Int.random(in: 1...12, using: &generator)
      let raw = (0..<units).map { _ in Double.random(in: 0.01...1, using: &generator) }
      let shares = raw.map { $0 / raw.reduce(0, +) }
      var covered = [0.0, 0, 0]
      for place in 1...units {
        var score = ForecastScore()
        score.add(Self.sums(shares), place: place)
        for index in 0..<3 { covered[index] += shares[place - 1] * score.coverage[index] }
      }
      expectClose(covered, ForecastScore.intervals, absolute: 1e-9)
    }
  }

  static func sums(_ shares: [Double]) -> [Double] {
    var sum = 0.0
    return shares.map { share in
      sum += share
      return sum
    }
  }

  @Test("Scores are added as their forecasts are")
  func sum() {
    var (first, second, both) = (ForecastScore(), ForecastScore(), ForecastScore())
    for (index, item) in Self.cases.enumerated() {
      both.add(item.cumulative, place: item.place)
      if index < 3 {
        first.add(item.cumulative, place: item.place)
      } else {
        second.add(item.cumulative, place: item.place)
      }
    }
    let sum = first + second
    #expect(sum.count == Self.cases.count)
    expectClose(sum.meanScore, both.meanScore)
    expectClose(sum.coverage, both.coverage)
    expectClose(sum.meanWidth, both.meanWidth)
    #expect(first + ForecastScore() == first)
    #expect(ForecastScore().meanScore.isNaN)
  }

  @Test("Places are counted, and added up")
  func places() {
    var counts = PlaceCounts(units: 3)
    #expect(counts.cumulative(of: 0).allSatisfy { $0.isNaN })
    counts.add([1, 2, 3])
    counts.add([2, 1, 3])
    // Shared places, as ties give them.
    counts.add([1, 1, 3])
    counts.add([3, 2, 1])
    #expect(counts.draws == 4)
    #expect(counts.units == 3)
    #expect(counts.cumulative(of: 0) == [0.5, 0.75, 1])
    #expect(counts.cumulative(of: 1) == [0.5, 1, 1])
    #expect(counts.cumulative(of: 2) == [0.25, 0.25, 1])
  }

  @Test("Events: the Brier score, its skill, and the reliability table")
  func events() {
    var score = EventScore()
    #expect(score.count == 0)
    score.add(0.1, came: false)
    score.add(0.15, came: true)
    score.add(1, came: true)
    score.add(0, came: false)
    #expect(score.count == 4)
    #expect(score.baseRate == 0.5)
    expectClose(score.brier, (0.01 + 0.7225) / 4)
    expectClose(score.skill, 1 - (0.01 + 0.7225) / 4 / 0.25)
    #expect(score.reliability.map(\.count) == [1, 2, 0, 0, 0, 0, 0, 0, 0, 1])
    #expect(score.reliability.map(\.events) == [0, 1, 0, 0, 0, 0, 0, 0, 0, 1])
    expectClose(score.reliability[1].probabilities, 0.25)
    let twice = score + score
    #expect(twice.count == 8)
    expectClose(twice.brier, score.brier)
    #expect(score + EventScore() == score)
  }

  @Test("Skill is 1 for the truth, 0 for the base rate, below it for worse")
  func skill() {
    func score(_ forecasts: [(Double, Bool)]) -> EventScore {
      forecasts.reduce(into: EventScore()) { $0.add($1.0, came: $1.1) }
    }
    #expect(score([(1, true), (0, false)]).skill == 1)
    expectClose(score([(0.25, true), (0.25, false), (0.25, false), (0.25, false)]).skill, 0)
    #expect(score([(0, true), (1, false)]).skill == -3)
    // Where the event always came there is nothing to be better than.
    #expect(!score([(1, true)]).skill.isFinite)
  }
}
