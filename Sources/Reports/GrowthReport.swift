public import Forecasts
public import Regions

/// Every parameter of the growth model of an indicator, and the paths of some municipalities.
public struct GrowthReport: Sendable {
  private let growth: IndicatorGrowth
  private let register: MunicipalityRegister
  private let vintage: String
  private let language: Language

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - growth: The model.
  ///   - register: The register of the municipalities.
  ///   - vintage: Name and version of the dataset.
  ///   - language: The language of labels.
  public init(
    _ growth: IndicatorGrowth,
    register: MunicipalityRegister,
    vintage: String,
    language: Language
  ) {
    self.growth = growth
    self.register = register
    self.vintage = vintage
    self.language = language
  }

  /// The report.
  ///
  /// - Parameters:
  ///   - positions: The municipalities whose paths are shown.
  ///   - years: How many years ahead.
  ///   - notes: Notes on sources.
  /// - Returns: The report, with the tables `parameters` and `paths`.
  public func report(of positions: [Int], years: Int, notes: [String]) -> Report {
    let tables = [parameterTable] + (positions.isEmpty ? [] : [pathTable(positions, years)])
    return Report(
      title: "\(growth.indicator.name[language]), "
        + text("vekstmodell fra \(growth.baseline)", "growth model from \(growth.baseline)"),
      tables: tables,
      notes: originNotes + explanations + notes
        + [Wording.dataset(vintage, language)]
    )
  }

  /// From which history the movement behind a scenario's futures is, each said once.
  ///
  /// - Parameters:
  ///   - models: The models of one or several scenarios, by the ids of their indicators.
  ///   - register: The register of the municipalities.
  ///   - language: The language.
  /// - Returns: The notes, in the order of the scenarios and the ids.
  public static func originNotes(
    _ models: [[String: IndicatorGrowth]],
    register: MunicipalityRegister,
    language: Language
  ) -> [String] {
    var notes: [String] = []
    for model in models.flatMap({ $0.sorted { $0.key < $1.key }.map(\.value) }) {
      let report = GrowthReport(model, register: register, vintage: "", language: language)
      notes += report.originNotes.filter { !notes.contains($0) }
    }
    return notes
  }

  private func text(_ nb: String, _ en: String) -> String { language == .nb ? nb : en }

  /// The value under the id of the indicator, the denominator under that of its series.
  private var quantities: [(id: String, growth: QuantityGrowth)] {
    [(growth.indicator.id, growth.value)]
      + (growth.denominator.map { [($0.series, $0)] } ?? [])
  }

  // MARK: - Parameters

  private var parameterTable: Table {
    var table = Table(
      name: "parameters",
      title: "",
      columns: [
        Table.Column("process", text("Av", "Of"), meaning: "Indicator (value) or series"),
        Table.Column("parameter", "Parameter"),
        Table.Column("value", Wording.value[language]),
        Table.Column("unit", text("Enhet", "Unit")),
        Table.Column("meaning", text("Betydning", "Meaning")),
        Table.Column("history", nil, meaning: "The series it was estimated from"),
        Table.Column("first_year", nil), Table.Column("last_year", nil),
        Table.Column("baseline", nil), Table.Column("dataset", nil),
      ]
    )
    for (id, growth) in quantities {
      for name in GrowthParameters.Name.allCases {
        add(id, growth, name.rawValue, shown(name, growth), meaning(name), to: &table)
      }
      let line = growth.model.line
      let factor = factor(growth)
      add(
        id,
        growth,
        "line_size",
        (factor * line.size, unit(growth)),
        text("mer vekst per enhet av ln(størrelse)", "more growth per unit of ln(size)"),
        to: &table
      )
      add(
        id,
        growth,
        "line_centrality",
        (factor * line.centrality, unit(growth)),
        text("mer vekst per 1000 poeng sentralitet", "more growth per 1000 points of centrality"),
        to: &table
      )
      if growth.lender != nil {
        add(
          id,
          growth,
          "scale",
          (growth.factor, ""),
          text("endringene er ganget med dette", "changes are multiplied by this"),
          to: &table
        )
      }
    }
    if growth.denominator != nil {
      add(
        growth.indicator.id,
        growth.value,
        "correlation",
        (growth.correlation, ""),
        text("samvariasjon med nevneren", "correlation with the denominator"),
        to: &table
      )
    }
    return table
  }

