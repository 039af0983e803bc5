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

  @OptionGroup var dataOptions: DataOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let dataset = try dataOptions.dataset()
    let files = ScenarioFiles(locator: dataOptions.locator)
    var written: [WholeFiles] = []
    var runs: [(outcome: Outcome, sweep: SweepOutcome?, panel: Panel)] = []
    for argument in scenarios {
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
      let needed = try Simulation.series(of: scenario, catalogue: dataset.catalogue)
      let panel = try dataset.panel(of: needed)
      let simulation = try Simulation(scenario, catalogue: dataset.catalogue, panel: panel)
      let outcome = try simulation.run()
      let sweep = try Simulation.sweep(scenario, catalogue: dataset.catalogue, panel: panel)
      runs.append((outcome, sweep, panel))
      guard export else { continue }
      let exporter = ScenarioExport(
        outcome,
        sweep: sweep,
        dataset: dataset.description,
        program: "regionsim \(Regionsim.version)"
      )
      written.append(try exporter.files(directory: folder(of: scenario)))
    }
    let report = try report(runs, dataset)
    if export { for files in written { try files.write() } }
    try output.show(report)
    if export, output.format == .table {
      for files in written { printError(wroteLine(files)) }
    }
  }

  private func folder(of scenario: Scenario) -> String {
    guard let out else { return "notebooks-export/\(scenario.id)" }
    return scenarios.count == 1 ? out : "\(out)/\(scenario.id)"
  }

  private func report(
    _ runs: [(outcome: Outcome, sweep: SweepOutcome?, panel: Panel)],
    _ dataset: Dataset
  ) throws -> Report {
    let language = output.chosenLanguage
    guard runs.count == 1, let run = runs.first else {
      let comparison = try ScenarioComparisonReport(
        runs.map(\.outcome),
        vintage: dataset.vintage,
        language: language
      )
      return comparison.report()
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
