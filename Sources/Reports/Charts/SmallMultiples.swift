public import Regions

/// The observed places of a unit in several indicators, a small chart for each.
public struct SmallMultiples: Sendable {
  /// One indicator over the years.
  public struct Panel: Sendable {
    /// Where the unit stood in a year.
    public typealias Standing = (year: Int, place: Double, ranked: Int)

    let indicator: Indicator
    let standings: [Standing]

    /// Creates a panel.
    ///
    /// - Parameters:
    ///   - indicator: The indicator.
    ///   - standings: The years in which the unit has a place, ascending.
    public init(_ indicator: Indicator, _ standings: [Standing]) {
      self.indicator = indicator
      self.standings = standings
    }
  }

  private let unit: Unit
  private let panels: [Panel]
  private let frame: ChartFrame

  /// Prepares the chart.
  ///
  /// - Parameters:
  ///   - unit: The unit.
  ///   - panels: The indicators, in the order in which they are drawn.
  ///   - series: The series whose sources are named.
  ///   - vintage: Name and version of the dataset.
  ///   - language: The language of labels.
  public init(
    _ unit: Unit,
    _ panels: [Panel],
    series: [Series],
    vintage: String,
    language: Language
  ) {
    self.unit = unit
    self.panels = panels.filter { $0.standings.count > 1 }
    let used = Set(panels.flatMap(\.indicator.series))
    frame = ChartFrame(
      language: language,
      scenario: nil,
      basis: [],
      series: series.filter { used.contains($0.id) },
      vintage: vintage
    )
  }

  /// The chart; `nil` when the unit has no places in two years of any indicator.
  public var chart: Chart? {
    guard !panels.isEmpty else { return nil }
    var rows: [JSONValue] = []
    var ranked = 2
    var movements: [(name: String, places: Double)] = []
    for panel in panels {
      let name = panel.indicator.name[frame.language]
      for (index, standing) in panel.standings.enumerated() {
        ranked = max(ranked, standing.ranked)
        let isEnd = index == 0 || index == panel.standings.count - 1
        rows.append([
          "indicator": .string(ChartFrame.broken(name, to: 27)), "year": .integer(standing.year),
          "place": JSONValue(exactly: standing.place),
          "label": .string(isEnd ? NumberText.place(standing.place, frame.language) : ""),
        ])
      }
      if let first = panel.standings.first, let last = panel.standings.last {
        movements.append((name, first.place - last.place))
      }
    }
    let up = movements.count { $0.places > 0 }
    return frame.chart(
      "small-multiples",
      title: frame.text(
        "\(unit.name) har gått opp på \(up) av \(movements.count) indikatorer",
        "\(unit.name) has gone up in \(up) of \(movements.count) indicators"
      ),
      subtitle: frame.text(
        "Plass år for år, 1 er best, fra første til siste år med tall.",
        "Place year by year, 1 is best, from the first to the last year with figures."
      ),
      description: movements.map { "\($0.name): \(frame.arrow($0.places))" }
        .joined(separator: "; ") + ".",
      width: 620,
      main: facets(rows, ranked: ranked)
    )
  }

  private func facets(_ rows: [JSONValue], ranked: Int) -> [String: JSONValue] {
    let x: JSONValue = [
      "field": "year", "type": "quantitative",
      "scale": ["zero": false, "nice": false, "padding": 14],
      "axis": ["format": "d", "title": .null, "tickCount": 4, "tickMinStep": 1, "grid": false],
    ]
    let y = ChartMark.places("place", ranked: ranked, title: "")
    let line: JSONValue = [
      "mark": [
        "type": "line", "color": .string(ChartColour.focus), "strokeWidth": 2,
        "point": ["color": .string(ChartColour.focus), "size": 18],
      ],
      "encoding": ["x": x, "y": y],
    ]
    let label: JSONValue = [
      "transform": [["filter": "datum.label != ''"]],
      "mark": ["type": "text", "dy": -9, "fontSize": 10, "fontWeight": "bold"],
      "encoding": ["x": x, "y": y, "text": ChartMark.text("label")],
    ]
    return [
      "data": ["values": .array(rows)],
      "facet": [
        "field": "indicator", "type": "nominal",
        "sort": .array(
          panels.map { .string(ChartFrame.broken($0.indicator.name[frame.language], to: 27)) }
        ),
        "header": ["title": .null, "labelAnchor": "start", "labelFontSize": 11, "labelLimit": 240],
      ],
      "columns": 3, "spacing": ["row": 66, "column": 26], "bounds": "flush",
      "spec": ["width": 170, "height": 110, "layer": [line, label]],
      "resolve": ["scale": ["x": "independent"]],
    ]
  }
}
