internal import ArgumentParser
internal import Datasets
internal import Documents
internal import Plans
internal import Regions
internal import Reports
internal import Scenarios

/// `regionsim plan`: an action plan followed by its own tables and targets.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Follows an action plan: audits its figures, judges its targets, writes its report.",
    discussion: """
      Examples:
        regionsim plan check
        regionsim plan status --draws 10000
        regionsim plan new-figures --year 2025 --out figures-2025.csv
        regionsim plan report --figures figures-2025.csv --language nb --out report.html

      A plan is a .yml file in plans/, or one of your own. Without a name the only plan that is no \
      example is meant.
      """,
    subcommands: [
      List.self, Check.self, Status.self, ReportCommand.self, NewFigures.self,
    ]
  )
}

/// Which plan, with which figures.
struct PlanOptions: ParsableArguments {
  @Argument(
    help: "The plan, by name or as a .yml file; without it the only one that is no example.",
    completion: .file(extensions: ["yml", "yaml"])
  )
  var plan: String?

  @Option(
    help: ArgumentHelp(
      "A CSV file of figures to add; may be given several times.",
      discussion: "regionsim plan new-figures writes one to fill in.",
      valueName: "file"
    ),
    completion: .file(extensions: ["csv"])
  )
  var figures: [String] = []

  @Option(help: ArgumentHelp("Look at figures up to this year only.", valueName: "year"))
  var year: Int?
}

/// A plan with everything that is said of it.
struct PlanReading {
  let dataset: Dataset
  let plan: ResolvedPlan
  let figures: PlanFigures
  let audit: PlanAudit
  private let locator: DatasetLocator

  init(_ options: PlanOptions, _ data: DataOptions) throws {
    locator = data.locator
    dataset = try data.dataset()
    plan = try ResolvedPlan(try PlanFiles(locator: locator).plan(options.plan), dataset: dataset)
    let rules = plan.rules
    var added: [NewFigure] = []
    for file in options.figures {
      let new = try rules.read(file: file, bytes: try DocumentFiles.bytes(file))
      added = try NewFigure.merged(added, new)
    }
    figures = try PlanFigures(plan, dataset: dataset, added: added)
    audit = PlanAudit(plan, figures: figures, dataset: dataset)
  }

  /// The report in a language; with draws the probabilities of the targets that name a scenario.
  func report(
    _ options: PlanOptions,
    _ language: Language,
    draws: DrawOptions? = nil
  ) throws -> PlanReport {
    let findings = try audit.findings()
    let status = try PlanStatus(
      plan,
      figures: figures,
      corrections: audit.corrections(findings),
      lastYear: options.year
    )
    return PlanReport(
      status,
      audit: audit,
      findings: findings,
      figures: figures,
      chances: try draws.map { try chances($0, language) } ?? [:],
      vintage: dataset.vintage,
      language: language
    )
  }

  /// How likely the targets are met by the scenarios they name.
  private func chances(_ options: DrawOptions, _ language: Language) throws -> [String: PlanChance]
  {
    guard let draws = options.draws else { return [:] }
    let references = plan.plan.targets.compactMap { target in
      target.scenario.map { (target: target, scenario: $0) }
    }
    let files = ScenarioFiles(locator: locator)
    var scenarios: [String: Scenario] = [:]
    // A wrong name is said before anything is drawn.
    for (target, reference) in references {
      let name = reference.name.value
      let scenario = try scenarios[name] ?? scenario(reference, files)
      scenarios[name] = scenario
      try check(reference, of: target, in: scenario)
    }
    var futures: [String: Futures] = [:]
    var chances: [String: PlanChance] = [:]
    for (target, reference) in references {
      let name = reference.name.value
      guard let scenario = scenarios[name] else { continue }
      let drawn = try futures[name] ?? draw(scenario, options, draws, language)
      futures[name] = drawn
      guard let found = drawn.targets.first(where: { $0.target.id == reference.target.value })
      else { continue }
      chances[target.id] = PlanChance(
        found.probability,
        scenario: name,
        year: found.year,
        standIn: reference.standIn,
        seed: drawn.seed
      )
    }
    return chances
  }

