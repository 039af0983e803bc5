internal import ArgumentParser
internal import Datasets
internal import Regions
internal import Reports

/// `regionsim movement`: which region has moved best between two years, by each measure.
struct MovementCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "movement",
    abstract: "Compares the regions' movement in places between two years, and names the best.",
    discussion: """
      Examples:
        regionsim movement population.total --from 2014 --to 2024 --mark R03
        regionsim movement jobs.private --from 2003 --to 2014 --peers osloregionen
        regionsim movement jobs.private --from 2003 --to 2014 --format csv

      F1 is the sum of the places that the region's municipalities climbed, F2 its mean, F4 the \
      change in percentile, F5 the share of what was possible, F6 the places the region itself \
      climbed, Z the sum against how others with the same starting places moved, p its probability \
      by chance. With --peers only these regions are compared; places remain those in the whole \
      country. --winners writes the best by each measure with --format csv.
      """
  )

  @Argument(help: "The indicator, such as population.total.")
  var indicator: String

  @Option(help: "The first year.")
  var from: Int

  @Option(help: "The last year.")
  var to: Int

  @OptionGroup var units: UnitOptions

  @Option(help: ArgumentHelp("A region to mark, by code or name.", valueName: "region"))
  var mark: String?

  @Option(help: "The seed of the random shuffles behind p.")
  var seed: UInt64 = 1

  @Flag(help: "With --format csv: write the best by each measure instead of the regions.")
  var winners = false

  @OptionGroup var dataOptions: DataOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if from >= to { throw ValidationError("--from \(from) is not before --to \(to).") }
  }

  func run() throws {
    let dataset = try dataOptions.dataset()
    let catalogue = dataset.catalogue
    let indicator = try catalogue.indicator(indicator)
    let division = try catalogue.division(units.division)
    let language = output.chosenLanguage
    let peers = try units.peerSet(catalogue, language)
    let marked = try mark.map { text in
      try UnitNames(register: catalogue.register, division: division).unit(text, level: .region)
    }
    let regions = division.regions.filter { region in
      peers.map { region.members.allSatisfy($0.members.contains) } ?? true
    }
    guard !regions.isEmpty else {
      throw CommandLineError(
        message: "No region of \(division.id) lies wholly within \(peers?.name ?? "the peers")."
      )
    }
    let panel = try dataset.panel(of: indicator.series)
    let rankings = try [from, to].map { year in
      try checkCoverage(of: indicator, year, in: panel)
      return try panel.rankings(request(indicator, year, division, dataset), at: Level.allCases)
        .byLevel
    }
    let comparison = MovementComparison(
      of: regions,
      before: rankings[0],
      after: rankings[1],
      register: catalogue.register,
      seed: seed
    )
    let report = MovementReport(
      comparison,
      indicator: indicator,
      years: (from, to),
      vintage: dataset.vintage,
      language: language
    )
    var peerRequest = request(indicator, to, division, dataset)
    peerRequest.level = .region
    peerRequest.peers = peers
    var result = report.report(
      context: ([division.name[language]] + [peers?.name].compactMap { $0 })
        .joined(separator: " · "),
      marking: marked?.code,
      notes: units.peerNotes(peerRequest, catalogue, language)
        + notes(panel, indicator, Set(regions.flatMap(\.members)))
    )
    result.notes = carriedNotes(rankings) + result.notes
    if winners, output.format == .csv { result.tables.removeFirst() }
    try output.show(result)
  }

  private func request(
    _ indicator: Indicator,
    _ year: Int,
    _ division: Division,
    _ dataset: Dataset
  ) -> RankingRequest {
    RankingRequest(
      indicator: indicator,
      year: year,
      level: .municipality,
      division: division,
      fill: units.fill,
      published: dataset.published(indicator)
    )
  }

  /// Refuses a year in which places say little, unless gaps are filled or places are published.
  private func checkCoverage(of indicator: Indicator, _ year: Int, in panel: Panel) throws {
    guard units.fill == .none, indicator.aggregation != .publishedRank,
      panel.years(of: indicator).contains(year)
    else { return }
    let covered = panel.wellCoveredYears(of: indicator)
    guard !covered.contains(year), !covered.isEmpty else { return }
    throw FigureError.fewFigures(indicator: indicator.id, year: year, years: covered)
  }

  /// How many places rest on carried figures, which stand still by rule; said first of all.
  private func carriedNotes(_ rankings: [[Level: Ranking]]) -> [String] {
    let nb = output.chosenLanguage == .nb
    return rankings.compactMap { $0[.municipality] }.filter { $0.carried > 0 }.map { ranking in
      let (year, carried, ranked) = (ranking.levels.year, ranking.carried, ranking.ranked)
      let note =
        nb
        ? "\(year): \(carried) av de \(ranked) rangerte bygger på videreførte tall."
        : "\(year): \(carried) of the \(ranked) ranked units rest on carried values."
      guard carried * 2 > ranked else { return note }
      return note
        + (nb
          ? " De står stille fordi tallene mangler: sammenlikningen sier ikke hvem som gikk mest fram."
          : " They stand still for want of figures: the comparison does not say who moved best.")
    }
  }

  private func notes(
    _ panel: Panel,
    _ indicator: Indicator,
    _ members: Set<Int>
  ) -> [String] {
    let language = output.chosenLanguage
    let breaks = panel.breaks.filter { item in
      indicator.series.contains(item.series) && item.year > from && item.year <= to
        && item.municipality.map { code in
          panel.register.position(ofCode: code).map(members.contains) ?? false
        } ?? true
    }
    return
      (breaks.isEmpty
      ? []
      : [
        language == .nb
          ? "Endringer over et brudd er ingen utvikling, men er med i tallene:"
          : "A change across a break is no development, but is in the figures:"
      ])
      + breaks.notes(in: panel.register, language)
      + indicator.series.compactMap { panel.series[$0] }.map { $0.sourceNote(language) }
  }
}