  /// What a change on the scale is multiplied by to be shown: per cent of a logarithm, or the unit of
  /// the indicator.
  private func factor(_ growth: QuantityGrowth) -> Double {
    guard growth.model.history.quantity.scale == .identity else { return 100 }
    return growth.quantity.denominator == nil ? 1 : self.growth.indicator.scale
  }

  private func unit(_ growth: QuantityGrowth) -> String {
    guard growth.model.history.quantity.scale == .identity else { return "%" }
    return Wording.unitName(self.growth.indicator.unit)[language]
  }

  private func add(
    _ id: String,
    _ growth: QuantityGrowth,
    _ name: String,
    _ value: (number: Double, unit: String),
    _ meaning: String,
    to table: inout Table
  ) {
    let years = growth.model.history.years
    table.add([
      .text(id), .text(name),
      value.number.isFinite
        ? .number(value.number, decimals: 3)
        : .word("normal", shown: text("normal", "normal")),
      .text(value.unit), .text(meaning), .text(growth.model.history.quantity.name),
      .integer(years.lowerBound), .integer(years.upperBound),
      .integer(self.growth.baseline), .text(vintage),
    ])
  }

  /// A parameter as it is shown: spreads on a log or logit scale in per cent.
  private func shown(
    _ name: GrowthParameters.Name,
    _ growth: QuantityGrowth
  ) -> (number: Double, unit: String) {
    let value = growth.model.parameters[name]
    switch name {
    case .persistence, .regionPersistence, .countyCorrelation, .tails: return (value, "")
    case .trend, .drift, .noise, .sizeNoise, .levelNoise, .regionTrend, .regionDrift,
      .regionShock, .national, .nationalNoise:
      return (factor(growth) * value, unit(growth))
    }
  }

  private func meaning(_ name: GrowthParameters.Name) -> String {
    switch name {
    case .trend: text("kommunenes varige trender, per år", "municipalities' lasting trends, a year")
    case .drift: text("drift som avtar", "drift that fades")
    case .persistence:
      text("andel av driften igjen etter et år", "share of the drift left a year on")
    case .noise: text("støy i et år, uansett størrelse", "noise of a year, whatever the size")
    case .sizeNoise: text("støy i et år, delt på √størrelse", "noise of a year, over √size")
    case .levelNoise:
      text("støy i nivået, delt på √størrelse", "noise of the level, over √size")
    case .regionTrend: text("regionenes varige trender", "regions' lasting trends")
    case .regionDrift: text("regionenes drift", "regions' drift")
    case .regionPersistence:
      text("andel av den igjen etter et år", "share of that left a year on")
    case .regionShock: text("regionenes støy i et år", "regions' noise of a year")
    case .countyCorrelation:
      text("samvariasjon i fylket, mellom regioner", "correlation of regions in a county")
    case .national: text("alles endring per år", "everybody's change a year")
    case .nationalNoise: text("dens spredning", "its spread")
    case .tails:
      text("frihetsgrader i Students t", "degrees of freedom of Student's t")
    }
  }

  // MARK: - Paths

