internal import ArgumentParser
internal import Composites
internal import Datasets
internal import Documents
internal import Regions
internal import Reports
internal import Scenarios

/// `regionsim chart`: one picture.
struct ChartCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chart",
    abstract: "Draws one chart of a scenario, a composite or a unit.",
    discussion: """
      Examples:
        regionsim chart ranked-strip employment-growth --out strip.svg --language nb
        regionsim chart fan employment-outlook --out fan.png
        regionsim chart curve employment-targets --target top40 --out curve.html
        regionsim chart contributions business-conditions --unit Moss --out why.pdf
        regionsim chart small-multiples --unit Mosseregionen > places.vl.json

      Of a scenario:
      \(listed(.scenario))
      Of its uncertain futures (--draws, --seed):
      \(listed(.futures))
      Of one of its targets (--target):
      \(listed(.target))
      Of a composite (--unit, --against):
      \(listed(.composite))
      Of observed figures (--unit):
      \(listed(.observed))

      The form is that of the file's ending: .vl.json (Vega-Lite 5, also without --out), .svg, .png, \
      .pdf, or .html, which needs nothing else and opens from a shared drive. Pictures need vl-convert, \
      which `make charts` prepares; without it the spec is written, and the command ends with code 72.
      """
  )

  private static func listed(_ source: ChartKind.Source) -> String {
    ChartKind.allCases.filter { $0.source == source }.map { kind in
      let name = kind.rawValue.padding(to: 20)
      return "  \(name)\(kind.summary.en)"
    }.joined(separator: "\n")
  }

  @Argument(
    help: "The kind of chart.",
    completion: .list(ChartKind.allCases.map(\.rawValue))
  )
  var kind: ChartKind

  @Argument(
    help: "The scenario or composite, by name or as a .yml file.",
    completion: .file(extensions: ["yml", "yaml"])
  )
  var name: String?

  @Option(help: ArgumentHelp("The file to write.", valueName: "file"), completion: .file())
  var out: String?

  @Option(help: ArgumentHelp("Which of the scenario's indicators.", valueName: "id"))
  var indicator: String?

  @Option(help: ArgumentHelp("Which of the scenario's targets.", valueName: "id"))
  var target: String?

  @Option(help: ArgumentHelp("The municipality or region, by code or name.", valueName: "unit"))
  var unit: String?

  @Option(help: ArgumentHelp("The unit with which it is compared.", valueName: "unit"))
  var against: String?

  @Option(help: "Without it the language of your system: English unless Norwegian.")
  var language: Language?

  @OptionGroup(title: "Uncertain futures") var drawOptions: DrawOptions
  @OptionGroup var dataOptions: DataOptions

  private var form: ChartRenderer.Form? {
    guard let out, !out.hasSuffix(".json") else { return nil }
    return out.split(separator: ".").last.flatMap {
      ChartRenderer.Form(rawValue: $0.lowercased())
    }
  }

  func validate() throws {
    if let out, form == nil, !out.hasSuffix(".json") {
      throw ValidationError("--out must end with .vl.json, .svg, .png, .pdf or .html, not \(out).")
    }
    let needsName = kind.source != .observed
    if needsName, name == nil {
      throw ValidationError(
        "Name a \(kind.source == .composite ? "composite" : "scenario") after \(kind.rawValue)."
      )
    }
    if !needsName, name != nil {
      throw ValidationError("\(kind.rawValue) is of observed figures: give --unit and no name.")
    }
    if kind.source == .composite || kind.source == .observed, unit == nil {
      throw ValidationError("Give --unit for \(kind.rawValue).")
    }
  }

  func run() throws {
    let dataset = try dataOptions.dataset()
    let language = OutputOptions.chosenLanguage(language)
    let chart: Chart? =
      switch kind.source {
      case .scenario, .futures, .target: try scenarioChart(dataset, language)
      case .composite: try contributions(language)
      case .observed: try smallMultiples(dataset, language)
      }
    guard let chart else {
      throw ChartError(
        .nothingToDraw,
        "There is nothing to draw as \(kind.rawValue): the figures have no such history, places or levers."
      )
    }
    try write(chart)
  }

  // MARK: - The chart

  private func scenarioChart(_ dataset: Dataset, _ language: Language) throws -> Chart? {
    let scenario = try ScenarioFiles(locator: dataOptions.locator).scenario(name ?? "")
    var material = try ScenarioMaterial(scenario, dataset: dataset)
    if kind.source == .target, scenario.targets.isEmpty {
      throw CommandLineError(message: "\(scenario.id) has no targets. Write them under targets:.")
    }
    if kind.source != .scenario { try material.draw(drawOptions, language) }
    let result = try chosen(material.outcome.indicators, \.indicator.id, indicator, "indicator")
    let charts = material.charts(of: result, language)
    switch kind {
    case .rankedStrip: return charts.rankedStrip
    case .rankedBars: return charts.rankedBars
    case .bump: return charts.bump
    case .slope: return charts.slope
    case .waterfall: return charts.waterfall
    case .overtakes: return charts.overtakes
    case .tornado: return charts.tornado(try material.leverRanges(result.indicator))
    case .mapRegions, .mapMunicipalities:
      let level: Level = kind == .mapRegions ? .region : .municipality
      return try dataset.hexLayout(level).flatMap { charts.map(level, $0) }
    case .fan: return try material.futuresCharts(of: result.indicator, language)?.fan
    case .heatMap:
      return try material.futuresCharts(of: result.indicator, language)?.placeProbabilities
    case .curve, .difficulty:
      let answer = try chosen(material.answers, \.moving.target.id, target, "target")
      let charts = material.targetCharts(answer, language)
      return kind == .curve ? charts.curve : charts.difficulty
    case .contributions, .smallMultiples: return nil
    }
  }

  /// The one with an id among several, or the first.
  private func chosen<Item>(
    _ items: [Item],
    _ id: KeyPath<Item, String>,
    _ wanted: String?,
    _ what: String
  ) throws -> Item {
    let ids = items.map { $0[keyPath: id] }
    guard let index = wanted.map({ ids.firstIndex(of: $0) }) ?? ids.indices.first else {
      let hint = wanted.flatMap { nearestMatch(to: $0, among: ids) }.map { " Did you mean \($0)?" }
      throw CommandLineError(
        message: "The scenario has no \(what) \"\(wanted ?? "")\".\(hint ?? "") It has: "
          + ids.joined(separator: ", ") + "."
      )
    }
    return items[index]
  }

  private func contributions(_ language: Language) throws -> Chart? {
    let loaded = try LoadedComposite(name ?? "", division: nil, dataOptions)
    let names = try loaded.names()
    let unit = try names.unit(unit ?? "", level: nil)
    let other = try against.map { try names.unit($0, level: unit.level) }
    let scores = try loaded.scores(unit.level)
    return CompositeContributions(
      CompositeExplanation(
        scores,
        unit: try loaded.position(of: unit, in: scores),
        against: try other.map { try loaded.position(of: $0, in: scores) }
      ),
      series: Array(loaded.panel.series.values),
      vintage: loaded.dataset.vintage,
      language: language
    ).chart
  }

  private func smallMultiples(_ dataset: Dataset, _ language: Language) throws -> Chart? {
    let catalogue = dataset.catalogue
    let division = try catalogue.division("regions-73")
    let unit = try UnitNames(register: catalogue.register, division: division)
      .unit(self.unit ?? "")
    return try SmallMultiples.chart(of: unit, dataset, division: division.id, language)
  }

  // MARK: - Output

  private func write(_ chart: Chart) throws {
    guard let out else {
      try printOutput(try chart.text())
      return
    }
    guard let form else {
      try WholeFiles(file: out, text: try chart.text()).write()
      return
    }
    do {
      let renderer = try ChartRenderer(locator: dataOptions.locator)
      let pictures = try renderer.pictures([ChartRenderer.Job(chart: chart, form: form)])
      try WholeFiles(file: out, bytes: pictures[0]).write()
    } catch let error as ChartError where error.kind == .rendererMissing {
      let spec = out.dropLast(form.rawValue.count) + "vl.json"
      try WholeFiles(file: String(spec), text: try chart.text()).write()
      throw ChartError(
        .rendererMissing,
        "\(error.message) The spec is in \(spec) instead."
      )
    }
  }
}

