internal import ArgumentParser
internal import Datasets
internal import Documents
internal import Regions
internal import Reports
internal import Scenarios

/// `regionsim target`: what the targets of a scenario take.
struct TargetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "target",
    abstract:
      "Says what a scenario's targets take, how hard that has been, and where it is cheapest.",
    discussion: """
      Examples:
        regionsim target employment-targets
        regionsim target --unit Moss --indicator population.total --by 2030 --climb 3 --draws 10000
        regionsim target employment-targets --only best --all-to Moss
        regionsim target employment-targets --only share76 --lever employment.base
        regionsim target my-scenario.yml --set top40.value=30 --format csv
        regionsim target employment-targets --draws 20000
        regionsim target employment-targets --draws 20000 --curve --format csv

      For each target: the smallest whole number of persons, kroner and so on that meets it, first \
      when nobody moves but by the scenario's levers, then when all move as the scenario says. It is \
      computed, not tried out in steps. A region's number is spread over its municipalities by size, \
      or goes to one with --all-to. With --draws all move as uncertainly as they have: each target gets \
      a probability, and the number that is enough to be 50, 80 and 95 per cent sure of it.
      """
  )

  @Argument(
    help: "The scenario, by name or as a .yml file; without it --unit, --indicator and --by.",
    completion: .file(extensions: ["yml", "yaml"])
  )
  var scenario: String?

  @Option(help: ArgumentHelp("Only the target with this id; may be repeated.", valueName: "id"))
  var only: [String] = []

  @Option(
    help: ArgumentHelp(
      "The series that changes: a numerator or denominator.",
      discussion: "Without it the numerator of each target's indicator.",
      valueName: "series"
    )
  )
  var lever: String?

  @Option(help: ArgumentHelp("The municipality that gets all.", valueName: "municipality"))
  var allTo: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Replace one number of a lever or target; may be given several times.",
      valueName: "id.key=number"
    )
  )
  var replacements: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("How sure one wants to be, with --draws.", valueName: "per cent")
  )
  var sure: [Double] = [50, 80, 95]

  @Flag(help: "Show how likely each change is enough, for a chart; needs --draws.")
  var curve = false

  @OptionGroup(title: "Without a scenario") var question: TargetQuestion
  @OptionGroup(title: "Uncertain futures") var drawOptions: DrawOptions
  @OptionGroup var dataOptions: DataOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if curve, drawOptions.draws == nil { throw ValidationError("--curve needs --draws.") }
    if let wrong = sure.first(where: { !($0 > 0 && $0 < 100) }) {
      throw ValidationError("--sure must be between 0 and 100 per cent, not \(wrong).")
    }
    switch (scenario, question.isAsked) {
    case (nil, false):
      throw ValidationError("Name a scenario, or ask with --unit, --indicator, --by and a target.")
    case (_?, true):
      throw ValidationError("A scenario has its own targets; ask without one, or without options.")
    case (nil, true): try question.check()
    case (_?, false): break
    }
  }

  func run() throws {
    do {
      try answer()
    } catch let error as DocumentError where error.place?.file == TargetQuestion.file {
      throw error.kind == .invalid
        ? CommandLineError(message: error.message)
        : DocumentError(.impossible, at: nil, error.message)
    }
  }

  private func answer() throws {
    let dataset = try dataOptions.dataset()
    let catalogue = dataset.catalogue
    let scenario = try chosen(try asked(dataset))
    let indicators = scenario.indicators.compactMap { try? catalogue.indicator($0.value) }
    let isDrawn = drawOptions.draws != nil
    var needed = try Simulation.series(of: scenario, catalogue: catalogue, futures: isDrawn)
    for indicator in indicators {
      needed.formUnion(RequiredChange.historySeries(of: indicator, catalogue: catalogue))
    }
    let panel = try dataset.panel(of: needed)
    var answers = try answers(scenario, catalogue, panel)
    let origins = try draw(&answers, scenario, dataset, panel)
    let language = output.chosenLanguage
    let changing = Set(answers.map(\.moving.series))
    let own = Set(indicators.flatMap(\.series))
    let report = TargetReport(
      answers,
      series: panel.series.filter { changing.contains($0.key) },
      vintage: dataset.vintage,
      language: language,
      levels: Set(sure).sorted().map { $0 / 100 }
    )
    let notes = panel.series.values.filter { own.contains($0.id) }
      .sorted { $0.id < $1.id }
      .map { $0.sourceNote(language) }
    let title = scenario.title[language]
    try output.show(
      curve
        ? report.curves(title: title, notes: origins + notes)
        : report.report(title: title, notes: origins + notes)
    )
  }

  /// The scenario that was named, or that of the question.
  private func asked(_ dataset: Dataset) throws -> Scenario {
    if let scenario { return try ScenarioFiles(locator: dataOptions.locator).scenario(scenario) }
    return try question.scenario { id in
      let indicator = try dataset.catalogue.indicator(id)
      let panel = try dataset.panel(of: indicator.series)
      let years = panel.wellCoveredYears(of: indicator)
      guard let latest = years.last ?? panel.years(of: indicator).last else {
        throw FigureError.noFigures(indicator: id, year: 0, years: [])
      }
      return latest
    }
  }

  /// The scenario with the numbers replaced and only the targets asked for.
  private func chosen(_ scenario: Scenario) throws -> Scenario {
    var scenario = scenario
    for text in replacements {
      do {
        scenario = try scenario.setting(text)
      } catch {
        throw CommandLineError(message: error.description)
      }
    }
    let ids = scenario.targets.map(\.id)
    guard !ids.isEmpty else {
      throw CommandLineError(message: "\(scenario.id) has no targets. Write them under targets:.")
    }
    for id in only where !ids.contains(id) {
      let hint = nearestMatch(to: id, among: ids).map { " Did you mean \($0)?" } ?? ""
      throw CommandLineError(
        message: "There is no target \"\(id)\".\(hint) They are: \(ids.joined(separator: ", "))."
      )
    }
    if !only.isEmpty { scenario.targets.removeAll { !only.contains($0.id) } }
    return scenario
  }

  private func answers(
    _ scenario: Scenario,
    _ catalogue: Catalogue,
    _ panel: Panel
  ) throws -> [TargetReport.Answer] {
    let moving = try Simulation(scenario, catalogue: catalogue, panel: panel)
    let holding = try Simulation(scenario.withOthersHolding, catalogue: catalogue, panel: panel)
    let changes: [(holding: RequiredChange, moving: RequiredChange)]
    let paths: [CheapestPath]
    do throws(DocumentError) {
      changes = Array(zip(try holding.requiredChanges(means), try moving.requiredChanges(means)))
      paths = allTo == nil ? try moving.cheapestPaths(means.series) : []
    } catch {
      guard error.place?.file.hasPrefix("--") == true else { throw error }
      throw CommandLineError(message: error.description)
    }
    let division = try catalogue.division(scenario.division.value)
    return try changes.map { pair in
      func difficulty(_ change: RequiredChange) -> Difficulty? {
        change.difficulty(catalogue: catalogue, panel: panel, division: division)
      }
      return TargetReport.Answer(
        holding: pair.holding,
        moving: pair.moving,
        difficulty: (difficulty(pair.holding), difficulty(pair.moving)),
        path: paths.first { $0.target.id == pair.moving.target.id },
        warnings: try warnings(pair.moving, scenario, catalogue, panel)
      )
    }
  }

  /// Draws futures and adds them to the answers.
  ///
  /// - Returns: From which history each movement is.
  private func draw(
    _ answers: inout [TargetReport.Answer],
    _ scenario: Scenario,
    _ dataset: Dataset,
    _ panel: Panel
  ) throws -> [String] {
    guard let draws = drawOptions.draws else { return [] }
    let language = output.chosenLanguage
    let simulation = try Simulation(scenario, catalogue: dataset.catalogue, panel: panel)
      .estimated()
    let progress = ProgressLine(language == .nb ? "Trekker framtider" : "Drawing futures")
    defer { progress.end() }
    let (futures, curves) = try simulation.requiredChangeCurves(
      means,
      draws: draws,
      seed: drawOptions.seed,
      threads: drawOptions.chosenThreads,
      progress: { progress.show($0) }
    )
    for index in answers.indices {
      answers[index].futures = futures.targets[index]
      answers[index].curve = curves[index]
      answers[index].seed = drawOptions.seed
    }
    let models = try simulation.growthModels()
    let trust = TrustCheck(
      dataset: dataset,
      division: try dataset.catalogue.division(scenario.division.value),
      draws: drawOptions
    )
    let notes = try trust.notes(models, years: scenario.years.count, language)
    return notes
      + GrowthReport.originNotes(
        [models],
        register: dataset.catalogue.register,
        language: language
      )
  }

  private var means: RequiredChange.Means {
    RequiredChange.Means(
      series: lever.map { Located($0, at: SourcePlace(file: "--lever \($0)")) },
      member: allTo.map { Located($0, at: SourcePlace(file: "--all-to \($0)")) }
    )
  }

  private func warnings(
    _ change: RequiredChange,
    _ scenario: Scenario,
    _ catalogue: Catalogue,
    _ panel: Panel
  ) throws -> [FeasibilityWarning] {
    let division = try catalogue.division(scenario.division.value)
    var circumstances = FeasibilityWarning.Circumstances()
    let indicator = change.indicator
    switch change.target.kind {
    case .rank, .climb, .best, .sum: circumstances.isOfPlaces = true
    case .level, .improve, .country: break
    }
    let reading: TargetReading =
      switch change.result {
      case .change(let found): found.reading
      case .alreadyMet, .impossible: change.projected
      }
    if let part = reading.parts.first {
      let ranking = try panel.ranking(
        RankingRequest(
          indicator: indicator,
          year: scenario.baselineYear.value,
          level: part.unit.level,
          division: division,
          fill: scenario.fill
        )
      )
      circumstances.ranked = ranking.ranked
      circumstances.carried = ranking.carried
      circumstances.startPlace = part.place.baseline.isNaN ? nil : part.place.baseline
      if indicator.isShare { circumstances.targetShare = part.value.year / indicator.scale }
    }
    let members =
      division.regions.first { change.unit.level == .region && $0.code == change.unit.code }?
      .members
      ?? catalogue.register.position(ofCode: change.unit.code).map { [$0] } ?? []
    if let year = panel.years(of: "population.total").last(where: { $0 <= change.year }) {
      let column = panel.column("population.total", year: year)
      for member in members where !column.values[member].isNaN {
        circumstances.municipalities[catalogue.register.unit(at: member).name] =
          column.values[member]
      }
    }
    circumstances.denominator = indicator.denominator.flatMap { panel.series[$0]?.name }
    circumstances.isOfAmounts = indicator.aggregation == .sum
    circumstances.direction = indicator.direction
    return FeasibilityWarning.all(in: circumstances)
  }
}
