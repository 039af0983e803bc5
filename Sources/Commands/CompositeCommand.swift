internal import ArgumentParser
internal import Composites
internal import Datasets
internal import Documents
internal import Regions
internal import Reports

/// `regionsim composite`: rankings by several indicators together.
struct CompositeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "composite",
    abstract:
      "Ranks by several indicators together, explains places and tests how robust they are.",
    discussion: """
      Examples:
        regionsim composite list
        regionsim composite rank business-conditions --around Mosseregionen
        regionsim composite explain business-conditions Moss --against Vestby
        regionsim composite robustness business-conditions Mosseregionen --place 20
        regionsim composite fit business-conditions --published places.csv

      A composite is a short file: indicators in areas, weights, and how figures become one score.
      """,
    subcommands: [
      List.self, CompositeRankCommand.self, CompositeExplainCommand.self,
      CompositeRobustnessCommand.self, CompositeFitCommand.self,
    ],
    defaultSubcommand: List.self
  )

  /// `regionsim composite list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists the composites that can be named."
    )

    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let files = DocumentFiles(composites: dataOptions.locator)
      let language = output.chosenLanguage
      let nb = language == .nb
      var table = Table(
        name: "composites",
        title: "",
        columns: [
          Table.Column("name", nb ? "Navn" : "Name"),
          Table.Column("title", nb ? "Tittel" : "Title"),
          Table.Column("year", nb ? "År" : "Year"),
          Table.Column("areas", nb ? "Områder" : "Areas"),
          Table.Column("indicators", nb ? "Indikatorer" : "Indicators"),
          Table.Column("path", nil),
        ]
      )
      for (name, path) in files.all {
        do {
          let composite = try files.composite(path)
          table.add([
            .text(name), .text(composite.title[language]), .integer(composite.year.value),
            .text(composite.areas.map { $0.name[language] }.joined(separator: ", ")),
            .integer(composite.areas.reduce(0) { $0 + $1.components.count }), .text(path),
          ])
        } catch let error as DocumentError {
          table.add([
            .text(name), .text(error.message), .missing(""), .text(""), .missing(""), .text(path),
          ])
        }
      }
      try output.show(
        Report(
          title: nb ? "Sammensatte rangeringer" : "Composite rankings",
          tables: [table],
          notes: [files.folders.joined(separator: ", ")]
        )
      )
    }
  }
}

/// The composite, the figures, and how the result is printed.
struct CompositeOptions: ParsableArguments {
  @Argument(
    help: "The composite, by name or as a .yml file.",
    completion: .shellCommand(
      "regionsim composite list --format csv 2>/dev/null | tail -n +2 | cut -d, -f1"
    )
  )
  var composite: String

  @Option(
    help: ArgumentHelp(
      "The division whose regions are ranked; without it the composite's.",
      valueName: "id"
    )
  )
  var division: String?

  /// Reads the composite and its figures.
  func loaded(_ dataOptions: DataOptions) throws -> LoadedComposite {
    try LoadedComposite(composite, division: division, dataOptions)
  }
}

/// A composite with the figures it needs.
struct LoadedComposite {
  let composite: Composite
  let dataset: Dataset
  let panel: Panel
  let division: String?

  /// Reads a composite, by name or file, and its figures.
  init(_ name: String, division: String?, _ dataOptions: DataOptions) throws {
    composite = try DocumentFiles(composites: dataOptions.locator).composite(name)
    dataset = try dataOptions.dataset()
    panel = try dataset.panel(
      of: CompositeFigures.series(of: composite, catalogue: dataset.catalogue)
    )
    self.division = division
  }

  /// The scores at a level.
  func scores(_ level: Level) throws -> CompositeScores {
    try CompositeScores(
      CompositeFigures(
        composite,
        level: level,
        panel: panel,
        catalogue: dataset.catalogue,
        division: division
      )
    )
  }

  /// Finds units by code or name.
  func names() throws -> UnitNames {
    let division = try dataset.catalogue.division(division ?? composite.division.value)
    return UnitNames(register: dataset.catalogue.register, division: division)
  }

  /// The position of a unit in the composite.
  ///
  /// - Throws: `CommandLineError` for a unit of the other level or one that is no unit today.
  func position(of unit: Unit, in scores: CompositeScores) throws -> Int {
    let isLevel = unit.level == scores.figures.level
    guard isLevel, let index = scores.figures.index(of: unit) else {
      throw CommandLineError(
        message: isLevel
          ? "\(unit.name) is not one of today's municipalities."
          : "\(unit.name) is a \(unit.level.rawValue), and the other unit is not."
      )
    }
    return index
  }
}

extension DocumentFiles {
  /// The composites that a locator finds.
  init(composites locator: DatasetLocator) {
    self.init(locator: locator, kind: .composites)
  }

  /// Reads a composite, by path or name.
  func composite(_ argument: String) throws -> Composite {
    let path = try path(of: argument)
    return try Composite(id: Self.name(of: path), file: path, text: try text(path))
  }
}
