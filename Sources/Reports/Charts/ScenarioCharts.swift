public import Regions
public import Scenarios

/// The charts of one indicator of a scenario on its central path.
public struct ScenarioCharts: Sendable {
  let outcome: Outcome
  let result: IndicatorOutcome
  let frame: ChartFrame

  /// Prepares the charts.
  ///
  /// - Parameters:
  ///   - outcome: What the scenario gives.
  ///   - result: Which of its indicators is drawn.
  ///   - series: The series whose sources are named.
  ///   - vintage: Name and version of the dataset.
  ///   - language: The language of labels.
  public init(
    _ outcome: Outcome,
    _ result: IndicatorOutcome,
    series: [Series],
    vintage: String,
    language: Language
  ) {
    self.outcome = outcome
    self.result = result
    let scenario = outcome.scenario
    let levels = [outcome.focus.level]
    frame = ChartFrame(
      language: language,
      scenario: "\(scenario.title[language]) (\(scenario.id))",
      basis: levels.compactMap { result.baseline.ranking(at: $0)?.basisNote(language) },
      series: series.filter { result.indicator.series.contains($0.id) },
      vintage: vintage
    )
  }

  var focus: Unit { outcome.focus }
  var horizon: Standings { result.withLevers.last ?? result.baseline }
  var indicator: Indicator { result.indicator }

  /// The name of the indicator with its unit.
  var measure: String {
    "\(indicator.name[frame.language]) (\(Wording.unitName(indicator.unit)[frame.language]))"
  }

  /// From which place to which the focus comes, as a sentence.
  var finding: String {
    let before = result.baseline.standing(of: focus).place
    let after = horizon.standing(of: focus).place
    let ranked = horizon.ranking(at: focus.level)?.ranked ?? 0
    guard !before.isNaN, !after.isNaN else {
      return frame.text(
        "\(focus.name) har ingen plass i \(horizon.year)",
        "\(focus.name) has no place in \(horizon.year)"
      )
    }
    let (from, to) = (
      NumberText.place(before, frame.language), NumberText.place(after, frame.language)
    )
    if before == after {
      return frame.text(
        "\(focus.name) blir på plass \(to) av \(ranked) til \(horizon.year) i scenarioet",
        "\(focus.name) stays at place \(to) of \(ranked) to \(horizon.year) in the scenario"
      )
    }
    return frame.text(
      "\(focus.name) går fra plass \(from) til \(to) av \(ranked) innen \(horizon.year) i scenarioet",
      "\(focus.name) goes from place \(from) to \(to) of \(ranked) by \(horizon.year) in the scenario"
    )
  }
}
