internal import Regions
internal import Scenarios

extension ScenarioCharts {
  /// From the place at the baseline to that at the horizon, step by step: what the others do, what the
  /// focus does without levers, and each lever; `nil` where the focus has no place.
  public var waterfall: Chart? {
    guard let part = result.attributions.first(where: { $0.unit == focus }),
      !part.movement.isNaN
    else { return nil }
    let before = result.baseline.standing(of: focus).place
    let steps = steps(part)
    var place = before
    var rows: [JSONValue] = [
      bar("\(result.baseline.year)", from: before, to: before, kind: "end", label: shown(before))
    ]
    for (name, places) in steps {
      let next = place - places
      rows.append(
        bar(
          name,
          from: place,
          to: next,
          kind: places >= 0 ? "up" : "down",
          label: "\(NumberText.signed(places, decimals: 1, frame.language))"
        )
      )
      place = next
    }
    rows.append(bar("\(horizon.year)", from: place, to: place, kind: "end", label: shown(place)))
    let names = ["\(result.baseline.year)"] + steps.map(\.name) + ["\(horizon.year)"]
    let words = steps.map {
      "\($0.name) \(NumberText.signed($0.places, decimals: 1, frame.language))"
    }
    return frame.chart(
      "waterfall",
      title: finding,
      subtitle: frame.text(
        "Hva bevegelsen skyldes, i plasser (Shapley: gjennomsnitt over alle rekkefølger). "
          + "Virkningene summerer seg til bevegelsen.",
        "What the movement is due to, in places (Shapley: the mean over all orders). The effects sum "
          + "to the movement."
      ),
      description: words.joined(separator: "; ") + ".",
      width: 470,
      main: [
        "width": 470, "height": ["step": 50], "layer": .array(waterfallLayers(rows, names)),
      ]
    )
  }

  private func waterfallLayers(_ rows: [JSONValue], _ names: [String]) -> [JSONValue] {
    let x = ChartMark.quantity(
      "to",
      title: frame.text("Plass, bedre mot høyre", "Place, better to the right"),
      scale: ["reverse": true, "zero": false, "nice": true, "padding": 26],
      axis: ["format": ",.0f", "tickMinStep": 1]
    )
    let y = ChartMark.name("name", sort: names, axis: ["ticks": false, "domain": false])
    return [
      ChartMark.layer(
        rows,
        mark: ["type": "bar", "height": ["band": 0.6]],
        encoding: [
          "x": x, "x2": ["field": "from"], "y": y,
          "color": ChartMark.kinds(
            "kind",
            [
              ("up", ChartColour.focus, frame.text("opp", "up")),
              ("down", ChartColour.second, frame.text("ned", "down")),
            ]
          ),
        ]
      ),
      ChartMark.layer(
        rows,
        mark: ["type": "tick", "thickness": 3, "size": 24, "color": .string(ChartColour.ink)],
        encoding: ["x": x, "y": y]
      ),
      ChartMark.layer(
        rows,
        mark: ["type": "text", "dy": -21],
        encoding: [
          "x": ChartMark.channel(x, of: "middle"), "y": y,
          "text": ChartMark.text("label"),
        ]
      ),
    ]
  }

  private func steps(_ part: Attribution) -> [(name: String, places: Double)] {
    let rest = part.own - part.leverEffect
    var steps: [(name: String, places: Double)] = [
      (frame.text("De andres tall", "The others' figures"), part.others)
    ]
    if abs(rest) > 1e-9 {
      steps.append(
        (frame.text("Egne tall uten grep", "Own figures without levers"), rest)
      )
    }
    if part.levers.isEmpty {
      steps.append((frame.text("Alle grep", "All levers"), part.leverEffect))
    } else {
      steps += part.levers.map { ("\(Wording.lever[frame.language]) \($0.lever)", $0.places) }
    }
    return steps
  }

  private func shown(_ place: Double) -> String {
    frame.text("plass ", "place ") + NumberText.place((place * 10).rounded() / 10, frame.language)
  }

  private func bar(
    _ name: String,
    from: Double,
    to: Double,
    kind: String,
    label: String
  ) -> JSONValue {
    [
      "name": .string(name), "from": JSONValue(exactly: from), "to": JSONValue(exactly: to),
      "middle": JSONValue(exactly: (from + to) / 2), "kind": .string(kind),
      "label": .string(label),
    ]
  }
}