  private func pathTable(_ positions: [Int], _ years: Int) -> Table {
    let forecast = growth.forecast(years: years)
    var table = Table(
      name: "paths",
      title: text(
        "Ventet endring på \(years) år",
        "Expected change over \(years) \(years == 1 ? "year" : "years")"
      ),
      columns: [
        Table.Column("code", Wording.code[language]),
        Table.Column("name", Wording.municipality[language]),
        Table.Column("process", text("Av", "Of")),
        Table.Column(
          "known_changes",
          text("Endringer", "Changes"),
          meaning: "Yearly changes that are known"
        ),
        Table.Column(
          "own_weight",
          text("Egen vekt, %", "Own weight, %"),
          meaning: "How much the unit's own past counts, per cent; the rest is its group's"
        ),
        Table.Column("mean", text("Ventet", "Expected")),
        Table.Column(
          "deviation",
          text("Spredning, %", "Spread, %"),
          meaning: "Standard deviation of the unit's own path"
        ),
        Table.Column("unit", text("Enhet", "Unit")),
        Table.Column("years", nil), Table.Column("baseline", nil), Table.Column("dataset", nil),
      ]
    )
    for position in positions {
      for (index, (id, growth)) in quantities.enumerated() {
        guard let path = index == 0 ? forecast.value : forecast.denominator else { continue }
        let factor = factor(growth)
        let mean = path.mean[position + (years - 1) * path.positions]
        let deviation = path.ownDeviation(of: position, year: years)
        table.add([
          .text(register.unit(at: position).code), .text(register.unit(at: position).name),
          .text(id), .integer(growth.model.knownChanges(of: position)),
          .number(100 * growth.model.ownWeight(of: position), decimals: 0),
          .signed(factor * mean, decimals: 1), .number(factor * deviation, decimals: 1),
          .text(unit(growth)),
          .integer(years), .integer(self.growth.baseline), .text(vintage),
        ])
      }
    }
    return table
  }

  // MARK: - Notes

  /// From which history each quantity's movement is, and what is borrowed.
  public var originNotes: [String] { quantities.flatMap(origin) }

  private func origin(_ id: String, _ growth: QuantityGrowth) -> [String] {
    let history = growth.model.history
    let (first, last) = (history.years.lowerBound, history.years.upperBound)
    if growth.lender == nil, growth.ownYears < IndicatorGrowth.fewestYears {
      return [
        text(
          "\(id): for kort historie (\(growth.ownYears) årsendringer) og ingen å låne av; bevegelsen er "
            + "den som er gitt i scenariet.",
          "\(id): too short a history (\(growth.ownYears) yearly changes) and nobody to borrow from; its "
            + "movement is what the scenario gives."
        )
      ]
    }
    guard let lender = growth.lender else {
      return [
        text(
          "\(id): egen historie \(first)–\(last), \(growth.ownYears) årsendringer uten brudd.",
          "\(id): own history \(first)–\(last), \(growth.ownYears) yearly changes without a break."
        )
      ]
    }
    let factor = NumberText.fixed(growth.factor, decimals: 2, language)
    let own = growth.ownYears
    let note = growth.note.isEmpty ? "" : " \(growth.note)"
    return [
      text(
        "\(id): for kort historie (\(own) årsendringer), så bevegelsen er lånt fra \(lender) "
          + "(\(history.quantity.name), \(first)–\(last)), ganget med \(factor).\(note)",
        "\(id): too short a history (\(own) yearly changes), so its movement is borrowed from \(lender) "
          + "(\(history.quantity.name), \(first)–\(last)), times \(factor).\(note)"
      )
    ]
  }

  private var explanations: [String] {
    let scales = Set(quantities.map(\.growth.model.history.quantity.scale))
    return [
      text(
        "Spredning er standardavvik. Prosent av logaritmen: for andeler av logaritmen til oddsen.",
        "A spread is a standard deviation. Per cent of the logarithm; for shares, of that of the odds."
      )
    ].filter { _ in scales != [.identity] } + [
      text(
        "Egen vekt: av en avstand fra gruppen som er holdt i alle kjente år, den delen som ventes "
          + "neste år. Gruppen er alle kommuner av samme størrelse og sentralitet.",
        "Own weight: of a distance from the group kept up in all known years, the share expected the "
          + "year after. The group is all municipalities of the same size and centrality."
      )
    ]
  }
}
