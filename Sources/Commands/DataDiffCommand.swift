internal import ArgumentParser
internal import Datasets
internal import Regions
internal import Reports

/// `regionsim data diff`: how two vintages of the figures differ.
struct DataDiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compares two vintages of the figures: revised figures, moved places.",
    discussion: """
      Without more, the dataset alone is compared with the dataset and your layers over it. Every import
      that changes a layer keeps what was there before, under vintages/ in the folder of the layer;
      --vintage compares with one of these. Indicators are ranked in the latest year that both have.

      Examples:
        regionsim data diff
        regionsim data diff employed.20_66 --limit 20
        regionsim data diff --vintage 2026-11-26-1a2b3c4d
        regionsim data diff --before old/regionsim-data --format csv --what figures --all
      """
  )

  enum What: String, ExpressibleByArgument, CaseIterable {
    case all
    case series
    case figures
    case places
  }

  @Argument(help: "The series; without one, all of which a layer has figures.")
  var series: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "A folder of the vintage before: the dataset or a layer. May be repeated.",
      valueName: "folder"
    ),
    completion: .directory
  )
  var before: [String] = []

  @Option(
    help: ArgumentHelp("The kept vintage of your layer to compare with.", valueName: "version")
  )
  var vintage: String?

  @Option(help: "How many of the largest changes are shown.")
  var limit: Int = 10

  @Flag(help: "Show every change.")
  var all = false

  @Option(help: "all, series, figures or places.")
  var what: What = .all

  @Option(help: ArgumentHelp("The division whose regions are ranked.", valueName: "id"))
  var division: String = "regions-73"

  @OptionGroup var dataOptions: DataOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if limit < 1 { throw ValidationError("--limit must be at least 1.") }
    if vintage != nil, !before.isEmpty {
      throw ValidationError("Give only one of --before and --vintage.")
    }
  }

  func run() throws {
    let folders = try dataOptions.locator.folders()
    let new = try Dataset(folders)
    let old = try Dataset(try foldersBefore(folders))
    let ids = try series.map { try new.catalogue.series($0).id }
    let compared =
      ids.isEmpty
      ? Set((old.layers + new.layers).flatMap { $0.series.map(\.id) }).sorted() : ids
    let indicators = new.catalogue.indicators.filter { !Set($0.series).isDisjoint(with: compared) }
    let wanted = Set(indicators.flatMap(\.series)).union(compared)
    let panels = (try old.panel(of: wanted), try new.panel(of: wanted))
    var report = VintageReport(
      series: compared.map { changes(of: $0, panels.0, panels.1) },
      places: try indicators.flatMap { try places(of: $0, panels.0, panels.1, new) },
      register: new.catalogue.register,
      names: (old.vintage, new.vintage),
      language: output.chosenLanguage
    ).report(limit: all ? nil : limit)
    if what != .all { report.tables.removeAll { $0.name != what.rawValue } }
    try output.show(report)
  }

  private func foldersBefore(_ folders: DatasetFolders) throws -> DatasetFolders {
    if let vintage {
      let kept = folders.layers.map { "\($0)/vintages/\(vintage)" }
      guard let index = kept.firstIndex(where: DocumentFiles.exists) else {
        let known = folders.layers.flatMap(DatasetLocator.vintages(ofLayer:))
        let hint = nearestMatch(to: vintage, among: known).map { " Did you mean \($0)?" } ?? ""
        throw CommandLineError(
          message: "No layer keeps a vintage \(vintage).\(hint) Kept are: "
            + (known.isEmpty ? "none." : known.joined(separator: ", ") + ".")
        )
      }
      return DatasetFolders(
        dataset: folders.dataset,
        layers: folders.layers.prefix(index) + [kept[index]]
      )
    }
    guard !before.isEmpty else { return DatasetFolders(dataset: folders.dataset) }
    return try DatasetLocator.current(options: before).folders()
  }

  private func changes(of id: String, _ old: Panel, _ new: Panel) -> SeriesChanges {
    func columns(_ panel: Panel) -> [Int: Column] {
      Dictionary(
        uniqueKeysWithValues: panel.years(of: id).map { ($0, panel.column(id, year: $0)) }
      )
    }
    return SeriesChanges(
      series: id,
      before: columns(old),
      after: columns(new),
      years: old.years(of: id) + new.years(of: id)
    )
  }

  /// The moves of an indicator at both levels, in the latest year that both vintages have.
  private func places(
    of indicator: Indicator,
    _ old: Panel,
    _ new: Panel,
    _ dataset: Dataset
  ) throws -> [PlaceChanges] {
    let both = Set(old.wellCoveredYears(of: indicator))
    guard let year = new.wellCoveredYears(of: indicator).last(where: both.contains) else {
      return []
    }
    let request = RankingRequest(
      indicator: indicator,
      year: year,
      level: .municipality,
      division: try dataset.catalogue.division(division),
      published: dataset.published(indicator)
    )
    let levels: [Level] = [.municipality, .region]
    let (before, after) = (
      try old.rankings(request, at: levels).byLevel, try new.rankings(request, at: levels).byLevel
    )
    return levels.compactMap { level in
      before[level].flatMap { was in after[level].map { PlaceChanges(before: was, after: $0) } }
    }
  }
}
