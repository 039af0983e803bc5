internal import Regions

/// The few forms of Vega-Lite that the charts are put together of.
enum ChartMark {
  /// A view of one mark over rows of figures.
  static func layer(
    _ rows: [JSONValue],
    mark: JSONValue,
    encoding: JSONValue
  ) -> JSONValue {
    ["data": ["values": .array(rows)], "mark": mark, "encoding": encoding]
  }

  /// A quantitative channel.
  static func quantity(
    _ field: String,
    title: String? = nil,
    format: JSONValue = .null,
    scale: [String: JSONValue] = [:],
    axis: [String: JSONValue] = [:]
  ) -> JSONValue {
    var axis = axis
    if format != .null { axis["format"] = format }
    return [
      "field": .string(field), "type": "quantitative", "title": title.map { .string($0) } ?? .null,
      "scale": .object(scale), "axis": .object(axis),
    ]
  }

  /// The same channel over another field; layers that share an axis have one title.
  static func channel(_ channel: JSONValue, of field: String) -> JSONValue {
    guard case .object(var members) = channel else { return channel }
    members["field"] = .string(field)
    return .object(members)
  }

  /// A nominal channel in the order of the rows.
  static func name(
    _ field: String,
    sort: [String]? = nil,
    axis: [String: JSONValue] = [:]
  ) -> JSONValue {
    var axis = axis
    if axis["title"] == nil { axis["title"] = .null }
    return [
      "field": .string(field), "type": "nominal",
      "sort": sort.map { .array($0.map { .string($0) }) } ?? .null,
      "axis": .object(axis),
    ]
  }

  /// A text channel.
  static func text(_ field: String) -> JSONValue { ["field": .string(field), "type": "nominal"] }

  /// What a pointer shows, in a picture that a browser draws.
  static func tooltip(_ fields: [(field: String, title: String)]) -> JSONValue {
    .array(
      fields.map { ["field": .string($0.field), "type": "nominal", "title": .string($0.title)] }
    )
  }

  /// The ticks of an axis of places: 1, then every tenth, or more for many, and the last.
  static func placeTicks(_ ranked: Int) -> JSONValue {
    let step = ranked > 150 ? 50 : ranked > 30 ? 10 : 5
    let inner = stride(from: step, to: ranked, by: step).filter { ranked - $0 > step / 3 }
    return .array(([1] + inner + (ranked > 1 ? [ranked] : [])).map { .integer($0) })
  }

  /// An axis of places: the first is on top.
  static func places(
    _ field: String,
    ranked: Int,
    title: String,
    grid: Bool = true
  ) -> JSONValue {
    quantity(
      field,
      title: title,
      scale: ["domain": [1, .integer(max(ranked, 2))], "reverse": true, "nice": false],
      axis: ["values": placeTicks(ranked), "grid": .bool(grid)]
    )
  }

  /// A channel of colours for a few kinds of marks, with a legend beneath the chart.
  static func kinds(
    _ field: String,
    _ kinds: [(key: String, color: String, label: String)],
    hasLegend: Bool = true
  ) -> JSONValue {
    let labels = kinds.map { "'\($0.key)': '\(quoted($0.label))'" }.joined(separator: ", ")
    return [
      "field": .string(field), "type": "nominal", "title": .null,
      "scale": [
        "domain": .array(kinds.map { .string($0.key) }),
        "range": .array(kinds.map { .string($0.color) }),
      ],
      "legend": hasLegend
        ? ["orient": "bottom", "labelExpr": .string("{\(labels)}[datum.label]")] : .null,
    ]
  }

  /// Texts in a column at the right of the drawing area, one a row.
  static func margin(_ rows: [JSONValue], y: JSONValue, isBold: Bool = false) -> JSONValue {
    layer(
      rows,
      mark: [
        "type": "text", "align": "left", "dx": 9, "fontWeight": isBold ? "bold" : "normal",
      ],
      encoding: ["x": ["value": "width"], "y": y, "text": text("label")]
    )
  }

  /// A text for between the apostrophes of a Vega expression.
  static func quoted(_ text: String) -> String {
    text.replacingScalars(["\\": "\\\\", "'": "\\'"])
  }
}
