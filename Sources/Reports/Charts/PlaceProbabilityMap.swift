internal import Regions
internal import Scenarios

extension FuturesCharts {
  /// How likely each unit is to have each place at the horizon, sorted by the middle of the futures.
  ///
  /// Of more than eighty units the forty around the focus are drawn.
  public var placeProbabilities: Chart {
    guard let last = result.years.last, let places = last.places(focus.level) else {
      return frame.chart(
        "heat-map",
        title: finding,
        subtitle: "",
        description: "",
        width: 420,
        main: ["mark": "point", "data": ["values": []]]
      )
    }
    let placed = places.units.indices.filter { places.placed($0) > 0 }
    let order = placed.sorted { one, other in
      let (left, right) = (places.mean(one).place, places.mean(other).place)
      return left != right ? left < right : places.units[one].code < places.units[other].code
    }
    let own = order.firstIndex { places.units[$0] == focus } ?? 0
    let most = order.count > 80 ? 40 : order.count
    let first = max(0, min(own - most / 2, order.count - most))
    let shown = Array(order.dropFirst(first).prefix(most))
    let names = frame.names(shown.map { places.units[$0] })
    func name(_ unit: Unit) -> String { names[unit] }
    var rows: [JSONValue] = []
    for unit in shown {
      for place in 1...max(1, places.units.count) {
        let probability = places.probability(ofPlace: place, unit)
        guard probability >= 0.001 else { continue }
        rows.append([
          "name": .string(name(places.units[unit])), "place": .integer(place),
          "probability": .number((probability * 10_000).rounded() / 10_000),
        ])
      }
    }
    return heatMap(
      rows,
      names: shown.map { name(places.units[$0]) },
      own: name(focus),
      isAll: shown.count == placed.count,
      year: last.year
    )
  }

  private func heatMap(
    _ rows: [JSONValue],
    names: [String],
    own: String,
    isAll: Bool,
    year: Int
  ) -> Chart {
    return frame.chart(
      "heat-map",
      title: finding,
      subtitle: frame.text(
        "Hvor sannsynlig hver plass er i \(year). Brede rader: plassen er usikker. Rammen: "
          + "\(focus.name)." + (isAll ? "" : " De \(names.count) rundt enheten vises."),
        "How likely each place is in \(year). Wide rows: the place is uncertain. The frame: "
          + "\(focus.name)." + (isAll ? "" : " The \(names.count) around the unit are shown.")
      ),
      description: "",
      width: 500,
      main: [
        "width": 500, "height": ["step": 10], "layer": .array(heatLayers(rows, names, own: own)),
      ]
    )
  }

  private func heatLayers(_ rows: [JSONValue], _ names: [String], own: String) -> [JSONValue] {
    let y = ChartMark.name(
      "name",
      sort: names,
      axis: [
        "ticks": false, "labelFontSize": 8.5, "labelOverlap": false,
        "labelColor": [
          "condition": [
            "test": .string("datum.value == '\(ChartMark.quoted(own))'"),
            "value": .string(ChartColour.focus),
          ], "value": .string(ChartColour.ink),
        ],
        "labelFontWeight": [
          "condition": [
            "test": .string("datum.value == '\(ChartMark.quoted(own))'"),
            "value": "bold",
          ], "value": "normal",
        ],
      ]
    )
    return [
      ChartMark.layer(
        rows,
        mark: ["type": "rect", "aria": false],
        encoding: [
          "x": [
            "field": "place", "type": "ordinal",
            "axis": [
              "title": .string(Wording.place[frame.language]), "labelAngle": 0, "ticks": false,
              "labelExpr": "datum.value == 1 || datum.value % 5 == 0 ? datum.label : ''",
            ],
          ],
          "y": y,
          "color": [
            "field": "probability", "type": "quantitative",
            "scale": ["scheme": "blues", "type": "sqrt", "domainMin": 0],
            "legend": [
              "title": .string(frame.text("Sannsynlighet", "Probability")), "format": ".0%",
              "orient": "bottom", "gradientLength": 260,
            ],
          ],
          "tooltip": ChartMark.tooltip([
            ("name", Wording.unit[frame.language]), ("place", Wording.place[frame.language]),
            ("probability", frame.text("Sannsynlighet", "Probability")),
          ]),
        ]
      ),
      ChartMark.layer(
        [["name": .string(own)]],
        mark: [
          "type": "bar", "fillOpacity": 0, "stroke": .string(ChartColour.second),
          "strokeWidth": 1.5, "height": ["band": 1],
        ],
        encoding: ["y": y, "x": ["value": 0], "x2": ["value": "width"]]
      ),
    ]
  }
}
