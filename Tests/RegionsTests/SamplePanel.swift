import Regions

/// Five municipalities A–E at the positions 0–4, and the combined unit D+E at 5.
enum Sample {
  static func register(isMunicipality: Bool = true) -> MunicipalityRegister {
    MunicipalityRegister(
      municipalities: ["A", "B", "C", "D", "E"].enumerated().map { index, name in
        Municipality(code: "010\(index)", name: name, countyCode: "01", countyName: "First")
      },
      combinedUnits: [
        CombinedUnit(
          code: "0190",
          name: "D+E",
          members: [3, 4],
          isMunicipality: isMunicipality,
          reason: ""
        )
      ]
    )
  }

  /// A panel of the series and their figures by year and position; `nil` is not published.
  static func panel(
    _ figures: [String: [Int: [Double?]]],
    rates: Set<String> = [],
    isMunicipality: Bool = true
  ) -> Panel {
    var panel = Panel(register: register(isMunicipality: isMunicipality))
    for (id, years) in figures {
      let columns = years.map { ($0.key, column($0.value, year: $0.key)) }
      panel.add(
        series(id, isSummable: !rates.contains(id)),
        columns: Dictionary(uniqueKeysWithValues: columns)
      )
    }
    return panel
  }

  static func column(_ values: [Double?], year: Int, basis: Basis = .observed) -> Column {
    var column = Column(count: values.count, year: year, missing: .notPublished)
    for (position, value) in values.enumerated() {
      guard let value else { continue }
      column.values[position] = value
      column.statuses[position] = .present(basis)
    }
    return column
  }

  static func series(
    _ id: String,
    isSummable: Bool = true,
    minimum: Double? = nil
  ) -> Series {
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
      isSummable: isSummable,
      source: "",
      vintage: "",
      licence: "",
      note: ""
    )
  }

  static func indicator(
    _ aggregation: Indicator.Aggregation,
    numerator: String = "n",
    denominator: String? = nil,
    weight: String? = nil,
    scale: Double = 1,
    direction: Indicator.Direction = .higher,
    isRelativeToCountry: Bool = false
  ) -> Indicator {
    Indicator(
      id: "indicator",
      name: LocalizedText(nb: "", en: ""),
      unit: .other,
      decimals: 1,
      direction: direction,
      numerator: numerator,
      denominator: denominator,
      scale: scale,
      aggregation: aggregation,
      weight: weight,
      isRelativeToCountry: isRelativeToCountry,
      isShare: false,
      source: "",
      note: "The counts are not published."
    )
  }

  /// A division with regions R1, R2 and so on of the positions given.
  static func division(_ regions: [[Int]], kind: Division.Kind = .partition) -> Division {
    Division(
      id: "sample",
      kind: kind,
      name: LocalizedText(nb: "", en: ""),
      source: "",
      note: "",
      regions: regions.enumerated().map { index, members in
        Region(
          code: "R\(index + 1)",
          name: "Region \(index + 1)",
          members: members,
          bases: members.map { _ in .official }
        )
      }
    )
  }

  static func regionLevels(
    _ indicator: Indicator,
    year: Int = 2020,
    fill: FillRule = .none,
    in panel: Panel,
    regions: [[Int]] = [[0, 1], [2], [3, 4]]
  ) throws -> Levels {
    let aggregation = Aggregation(division: division(regions), register: panel.register)
    return try panel.figures(of: indicator, year: year, fill: fill)
      .regionLevels(aggregation, in: panel)
  }

  static func municipalityLevels(
    _ indicator: Indicator,
    year: Int = 2020,
    fill: FillRule = .none,
    in panel: Panel
  ) throws -> Levels {
    try panel.figures(of: indicator, year: year, fill: fill)
      .municipalityLevels(in: panel.register)
  }
}
