internal import Regions
internal import Scenarios

extension FuturesCharts {
  /// The places of the focus: observed up to the baseline, then the middle of the futures with the
  /// half and nine tenths of them around it.
  public var fan: Chart {
    let baseline = result.baseline
    let observed = (history + [baseline]).compactMap { standings -> JSONValue? in
      let place = standings.standing(of: focus).place
      return place.isNaN
        ? nil : ["year": .integer(standings.year), "place": JSONValue(exactly: place)]
    }
    let start = JSONValue(exactly: baseline.standing(of: focus).place)
    var rows: [JSONValue] = [
      [
        "year": .integer(baseline.year), "median": start, "low50": start, "high50": start,
        "low90": start, "high90": start,
      ]
    ]
    var ranked = baseline.ranking(at: focus.level)?.ranked ?? 1
    for year in result.years {
      guard let places = year.places(focus.level), let index = places.index(of: focus),
        let median = places.median(index), let half = places.interval(0.5, index),
        let most = places.interval(0.9, index)
      else { continue }
      ranked = max(ranked, places.units.count)
      rows.append([
        "year": .integer(year.year), "median": .integer(median),
        "low50": .integer(half.lowerBound), "high50": .integer(half.upperBound),
        "low90": .integer(most.lowerBound), "high90": .integer(most.upperBound),
      ])
    }
    let labels = rows.last.map { [endLabel($0)] } ?? []
    return frame.chart(
      "fan",
      title: finding,
      subtitle: frame.text(
        "Plass, 1 er best. Mørkt bånd: halvparten av framtidene. Lyst bånd: 90 prosent. Linje i båndet: "
          + "midten. Stiplet strek: siste år med tall.",
        "Place, 1 is best. Dark band: half of the futures. Light band: 90 per cent. Line in the band: "
          + "the middle. Dashed line: the last year with figures."
      ),
      description: describedFan,
      width: 460,
      main: [
        "width": 460, "height": 340,
        "layer": .array(fanLayers(rows, observed: observed, labels: labels, ranked: ranked)),
      ]
    )
  }

  private func fanLayers(
    _ rows: [JSONValue],
    observed: [JSONValue],
    labels: [JSONValue],
    ranked: Int
  ) -> [JSONValue] {
    let x: JSONValue = [
      "field": "year", "type": "quantitative",
      "scale": ["zero": false, "nice": false],
      "axis": ["format": "d", "title": .null, "tickMinStep": 1, "grid": false],
    ]
    func y(_ field: String) -> JSONValue {
      ChartMark.places(field, ranked: ranked, title: Wording.place[frame.language])
    }
    func band(_ low: String, _ high: String, _ opacity: Double) -> JSONValue {
      ChartMark.layer(
        rows,
        mark: ["type": "area", "color": .string(ChartColour.focus), "opacity": .number(opacity)],
        encoding: ["x": x, "y": y(low), "y2": ["field": .string(high)]]
      )
    }
    return [
      band("low90", "high90", 0.18), band("low50", "high50", 0.35),
      ChartMark.layer(
        rows,
        mark: ["type": "line", "color": .string(ChartColour.focus), "strokeWidth": 2],
        encoding: ["x": x, "y": y("median")]
      ),
      ChartMark.layer(
        observed,
        mark: [
          "type": "line", "color": .string(ChartColour.ink), "strokeWidth": 2,
          "point": ["color": .string(ChartColour.ink), "size": 30],
        ],
        encoding: ["x": x, "y": y("place")]
      ),
      ChartMark.layer(
        [["year": .integer(result.baseline.year)]],
        mark: ["type": "rule", "strokeDash": [4, 4], "color": .string(ChartColour.before)],
        encoding: ["x": x]
      ),
      ChartMark.layer(
        labels,
        mark: ["type": "text", "align": "left", "dx": 8],
        encoding: ["x": x, "y": y("median"), "text": ChartMark.text("label")]
      ),
    ]
  }

  private func endLabel(_ row: JSONValue) -> JSONValue {
    guard case .object(var members) = row, case .integer(let median)? = members["median"] else {
      return row
    }
    members["label"] = .string(frame.text("midten: \(median)", "middle: \(median)"))
    return .object(members)
  }

  private var describedFan: String {
    result.years.compactMap { year in
      guard let places = year.places(focus.level), let index = places.index(of: focus),
        let median = places.median(index), let most = places.interval(0.9, index)
      else { return nil }
      return "\(year.year): \(median) (\(most.lowerBound)–\(most.upperBound))"
    }.joined(separator: "; ") + "."
  }
}
