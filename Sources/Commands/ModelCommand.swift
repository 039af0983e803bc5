internal import ArgumentParser
internal import Datasets
internal import Forecasts
internal import Regions
internal import Reports

/// `regionsim model`: how figures are taken to grow.
struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model",
    abstract: "Says how figures are taken to grow, and from what.",
    subcommands: [Show.self],
    defaultSubcommand: Show.self
  )

  /// `regionsim model show`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Shows every parameter of the growth model of an indicator.",
      discussion: """
        Examples:
          regionsim model show population.total
          regionsim model show employment.share --unit Mosseregionen
          regionsim model show education.higher.share --from 2019 --years 5 --unit Moss --unit Oslo
          regionsim model show jobs.private --format csv

        Each parameter can be replaced in a scenario, under futures.parameters.
        """
    )

    @Argument(help: "The indicator, such as employment.share.")
    var indicator: String

    @Option(
      help: ArgumentHelp(
        "The year from which forecasts are made; without it the latest with figures.",
        valueName: "year"
      )
    )
    var from: Int?

    @Option(help: "How many years ahead the units' paths are shown.")
    var years: Int = 4

    @Option(
      help: ArgumentHelp(
        "A municipality or region whose paths are shown; may be given several times.",
        valueName: "unit"
      )
    )
    var unit: [String] = []

    @Option(help: "The division of the regions.")
    var division: String = "regions-73"

    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
      if !(1...30).contains(years) {
        throw ValidationError("--years must be from 1 to 30, not \(years).")
      }
    }

    func run() throws {
      let dataset = try dataOptions.dataset()
      let catalogue = dataset.catalogue
      let indicator = try catalogue.indicator(indicator)
      let division = try catalogue.division(division)
      let names = UnitNames(register: catalogue.register, division: division)
      let units = try unit.map { try names.unit($0) }
      let series = IndicatorGrowth.series(of: indicator, catalogue: catalogue)
      let panel = try dataset.panel(of: series)
      let latest = panel.wellCoveredYears(of: indicator).last ?? panel.years(of: indicator).last
      guard let baseline = from ?? latest else {
        throw FigureError.noFigures(indicator: indicator.id, year: 0, years: [])
      }
      let growth = try IndicatorGrowth(
        indicator,
        from: baseline,
        panel: panel,
        catalogue: catalogue,
        groups: GrowthGroups(division, register: catalogue.register)
      )
      let positions = units.flatMap { self.positions(in: $0, division, catalogue.register) }
      let report = GrowthReport(
        growth,
        register: catalogue.register,
        vintage: dataset.vintage,
        language: output.chosenLanguage
      )
      let used = Set(
        [growth.value, growth.denominator].compactMap { $0 }
          .flatMap { $0.model.history.quantity.series } + indicator.series
      )
      let sources = used.sorted().compactMap { panel.series[$0] }
        .map { $0.sourceNote(output.chosenLanguage) }
      try output.show(report.report(of: positions, years: years, notes: sources))
    }

    private func positions(
      in unit: Unit,
      _ division: Division,
      _ register: MunicipalityRegister
    ) -> [Int] {
      guard unit.level == .region else {
        return [register.position(ofCode: unit.code)].compactMap { $0 }
      }
      return division.regions.first { $0.code == unit.code }?.members ?? []
    }
  }
}
