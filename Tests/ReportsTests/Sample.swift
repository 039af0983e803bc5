import Datasets
import Regions
import Reports
import Scenarios
import Statistics
import TestSupport
import Testing

/// Rankings, scenarios and reports of the small dataset, and of figures made up on the spot.
enum Sample {
  /// A ranking of the small dataset.
  static func ranking(
    _ indicator: String,
    year: Int,
    level: Level = .municipality,
    division: String = "areas",
    fill: FillRule = .none,
    ties: TieRule = .competition
  ) throws -> (ranking: Ranking, panel: Panel) {
    let fixture = try FixtureDataset()
    defer { withExtendedLifetime(fixture) {} }
    let dataset = try fixture.dataset()
    let indicator = try dataset.catalogue.indicator(indicator)
    let panel = try dataset.panel(of: indicator.series)
    let request = RankingRequest(
      indicator: indicator,
      year: year,
      level: level,
      division: try dataset.catalogue.division(division),
      fill: fill,
      ties: ties,
      published: [2023: 356, 2024: 357]
    )
    return (try panel.ranking(request), panel)
  }

  /// A ranking of municipalities 0100, 0101 and so on by a sum.
  static func ranking(
    sums: [Double],
    unit: MeasureUnit = .persons,
    decimals: Int = 0,
    direction: Indicator.Direction = .higher
  ) throws -> (ranking: Ranking, series: Series) {
    let register = MunicipalityRegister(
      municipalities: sums.indices.map {
        Municipality(code: "010\($0)", name: "M\($0)", countyCode: "01", countyName: "First")
      },
      combinedUnits: []
    )
    let name = LocalizedText(nb: "n", en: "n")
    let series = Series(
      id: "n",
      name: name,
      unit: unit,
      decimals: decimals,
      minimum: nil,
      maximum: nil,
      file: "",
      years: 2020...2020,
      isComplete: true,
      isSummable: true,
      source: "",
      vintage: "",
      licence: "",
      note: ""
    )
    let indicator = Indicator(
      id: "n",
      name: name,
      unit: unit,
      decimals: decimals,
      direction: direction,
      numerator: "n",
      denominator: nil,
      scale: 1,
      aggregation: .sum,
      weight: nil,
      isRelativeToCountry: false,
      isShare: false,
      source: "",
      note: ""
    )
    var column = Column(count: sums.count, year: 2020)
    column.values = sums
    column.statuses = sums.map { _ in .present(.observed) }
    var panel = Panel(register: register)
    panel.add(series, columns: [2020: column])
    let division = Division(
      id: "d",
      kind: .partition,
      name: name,
      source: "",
      note: "",
      regions: []
    )
    let request = RankingRequest(
      indicator: indicator,
      year: 2020,
      level: .municipality,
      division: division
    )
    return (try panel.ranking(request), series)
  }

  /// What a scenario on the small dataset gives, its sweep included.
  static func run(
    id: String = "sample",
    _ change: (inout String) -> Void = { _ in }
  ) throws -> (outcome: Outcome, sweep: SweepOutcome?, dataset: Dataset) {
    var text = scenario
    change(&text)
    let fixture = try FixtureDataset()
    defer { withExtendedLifetime(fixture) {} }
    let dataset = try fixture.dataset()
    let scenario = try Scenario(id: id, file: "sample.yml", text: text)
    let series = try Simulation.series(of: scenario, catalogue: dataset.catalogue)
    let panel = try dataset.panel(of: series)
    return (
      try Simulation(scenario, catalogue: dataset.catalogue, panel: panel).run(),
      try Simulation.sweep(scenario, catalogue: dataset.catalogue, panel: panel),
      dataset
    )
  }

  /// Two levers on the region A3; the last value of the sweep breaks the limit of a share.
  private static let scenario = """
    title: {nb: En prøve, en: A sample}
    note: {nb: Med merknad., en: With a note.}
    division: areas
    focus: A3
    indicators: [employment.share]
    baseline: {year: 2024}
    horizon: 2026
    others: {move: hold}
    levers:
      - {id: jobs, kind: growth, series: employed.20_66, whom: A3, value: 6.5, from: 2025}
      - {id: fewer, kind: change, series: employed.20_66, whom: "0301", value: -9000.5, from: 2026}
    sweep: {lever: jobs, from: 0, to: 20, step: 10}

    """
}
