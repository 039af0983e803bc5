import Datasets
import Forecasts
import Regions
import Reports
import Scenarios
import TestSupport
import Testing

@Suite struct FuturesReportTests {
  private static let source = """
    title: {nb: En prøve, en: A sample}
    note: {nb: Med merknad., en: With a note.}
    division: areas
    focus: A3
    indicators: [employment.share]
    baseline: {year: 2024}
    horizon: 2026
    others: {move: hold}
    levers:
      - {id: jobs, kind: growth, series: employed.20_66, whom: A3, value: 3, from: 2025}
    targets:
      - {id: higher, kind: improve, scope: each-and-together}
      - {id: first, kind: rank, value: 1}

    """

  /// Scenarios on the small dataset, each municipality with noise of its own, in step.
  private static func run(
    _ changes: [(String, String)] = [],
    draws: Int = 400
  ) throws -> (outcomes: [Outcome], comparison: FuturesComparison, dataset: Dataset) {
    let fixture = try FixtureDataset()
    defer { withExtendedLifetime(fixture) {} }
    let dataset = try fixture.dataset()
    let count = dataset.catalogue.register.count
    func path(_ size: Double, _ scale: GrowthScale) -> PathForecast {
      PathForecast(
        scale: scale,
        years: 2,
        mean: Array(repeating: 0, count: 2 * count),
        ownFactors: (0..<count).flatMap { _ in [size, size, 0, size] },
        degreesOfFreedom: 5,
        groups: Array(repeating: -1, count: count),
        groupCorrelation: [],
        groupFactor: [0, 0, 0, 0],
        nationalFactor: [0, 0, 0, 0]
      )
    }
    let forecast = IndicatorForecast(value: path(0.6, .logit), denominator: path(0.01, .log))
    var simulations: [Simulation] = []
    for (index, change) in ([("", "")] + changes).enumerated() {
      let scenario = try Scenario(
        id: index == 0 ? "sample" : "other\(index)",
        file: "sample.yml",
        text: change.0.isEmpty ? source : source.replacing(change.0, with: change.1)
      )
      let series = try Simulation.series(of: scenario, catalogue: dataset.catalogue)
      simulations.append(
        try Simulation(
          scenario,
          catalogue: dataset.catalogue,
          panel: dataset.panel(of: series),
          forecasts: ["employment.share": forecast]
        )
      )
    }
    let comparison = try Simulation.comparison(simulations, draws: draws, seed: 7, threads: 2)
    return (try simulations.map { try $0.run() }, comparison, dataset)
  }

  @Test(arguments: [
    (Language.en, ReportFormat.table), (.nb, .table), (.en, .json), (.en, .csv), (.nb, .markdown),
  ])
  func everything(language: Language, format: ReportFormat) throws {
    let (_, comparison, _) = try Self.run()
    let report = FuturesReport(
      comparison.futures[0],
      vintage: "fixture 1.0.0",
      language: language,
      showsAll: format == .json
    ).report(notes: ["A source."])
    expectGolden(
      try report.text(format, language),
      "Golden/futures-\(language.rawValue).\(format.rawValue)"
    )
  }

  /// Side by side, with the differences from the first.
  @Test(arguments: [Language.en, .nb])
  func sideBySide(language: Language) throws {
    let (outcomes, comparison, _) = try Self.run([("value: 3,", "value: 8,")])
    let report = try ScenarioComparisonReport(
      outcomes,
      vintage: "fixture 1.0.0",
      language: language
    ).report(futures: comparison)
    expectGolden(try report.text(.table, language), "Golden/futures-two-\(language.rawValue).txt")
  }

  /// The tables stand in files, with probabilities that add up.
  @Test func files() throws {
    let (outcomes, comparison, dataset) = try Self.run()
    let folder = try TemporaryDirectory()
    let exporter = ScenarioExport(
      outcomes[0],
      sweep: nil,
      futures: comparison.futures[0],
      dataset: dataset.description,
      program: "regionsim test"
    )
    let files = try exporter.files(directory: folder.path)
    try files.write()
    for name in [
      "futures", "place_probabilities", "target_probabilities", "overtake_probabilities",
    ] {
      expectGolden(try text(ofFile: "\(folder.path)/\(name).csv"), "Golden/futures/\(name).csv")
      #expect(files.paths.contains("\(folder.path)/nb-NO/\(name).csv"))
    }
    let rows = try text(ofFile: folder.path + "/place_probabilities.csv").split(separator: "\n")
    var sums: [String: Int] = [:]
    for row in rows.dropFirst() {
      let cells = row.split(separator: ",", omittingEmptySubsequences: false)
      sums[cells[1] + "/" + cells[4], default: 0] += try #require(Int(cells[6]))
    }
    #expect(!sums.isEmpty && sums.values.allSatisfy { $0 == 400 })
  }
}
