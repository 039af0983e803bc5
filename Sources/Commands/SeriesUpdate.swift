internal import Datasets
internal import Fetching
internal import Imports
internal import Regions
internal import Reports

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// An update of several series: each stands for itself, and what is good is stored together.
struct SeriesUpdate {
  let store: ImportStore
  let importer: Importer
  let gate: ImportGate
  let isDryRun: Bool
  /// How each series ended, in order.
  private(set) var rows: [UpdateReport.Row] = []
  /// Why series were not fetched or not stored.
  private(set) var problems: [String] = []
  /// The code with which the program ends, if not all went well.
  private(set) var exitCode: Int32?
  private var items: [ImportStore.Item] = []
  private var instructions: [String] = []

  init(store: ImportStore, importer: Importer, gate: ImportGate, isDryRun: Bool) {
    self.store = store
    self.importer = importer
    self.gate = gate
    self.isDryRun = isDryRun
  }

  /// Fetches the series of one table.
  mutating func take(_ sources: [UpdateSource], from client: PxWebClient) {
    let table: FetchedTable
    do {
      table = try client.fetch(sources)
    } catch {
      problems.append(error.description)
      exitCode = EX_UNAVAILABLE
      rows += sources.map {
        UpdateReport.Row(series: $0.series, table: $0.table, result: .failed)
      }
      return
    }
    for source in sources { take(source, of: table) }
  }

  private mutating func take(_ source: UpdateSource, of table: FetchedTable) {
    var options = ImportOptions()
    options.assignments = [ImportOptions.Assignment(series: source.series)]
    let updated = table.provenance.updated
    do {
      let origin = "table \(source.table)"
      let proposals = try importer.proposals(for: table.cube, options: options, origin: origin)
      for proposal in proposals { judge(proposal, source, table.provenance) }
    } catch {
      problems.append("\(error)")
      exitCode = exitCode ?? EX_DATAERR
      rows.append(
        UpdateReport.Row(
          series: source.series,
          table: source.table,
          updated: updated,
          result: .refused
        )
      )
    }
  }

  private mutating func judge(
    _ proposal: ImportProposal,
    _ source: UpdateSource,
    _ provenance: Provenance
  ) {
    let register = store.dataset.catalogue.register
    let objections = gate.objections(to: proposal, register: register)
    let result: UpdateReport.Result
    if !objections.isEmpty {
      result = .refused
      problems += objections
      exitCode = exitCode ?? EX_DATAERR
    } else if proposal.changes.isEmpty {
      result = .unchanged
    } else {
      result = isDryRun ? .wouldBeStored : .stored
      items.append(ImportStore.Item(proposal: proposal, record: record(proposal, provenance)))
    }
    if provenance.isUnrevised {
      instructions.append(
        "\(source.series): KOSTRA's figures of last year are not revised before 15 June."
      )
    }
    rows.append(
      UpdateReport.Row(
        series: source.series,
        table: source.table,
        updated: provenance.updated,
        proposal: proposal,
        result: result
      )
    )
  }

  /// Lists a series that comes as a file.
  mutating func takeFile(_ source: UpdateSource) {
    instructions.append("\(source.series): \(source.instruction) (\(source.url))")
    rows.append(UpdateReport.Row(series: source.series, table: "file", result: .file))
  }

  /// Stores what is good.
  ///
  /// - Returns: What is to be said of it.
  /// - Throws: `DatasetError` when the layer cannot be written.
  mutating func finish() throws(DatasetError) -> [String] {
    var notes = instructions
    if isDryRun {
      notes.append("Nothing is stored (--dry-run).")
    } else if items.isEmpty {
      notes.append("Nothing is stored.")
    } else {
      let version = try store.store(items)
      notes.append("Stored in \(store.directory), vintage \(version).")
      if !store.isInUse { notes.append("Use it with --data \(store.directory).") }
    }
    return notes
  }

  private func record(_ proposal: ImportProposal, _ provenance: Provenance) -> ImportRecord {
    let years = proposal.columns.keys.sorted()
    let unrevised = provenance.isUnrevised ? "; not yet revised" : ""
    return ImportRecord(
      series: proposal.description.id,
      firstYear: years.first ?? 0,
      lastYear: years.last ?? 0,
      origin: provenance.url,
      format: "JSON-stat 2.0",
      sha256: provenance.sha256,
      bytes: provenance.bytes,
      table: provenance.table,
      updated: provenance.updated,
      retrieved: provenance.retrieved,
      query: provenance.query + unrevised
    )
  }
}
