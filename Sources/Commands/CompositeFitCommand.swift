internal import ArgumentParser
internal import Composites
internal import Datasets
internal import Documents
internal import Regions
internal import Reports

/// `regionsim composite fit`: a composite as the shadow of a published ranking.
struct CompositeFitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit",
    abstract: "Holds a composite against places that somebody published.",
    discussion: """
      Examples:
        regionsim composite fit my-shadow.yml --published places.csv
        regionsim composite fit my-shadow.yml --published places.csv --set Moss:employment.share=+1
        regionsim composite fit business-conditions --series knm.total.rank

      The file has the columns municipality (the code) and place. Only when the composite follows the \
      published places well enough (its gate; without one: 30 units, Spearman's ρ 0.95, mean error 10 \
      places), a what-if says places; otherwise the command says so, shows the direction only and ends \
      with exit code 69.
      """
  )

  @OptionGroup var compositeOptions: CompositeOptions

  @Option(
    help: ArgumentHelp("A CSV file with the columns municipality and place.", valueName: "file"),
    completion: .file(extensions: ["csv"])
  )
  var published: String?

  @Option(
    help: ArgumentHelp(
      "Instead of a file: an indicator of published places in the dataset.",
      valueName: "indicator"
    )
  )
  var series: String?

  @Option(help: "With --series: the year; without it the latest.")
  var year: Int?

  @Option(
    help: ArgumentHelp(
      "With --published: how many were ranked; without it as many as there are municipalities.",
      valueName: "n"
    )
  )
  var ranked: Int?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "What if: a figure of a municipality changes by +1 or −1, or is 75; may be repeated.",
      valueName: "unit:indicator=number"
    )
  )
  var changes: [String] = []

  @OptionGroup var dataOptions: DataOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if (published == nil) == (series == nil) {
      throw ValidationError("Give either --published or --series.")
    }
    if published == nil, ranked != nil { throw ValidationError("--ranked goes with --published.") }
    if series == nil, year != nil { throw ValidationError("--year goes with --series.") }
    if let ranked, ranked < 1 { throw ValidationError("--ranked must be at least 1.") }
  }

  func run() throws {
    let loaded = try compositeOptions.loaded(dataOptions)
    let scores = try loaded.scores(.municipality)
    let fit = ShadowFit(scores, published: try places(loaded.dataset))
    let names = try loaded.names()
    let changes = try changes.map { try change($0, fit, loaded, names) }
    let report = ShadowFitReport(
      fit,
      changes: changes,
      panel: loaded.panel,
      vintage: loaded.dataset.vintage,
      language: output.chosenLanguage
    )
    try output.show(report.report)
    guard fit.verdict != .places else { return }
    throw DocumentError(.impossible, at: nil, report.verdict)
  }

  private func places(_ dataset: Dataset) throws -> PublishedPlaces {
    let register = dataset.catalogue.register
    if let published {
      return try PublishedPlaces(file: published, register: register, ranked: ranked)
    }
    let indicator = try dataset.catalogue.indicator(series ?? "")
    guard indicator.aggregation == .publishedRank else {
      let known = dataset.catalogue.indicators.filter { $0.aggregation == .publishedRank }
      throw CommandLineError(
        message: "\(indicator.id) holds no published places. These do: "
          + known.map(\.id).joined(separator: ", ") + "."
      )
    }
    let panel = try dataset.panel(of: indicator.series)
    let year = year ?? panel.years(of: indicator).last ?? 0
    let figures = try panel.figures(of: indicator, year: year)
    var places: [Int: Int] = [:]
    for position in register.municipalities.indices where figures.isPresent(position) {
      places[position] = Int(figures.numerator.values[position])
    }
    let largest = places.values.max() ?? 0
    return PublishedPlaces(
      places: places,
      ranked: max(
        dataset.published(indicator)[year] ?? register.municipalities.count,
        largest
      ),
      source: "\(indicator.id) \(year)"
    )
  }

  /// Reads `unit:indicator=number`; a number with a sign is a change.
  private func change(
    _ text: String,
    _ fit: ShadowFit,
    _ loaded: LoadedComposite,
    _ names: UnitNames
  ) throws -> ShadowFitReport.Change {
    let wrong = CommandLineError(
      message: "--set must be unit:indicator=number, such as Moss:employment.share=+1, not "
        + "\"\(text)\"."
    )
    guard let equals = text.lastIndex(of: "="),
      let colon = text[..<equals].lastIndex(of: ":")
    else { throw wrong }
    let digits = text[text.index(after: equals)...].replacing("\u{2212}", with: "-")
    guard let number = Double(digits), number.isFinite else { throw wrong }
    let unit = try names.unit(String(text[..<colon]), level: .municipality)
    let position = try loaded.position(of: unit, in: fit.scores)
    let component = try component(String(text[text.index(after: colon)..<equals]), fit.scores)
    let before = fit.scores.figures.components[component].values[position]
    let lack =
      fit.scores.sums[position].isNaN
      ? "score" : fit.published.places[position] == nil ? "published place" : nil
    if let lack { throw DocumentError(.impossible, at: nil, "\(unit.name) has no \(lack).") }
    guard !before.isNaN else {
      let id = fit.scores.figures.components[component].indicator.id
      throw DocumentError(.impossible, at: nil, "\(unit.name) has no figure of \(id) to change.")
    }
    let isChange = digits.hasPrefix("+") || digits.hasPrefix("-")
    return ShadowFitReport.Change(
      unit: position,
      component: component,
      value: isChange ? before + number : number
    )
  }

  private func component(_ id: String, _ scores: CompositeScores) throws -> Int {
    let ids = scores.figures.components.map(\.indicator.id)
    if let index = ids.firstIndex(of: id) { return index }
    throw UnknownNameError(
      what: "indicator of \(scores.figures.composite.id)",
      name: id,
      nearest: nearestMatch(to: id, among: ids),
      allowed: ids
    )
  }
}
