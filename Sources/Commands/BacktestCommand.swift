internal import ArgumentParser
internal import Datasets
internal import Forecasts
internal import Regions
internal import Reports

/// `regionsim backtest`: how far a growth model could be trusted in earlier years.
struct BacktestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backtest",
    abstract: "Holds the growth model of an indicator against what came in earlier years.",
    discussion: """
      Examples:
        regionsim backtest population.total --of growth
        regionsim backtest jobs.private.per_inhabitant
        regionsim backtest education.higher.share --horizons 1 3 --table reliability

      From each earlier year the model is estimated on what was known then, futures are drawn, and \
      the places they give are compared with those that came. --of level ranks values, --of growth \
      the growth since the origin.
      """
  )

  @Argument(help: "The indicator, such as population.total.")
  var indicator: String

  @Option(help: "What places are by: level or growth.")
  var of: Backtest.Basis = .level

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("The years from origin to outcome.", valueName: "years")
  )
  var horizons: [Int] = [1, 3, 5]

  @Option(help: ArgumentHelp("The first origin; without it the first possible.", valueName: "year"))
  var from: Int?

  @Option(help: ArgumentHelp("The last origin; without it the last possible.", valueName: "year"))
  var to: Int?

  @Option(
    help: ArgumentHelp("Show windows that end after this year apart.", valueName: "year")
  )
  var apartAfter: Int = 2022

  @Option(help: "The division whose regions are looked at.")
  var division: String = "regions-73"

  @Option(
    help: ArgumentHelp(
      "pooled, origins or reliability.",
      discussion: "All origins together, each alone, or how often what was said came true."
    )
  )
  var table: BacktestReport.Part = .pooled

  @OptionGroup var draws: DrawOptions
  @OptionGroup var dataOptions: DataOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let wrong = horizons.first(where: { !(1...30).contains($0) }) {
      throw ValidationError("--horizons must be from 1 to 30 years, not \(wrong).")
    }
    if let from, let to, from > to {
      throw ValidationError("--from \(from) is after --to \(to).")
    }
  }

  func run() throws {
    let dataset = try dataOptions.dataset()
    let catalogue = dataset.catalogue
    let indicator = try catalogue.indicator(indicator)
    let division = try catalogue.division(division)
    let panel = try dataset.panel(of: IndicatorGrowth.series(of: indicator, catalogue: catalogue))
    var options = Backtest.Options()
    options.basis = of
    options.horizons = Set(horizons).sorted()
    options.draws = draws.draws ?? 1000
    options.seed = draws.seed
    options.threads = draws.chosenThreads
    if from != nil || to != nil { options.origins = (from ?? 0)...(to ?? 9999) }
    let progress = ProgressLine(output.chosenLanguage == .nb ? "Etterprøver" : "Backtesting")
    defer { progress.end() }
    let backtest = try Backtest(
      indicator,
      panel: panel,
      catalogue: catalogue,
      division: division,
      options: options,
      progress: { progress.show($0) }
    )
    progress.end()
    let report = BacktestReport(
      backtest,
      apartAfter: apartAfter,
      vintage: dataset.vintage,
      language: output.chosenLanguage
    )
    let sources = indicator.series.compactMap { panel.series[$0] }
      .map { $0.sourceNote(output.chosenLanguage) }
    try output.show(report.report(table, notes: sources))
  }
}
