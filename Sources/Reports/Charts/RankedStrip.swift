internal import Regions
internal import Scenarios

extension ScenarioCharts {
  /// One strip a unit in view: a tick for every unit of its level, its own tick coloured, a triangle
  /// where it stood at the baseline.
  public var rankedStrip: Chart {
    let units = Array(outcome.unitsInView.prefix(10))
    let decimals = indicator.decimals
    let names = frame.names(units)
    var ticks: [JSONValue] = []
    var own: [JSONValue] = []
    for unit in units {
      guard let ranking = horizon.ranking(at: unit.level) else { continue }
      let all = frame.names(ranking.levels.entries.lazy.map(\.unit))
      for (entry, place) in zip(ranking.levels.entries, ranking.places) where !place.isNaN {
        let isOwn = entry.unit == unit
        let row: JSONValue = [
          "row": .string(names[unit]), "name": .string(all[entry.unit]),
          "value": JSONValue(exactly: entry.value), "place": JSONValue(exactly: place),
          "shown": .string(frame.number(entry.value, decimals)),
        ]
        if !isOwn { ticks.append(row) } else { own.append(row) }
      }
    }
    return frame.chart(
      "ranked-strip",
      title: finding,
      subtitle: frame.text(
        "Hver strek er én region eller kommune i \(horizon.year). Blå strek: enheten selv. "
          + "Grå trekant: der den var i \(result.baseline.year).",
        "Each tick is one region or municipality in \(horizon.year). Blue tick: the unit itself. "
          + "Grey triangle: where it was in \(result.baseline.year)."
      ),
      description: described(units),
      width: 560,
      main: [
        "width": 560, "height": ["step": 52],
        "layer": .array(stripLayers(units, names, ticks: ticks, own: own)),
      ]
    )
  }

  private func stripLayers(
    _ units: [Unit],
    _ names: DistinctUnitNames,
    ticks: [JSONValue],
    own: [JSONValue]
  ) -> [JSONValue] {
    let axis = ChartMark.quantity(
      "value",
      title: measure + (frame.text(" – bedre mot høyre", " – better to the right")),
      format: ChartFrame.format(indicator.decimals),
      scale: [
        "zero": false, "nice": false, "padding": 8,
        "reverse": .bool(indicator.direction == .lower),
      ],
      axis: ["grid": false, "tickCount": 6]
    )
    let rows = ChartMark.name(
      "row",
      sort: units.map { names[$0] },
      axis: ["domain": false, "ticks": false, "labelPadding": 8]
    )
    let tip = ChartMark.tooltip([
      ("name", Wording.unit[frame.language]), ("shown", Wording.value[frame.language]),
      ("place", Wording.place[frame.language]),
    ])
    return [
      ChartMark.layer(
        ticks,
        mark: [
          "type": "tick", "thickness": 1, "size": 22, "color": .string(ChartColour.others),
          "aria": false,
        ],
        encoding: ["x": axis, "y": rows, "tooltip": tip]
      ),
      ChartMark.layer(
        own,
        mark: [
          "type": "tick", "thickness": 4, "size": 30, "opacity": 1,
          "color": .string(ChartColour.focus),
        ],
        encoding: ["x": axis, "y": rows, "tooltip": tip]
      ),
      ChartMark.layer(
        before(units, names),
        mark: [
          "type": "point", "shape": "triangle-down", "filled": true, "size": 55, "opacity": 1,
          "yOffset": -18, "color": .string(ChartColour.before),
        ],
        encoding: ["x": axis, "y": rows]
      ),
      ChartMark.margin(labels(units, names), y: rows, isBold: true),
    ]
  }

  private func before(_ units: [Unit], _ names: DistinctUnitNames) -> [JSONValue] {
    units.compactMap { unit in
      let value = result.baseline.standing(of: unit).value
      return value.isNaN
        ? nil : ["row": .string(names[unit]), "value": JSONValue(exactly: value)]
    }
  }

  private func labels(_ units: [Unit], _ names: DistinctUnitNames) -> [JSONValue] {
    units.map { unit in
      let ranked = horizon.ranking(at: unit.level)?.ranked ?? 0
      let label = frame.standing(
        horizon.standing(of: unit).place,
        of: ranked,
        movement: result.movement(of: unit, to: horizon)
      )
      return ["row": .string(names[unit]), "label": .string(label)]
    }
  }

  /// The standings of some units at the horizon, in words.
  func described(_ units: [Unit]) -> String {
    let names = frame.names(units)
    return units.map { unit in
      let (value, place) = horizon.standing(of: unit)
      let ranked = horizon.ranking(at: unit.level)?.ranked ?? 0
      let standing = frame.standing(
        place,
        of: ranked,
        movement: result.movement(of: unit, to: horizon)
      )
      return "\(names[unit]): \(standing), \(frame.number(value, indicator.decimals))"
    }.joined(separator: "; ") + "."
  }
}
