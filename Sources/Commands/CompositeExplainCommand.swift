internal import ArgumentParser
internal import Composites
internal import Datasets
internal import Regions
internal import Reports

/// `regionsim composite explain`: why a unit has its place.
struct CompositeExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Says what each indicator contributes, and what more of it is worth in places.",
    discussion: """
      Examples:
        regionsim composite explain business-conditions Moss
        regionsim composite explain business-conditions Moss --against Vestby
        regionsim composite explain business-conditions Mosseregionen --step sigma --language nb
      """
  )

  @OptionGroup var compositeOptions: CompositeOptions

  @Argument(help: "The municipality or region, by code or name.")
  var unit: String

  @Option(help: ArgumentHelp("The unit with which it is compared.", valueName: "unit"))
  var against: String?

  @Option(help: "The level, for a name that a municipality and a region share.")
  var level: Level?

  @Option(help: "By how much an indicator is moved: one unit of its own measure, or sigma.")
  var step: CompositeExplanation.Step = .unit

  @OptionGroup var dataOptions: DataOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let loaded = try compositeOptions.loaded(dataOptions)
    let names = try loaded.names()
    let unit = try names.unit(unit, level: level)
    let other = try against.map { try names.unit($0, level: unit.level) }
    let scores = try loaded.scores(unit.level)
    let explanation = CompositeExplanation(
      scores,
      unit: try loaded.position(of: unit, in: scores),
      against: try other.map { try loaded.position(of: $0, in: scores) }
    )
    let report = CompositeExplanationReport(
      explanation,
      step: step,
      panel: loaded.panel,
      vintage: loaded.dataset.vintage,
      language: output.chosenLanguage
    )
    try output.show(report.report)
  }
}
