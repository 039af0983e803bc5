public import Forecasts
public import Regions

/// How far the probabilities of a growth model can be trusted, in a sentence or two, by what it would
/// have said in earlier years.
public struct TrustNote: Sendable {
  private let backtest: Backtest
  private let horizon: Int

  /// Prepares a note on the longest horizon of a backtest.
  public init(_ backtest: Backtest) {
    self.backtest = backtest
    horizon = backtest.options.horizons.max() ?? 1
  }

  /// The horizons at which an indicator can be tried, the nearest to a wanted one first.
  ///
  /// - Parameter years: The years from the baseline to the horizon of a scenario.
  /// - Returns: The horizons, the longest first.
  public static func horizons(for years: Int) -> [Int] {
    (1...max(years, 1)).reversed()
  }

  /// The sentences; `nil` when there is no such window.
  public func text(_ language: Language) -> String? {
    let nb = language == .nb
    let all = 0...9999
    let pools = Level.allCases.compactMap { level in
      backtest.pool(level, horizon: horizon, endingIn: all).map { (level, $0) }
    }
    guard let origins = pools.first?.1.origins else { return nil }
    let coverage = pools.map { level, pool in
      let share = NumberText.fixed(100 * pool.model.coverage[2], decimals: 0, language)
      let units =
        level == .region ? (nb ? "regioner" : "regions") : (nb ? "kommuner" : "municipalities")
      return "\(share) % (\(units))"
    }.joined(separator: ", ")
    let name = backtest.indicator.name[language]
    let years =
      horizon == 1 ? (nb ? "1 år" : "1 year") : (nb ? "\(horizon) år" : "\(horizon) years")
    let from =
      origins == 1
      ? (nb ? "1 utgangsår" : "1 origin") : (nb ? "\(origins) utgangsår" : "\(origins) origins")
    var text =
      nb
      ? "Etterprøvd på «\(name)» over \(years) (\(from)): 90 %-intervallene dekket \(coverage)."
      : "Held against “\(name)” over \(years) (\(from)): the 90% intervals covered \(coverage)."
    for (level, pool) in pools where level == .region {
      guard let probability = pool.meanWinnerProbability else { continue }
      let share = NumberText.fixed(100 * probability, decimals: 0, language)
      text +=
        nb
        ? " Regionen som gikk mest fram, hadde i snitt fått \(share) % sannsynlighet"
        : " The region that moved best had been given a probability of \(share)% on average"
      text +=
        pool.isCloseToLottery ? (nb ? ": nær et lotteri." : ": close to a lottery.") : "."
    }
    return text
  }
}
