import Forecasts
import Regions
import Synchronization
import TestSupport
import Testing

@testable import Forecasts

@Suite struct BacktestTests {
  /// Forty municipalities over sixteen years, which differ by trend and noise.
  static let made = MadeUpGrowth(
    units: 40,
    changes: 16,
    seed: 3,
    parameters: [.trend: 0.01, .noise: 0.02]
  )

  static func options(_ change: (inout Backtest.Options) -> Void = { _ in }) -> Backtest.Options {
    var options = Backtest.Options()
    options.draws = 20
    options.horizons = [1, 3]
    options.origins = 2010...2012
    change(&options)
    return options
  }

  static func run(_ options: Backtest.Options, _ made: MadeUpGrowth = made) throws -> Backtest {
    try Backtest(
      made.indicator,
      panel: made.panel,
      catalogue: made.catalogue,
      division: made.division,
      options: options
    )
  }

  @Test("The cells are the same with one thread and with three, in the order of the origins")
  func threads() throws {
    let one = try Self.run(Self.options())
    let three = try Self.run(Self.options { $0.threads = 3 })
    #expect(one.cells == three.cells)
    #expect(one.cells.map(\.origin) == one.cells.map(\.origin).sorted())
    #expect(one.cells.count == 3 * 2 * Level.allCases.count)
    let other = try Self.run(Self.options { $0.seed = 2 })
    #expect(other.cells != one.cells)
  }

  @Test("A cell has its units, its scores and the events of its level")
  func cells() throws {
    let backtest = try Self.run(Self.options())
    #expect(backtest.indicator.id == "amount")
    for cell in backtest.cells {
      let units = cell.level == .municipality ? 40 : 8
      #expect(cell.outcomeYear == cell.origin + cell.horizon)
      #expect(cell.model.count == units)
      #expect(cell.trend.count == units)
      #expect(cell.nothing?.count == units)
      #expect(cell.events[.topQuarter]?.count == units)
      #expect(cell.events[.upFive]?.count == units)
      #expect(cell.events[.topQuarter]?.baseRate == 0.25)
      #expect(cell.winner?.units ?? units == units)
      if let winner = cell.winner {
        #expect((1...units).contains(winner.place))
        #expect((0...1).contains(winner.probability))
      }
    }
  }

  @Test("By growth there is no event of places gained, and nothing changing is the past window")
  func growth() throws {
    let backtest = try Self.run(Self.options { $0.basis = .growth })
    for cell in backtest.cells {
      #expect(cell.events[.upFive] == nil)
      #expect(cell.nothing?.count == cell.model.count)
    }
  }

  @Test("Without a past window as long there is no forecast that nothing changes")
  func noPastWindow() throws {
    let options = Self.options {
      $0.basis = .growth
      $0.horizons = [1, 5]
      $0.origins = 2004...2004
    }
    let cells = try Self.run(options).cells
    #expect(cells.filter { $0.horizon == 1 }.allSatisfy { $0.nothing != nil })
    #expect(cells.filter { $0.horizon == 5 }.allSatisfy { $0.nothing == nil })
    #expect(cells.count == 4)
  }

