import Forecasts
import TestSupport
import Testing

@testable import Forecasts

@Suite struct FuturePathsTests {
  static let draws = 2000

  /// Four positions over two years; the regions 0 (positions 0 and 1) and 1 (2), and none for 3.
  static func forecast(
    own: [Double] = [],
    region: [Double] = [0, 0, 0, 0],
    national: [Double] = [0, 0, 0, 0],
    correlation: Double = 0,
    freedom: Double? = nil
  ) -> PathForecast {
    PathForecast(
      scale: .log,
      years: 2,
      mean: [1, 2, 3, 4, 5, 6, 7, 8],
      ownFactors: own.isEmpty ? [Double](repeating: 0, count: 16) : own,
      degreesOfFreedom: freedom,
      groups: [0, 0, 1, -1],
      groupCorrelation: [1, correlation, correlation, 1],
      groupFactor: region,
      nationalFactor: national
    )
  }

  /// Per position a factor whose path has the covariance 4, 2, 2, 10.
  static let own: [Double] = [2, 1, 0, 3, 2, 1, 0, 3, 2, 1, 0, 3, 2, 1, 0, 3]

  static func draws(_ forecast: IndicatorForecast, seed: UInt64 = 1) -> [FuturePaths.Changes] {
    let paths = FuturePaths(forecast, seed: seed)
    return (0..<draws).map { paths.changes(draw: $0) }
  }

  /// Expects the mean product of two changes, less their means, within four standard errors.
  static func expectCovariance(
    _ first: [Double],
    _ second: [Double],
    _ expected: Double,
    _ comment: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let products = zip(first, second).map { $0 * $1 }
    let count = Double(products.count)
    let mean = products.reduce(0, +) / count
    let variance = products.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    expectClose(
      mean,
      expected,
      absolute: 4 * (variance / count).squareRoot(),
      comment,
      sourceLocation: sourceLocation
    )
  }

  /// The deviations of one cell from the forecast's mean.
  static func cell(_ draws: [FuturePaths.Changes], _ position: Int, _ year: Int) -> [Double] {
    draws.map { $0.value[position + 4 * year] - Double(1 + position + 4 * year) }
  }

  @Test("Without any spread every future is the mean")
  func certain() {
    let forecast = IndicatorForecast(value: Self.forecast(), denominator: Self.forecast())
    let paths = FuturePaths(forecast, seed: 9)
    for draw in [0, 1, 77] {
      let changes = paths.changes(draw: draw)
      #expect(changes.value == [1, 2, 3, 4, 5, 6, 7, 8])
      #expect(changes.denominator == [1, 2, 3, 4, 5, 6, 7, 8])
    }
    let alone = FuturePaths(IndicatorForecast(value: Self.forecast()), seed: 9)
    #expect(alone.changes(draw: 0).denominator.isEmpty)
  }

  @Test("A unit's own path has the forecast's covariance and says nothing of another's")
  func own() {
    let draws = Self.draws(IndicatorForecast(value: Self.forecast(own: Self.own)))
    for position in 0..<4 {
      let (first, second) = (Self.cell(draws, position, 0), Self.cell(draws, position, 1))
      Self.expectCovariance(first, first, 4)
      Self.expectCovariance(first, second, 2)
      Self.expectCovariance(second, second, 10)
      Self.expectCovariance(first, first.map { _ in 1 }, 0)
    }
    Self.expectCovariance(Self.cell(draws, 0, 0), Self.cell(draws, 1, 0), 0)
    Self.expectCovariance(Self.cell(draws, 0, 0), Self.cell(draws, 1, 1), 0)
  }

  @Test("A region's path is shared by its members, and those of two regions are correlated")
  func region() {
    let value = Self.forecast(region: [2, 1, 0, 3], correlation: 0.6)
    let draws = Self.draws(IndicatorForecast(value: value))
    let cells = (0..<4).map { Self.cell(draws, $0, 1) }
    expectClose(cells[0], cells[1], absolute: 1e-12)
    Self.expectCovariance(cells[0], cells[0], 10)
    Self.expectCovariance(cells[2], cells[2], 10)
    Self.expectCovariance(cells[0], cells[2], 6)
    Self.expectCovariance(Self.cell(draws, 0, 0), cells[2], 0.6 * 2)
    #expect(cells[3].allSatisfy { $0 == 0 })
  }

