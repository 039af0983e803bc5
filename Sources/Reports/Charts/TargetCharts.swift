public import Regions
public import Scenarios

/// The charts of one target of a scenario.
public struct TargetCharts: Sendable {
  let answer: TargetReport.Answer
  let series: Series?
  let frame: ChartFrame

  /// Prepares the charts.
  ///
  /// - Parameters:
  ///   - answer: All that is known of the target.
  ///   - scenario: The scenario.
  ///   - baseline: The ranking of the target's indicator at the baseline, whose basis is told.
  ///   - series: The series whose sources are named, the one that changes among them.
  ///   - vintage: Name and version of the dataset.
  ///   - language: The language of labels.
  public init(
    _ answer: TargetReport.Answer,
    scenario: Scenario,
    baseline: Ranking?,
    series: [Series],
    vintage: String,
    language: Language
  ) {
    self.answer = answer
    self.series = series.first { $0.id == answer.moving.series }
    var basis = [baseline?.basisNote(language)].compactMap { $0 }
    if let curve = answer.curve, let seed = answer.seed {
      let draws = NumberText.fixed(Double(curve.draws), decimals: 0, language)
      basis.insert(
        language == .nb
          ? "\(draws) framtider, frø \(seed)." : "\(draws) futures, seed \(seed).",
        at: 0
      )
    }
    frame = ChartFrame(
      language: language,
      scenario: "\(scenario.title[language]) (\(scenario.id))",
      basis: basis,
      series: series.filter {
        answer.moving.indicator.series.contains($0.id) || $0.id == answer.moving.series
      },
      vintage: vintage
    )
  }

  var change: RequiredChange { answer.moving }

  /// The target as a sentence about the unit.
  var aim: String {
    let aim = TargetWording.aim(change)[frame.language]
    return frame.text("at \(change.unit.name) skal \(aim)", "\(change.unit.name) to \(aim)")
  }

  /// The series that changes, for axes.
  var moved: String {
    let name = series?.name[frame.language] ?? change.series
    let unit = Wording.unitName(series?.unit ?? .other)[frame.language]
    return "\(name) (\(unit))"
  }
}
