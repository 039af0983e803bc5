internal import ArgumentParser
internal import Datasets
internal import Documents
internal import Measurements
internal import Plans
internal import Regions
internal import Reports
internal import Scenarios

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// `regionsim report`: a scenario or a plan for those who decide.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Writes a report of a scenario or plan for a council: HTML, Markdown or PDF.",
    discussion: """
      Examples:
        regionsim report employment-targets --out report.html
        regionsim report mosseregionen --out report.pdf
        regionsim report employment-growth --format markdown --language en

      What was asked, the answer in a sentence, three pictures, the table, how sure it is, the \
      assumptions and the sources. The form is that of --out's ending, else --format. The HTML file needs \
      nothing else, opens from a shared drive and can be printed; the pictures of Markdown go to charts/ \
      beside it. A PDF is printed by Chromium, Chrome or Edge, which must be there (or name it in \
      REGIONSIM_BROWSER). Pictures need vl-convert, which `make charts` prepares; without it their \
      contents are told in words.
      """
  )

  enum Form: String, ExpressibleByArgument, CaseIterable {
    case html
    case markdown
    case pdf
  }

  @Argument(
    help: "The scenario or plan, by name or as a .yml file.",
    completion: .file(extensions: ["yml", "yaml"])
  )
  var name: String

  @Option(help: "html, markdown or pdf; without it that of --out's ending, else html.")
  var format: Form?

  @Option(
    help: ArgumentHelp("The file to write; without it standard output.", valueName: "file"),
    completion: .file(extensions: ["html", "md", "pdf"])
  )
  var out: String?

  @Option(help: "The language of the report.")
  var language: Language = .nb

  @OptionGroup(title: "Uncertain futures") var drawOptions: DrawOptions
  @OptionGroup var dataOptions: DataOptions

  private var form: Form {
    if let format { return format }
    switch out?.split(separator: ".").last?.lowercased() {
    case "md", "markdown": return .markdown
    case "pdf": return .pdf
    default: return .html
    }
  }

  func validate() throws {
    let endings = ["html", "htm", "md", "markdown", "pdf"]
    if let out, format == nil, !endings.contains(where: { out.lowercased().hasSuffix(".\($0)") }) {
      throw ValidationError("--out must end with .html, .md or .pdf, or --format say the form.")
    }
    if form == .pdf, out == nil { throw ValidationError("A PDF needs a file: --out report.pdf.") }
  }

  func run() throws {
    // What prints is looked for before anything long is done.
    let browser = form == .pdf ? try PagePrinter() : nil
    let dataset = try dataOptions.dataset()
    let document = try isPlan ? planDocument(dataset) : scenarioDocument(dataset)
    guard let out else {
      return try printOutput(form == .html ? document.html : document.markdown)
    }
    switch form {
    case .html: try WholeFiles(file: out, text: document.html).write()
    case .markdown:
      var files = WholeFiles(file: out, text: document.markdown)
      for (path, svg) in document.pictures { files.add(path, bytes: svg) }
      try files.write()
    case .pdf:
      guard let browser else { return }
      try WholeFiles(file: out, bytes: try browser.pdf(of: document.html)).write()
    }
    printError((language == .nb ? "Skrev " : "Wrote ") + out)
  }

  /// Whether a plan is meant: a name in plans/, or a file with goals.
  private var isPlan: Bool {
    let plans = PlanFiles(locator: dataOptions.locator)
    if name.hasSuffix(".yml") || name.hasSuffix(".yaml") {
      let text = (try? plans.files.text(name)) ?? ""
      return text.split(separator: "\n").contains { $0.hasPrefix("goals:") }
    }
    return plans.files.all.contains { $0.name == name }
  }

  // MARK: - Documents

  private func scenarioDocument(_ dataset: Dataset) throws -> ReportDocument {
    let scenario = try ScenarioFiles(locator: dataOptions.locator).scenario(name)
    var material = try ScenarioMaterial(scenario, dataset: dataset)
    try material.draw(drawOptions, language)
    let part = try material.part(language, isWhole: false)
    return ScenarioReportDocument(
      part,
      pictures: try drawn(ScenarioReportDocument.shownCharts(of: part)),
      vintage: dataset.vintage,
      program: "regionsim \(Regionsim.version)",
      language: language
    ).document
  }

  private func planDocument(_ dataset: Dataset) throws -> ReportDocument {
    var options = PlanOptions()
    options.plan = name
    options.figures = []
    options.year = nil
    var draws = drawOptions
    draws.draws = draws.draws ?? ScenarioMaterial.usualDraws
    let reading = try PlanReading(options, dataOptions)
    let report = try reading.report(options, language, draws: draws)
    let charts = try planCharts(reading, dataset, draws)
    let pictures = try drawn(charts)
    return report.document(
      program: "regionsim \(Regionsim.version)",
      pictures: charts.map { ($0, pictures[$0.name]) }
    )
  }

  /// Of the first scenario that a target of the plan names its strip and fan, and the observed places
  /// of the region.
  private func planCharts(
    _ reading: PlanReading,
    _ dataset: Dataset,
    _ draws: DrawOptions
  ) throws -> [Chart] {
    var charts: [Chart?] = []
    let named = reading.plan.plan.targets.lazy.compactMap { $0.scenario?.name.value }.first
    if let named {
      let scenario = try ScenarioFiles(locator: dataOptions.locator).scenario(named)
      var material = try ScenarioMaterial(scenario, dataset: dataset)
      try material.draw(draws, language)
      if let result = material.outcome.indicators.first {
        charts.append(material.charts(of: result, language).rankedStrip)
        charts.append(try material.futuresCharts(of: result.indicator, language)?.fan)
      }
    }
    let region = Unit(
      level: .region,
      code: reading.plan.region.code,
      name: reading.plan.region.name
    )
    charts.append(
      try SmallMultiples.chart(of: region, dataset, division: "regions-73", language)
    )
    return charts.compactMap { $0 }
  }

  /// The charts as SVG by their names; a note and none where vl-convert is missing.
  private func drawn(_ charts: [Chart]) throws -> [String: [UInt8]] {
    do {
      let renderer = try ChartRenderer(locator: dataOptions.locator)
      let pictures = try renderer.pictures(
        charts.map { ChartRenderer.Job(chart: $0, form: .svg) }
      )
      return Dictionary(zip(charts.map(\.name), pictures), uniquingKeysWith: { first, _ in first })
    } catch let error as ChartError where error.kind == .rendererMissing {
      printError("\(error.message) The pictures are told in words.")
      return [:]
    }
  }
}

