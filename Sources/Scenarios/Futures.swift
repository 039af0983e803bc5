public import Documents
public import Regions

/// What may become of a scenario: how often each place, each overtaking and each target came in
/// many random futures.
///
/// All is counted in whole numbers, so it is the same to the last bit for every number of threads.
/// The error of a probability that comes from drawing a limited number is stated; how far the
/// growth model itself may be wrong is not in it.
public struct Futures: Sendable {
  /// The scenario that was drawn.
  public let scenario: Scenario
  /// The division in which regions are ranked.
  public let division: Division
  /// The region or municipality in view.
  public let focus: Unit
  /// The municipalities of the focus; the focus itself when it is a municipality.
  public let members: [Unit]
  /// How many futures were drawn.
  public let draws: Int
  /// The seed of the random numbers.
  public let seed: UInt64
  /// One result per indicator, in the scenario's order.
  public let indicators: [IndicatorFutures]
  /// How likely each target is met, in the scenario's order.
  public let targets: [TargetFutures]
  /// How likely all targets are met together; `nil` without targets.
  public let allTargets: DrawnProbability?

  /// The focus, then its members; each once.
  public var unitsInView: [Unit] { focus.level == .region ? [focus] + members : [focus] }
}

/// A probability estimated by counting.
public struct DrawnProbability: Sendable, Hashable {
  /// In how many draws it came true.
  public let count: Int
  /// How many draws were made.
  public let draws: Int

  /// The share of the draws, from 0 to 1.
  public var value: Double { Double(count) / Double(draws) }
  /// The Monte Carlo standard error, √(p(1 − p)/N).
  public var standardError: Double { (value * (1 - value) / Double(draws)).squareRoot() }
}

/// What may become of one indicator.
public struct IndicatorFutures: Sendable {
  /// The indicator.
  public let indicator: Indicator
  /// The standings at the baseline.
  public let baseline: Standings
  /// The standings of the scenario's own path with the levers, around which is drawn, year by year.
  public let central: [Standings]
  /// The places, year by year.
  public let years: [FutureYear]
  /// How likely each unit in view passes others or is passed, from the baseline to the horizon;
  /// those that never came are left out.
  public let overtakes: [FutureOvertake]
  /// How many figures broke a limit in a draw, such as 100 % of a share, and were put on it.
  public let clipped: Int
}

/// The places of one year in all futures.
public struct FutureYear: Sendable {
  /// The year.
  public let year: Int
  /// The places of the municipalities.
  public let municipality: PlaceDistribution
  /// The places of the regions; `nil` for an indicator without values for regions.
  public let region: PlaceDistribution?

  /// The places of a level.
  public func places(_ level: Level) -> PlaceDistribution? {
    level == .municipality ? municipality : region
  }
}

/// How likely a unit in view passes another, or is passed by it.
public struct FutureOvertake: Sendable, Hashable {
  /// The unit in view.
  public let unit: Unit
  /// The other unit.
  public let other: Unit
  /// Who passes whom.
  public let direction: Overtake.Direction
  /// How likely it is so at the horizon.
  public let probability: DrawnProbability
}

/// How likely a target is met.
public struct TargetFutures: Sendable {
  /// The target.
  public let target: Target
  /// The indicator it is read on.
  public let indicator: Indicator
  /// The year it is read in.
  public let year: Int
  /// The region or municipality that the target is about.
  public let unit: Unit
  /// How likely it is met.
  public let probability: DrawnProbability
  /// Whether it is met on the scenario's own path.
  public let isMetCentrally: Bool
}

extension Simulation {
  /// Draws random futures of the scenario.
  ///
  /// A future is the scenario's own path with noise as the forecasts say (see `PathForecast`), and
  /// then the levers, in their order, on the drawn figures. Of the forecasts only the noise is
  /// used, but where the others move as the growth model expects (`OthersMovement.Kind.model`)
  /// their mean too. Members of a focus that holds keep their noise: that it holds says what is
  /// expected of it, not that it is known.
  ///
  /// A figure that a draw takes over a limit, such as a share over 100 %, is put on the limit and
  /// counted.
  ///
  /// **Reproducibility**: the result depends on the scenario, the figures, the forecasts, the seed
  /// and the number of draws, not on the threads. The first futures of many are those of few. The
  /// last digits of the groups' noise may differ between kinds of processor.
  ///
  /// **Memory**: of the order of 4 bytes × units² per indicator, year and thread, whatever the
  /// number of draws.
  ///
  /// - Parameters:
  ///   - draws: How many futures, 1 to 2³² − 1.
  ///   - seed: Equal seeds give equal futures.
  ///   - threads: How many threads to use, at least 1.
  ///   - progress: Called now and then with the share that is done, from 0 to 1, on any thread.
  /// - Returns: The counts of places, overtakings and targets.
  /// - Throws: `DocumentError` for impossible numbers, a missing or too short forecast, and
  ///   whatever `run()` throws.
  /// - Complexity: O(*n* *i* *y* *u* (*y* + log *u*)), with *n* draws, *i* indicators, *y* years
  ///   and *u* units.
  public func futures(
    draws: Int,
    seed: UInt64,
    threads: Int,
    progress: (@Sendable (Double) -> Void)? = nil
  ) throws(DocumentError) -> Futures {
    try futures(
      draws: draws,
      seed: seed,
      threads: threads,
      observer: NoObserver(),
      progress: progress
    ).futures
  }

  /// Draws random futures and lets an observer look at each.
  func futures<Observer: DrawObserver>(
    draws: Int,
    seed: UInt64,
    threads: Int,
    observer: Observer,
    progress: (@Sendable (Double) -> Void)?
  ) throws(DocumentError) -> (futures: Futures, state: Observer.State) {
    try DrawRun<Observer>.check(draws: draws, threads: threads)
    let plan = try drawPlan(seed: seed)
    let run = DrawRun(plans: [plan], observer: observer, draws: 0..<draws, progress: progress)
    let result = run.result(threads: threads)
    return (plan.futures(result.parts[0], draws: draws, seed: seed), result.state)
  }
}
