internal import ArgumentParser
internal import Composites
internal import Datasets
internal import Documents
internal import Regions
internal import Reports

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// `regionsim composite robustness`: how far places depend on choices.
struct CompositeRobustnessCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "robustness",
    abstract: "Shows how far the places of a composite depend on weights and other choices.",
    discussion: """
      Examples:
        regionsim composite robustness business-conditions Mosseregionen
        regionsim composite robustness business-conditions Moss --place 100 --above Råde
        regionsim composite robustness business-conditions Moss --spread 25 --vary weights
        regionsim composite robustness business-conditions --all --level region --draws 50000
        regionsim composite robustness business-conditions Moss --draws-csv draws.csv

      In each draw the weights, the normalisation, the mean, whether extremes are cut off and which \
      indicator is left out are chosen anew. With a unit in view, Sobol indices say which choice its \
      place depends on.
      """
  )

  @OptionGroup var compositeOptions: CompositeOptions

  @Argument(help: "The municipality or region in view, by code or name.")
  var unit: String?

  @Option(help: "Without it the level of the unit in view, else municipality.")
  var level: Level?

  @Flag(help: "Show all units, not only the one in view and its members.")
  var all = false

  @Option(help: "How many draws to make.")
  var draws: Int = 10_000

  @Option(help: "The seed of the random numbers: the same seed gives the same draws.")
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp(
      "How many threads to use; all cores without it.",
      discussion: "The result is the same to the last byte for every number of threads."
    )
  )
  var threads: Int?

  @Option(
    help: ArgumentHelp(
      "How near Dirichlet weights lie to the composite's own: the larger, the nearer; 100 without it.",
      valueName: "number"
    )
  )
  var concentration: Double?

  @Option(
    help: ArgumentHelp(
      "Instead of Dirichlet weights: each up to so many per cent larger or smaller.",
      valueName: "percent"
    )
  )
  var spread: Double?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("What varies; without it all but base.", valueName: "choice")
  )
  var vary: [RobustnessSettings.Factor] = []

  @Option(
    help: ArgumentHelp(
      "In how many draws the unit in view has at least this place; may be repeated.",
      valueName: "place"
    )
  )
  var place: [Int] = []

  @Option(
    help: ArgumentHelp(
      "In how many draws the unit in view is above another; may be repeated.",
      valueName: "unit"
    )
  )
  var above: [String] = []

  @Option(
    help: ArgumentHelp(
      "Write the parameters and results of every draw to a file.",
      valueName: "file"
    ),
    completion: .file(extensions: ["csv"])
  )
  var drawsCSV: String?

  @OptionGroup var dataOptions: DataOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if !(2...1_000_000).contains(draws) {
      throw ValidationError("--draws must be from 2 to 1000000, not \(draws).")
    }
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads must be from 1 to 1024, not \(threads).")
    }
    if concentration != nil, spread != nil {
      throw ValidationError("Give only one of --concentration and --spread.")
    }
    if let concentration, !(1...1_000_000).contains(concentration) {
      throw ValidationError("--concentration must be from 1 to 1000000, not \(concentration).")
    }
    if let spread, !(0...100).contains(spread) {
      throw ValidationError("--spread must be from 0 to 100 per cent, not \(spread).")
    }
    if unit == nil, !all { throw ValidationError("Give a unit in view, or --all.") }
    if unit == nil, !place.isEmpty || !above.isEmpty {
      throw ValidationError("--place and --above are about a unit in view; give one.")
    }
    if let wrong = place.first(where: { $0 < 1 }) {
      throw ValidationError("--place must be at least 1, not \(wrong).")
    }
    if Set(vary).count != vary.count { throw ValidationError("--vary names a choice twice.") }
  }

  func run() throws {
    let loaded = try compositeOptions.loaded(dataOptions)
    let names = try loaded.names()
    let focus = try unit.map { try names.unit($0, level: level) }
    let scores = try loaded.scores(focus?.level ?? level ?? .municipality)
    let position = try focus.map { try scoredPosition($0, scores, loaded) }
    let targets = try targets(position, scores, loaded, names)
    var parts = [
      try part(scores, shown(position, scores), position, targets)
    ]
    if let focus, focus.level == .region {
      let municipalities = try loaded.scores(.municipality)
      let members = position.map { scores.figures.members[$0] } ?? []
      parts.append(try part(municipalities, members, nil, []))
    }
    let report = RobustnessReport(
      parts,
      focus: focus,
      targets: targets,
      panel: loaded.panel,
      vintage: loaded.dataset.vintage,
      language: output.chosenLanguage
    )
    if let drawsCSV {
      let url = URL(filePath: drawsCSV)
      var files = WholeFiles(directory: url.deletingLastPathComponent().path)
      files.add(url.lastPathComponent, report.drawsCSV)
      try files.write()
    }
    try output.show(report.report)
  }

  private var settings: RobustnessSettings {
    let scheme: WeightScheme =
      spread.map { .spread($0 / 100) } ?? .dirichlet(concentration: concentration ?? 100)
    let factors =
      vary.isEmpty ? RobustnessSettings.Factor.allCases.filter { $0 != .base } : vary
    return RobustnessSettings(draws: draws, seed: seed, scheme: scheme, factors: Set(factors))
  }

  private var chosenThreads: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }

  /// The draws of a level; the variance is split only for the level in view.
  private func part(
    _ scores: CompositeScores,
    _ shown: [Int],
    _ focus: Int?,
    _ targets: [RobustnessTarget]
  ) throws -> RobustnessReport.Part {
    let settings = settings
    let robustness = try Robustness(scores, settings: settings)
    let outcome = robustness.outcome(
      focus: focus,
      targets: targets,
      isExplained: (focus != nil || unit == nil) && settings.factors.count > 1,
      threads: chosenThreads
    )
    var weightsOnly: RobustnessOutcome?
    if settings.factors.contains(.weights), settings.factors.count > 1 {
      var only = settings
      only.factors = [.weights]
      weightsOnly = try Robustness(scores, settings: only)
        .outcome(focus: focus, targets: targets, isExplained: false, threads: chosenThreads)
    }
    return RobustnessReport.Part(
      robustness,
      all: outcome,
      weightsOnly: weightsOnly,
      shown: shown
    )
  }

  private func shown(_ focus: Int?, _ scores: CompositeScores) -> [Int] {
    if all { return scores.sortedIndices.filter { !scores.sums[$0].isNaN } }
    return [focus].compactMap { $0 }
  }

  private func scoredPosition(
    _ unit: Unit,
    _ scores: CompositeScores,
    _ loaded: LoadedComposite
  ) throws -> Int {
    let position = try loaded.position(of: unit, in: scores)
    guard scores.sums[position].isNaN else { return position }
    let lacking = scores.lacking(position).map { scores.figures.components[$0].indicator.id }
    throw DocumentError(
      .impossible,
      at: nil,
      "\(unit.name) has no score: it lacks \(lacking.joined(separator: ", "))."
    )
  }

  private func targets(
    _ focus: Int?,
    _ scores: CompositeScores,
    _ loaded: LoadedComposite,
    _ names: UnitNames
  ) throws -> [RobustnessTarget] {
    guard let focus else { return [] }
    let places = place.map { RobustnessTarget.place(unit: focus, atLeast: $0) }
    let others = try above.map { text in
      let other = try names.unit(text, level: scores.figures.level)
      return RobustnessTarget.above(
        unit: focus,
        other: try scoredPosition(other, scores, loaded)
      )
    }
    return places + others
  }
}
