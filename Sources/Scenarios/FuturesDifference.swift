public import Documents
public import Regions

/// How the futures of one scenario differ from those of another, drawn with the same random
/// numbers.
///
/// What both scenarios share, they share in every draw: the difference has a much smaller error
/// than two results that are subtracted (common random numbers). The errors are those of the
/// differences of the draws.
public struct FuturesDifference: Sendable {
  /// The id of the scenario that is compared with.
  public let base: String
  /// The id of the scenario that is compared.
  public let scenario: String
  /// The targets that both have, by their ids, in the order of the base.
  public let targets: [TargetDifference]
  /// The places of the focus and its members as far as both scenarios have them in view.
  public let places: [PlaceDifference]
}

/// The difference between the probabilities of a target.
public struct TargetDifference: Sendable, Hashable {
  /// The id of the target.
  public let target: String
  /// How likely it is met in the base.
  public let base: DrawnProbability
  /// How likely it is met in the scenario.
  public let scenario: DrawnProbability
  /// In how many draws the scenario meets it and the base does not.
  public let gained: Int
  /// In how many draws the base meets it and the scenario does not.
  public let lost: Int

  /// The probability in the scenario minus that in the base.
  public var difference: Double { Double(gained - lost) / Double(base.draws) }
  /// The Monte Carlo standard error of the difference, from the draws in which the two differ.
  public var standardError: Double {
    let share = Double(gained + lost) / Double(base.draws)
    return (max(0, share - difference * difference) / Double(base.draws)).squareRoot()
  }
}

/// The difference between the expected places of a unit.
public struct PlaceDifference: Sendable, Hashable {
  /// The id of the indicator.
  public let indicator: String
  /// The year.
  public let year: Int
  /// The unit.
  public let unit: Unit
  /// The expected place in the base minus that in the scenario: how many places better the scenario
  /// is.
  public let places: Double
  /// The Monte Carlo standard error, from the differences of the draws; NaN with fewer than two.
  public let standardError: Double
}

/// The futures of several scenarios, and how they differ from the first.
public struct FuturesComparison: Sendable {
  /// The futures, in the order of the scenarios.
  public let futures: [Futures]
  /// One difference for each scenario but the first.
  public let differences: [FuturesDifference]
}

extension Simulation {
  /// Draws several scenarios in step, with the same random numbers.
  ///
  /// The futures are those that `futures(draws:seed:threads:progress:)` gives for each alone.
  ///
  /// - Parameters:
  ///   - simulations: The scenarios, at least one, on the same figures.
  ///   - draws: How many futures, 1 to 2³² − 1.
  ///   - seed: Equal seeds give equal futures.
  ///   - threads: How many threads to use, at least 1.
  ///   - progress: Called now and then with the share that is done, from 0 to 1, on any thread.
  /// - Returns: The futures, and the differences from the first.
  /// - Throws: `DocumentError` as for one scenario, and for none.
  public static func comparison(
    _ simulations: [Simulation],
    draws: Int,
    seed: UInt64,
    threads: Int,
    progress: (@Sendable (Double) -> Void)? = nil
  ) throws(DocumentError) -> FuturesComparison {
    try DrawRun<NoObserver>.check(draws: draws, threads: threads)
    var plans: [DrawPlan] = []
    for simulation in simulations { plans.append(try simulation.drawPlan(seed: seed)) }
    guard !plans.isEmpty else {
      throw DocumentError(.invalid, at: nil, "At least one scenario is needed for a comparison.")
    }
    let run = DrawRun(
      plans: plans,
      observer: NoObserver(),
      draws: 0..<draws,
      progress: progress
    )
    let result = run.result(threads: threads)
    return FuturesComparison(
      futures: zip(plans, result.parts).map { $0.futures($1, draws: draws, seed: seed) },
      differences: result.differences.enumerated().map { index, tally in
        tally.difference(
          plans[0],
          plans[index + 1],
          result.parts[0],
          result.parts[index + 1],
          draws
        )
      }
    )
  }
}
