internal import ArgumentParser
internal import Datasets
internal import Regions
internal import Reports

/// `regionsim compare`: several units over all indicators.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract:
      "Puts units side by side: value, place, percentile, and the gap in persons or kroner.",
    discussion: """
      Examples:
        regionsim compare Mosseregionen Follo
        regionsim compare Moss Vestby Råde 3114 --indicator employment.share
        regionsim compare Moss Vestby --format csv > compare.csv

      Each indicator is shown for the latest year in which at least half of the municipalities \
      have a figure; of the plan's indicators only four have one.
      """
  )

  @Argument(help: "Municipalities or regions, by code or name.")
  var names: [String]

  @Option(help: ArgumentHelp("Only this indicator; may be given several times.", valueName: "id"))
  var indicator: [String] = []

  @Option(help: "The year, for all indicators.")
  var year: Int?

  @OptionGroup var units: UnitOptions
  @OptionGroup var dataOptions: DataOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let dataset = try dataOptions.dataset()
    let catalogue = dataset.catalogue
    let division = try catalogue.division(units.division)
    let unitNames = UnitNames(register: catalogue.register, division: division)
    let compared = try names.map { try unitNames.unit($0) }
    let language = output.chosenLanguage
    let peers = try units.peerSet(catalogue, language)
    let indicators =
      indicator.isEmpty ? catalogue.indicators : try indicator.map { try catalogue.indicator($0) }
    let panel = try dataset.panel(of: indicators.flatMap(\.series))
    var report = ComparisonReport(vintage: dataset.vintage, language: language)
    for indicator in indicators {
      guard let year = year ?? panel.latestYear(of: indicator),
        let numerator = panel.series[indicator.numerator]
      else { continue }
      let request = RankingRequest(
        indicator: indicator,
        year: year,
        level: .municipality,
        division: division,
        peers: peers,
        fill: units.fill,
        published: dataset.published(indicator)
      )
      let rankings: [Level: Ranking]
      do {
        let found = try panel.rankings(request, at: Set(compared.map(\.level)))
        if let refusal = found.refusal { report.leaveOut(indicator, reason: refusal.reason) }
        rankings = found.byLevel
      } catch is FigureError where self.indicator.isEmpty {
        continue
      }
      for unit in compared {
        guard let ranking = rankings[unit.level] else { continue }
        report.add(unit, in: ranking, numerator: numerator)
      }
    }
    let isGrouped = output.format == .table || output.format == .markdown
    try output.show(report.report(of: compared, isGrouped: isGrouped))
  }
}
