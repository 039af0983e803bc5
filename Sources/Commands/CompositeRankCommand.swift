internal import ArgumentParser
internal import Composites
internal import Datasets
internal import Regions
internal import Reports

/// `regionsim composite rank`: the places of a composite.
struct CompositeRankCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rank",
    abstract: "Shows the places of municipalities or regions by a composite.",
    discussion: """
      Examples:
        regionsim composite rank business-conditions --around Mosseregionen
        regionsim composite rank business-conditions --around Moss --mark Vestby --mark Råde
        regionsim composite rank my-composite.yml --level region --top 10 --language nb
        regionsim composite rank business-conditions --all --format csv > places.csv
      """
  )

  @OptionGroup var compositeOptions: CompositeOptions

  @Option(help: "Without it the level of --around, else municipality.")
  var level: Level?

  @Option(help: ArgumentHelp("Show a unit and those near it.", valueName: "unit"))
  var around: String?

  @Option(help: "With --around: how many on each side.")
  var window: Int = 5

  @Option(help: ArgumentHelp("Show the first places.", valueName: "n"))
  var top: Int?

  @Flag(help: "Show all; the default when the format is not table.")
  var all = false

  @Option(help: ArgumentHelp("A unit to mark; may be given several times.", valueName: "unit"))
  var mark: [String] = []

  @OptionGroup var dataOptions: DataOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if [around != nil, top != nil, all].count(where: { $0 }) > 1 {
      throw ValidationError("Give only one of --around, --top and --all.")
    }
    if let top, top < 1 { throw ValidationError("--top must be at least 1.") }
    if window < 0 { throw ValidationError("--window cannot be negative.") }
  }

  func run() throws {
    let loaded = try compositeOptions.loaded(dataOptions)
    let names = try loaded.names()
    let focus = try around.map { try names.unit($0, level: level) }
    let chosen = level ?? focus?.level ?? .municipality
    let marked = try mark.map { try names.unit($0, level: chosen) }
    let scores = try loaded.scores(chosen)
    let position = try focus.map { try loaded.position(of: $0, in: scores) }
    let report = CompositeReport(
      scores,
      panel: loaded.panel,
      vintage: loaded.dataset.vintage,
      language: output.chosenLanguage
    )
    try output.show(
      report.report(
        shown(position),
        marked: Set((marked + [focus].compactMap { $0 }).map(\.code))
      )
    )
  }

  private func shown(_ position: Int?) -> CompositeWindow {
    if let position { return .around(position, window) }
    if let top { return .top(top) }
    return all || output.format != .table ? .all : .top(20)
  }
}
