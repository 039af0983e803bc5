public import Composites
internal import Documents
public import Regions

/// What each indicator of a composite contributes to the difference between a unit and the median
/// unit, or another one.
public struct CompositeContributions: Sendable {
  private let explanation: CompositeExplanation
  private let frame: ChartFrame

  /// Prepares the chart.
  ///
  /// - Parameters:
  ///   - explanation: The explanation; its other unit is what the unit is compared with, else that in
  ///     the middle of the ranking.
  ///   - series: The series whose sources are named.
  ///   - vintage: Name and version of the dataset.
  ///   - language: The language of labels.
  public init(
    _ explanation: CompositeExplanation,
    series: [Series],
    vintage: String,
    language: Language
  ) {
    let scores = explanation.scores
    let order = scores.sortedIndices.filter { !scores.places[$0].isNaN }
    let middle = order.isEmpty ? nil : order[order.count / 2]
    self.explanation = CompositeExplanation(
      scores,
      unit: explanation.unit,
      against: explanation.other ?? middle
    )
    let used = Set(scores.figures.components.flatMap(\.indicator.series))
    let composite = scores.figures.composite
    frame = ChartFrame(
      language: language,
      scenario: nil,
      basis: [
        "\(composite.title[language]), \(composite.year.value): "
          + "\(CompositeWording.normalisation(composite.normalisation)[language]), "
          + "\(CompositeWording.aggregation(composite.aggregation.value)[language])."
      ],
      series: series.filter { used.contains($0.id) },
      vintage: vintage
    )
  }

  /// The chart; `nil` when either unit has no score.
  public var chart: Chart? {
    guard let other = explanation.other, let differences = explanation.differences else {
      return nil
    }
    let figures = explanation.scores.figures
    let (mine, theirs) = (figures.units[explanation.unit].name, figures.units[other].name)
    let rows = differences.map { component, difference -> JSONValue in
      let indicator = figures.components[component].indicator
      return [
        "name": .string(indicator.name[frame.language]),
        "difference": JSONValue(exactly: difference),
        "kind": .string(difference >= 0 ? "up" : "down"),
        "label": .string(NumberText.signed(difference, decimals: 2, frame.language)),
      ]
    }
    let names = differences.map { figures.components[$0.component].indicator.name[frame.language] }
    return frame.chart(
      "contributions",
      title: finding(mine, theirs, other),
      subtitle: frame.text(
        "Hva hver indikator bidrar med til forskjellen mellom \(mine) og \(theirs)"
          + ". Blått trekker opp, oransje ned.",
        "What each indicator contributes to the difference between \(mine) and \(theirs). Blue pulls "
          + "up, orange down."
      ),
      description: differences.map {
        "\(figures.components[$0.component].indicator.name[frame.language]) "
          + NumberText.signed($0.difference, decimals: 2, frame.language)
      }.joined(separator: "; ") + ".",
      width: 380,
      main: [
        "width": 380, "height": ["step": 28], "layer": .array(contributionLayers(rows, names)),
      ]
    )
  }

  private func contributionLayers(_ rows: [JSONValue], _ names: [String]) -> [JSONValue] {
    let y = ChartMark.name(
      "name",
      sort: names,
      axis: ["ticks": false, "domain": false, "labelLimit": 420]
    )
    let x = ChartMark.quantity(
      "difference",
      title: frame.text(
        "Bidrag til forskjellen i poeng",
        "Contribution to the difference in score"
      ),
      format: "+,.2~f",
      axis: ["tickCount": 6]
    )
    return [
      ChartMark.layer(
        rows,
        mark: ["type": "bar", "height": ["band": 0.65]],
        encoding: [
          "x": x, "y": y,
          "color": [
            "condition": ["test": "datum.kind == 'up'", "value": .string(ChartColour.focus)],
            "value": .string(ChartColour.second),
          ],
        ]
      ),
      ChartMark.margin(rows, y: y),
    ]
  }

  private func finding(_ mine: String, _ theirs: String, _ other: Int) -> String {
    let scores = explanation.scores
    let own = NumberText.place(scores.places[explanation.unit], frame.language)
    let others = NumberText.place(scores.places[other], frame.language)
    return frame.text(
      "Hvorfor \(mine) er på plass \(own) og \(theirs) på plass \(others) av \(scores.ranked)",
      "Why \(mine) is at place \(own) and \(theirs) at place \(others) of \(scores.ranked)"
    )
  }
}
