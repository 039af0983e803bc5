internal import ArgumentParser
internal import Datasets
internal import Regions
internal import Reports

/// `regionsim data`: the figures.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "Says what figures there are, from where, how old and how complete.",
    subcommands: [
      List.self, Show.self, Check.self, DataImportCommand.self,
      DataUpdateCommand.self, DataDiffCommand.self, DataExportCommand.self,
    ],
    defaultSubcommand: List.self
  )
}

extension DataCommand {
  /// `regionsim data list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists the series, indicators and divisions.",
      discussion: "With --format csv one of them is written: --what chooses."
    )

    enum What: String, ExpressibleByArgument, CaseIterable {
      case all
      case series
      case indicators
      case divisions
    }

    @Option(help: "all, series, indicators or divisions.")
    var what: What = .all

    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let dataset = try dataOptions.dataset()
      var report = try CatalogueReport(dataset, language: output.chosenLanguage).list()
      if what != .all { report.tables.removeAll { $0.name != what.rawValue } }
      try output.show(report)
    }
  }

  /// `regionsim data show`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Shows one series, indicator or division in full.",
      discussion: """
        Examples:
          regionsim data show employed.20_66
          regionsim data show employment.share --kind indicator
          regionsim data show osloregionen
        """
    )

    enum Kind: String, ExpressibleByArgument, CaseIterable {
      case series
      case indicator
      case division
    }

    @Argument(help: "The id of a series, an indicator or a division.")
    var id: String

    @Option(help: "series, indicator or division, where an id means several; series goes first.")
    var kind: Kind?

    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let dataset = try dataOptions.dataset()
      let catalogue = dataset.catalogue
      let reports = CatalogueReport(dataset, language: output.chosenLanguage)
      if kind ?? .series == .series, let series = try? catalogue.series(id) {
        try output.show(try reports.report(on: series))
      } else if kind ?? .indicator == .indicator, let found = try? catalogue.indicator(id) {
        try output.show(try reports.report(on: found))
      } else if kind ?? .division == .division, let found = try? catalogue.division(id) {
        try output.show(reports.report(on: found))
      } else {
        let ids =
          catalogue.series.map(\.id) + catalogue.indicators.map(\.id)
          + catalogue.divisions.map(\.id)
        throw UnknownNameError(
          what: kind?.rawValue ?? "series, indicator or division",
          name: id,
          nearest: nearestMatch(to: id, among: ids),
          allowed: ids
        )
      }
    }
  }

  /// `regionsim data check`.
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Checks the dataset: sizes, counts, limits and known sums.",
      discussion: "Exit code 65 when something is wrong."
    )

    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let dataset = try dataOptions.dataset()
      let results = try DatasetCheck(dataset).run()
      var table = Table(
        name: "checks",
        title: "",
        columns: [
          Table.Column("holds", ""), Table.Column("check", "Check"),
          Table.Column("detail", "Detail"),
        ]
      )
      for result in results {
        table.add([
          .word(result.holds ? "true" : "false", shown: result.holds ? "ok" : "WRONG"),
          .text(result.name), .text(result.detail),
        ])
      }
      let wrong = results.count { !$0.holds }
      try output.show(
        Report(
          title: "\(dataset.vintage), \(dataset.directory)",
          tables: [table],
          notes: [wrong == 0 ? "All \(results.count) checks hold." : "\(wrong) checks fail."]
        )
      )
      if wrong > 0 { throw ExitCode(65) }
    }
  }
}
