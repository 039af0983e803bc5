public import Statistics

/// Between which places the units of a ranking may truly be, given that figures of small units vary
/// by chance.
///
/// Says nothing of years to come. The errors of the units are taken as independent. The method is that
/// of `RankConfidenceSets`, on the `StandardErrors` of the values.
public struct PlaceConfidence: Sendable, Hashable {
  /// How the sets are computed.
  public struct Settings: Sendable, Hashable {
    /// The probability of covering, above 0 and below 1.
    public var level: Double
    /// Whether each set alone, or all together, cover with the probability.
    public var scope: RankConfidenceSets.Scope
    /// How many times the variance of independent persons; 1 or more.
    public var overdispersion: Double
    /// The number of random draws.
    public var draws: Int
    /// The seed of the draws.
    public var seed: UInt64

    /// Creates settings.
    public init(
      level: Double = 0.95,
      scope: RankConfidenceSets.Scope = .marginal,
      overdispersion: Double = 1,
      draws: Int = 1000,
      seed: UInt64 = 1
    ) {
      self.level = level
      self.scope = scope
      self.overdispersion = overdispersion
      self.draws = draws
      self.seed = seed
    }
  }

  /// How the sets are computed.
  public let settings: Settings
  /// The standard errors, in the order of the entries.
  public let standardErrors: StandardErrors
  /// The sets, in the order of the entries.
  public let sets: RankConfidenceSets

  /// Computes the sets of a ranking, in the direction in which it ranks.
  ///
  /// - Parameters:
  ///   - ranking: The ranking.
  ///   - panel: The panel that has the series of the indicator.
  ///   - settings: How.
  ///   - entries: The positions of the entries whose sets are asked for; `nil` for all.
  ///   - threads: How many threads to use; the sets are the same.
  /// - Throws: `NoStandardErrorsError` for an indicator whose error is not known.
  /// - Complexity: As of `RankConfidenceSets`.
  public init(
    _ ranking: Ranking,
    in panel: Panel,
    _ settings: Settings = Settings(),
    entries: [Int]? = nil,
    threads: Int = 1
  ) throws(NoStandardErrorsError) {
    self.settings = settings
    standardErrors = try StandardErrors(
      ranking.levels,
      in: panel,
      overdispersion: settings.overdispersion
    )
    let sign = ranking.order == .largestFirst ? 1.0 : -1
    sets = RankConfidenceSets(
      ranking.levels.values.map { sign * $0 },
      errors: ErrorDraws(
        standardErrors: standardErrors.values,
        count: settings.draws,
        seed: settings.seed,
        threads: threads
      ),
      level: settings.level,
      scope: settings.scope,
      units: entries,
      threads: threads
    )
  }
}
