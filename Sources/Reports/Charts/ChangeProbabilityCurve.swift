internal import Regions
internal import Scenarios

extension TargetCharts {
  /// How likely each change of the series is enough for the target, with the changes for 50, 80 and 95
  /// per cent; `nil` when no futures were drawn or nothing can be changed.
  public var curve: Chart? {
    guard let curve = answer.curve, !curve.steps.isEmpty else { return nil }
    let steps = curve.thinned(to: 200)
    let rows: [JSONValue] = steps.map {
      [
        "units": .integer($0.units),
        "probability": JSONValue(exactly: $0.probability.value),
      ]
    }
    let levels = [0.5, 0.8, 0.95]
    let marks = levels.compactMap { level -> JSONValue? in
      guard let units = curve.units(atProbability: level) else { return nil }
      let percent = NumberText.fixed(100 * level, decimals: 0, frame.language)
      let shown = NumberText.signed(Double(units), decimals: 0, frame.language)
      return [
        "units": .integer(units), "probability": .number(level),
        "label": .string("\(percent)\u{A0}%: \(shown)"),
      ]
    }
    return frame.chart(
      "curve-\(change.target.id)",
      title: curveFinding(curve),
      subtitle: frame.text(
        "Hvor sannsynlig det er at endringen er nok. Stiplet strek: som scenarioet er, uten mer.",
        "How likely it is that the change is enough. Dashed line: the scenario as it is, without more."
      ),
      description: levels.compactMap { level in
        curve.units(atProbability: level).map { units in
          "\(NumberText.fixed(100 * level, decimals: 0, frame.language)) %: "
            + NumberText.signed(Double(units), decimals: 0, frame.language)
        }
      }.joined(separator: "; ") + ".",
      width: 460,
      main: ["width": 460, "height": 320, "layer": .array(curveLayers(rows, marks))]
    )
  }

  private func curveLayers(_ rows: [JSONValue], _ marks: [JSONValue]) -> [JSONValue] {
    let title = frame.text("Endring i \(lowered(moved))", "Change in \(lowered(moved))")
    let x = ChartMark.quantity(
      "units",
      title: title,
      format: ChartFrame.format(0),
      scale: ["nice": true],
      axis: ["tickCount": 6, "labelFlush": false]
    )
    let y = ChartMark.quantity(
      "probability",
      title: frame.text("Sannsynlighet for at det er nok", "Probability that it is enough"),
      format: ".0%",
      scale: ["domain": [0, 1]]
    )
    return [
      ChartMark.layer(
        rows,
        mark: [
          "type": "line", "interpolate": "step-after", "color": .string(ChartColour.focus),
          "strokeWidth": 2.5,
        ],
        encoding: ["x": x, "y": y]
      ),
      ChartMark.layer(
        [["units": 0]],
        mark: ["type": "rule", "strokeDash": [4, 4], "color": .string(ChartColour.before)],
        encoding: ["x": x]
      ),
      ChartMark.layer(
        marks,
        mark: [
          "type": "point", "filled": true, "size": 70, "opacity": 1,
          "color": .string(ChartColour.second),
        ],
        encoding: ["x": x, "y": y]
      ),
      ChartMark.layer(
        marks,
        mark: ["type": "text", "align": "left", "dx": 10, "dy": 10, "fontWeight": "bold"],
        encoding: ["x": x, "y": y, "text": ChartMark.text("label")]
      ),
    ]
  }

  private func curveFinding(_ curve: RequiredChangeCurve) -> String {
    let target = TargetWording.aim(change)[frame.language]
    if let futures = answer.futures, futures.probability.value >= 0.8 {
      let share = NumberText.fixed(
        100 * futures.probability.value,
        decimals: 0,
        frame.language
      )
      return frame.text(
        "\(change.unit.name) når målet i \(share) % av framtidene slik scenarioet er: \(target)",
        "\(change.unit.name) meets the target in \(share)% of the futures as the scenario is: "
          + target
      )
    }
    guard let units = curve.units(atProbability: 0.8) else {
      return frame.text(
        "Ingen endring gjør det 80 % sikkert at \(change.unit.name) kan \(target)",
        "No change makes it 80% sure that \(change.unit.name) can \(target)"
      )
    }
    let shown = NumberText.signed(Double(units), decimals: 0, frame.language)
    let unit = Wording.unitName(series?.unit ?? .other)[frame.language]
    return frame.text(
      "Det trengs \(shown) \(unit) for 80 % sikkert å \(target)",
      "It takes \(shown) \(unit) to be 80% sure to \(target)"
    )
  }

  private func lowered(_ text: String) -> String { text.prefix(1).lowercased() + text.dropFirst() }
}
