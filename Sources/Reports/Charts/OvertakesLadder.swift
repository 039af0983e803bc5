internal import Regions
internal import Scenarios

extension ScenarioCharts {
  /// Whom the focus passes and by whom it is passed, each with its place before and after; the thirty
  /// nearest to the focus at the horizon.
  public var overtakes: Chart {
    let mine = result.overtakes.filter { $0.unit == focus }
    let own = horizon.standing(of: focus).place
    let place = { (unit: Unit) in horizon.standing(of: unit).place }
    let near = mine.sorted {
      let (one, other) = (abs(place($0.other) - own), abs(place($1.other) - own))
      return one != other ? one < other : $0.other.code < $1.other.code
    }.prefix(30)
    let shown = near.sorted {
      let (one, other) = (place($0.other), place($1.other))
      return one != other ? one < other : $0.other.code < $1.other.code
    }
    let called = frame.names(shown.map(\.other) + [focus])
    var rows = shown.map { row($0.other, called, $0.direction.rawValue, year: $0.year) }
    let split = shown.firstIndex { place($0.other) >= own } ?? shown.count
    rows.insert(row(focus, called, "focus", year: nil), at: split)
    var names = shown.map { called[$0.other] }
    names.insert(called[focus], at: split)
    let omitted = mine.count - near.count
    return frame.chart(
      "overtakes",
      title: overtaking(mine),
      subtitle: frame.text(
        "Åpen sirkel: plassen i \(result.baseline.year). Fylt: i \(horizon.year). Årstallet er det "
          + "første da rekkefølgen er byttet.",
        "Open circle: the place in \(result.baseline.year). Filled: in \(horizon.year). The year is "
          + "the first in which the order is reversed."
      )
        + (omitted == 0
          ? ""
          : frame.text(
            " De \(near.count) nærmeste av \(mine.count) vises.",
            " The nearest \(near.count) of \(mine.count) are shown."
          )),
      description: shown.map { "\($0.other.name) \($0.year)" }.joined(separator: "; ") + ".",
      width: 420,
      main: [
        "width": 420, "height": ["step": 19], "layer": .array(overtakeLayers(rows, names)),
      ]
    )
  }

  private func overtaking(_ mine: [Overtake]) -> String {
    let passed = mine.count { $0.direction == .passes }
    return passed == mine.count
      ? frame.text(
        "\(focus.name) passerer \(passed) til \(horizon.year) i scenarioet",
        "\(focus.name) passes \(passed) by \(horizon.year) in the scenario"
      )
      : frame.text(
        "\(focus.name) passerer \(passed) og passeres av \(mine.count - passed) til "
          + "\(horizon.year) i scenarioet",
        "\(focus.name) passes \(passed) and is passed by \(mine.count - passed) by "
          + "\(horizon.year) in the scenario"
      )
  }

  private func overtakeLayers(_ rows: [JSONValue], _ names: [String]) -> [JSONValue] {
    let y = ChartMark.name("name", sort: names, axis: ["ticks": false, "domain": false])
    let x = ChartMark.places(
      "after",
      ranked: horizon.ranking(at: focus.level)?.ranked ?? 1,
      title: Wording.place[frame.language]
    )
    let colour = ChartMark.kinds(
      "kind",
      [
        ("focus", ChartColour.focus, focus.name),
        ("passes", ChartColour.others, frame.text("passeres av enheten", "passed by the unit")),
        ("passed_by", ChartColour.second, frame.text("passerer enheten", "passes the unit")),
      ]
    )
    return [
      ChartMark.layer(
        rows,
        mark: ["type": "rule", "strokeWidth": 3, "opacity": 0.6],
        encoding: ["x": x, "x2": ["field": "before"], "y": y, "color": colour]
      ),
      ChartMark.layer(
        rows,
        mark: [
          "type": "point", "filled": false, "size": 40, "opacity": 1, "strokeWidth": 1.5,
          "color": .string(ChartColour.before),
        ],
        encoding: ["x": ChartMark.channel(x, of: "before"), "y": y]
      ),
      ChartMark.layer(
        rows,
        mark: ["type": "point", "filled": true, "size": 80, "opacity": 1],
        encoding: ["x": x, "y": y, "color": colour]
      ),
      ChartMark.margin(rows, y: y),
    ]
  }

  private func row(
    _ unit: Unit,
    _ names: DistinctUnitNames,
    _ kind: String,
    year: Int?
  ) -> JSONValue {
    [
      "name": .string(names[unit]), "kind": .string(kind),
      "before": JSONValue(exactly: result.baseline.standing(of: unit).place),
      "after": JSONValue(exactly: horizon.standing(of: unit).place),
      "label": .string(
        year.map { frame.text("fra \($0)", "from \($0)") }
          ?? frame.arrow(result.movement(of: unit, to: horizon))
      ),
    ]
  }
}
