internal import ArgumentParser
internal import Datasets
internal import Regions
internal import Reports
internal import Statistics

/// `regionsim rank`: the places of one indicator.
struct RankCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rank",
    abstract: "Shows the places of municipalities or regions by one indicator.",
    discussion: """
      Examples:
        regionsim rank employment.share --around Mosseregionen
        regionsim rank employment.share --year 2024 --fill carry --around Moss
        regionsim rank tax.relative_to_country --level region --top 10 --language nb
        regionsim rank population.total --peers osloregionen --level region --all
        regionsim rank employment.share --all --format csv > places.csv
        regionsim rank employment.share --around Moss --confidence 95

      The indicators: regionsim data list. Without --year, the latest year in which at least half \
      of the municipalities have a figure.
      """
  )

  @Argument(
    help: "The indicator, such as employment.share.",
    completion: .shellCommand(
      "regionsim data list --what indicators --format csv 2>/dev/null | tail -n +2 | cut -d, -f1"
    )
  )
  var indicator: String

  @Option(help: "Without it the level of --around, else municipality.")
  var level: Level?

  @Option(help: "The year.")
  var year: Int?

  @OptionGroup var units: UnitOptions

  @Option(help: ArgumentHelp("Show a unit and those near it.", valueName: "unit"))
  var around: String?

  @Option(help: "With --around: how many on each side.")
  var window: Int = 5

  @Option(
    help: ArgumentHelp(
      "Show the first places; with --confidence all units that may truly have one of them.",
      valueName: "n"
    )
  )
  var top: Int?

  @Flag(help: "Show all; the default when the format is not table.")
  var all = false

  @Option(help: "How equal values share places: 1224, 1334, 1223, 1 2.5 2.5 4 or 1234.")
  var ties: TieRule = .competition

  @OptionGroup var confidenceOptions: ConfidenceOptions
  @OptionGroup var dataOptions: DataOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if [around != nil, top != nil, all].count(where: { $0 }) > 1 {
      throw ValidationError("Give only one of --around, --top and --all.")
    }
    if let top, top < 1 { throw ValidationError("--top must be at least 1.") }
    if window < 0 { throw ValidationError("--window cannot be negative.") }
    if confidenceOptions.confidence != nil, ties == .dense {
      throw ValidationError(
        "With --confidence, --ties cannot be dense: its places do not count the units above."
      )
    }
  }

  func run() throws {
    let dataset = try dataOptions.dataset()
    let catalogue = dataset.catalogue
    let indicator = try catalogue.indicator(indicator)
    let division = try catalogue.division(units.division)
    let names = UnitNames(register: catalogue.register, division: division)
    let focus = try around.map { try names.unit($0, level: level) }
    let language = output.chosenLanguage
    let peers = try units.peerSet(catalogue, language)
    let panel = try dataset.panel(of: indicator.series)
    let request = RankingRequest(
      indicator: indicator,
      year: year ?? panel.latestYear(of: indicator) ?? 0,
      level: level ?? focus?.level ?? .municipality,
      division: division,
      peers: peers,
      fill: units.fill,
      ties: ties,
      published: dataset.published(indicator)
    )
    let ranking = try panel.ranking(request)
    if let focus, ranking.index(of: focus) == nil {
      throw CommandLineError(
        message: peers.map { "\(focus.name) is not one of those ranked: \($0.name)." }
          ?? "\(focus.name) is not a unit of its own in the figures of \(request.year)."
      )
    }
    var window = window(focus)
    let confidence = try confidenceOptions.sets(
      of: ranking,
      window,
      panel,
      isForTop: top != nil
    )
    if let top, let confidence { window = .mayBeTop(top, confidence.sets) }
    let report = RankingReport(
      ranking,
      panel: panel,
      vintage: dataset.vintage,
      language: language,
      confidence: confidence
    )
    try output.show(
      report.report(
        window,
        context: context(request, peers, language),
        peerNotes: units.peerNotes(request, catalogue, language)
      )
    )
  }

  private func window(_ focus: Unit?) -> RankingWindow {
    if let focus { return .around(focus, window) }
    if let top { return .top(top) }
    return all || output.format != .table ? .all : .top(20)
  }

  private func context(
    _ request: RankingRequest,
    _ peers: PeerSet?,
    _ language: Language
  ) -> String {
    let set =
      request.level == .region
      ? request.division.name[language]
      : language == .nb ? "kommunene" : "the municipalities"
    return set + (peers.map { " · \($0.name)" } ?? "")
  }
}