  @Test("What the model says of growth made up from it covers what it says")
  func coverage() throws {
    let made = MadeUpGrowth(units: 100, changes: 18, parameters: [.trend: 0.01, .noise: 0.02])
    let options = Self.options {
      $0.basis = .growth
      $0.horizons = [2]
      $0.origins = 2013...2017
      $0.draws = 40
    }
    let backtest = try Self.run(options, made)
    let pool = try #require(
      backtest.pool(.municipality, horizon: 2, endingIn: 2000...2030)
    )
    #expect(pool.origins == 5)
    expectClose(pool.model.coverage[0], 0.5, absolute: 0.07)
    expectClose(pool.model.coverage[2], 0.9, absolute: 0.05)
    // It knows the trend, and how little to trust it.
    #expect(pool.skillAgainstTrend > 0)
    #expect(pool.skillAgainstNothing > 0.1)
    #expect((pool.events[.topQuarter]?.skill ?? 0) > 0.05)
  }

  /// Not to the place itself: with seven municipalities to a size class, chance looks like noise.
  @Test("Steady trends are foreseen to a place or two of forty")
  func certain() throws {
    let made = MadeUpGrowth(units: 40, changes: 10, parameters: [.trend: 0.001, .noise: 1e-9])
    let options = Self.options {
      $0.basis = .growth
      $0.origins = 2008...2008
      $0.horizons = [3]
    }
    let backtest = try Self.run(options, made)
    let pool = try #require(backtest.pool(.municipality, horizon: 3, endingIn: 2011...2011))
    #expect(pool.model.meanScore < 2)
    #expect(pool.events[.topQuarter]?.skill ?? 0 > 0.8)
    #expect(pool.meanWinnerProbability ?? 0 > 0.7)
    #expect(pool.winnersAmongFive == 1)
    #expect(!pool.isCloseToLottery)
  }

  @Test("Scores are pooled over the windows that end in the years asked for")
  func pool() throws {
    let backtest = try Self.run(Self.options())
    let cells = backtest.cells.filter { $0.level == .region && $0.horizon == 3 }
    let pool = try #require(backtest.pool(.region, horizon: 3, endingIn: 2013...2015))
    #expect(pool.origins == 3)
    #expect(pool.model.count == 24)
    // All cells have as many units, so the pool is their mean.
    func mean(_ value: (Backtest.Cell) -> Double) -> Double {
      cells.reduce(0) { $0 + value($1) } / 3
    }
    expectClose(pool.model.meanScore, mean { $0.model.meanScore })
    expectClose(pool.trend.meanScore, mean { $0.trend.meanScore })
    expectClose(pool.nothing.meanScore, mean { $0.nothing?.meanScore ?? .nan })
    expectClose(pool.model.meanWidth, mean { $0.model.meanWidth })
    for index in 0..<3 {
      expectClose(pool.model.coverage[index], mean { $0.model.coverage[index] })
    }
    expectClose(pool.events[.upFive]?.brier ?? 0, mean { $0.events[.upFive]?.brier ?? .nan })
    expectClose(pool.skillAgainstTrend, 1 - pool.model.meanScore / pool.trend.meanScore)
    expectClose(pool.skillAgainstNothing, 1 - pool.model.meanScore / pool.nothing.meanScore)
    let winners = cells.compactMap(\.winner)
    #expect(pool.winners == winners)
    if !winners.isEmpty {
      expectClose(
        pool.meanWinnerProbability ?? .nan,
        winners.reduce(0) { $0 + $1.probability } / Double(winners.count)
      )
    }
    let last = try #require(backtest.pool(.region, horizon: 3, endingIn: 2015...2030))
    #expect(last.origins == 1)
    #expect(last.model == cells.last?.model)
    #expect(backtest.pool(.region, horizon: 3, endingIn: 2016...2030) == nil)
    #expect(backtest.pool(.region, horizon: 2, endingIn: 2000...2030) == nil)
  }

  @Test("Origins without an outcome are left out, and horizons that reach past the last year")
  func horizons() throws {
    let options = Self.options {
      $0.origins = nil
      $0.horizons = [5, 9]
      $0.draws = 2
    }
    let backtest = try Self.run(options)
    // Three changes are known from 2004; the figures end in 2017.
    #expect(Set(backtest.cells.map(\.origin)) == Set(2004...2012))
    #expect(Set(backtest.cells.filter { $0.horizon == 9 }.map(\.origin)) == Set(2004...2008))
  }

  @Test("A region with a member that is broken or missing is left out, as is the member")
  func missing() throws {
    var made = Self.made
    made.unknown = [0]
    made.breaks = [SeriesBreak(series: "amount", municipality: "1007", year: 2012, reason: "")]
    let options = Self.options {
      $0.origins = 2011...2012
      $0.horizons = [1]
      $0.draws = 2
    }
    let counts = try Self.run(options, made).cells.map { ($0.origin, $0.level, $0.model.count) }
    let found = counts.map { "\($0.0) \($0.1) \($0.2)" }.sorted()
    #expect(
      found == [
        "2011 municipality 38", "2011 region 6", "2012 municipality 39", "2012 region 7",
      ]
    )
  }

  @Test("Progress is told once per origin")
  func progress() throws {
    let shares = Mutex<[Double]>([])
    _ = try Backtest(
      Self.made.indicator,
      panel: Self.made.panel,
      catalogue: Self.made.catalogue,
      division: Self.made.division,
      options: Self.options { $0.draws = 1 },
      progress: { share in shares.withLock { $0.append(share) } }
    )
    expectClose(shares.withLock { $0.sorted() }, [1.0 / 3, 2.0 / 3, 1])
  }

  @Test("Too short a history is an error")
  func tooShort() {
    func text(_ made: MadeUpGrowth, _ options: Backtest.Options) -> String {
      errorText { try Self.run(options, made) }
    }
    let all = Self.options { $0.origins = nil }
    let rest = """
      without a break. At least 3 before an origin and one window after it are needed.
      """
    #expect(
      text(MadeUpGrowth(units: 10, changes: 3), all)
        == "amount cannot be backtested: it has 3 yearly changes \(rest)"
    )
    #expect(
      text(MadeUpGrowth(units: 10, changes: 0), all)
        == "amount cannot be backtested: it has no yearly changes \(rest)"
    )
    #expect(
      text(Self.made, Self.options { $0.origins = 1990...1999 })
        == "amount cannot be backtested: it has 16 yearly changes \(rest)"
    )
    #expect(throws: ForecastError.self) {
      try Backtest(
        Small.indicator("none", "none"),
        panel: Self.made.panel,
        catalogue: Self.made.catalogue,
        division: Self.made.division
      )
    }
    #expect(
      text(MadeUpGrowth(units: 10, changes: 5, parameters: [.noise: 0.01]), all) == "(no error)"
    )
  }
}