extension SmallMultiples {
  /// The chart of a unit over the dataset's indicators that have places in several years.
  static func chart(
    of unit: Unit,
    _ dataset: Dataset,
    division: String,
    _ language: Language
  ) throws -> Chart? {
    // Ratios first: amounts say most of how large a unit is.
    let valued = dataset.catalogue.indicators.filter { $0.direction != .neutral }
    let indicators =
      valued.filter { $0.aggregation != .sum } + valued.filter { $0.aggregation == .sum }
    let regions = try dataset.catalogue.division(division)
    let figures = try dataset.panel(of: Set(indicators.flatMap(\.series)))
    var panels: [Panel] = []
    for indicator in indicators where panels.count < 12 {
      let standings = try figures.wellCoveredYears(of: indicator).compactMap {
        year -> Panel.Standing? in
        let request = RankingRequest(
          indicator: indicator,
          year: year,
          level: unit.level,
          division: regions,
          published: dataset.published(indicator)
        )
        guard let ranking = try figures.rankings(request, at: [unit.level]).byLevel[unit.level],
          let index = ranking.index(of: unit), !ranking.places[index].isNaN
        else { return nil }
        return (year, ranking.places[index], ranking.ranked)
      }
      if standings.count > 1 { panels.append(Panel(indicator, standings)) }
    }
    return SmallMultiples(
      unit,
      panels,
      series: Array(figures.series.values),
      vintage: dataset.vintage,
      language: language
    ).chart
  }
}

extension String {
  fileprivate func padding(to width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(1, width - count))
  }
}
