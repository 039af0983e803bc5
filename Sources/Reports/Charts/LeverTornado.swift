internal import Regions
public import Scenarios

extension ScenarioCharts {
  /// How far the place and the value of the focus move when one assumption at a time is smaller or
  /// larger, the widest first; `nil` when nothing was varied.
  ///
  /// - Parameter ranges: The assumptions with their ends.
  /// - Returns: The chart.
  public func tornado(_ ranges: [LeverRange]) -> Chart? {
    guard !ranges.isEmpty else { return nil }
    let (value, place) = horizon.standing(of: focus)
    let sorted = ranges.enumerated().sorted { one, other in
      let (left, right) = (one.element.span(of: place), other.element.span(of: place))
      return left != right ? left > right : one.offset < other.offset
    }.map(\.element)
    var rows: [JSONValue] = []
    for range in sorted {
      let sides = sides(range, place)
      for (kind, end) in [("low", Optional(range.low)), ("high", range.high)] {
        guard let end, !end.place.isNaN else { continue }
        rows.append([
          "name": .string(name(range.assumption)), "kind": .string(kind),
          "place": JSONValue(exactly: end.place), "value": JSONValue(exactly: end.value),
          "placeNow": JSONValue(exactly: place), "valueNow": JSONValue(exactly: value),
          "setting": .string(setting(end)),
          "side": .string(kind == "low" ? sides.low : sides.high),
          "shift": .integer(
            sides.low != sides.high || range.high == nil ? 0 : kind == "low" ? -8 : 8
          ),
        ])
      }
    }
    return frame.chart(
      "tornado",
      title: tornadoFinding(sorted[0], place),
      subtitle: frame.text(
        "Én antakelse endres om gangen, hvert grep til det halve og til halvannen gang så mye. "
          + "Strek: scenarioet som det er.",
        "One assumption is changed at a time, each lever to half and to one and a half of it. Line: "
          + "the scenario as it is."
      ),
      description: sorted.map { described($0) }.joined(separator: "; ") + ".",
      width: 600,
      main: [
        "hconcat": .array(panels(rows, sorted.map { name($0.assumption) }, place, value)),
        "spacing": 24,
      ]
    )
  }

  /// On which side of the middle the label of each end stands: worse places are to the left; an end in
  /// the middle leaves the other its side.
  private func sides(_ range: LeverRange, _ place: Double) -> (low: String, high: String) {
    func side(_ end: LeverRange.End?) -> Int {
      end.map { $0.place > place ? -1 : $0.place < place ? 1 : 0 } ?? 0
    }
    var (low, high) = (side(range.low), side(range.high))
    if low == 0 { low = high == 0 ? -1 : -high }
    if high == 0 { high = -low }
    return (low < 0 ? "left" : "right", high < 0 ? "left" : "right")
  }

  private func tornadoFinding(_ widest: LeverRange, _ place: Double) -> String {
    guard widest.span(of: place) > 0 else {
      return frame.text(
        "Ingen av antakelsene flytter \(focus.name) i \(horizon.year) alene",
        "None of the assumptions moves \(focus.name) in \(horizon.year) alone"
      )
    }
    return frame.text(
      "Plassen til \(focus.name) i \(horizon.year) avhenger mest av: \(name(widest.assumption))",
      "The place of \(focus.name) in \(horizon.year) depends most on: \(name(widest.assumption))"
    )
  }

  /// The effects in places and in value, side by side.
  private func panels(
    _ rows: [JSONValue],
    _ names: [String],
    _ place: Double,
    _ value: Double
  ) -> [JSONValue] {
    let places = panel(
      rows,
      names,
      field: "place",
      now: place,
      axis: ChartMark.quantity(
        "place",
        title: frame.text("Plass i \(horizon.year)", "Place in \(horizon.year)"),
        scale: ["zero": false, "reverse": true, "nice": true, "padding": 92],
        axis: [
          "tickMinStep": 1, "format": ",.0f", "tickCount": 5,
          "labelExpr": "datum.value >= 1 ? datum.label : ''",
        ]
      ),
      isLabelled: true
    )
    let values = panel(
      rows,
      names,
      field: "value",
      now: value,
      axis: ChartMark.quantity(
        "value",
        title:
          "\(Wording.value[frame.language]) (\(Wording.unitName(indicator.unit)[frame.language]))",
        format: ChartFrame.format(indicator.decimals),
        scale: [
          "zero": false, "nice": true, "padding": 16,
          "reverse": .bool(indicator.direction == .lower),
        ],
        axis: ["tickCount": 4]
      ),
      isLabelled: false
    )
    return [places, values]
  }

  private func panel(
    _ rows: [JSONValue],
    _ names: [String],
    field: String,
    now: Double,
    axis: JSONValue,
    isLabelled: Bool
  ) -> JSONValue {
    let y = ChartMark.name(
      "name",
      sort: names,
      axis: ["ticks": false, "domain": false, "labels": .bool(isLabelled), "labelLimit": 200]
    )
    let colour = ChartMark.kinds(
      "kind",
      [
        (
          "low", ChartColour.second,
          frame.text("mindre, eller de andre står stille", "less, or the others hold")
        ), ("high", ChartColour.focus, frame.text("mer", "more")),
      ],
      hasLegend: isLabelled
    )
    var layers: [JSONValue] = [
      ChartMark.layer(
        rows,
        mark: ["type": "bar", "height": ["band": 0.55]],
        encoding: [
          "x": axis, "x2": ["field": .string(field + "Now")], "y": y, "color": colour,
        ]
      ),
      ChartMark.layer(
        [["now": JSONValue(exactly: now)]],
        mark: ["type": "rule", "color": .string(ChartColour.ink), "strokeWidth": 1.5],
        encoding: ["x": ChartMark.channel(axis, of: "now")]
      ),
    ]
    if isLabelled {
      for (side, align, dx) in [("left", "right", -6), ("right", "left", 6)] {
        layers.append([
          "data": ["values": .array(rows)],
          "transform": [["filter": .string("datum.side == '\(side)'")]],
          "mark": [
            "type": "text", "align": .string(align), "dx": .integer(dx), "fontSize": 10,
            "dy": ["expr": "datum.shift"],
          ],
          "encoding": ["x": axis, "y": y, "text": ChartMark.text("setting")],
        ])
      }
    }
    return [
      "width": .integer(isLabelled ? 380 : 170), "height": ["step": 40], "layer": .array(layers),
    ]
  }

  private func name(_ assumption: LeverRange.Assumption) -> String {
    switch assumption {
    case .lever(let id): "\(Wording.lever[frame.language]) \(id)"
    case .othersHold: frame.text("De andres utvikling", "The others' movement")
    }
  }

  private func setting(_ end: LeverRange.End) -> String {
    let place = NumberText.place(end.place, frame.language)
    guard let setting = end.setting else {
      return frame.text("står stille: plass \(place)", "hold: place \(place)")
    }
    let shown = NumberText.short(setting, frame.language)
    return frame.text("\(shown): plass \(place)", "\(shown): place \(place)")
  }

  private func described(_ range: LeverRange) -> String {
    let ends = [range.low] + [range.high].compactMap { $0 }
    return "\(name(range.assumption)) – " + ends.map { setting($0) }.joined(separator: ", ")
  }
}
