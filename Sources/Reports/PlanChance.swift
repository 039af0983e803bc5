public import Regions
public import Scenarios

/// How likely a plan's target is met, as a scenario has drawn it.
public struct PlanChance: Sendable, Hashable {
  /// The probability with its Monte Carlo error.
  public let probability: DrawnProbability
  /// The name of the scenario.
  public let scenario: String
  /// The year in which the target is read.
  public let year: Int
  /// What the scenario asks of instead of the plan's target; `nil` where it asks of that.
  public let standIn: LocalizedText?
  /// The seed.
  public let seed: UInt64

  /// Creates a probability.
  public init(
    _ probability: DrawnProbability,
    scenario: String,
    year: Int,
    standIn: LocalizedText?,
    seed: UInt64
  ) {
    self.probability = probability
    self.scenario = scenario
    self.year = year
    self.standIn = standIn
    self.seed = seed
  }

  /// The probability in words, with what it rests on.
  func sentence(_ language: Language) -> String {
    let percent = NumberText.fixed(100 * probability.value, decimals: 1, language)
    let error = NumberText.fixed(100 * probability.standardError, decimals: 1, language)
    let draws = NumberText.fixed(Double(probability.draws), decimals: 0, language)
    let source =
      language == .nb
      ? "scenario \(scenario), \(draws) trekninger, frø \(seed)"
      : "scenario \(scenario), \(draws) draws, seed \(seed)"
    if let standIn {
      return language == .nb
        ? "Målet selv kan ikke simuleres. For en stedfortreder, \(standIn.nb), gir modellen "
          + "sannsynligheten \(percent) prosent (± \(error); \(source))."
        : "The target itself cannot be simulated. For a stand-in, \(standIn.en), the model gives a "
          + "probability of \(percent) per cent (± \(error); \(source))."
    }
    return language == .nb
      ? "Modellen gir sannsynligheten \(percent) prosent (± \(error)) for at det holder i \(year) "
        + "(\(source))."
      : "The model gives a probability of \(percent) per cent (± \(error)) that it holds in \(year) "
        + "(\(source))."
  }
}
