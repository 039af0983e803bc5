internal import ArgumentParser
internal import Datasets
internal import Regions
internal import Reports

/// `regionsim equalisation calibrate`: the rates of a settlement.
struct EqualisationCalibrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Finds the rates of the income equalisation from a settlement of KDD or KS.",
    discussion: """
      Examples:
        regionsim equalisation calibrate settlement-2025.csv --year 2025
        regionsim equalisation calibrate kdd.csv --columns municipality=A,population=D,\
      tax-per-inhabitant=E,ratio=F,supplement=K

      The settlement is saved from the spreadsheet as CSV UTF-8. It has the columns municipality, \
      population, tax-per-inhabitant (or tax), supplement (net per inhabitant, minus for those who \
      give) and, if it can be, ratio (to the country's average). KDD's own layout is known.
      """
  )

  @Argument(
    help: "The settlement.",
    completion: .file(extensions: ["csv", "tsv", "txt"])
  )
  var file: String

  @Option(help: "The year, to hold the rates against those on file.")
  var year: Int?

  @Option(help: "The threshold as a share of the country's average.")
  var threshold: Double = 0.9

  @OptionGroup var columnOptions: TableColumnOptions

  @Option(help: "The unit of the tax, where there is no tax per inhabitant.")
  var taxUnit: TaxUnit?

  @Option(help: "The country's average in kroner per inhabitant, where the table does not give it.")
  var average: Double?

  @OptionGroup var dataOptions: DataOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if !(threshold > 0 && threshold <= 1) {
      throw ValidationError("--threshold must be above 0 and at most 1, such as 0.9.")
    }
  }

  func run() throws {
    let dataset = try dataOptions.dataset()
    let catalogue = dataset.catalogue
    let located = try columnOptions.located()
    let table = try MunicipalTable(
      file: file,
      register: catalogue.register,
      located: located,
      required: [.population, .supplement],
      optional: [.tax, .perInhabitant, .ratio]
    )
    let (before, unit) = try perInhabitant(table)
    let rows = zip(table.rows, before).map { row, before in
      EqualisationCalibration.Row(
        position: row.position,
        population: row.values[.population] ?? .nan,
        before: before,
        supplement: row.values[.supplement] ?? .nan
      )
    }
    let (average, origin) = try average(rows, table)
    let calibration = try EqualisationCalibration(rows, average: average, threshold: threshold)
    let report = CalibrationReport(
      calibration,
      rule: year.flatMap { year in
        catalogue.equalisation.first { $0.years?.contains(year) ?? false }
      },
      register: catalogue.register,
      language: output.chosenLanguage
    )
    let nb = output.chosenLanguage == .nb
    let title = nb ? "Satser funnet av oppgjøret" : "Rates found from the settlement"
    try output.show(
      report.report(
        title: title + (year.map { ", \($0)" } ?? ""),
        isWhole: table.missing.isEmpty,
        notes: [origin]
          + table.readingNotes(unit, isTold: taxUnit != nil, output.chosenLanguage)
          + missingNote(table, catalogue.register)
      )
    )
  }

  /// The revenue per inhabitant of each row, and the unit of the tax where it was computed from that.
  private func perInhabitant(_ table: MunicipalTable) throws -> ([Double], MeasureUnit?) {
    if table.columns[.perInhabitant] != nil {
      return (
        try table.rows.map { row in
          guard let value = row.values[.perInhabitant] else { throw empty(row, .perInhabitant) }
          return value
        }, nil
      )
    }
    guard table.columns[.tax] != nil else {
      throw CommandLineError(
        message: "\(file) has neither tax-per-inhabitant nor tax. Say where one is: "
          + "--columns tax-per-inhabitant=E."
      )
    }
    let unit = try taxUnit?.unit ?? table.taxUnit()
    let scale = unit == .thousandNOK ? 1000.0 : 1
    let values = try table.rows.map { row in
      guard let tax = row.values[.tax] else { throw empty(row, .tax) }
      return scale * tax / (row.values[.population] ?? .nan)
    }
    return (values, unit)
  }

  private func empty(_ row: MunicipalTable.Row, _ column: MunicipalTable.Column) -> DatasetError {
    DatasetError(.invalid, file: file, line: row.line, "\(column.rawValue) is empty.")
  }

  /// The country's average, and whence it is: as given, from the ratios, or from all municipalities.
  private func average(
    _ rows: [EqualisationCalibration.Row],
    _ table: MunicipalTable
  ) throws -> (Double, String) {
    let nb = output.chosenLanguage == .nb
    if let average {
      return (average, nb ? "Landssnittet er oppgitt." : "The average is as given.")
    }
    let pairs = zip(rows, table.rows).compactMap { row, cells -> (before: Double, ratio: Double)? in
      cells.values[.ratio].flatMap { $0 > 0 ? (row.before, $0) : nil }
    }
    if pairs.count == rows.count {
      let sums = pairs.reduce((0.0, 0.0)) { ($0.0 + $1.before, $0.1 + $1.ratio) }
      // A fraction such as 0.93, or per cent.
      let isPercent = sums.1 / Double(pairs.count) > 10
      return (
        sums.0 / sums.1 * (isPercent ? 100 : 1),
        nb
          ? "Landssnittet følger av forholdet til landet i filen."
          : "The average follows from the ratios to the country in the file."
      )
    }
    guard table.missing.isEmpty else {
      throw EqualisationError(
        .figures,
        "The table has no ratio to the country's average in every row and lacks \(table.missing.count) "
          + "municipalities, so the average cannot be known from it. Give it: --average 38440."
      )
    }
    let sums = rows.reduce((0.0, 0.0)) {
      ($0.0 + $1.before * $1.population, $0.1 + $1.population)
    }
    return (
      sums.0 / sums.1,
      nb
        ? "Landssnittet er summen av skatt over summen av innbyggere i filen."
        : "The average is the sum of tax over the sum of inhabitants in the file."
    )
  }

  private func missingNote(
    _ table: MunicipalTable,
    _ register: MunicipalityRegister
  ) -> [String] {
    guard !table.missing.isEmpty else { return [] }
    let count = table.missing.count
    let shown = table.missing.prefix(6).map { register.unit(at: $0).name }.joined(separator: ", ")
    let more = count > 6 ? ", …" : ""
    return [
      output.chosenLanguage == .nb
        ? "\(count) kommuner har ingen rad (\(shown)\(more)); summen er derfor ikke kontrollert."
        : "\(count) municipalities have no row (\(shown)\(more)), so the balance is not checked."
    ]
  }
}
