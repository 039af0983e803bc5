public import Regions
public import Scenarios

/// The charts of the uncertain futures of one indicator.
public struct FuturesCharts: Sendable {
  let futures: Futures
  let result: IndicatorFutures
  let history: [Standings]
  let frame: ChartFrame

  /// Prepares the charts.
  ///
  /// - Parameters:
  ///   - futures: The futures.
  ///   - result: Which of the indicators is drawn.
  ///   - history: The observed standings up to the baseline, ascending; may be empty.
  ///   - series: The series whose sources are named.
  ///   - vintage: Name and version of the dataset.
  ///   - language: The language of labels.
  public init(
    _ futures: Futures,
    _ result: IndicatorFutures,
    history: [Standings],
    series: [Series],
    vintage: String,
    language: Language
  ) {
    self.futures = futures
    self.result = result
    self.history = history.filter { $0.year < result.baseline.year }
    let draws = NumberText.fixed(Double(futures.draws), decimals: 0, language)
    let basis = result.baseline.ranking(at: futures.focus.level)?.basisNote(language)
    frame = ChartFrame(
      language: language,
      scenario: "\(futures.scenario.title[language]) (\(futures.scenario.id))",
      basis: [
        language == .nb
          ? "\(draws) framtider, frø \(futures.seed)." : "\(draws) futures, seed \(futures.seed)."
      ] + [basis].compactMap { $0 },
      series: series.filter { result.indicator.series.contains($0.id) },
      vintage: vintage
    )
  }

  var focus: Unit { futures.focus }

  /// Between which places the focus is at the horizon in nine of ten futures, as a sentence.
  var finding: String {
    guard let last = result.years.last, let places = last.places(focus.level),
      let index = places.index(of: focus), let interval = places.interval(0.9, index)
    else { return frame.text("\(focus.name): ingen plass", "\(focus.name): no place") }
    let span =
      interval.lowerBound == interval.upperBound
      ? "\(interval.lowerBound)" : "\(interval.lowerBound)–\(interval.upperBound)"
    return frame.text(
      "\(focus.name) er på plass \(span) av \(places.units.count) i \(last.year) i 90 % av framtidene",
      "\(focus.name) is at place \(span) of \(places.units.count) in \(last.year) in 90% of the "
        + "futures"
    )
  }
}
