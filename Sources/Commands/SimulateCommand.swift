internal import ArgumentParser
internal import Datasets
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
        regionsim simulate employment-targets --draws 100000
        regionsim simulate employment-growth-trend employment-targets --draws 20000

      With --draws, futures are drawn around each scenario's own path, with deviations as the \
      growth model of the indicator expects them: how likely each place, overtaking and target is. \
      Several scenarios are drawn with the same random numbers.

      The files go to notebooks-export/<scenario>/, or to --out; with several scenarios, to a \
      folder of each within it. --no-export writes none.
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

  @Option(
    help: ArgumentHelp("The folder to write to.", valueName: "folder"),
    completion: .directory
  )
  var out: String?

  @Flag(help: "Show the years of all units that are passed, and whom the municipalities pass.")
  var all = false

  @Flag(inversion: .prefixedNo, help: "Whether to write the files.")
  var export = true

  @OptionGroup var draws: DrawOptions
  @OptionGroup var dataOptions: DataOptions
  @OptionGroup var output: OutputOptions

  private typealias Run = (outcome: Outcome, sweep: SweepOutcome?, panel: Panel)

  func run() throws {
    let dataset = try dataOptions.dataset()
    let files = ScenarioFiles(locator: dataOptions.locator)
    let runner = ScenarioRunner(dataset: dataset)
    var runs: [Run] = []
    var simulations: [Simulation] = []
    for argument in scenarios {
      let prepared = try runner.prepared(
        try scenario(argument, files),
        isDrawn: draws.draws != nil
      )
      let sweep = try Simulation.sweep(
        prepared.scenario,
        catalogue: dataset.catalogue,
        panel: prepared.panel,
        forecasts: prepared.forecasts
      )
      runs.append((try prepared.simulation.run(), sweep, prepared.panel))
      simulations.append(prepared.simulation)
    }
    let futures = try futures(of: simulations)
    let report = try report(runs, futures, dataset)
    var written: [WholeFiles] = []
    for (index, run) in runs.enumerated() where export {
      let exporter = ScenarioExport(
        run.outcome,
        sweep: run.sweep,
        futures: futures?.futures[index],
        dataset: dataset.description,
        program: "regionsim \(Regionsim.version)"
      )
      written.append(try exporter.files(directory: folder(of: run.outcome.scenario)))
    }
    if export { for files in written { try files.write() } }
    try output.show(report)
    if export, output.format == .table {
      for files in written { printError(wroteLine(files)) }
    }
  }

  /// Reads a scenario, and replaces the numbers that are to be replaced.
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

  private func futures(of simulations: [Simulation]) throws -> FuturesComparison? {
    guard let count = draws.draws else { return nil }
    let progress = ProgressLine(output.chosenLanguage == .nb ? "Trekker" : "Drawing")
    defer { progress.end() }
    return try Simulation.comparison(
      simulations,
      draws: count,
      seed: draws.seed,
      threads: draws.chosenThreads,
      progress: { progress.show($0) }
    )
  }

  private func folder(of scenario: Scenario) -> String {
    guard let out else { return "notebooks-export/\(scenario.id)" }
    return scenarios.count == 1 ? out : "\(out)/\(scenario.id)"
  }

  private func report(
    _ runs: [Run],
    _ futures: FuturesComparison?,
    _ dataset: Dataset
  ) throws -> Report {
    let language = output.chosenLanguage
    guard runs.count == 1, let run = runs.first else {
      let comparison = try ScenarioComparisonReport(
        runs.map(\.outcome),
        vintage: dataset.vintage,
        language: language
      )
      return comparison.report(futures: futures)
    }
    let series = run.outcome.indicators.flatMap(\.indicator.series)
    let notes = run.panel.series.values.filter { series.contains($0.id) }
      .sorted { $0.id < $1.id }
      .map { $0.sourceNote(language) }
    let report = SimulationReport(
      run.outcome,
      vintage: dataset.vintage,
      language: language,
      showsAll: all,
      futures: futures?.futures.first
    )
    return report.report(sweep: run.sweep, notes: notes)
  }

  private func wroteLine(_ files: WholeFiles) -> String {
    let verb = output.chosenLanguage == .nb ? "Skrev" : "Wrote"
    return
      "\(verb) \(files.paths.count) \(output.chosenLanguage == .nb ? "filer til" : "files to") "
      + files.directory
  }
}
