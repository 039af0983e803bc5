internal import ArgumentParser
internal import Datasets
internal import Documents
internal import Regions
internal import Reports
internal import Scenarios

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// `regionsim export`: all that a presentation needs of scenarios.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes a pack for presentations: workbook, charts, CSVs, notebook and tables.",
    discussion: """
      Examples:
        regionsim export employment-growth
        regionsim export employment-targets --pack presentation --draws 100000
        regionsim export employment-growth employment-growth-trend --compare
        regionsim export employment-growth --language en --no-pictures

      A pack is a folder, notebooks-export/<scenario>/ or --pack: a README that says what each file is, \
      CSVs for programs and for Norwegian Excel, a workbook with charts of its own, an executed Jupyter \
      notebook, charts as Vega-Lite, SVG and PNG, and tables in Markdown. It is written whole or not at \
      all, and the same figures give the same bytes. Several scenarios get a pack each, or with --compare \
      one in which they are side by side.

      The pictures are drawn by vl-convert, which `make charts` prepares; without it they are left out, \
      and the pack says so. The folder's path is printed.
      """
  )

  @Argument(
    help: "Scenarios, by name or as .yml files.",
    completion: .file(extensions: ["yml", "yaml"])
  )
  var scenarios: [String]

  @Option(
    help: ArgumentHelp("The folder to write to.", valueName: "folder"),
    completion: .directory
  )
  var pack: String?

  @Flag(help: "Lay several scenarios side by side in one pack.")
  var compare = false

  @Flag(inversion: .prefixedNo, help: "Whether to draw the charts as SVG and PNG.")
  var pictures = true

  @Option(help: "The language of charts, workbook, notebook and tables.")
  var language: Language = .nb

  @OptionGroup(title: "Uncertain futures") var drawOptions: DrawOptions
  @OptionGroup var dataOptions: DataOptions

  func validate() throws {
    if scenarios.isEmpty { throw ValidationError("Name a scenario.") }
    if compare, scenarios.count < 2 {
      throw ValidationError("--compare needs two scenarios or more.")
    }
    if Set(scenarios).count < scenarios.count {
      throw ValidationError("A scenario is named twice.")
    }
  }

  func run() throws {
    let dataset = try dataOptions.dataset()
    let files = ScenarioFiles(locator: dataOptions.locator)
    let parsed = try scenarios.map { try files.scenario($0) }
    if let (name, _) = Dictionary(grouping: parsed, by: \.id).first(where: { $0.value.count > 1 }) {
      throw CommandLineError(
        message: "Two of the scenarios are called \(name), and would share a folder. Rename one."
      )
    }
    let renderer = try pictures ? foundRenderer() : nil
    let parts = try parsed.map { scenario in
      var material = try ScenarioMaterial(scenario, dataset: dataset)
      try material.draw(drawOptions, language)
      return try material.part(language)
    }
    let groups = compare ? [parts] : parts.map { [$0] }
    var written: [WholeFiles] = []
    var outdated: [String] = []
    for group in groups {
      let name = group.map(\.outcome.scenario.id).joined(separator: "-and-")
      let pack = ScenarioPack(
        group,
        name: name,
        dataset: dataset,
        program: "regionsim \(Regionsim.version)",
        command: command(for: group.map(\.outcome.scenario.id)),
        language: language
      )
      let folder = folder(name, of: groups.count)
      let pictures = try drawn(pack.charts, by: renderer)
      written.append(try pack.files(directory: folder, pictures: pictures))
      if pictures.isEmpty { outdated += names(of: pack.charts).map { "\(folder)/charts/\($0)" } }
    }
    for files in written { try files.write() }
    // Pictures of an earlier pack would show other figures than the files beside them.
    for picture in outdated { try? FileManager.default.removeItem(atPath: picture) }
    for files in written {
      printError(
        language == .nb
          ? "Skrev \(files.paths.count) filer til \(files.directory)"
          : "Wrote \(files.paths.count) files to \(files.directory)"
      )
      try printOutput(files.directory + "\n")
    }
  }

  /// The command that makes a pack anew, with what is not as usual.
  private func command(for names: [String]) -> String {
    var words = ["regionsim", "export"] + names
    if compare { words.append("--compare") }
    if let draws = drawOptions.draws { words += ["--draws", "\(draws)"] }
    if drawOptions.seed != 1 { words += ["--seed", "\(drawOptions.seed)"] }
    if language != .nb { words += ["--language", language.rawValue] }
    return words.joined(separator: " ")
  }

  /// The names of the pictures of charts.
  private func names(of charts: [Chart]) -> [String] {
    charts.flatMap { chart in
      [ChartRenderer.Form.svg, .png].map { "\(chart.name).\($0.rawValue)" }
    }
  }

  private func folder(_ name: String, of count: Int) -> String {
    guard let pack else { return "notebooks-export/\(name)" }
    return count == 1 ? pack : "\(pack)/\(name)"
  }

  /// What draws pictures; a note and `nil` where it is missing.
  private func foundRenderer() throws -> ChartRenderer? {
    do {
      return try ChartRenderer(locator: dataOptions.locator)
    } catch {
      guard error.kind == .rendererMissing else { throw error }
      printError("\(error.message) The pictures are left out.")
      return nil
    }
  }

  private func drawn(_ charts: [Chart], by renderer: ChartRenderer?) throws -> [String: [UInt8]] {
    guard let renderer else { return [:] }
    let jobs = charts.flatMap { chart in
      [ChartRenderer.Form.svg, .png].map { ChartRenderer.Job(chart: chart, form: $0) }
    }
    let progress = ProgressLine(language == .nb ? "Tegner figurer" : "Drawing charts")
    defer { progress.end() }
    let pictures = try renderer.pictures(jobs) { progress.show($0) }
    return Dictionary(
      zip(names(of: charts), pictures),
      uniquingKeysWith: { first, _ in first }
    )
  }
}

