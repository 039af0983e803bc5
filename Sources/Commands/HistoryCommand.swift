internal import ArgumentParser
internal import Datasets
internal import Regions
internal import Reports

/// `regionsim history`: places over the years, and the six measures of movement.
struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Shows a unit's places over the years and its movement in six measures.",
    discussion: """
      Examples:
        regionsim history Mosseregionen --indicator population.total --from 2014 --to 2024
        regionsim history Mosseregionen --indicator knm.total.rank --members
        regionsim history Moss --indicator jobs.private.per_inhabitant --format csv

      The measures F1–F6 compare the first year shown with the last. With --format csv the years \
      are written; --measures writes the measures instead.
      """
  )

  @Argument(help: "A municipality or region, by code or name.")
  var unit: String

  @Option(help: ArgumentHelp("The indicator.", valueName: "id"))
  var indicator: String

  @Option(help: "The first year.")
  var from: Int?

  @Option(help: "The last year.")
  var to: Int?

  @Flag(help: "Show the region's municipalities too.")
  var members = false

  @Flag(help: "With --format csv: write the measures of movement instead of the years.")
  var measures = false

  @OptionGroup var units: UnitOptions
  @OptionGroup var dataOptions: DataOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let from, let to, from > to {
      throw ValidationError("--from \(from) is after --to \(to).")
    }
  }

  func run() throws {
    let dataset = try dataOptions.dataset()
    let catalogue = dataset.catalogue
    let division = try catalogue.division(units.division)
    let unit = try UnitNames(register: catalogue.register, division: division).unit(unit)
    let indicator = try catalogue.indicator(indicator)
    let panel = try dataset.panel(of: indicator.series)
    let years = panel.years(of: indicator)
      .filter { (from ?? .min)...(to ?? .max) ~= $0 }
    guard let last = years.last else {
      throw FigureError.noFigures(
        indicator: indicator.id,
        year: from ?? to ?? 0,
        years: panel.years(of: indicator)
      )
    }
    let peers = try units.peerSet(catalogue, output.chosenLanguage)
    let rankings = try years.map { year in
      let request = RankingRequest(
        indicator: indicator,
        year: year,
        level: unit.level,
        division: division,
        peers: peers,
        fill: units.fill,
        published: dataset.published(indicator)
      )
      return (year: year, byLevel: try panel.rankings(request, at: Level.allCases).byLevel)
    }
    let region = division.regions.first { $0.code == unit.code && unit.level == .region }
    let positions =
      region?.members ?? [catalogue.register.position(ofCode: unit.code)].compactMap { $0 }
    let report = HistoryReport(
      unit: unit,
      members: positions.map { catalogue.register.unit(at: $0) },
      indicator: indicator,
      rankings: rankings,
      vintage: dataset.vintage,
      language: output.chosenLanguage
    )
    var result = report.report(
      weights: weights(positions, in: panel, indicator, year: last),
      showsMembers: members || rankings.allSatisfy { $0.byLevel[unit.level] == nil },
      notes: notes(panel, indicator, years)
    )
    if measures, output.format == .csv { result.tables.removeFirst() }
    try output.show(result)
  }

  /// The members' inhabitants in the last year shown, or the latest year before it.
  private func weights(
    _ positions: [Int],
    in panel: Panel,
    _ indicator: Indicator,
    year: Int
  ) -> [Double]? {
    let series =
      indicator.aggregation == .publishedRank ? indicator.weight : "population.total"
    guard let series, let known = panel.years(of: series).last(where: { $0 <= year }) else {
      return nil
    }
    let values = panel.column(series, year: known).values
    let weights = positions.map { values[$0] }
    return weights.contains(where: \.isNaN) ? nil : weights
  }

  private func notes(_ panel: Panel, _ indicator: Indicator, _ years: [Int]) -> [String] {
    let nb = output.chosenLanguage == .nb
    let shown = Set(years.dropFirst())
    let national = panel.breaks.filter { $0.municipality == nil && shown.contains($0.year) }
      .filter { [indicator.numerator, indicator.denominator].contains($0.series) }
    return [
      nb
        ? "Bevegelse: plassen året før minus plassen i året; pluss er opp. Målene sammenlikner det "
          + "første og det siste året."
        : "Movement: the place in the year before minus that in the year; plus is up. The measures "
          + "compare the first and the last year."
    ]
      + national.map { "\(nb ? "Brudd" : "Break") \($0.year), \($0.series): \($0.reason)" }
      + indicator.series.compactMap { panel.series[$0] }
      .map { $0.sourceNote(output.chosenLanguage) }
  }
}
