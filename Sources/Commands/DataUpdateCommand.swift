internal import ArgumentParser
internal import Cubes
internal import Datasets
internal import Fetching
internal import Imports
internal import Regions
internal import Reports

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// `regionsim data update`: the newest figures from Statistics Norway.
struct DataUpdateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update",
    abstract: "Fetches the newest figures from SSB into a layer of your own.",
    discussion: """
      Each series is fetched as the dataset's update_sources.csv says: table, contents and codes, checked \
      against the table's metadata first. Figures of the same table, estimates and figures printed in a \
      plan are replaced by newer ones, and what is revised is shown; figures of another source only with \
      --replace. A series that fails leaves the others, and the figures that are there, as they are.

      Answers are kept in a cache, so that an update that was cut short goes on where it ended. Proxies are \
      those of https_proxy and no_proxy. Series that come as files are listed with how to get them.

      Examples:
        regionsim data update employed.20_66 employment.base
        regionsim data update --dry-run
        regionsim data update --offline
        regionsim data update population.total --into my-data

      Exit codes: 0 all is as new as the server has it; 65 figures were not stored, for reasons that are \
      said; 69 a series could not be fetched.
      """
  )

  @Argument(help: "The series; without one, all that SSB's tables have.")
  var series: [String] = []

  @Flag(help: "Use only answers that are kept in the cache; make no connection.")
  var offline = false

  @Option(help: ArgumentHelp("The address of the PxWebApi 2.", valueName: "url"))
  var server = "https://data.ssb.no/api/pxwebapi/v2"

  @Option(help: ArgumentHelp("The address of Klass.", valueName: "url"))
  var klass = "https://data.ssb.no/api/klass/v1"

  @Option(
    help: ArgumentHelp(
      "The folder in which answers are kept.",
      discussion: "Without it: regionsim in XDG_CACHE_HOME or ~/.cache.",
      valueName: "folder"
    ),
    completion: .directory
  )
  var cache: String?

  @OptionGroup(title: "Storing") var storing: StoreOptions
  @OptionGroup var dataOptions: DataOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let store = try ImportStore(into: storing.into, locator: dataOptions.locator)
    let sources = try wanted(try store.dataset.updateSources())
    var update = SeriesUpdate(
      store: store,
      importer: try Importer(store.dataset),
      gate: gate,
      isDryRun: storing.dryRun
    )
    let progress = ProgressLine(output.chosenLanguage == .nb ? "Henter" : "Fetching")
    let client = PxWebClient(
      base: server,
      transfer: transfer,
      settings: settings,
      progress: { progress.show(step: $0) }
    )
    for group in PxWebClient.groups(of: sources.filter { $0.method == .pxwebapi }) {
      update.take(group, from: client)
    }
    for source in sources where source.method == .file { update.takeFile(source) }
    progress.end()
    var notes = try update.finish()
    if !sources.isEmpty { notes += klassNotes(try store.dataset.municipalityHistory()) }
    try output.show(
      UpdateReport(
        update.rows,
        register: store.dataset.catalogue.register,
        language: output.chosenLanguage
      ).report(notes: notes)
    )
    for problem in update.problems { printError("regionsim: \(problem)") }
    if let code = update.exitCode { throw ExitCode(code) }
  }

  private var gate: ImportGate {
    var gate = storing.gate
    gate.isUpdate = true
    return gate
  }

  private var transfer: Transfer { Transfer(userAgent: "regionsim/\(Regionsim.version)") }

  private var settings: FetchSettings {
    let environment = ProcessInfo.processInfo.environment
    let home = environment["XDG_CACHE_HOME"] ?? environment["HOME"].map { $0 + "/.cache" }
    var settings = FetchSettings()
    settings.cache = cache ?? home.map { $0 + "/regionsim" }
    settings.isOffline = offline
    return settings
  }

  /// The sources of the series that are named; of all that SSB's tables have where none is.
  private func wanted(_ all: [UpdateSource]) throws -> [UpdateSource] {
    guard !series.isEmpty else { return all }
    return try series.map { id in
      guard let found = all.first(where: { $0.series == id }) else {
        let known = all.map(\.series)
        let hint = nearestMatch(to: id, among: known).map { " Did you mean \($0)?" } ?? ""
        throw CommandLineError(
          message: "The dataset does not say where \"\(id)\" is fetched.\(hint) It says so of: "
            + known.joined(separator: ", ") + "."
        )
      }
      return found
    }
  }

  /// Whether Klass knows changes of numbers that the dataset does not.
  private func klassNotes(_ history: MunicipalityHistory) -> [String] {
    let nb = output.chosenLanguage == .nb
    let client = KlassClient(base: klass, transfer: transfer, settings: settings)
    let year = Int(ImportStore.now.ISO8601Format().prefix(4)) ?? history.latestYear
    do {
      let changes = try client.changes(missingIn: history, to: "\(year + 1)-01-02")
      guard let first = changes.first else { return [] }
      let example = "\(first.oldCode ?? "–") \(first.oldName ?? "") → \(first.newCode ?? "–")"
      return [
        nb
          ? "Klass har \(changes.count) endringer i kommunenumrene som datasettet ikke kjenner, som \(example)."
          : "Klass has \(changes.count) changes of municipality numbers that the dataset does not know, such "
            + "as \(example)."
      ]
    } catch {
      return [
        nb
          ? "Om kommunenumrene er endret, er ikke sjekket: \(error.description)"
          : "Whether municipality numbers changed was not checked: \(error.description)"
      ]
    }
  }
}
