public import Regions

/// What all charts have in common: fonts, colours, number formats, and the words inside the picture
/// without which it would mislead.
public struct ChartFrame: Sendable, Hashable {
  /// The language of words and numbers.
  public let language: Language
  /// Scenario, basis, sources, vintage and "unofficial computation".
  public let footer: [String]

  /// Prepares a frame.
  ///
  /// - Parameters:
  ///   - language: The language.
  ///   - scenario: The scenario's title and id; `nil` for a chart of observed figures.
  ///   - basis: On what the figures rest, as sentences.
  ///   - series: The series whose sources are named.
  ///   - vintage: Name and version of the dataset.
  public init(
    language: Language,
    scenario: String?,
    basis: [String],
    series: [Series],
    vintage: String
  ) {
    self.language = language
    let head = scenario.map { ["Scenario: \($0)."] } ?? []
    let sources = series.sorted { $0.id < $1.id }.map(\.source)
    var seen: Set<String> = []
    let named = sources.filter { seen.insert($0).inserted }.joined(separator: "; ")
    let source = named.isEmpty ? [] : ["\(Wording.source[language]): \(named)."]
    footer = head + basis + source + [Wording.dataset(vintage, language)]
  }

  /// A text in the language of the frame.
  func text(_ nb: String, _ en: String) -> String { language == .nb ? nb : en }

  /// A number for reading.
  func number(_ value: Double, _ decimals: Int) -> String {
    NumberText.fixed(value, decimals: decimals, language)
  }

  /// A place and the number ranked, with the movement if there is one: `19 of 73 (▲ 32)`.
  func standing(_ place: Double, of ranked: Int, movement: Double? = nil) -> String {
    guard !place.isNaN else { return text("ingen plass", "no place") }
    let base =
      NumberText.place(place, language) + (language == .nb ? ". av " : " of ") + "\(ranked)"
    guard let movement, !movement.isNaN else { return base }
    return base + " (\(arrow(movement)))"
  }

  /// What units are called where they stand beside each other.
  func names(_ units: some Sequence<Unit>) -> DistinctUnitNames {
    DistinctUnitNames(units, language)
  }

  /// A movement with an arrow: `▲ 32`, `▼ 4`, `±0`.
  func arrow(_ movement: Double) -> String {
    if movement == 0 { return "±0" }
    let sign = movement > 0 ? "▲" : "▼"
    return "\(sign)\u{A0}\(NumberText.place(abs(movement), language))"
  }

  /// The d3 format of numbers with decimals.
  static func format(_ decimals: Int) -> JSONValue { .string(",.\(decimals)f") }

  // MARK: - The frame around a chart

  /// The whole spec: the title, the chart and the small print beneath it.
  ///
  /// - Parameters:
  ///   - name: What files are called.
  ///   - title: What the chart shows, as a sentence.
  ///   - subtitle: How to read it.
  ///   - description: The alternative text; the title stands before it.
  ///   - width: The width of the drawing area, in pixels.
  ///   - main: The chart itself: a view, layers or a concatenation.
  /// - Returns: The chart.
  func chart(
    _ name: String,
    title: String,
    subtitle: String,
    description: String,
    width: Int,
    main: [String: JSONValue]
  ) -> Chart {
    // Labels beside the drawing area make the picture wider than it is.
    let outer = max(width, 400) + 90
    let words = description.isEmpty ? "\(title)." : "\(title). \(description)"
    let spec: JSONValue = [
      "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
      "description": .string(words),
      "background": "white",
      "padding": 16,
      "spacing": 14,
      "config": config,
      "title": [
        "text": .array(Self.wrapped(title, to: outer * 10 / 82).map { .string($0) }),
        "subtitle": .array(Self.wrapped(subtitle, to: outer * 10 / 57).map { .string($0) }),
        "anchor": "start", "frame": "group", "offset": 14,
      ],
      "vconcat": [.object(main), smallPrint(outer)],
      "resolve": ["scale": ["color": "independent"], "legend": ["color": "independent"]],
    ]
    return Chart(name: name, title: title, description: words, spec: spec)
  }

  private func smallPrint(_ width: Int) -> JSONValue {
    let lines = footer.flatMap { Self.wrapped($0, to: width * 10 / 49) }
    return [
      "width": .integer(width), "height": .integer(13 * lines.count),
      "view": ["stroke": .null],
      "data": ["values": [[:]]],
      "mark": [
        "type": "text", "align": "left", "baseline": "top", "x": 0, "y": 0, "fontSize": 10,
        "lineHeight": 13, "color": .string(ChartColour.smallPrint), "aria": false,
        "text": .array(lines.map { .string($0) }),
      ],
    ]
  }

  private var config: JSONValue {
    let isNorwegian = language == .nb
    return [
      "font": "Arial, Helvetica, sans-serif",
      "lineBreak": "\n",
      "locale": [
        "number": [
          "decimal": isNorwegian ? "," : ".", "thousands": isNorwegian ? "\u{A0}" : ",",
          "grouping": [3], "currency": isNorwegian ? ["", "\u{A0}kr"] : ["NOK\u{A0}", ""],
        ]
      ],
      "title": [
        "fontSize": 16, "subtitleFontSize": 12, "lineHeight": 20, "subtitleLineHeight": 16,
        "subtitlePadding": 6, "subtitleColor": .string(ChartColour.smallPrint),
        "color": .string(ChartColour.ink),
      ],
      "axis": [
        "labelFontSize": 11, "titleFontSize": 11, "titleFontWeight": "normal", "labelLimit": 260,
        "titleLimit": 600, "labelColor": .string(ChartColour.ink),
        "titleColor": .string(ChartColour.ink),
        "gridColor": .string(ChartColour.grid), "domainColor": .string(ChartColour.line),
        "tickColor": .string(ChartColour.line),
      ],
      "legend": [
        "labelFontSize": 11, "titleFontSize": 11, "titleFontWeight": "normal", "titleLimit": 400,
        "labelLimit": 300,
      ],
      "header": ["labelFontSize": 12, "labelFontWeight": "bold", "labelLimit": 300],
      "text": ["fontSize": 11, "color": .string(ChartColour.ink)],
      "view": ["stroke": .null],
    ]
  }

  /// A name in lines for an axis or a heading; Vega breaks it at the line feeds.
  static func broken(_ name: String, to most: Int) -> String {
    wrapped(name, to: most).joined(separator: "\n")
  }

  /// A text in lines of at most some characters, broken at spaces; a longer word is a line of its own.
  package static func wrapped(_ text: String, to most: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, line.count + 1 + word.count > most {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return line.isEmpty ? lines : lines + [line]
  }
}

/// The colours of charts, told apart with any colour vision and in grey print (M. Okabe and K. Ito
/// 2008, https://jfly.uni-koeln.de/color/).
enum ChartColour {
  static let focus = "#0072b2"
  static let second = "#d55e00"
  static let third = "#009e73"
  static let soft = "#9ecae1"
  static let others = "#b3b8bf"
  static let faint = "#d9dce1"
  static let before = "#5f6670"
  static let ink = "#1b1f24"
  static let smallPrint = "#4f5660"
  static let grid = "#e6e8eb"
  static let line = "#8a9099"
}
