public import Imports
public import Regions

/// What an update of several series brought.
public struct UpdateReport: Sendable {
  /// How the update of one series ended.
  public struct Row: Sendable {
    /// The id of the series.
    public let series: String
    /// The publisher's id of the table, or the word `file`.
    public let table: String
    /// When the publisher last changed it, if known.
    public let updated: String
    /// The figures, if there are any.
    public let proposal: ImportProposal?
    /// What became of it.
    public let result: Result

    /// Creates a row.
    public init(
      series: String,
      table: String,
      updated: String = "",
      proposal: ImportProposal? = nil,
      result: Result
    ) {
      self.series = series
      self.table = table
      self.updated = updated
      self.proposal = proposal
      self.result = result
    }
  }

  /// What became of a series.
  public enum Result: String, Sendable, Hashable {
    /// Its figures are stored.
    case stored
    /// They would be stored.
    case wouldBeStored = "would_be_stored"
    /// They are as before.
    case unchanged
    /// They are not stored, for reasons that are said.
    case refused
    /// They could not be fetched.
    case failed
    /// They come as a file that the user fetches.
    case file
  }

  private let rows: [Row]
  private let register: MunicipalityRegister
  private let language: Language

  /// Prepares a report.
  public init(_ rows: [Row], register: MunicipalityRegister, language: Language) {
    self.rows = rows
    self.register = register
    self.language = language
  }

  /// The report, with the tables `series` and, where figures change, `changes`.
  ///
  /// - Parameter notes: What else is to be said.
  /// - Returns: The report.
  public func report(notes: [String]) -> Report {
    let nb = language == .nb
    let new = rows.filter { $0.result != .unchanged }.compactMap(\.proposal)
    let details = ImportReport(new, register: register, language: language)
      .report(title: "", reading: [], outcome: "")
    let breaks = new.flatMap { proposal in
      proposal.breaks.notes(in: register, language).map { "\(proposal.description.id): \($0)" }
    }
    let remarks = new.flatMap { proposal in
      proposal.remarks.map { "\(proposal.description.id): \($0)" }
    }
    return Report(
      title: nb ? "Oppdatering" : "Update",
      tables: [seriesTable] + details.tables.filter { $0.name == "changes" },
      notes: remarks + breaks + notes
    )
  }

  private var seriesTable: Table {
    let nb = language == .nb
    var table = Table(
      name: "series",
      title: "",
      columns: [
        Table.Column("series", Wording.series[language]),
        Table.Column("table", nb ? "Tabell" : "Table"),
        Table.Column("updated", nb ? "Oppdatert" : "Updated"),
        Table.Column("first_year", nb ? "Fra" : "From"),
        Table.Column("last_year", nb ? "Til" : "To"),
        Table.Column("added", nb ? "Nye" : "New"),
        Table.Column("revised", nb ? "Endret" : "Revised"),
        Table.Column("lost", nb ? "Borte" : "Lost"),
        Table.Column("unchanged", nb ? "Like" : "Same"),
        Table.Column("result", nb ? "Utfall" : "Result"),
      ]
    )
    for row in rows {
      let changes = row.proposal?.changes
      let years = row.proposal?.columns.keys.sorted()
      table.add([
        .text(row.series), .text(row.table), .text(String(row.updated.prefix(10))),
        years?.first.map { .integer($0) } ?? .missing("–"),
        years?.last.map { .integer($0) } ?? .missing("–"),
        changes.map { .integer($0.added.count) } ?? .missing("–"),
        changes.map { .integer($0.revised.count) } ?? .missing("–"),
        changes.map { .integer($0.lost.count) } ?? .missing("–"),
        changes.map { .integer($0.unchanged + $0.rebased.count) } ?? .missing("–"),
        .word(row.result.rawValue, shown: word(row.result)),
      ])
    }
    return table
  }

  private func word(_ result: Result) -> String {
    let nb = language == .nb
    return switch result {
    case .stored: nb ? "lagret" : "stored"
    case .wouldBeStored: nb ? "ville blitt lagret" : "would be stored"
    case .unchanged: nb ? "uendret" : "unchanged"
    case .refused: nb ? "ikke lagret" : "not stored"
    case .failed: nb ? "ikke hentet" : "not fetched"
    case .file: nb ? "hentes som fil" : "comes as a file"
    }
  }
}
