public import Imports
public import Regions

/// What was understood of a file or an answer, before and after it is stored.
public struct ImportReport: Sendable {
  private let proposals: [ImportProposal]
  private let register: MunicipalityRegister
  private let language: Language
  private var nb: Bool { language == .nb }

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - proposals: The figures as they would be stored, one per series.
  ///   - register: The municipalities.
  ///   - language: The language of labels.
  public init(_ proposals: [ImportProposal], register: MunicipalityRegister, language: Language) {
    self.proposals = proposals
    self.register = register
    self.language = language
  }

  /// The report: how far the years are covered, what changes, and how the content was understood.
  ///
  /// - Parameters:
  ///   - title: The file or address.
  ///   - reading: How the file was read, one sentence each.
  ///   - outcome: What was done with it.
  ///   - limit: How many changed figures and unknown places are named.
  /// - Returns: The report, with the tables `years` and, where figures differ, `changes`.
  public func report(title: String, reading: [String], outcome: String, limit: Int = 10) -> Report {
    Report(
      title: title,
      tables: [yearsTable, changesTable(limit)].filter { $0.name == "years" || !$0.rows.isEmpty },
      notes: reading + proposals.flatMap { notes(on: $0, limit: limit) } + [outcome]
    )
  }

  private var yearsTable: Table {
    var table = Table(
      name: "years",
      title: nb ? "Dekning" : "Coverage",
      columns: [
        Table.Column("series", Wording.series[language]),
        Table.Column("year", Wording.year[language]),
        Table.Column("municipalities", nb ? "Kommuner" : "Municipalities"),
        Table.Column("of", Wording.of[language]),
        Table.Column("basis", Wording.basis[language]),
        Table.Column("missing", nb ? "Mangler" : "Missing"),
        Table.Column("sum", "Sum", meaning: "The sum over the municipalities"),
        Table.Column("country", nb ? "Landet, publisert" : "The country, published"),
        Table.Column("difference", nb ? "Forskjell" : "Difference"),
      ]
    )
    for proposal in proposals {
      let decimals = proposal.description.decimals
      let isSummable = proposal.description.isSummable
      for year in proposal.coverage {
        let country = year.country
        table.add([
          .text(proposal.description.id), .integer(year.year), .integer(year.municipalities),
          .integer(register.municipalities.count),
          .text(counts(year.bases.map { (Wording.basis($0.key)[language], $0.value) })),
          .text(counts(year.missing.map { (Wording.reason($0.key)[language], $0.value) })),
          isSummable ? .number(year.sum, decimals: decimals) : .missing("–"),
          country.map { .number($0, decimals: decimals) } ?? .missing("–"),
          isSummable
            ? country.map { .signed(year.sum - $0, decimals: decimals) } ?? .missing("–")
            : .missing("–"),
        ])
      }
    }
    return table
  }

  private func changesTable(_ limit: Int) -> Table {
    var table = Table(
      name: "changes",
      title: nb ? "Tall som er der fra før, og endres" : "Figures that are there and change",
      columns: [
        Table.Column("series", Wording.series[language]),
        Table.Column("code", Wording.code[language]),
        Table.Column("name", Wording.municipality[language]),
        Table.Column("year", Wording.year[language]),
        Table.Column("before", nb ? "Før" : "Before"), Table.Column("after", nb ? "Nå" : "Now"),
        Table.Column("basis_before", nb ? "Grunnlag før" : "Basis before"),
      ]
    )
    for proposal in proposals {
      let changes = proposal.changes
      let decimals = proposal.description.decimals
      for change in (changes.largest(limit) + changes.lost.prefix(limit)).prefix(limit) {
        let unit = register.unit(at: change.position)
        let basis = change.statusBefore.basis
        table.add([
          .text(proposal.description.id), .text(unit.code), .text(unit.name),
          .integer(change.year), .number(change.before, decimals: decimals),
          change.after.isNaN ? .missing("–") : .number(change.after, decimals: decimals),
          .word(
            change.statusBefore.word,
            shown: basis.map { Wording.basis($0)[language] } ?? change.statusBefore.word
          ),
        ])
      }
    }
    return table
  }

  private func counts(_ items: [(word: String, count: Int)]) -> String {
    items.sorted { $0.word < $1.word }.map { "\($0.count) \($0.word)" }.joined(separator: ", ")
  }

  private func notes(on proposal: ImportProposal, limit: Int) -> [String] {
    let selection = proposal.selection
    let content = selection.content.map { " (\($0))" } ?? ""
    var notes = [
      "\(selection.series)\(content): \(selection.explanations.joined(separator: "; "))."
    ]
    if selection.factor != 1 {
      let factor = NumberText.exact(selection.factor)
      notes.append(nb ? "Tallene ganges med \(factor)." : "Figures are multiplied by \(factor).")
    }
    notes += placeNotes(proposal.places, limit: limit)
    notes += proposal.remarks
    notes += changeNotes(proposal)
    notes += proposal.breaks.notes(in: register, language)
    return notes
  }

  private func placeNotes(_ places: PlaceAssignment, limit: Int) -> [String] {
    var parts = [
      nb ? "\(places.municipalities) kommuner" : "\(places.municipalities) municipalities"
    ]
    parts += places.others.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    if places.zerosRestored > 0 {
      parts.append(
        nb
          ? "\(places.zerosRestored) numre fikk nullen foran tilbake"
          : "\(places.zerosRestored) codes got their leading zero back"
      )
    }
    var notes = [(nb ? "Steder: " : "Places: ") + parts.joined(separator: ", ") + "."]
    let unknown = places.unknown
    if !unknown.isEmpty {
      let shown = unknown.prefix(limit).map {
        "\"\($0.label)\"\($0.hint.isEmpty ? "" : " (\($0.hint))")"
      }
      let more = unknown.count > limit ? ", …" : ""
      notes.append(
        (nb ? "Ikke gjenkjent (\(unknown.count)): " : "Not recognised (\(unknown.count)): ")
          + shown.joined(separator: ", ") + more + "."
      )
    }
    return notes
  }

  private func changeNotes(_ proposal: ImportProposal) -> [String] {
    let changes = proposal.changes
    let series = proposal.description.id
    return [
      nb
        ? "\(series): \(changes.added.count) nye tall, \(changes.unchanged + changes.rebased.count) uendret, "
          + "\(changes.revised.count) endret, \(changes.lost.count) borte."
        : "\(series): \(changes.added.count) new figures, \(changes.unchanged + changes.rebased.count) "
          + "unchanged, \(changes.revised.count) revised, \(changes.lost.count) lost."
    ]
  }
}
