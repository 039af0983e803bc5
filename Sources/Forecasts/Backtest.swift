internal import Dispatch
public import Regions
internal import Synchronization

/// What a growth model would have said in earlier years, held against what came.
///
/// From each origin the model is estimated on what was known then, futures are drawn, and the places
/// they give are compared with the places that came. Two naive forecasts stand beside it: that nothing
/// changes, and that everybody's own trend goes on with noise.
public struct Backtest: Sendable {
  /// What places are by.
  public enum Basis: String, Sendable, Hashable, CaseIterable {
    /// The value of the indicator.
    case level
    /// The growth of the value since the origin.
    case growth
  }

  /// Something that may come true for a unit.
  public enum Event: String, Sendable, Hashable, CaseIterable {
    /// A place in the best quarter.
    case topQuarter = "top-quarter"
    /// At least five places better than at the origin, by level.
    case upFive = "up-5"
  }

  /// One origin, horizon and level.
  public struct Cell: Sendable, Hashable {
    /// The level.
    public let level: Level
    /// The year from which the forecast was made.
    public let origin: Int
    /// The years from the origin to the outcome.
    public let horizon: Int
    /// The model.
    public let model: ForecastScore
    /// The own trend with noise.
    public let trend: ForecastScore
    /// Nothing changes: today's places by level; by growth the places of the past window.
    public let nothing: ForecastScore?
    /// The model's probabilities of events.
    public let events: [Event: EventScore]
    /// How the model saw the unit that moved best; `nil` when several did, or none.
    public let winner: Winner?

    /// The last year of the window.
    public var outcomeYear: Int { origin + horizon }
  }

  /// The unit that moved best, as the model saw it.
  public struct Winner: Sendable, Hashable {
    /// The probability that it would be strictly the best.
    public let probability: Double
    /// Its place among the likeliest.
    public let place: Int
    /// The number of units.
    public let units: Int
  }

  /// What is tried.
  public struct Options: Sendable, Hashable {
    /// What places are by.
    public var basis = Basis.level
    /// The horizons, in years.
    public var horizons = [1, 3, 5]
    /// The origins that are tried; `nil` for all that have enough history.
    public var origins: ClosedRange<Int>?
    /// The number of futures from each origin.
    public var draws = 1000
    /// Equal seeds give equal futures.
    public var seed: UInt64 = 1
    /// The number of threads.
    public var threads = 1

    /// Creates the usual options.
    public init() {}
  }

  /// The indicator.
  public let indicator: Indicator
  /// What was tried.
  public let options: Options
  /// The scores, by origin, horizon and level.
  public let cells: [Cell]

  /// Runs a backtest.
  ///
  /// The result does not depend on the number of threads.
  ///
  /// - Parameters:
  ///   - indicator: The indicator.
  ///   - panel: The figures, with at least `IndicatorGrowth.series(of:catalogue:)`.
  ///   - catalogue: What the dataset knows of.
  ///   - division: The division whose regions are looked at beside the municipalities.
  ///   - options: What is tried.
  ///   - progress: Called with the share that is done, from any thread.
  /// - Throws: `ForecastError` when the history is too short for a single window.
  /// - Complexity: O(*o* *d* *u* *H* log *u*), with *o* origins, *d* draws and *u* units.
  public init(
    _ indicator: Indicator,
    panel: Panel,
    catalogue: Catalogue,
    division: Division,
    options: Options = Options(),
    progress: (@Sendable (Double) -> Void)? = nil
  ) throws(ForecastError) {
    let quantity = Quantity(valueOf: indicator, in: panel)
    let groups = GrowthGroups(division, register: catalogue.register)
    guard let history = QuantityHistory(quantity, in: panel) else {
      throw Self.tooShort(indicator, years: 0)
    }
    let shortest = options.horizons.min() ?? 1
    let origins = history.years.filter { year in
      (options.origins?.contains(year) ?? true) && year + shortest <= history.years.upperBound
        && history.upTo(year).usableYears >= IndicatorGrowth.fewestYears
    }
    guard !origins.isEmpty else { throw Self.tooShort(indicator, years: history.usableYears) }
    let results = Mutex<[Int: [Cell]]>([:])
    let work = BacktestOrigin.Setting(
      indicator: indicator,
      history: history,
      panel: panel,
      catalogue: catalogue,
      groups: groups,
      options: options
    )
    let threads = min(max(options.threads, 1), origins.count)
    DispatchQueue.concurrentPerform(iterations: threads) { thread in
      for index in stride(from: thread, to: origins.count, by: threads) {
        let cells = BacktestOrigin(origins[index], work)?.cells() ?? []
        let done = results.withLock { results in
          results[index] = cells
          return results.count
        }
        progress?(Double(done) / Double(origins.count))
      }
    }
    let found = results.withLock { $0 }
    cells = origins.indices.flatMap { found[$0] ?? [] }
    self.indicator = indicator
    self.options = options
    guard !cells.isEmpty else { throw Self.tooShort(indicator, years: history.usableYears) }
  }

