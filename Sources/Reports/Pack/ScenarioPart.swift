public import Regions
public import Scenarios

/// One scenario as a pack or a report has it.
public struct ScenarioPart: Sendable {
  /// What it gives on the central path.
  public let outcome: Outcome
  /// What its sweep gave, or `nil`.
  public let sweep: SweepOutcome?
  /// Its uncertain futures.
  public let futures: Futures?
  /// What its targets take.
  public let answers: [TargetReport.Answer]
  /// The series of its figures.
  public let series: [Series]
  /// From which history each movement is, and how far the model can be trusted.
  public let origins: [String]
  /// Its charts.
  public let charts: [Chart]

  /// Creates a part.
  public init(
    _ outcome: Outcome,
    sweep: SweepOutcome?,
    futures: Futures?,
    answers: [TargetReport.Answer],
    series: [Series],
    origins: [String],
    charts: [Chart]
  ) {
    self.outcome = outcome
    self.sweep = sweep
    self.futures = futures
    self.answers = answers
    self.series = series
    self.origins = origins
    self.charts = charts
  }

  var scenario: Scenario { outcome.scenario }

  /// The report of the central path with the futures in it, as `regionsim simulate` shows it.
  func report(vintage: String, _ language: Language) -> Report {
    let used = Set(outcome.indicators.flatMap(\.indicator.series))
    let notes = series.filter { used.contains($0.id) }.map { $0.sourceNote(language) }
    let report = SimulationReport(outcome, vintage: vintage, language: language)
      .report(sweep: sweep, notes: notes)
    guard let futures else { return report }
    return FuturesReport(futures, leverEffect: nil, vintage: vintage, language: language)
      .added(to: report, origins: origins)
  }

  /// What the targets take; `nil` without targets.
  func targetReport(vintage: String, _ language: Language) -> Report? {
    guard !answers.isEmpty else { return nil }
    let changing = Set(answers.map(\.moving.series))
    let moved = series.filter { changing.contains($0.id) }
    return TargetReport(
      answers,
      series: Dictionary(moved.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }),
      vintage: vintage,
      language: language
    ).report(title: scenario.title[language], notes: [])
  }
}
