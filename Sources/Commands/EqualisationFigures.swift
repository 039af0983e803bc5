internal import Datasets
internal import Regions
internal import Reports

/// The figures that are equalised: of the dataset, or of a table of the user's.
struct EqualisationFigures {
  let figures: IndicatorFigures
  let panel: Panel
  /// Average and deduction, where the figures are of some municipalities only.
  let country: IncomeEqualisation.Country?
  /// How the table was read, and who is missing.
  let notes: [String]

  /// Takes the figures of the dataset for a year, the latest when none is named.
  init(
    _ dataset: Dataset,
    indicator: Indicator,
    rule: EqualisationRule,
    year: Int?,
    _ language: Language
  ) throws {
    let wanted = indicator.series + [rule.published].compactMap { $0 }
    panel = try dataset.panel(of: wanted)
    figures = try panel.figures(of: indicator, year: year ?? panel.latestYear(of: indicator) ?? 0)
    country = nil
    let register = panel.register
    let covered = Set(
      (0..<register.count).filter(figures.isPresent)
        .flatMap { register.combinedUnit(at: $0)?.members ?? [$0] }
    )
    notes = Self.missingNote(
      register.municipalities.indices.filter { !covered.contains($0) },
      register,
      language
    )
  }

  /// Reads a table.
  init(
    _ dataset: Dataset,
    indicator: Indicator,
    table options: TaxTableOptions,
    file: String,
    year: Int,
    _ language: Language
  ) throws {
    panel = try dataset.panel(of: [])
    let register = panel.register
    let table = try MunicipalTable(
      file: file,
      register: register,
      located: try options.columnOptions.located(),
      required: [.tax, .population]
    )
    let unit = try options.taxUnit?.unit ?? table.taxUnit()
    let scale = unit == .thousandNOK ? 1000.0 : 1
    func column(_ values: [Double]) -> Column {
      var column = Column(count: register.count, year: year)
      column.values = values
      for index in values.indices where !values[index].isNaN {
        column.statuses[index] = .present(.observed)
      }
      return column
    }
    figures = IndicatorFigures(
      indicator: indicator,
      year: year,
      numerator: column(table.column(.tax, count: register.count).map { $0 * scale }),
      denominator: column(table.column(.population, count: register.count))
    )
    country = try options.country(missing: table.missing, register)
    notes =
      table.readingNotes(unit, isTold: options.taxUnit != nil, language)
      + Self.missingNote(table.missing, register, language)
  }

  private static func missingNote(
    _ missing: [Int],
    _ register: MunicipalityRegister,
    _ language: Language
  ) -> [String] {
    guard !missing.isEmpty else { return [] }
    let shown = missing.prefix(12).map { register.unit(at: $0).name }.joined(separator: ", ")
    let rest = missing.count - 12
    let more = rest > 0 ? (language == .nb ? " og \(rest) til" : " and \(rest) more") : ""
    return [
      language == .nb
        ? "Uten tall, og utelatt av alle summer: \(shown)\(more)."
        : "Without figures, and left out of all sums: \(shown)\(more)."
    ]
  }
}

extension MunicipalTable {
  /// How the table was read.
  func readingNotes(
    _ unit: MeasureUnit?,
    isTold: Bool = true,
    _ language: Language
  ) -> [String] {
    let nb = language == .nb
    let found = columns.sorted { $0.value < $1.value }
      .map { "\($0.key.rawValue) \($0.value)" }.joined(separator: ", ")
    let settlement = nb ? " (KDDs oppsett)" : " (KDD's layout)"
    var notes = [
      (nb
        ? "Tabell: \(file), \(rows.count) kommuner. Kolonner: "
        : "Table: \(file), \(rows.count) municipalities. Columns: ")
        + found + (hasSettlementLayout ? settlement : "") + "."
    ]
    if let unit {
      let name = unit == .nok ? "kroner" : "1000 kroner"
      let how =
        isTold
        ? (nb ? "oppgitt" : "as given") : (nb ? "sett av tabellen" : "seen from the table")
      notes.append(nb ? "Skatten er i \(name) (\(how))." : "The tax is in \(name) (\(how)).")
    }
    if !totals.isEmpty {
      let list = totals.prefix(5).map { "\"\($0)\"" }.joined(separator: ", ")
      notes.append(
        nb
          ? "Rader som ikke gjelder én kommune, er hoppet over (\(totals.count)): \(list)."
          : "Rows that are not of one municipality were passed over (\(totals.count)): \(list)."
      )
    }
    if zerosRestored > 0 {
      notes.append(
        nb
          ? "Kommunenummer som fikk igjen nullen foran: \(zerosRestored)."
          : "Codes that got back their leading zero: \(zerosRestored)."
      )
    }
    return notes
  }
}
