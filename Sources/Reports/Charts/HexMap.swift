public import Regions
internal import Scenarios

extension ScenarioCharts {
  /// A map of hexagons, one a unit, coloured by the movement in places to the horizon; units without
  /// a place are white.
  ///
  /// - Parameters:
  ///   - level: The level of the units.
  ///   - layout: Where they stand.
  /// - Returns: The map; `nil` where the indicator has no places at the level.
  public func map(_ level: Level, _ layout: HexLayout) -> Chart? {
    guard let ranking = horizon.ranking(at: level) else { return nil }
    var rows: [JSONValue] = []
    var largest = 1.0
    for (entry, place) in zip(ranking.levels.entries, ranking.places) {
      guard let cell = layout.cells[entry.unit.code] else { continue }
      let movement = result.movement(of: entry.unit, to: horizon)
      if !movement.isNaN { largest = max(largest, abs(movement)) }
      rows.append([
        "name": .string(entry.unit.name),
        "x": .number(Double(cell.column) + (cell.row.isMultiple(of: 2) ? 0 : 0.5)),
        "y": .integer(cell.row), "movement": JSONValue(exactly: movement),
        "place": JSONValue(exactly: place),
        "label": .string(label(place, movement)),
        "value": .string(frame.number(entry.value, indicator.decimals)),
        "own": .bool(outcome.unitsInView.contains(entry.unit)),
      ])
    }
    let isFine = level == .municipality
    let radius = isFine ? 10.5 : 22.0
    let step = radius * 3.0.squareRoot()
    let width = Int((step * (Double(layout.columns) + 1.5)).rounded())
    let height = Int((radius * 1.5 * Double(layout.rows + 1)).rounded())
    let what = isFine ? frame.text("kommune", "municipality") : frame.text("region", "region")
    let own = isFine ? outcome.members.map(\.name).joined(separator: ", ") : focus.name
    return frame.chart(
      isFine ? "map-municipalities" : "map-regions",
      title: finding,
      subtitle: frame.text(
        "Hver sekskant er én \(what), om lag der den ligger. Farge: plasser opp eller ned fra "
          + "\(result.baseline.year) til \(horizon.year)."
          + (isFine ? " Trekant: retningen." : " Tall: plassen i \(horizon.year).")
          + " Ramme: \(own).",
        "Each hexagon is one \(what), about where it lies. Colour: places up or down from "
          + "\(result.baseline.year) to \(horizon.year)."
          + (isFine ? " Triangle: the direction." : " Number: the place in \(horizon.year).")
          + " Frame: \(own)."
      ),
      description: described(outcome.unitsInView.filter { $0.level == level }),
      width: width,
      main: [
        "width": .integer(width), "height": .integer(height),
        "layer": .array(
          hexagons(rows, layout, radius: radius, largest: largest, isLabelled: !isFine)
        ),
      ]
    )
  }

  private func hexagons(
    _ rows: [JSONValue],
    _ layout: HexLayout,
    radius: Double,
    largest: Double,
    isLabelled: Bool
  ) -> [JSONValue] {
    func position(_ field: String, _ count: Int, isReversed: Bool) -> JSONValue {
      [
        "field": .string(field), "type": "quantitative", "axis": .null,
        "scale": [
          "domain": [-0.75, .number(Double(count) + (isReversed ? -0.25 : 0.75))],
          "nice": false, "zero": false, "reverse": .bool(isReversed),
        ],
      ]
    }
    let x = position("x", layout.columns, isReversed: false)
    let y = position("y", layout.rows, isReversed: true)
    // A hexagon that stands on its point, of radius one; Vega scales a shape by half the root of size.
    let hexagon = "M0,-1L0.866,-0.5L0.866,0.5L0,1L-0.866,0.5L-0.866,-0.5Z"
    let size = (2 * radius * 0.97) * (2 * radius * 0.97)
    let tip = ChartMark.tooltip([
      ("name", Wording.unit[frame.language]), ("place", Wording.place[frame.language]),
      ("movement", Wording.movement[frame.language]), ("value", Wording.value[frame.language]),
    ])
    func mark(_ stroke: String, _ width: Double, isFilled: Bool) -> JSONValue {
      [
        "type": "point", "shape": .string(hexagon), "size": .number(size.rounded()),
        "filled": .bool(isFilled), "opacity": 1, "stroke": .string(stroke),
        "strokeWidth": .number(width), "aria": false,
      ]
    }
    var layers: [JSONValue] = [
      ChartMark.layer(
        rows,
        mark: mark("#c6cad0", 0.6, isFilled: true),
        encoding: ["x": x, "y": y, "color": movementColour(largest), "tooltip": tip]
      ),
      [
        "data": ["values": .array(rows)], "transform": [["filter": "datum.own"]],
        "mark": mark(ChartColour.ink, isLabelled ? 3 : 2, isFilled: false),
        "encoding": ["x": x, "y": y],
      ],
    ]
    layers += isLabelled ? [places(rows, x, y, largest)] : directions(rows, x, y)
    return layers
  }

  /// The place, and beneath it the movement with an arrow, so that grey print has the direction too.
  private func label(_ place: Double, _ movement: Double) -> String {
    guard !place.isNaN else { return "–" }
    let shown = NumberText.place(place, frame.language)
    return movement.isNaN || movement == 0
      ? shown : "\(shown)\n\(frame.arrow(movement).replacing("\u{A0}", with: ""))"
  }

  private func places(
    _ rows: [JSONValue],
    _ x: JSONValue,
    _ y: JSONValue,
    _ largest: Double
  ) -> JSONValue {
    ChartMark.layer(
      rows,
      mark: [
        "type": "text", "fontSize": 10, "baseline": "middle", "lineHeight": 11,
        "dy": ["expr": "datum.movement ? -5 : 0"],
      ],
      encoding: [
        "x": x, "y": y, "text": ChartMark.text("label"),
        "color": [
          "condition": [
            "test": .string("abs(datum.movement) > \(NumberText.exact(largest * 0.6))"),
            "value": "white",
          ], "value": .string(ChartColour.ink),
        ],
      ]
    )
  }

  /// Small triangles up and down, where hexagons have no room for numbers.
  private func directions(_ rows: [JSONValue], _ x: JSONValue, _ y: JSONValue) -> [JSONValue] {
    [(">", "triangle-up"), ("<", "triangle-down")].map { test, shape in
      [
        "data": ["values": .array(rows)],
        "transform": [["filter": .string("datum.movement \(test) 0")]],
        "mark": [
          "type": "point", "shape": .string(shape), "size": 16, "filled": true, "opacity": 0.55,
          "color": .string(ChartColour.ink), "aria": false,
        ],
        "encoding": ["x": x, "y": y],
      ]
    }
  }

  /// Blue for up and orange for down; white where there is no movement to show.
  private func movementColour(_ largest: Double) -> JSONValue {
    [
      "condition": ["test": "datum.movement === null", "value": "#ffffff"],
      "field": "movement", "type": "quantitative",
      "scale": [
        "scheme": "blueorange", "reverse": true,
        "domain": [.number(-largest), .number(largest)], "domainMid": 0,
      ],
      "legend": [
        "title": .string(frame.text("Plasser opp (+) eller ned (−)", "Places up (+) or down (−)")),
        "orient": "bottom", "gradientLength": 220, "format": "+,.0f", "tickCount": 5,
      ],
    ]
  }
}