  private func scenario(
    _ reference: ScenarioReference,
    _ files: ScenarioFiles
  ) throws -> Scenario {
    do {
      return try files.scenario(reference.name.value)
    } catch let error as DatasetError {
      throw DocumentError(.invalid, at: reference.name.place, error.message)
    }
  }

  private func draw(
    _ scenario: Scenario,
    _ options: DrawOptions,
    _ draws: Int,
    _ language: Language
  ) throws -> Futures {
    let catalogue = dataset.catalogue
    let needed = try Simulation.series(of: scenario, catalogue: catalogue, futures: true)
    let panel = try dataset.panel(of: needed)
    let simulation = try Simulation(scenario, catalogue: catalogue, panel: panel).estimated()
    let progress = ProgressLine(
      (language == .nb ? "Trekker framtider: " : "Drawing futures: ") + scenario.id
    )
    defer { progress.end() }
    return try simulation.futures(
      draws: draws,
      seed: options.seed,
      threads: options.chosenThreads,
      progress: { progress.show($0) }
    )
  }

  /// Refuses a scenario that does not ask of the target, and does not say what it asks instead.
  private func check(
    _ reference: ScenarioReference,
    of target: PlanTarget,
    in scenario: Scenario
  ) throws(DocumentError) {
    guard let asked = scenario.targets.first(where: { $0.id == reference.target.value }) else {
      let ids = scenario.targets.map(\.id)
      let hint = nearestMatch(to: reference.target.value, among: ids)
        .map { " Did you mean \($0)?" }
      throw DocumentError(
        .invalid,
        at: reference.target.place,
        """
        The scenario \(reference.name.value) has no target \
        "\(reference.target.value)".\(hint ?? "") It has: \(ids.joined(separator: ", ")).
        """
      )
    }
    let own = "\(plan.plan.id)/\(target.id)"
    guard reference.standIn != nil || asked.planTarget?.value == own else {
      throw DocumentError(
        .invalid,
        at: reference.target.place,
        """
        The target "\(reference.target.value)" of the scenario \(reference.name.value) is not this \
        one: there it must say plan: \(own), or here stand_in what it asks instead.
        """
      )
    }
  }
}

// MARK: - The subcommands

