internal import Datasets
internal import Documents
internal import Regions
internal import Reports
internal import Scenarios

/// One scenario as it was run, with all that its charts, files and reports are made of.
struct ScenarioMaterial {
  let dataset: Dataset
  let scenario: Scenario
  let panel: Panel
  let simulation: Simulation
  let outcome: Outcome
  /// The futures; `nil` until they are drawn.
  private(set) var futures: Futures?
  /// What the targets take; empty until they are asked.
  private(set) var answers: [TargetReport.Answer] = []
  /// From which history each movement of the futures is, and how far the model can be trusted.
  private(set) var origins: [String] = []

  /// Runs a scenario on its central path.
  init(_ scenario: Scenario, dataset: Dataset) throws {
    self.dataset = dataset
    self.scenario = scenario
    let needed = try TargetAnswers.series(of: scenario, dataset: dataset, futures: true)
    panel = try dataset.panel(of: needed)
    simulation = try Simulation(scenario, catalogue: dataset.catalogue, panel: panel)
    outcome = try simulation.run()
  }

  /// The series whose sources are named.
  var series: [Series] { panel.series.values.sorted { $0.id < $1.id } }

  /// Draws the futures, with what the targets take in them when there are targets.
  mutating func draw(_ options: DrawOptions, _ language: Language) throws {
    var options = options
    options.draws = options.draws ?? Self.usualDraws
    let known = TargetAnswers(scenario: scenario, dataset: dataset, panel: panel)
    var answers = scenario.targets.isEmpty ? [] : try known.answers()
    let (futures, notes) = try known.draw(&answers, options, language)
    (self.futures, self.answers, origins) = (futures, answers, notes)
  }

  /// How many futures are drawn when no number is given.
  static let usualDraws = 20_000

  /// The observed standings of an indicator, in the years in which most have figures.
  func history(of indicator: Indicator, through last: Int) throws -> [Standings] {
    let division = try dataset.catalogue.division(scenario.division.value)
    return try panel.wellCoveredYears(of: indicator).filter { $0 <= last }.compactMap { year in
      let request = RankingRequest(
        indicator: indicator,
        year: year,
        level: .municipality,
        division: division,
        published: dataset.published(indicator)
      )
      let rankings = try panel.rankings(request, at: Level.allCases).byLevel
      return rankings[.municipality].map {
        Standings(year: year, municipality: $0, region: rankings[.region])
      }
    }
  }
}

extension ScenarioMaterial {
  /// The charts of the central path for one indicator.
  func charts(of result: IndicatorOutcome, _ language: Language) -> ScenarioCharts {
    ScenarioCharts(
      outcome,
      result,
      series: series,
      vintage: dataset.vintage,
      language: language
    )
  }

  /// The charts of the futures for one indicator; `nil` until they are drawn.
  func futuresCharts(of indicator: Indicator, _ language: Language) throws -> FuturesCharts? {
    guard let futures,
      let result = futures.indicators.first(where: { $0.indicator.id == indicator.id })
    else { return nil }
    return FuturesCharts(
      futures,
      result,
      history: try history(of: indicator, through: scenario.baselineYear.value),
      series: series,
      vintage: dataset.vintage,
      language: language
    )
  }

  /// The charts of a target.
  func targetCharts(_ answer: TargetReport.Answer, _ language: Language) -> TargetCharts {
    let result = outcome.indicators.first { $0.indicator.id == answer.moving.indicator.id }
    return TargetCharts(
      answer,
      scenario: scenario,
      baseline: result?.baseline.ranking(at: answer.moving.unit.level),
      series: series,
      vintage: dataset.vintage,
      language: language
    )
  }

  /// The ranges of the assumptions: each lever to half and to one and a half.
  func leverRanges(_ indicator: Indicator) throws -> [LeverRange] {
    try Simulation.leverRanges(
      scenario,
      indicator: indicator,
      share: 0.5,
      catalogue: dataset.catalogue,
      panel: panel
    )
  }
}