  @Test("The country's path is the same for all")
  func national() {
    let value = Self.forecast(national: [2, 1, 0, 3], correlation: 0.6)
    let draws = Self.draws(IndicatorForecast(value: value))
    let cells = (0..<4).map { Self.cell(draws, $0, 1) }
    for position in 1..<4 { expectClose(cells[position], cells[0], absolute: 1e-12) }
    Self.expectCovariance(cells[0], cells[0], 10)
    Self.expectCovariance(Self.cell(draws, 3, 0), cells[3], 2)
  }

  @Test("The parts are added, each drawn apart")
  func sum() {
    let value = Self.forecast(own: Self.own, region: [1, 1, 0, 1], national: [1, 0, 0, 2])
    let draws = Self.draws(IndicatorForecast(value: value))
    Self.expectCovariance(Self.cell(draws, 0, 1), Self.cell(draws, 0, 1), 10 + 2 + 4)
    Self.expectCovariance(Self.cell(draws, 0, 1), Self.cell(draws, 1, 1), 2 + 4)
    Self.expectCovariance(Self.cell(draws, 0, 1), Self.cell(draws, 2, 1), 4)
    Self.expectCovariance(Self.cell(draws, 3, 1), Self.cell(draws, 3, 1), 10 + 4)
  }

  @Test(
    "Value and denominator are correlated by a unit's own part alone",
    arguments: [-0.5, 0, 0.8]
  )
  func correlation(_ correlation: Double) {
    let part = Self.forecast(own: Self.own, region: [1, 0, 0, 1], national: [1, 0, 0, 1])
    let forecast = IndicatorForecast(value: part, denominator: part, correlation: correlation)
    let draws = Self.draws(forecast)
    let value = Self.cell(draws, 0, 0)
    let denominator = draws.map { $0.denominator[0] - 1 }
    Self.expectCovariance(denominator, denominator, 4 + 1 + 1)
    Self.expectCovariance(value, denominator, 4 * correlation)
    Self.expectCovariance(value, draws.map { $0.denominator[1] - 2 }, 0)
  }

  @Test("Student's t keeps the variance and has more far out")
  func tails() {
    let value = Self.forecast(own: Self.own, freedom: 5)
    let draws = Self.draws(IndicatorForecast(value: value))
    let normal = Self.draws(IndicatorForecast(value: Self.forecast(own: Self.own)))
    func kurtosis(_ draws: [FuturePaths.Changes]) -> Double {
      let cells = (0..<4).flatMap { Self.cell(draws, $0, 0) }
      let squares = cells.reduce(0) { $0 + $1 * $1 } / Double(cells.count)
      return cells.reduce(0) { $0 + $1 * $1 * $1 * $1 } / Double(cells.count) / (squares * squares)
    }
    Self.expectCovariance(Self.cell(draws, 0, 0), Self.cell(draws, 0, 0), 4)
    Self.expectCovariance(Self.cell(draws, 2, 0), Self.cell(draws, 2, 1), 2)
    // 3 for the normal distribution, 9 for t of 5 degrees, whose far tail is seldom drawn.
    expectClose(kurtosis(normal), 3, absolute: 0.3)
    #expect(kurtosis(draws) > 5)
  }

  @Test("A future depends on nothing but the seed and its number")
  func pure() {
    let part = Self.forecast(own: Self.own, region: [1, 0, 0, 1], national: [1, 0, 0, 1])
    let forecast = IndicatorForecast(value: part, denominator: part, correlation: 0.3)
    let paths = FuturePaths(forecast, seed: 4)
    let forwards = (0..<5).map { paths.changes(draw: $0) }
    let backwards = (0..<5).reversed().map { FuturePaths(forecast, seed: 4).changes(draw: $0) }
    #expect(forwards == backwards.reversed())
    #expect(Set(forwards).count == 5)
    #expect(FuturePaths(forecast, seed: 5).changes(draw: 0) != forwards[0])
  }
}
