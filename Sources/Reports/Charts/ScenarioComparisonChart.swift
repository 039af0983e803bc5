internal import Documents
public import Regions
internal import Scenarios

/// Where each of several scenarios takes the units in view.
public struct ScenarioComparisonChart: Sendable {
  private let parts: [ScenarioPart]
  private let frame: ChartFrame

  /// Prepares the chart.
  ///
  /// - Parameters:
  ///   - parts: The scenarios; those of the first's focus and first indicator are drawn.
  ///   - vintage: Name and version of the dataset.
  ///   - language: The language of labels.
  public init(_ parts: [ScenarioPart], vintage: String, language: Language) {
    precondition(!parts.isEmpty, "A comparison is of scenarios.")
    let first = parts[0].outcome
    self.parts = parts.filter { part in
      part.outcome.focus == first.focus
        && part.outcome.indicators.contains {
          $0.indicator.id == first.indicators.first?.indicator.id
        }
    }
    let used = Set(first.indicators.first?.indicator.series ?? [])
    frame = ChartFrame(
      language: language,
      scenario: self.parts.map(\.scenario.id).joined(separator: ", "),
      basis: first.indicators.first?.baseline.ranking(at: first.focus.level).map {
        [$0.basisNote(language)]
      } ?? [],
      series: parts[0].series.filter { used.contains($0.id) },
      vintage: vintage
    )
  }

  /// The chart; `nil` unless two of the scenarios have the same focus and indicator.
  public var chart: Chart? {
    guard parts.count > 1, let first = parts[0].outcome.indicators.first else { return nil }
    let units = parts[0].outcome.unitsInView.prefix(8)
    let names = frame.names(Array(units))
    var rows: [JSONValue] = []
    var words: [String] = []
    for part in parts {
      guard let result = result(part, first.indicator), let last = result.withLevers.last else {
        continue
      }
      for unit in units {
        let ranked = last.ranking(at: unit.level)?.ranked ?? 0
        let standing = frame.standing(
          last.standing(of: unit).place,
          of: ranked,
          movement: result.movement(of: unit, to: last)
        )
        rows.append([
          "unit": .string(names[unit]), "scenario": .string(part.scenario.title[frame.language]),
          "movement": JSONValue(exactly: result.movement(of: unit, to: last)),
          "label": .string(standing),
        ])
        words.append("\(part.scenario.id), \(unit.name): \(standing)")
      }
    }
    return frame.chart(
      "comparison",
      title: finding(first.indicator),
      subtitle: frame.text(
        "Bevegelse i plasser fra utgangspunktet til siste år i hvert scenario.",
        "Movement in places from the baseline to the last year of each scenario."
      ),
      description: words.joined(separator: "; ") + ".",
      width: 420,
      main: [
        "data": ["values": .array(rows)],
        "facet": [
          "row": [
            "field": "unit", "type": "nominal", "title": .null,
            "sort": .array(units.map { .string(names[$0]) }),
            "header": [
              "labelOrient": "top", "labelAnchor": "start", "labelAngle": 0, "labelPadding": 4,
            ],
          ]
        ],
        "spacing": 24,
        "spec": [
          "width": 300, "height": ["step": 22],
          "layer": .array(layers),
        ],
      ]
    )
  }

  /// A bar for each scenario, with where it leads at the right; over the data of the chart.
  private var layers: [JSONValue] {
    let x = ChartMark.quantity(
      "movement",
      title: frame.text("Plasser opp eller ned", "Places up or down"),
      format: "+,.0f",
      axis: ["tickCount": 6]
    )
    let y = ChartMark.name(
      "scenario",
      sort: parts.map { $0.scenario.title[frame.language] },
      axis: ["ticks": false, "domain": false, "labelLimit": 420]
    )
    let colour: JSONValue = [
      "condition": ["test": "datum.movement < 0", "value": .string(ChartColour.second)],
      "value": .string(ChartColour.focus),
    ]
    return [
      [
        "mark": ["type": "bar", "height": ["band": 0.65]],
        "encoding": ["x": x, "y": y, "color": colour],
      ],
      [
        "mark": ["type": "text", "align": "left", "dx": 8],
        "encoding": ["x": ["value": "width"], "y": y, "text": ChartMark.text("label")],
      ],
    ]
  }

  private func result(_ part: ScenarioPart, _ indicator: Indicator) -> IndicatorOutcome? {
    part.outcome.indicators.first { $0.indicator.id == indicator.id }
  }

  private func finding(_ indicator: Indicator) -> String {
    let focus = parts[0].outcome.focus
    let places = parts.compactMap { part in
      result(part, indicator)?.withLevers.last?.standing(of: focus).place
    }.filter { !$0.isNaN }
    guard let best = places.min(), let worst = places.max() else { return focus.name }
    let (low, high) = (
      NumberText.place(best, frame.language), NumberText.place(worst, frame.language)
    )
    return low == high
      ? frame.text(
        "\(focus.name) ender på plass \(low) i alle scenarioene",
        "\(focus.name) ends at place \(low) in all the scenarios"
      )
      : frame.text(
        "\(focus.name) ender på plass \(low) til \(high), etter scenario",
        "\(focus.name) ends at place \(low) to \(high), by scenario"
      )
  }
}
