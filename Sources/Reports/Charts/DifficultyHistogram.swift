internal import Regions
internal import Scenarios

extension TargetCharts {
  /// What units have achieved over as many years, with what the target requires marked; `nil` where
  /// there is no history to compare with.
  public var difficulty: Chart? {
    guard let difficulty = answer.difficulty.moving ?? answer.difficulty.holding,
      let low = difficulty.achieved.first, let high = difficulty.achieved.last, low < high
    else { return nil }
    let scale = difficulty.isGrowth ? 100.0 : 1.0
    let required = scale * difficulty.required
    let width = binWidth(scale * low, scale * high)
    var counts: [Int: (all: Int, enough: Int)] = [:]
    for change in difficulty.achieved {
      let bin = Int((scale * change / width).rounded(.down))
      counts[bin, default: (0, 0)].all += 1
      if change >= difficulty.required { counts[bin, default: (0, 0)].enough += 1 }
    }
    let rows = counts.sorted { $0.key < $1.key }.flatMap { bin, count -> [JSONValue] in
      let start = Double(bin) * width
      let middle = count.all - count.enough
      func row(_ low: Int, _ high: Int, _ kind: String) -> JSONValue {
        [
          "start": JSONValue(exactly: start), "end": JSONValue(exactly: start + width),
          "low": .integer(low), "high": .integer(high), "kind": .string(kind),
        ]
      }
      return [
        middle > 0 ? row(0, middle, "less") : nil,
        count.enough > 0 ? row(middle, count.all, "enough") : nil,
      ].compactMap { $0 }
    }
    return histogram(rows, difficulty: difficulty, required: required)
  }

  private func histogram(_ rows: [JSONValue], difficulty: Difficulty, required: Double) -> Chart {
    return frame.chart(
      "difficulty-\(change.target.id)",
      title: difficultyFinding(difficulty),
      subtitle: frame.text(
        "Hver periode er \(difficulty.span) år i én enhets historie: "
          + "\(difficulty.indicator.name[.nb].lowercased()). At få har klart det, betyr ikke at det er "
          + "umulig.",
        "Each period is \(difficulty.span) years in the history of one unit: "
          + "\(difficulty.indicator.name[.en].lowercased()). That few have achieved it does not say "
          + "that it cannot be done."
      ),
      description: axisTitle(difficulty) + ": "
        + NumberText.signed(required, decimals: 1, frame.language) + ".",
      width: 460,
      main: [
        "width": 460, "height": 280, "layer": .array(histogramLayers(rows, difficulty, required)),
      ]
    )
  }

  private func histogramLayers(
    _ rows: [JSONValue],
    _ difficulty: Difficulty,
    _ required: Double
  ) -> [JSONValue] {
    let x = ChartMark.quantity(
      "start",
      title: axisTitle(difficulty),
      scale: ["zero": false, "nice": true]
    )
    let y = ChartMark.quantity(
      "high",
      title: frame.text("Antall perioder", "Number of periods"),
      format: ChartFrame.format(0)
    )
    let colour = ChartMark.kinds(
      "kind",
      [
        ("less", ChartColour.others, frame.text("mindre", "less")),
        ("enough", ChartColour.focus, frame.text("like mye eller mer", "as much or more")),
      ]
    )
    let mark = NumberText.signed(required, decimals: 1, frame.language)
    let marker: [JSONValue] = [
      [
        "required": JSONValue(exactly: required),
        "label": .string(frame.text("kreves: \(mark)", "required: \(mark)")),
      ]
    ]
    return [
      ChartMark.layer(
        rows,
        mark: ["type": "bar", "stroke": "white", "strokeWidth": 0.5],
        encoding: [
          "x": x, "x2": ["field": "end"], "y": y, "y2": ["field": "low"], "color": colour,
        ]
      ),
      ChartMark.layer(
        marker,
        mark: ["type": "rule", "strokeWidth": 2.5, "color": .string(ChartColour.second)],
        encoding: ["x": ChartMark.channel(x, of: "required")]
      ),
      ChartMark.layer(
        marker,
        mark: [
          "type": "text", "align": "center", "baseline": "bottom", "dy": -4,
          "fontWeight": "bold",
        ],
        encoding: [
          "x": ChartMark.channel(x, of: "required"), "y": ["value": 0],
          "text": ChartMark.text("label"),
        ]
      ),
    ]
  }

  private func difficultyFinding(_ difficulty: Difficulty) -> String {
    let windows = difficulty.achieved.count
    let enough = difficulty.achieved.count { $0 >= difficulty.required }
    let share = NumberText.fixed(
      100 * Double(enough) / Double(max(windows, 1)),
      decimals: 1,
      frame.language
    )
    let target = TargetWording.aim(change)[frame.language]
    let substitute =
      difficulty.substitutedFor == nil
      ? "" : frame.text(" (målt på en annen indikator)", " (measured on another indicator)")
    return frame.text(
      "\(share) % av periodene har gitt så mye som kreves for å \(target)\(substitute)",
      "\(share)% of the periods gave as much as it takes to \(target)\(substitute)"
    )
  }

  private func axisTitle(_ difficulty: Difficulty) -> String {
    let name = difficulty.indicator.name[frame.language]
    if case .movement = difficulty.requirement {
      return frame.text(
        "Plasser opp på \(difficulty.span) år, \(name)",
        "Places up in \(difficulty.span) years, \(name)"
      )
    }
    let unit =
      difficulty.isGrowth
      ? frame.text("prosent", "per cent")
      : Wording.unitName(difficulty.indicator.unit)[frame.language]
    return frame.text(
      "Bedring på \(difficulty.span) år, \(name) (\(unit))",
      "Improvement in \(difficulty.span) years, \(name) (\(unit))"
    )
  }

  /// About forty bins of a round width: 1, 2 or 5 times a power of ten.
  private func binWidth(_ low: Double, _ high: Double) -> Double {
    let raw = (high - low) / 40
    var unit = 1.0
    while unit > raw { unit /= 10 }
    while unit * 10 <= raw { unit *= 10 }
    return [1, 2, 5, 10].map { $0 * unit }.first { $0 >= raw } ?? 10 * unit
  }
}
