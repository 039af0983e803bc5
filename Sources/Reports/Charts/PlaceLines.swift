internal import Regions
internal import Scenarios

extension ScenarioCharts {
  /// The places of all units year by year, the focus and some of those it meets coloured.
  public var bump: Chart {
    placeLines(
      "bump",
      standings: [result.baseline] + result.withLevers,
      subtitle: frame.text(
        "Plass år for år, 1 er best. Grå linjer er alle de andre.",
        "Place year by year, 1 is best. Grey lines are all the others."
      )
    )
  }

  /// The places at the baseline and at the horizon.
  public var slope: Chart {
    placeLines(
      "slope",
      standings: [result.baseline, horizon],
      subtitle: frame.text(
        "Plass i \(result.baseline.year) og \(horizon.year), 1 er best. Grå linjer er alle de andre.",
        "Place in \(result.baseline.year) and \(horizon.year), 1 is best. Grey lines are all the "
          + "others."
      )
    )
  }

  private func placeLines(_ name: String, standings: [Standings], subtitle: String) -> Chart {
    let rankings = standings.compactMap { $0.ranking(at: focus.level) }
    let ranked = rankings.map(\.ranked).max() ?? 1
    let height = 460
    let marked = markedUnits(ranked, height: height)
    var rows: [JSONValue] = []
    var ends: [JSONValue] = []
    for (ranking, year) in zip(rankings, standings.map(\.year)) {
      for (entry, place) in zip(ranking.levels.entries, ranking.places) where !place.isNaN {
        let role = entry.unit == focus ? 2 : marked.contains(entry.unit) ? 1 : 0
        rows.append([
          "unit": .string(entry.unit.code), "year": .integer(year),
          "place": JSONValue(exactly: place), "role": .integer(role),
        ])
        guard role > 0, year == standings.first?.year || year == standings.last?.year else {
          continue
        }
        let isLast = year == standings.last?.year
        let text = NumberText.place(place, frame.language)
        ends.append([
          "year": .integer(year), "place": JSONValue(exactly: place), "role": .integer(role),
          "end": .bool(isLast),
          "label": .string(isLast ? "\(text)  \(entry.unit.name)" : role == 2 ? text : ""),
        ])
      }
    }
    return frame.chart(
      name,
      title: finding,
      subtitle: subtitle,
      description: described([focus]),
      width: 420,
      main: [
        "width": 420, "height": .integer(height), "data": ["values": .array(rows)],
        "layer": .array(lineLayers(ends, ranked: ranked)),
      ]
    )
  }

  /// The lines of all, of those marked and of the focus, over the data of the chart; and the ends'
  /// labels.
  private func lineLayers(_ ends: [JSONValue], ranked: Int) -> [JSONValue] {
    let x: JSONValue = [
      "field": "year", "type": "ordinal", "axis": ["title": .null, "labelAngle": 0, "grid": false],
      "scale": ["padding": 0.5],
    ]
    let y = ChartMark.places("place", ranked: ranked, title: Wording.place[frame.language])
    func lines(_ role: Int, _ color: String, _ width: Double) -> JSONValue {
      [
        "transform": [["filter": .string("datum.role == \(role)")]],
        "mark": [
          "type": "line", "color": .string(color), "strokeWidth": .number(width),
          "point": role > 0
            ? ["color": .string(color), "size": .integer(role == 2 ? 60 : 25)] : false,
        ],
        "encoding": ["x": x, "y": y, "detail": ["field": "unit", "type": "nominal"]],
      ]
    }
    func labels(_ isEnd: Bool) -> JSONValue {
      [
        "data": ["values": .array(ends)],
        "transform": [["filter": .string("datum.end == \(isEnd) && datum.label != ''")]],
        "mark": [
          "type": "text", "align": isEnd ? "left" : "right", "dx": .integer(isEnd ? 10 : -10),
        ],
        "encoding": [
          "x": x, "y": y, "text": ChartMark.text("label"),
          "color": [
            "condition": ["test": "datum.role == 2", "value": .string(ChartColour.focus)],
            "value": .string(ChartColour.ink),
          ],
        ],
      ]
    }
    return [
      lines(0, ChartColour.faint, 1), lines(1, ChartColour.second, 1.6),
      lines(2, ChartColour.focus, 3.5), labels(true), labels(false),
    ]
  }

  /// Up to four units near the focus at either end that get a colour, so far apart from each other
  /// that their labels do not touch.
  private func markedUnits(_ ranked: Int, height: Int) -> Set<Unit> {
    guard let last = horizon.ranking(at: focus.level) else { return [] }
    let apart = Double(ranked) * 15 / Double(height)
    let own = horizon.standing(of: focus).place
    var taken = own.isNaN ? [] : [own]
    var chosen: Set<Unit> = []
    let met = result.overtakes.filter { $0.unit == focus }.map(\.other)
    for unit in met + last.sortedIndices.map({ last.levels.entries[$0].unit }) {
      let place = horizon.standing(of: unit).place
      guard chosen.count < 4, unit != focus, !place.isNaN,
        taken.allSatisfy({ abs($0 - place) > apart })
      else { continue }
      taken.append(place)
      chosen.insert(unit)
    }
    return chosen
  }
}
