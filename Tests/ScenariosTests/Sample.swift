import Regions
import Scenarios
import TestSupport
import Testing

/// Five municipalities at the positions 0–4 and the combined unit of the last two at 5.
///
/// Regions of the division `parts`: R1 North of Ask and Berg, R2 Dal, R3 South of the two called
/// Eid. With the figures `employed` and `people` the shares are 50, 60, 80, 50 and 60 per cent.
enum Sample {
  static let register = MunicipalityRegister(
    municipalities: [
      Municipality(code: "0101", name: "Ask", countyCode: "01", countyName: "East"),
      Municipality(code: "0102", name: "Berg", countyCode: "01", countyName: "East"),
      Municipality(code: "0103", name: "Dal", countyCode: "01", countyName: "East"),
      Municipality(code: "0104", name: "Eid", countyCode: "01", countyName: "East"),
      Municipality(code: "0205", name: "Eid", countyCode: "02", countyName: "West"),
    ],
    combinedUnits: [
      CombinedUnit(
        code: "0190",
        name: "Both Eid",
        members: [3, 4],
        isMunicipality: true,
        reason: ""
      )
    ]
  )

  static let catalogue = Catalogue(
    register: register,
    divisions: [
      division("parts", [("R1", "North", [0, 1]), ("R2", "Dal", [2]), ("R3", "South", [3, 4])]),
      division("counties", [("01", "East", [0, 1, 2, 3]), ("02", "West", [4])]),
    ],
    series: ["employed", "people", "jobs"].map { series($0) } + [
      series("rate", maximum: 100, isSummable: false), series("contest", isSummable: false),
    ],
    indicators: [
      indicator("share", .ratioOfSums, "employed", over: "people", scale: 100, isShare: true),
      indicator("low", .ratioOfSums, "jobs", over: "people", scale: 10, direction: .lower),
      indicator("per_head", .ratioOfSums, "jobs", over: "people"),
      indicator("relative", .ratioOfSums, "employed", over: "people", scale: 100, isRelative: true),
      indicator("employed", .sum, "employed"),
      indicator("jobs", .sum, "jobs"),
      indicator("level", .weightedMean, "rate", weight: "people"),
      indicator("rate", .notAggregable, "rate"),
      indicator("contest", .publishedRank, "contest"),
    ]
  )

  static let employed: [Double?] = [50, 60, 80, 45, 30]
  static let people: [Double?] = [100, 100, 100, 90, 50]

  /// A panel of figures by year and position; shorter lists are missing at the end.
  static func panel(
    _ figures: [String: [Int: [Double?]]] = [
      "employed": [2020: employed], "people": [2020: people],
    ],
    breaks: [SeriesBreak] = []
  ) throws -> Panel {
    var panel = Panel(register: register)
    panel.coverageWeights = [1, 1, 1, 1, 1, 0]
    for (id, years) in figures {
      let columns = years.map { ($0.key, column($0.value, year: $0.key)) }
      panel.add(
        try catalogue.series(id),
        columns: Dictionary(uniqueKeysWithValues: columns),
        breaks: breaks.filter { $0.series == id }
      )
    }
    return panel
  }

  /// A scenario whose levers stand one a line from line 9 on.
  static func scenario(
    indicators: String = "share",
    baseline: String = "{year: 2020}",
    horizon: Int = 2022,
    others: String = "{move: hold}",
    focus: String = "R1",
    levers: [String] = [],
    more: String = ""
  ) throws -> Scenario {
    let text = """
      title: {nb: Prøve, en: Sample}
      division: parts
      focus: \(focus)
      indicators: [\(indicators)]
      baseline: \(baseline)
      horizon: \(horizon)
      others: \(others)
      levers:
      \(levers.map { "  - {\($0)}\n" }.joined())\(more)
      """
    return try Scenario(id: "sample", file: "sample.yml", text: text)
  }

  static func run(_ scenario: Scenario, _ panel: Panel? = nil) throws -> Outcome {
    try Simulation(scenario, catalogue: catalogue, panel: panel ?? Self.panel()).run()
  }

  /// The outcome of levers on shares where all others hold.
  static func run(
    _ indicators: String = "share",
    levers: [String],
    horizon: Int = 2022,
    _ panel: Panel? = nil
  ) throws -> Outcome {
    try run(scenario(indicators: indicators, horizon: horizon, levers: levers), panel)
  }

  // MARK: - Parts

  static func column(_ values: [Double?], year: Int) -> Column {
    var column = Column(count: register.count, year: year, missing: .notPublished)
    for (position, value) in values.enumerated() {
      guard let value else { continue }
      column.values[position] = value
      column.statuses[position] = .present(.observed)
    }
    return column
  }

  static func division(_ id: String, _ regions: [(String, String, [Int])]) -> Division {
    Division(
      id: id,
      kind: .partition,
      name: LocalizedText(nb: id, en: id),
      source: "",
      note: "",
      regions: regions.map { code, name, members in
        Region(code: code, name: name, members: members, bases: members.map { _ in .official })
      }
    )
  }

  static func series(
    _ id: String,
    minimum: Double? = 0,
    maximum: Double? = nil,
    isSummable: Bool = true
  ) -> Series {
    Series(
      id: id,
      name: LocalizedText(nb: id, en: id),
      unit: .other,
      decimals: 0,
      minimum: minimum,
      maximum: maximum,
      file: "",
      years: 2000...2030,
      isComplete: false,
      isSummable: isSummable,
      source: "",
      vintage: "",
      licence: "",
      note: ""
    )
  }

  static func indicator(
    _ id: String,
    _ aggregation: Indicator.Aggregation,
    _ numerator: String,
    over denominator: String? = nil,
    weight: String? = nil,
    scale: Double = 1,
    direction: Indicator.Direction = .higher,
    isRelative: Bool = false,
    isShare: Bool = false
  ) -> Indicator {
    Indicator(
      id: id,
      name: LocalizedText(nb: id, en: id),
      unit: .other,
      decimals: 1,
      direction: direction,
      numerator: numerator,
      denominator: denominator,
      scale: scale,
      aggregation: aggregation,
      weight: weight,
      isRelativeToCountry: isRelative,
      isShare: isShare,
      source: "",
      note: "Never averaged."
    )
  }
}

extension Outcome {
  /// The standings of an indicator with the levers in a year.
  func standings(_ year: Int, _ indicator: Int = 0) throws -> Standings {
    let result = try #require(indicators.indices.contains(indicator) ? indicators[indicator] : nil)
    return try #require(([result.baseline] + result.withLevers).first { $0.year == year })
  }

  /// The municipalities' values, or their numerators or denominators, in a year with the levers.
  func values(_ year: Int) throws -> [Double] { try standings(year).municipality.levels.values }
  func numerators(_ year: Int) throws -> [Double] {
    try standings(year).municipality.levels.entries.map(\.numerator)
  }
  func denominators(_ year: Int) throws -> [Double] {
    try standings(year).municipality.levels.entries.map { $0.denominator ?? .nan }
  }

  /// The regions' values in a year with the levers.
  func regionValues(_ year: Int) throws -> [Double] {
    try #require(try standings(year).region).levels.values
  }

  /// The split of the movement of the unit with a code.
  func attribution(_ code: String) throws -> Attribution {
    try #require(indicators.first?.attributions.first { $0.unit.code == code })
  }
}
