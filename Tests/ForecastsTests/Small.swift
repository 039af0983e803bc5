import Forecasts
import Regions

/// Four municipalities A–D at the positions 0–3, and the combined unit C+D at 4; the regions are
/// A+B and C+D.
enum Small {
  static let register = MunicipalityRegister(
    municipalities: ["A", "B", "C", "D"].enumerated().map { index, name in
      Municipality(
        code: "010\(index + 1)",
        name: name,
        countyCode: "01",
        countyName: "County"
      )
    },
    combinedUnits: [
      CombinedUnit(code: "0190", name: "C+D", members: [2, 3], isMunicipality: true, reason: "")
    ]
  )

  static let division = Division(
    id: "parts",
    kind: .partition,
    name: LocalizedText(nb: "", en: ""),
    source: "",
    note: "",
    regions: [("R1", [0, 1]), ("R2", [2, 3])].map { code, members in
      Region(code: code, name: code, members: members, bases: members.map { _ in .official })
    }
  )

  static var groups: GrowthGroups { GrowthGroups(division, register: register) }

  /// A panel of figures by series, year and position; shorter lists are missing at the end.
  static func panel(
    _ figures: [String: [Int: [Double?]]],
    mayBeNegative: Set<String> = [],
    breaks: [SeriesBreak] = []
  ) -> Panel {
    var panel = Panel(register: register)
    for (id, years) in figures {
      panel.add(
        series(id, minimum: mayBeNegative.contains(id) ? nil : 0),
        columns: Dictionary(
          uniqueKeysWithValues: years.map { year, values in
            (year, column(values, year: year, count: register.count))
          }
        ),
        breaks: breaks.filter { $0.series == id }
      )
    }
    return panel
  }

  static func column(_ values: [Double?], year: Int, count: Int) -> Column {
    var column = Column(count: count, year: year, missing: .notPublished)
    for (position, value) in values.enumerated() {
      guard let value else { continue }
      column.values[position] = value
      column.statuses[position] = .present(.observed)
    }
    return column
  }

  static func series(_ id: String, minimum: Double? = 0) -> Series {
    Series(
      id: id,
      name: LocalizedText(nb: id, en: id),
      unit: .other,
      decimals: 0,
      minimum: minimum,
      maximum: nil,
      file: "",
      years: 2000...2030,
      isComplete: false,
      isSummable: true,
      source: "",
      vintage: "",
      licence: "",
      note: ""
    )
  }

  static func indicator(
    _ id: String,
    _ numerator: String,
    over denominator: String? = nil,
    weight: String? = nil,
    unit: MeasureUnit = .other,
    direction: Indicator.Direction = .higher,
    isShare: Bool = false
  ) -> Indicator {
    Indicator(
      id: id,
      name: LocalizedText(nb: id, en: id),
      unit: unit,
      decimals: 1,
      direction: direction,
      numerator: numerator,
      denominator: denominator,
      scale: 1,
      aggregation: denominator != nil ? .ratioOfSums : weight != nil ? .weightedMean : .sum,
      weight: weight,
      isRelativeToCountry: false,
      isShare: isShare,
      source: "",
      note: ""
    )
  }
}