extension ScenarioMaterial {
  /// The scenario with charts, for a pack or a report.
  ///
  /// - Parameters:
  ///   - language: The language of the charts.
  ///   - isWhole: Whether all charts are drawn; else those that a report may show.
  /// - Returns: The part.
  /// - Throws: `DatasetError` when figures cannot be read, `DocumentError` when a sweep cannot be run.
  func part(_ language: Language, isWhole: Bool = true) throws -> ScenarioPart {
    ScenarioPart(
      outcome,
      sweep: try Simulation.sweep(scenario, catalogue: dataset.catalogue, panel: panel),
      futures: futures,
      answers: answers,
      series: series,
      origins: origins,
      charts: isWhole ? try allCharts(language) : try reportCharts(language)
    )
  }

  /// The charts of a report: the strip, the fan, the curve of each target, and the waterfall.
  private func reportCharts(_ language: Language) throws -> [Chart] {
    guard let result = outcome.indicators.first else { return [] }
    let own = charts(of: result, language)
    let futures = try futuresCharts(of: result.indicator, language)
    let curves = answers.map { targetCharts($0, language).curve }
    return ([own.rankedStrip, own.waterfall, futures?.fan] + curves).compactMap { $0 }
  }

  /// Every chart that the scenario's figures allow, those of a further indicator with its id.
  private func allCharts(_ language: Language) throws -> [Chart] {
    var charts: [Chart?] = []
    for (index, result) in outcome.indicators.enumerated() {
      let own = self.charts(of: result, language)
      var mine: [Chart?] = [
        own.rankedStrip, own.rankedBars, own.bump, own.slope, own.waterfall, own.overtakes,
        own.tornado(try leverRanges(result.indicator)),
      ]
      for level in Level.allCases.reversed() {
        mine.append(try dataset.hexLayout(level).flatMap { own.map(level, $0) })
      }
      let futures = try futuresCharts(of: result.indicator, language)
      mine += [futures?.fan, futures?.placeProbabilities]
      charts += mine.map { chart in
        index == 0 ? chart : chart.map { $0.named("\($0.name)-\(result.indicator.id)") }
      }
    }
    for answer in answers {
      let own = targetCharts(answer, language)
      charts += [own.curve, own.difficulty]
    }
    charts.append(
      try SmallMultiples.chart(
        of: outcome.focus,
        dataset,
        division: scenario.division.value,
        language
      )
    )
    return charts.compactMap { $0 }
  }
}
