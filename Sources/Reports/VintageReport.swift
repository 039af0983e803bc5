public import Regions

/// How two vintages of the figures differ: figures, places and history.
public struct VintageReport: Sendable {
  private let series: [SeriesChanges]
  private let places: [PlaceChanges]
  private let register: MunicipalityRegister
  private let names: (before: String, after: String)
  private let language: Language

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - series: The changes of each series.
  ///   - places: The changes of places, of indicators that rest on these series.
  ///   - register: The municipalities.
  ///   - names: What the vintages are called.
  ///   - language: The language of labels.
  public init(
    series: [SeriesChanges],
    places: [PlaceChanges],
    register: MunicipalityRegister,
    names: (before: String, after: String),
    language: Language
  ) {
    self.series = series
    self.places = places
    self.register = register
    self.names = names
    self.language = language
  }

  /// The report, with the tables `series`, `figures` and `places`.
  ///
  /// - Parameter limit: How many of the largest changes are shown of each series, and how many of the
  ///   furthest moves of each indicator; `nil` for all.
  /// - Returns: The report.
  public func report(limit: Int?) -> Report {
    let nb = language == .nb
    let differing = series.filter { !$0.isEmpty }
    let summary =
      differing.isEmpty
      ? (nb ? "Tallene er de samme." : "The figures are the same.")
      : nb
        ? "\(differing.count) av \(series.count) serier er endret."
        : "\(differing.count) of \(series.count) series differ."
    return Report(
      title: nb
        ? "Fra \(names.before) til \(names.after)" : "From \(names.before) to \(names.after)",
      tables: [seriesTable, figuresTable(limit), placesTable(limit)].filter {
        $0.name == "series" || !$0.rows.isEmpty
      },
      notes: [summary] + revisions + [Wording.dataset(names.after, language)]
    )
  }

  /// A line for every series whose history is revised.
  private var revisions: [String] {
    series.filter { !$0.revisedYears.isEmpty }.map { changes in
      let years = changes.revisedYears.map(String.init).joined(separator: ", ")
      return language == .nb
        ? "\(changes.series): tall som var der, er endret eller borte i \(years)."
        : "\(changes.series): figures that were there are revised or gone in \(years)."
    }
  }

  private var seriesTable: Table {
    let nb = language == .nb
    var table = Table(
      name: "series",
      title: Wording.series[language],
      columns: [
        Table.Column("series", Wording.series[language]),
        Table.Column("revised", nb ? "Endret" : "Revised", meaning: "Figures of another value"),
        Table.Column("added", nb ? "Nye" : "Added", meaning: "Figures that were missing"),
        Table.Column("lost", nb ? "Borte" : "Lost", meaning: "Figures that are missing now"),
        Table.Column(
          "rebased",
          nb ? "Nytt grunnlag" : "Other basis",
          meaning: "Figures of the same value that rest on something else"
        ),
        Table.Column(
          "unchanged",
          nb ? "Uendret" : "Unchanged",
          meaning: "Figures that are the same"
        ),
      ]
    )
    for changes in series {
      table.add([
        .text(changes.series), .integer(changes.revised.count), .integer(changes.added.count),
        .integer(changes.lost.count), .integer(changes.rebased.count), .integer(changes.unchanged),
      ])
    }
    return table
  }

  private func figuresTable(_ limit: Int?) -> Table {
    let nb = language == .nb
    var table = Table(
      name: "figures",
      title: nb ? "De største endringene" : "The largest changes",
      columns: [
        Table.Column("series", Wording.series[language]),
        Table.Column("code", Wording.code[language]),
        Table.Column("name", Wording.municipality[language]),
        Table.Column("year", Wording.year[language]),
        Table.Column("before", nb ? "Før" : "Before"), Table.Column("after", nb ? "Nå" : "Now"),
        Table.Column("percent", nb ? "Prosent" : "Per cent"),
        Table.Column("basis_before", nb ? "Grunnlag før" : "Basis before"),
        Table.Column("basis_after", nb ? "Grunnlag nå" : "Basis now"),
      ]
    )
    for changes in series {
      let largest = changes.largest(limit ?? .max)
      let rest = limit == nil ? changes.lost + changes.added : []
      for change in largest + rest {
        let unit = register.unit(at: change.position)
        table.add([
          .text(changes.series), .text(unit.code), .text(unit.name), .integer(change.year),
          cell(change.before), cell(change.after),
          change.relative.map { .signed(100 * $0, decimals: 1) } ?? .missing("–"),
          status(change.statusBefore), status(change.statusAfter),
        ])
      }
    }
    return table
  }

  private func placesTable(_ limit: Int?) -> Table {
    let nb = language == .nb
    var table = Table(
      name: "places",
      title: nb ? "Plasser som er flyttet" : "Places that moved",
      columns: [
        Table.Column("indicator", Wording.indicator[language]),
        Table.Column("year", Wording.year[language]), Table.Column("level", nb ? "Nivå" : "Level"),
        Table.Column(
          "moved",
          nb ? "Flyttet" : "Moved",
          meaning: "How many units have another place"
        ),
        Table.Column("ranked", Wording.of[language], meaning: "How many units are ranked now"),
        Table.Column("code", Wording.code[language]), Table.Column("name", Wording.unit[language]),
        Table.Column("before", nb ? "Før" : "Before"), Table.Column("after", nb ? "Nå" : "Now"),
      ]
    )
    for changes in places {
      for change in changes.changes.prefix(limit ?? .max) {
        table.add([
          .text(changes.indicator), .integer(changes.year), .text(changes.level.rawValue),
          .integer(changes.changes.count), .integer(changes.ranked.after),
          .text(change.unit.code), .text(change.unit.name), .place(change.before),
          .place(change.after),
        ])
      }
    }
    return table
  }

  private func cell(_ value: Double) -> Table.Cell {
    guard !value.isNaN else { return .missing("–") }
    return .number(value, decimals: value == value.rounded() ? 0 : 2)
  }

  private func status(_ status: FigureStatus) -> Table.Cell {
    switch status {
    case .present(let basis): .word(basis.rawValue, shown: Wording.basis(basis)[language])
    case .missing(let reason): .word(reason.rawValue, shown: Wording.reason(reason)[language])
    }
  }
}
