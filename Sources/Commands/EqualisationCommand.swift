internal import ArgumentParser
internal import Datasets
internal import Regions
internal import Reports
internal import Scenarios

/// `regionsim equalisation`: what tax revenue is worth after the income equalisation.
struct EqualisationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "equalisation",
    abstract: "Says what tax revenue is worth after the income equalisation.",
    subcommands: [Show.self, EqualisationCalibrateCommand.self],
    defaultSubcommand: Show.self
  )

  /// `regionsim equalisation show`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Shows tax before and after equalisation, and what own growth is worth.",
      discussion: """
        Examples:
          regionsim equalisation show Mosseregionen
          regionsim equalisation show Moss Vestby --year 2023 --rates alpha=0.64,beta=0.35
          regionsim equalisation show Mosseregionen --tax Moss=+1%
          regionsim equalisation show --level region --all --format csv > regions.csv
          regionsim equalisation show Moss --table settlement.csv --year 2024

        Without a unit, those with most before equalisation. A table has the columns municipality, \
        tax and population, separated by commas, semicolons or tabs; it must hold every municipality, \
        or the country's average must be given.
        """
    )

    @Argument(help: "Municipalities or regions, by code or name; a region with its municipalities.")
    var units: [String] = []

    @Option(help: "The year; without it the latest with figures.")
    var year: Int?

    @OptionGroup var ratesOptions: RatesOptions

    @Option(
      help: ArgumentHelp(
        "Change a unit's own tax, in per cent or kroner in all; may be given several times.",
        valueName: "unit=+1%"
      )
    )
    var tax: [String] = []

    @Option(help: "Without units: what is listed.")
    var level: Level = .municipality

    @Flag(help: "Without units: list all; the default when the format is not table.")
    var all = false

    @Option(help: ArgumentHelp("The division of the regions.", valueName: "id"))
    var division: String = "regions-73"

    @OptionGroup(title: "A table of your own") var tableOptions: TaxTableOptions
    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
      if tableOptions.table == nil, let unused = tableOptions.unused {
        throw ValidationError("\(unused) is about a table; give one with --table.")
      }
    }

    func run() throws {
      let dataset = try dataOptions.dataset()
      let catalogue = dataset.catalogue
      let division = try catalogue.division(division)
      let names = UnitNames(register: catalogue.register, division: division)
      let chosenUnits = try units.map { try names.unit($0) }
      let changes = try tax.map { try TaxChange($0, names) }
      let (figures, chosen) = try figures(dataset)
      let aggregation = Aggregation(division: division, register: catalogue.register)
      func standings(
        _ figures: EqualisationFigures,
        _ values: [Double]? = nil
      )
        -> EqualisationStandings
      {
        var changed = figures.figures
        if let values { changed.numerator.values = values }
        return EqualisationStandings(
          changed,
          rates: chosen.rates,
          country: figures.country,
          aggregation: aggregation,
          panel: figures.panel
        )
      }
      let now = standings(figures)
      var values = now.equalisation.tax
      for change in changes {
        let parts = now.standing(of: change.unit)?.parts ?? []
        values = try change.applied(to: values, now.equalisation.population, at: parts)
      }
      let shown = shown(chosenUnits, changes.map(\.unit), now, division, catalogue.register)
      let report = EqualisationReport(
        now,
        rule: chosen.rule,
        vintage: dataset.vintage,
        language: output.chosenLanguage
      )
      try output.show(
        report.report(
          of: shown.units,
          marked: Set(chosenUnits.filter { $0.level == .region }),
          changed: changes.isEmpty ? nil : standings(figures, values),
          notes: shown.notes + notes(figures, chosen.rule, report, dataset)
        )
      )
    }

    /// The figures and the rates: both of the dataset's year, or of the table's.
    private func figures(
      _ dataset: Dataset
    ) throws -> (EqualisationFigures, ChosenEqualisation) {
      let catalogue = dataset.catalogue
      guard let first = catalogue.equalisation.first,
        let indicator = catalogue.indicators.first(where: {
          first.concerns($0) && !$0.isRelativeToCountry
        })
      else {
        throw EqualisationError(
          .figures,
          "The dataset has no rates of an income equalisation (equalisation_rates.csv) for an "
            + "indicator that is tax per inhabitant."
        )
      }
      let given = try ratesOptions.chosen(catalogue)
      let language = output.chosenLanguage
      if let file = tableOptions.table {
        guard let year else {
          throw CommandLineError(message: "With --table, say of which year it is: --year 2024.")
        }
        let chosen = try given ?? onFile(first.series, year, catalogue)
        let figures = try EqualisationFigures(
          dataset,
          indicator: indicator,
          table: tableOptions,
          file: file,
          year: year,
          language
        )
        return (figures, chosen)
      }
      let figures = try EqualisationFigures(
        dataset,
        indicator: indicator,
        rule: first,
        year: year,
        language
      )
      return (figures, try given ?? onFile(first.series, figures.figures.year, catalogue))
    }

    private func onFile(
      _ series: String,
      _ year: Int,
      _ catalogue: Catalogue
    ) throws -> ChosenEqualisation {
      let rule = try catalogue.equalisation(of: series, in: year)
      guard let rates = rule.rates else {
        throw EqualisationError(.unknownRates, "The rates of \(rule.id) are not known.")
      }
      return ChosenEqualisation(rates: rates, rule: rule)
    }

    /// The units asked for, each region with its municipalities and each unit once; else a list.
    private func shown(
      _ chosen: [Unit],
      _ changed: [Unit],
      _ standings: EqualisationStandings,
      _ division: Division,
      _ register: MunicipalityRegister
    ) -> (units: [Unit], notes: [String]) {
      var units: [Unit] = []
      for unit in chosen + changed {
        let parts = unit.level == .region ? standings.standing(of: unit)?.parts ?? [] : []
        for each in [unit] + parts.map({ register.unit(at: $0) }) where !units.contains(each) {
          units.append(each)
        }
      }
      guard units.isEmpty else { return (units, []) }
      let ordered = standings.units(at: level)
      guard !all, output.format == .table, ordered.count > 20 else { return (ordered, []) }
      let hidden = ordered.count - 20
      return (
        Array(ordered.prefix(20)),
        [
          output.chosenLanguage == .nb
            ? "\(hidden) enheter er ikke vist (--all viser alle)."
            : "\(hidden) units are not shown (--all shows them)."
        ]
      )
    }

    /// Sources, how a table was read, and how near the published figures are, where the rates are those
    /// of the year.
    private func notes(
      _ figures: EqualisationFigures,
      _ rule: EqualisationRule?,
      _ report: EqualisationReport,
      _ dataset: Dataset
    ) -> [String] {
      var notes = figures.notes
      guard tableOptions.table == nil else { return notes }
      let published = rule?.published.flatMap { figures.panel.series[$0] }
      if let published, rule?.years?.contains(figures.figures.year) ?? false {
        let column = figures.panel.column(published.id, year: figures.figures.year)
        notes += report.comparisonNotes(
          published: column.values,
          series: published,
          isEstimated: figures.figures.numerator.statuses.contains(.present(.estimated))
        )
      }
      return notes
        + figures.figures.indicator.series.compactMap { figures.panel.series[$0] }
        .map { $0.sourceNote(output.chosenLanguage) }
    }
  }
}

