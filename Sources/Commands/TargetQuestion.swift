internal import ArgumentParser
internal import Regions
internal import Scenarios

/// A target asked for on the command line, without a scenario file.
struct TargetQuestion: ParsableArguments {
  @Option(help: ArgumentHelp("The region or municipality in question.", valueName: "unit"))
  var unit: String?

  @Option(help: ArgumentHelp("The indicator.", valueName: "id"))
  var indicator: String?

  @Option(
    help: ArgumentHelp("The year of today's figures; without it the latest.", valueName: "year")
  )
  var baseline: Int?

  @Option(help: "What units without a figure in that year get.")
  var fill: FillRule = .none

  @Option(help: ArgumentHelp("The year in which it must hold.", valueName: "year"))
  var by: Int?

  @Option(help: "How the others move: hold, national, trend or model.")
  var others: OthersMovement.Kind?

  @Option(help: ArgumentHelp("A place of at most this.", valueName: "place"))
  var rank: Int?

  @Option(help: ArgumentHelp("At least this many places up.", valueName: "places"))
  var climb: Int?

  @Flag(help: "The best movement, strictly.")
  var best = false

  @Option(
    help: ArgumentHelp(
      "At least this many places up, the municipalities added.",
      valueName: "places"
    )
  )
  var sum: Int?

  @Option(help: ArgumentHelp("At least this value.", valueName: "value"))
  var level: Double?

  @Flag(help: "Better than today.")
  var improve = false

  @Option(
    help: ArgumentHelp("At least this many per cent of the country.", valueName: "per cent")
  )
  var country: Double?

  @Option(help: "Of a region and its municipalities, who: together, each or each-and-together.")
  var scope: Target.Scope?

  @Option(help: "What --best compares: place, sum, mean or headroom.")
  var measure: Target.Measure?

  @Option(help: ArgumentHelp("Whom --best compares with.", valueName: "peers"))
  var among: String?

  /// The kinds asked for, with their values.
  private var kinds: [(Target.Kind, Double?)] {
    [
      (.rank, rank.map(Double.init)), (.climb, climb.map(Double.init)),
      (.sum, sum.map(Double.init)), (.level, level), (.country, country),
    ].filter { $0.1 != nil } + (best ? [(.best, nil)] : []) + (improve ? [(.improve, nil)] : [])
  }

  /// Whether anything was asked.
  var isAsked: Bool {
    !kinds.isEmpty || unit != nil || indicator != nil || by != nil || baseline != nil
      || others != nil || scope != nil || measure != nil || among != nil
  }

  /// Refuses a question that is not whole.
  func check() throws {
    let missing = [
      unit == nil ? "--unit" : nil, indicator == nil ? "--indicator" : nil,
      by == nil ? "--by" : nil,
    ].compactMap { $0 }
    guard missing.isEmpty else {
      throw ValidationError(
        "A question without a scenario needs \(missing.joined(separator: ", "))."
      )
    }
    guard !kinds.isEmpty else {
      throw ValidationError(
        "Say what is to be reached: --rank, --climb, --best, --sum, --level, --improve or --country."
      )
    }
    if !best, measure != nil || among != nil {
      throw ValidationError("--measure and --among belong to --best.")
    }
    for value in [level, country] {
      if let value, !value.isFinite { throw ValidationError("A value must be a number.") }
    }
  }

  /// The scenario that asks the question: nobody pulls a lever.
  ///
  /// - Parameter latest: The latest year with figures of an indicator.
  /// - Returns: The scenario.
  /// - Throws: `CommandLineError` for whatever a scenario file could not say either.
  func scenario(latest: (String) throws -> Int) throws -> Scenario {
    let indicator = indicator ?? ""
    let year = try baseline ?? latest(indicator)
    let targets = kinds.map { kind, value in
      var parts = ["id: \(kind.rawValue)", "kind: \(kind.rawValue)"]
      if let value { parts.append("value: \(value)") }
      if let scope, kind != .best, kind != .sum { parts.append("scope: \(scope.rawValue)") }
      if let measure, kind == .best { parts.append("measure: \(measure.rawValue)") }
      if let among, kind == .best { parts.append("peers: \(quoted(among))") }
      return "  - {\(parts.joined(separator: ", "))}"
    }
    let title = "\(unit ?? ""), \(indicator), \(year)–\(by ?? 0)"
    let text = """
      title: {nb: \(quoted(title)), en: \(quoted(title))}
      focus: \(quoted(unit ?? ""))
      indicators: [\(quoted(indicator))]
      baseline: {year: \(year), fill: \(fill.rawValue)}
      horizon: \(by ?? 0)
      others: {move: \((others ?? .model).rawValue)}
      targets:
      \(targets.joined(separator: "\n"))
      """
    return try Scenario(id: "question", file: Self.file, text: text)
  }

  /// What stands for a file in errors; a reader has written none.
  static let file = "question"

  private func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "''") + "'"
  }
}
