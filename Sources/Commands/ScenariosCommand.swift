internal import ArgumentParser
internal import Datasets
internal import Documents
internal import Regions
internal import Reports
internal import Scenarios

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// `regionsim scenarios`: the scenario files.
struct ScenariosCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scenarios",
    abstract: "Lists, shows, checks and starts scenario files.",
    subcommands: [List.self, Show.self, Check.self, New.self],
    defaultSubcommand: List.self
  )
}

extension ScenariosCommand {
  /// `regionsim scenarios list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists the scenarios that can be named."
    )

    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let files = ScenarioFiles(locator: dataOptions.locator)
      let language = output.chosenLanguage
      var table = Table(
        name: "scenarios",
        title: "",
        columns: [
          Table.Column("name", language == .nb ? "Navn" : "Name"),
          Table.Column("title", language == .nb ? "Tittel" : "Title"),
          Table.Column("levers", language == .nb ? "Grep" : "Levers"),
          Table.Column("path", nil),
        ]
      )
      for (name, path) in files.all {
        do {
          let scenario = try files.scenario(path)
          table.add([
            .text(name), .text(scenario.title[language]),
            .text(scenario.levers.map(\.id).joined(separator: ", ")), .text(path),
          ])
        } catch let error as DocumentError {
          table.add([.text(name), .text(error.message), .text(""), .text(path)])
        }
      }
      let folders = dataOptions.locator.directories(called: "scenarios").joined(separator: ", ")
      try output.show(
        Report(
          title: language == .nb ? "Scenarier" : "Scenarios",
          tables: [table],
          notes: [folders]
        )
      )
    }
  }

  /// `regionsim scenarios show`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prints a scenario: the file, or with --format json as it is understood."
    )

    @Argument(help: "A scenario, by name or as a .yml file.")
    var name: String

    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let files = ScenarioFiles(locator: dataOptions.locator)
      let scenario = try files.scenario(name)
      guard output.format == .json else {
        try printOutput(try files.text(try files.path(of: name)))
        return
      }
      let document = ScenarioDocument(
        scenario,
        dataset: try dataOptions.dataset().description,
        program: "regionsim \(Regionsim.version)"
      )
      try printOutput(try document.json.text())
    }
  }

  /// `regionsim scenarios check`.
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Runs scenarios and compares them with what their files expect.",
      discussion: "Without a name, all of them. Exit code 65 when something is wrong."
    )

    @Argument(help: "Scenarios, by name or as .yml files.")
    var names: [String] = []

    @OptionGroup var dataOptions: DataOptions

    func run() throws {
      let dataset = try dataOptions.dataset()
      let files = ScenarioFiles(locator: dataOptions.locator)
      var isAllRight = true
      for name in names.isEmpty ? files.all.map(\.path) : names {
        do {
          let scenario = try files.scenario(name)
          let needed = try Simulation.series(of: scenario, catalogue: dataset.catalogue)
          let panel = try dataset.panel(of: needed)
          let outcome = try Simulation(scenario, catalogue: dataset.catalogue, panel: panel).run()
          let unmet = try outcome.unmetExpectations()
          isAllRight = isAllRight && unmet.isEmpty
          for finding in unmet { try printOutput(finding.description + "\n") }
          let count = scenario.expectations.count
          let word = unmet.isEmpty ? "ok    " : "WRONG "
          try printOutput("\(word) \(scenario.id) (\(count) expectations)\n")
        } catch let error as DocumentError {
          isAllRight = false
          try printOutput("\(error.description)\nWRONG  \(name)\n")
        }
      }
      if !isAllRight { throw ExitCode(65) }
    }
  }

  /// `regionsim scenarios new`.
  struct New: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Writes a scenario file to start from.",
      discussion: """
        Example:
          regionsim scenarios new more-jobs --focus Mosseregionen

        The file is written to scenarios/<name>.yml in the working directory, or to --out. A file \
        that is there is never overwritten.
        """
    )

    @Argument(help: "The name of the scenario.")
    var name: String

    @Option(help: "The region or municipality in view, by code or name.")
    var focus: String

    @Option(help: ArgumentHelp("The file to write.", valueName: "file"))
    var out: String?

    @OptionGroup var dataOptions: DataOptions

    func validate() throws {
      let allowed = name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
      if name.isEmpty || !allowed {
        throw ValidationError("A scenario's name has letters, digits, - and _ only: \"\(name)\".")
      }
    }

    func run() throws {
      let catalogue = try dataOptions.dataset().catalogue
      let division = try catalogue.division("regions-73")
      let unit = try UnitNames(register: catalogue.register, division: division).unit(focus)
      let path = URL(filePath: out ?? "scenarios/\(name).yml").path
      guard !FileManager.default.fileExists(atPath: path) else {
        throw DatasetError(
          .unwritable,
          file: path,
          "The file is there already; nothing was written."
        )
      }
      let url = URL(filePath: path)
      var files = WholeFiles(directory: url.deletingLastPathComponent().path)
      files.add(url.lastPathComponent, Self.template(unit))
      try files.write()
      try printOutput("Wrote \(path). Try it: regionsim simulate \(out ?? name)\n")
    }

    private static func template(_ unit: Unit) -> String {
      """
      # A scenario: a baseline, how the others move, and levers. Unknown keys are refused.
      title:
        nb: Flere i arbeid, \(unit.name)
        en: More in work, \(unit.name)
      note:
        nb: Skriv hva som er forutsatt, og hvorfor.
        en: Say what is assumed, and why.
      division: regions-73            # regionsim data list shows the divisions
      focus: "\(unit.code)"                   # \(unit.name)
      indicators: [employment.share]  # regionsim data list shows the indicators
      baseline:
        year: 2019
        fill: none                    # none, carry (the latest value) or national (change since)
      horizon: 2025
      others:
        move: hold                    # hold, national (growth) or trend (each its own)
      levers:
        - id: jobs
          kind: growth                # growth (% a year), change, set or reach
          series: employed.20_66      # or indicator: employment.share
          whom: "\(unit.code)"                # a unit, a list, division/region, or everyone
          value: 1.0
          from: 2020
          ramp: step                  # step, linear or s-curve (to the year in until)
      expect: []                      # such as: - {unit: "\(unit.code)", place: 50}

      """
    }
  }
}