/// A table of tax revenue by municipality.
struct TaxTableOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("A table of another year.", valueName: "file"),
    completion: .file(extensions: ["csv", "tsv", "txt"])
  )
  var table: String?

  @OptionGroup var columnOptions: TableColumnOptions

  @Option(help: "The unit of the tax; without it found from its size.")
  var taxUnit: TaxUnit?

  @Option(
    help: "The country's average in kroner per inhabitant, for a table of some municipalities."
  )
  var average: Double?

  @Option(help: "With --average: the deduction in kroner per inhabitant; 0 without it.")
  var deduction: Double?

  /// An option that means nothing without a table.
  var unused: String? {
    if columnOptions.columns != nil { return "--columns" }
    if taxUnit != nil { return "--tax-unit" }
    if average != nil { return "--average" }
    return deduction == nil ? nil : "--deduction"
  }

  func validate() throws {
    if deduction != nil, average == nil {
      throw ValidationError("--deduction goes with --average.")
    }
    if let average, !(average > 0) { throw ValidationError("--average must be above 0.") }
  }

  /// Average and deduction as given.
  ///
  /// - Throws: `EqualisationError` when municipalities are missing and no average is given.
  func country(
    missing: [Int],
    _ register: MunicipalityRegister
  ) throws -> IncomeEqualisation.Country? {
    if let average {
      return IncomeEqualisation.Country(average: average, deduction: deduction ?? 0)
    }
    guard missing.isEmpty else {
      let shown = missing.prefix(6).map { register.unit(at: $0) }.map { "\($0.code) \($0.name)" }
      throw EqualisationError(
        .figures,
        "The table lacks \(missing.count) of \(register.municipalities.count) municipalities ("
          + shown.joined(separator: ", ") + (missing.count > 6 ? ", …" : "")
          + "), so the country's average cannot be computed from it. Give it: --average 38440, and "
          + "--deduction too if you know it."
      )
    }
    return nil
  }
}