/// Prints pages as PDF, through a browser.
struct PagePrinter {
  private let browser: String

  /// Finds a browser: `REGIONSIM_BROWSER`, else Chromium, Chrome or Edge on the path.
  ///
  /// - Throws: `ChartError` when there is none.
  init() throws(ChartError) {
    let environment = ProcessInfo.processInfo.environment
    let names = [
      "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge",
    ]
    let folders = (environment["PATH"] ?? "").split(separator: ":").map(String.init)
    let found = folders.flatMap { folder in names.map { "\(folder)/\($0)" } }
    let own = environment["REGIONSIM_BROWSER"].flatMap { $0.isEmpty ? nil : $0 }
    let candidates = own.map { [$0] } ?? found
    guard let browser = candidates.first(where: FileManager.default.isExecutableFile(atPath:))
    else {
      throw ChartError(
        .rendererMissing,
        "A PDF is printed by Chromium, Chrome or Edge, and none is there. Install one (Debian: "
          + "chromium), name it in REGIONSIM_BROWSER, or write HTML and print that."
      )
    }
    self.browser = browser
  }

  /// A page as PDF.
  func pdf(of html: String) throws -> [UInt8] {
    let manager = FileManager.default
    let folder =
      manager.temporaryDirectory.path + "/regionsim-page-\(UUID().uuidString.lowercased())"
    defer { try? manager.removeItem(atPath: folder) }
    try manager.createDirectory(
      atPath: folder,
      withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700]
    )
    try WholeFiles(file: "\(folder)/page.html", text: html).write()
    let run = try ChildProcess(
      browser,
      [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
        "--user-data-dir=\(folder)/profile", "--print-to-pdf=\(folder)/page.pdf",
        "file://\(folder)/page.html",
      ],
      showsErrors: false
    )
    guard run.code == 0, let data = manager.contents(atPath: "\(folder)/page.pdf") else {
      throw ChartError(.failed, "The PDF was not printed: \(browser) ended with \(run.code).")
    }
    return Array(data)
  }
}
