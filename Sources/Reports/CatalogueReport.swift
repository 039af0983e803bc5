public import Datasets
public import Regions

/// What a dataset holds: lists, and one thing in full.
public struct CatalogueReport: Sendable {
  private let dataset: Dataset
  private let language: Language

  /// Prepares a report.
  public init(_ dataset: Dataset, language: Language) {
    self.dataset = dataset
    self.language = language
  }

  /// All series, with how complete they are, indicators and divisions.
  ///
  /// - Returns: The report, with the tables `series`, `indicators` and `divisions`.
  /// - Throws: `DatasetError` when the figures cannot be read.
  public func list() throws(DatasetError) -> Report {
    let panel = try dataset.panel(of: dataset.catalogue.series.map(\.id))
    return Report(
      title: ([dataset.description] + dataset.layers.map(\.description))
        .map { "\($0.title), \($0.version)" }.joined(separator: "; "),
      tables: [seriesTable(panel), indicatorTable, divisionTable],
      notes: [
        language == .nb
          ? "Mappe: \(dataset.directory). Ett oppslag: regionsim data show ID."
          : "Folder: \(dataset.directory). One in full: regionsim data show ID."
      ]
    )
  }

  private func seriesTable(_ panel: Panel) -> Table {
    var table = Table(
      name: "series",
      title: Wording.series[language],
      columns: [
        Table.Column("id", "Id"),
        Table.Column("name", Wording.name[language]),
        Table.Column("unit", Wording.unit[language]),
        Table.Column("first_year", language == .nb ? "Fra" : "From"),
        Table.Column("last_year", language == .nb ? "Til" : "To"),
        Table.Column("figures", language == .nb ? "Tall" : "Figures"),
        Table.Column("missing", language == .nb ? "Mangler" : "Missing"),
        Table.Column("layer", dataset.layers.isEmpty ? nil : language == .nb ? "Lag" : "Layer"),
        Table.Column("vintage", language == .nb ? "Utgave" : "Vintage"),
        Table.Column("source", Wording.source[language]),
        Table.Column("licence", nil),
      ]
    )
    for series in dataset.catalogue.series {
      let figures = panel.years(of: series.id)
        .flatMap { panel.column(series.id, year: $0).statuses }
      table.add([
        .text(series.id), .text(series.name[language]),
        .word(series.unit.rawValue, shown: Wording.unitName(series.unit)[language]),
        series.years.map { .integer($0.lowerBound) } ?? .missing("–"),
        series.years.map { .integer($0.upperBound) } ?? .missing("–"),
        series.years == nil
          ? .missing(language == .nb ? "ingen tall ennå" : "no figures yet")
          : .integer(figures.count { $0.basis != nil }),
        .integer(figures.count { $0.basis == nil && $0 != .missing(.notInSeries) }),
        .text(origins(series)),
        .text(series.vintage), .text(series.source), .text(series.licence),
      ])
    }
    return table
  }

  private var indicatorTable: Table {
    var table = Table(
      name: "indicators",
      title: language == .nb ? "Indikatorer" : "Indicators",
      columns: [
        Table.Column("id", "Id"),
        Table.Column("name", Wording.name[language]),
        Table.Column("unit", Wording.unit[language]),
        Table.Column("direction", language == .nb ? "Retning" : "Direction"),
        Table.Column("aggregation", language == .nb ? "Til region" : "To region"),
        Table.Column("numerator", nil),
        Table.Column("denominator", nil),
      ]
    )
    for indicator in dataset.catalogue.indicators {
      table.add([
        .text(indicator.id), .text(indicator.name[language]),
        .word(indicator.unit.rawValue, shown: Wording.unitName(indicator.unit)[language]),
        .word(
          indicator.direction.rawValue,
          shown: Wording.direction(indicator.direction)[language]
        ),
        .word(
          indicator.aggregation.rawValue,
          shown: Wording.aggregation(indicator.aggregation)[language]
        ),
        .text(indicator.numerator), .text(indicator.denominator ?? ""),
      ])
    }
    return table
  }

  private var divisionTable: Table {
    var table = Table(
      name: "divisions",
      title: language == .nb ? "Inndelinger" : "Divisions",
      columns: [
        Table.Column("id", "Id"),
        Table.Column("name", Wording.name[language]),
        Table.Column("kind", language == .nb ? "Slag" : "Kind"),
        Table.Column("regions", language == .nb ? "Regioner" : "Regions"),
        Table.Column("municipalities", language == .nb ? "Kommuner" : "Municipalities"),
        Table.Column("source", Wording.source[language]),
      ]
    )
    for division in dataset.catalogue.divisions {
      table.add([
        .text(division.id), .text(division.name[language]),
        .word(division.kind.rawValue, shown: Wording.kind(division.kind)[language]),
        .integer(division.regions.count), .integer(division.members.count), .text(division.source),
      ])
    }
    return table
  }

