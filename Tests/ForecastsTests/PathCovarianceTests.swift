import TestSupport
import Testing

@testable import Forecasts

@Suite struct PathCovarianceTests {
  @Test("Sums of independent changes, with a known mean and with one of few years")
  func randomWalk() {
    let known = PathCovariance.randomWalk(2, 3)
    #expect(known.values == [4, 4, 4, 4, 8, 8, 4, 8, 12])
    #expect(known.years == 3)
    // The mean of four years is off by a variance of 1: after h years by h².
    let estimated = PathCovariance.randomWalk(2, 2, uncertainMeanOf: 4)
    #expect(estimated.values == [5, 6, 6, 12])
    #expect(PathCovariance.randomWalk(0, 2, uncertainMeanOf: 4).values == [0, 0, 0, 0])
    #expect(PathCovariance.randomWalk(3, 1).values == [9])
  }

  @Test("The covariance of sums is the sum over all pairs of changes")
  func cumulated() {
    var generator = SplitMix64(seed: 5)
    for years in 1...6 {
      let changes = Self.covariance(years, rank: years, &generator)
      let sums = PathCovariance.cumulated(changes, years)
      for row in 0..<years {
        for column in 0..<years {
          var expected = 0.0
          for first in 0...row {
            for second in 0...column { expected += changes[first + second * years] }
          }
          expectClose(sums[row + column * years], expected, relative: 1e-11, absolute: 1e-12)
        }
      }
    }
  }

  @Test("The factor times itself is the covariance, of full rank and of less")
  func factor() {
    var generator = SplitMix64(seed: 6)
    for years in 1...7 {
      for rank in 0...years {
        let values = Self.covariance(years, rank: rank, &generator)
        let factor = PathCovariance(values, years).factor
        #expect(!factor.contains { !$0.isFinite })
        for column in 0..<years {
          for row in 0..<column { #expect(factor[row + column * years] == 0) }
        }
        expectClose(Self.squared(factor, years), values, relative: 1e-6, absolute: 1e-6)
      }
    }
  }

  @Test("A year that says nothing new has zeros; no spread gives no factor")
  func singular() {
    // The same trend in both years, and its sums.
    #expect(PathCovariance([4, 4, 4, 4], 2).factor == [2, 2, 0, 0])
    #expect(PathCovariance([4, 8, 8, 16], 2).factor == [2, 4, 0, 0])
    // Nothing in the first year.
    #expect(PathCovariance([0, 0, 0, 9], 2).factor == [0, 0, 0, 3])
    #expect(PathCovariance([0, 0, 0, 0], 2).factor == [0, 0, 0, 0])
    #expect(PathCovariance([-1e-18], 1).factor == [0])
    #expect(PathCovariance([25], 1).factor == [5])
    #expect(PathCovariance([], 0).factor == [])
  }

  @Test("A random walk's factor has the yearly deviation in all places below the diagonal")
  func randomWalkFactor() {
    expectClose(PathCovariance.randomWalk(3, 3).factor, [3, 3, 3, 0, 3, 3, 0, 0, 3])
  }

  /// A random covariance of a given rank.
  static func covariance(_ years: Int, rank: Int, _ generator: inout SplitMix64) -> [Double] {
    let root = (0..<years * rank).map { _ in Double.random(in: -1...1, using: &generator) }
    return (0..<years * years).map { index in
      let (row, column) = (index % years, index / years)
      return (0..<rank).reduce(0) { $0 + root[row + $1 * years] * root[column + $1 * years] }
    }
  }

  static func squared(_ factor: [Double], _ years: Int) -> [Double] {
    (0..<years * years).map { index in
      let (row, column) = (index % years, index / years)
      return (0..<years).reduce(0) { $0 + factor[row + $1 * years] * factor[column + $1 * years] }
    }
  }
}
