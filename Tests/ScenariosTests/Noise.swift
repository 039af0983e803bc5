import Forecasts
import Regions
import Scenarios
import TestSupport

/// Forecasts made by hand.
enum Noise {
  /// Independent normal changes of each position, one new shock of the given size a year; positions
  /// beyond the list stand still.
  static func path(
    _ deviations: [Double],
    years: Int = 2,
    scale: GrowthScale = .identity,
    mean: [Double] = [],
    freedom: Double? = nil,
    positions: Int = Sample.register.count,
    national: Double = 0,
    group: Double = 0,
    groups: [Int] = [],
    correlation: [Double] = []
  ) -> PathForecast {
    func walk(_ size: Double) -> [Double] {
      (0..<years).flatMap { column in (0..<years).map { $0 >= column ? size : 0 } }
    }
    let own = (0..<positions).flatMap { walk($0 < deviations.count ? deviations[$0] : 0) }
    return PathForecast(
      scale: scale,
      years: years,
      mean: mean.isEmpty ? Array(repeating: 0, count: positions * years) : mean,
      ownFactors: own,
      degreesOfFreedom: freedom,
      groups: groups.isEmpty ? Array(repeating: -1, count: positions) : groups,
      groupCorrelation: correlation,
      groupFactor: walk(group),
      nationalFactor: walk(national)
    )
  }

  /// The forecast of one indicator.
  static func forecast(
    _ value: PathForecast,
    _ denominator: PathForecast? = nil,
    correlation: Double = 0
  ) -> IndicatorForecast {
    IndicatorForecast(value: value, denominator: denominator, correlation: correlation)
  }

  /// Futures of a scenario on the sample; one year ahead unless it says otherwise.
  static func futures(
    _ scenario: Scenario,
    _ forecasts: [String: IndicatorForecast],
    draws: Int = 5000,
    seed: UInt64 = 1,
    threads: Int = 2,
    _ panel: Panel? = nil
  ) throws -> Futures {
    let simulation = try Simulation(
      scenario,
      catalogue: Sample.catalogue,
      panel: panel ?? Sample.panel(),
      forecasts: forecasts
    )
    return try simulation.futures(draws: draws, seed: seed, threads: threads)
  }

  /// Noise of every position of the real figures, of all kinds at once.
  static func national(
    _ years: Int,
    size: Double,
    scale: GrowthScale,
    freedom: Double? = 5
  ) throws
    -> PathForecast
  {
    let register = try NorwayDataset.catalogue().register
    var generator = SplitMix64(seed: 7)
    let groups = 12
    var correlation = [Double](repeating: 0.3, count: groups * groups)
    for group in 0..<groups { correlation[group * groups + group] = 1 }
    return path(
      (0..<register.count).map { _ in size * Double.random(in: 0.5...1.5, using: &generator) },
      years: years,
      scale: scale,
      freedom: freedom,
      positions: register.count,
      national: size / 2,
      group: size / 2,
      groups: (0..<register.count).map { $0 % (groups + 1) - 1 },
      correlation: correlation
    )
  }
}

extension Futures {
  /// The places of a unit in a year, from 0 for the first after the baseline.
  func places(_ code: String, year: Int = 0, indicator: Int = 0) -> (PlaceDistribution, Int)? {
    let result = indicators[indicator].years[year]
    for level in [result.municipality, result.region].compactMap({ $0 }) {
      if let index = level.units.firstIndex(where: { $0.code == code }) { return (level, index) }
    }
    return nil
  }
}
