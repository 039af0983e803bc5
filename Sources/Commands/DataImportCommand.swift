internal import ArgumentParser
internal import Cubes
internal import Datasets
internal import Imports
internal import Regions
internal import Reports

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// `regionsim data import`: figures from files of official statistics.
struct DataImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Takes figures from files of SSB, KS/KDD, NHO and others into a layer of your own.",
    discussion: """
      Reads JSON-stat, PX, the CSV and xlsx files of SSB's table service, and any table with a column of \
      municipalities; the format is recognised by the content. Figures on the municipalities of any year \
      since 2013 are carried to those of 2024: renumbered and merged exactly, split ones by weights and \
      then as estimates. SSB's symbols for missing figures are kept as reasons, never as zeros.

      The figures go into a folder of your own (regionsim-data in the working directory, or --into), \
      which lies over the dataset from then on; the dataset itself is never changed. Nothing is stored \
      where figures that are there would change (--replace), places are not recognised \
      (--skip-unknown) or the municipalities do not sum to the country's figure (--accept-totals).

      Examples:
        regionsim data import 11618.json --dry-run
        regionsim data import 11618.json
        regionsim data import jobs.csv --as employed.20_66 --map Kjonn=0 --map Alder=20-66
        regionsim data import settlement.xlsx --as tax.before --year 2025
        regionsim data import broadband.csv --as broadband.share --new-series "Bredbånd, andel" \
      --unit percent --direction higher

      Exit codes: 0 stored, or shown with --dry-run; 64 it is not clear what is meant; 65 the content is \
      wrong, or figures that are there would change; nothing is stored then.
      """
  )

  @Argument(help: "The files.", completion: .file())
  var files: [String]

  @Option(
    name: .customLong("as"),
    parsing: .singleValue,
    help: ArgumentHelp(
      "Which series it is. May be repeated, as content=series.",
      valueName: "series"
    )
  )
  var series: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "What is taken of another dimension: codes joined by + are added up, a..b is a range, * all.",
      valueName: "dimension=codes"
    )
  )
  var map: [String] = []

  @OptionGroup(title: "Tables of cells") var table: TableOptions
  @OptionGroup(title: "What the file does not say") var facts: FactOptions
  @OptionGroup(title: "Storing") var storing: StoreOptions
  @OptionGroup var dataOptions: DataOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if files.isEmpty { throw ValidationError("Give a file.") }
    _ = try options()
    _ = try table.gridOptions
  }

  private func options() throws -> ImportOptions {
    var options = try facts.importOptions()
    options.assignments = series.map { text in
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      return parts.count == 2
        ? ImportOptions.Assignment(content: parts[0], series: parts[1])
        : ImportOptions.Assignment(series: text)
    }
    options.choices = try map.map { text in
      guard let choice = UpdateSource.Choice(text) else {
        throw ValidationError("--map must be like Kjonn=0 or Alder=020..066, not \"\(text)\".")
      }
      return choice
    }
    if options.newSeries != nil, series.count != 1 {
      throw ValidationError("With --new-series, --as gives the id of the series.")
    }
    return options
  }

  func run() throws {
    let store = try ImportStore(into: storing.into, locator: dataOptions.locator)
    let importer = try Importer(store.dataset)
    let language = output.chosenLanguage
    var readings: [String] = []
    var items: [ImportStore.Item] = []
    for file in files {
      let bytes = try DocumentFiles.bytes(file)
      let reading = try CubeFile.read(file: file, bytes: bytes, options: try table.gridOptions)
      readings += reading.sentences(file, language)
      let source = SourceFile(
        name: URL(filePath: file).lastPathComponent,
        format: reading.format,
        size: bytes.count,
        sha256: SHA256.hexadecimal(of: bytes)
      )
      for cube in reading.cubes {
        let proposals = try importer.proposals(
          for: cube,
          options: try options(),
          origin: source.name
        )
        items += proposals.map { proposal in
          ImportStore.Item(proposal: proposal, record: record(proposal, source, cube))
        }
      }
    }
    try ImportStore.checkOverlaps(items)
    try finish(items, store, readings)
  }

  /// Shows what was understood and, where nothing speaks against it, stores it.
  private func finish(
    _ items: [ImportStore.Item],
    _ store: ImportStore,
    _ readings: [String]
  ) throws {
    let language = output.chosenLanguage
    let register = store.dataset.catalogue.register
    let objections = items.flatMap { item in
      storing.gate.objections(to: item.proposal, register: register)
    }
    let outcome: String
    if !objections.isEmpty {
      outcome = language == .nb ? "Ingenting er lagret." : "Nothing is stored."
    } else if storing.dryRun {
      outcome =
        language == .nb
        ? "Ingenting er lagret (--dry-run)." : "Nothing is stored (--dry-run)."
    } else {
      let version = try store.store(items)
      let use = store.isInUse ? "" : " --data \(store.directory)"
      outcome =
        language == .nb
        ? "Lagret i \(store.directory), utgave \(version)."
          + (use.isEmpty ? "" : " Bruk det med\(use).")
        : "Stored in \(store.directory), vintage \(version)."
          + (use.isEmpty ? "" : " Use it with\(use).")
    }
    try output.show(
      ImportReport(items.map(\.proposal), register: register, language: language)
        .report(title: files.joined(separator: ", "), reading: readings, outcome: outcome)
    )
    guard objections.isEmpty else {
      throw ImportError(
        .conflict,
        origin: files.joined(separator: ", "),
        "Nothing is stored:\n" + objections.map { "  " + $0 }.joined(separator: "\n")
      )
    }
  }

  /// A file as it was read, for the record of each series that it has.
  private struct SourceFile {
    let name: String
    let format: String
    let size: Int
    let sha256: String
  }

  private func record(
    _ proposal: ImportProposal,
    _ source: SourceFile,
    _ cube: Cube
  ) -> ImportRecord {
    let years = proposal.columns.keys.sorted()
    return ImportRecord(
      series: proposal.description.id,
      firstYear: years.first ?? 0,
      lastYear: years.last ?? 0,
      origin: source.name,
      format: source.format,
      sha256: source.sha256,
      bytes: source.size,
      table: facts.table ?? cube.table ?? "",
      updated: cube.updated ?? "",
      retrieved: ImportStore.now.ISO8601Format(),
      query: proposal.selection.explanations.joined(separator: "; ")
    )
  }
}
