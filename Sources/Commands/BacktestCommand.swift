internal import ArgumentParser
internal import Datasets
internal import Forecasts
internal import Regions

struct BacktestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "backtest", abstract: "x")
  @Argument var indicator: String
  @Option var of: String = "level"
  @Option var draws: Int = 500
  @OptionGroup var dataOptions: DataOptions
  func run() throws {
    let dataset = try dataOptions.dataset()
    let catalogue = dataset.catalogue
    let indicator = try catalogue.indicator(indicator)
    let panel = try dataset.panel(of: IndicatorGrowth.series(of: indicator, catalogue: catalogue))
    var options = Backtest.Options()
    options.basis = Backtest.Basis(rawValue: of) ?? .level
    options.draws = draws
    options.threads = 2
    let b = try Backtest(
      indicator,
      panel: panel,
      catalogue: catalogue,
      division: catalogue.division("regions-73"),
      options: options
    )
    for years in [0...2022, 2023...3000] {
      for level in Level.allCases {
        for h in options.horizons {
          guard let p = b.pool(level, horizon: h, endingIn: years) else { continue }
          print(
            years.lowerBound,
            level,
            h,
            p.origins,
            p.model.coverage.map { ($0 * 1000).rounded() / 10 },
            p.model.meanWidth.rounded(),
            "skill",
            (p.skillAgainstTrend * 1000).rounded() / 1000,
            (p.skillAgainstNothing * 1000).rounded() / 1000,
            p.events.mapValues { ($0.skill * 100).rounded() },
            p.meanWinnerProbability ?? -1,
            p.winnersAmongFive ?? -1
          )
        }
      }
    }
  }
}