extension PlanCommand {
  /// `regionsim plan list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists the plans that can be named."
    )

    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let nb = output.chosenLanguage == .nb
      let files = PlanFiles(locator: dataOptions.locator)
      var table = Table(
        name: "plans",
        title: "",
        columns: [
          Table.Column("name", nb ? "Navn" : "Name"),
          Table.Column("title", nb ? "Tittel" : "Title"),
          Table.Column("region", "Region"), Table.Column("path", nil),
        ]
      )
      for (name, path) in files.files.all {
        do {
          let plan = try files.plan(path)
          table.add([
            .text(name), .text(plan.title[output.chosenLanguage]), .text(plan.region.value),
            .text(path),
          ])
        } catch let error as DocumentError {
          table.add([.text(name), .text(error.message), .text(""), .text(path)])
        }
      }
      try output.show(Report(title: nb ? "Planer" : "Plans", tables: [table], notes: []))
    }
  }

  /// `regionsim plan check`.
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Recomputes a plan's totals, shares and places, and lists what does not agree.",
      discussion: """
        Examples:
          regionsim plan check
          regionsim plan check my-plan.yml --format csv > findings.csv

        Findings have a severity and are no failure. A plan that names something unknown, or has a \
        target without a baseline, ends with code 65.
        """
    )

    @OptionGroup var options: PlanOptions
    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let reading = try PlanReading(options, dataOptions)
      try output.show(try reading.report(options, output.chosenLanguage).auditReport)
    }
  }

  /// `regionsim plan status`.
  struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Says of each target whether it is met, on course, off course or cannot be judged.",
      discussion: """
        Examples:
          regionsim plan status
          regionsim plan status --figures figures-2025.csv --year 2025
          regionsim plan status --draws 100000 --format json

        With --draws the targets that name a scenario get the probability that they are met.
        """
    )

    @OptionGroup var options: PlanOptions
    @OptionGroup(title: "Uncertain futures") var drawOptions: DrawOptions
    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let reading = try PlanReading(options, dataOptions)
      let report = try reading.report(options, output.chosenLanguage, draws: drawOptions)
      try output.show(report.statusReport)
    }
  }

  /// `regionsim plan report`.
  struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "report",
      abstract: "Writes the result report to the councils, as Markdown or HTML.",
      discussion: """
        Examples:
          regionsim plan report --language nb > report.md
          regionsim plan report --out report.html --language nb --draws 100000
          regionsim plan report my-plan.yml --figures figures-2025.csv --year 2025 --out report.html

        The status comes first, then a section a target, the plan's tables, the measures, and all that \
        does not agree. The HTML file needs nothing else and can be printed.
        """
    )

    /// How the report is written.
    enum Form: String, ExpressibleByArgument, CaseIterable {
      case markdown
      case html
    }

    @OptionGroup var options: PlanOptions

    @Option(help: "Without it that of --out's ending, else markdown.")
    var format: Form?

    @Option(
      help: ArgumentHelp("The file to write; without it standard output.", valueName: "file"),
      completion: .file(extensions: ["md", "html"])
    )
    var out: String?

    @Option(help: "Without it the language of your system: English unless Norwegian.")
    var language: Language?

    @OptionGroup(title: "Uncertain futures") var drawOptions: DrawOptions
    @OptionGroup var dataOptions: DataOptions

    private var form: Form {
      format
        ?? (out.map { $0.hasSuffix(".html") || $0.hasSuffix(".htm") } == true ? .html : .markdown)
    }

    func run() throws {
      let language = OutputOptions.chosenLanguage(language)
      let reading = try PlanReading(options, dataOptions)
      let document = try reading.report(options, language, draws: drawOptions)
        .document(program: "regionsim \(Regionsim.version)")
      let text = form == .html ? document.html : document.markdown
      guard let out else { return try printOutput(text) }
      try WholeFiles(file: out, text: text).write()
      printError((language == .nb ? "Skrev " : "Wrote ") + out)
    }
  }

  /// `regionsim plan new-figures`.
  struct NewFigures: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Writes a CSV file to fill in with the figures of a year.",
      discussion: """
        Examples:
          regionsim plan new-figures --year 2025 > figures-2025.csv
          regionsim plan new-figures my-plan.yml --year 2025 --excel --out figures-2025.csv

        Fill in value and source; rows without a value are passed over. What the dataset has is never \
        overwritten.
        """
    )

    @Argument(
      help: "The plan, by name or as a .yml file; without it the only one that is no example.",
      completion: .file(extensions: ["yml", "yaml"])
    )
    var plan: String?

    @Option(help: "The year of the figures.")
    var year: Int

    @Flag(help: "For Excel set to Norwegian: semicolons and decimal commas. Both are read back.")
    var excel = false

    @Option(
      help: ArgumentHelp("The file to write; without it standard output.", valueName: "file"),
      completion: .file(extensions: ["csv"])
    )
    var out: String?

    @Option(help: "Without it the language of your system: English unless Norwegian.")
    var language: Language?

    @OptionGroup var dataOptions: DataOptions

    func validate() throws {
      guard (1900...2200).contains(year) else {
        throw ValidationError("--year must be a year, not \(year).")
      }
    }

    func run() throws {
      let language = OutputOptions.chosenLanguage(language)
      let dataset = try dataOptions.dataset()
      let files = PlanFiles(locator: dataOptions.locator)
      let resolved = try ResolvedPlan(try files.plan(plan), dataset: dataset)
      let figures = try PlanFigures(resolved, dataset: dataset)
      if let out, DocumentFiles.exists(out) {
        throw DatasetError(
          .unwritable,
          file: out,
          "The file is there already, perhaps with your figures; nothing was written."
        )
      }
      let text = NewFigureTemplate(resolved, figures, year: year, language: language)
        .csv(excel ? .norwegianExcel : .standard)
      guard let out else { return try printOutput(text) }
      try WholeFiles(file: out, text: text).write()
      printError((language == .nb ? "Skrev " : "Wrote ") + out)
    }
  }
}
