internal import Regions
internal import Scenarios

extension ScenarioCharts {
  /// The focus at the horizon among those around it, fifteen in all, with the value of each.
  public var rankedBars: Chart {
    let decimals = indicator.decimals
    let ranking = horizon.ranking(at: focus.level)
    let order = ranking?.sortedIndices.filter { ranking?.places[$0].isNaN == false } ?? []
    let own = order.firstIndex { ranking?.levels.entries[$0].unit == focus } ?? 0
    let first = max(0, min(own - 7, order.count - 15))
    let shown = order.dropFirst(first).prefix(15)
    var rows: [JSONValue] = []
    var names: [String] = []
    let called = frame.names(shown.compactMap { ranking?.levels.entries[$0].unit })
    for index in shown {
      guard let ranking else { break }
      let entry = ranking.levels.entries[index]
      let place = NumberText.place(ranking.places[index], frame.language)
      let name = "\(place). \(called[entry.unit])"
      names.append(name)
      let before = result.baseline.standing(of: entry.unit).value
      rows.append([
        "name": .string(name), "value": JSONValue(exactly: entry.value),
        "label": .string(frame.number(entry.value, decimals)),
        "before": JSONValue(exactly: before),
        "own": .bool(entry.unit == focus),
      ])
    }
    return frame.chart(
      "ranked-bars",
      title: finding,
      subtitle: frame.text(
        "Plassene rundt \(focus.name) i \(horizon.year). Svart strek: \(result.baseline.year). "
          + "Små forskjeller i verdi kan skille mange plasser.",
        "The places around \(focus.name) in \(horizon.year). Black tick: \(result.baseline.year). "
          + "Small differences in value can part many places."
      ),
      description: described([focus]),
      width: 420,
      main: ["width": 420, "height": ["step": 24], "layer": .array(barLayers(rows, names))]
    )
  }

  private func barLayers(_ rows: [JSONValue], _ names: [String]) -> [JSONValue] {
    let y = ChartMark.name("name", sort: names, axis: ["ticks": false, "domain": false])
    let x = ChartMark.quantity(
      "value",
      title: measure,
      format: ChartFrame.format(indicator.decimals)
    )
    return [
      ChartMark.layer(
        rows,
        mark: ["type": "bar", "height": ["band": 0.72]],
        encoding: [
          "x": x, "y": y,
          "color": [
            "condition": [
              "test": "datum.own", "value": .string(ChartColour.focus),
            ], "value": .string(ChartColour.others),
          ],
        ]
      ),
      ChartMark.layer(
        rows,
        mark: ["type": "tick", "thickness": 2, "size": 18, "color": .string(ChartColour.ink)],
        encoding: ["x": ChartMark.channel(x, of: "before"), "y": y]
      ),
      ChartMark.margin(rows, y: y),
    ]
  }
}
