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
    let (years, leftOut) = try years(of: indicator, in: panel)
    let rankings = try rankings(indicator, years, unit.level, division, dataset, panel)
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
      weights: weights(positions, in: panel, indicator, year: years.last ?? 0),
      showsMembers: members || rankings.allSatisfy { $0.byLevel[unit.level] == nil },
      notes: leftOut + notes(panel, indicator, years, positions)
    )
    if measures, output.format == .csv { result.tables.removeFirst() }
    try output.show(result)
  }

  /// The years that are shown, and a note on those that are left out.
  ///
  /// A year in which fewer than half of the municipalities have a figure is no year of a history,
  /// unless gaps are filled, or every year is so.
  private func years(
    of indicator: Indicator,
    in panel: Panel
  ) throws -> (years: [Int], leftOut: [String]) {
    let span = (from ?? .min)...(to ?? .max)
    let known = panel.years(of: indicator).filter { span ~= $0 }
    guard !known.isEmpty else {
      throw FigureError.noFigures(
        indicator: indicator.id,
        year: from ?? to ?? 0,
        years: panel.years(of: indicator)
      )
    }
    let covered = panel.wellCoveredYears(of: indicator).filter { span ~= $0 }
    guard !covered.isEmpty, units.fill == .none else { return (known, []) }
    let thin = known.filter { !covered.contains($0) }.map(String.init).joined(separator: ", ")
    guard !thin.isEmpty else { return (covered, []) }
    return (
      covered,
      [
        output.chosenLanguage == .nb
          ? "Utelatt: \(thin), der færre enn halvparten av kommunene har tall "
            + "(--fill carry tar dem med)."
          : "Left out: \(thin), in which fewer than half of the municipalities have a figure "
            + "(--fill carry takes them in)."
      ]
    )
  }

  private func rankings(
    _ indicator: Indicator,
    _ years: [Int],
    _ level: Level,
    _ division: Division,
    _ dataset: Dataset,
    _ panel: Panel
  ) throws -> [(year: Int, byLevel: [Level: Ranking])] {
    let peers = try units.peerSet(dataset.catalogue, output.chosenLanguage)
    return try years.map { year in
      let request = RankingRequest(
        indicator: indicator,
        year: year,
        level: level,
        division: division,
        peers: peers,
        fill: units.fill,
        published: dataset.published(indicator)
      )
      return (year: year, byLevel: try panel.rankings(request, at: Level.allCases).byLevel)
    }
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

  private func notes(
    _ panel: Panel,
    _ indicator: Indicator,
    _ years: [Int],
    _ members: [Int]
  ) -> [String] {
    let nb = output.chosenLanguage == .nb
    let span = (years.first ?? 0)...(years.last ?? 0)
    let series = [indicator.numerator, indicator.denominator].compactMap { $0 }
    let breaks = panel.breaks.filter { item in
      series.contains(item.series) && span.contains(item.year) && item.year > span.lowerBound
        && item.municipality.map { code in
          members.contains { panel.register.unit(at: $0).code == code }
        } ?? true
    }
    let isPublished = indicator.aggregation == .publishedRank
    let compared =
      nb
      ? "Bevegelse: plassen i raden over minus plassen i raden; pluss er opp. Målene sammenlikner det "
        + "første og det siste året"
      : "Movement: the place in the row above minus that in the row; plus is up. The measures "
        + "compare the first and the last year"
    let ties =
      nb
      ? "; i dem har like verdier gjennomsnittet av plassene sine."
      : "; in them equal values have the mean of their places."
    return [compared + (isPublished ? "." : ties)]
      + (breaks.isEmpty
        ? []
        : [
          nb
            ? "Endringer over et brudd er ingen utvikling:"
            : "A change across a break is no development:"
        ])
      + breaks.notes(in: panel.register, output.chosenLanguage)
      + indicator.series.compactMap { panel.series[$0] }
      .map { $0.sourceNote(output.chosenLanguage) }
  }
}
