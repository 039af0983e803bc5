internal import ArgumentParser
internal import Datasets
internal import Documents
internal import Regions
internal import Reports
internal import Scenarios

/// `regionsim simulate`: what scenarios do to places.
struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Shows what scenarios do to levels and places, and writes the CSVs.",
    discussion: """
      Examples:
        regionsim simulate employment-growth
        regionsim simulate employment-growth --set jobs.value=2.5
        regionsim simulate employment-growth employment-growth-trend
        regionsim simulate my-scenario.yml --out presentation --language nb
        regionsim simulate employment-targets --draws 100000 --seed 7

      The files go to notebooks-export/<scenario>/, or to --out; with several scenarios, to a \
      folder of each within it. --no-export writes none.

      With --draws the others, and the focus, move as uncertainly as they have: the places get \
      intervals and the targets probabilities. Several scenarios are drawn with the same chances.
      """
  )

  @Argument(
    help: "Scenarios, by name or as .yml files.",
    completion: .file(extensions: ["yml", "yaml"])
  )
  var scenarios: [String]

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Replace one number of a lever or target; may be given several times.",
      valueName: "id.key=number"
    )
  )
  var replacements: [String] = []

  @OptionGroup var ratesOptions: RatesOptions

  @Option(
    help: ArgumentHelp("The folder to write to.", valueName: "folder"),
    completion: .directory
  )
  var out: String?

  @Flag(help: "Show the years of all units that are passed, and whom the municipalities pass.")
  var all = false

  @Flag(inversion: .prefixedNo, help: "Whether to write the files.")
  var export = true

  @OptionGroup(title: "Uncertain futures") var drawOptions: DrawOptions
  @OptionGroup var dataOptions: DataOptions
  @OptionGroup var output: OutputOptions

  /// One scenario as it was run.
  private struct Run {
    let simulation: Simulation
    let outcome: Outcome
    let sweep: SweepOutcome?
    let panel: Panel
  }

  func run() throws {
    let dataset = try dataOptions.dataset()
    let files = ScenarioFiles(locator: dataOptions.locator)
    let runs = try scenarios.map { try run(scenario($0, files), dataset) }
    if ratesOptions.rates != nil, runs.allSatisfy(\.outcome.equalisations.isEmpty) {
      throw CommandLineError(
        message: "--rates has nothing to act on: no lever changes tax revenue that is equalised."
      )
    }
    let drawn = try drawOptions.draws.map { draws in try draw(runs, dataset, draws) }
    var written: [WholeFiles] = []
    for (index, run) in runs.enumerated() where export {
      let exporter = ScenarioExport(
        [
          ScenarioExport.Part(
            run.outcome,
            sweep: run.sweep,
            futures: drawn?.reports[index].files ?? []
          )
        ],
        dataset: dataset.description,
        program: "regionsim \(Regionsim.version)"
      )
      written.append(try exporter.files(directory: folder(of: run.outcome.scenario)))
    }
    let report = try report(runs, drawn, dataset)
    for files in written { try files.write() }
    try output.show(report)
    if export, output.format == .table {
      for files in written { printError(wroteLine(files)) }
    }
  }

  private func scenario(_ argument: String, _ files: ScenarioFiles) throws -> Scenario {
    var scenario = try files.scenario(argument)
    for text in replacements {
      do {
        scenario = try scenario.setting(text)
      } catch {
        throw CommandLineError(message: error.description)
      }
    }
    if !replacements.isEmpty {
      scenario.id += "@" + replacements.joined(separator: ",").replacing("/", with: "-")
    }
    return scenario
  }

  private func run(_ scenario: Scenario, _ dataset: Dataset) throws -> Run {
    let catalogue = dataset.catalogue
    let needed = try Simulation.series(
      of: scenario,
      catalogue: catalogue,
      futures: drawOptions.draws != nil
    )
    let panel = try dataset.panel(of: needed)
    var simulation = try Simulation(scenario, catalogue: catalogue, panel: panel)
    simulation.chosenEqualisation = try ratesOptions.chosen(catalogue)
    return Run(
      simulation: drawOptions.draws == nil ? simulation : try simulation.estimated(),
      outcome: try simulation.run(),
      sweep: try Simulation.sweep(scenario, catalogue: catalogue, panel: panel),
      panel: panel
    )
  }

  // MARK: - Uncertain futures

  /// The futures of the scenarios.
  private struct Drawn {
    /// One report per scenario.
    let reports: [FuturesReport]
    /// How several scenarios differ.
    let differences: [Table]
    /// From which history each movement is.
    let origins: [String]
  }

  /// Draws the futures; of a scenario alone also those without its levers, with the same chances.
  private func draw(_ runs: [Run], _ dataset: Dataset, _ draws: Int) throws -> Drawn {
    let language = output.chosenLanguage
    let isAlone = runs.count == 1 && !runs[0].outcome.scenario.levers.isEmpty
    var simulations = runs.map(\.simulation)
    if isAlone {
      var still = runs[0].outcome.scenario
      still.levers = []
      still.sweep = nil
      simulations.insert(
        try Simulation(
          still,
          catalogue: dataset.catalogue,
          panel: runs[0].panel,
          forecasts: runs[0].simulation.forecasts
        ),
        at: 0
      )
    }
    let progress = ProgressLine(language == .nb ? "Trekker framtider" : "Drawing futures")
    defer { progress.end() }
    let comparison = try Simulation.comparison(
      simulations,
      draws: draws,
      seed: drawOptions.seed,
      threads: drawOptions.chosenThreads,
      progress: { progress.show($0) }
    )
    let futures = comparison.futures.suffix(runs.count)
    return Drawn(
      reports: futures.map { futures in
        FuturesReport(
          futures,
          leverEffect: isAlone ? comparison.differences.first : nil,
          vintage: dataset.vintage,
          language: language,
          showsAll: all
        )
      },
      differences: FuturesDifferenceTable(comparison, language: language).tables,
      origins: GrowthReport.originNotes(
        try runs.map { try $0.simulation.growthModels() },
        register: dataset.catalogue.register,
        language: language
      )
    )
  }

  // MARK: - Output

  private func folder(of scenario: Scenario) -> String {
    guard let out else { return "notebooks-export/\(scenario.id)" }
    return scenarios.count == 1 ? out : "\(out)/\(scenario.id)"
  }

  private func report(_ runs: [Run], _ drawn: Drawn?, _ dataset: Dataset) throws -> Report {
    let language = output.chosenLanguage
    guard runs.count == 1, let run = runs.first else {
      let comparison = try ScenarioComparisonReport(
        runs.map(\.outcome),
        vintage: dataset.vintage,
        language: language
      )
      var report = comparison.report()
      report.tables += drawn?.differences ?? []
      report.notes = (drawn?.origins ?? []) + report.notes
      return report
    }
    let series = run.outcome.indicators.flatMap(\.indicator.series)
    let notes = run.panel.series.values.filter { series.contains($0.id) }
      .sorted { $0.id < $1.id }
      .map { $0.sourceNote(language) }
    let report = SimulationReport(
      run.outcome,
      vintage: dataset.vintage,
      language: language,
      showsAll: all
    ).report(sweep: run.sweep, notes: notes)
    guard let drawn, let futures = drawn.reports.first else { return report }
    return futures.added(to: report, origins: drawn.origins)
  }

  private func wroteLine(_ files: WholeFiles) -> String {
    let verb = output.chosenLanguage == .nb ? "Skrev" : "Wrote"
    return
      "\(verb) \(files.paths.count) \(output.chosenLanguage == .nb ? "filer til" : "files to") "
      + files.directory
  }
}