  /// One series in full: what is known of it, and how complete each year is.
  ///
  /// - Throws: `DatasetError` when its figures cannot be read.
  public func report(on series: Series) throws(DatasetError) -> Report {
    let panel = try dataset.panel(of: [series.id])
    var table = Table(
      name: "years",
      title: "",
      columns: [
        Table.Column("year", Wording.year[language]),
        Table.Column("present", language == .nb ? "Med tall" : "With a figure"),
        Table.Column("sum", series.isSummable ? "Sum" : nil),
        Table.Column("basis", Wording.basis[language]),
        Table.Column("missing", language == .nb ? "Mangler" : "Missing"),
      ]
    )
    for year in panel.years(of: series.id) {
      let column = panel.column(series.id, year: year)
      let present = column.values.filter { !$0.isNaN }
      table.add([
        .integer(year), .integer(present.count),
        .number(present.reduce(0, +), decimals: series.decimals),
        .text(counts(column) { $0.basis.map { Wording.basis($0)[language] } }),
        .text(
          counts(column) { status in
            guard case .missing(let reason) = status, reason != .notInSeries else { return nil }
            return Wording.reason(reason)[language]
          }
        ),
      ])
    }
    return Report(
      title: "\(series.id): \(series.name[language]) (\(Wording.unitName(series.unit)[language]))",
      tables: [table],
      notes: [series.fullNote(language)]
        + [(language == .nb ? "Lisens: " : "Licence: ") + series.licence]
        + panel.breaks.filter { $0.series == series.id && series.years?.contains($0.year) ?? false }
        .notes(in: panel.register, language)
        + [Wording.dataset(vintage, language)]
    )
  }

  /// One indicator in full: how it is computed, and with how many figures in each year.
  ///
  /// - Throws: `DatasetError` when its figures cannot be read.
  public func report(on indicator: Indicator) throws(DatasetError) -> Report {
    let panel = try dataset.panel(of: indicator.series)
    var table = Table(
      name: "years",
      title: "",
      columns: [
        Table.Column("year", Wording.year[language]),
        Table.Column("present", language == .nb ? "Med tall" : "With a figure"),
        Table.Column("country", language == .nb ? "Landet" : "The country"),
      ]
    )
    for year in panel.years(of: indicator) {
      guard let figures = try? panel.figures(of: indicator, year: year) else { continue }
      let levels = figures.municipalityLevels(in: panel.register)
      table.add([
        .integer(year), .integer(levels.values.count { !$0.isNaN }),
        levels.country.map { .value($0, decimals: indicator.decimals) } ?? .missing("–"),
      ])
    }
    let parts = [indicator.numerator, indicator.denominator].compactMap { $0 }
    var notes = [
      "\(indicator.aggregation.rawValue): \(parts.joined(separator: " / "))"
        + (indicator.scale == 1 ? "" : " × \(NumberText.exact(indicator.scale))")
        + (indicator.isRelativeToCountry ? " / country" : "")
        + ", \(indicator.direction.rawValue)"
    ]
    if !indicator.note.isEmpty { notes.append(indicator.note) }
    let series = indicator.series.compactMap { panel.series[$0] }
    return Report(
      title: "\(indicator.id): \(indicator.name[language]) "
        + "(\(Wording.unitName(indicator.unit)[language]))",
      tables: [table],
      notes: notes + series.map { $0.fullNote(language) } + [Wording.dataset(vintage, language)]
    )
  }

  /// One division in full: its regions and their members.
  public func report(on division: Division) -> Report {
    let register = dataset.catalogue.register
    var table = Table(
      name: "regions",
      title: "",
      columns: [
        Table.Column("code", Wording.code[language]),
        Table.Column("name", Wording.region[language]),
        Table.Column("count", language == .nb ? "Antall" : "Count"),
        Table.Column("members", language == .nb ? "Kommuner" : "Municipalities"),
        Table.Column("basis", Wording.basis[language]),
      ]
    )
    for region in division.regions {
      let members = region.members.map { register.unit(at: $0).name }
      let bases = Set(region.bases.map(\.rawValue)).sorted()
      table.add([
        .text(region.code), .text(region.name), .integer(members.count),
        .text(members.joined(separator: ", ")), .text(bases.joined(separator: ", ")),
      ])
    }
    return Report(
      title: "\(division.id): \(division.name[language]) (\(division.kind.rawValue))",
      tables: [table],
      notes: ["\(Wording.source[language]): \(division.source)", division.note]
        .filter { !$0.isEmpty } + [Wording.dataset(vintage, language)]
    )
  }

  private var vintage: String { dataset.vintage }

  /// The dataset or the layers that a series comes from; with the years of each, where there are
  /// several.
  private func origins(_ series: Series) -> String {
    let origins = dataset.origins(of: series.id)
    guard origins.count > 1 else { return origins.first?.name ?? "" }
    return origins.map { name, years in
      let last = years.count > 1 ? "–\(years.upperBound)" : ""
      return "\(name) \(years.lowerBound)\(last)"
    }.joined(separator: ", ")
  }

  private func counts(_ column: Column, _ word: (FigureStatus) -> String?) -> String {
    var counts: [String: Int] = [:]
    for status in column.statuses {
      if let word = word(status) { counts[word, default: 0] += 1 }
    }
    return counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
  }
}
