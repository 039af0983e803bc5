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
    let panel = try dataset.panel(
      of: TargetAnswers.series(of: scenario, dataset: dataset, futures: isDrawn)
    )
    let known = TargetAnswers(scenario: scenario, dataset: dataset, panel: panel, means: means)
    let language = output.chosenLanguage
    var answers = try known.answers()
    let origins = try known.draw(&answers, drawOptions, language).notes
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

  private var means: RequiredChange.Means {
    RequiredChange.Means(
      series: lever.map { Located($0, at: SourcePlace(file: "--lever \($0)")) },
      member: allTo.map { Located($0, at: SourcePlace(file: "--all-to \($0)")) }
    )
  }
}