  private static func tooShort(_ indicator: Indicator, years: Int) -> ForecastError {
    ForecastError(
      .history(series: indicator.numerator),
      "\(indicator.id) cannot be backtested: it has \(years == 0 ? "no" : "\(years)") yearly changes "
        + "without a break. At least \(IndicatorGrowth.fewestYears) before an origin and one window "
        + "after it are needed."
    )
  }

  /// The scores of several cells taken together.
  public struct Pool: Sendable, Hashable {
    /// The number of origins.
    public let origins: Int
    /// The model.
    public let model: ForecastScore
    /// The own trend with noise.
    public let trend: ForecastScore
    /// Nothing changes.
    public let nothing: ForecastScore
    /// The model's probabilities of events.
    public let events: [Event: EventScore]
    /// The winners.
    public let winners: [Winner]

    /// The skill of the model's score against the own trend's: the share by which it is smaller.
    public var skillAgainstTrend: Double { 1 - model.meanScore / trend.meanScore }
    /// The skill against nothing changing; NaN where that was not tried.
    public var skillAgainstNothing: Double { 1 - model.meanScore / nothing.meanScore }
    /// The mean probability of those that moved best; `nil` where nobody did.
    public var meanWinnerProbability: Double? {
      winners.isEmpty
        ? nil : winners.reduce(0) { $0 + $1.probability } / Double(winners.count)
    }
    /// The share of the winners that were among the model's five likeliest.
    public var winnersAmongFive: Double? {
      winners.isEmpty
        ? nil : Double(winners.count { $0.place <= 5 }) / Double(winners.count)
    }
    /// Whether movement is close to a lottery: those that moved best had a mean probability below
    /// one tenth.
    public var isCloseToLottery: Bool { meanWinnerProbability.map { $0 < 0.1 } ?? false }
  }

  /// The scores of one level and horizon, pooled over origins.
  ///
  /// - Parameters:
  ///   - level: The level.
  ///   - horizon: The horizon.
  ///   - years: The years in which windows may end.
  /// - Returns: The scores, or `nil` when there is no such window.
  public func pool(
    _ level: Level,
    horizon: Int,
    endingIn years: ClosedRange<Int>
  ) -> Pool? {
    let chosen = cells.filter {
      $0.level == level && $0.horizon == horizon && years.contains($0.outcomeYear)
    }
    guard !chosen.isEmpty else { return nil }
    var events: [Event: EventScore] = [:]
    for cell in chosen {
      for (event, score) in cell.events { events[event] = (events[event] ?? EventScore()) + score }
    }
    return Pool(
      origins: chosen.count,
      model: chosen.reduce(ForecastScore()) { $0 + $1.model },
      trend: chosen.reduce(ForecastScore()) { $0 + $1.trend },
      nothing: chosen.reduce(ForecastScore()) { $0 + ($1.nothing ?? ForecastScore()) },
      events: events,
      winners: chosen.compactMap(\.winner)
    )
  }
}
