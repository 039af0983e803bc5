internal import ArgumentParser
internal import Regions
internal import Reports
internal import Statistics

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Whether, and how, it is shown between which places a unit may truly be.
struct ConfidenceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Show between which places each unit may truly be, with this confidence.",
      discussion: """
        In per cent, such as 95. It accounts for the chance variation of small units, not for the \
        years to come.
        """,
      valueName: "per cent"
    )
  )
  var confidence: Double?

  @Flag(
    help: ArgumentHelp(
      "With --confidence: for all ranked units at once instead of for each alone.",
      discussion: "With --top this is always so."
    )
  )
  var simultaneous = false

  @Option(
    help: ArgumentHelp(
      "With --confidence: how many times the variance of independent persons. (default: 1)",
      valueName: "factor"
    )
  )
  var overdispersion: Double?

  @Option(
    help: ArgumentHelp(
      "With --confidence: the number of random draws. (default: 1000)",
      valueName: "n"
    )
  )
  var draws: Int?

  @Option(help: "With --confidence: the seed of the draws. (default: 1)")
  var seed: UInt64?

  func validate() throws {
    guard let confidence else {
      if simultaneous || overdispersion != nil || draws != nil || seed != nil {
        throw ValidationError(
          "--simultaneous, --overdispersion, --draws and --seed need --confidence."
        )
      }
      return
    }
    guard confidence > 0, confidence < 100 else {
      throw ValidationError(
        "--confidence is in per cent, above 0 and below 100, "
          + "not \(NumberText.exact(confidence))."
      )
    }
    if let overdispersion, !(1...1e6).contains(overdispersion) {
      throw ValidationError("--overdispersion must be from 1 to 1000000.")
    }
    if let draws, !(100...100_000).contains(draws) {
      throw ValidationError("--draws must be from 100 to 100000.")
    }
  }

  /// The confidence sets asked for, if any.
  ///
  /// - Parameters:
  ///   - ranking: The ranking.
  ///   - window: Which units are shown.
  ///   - panel: The panel it was computed from.
  ///   - isForTop: Whether they say which units may have one of the first places.
  /// - Returns: The sets; those that hold for each unit alone only of the units shown.
  /// - Throws: `NoStandardErrorsError` for an indicator whose error is not known.
  func sets(
    of ranking: Ranking,
    _ window: RankingWindow,
    _ panel: Panel,
    isForTop: Bool
  ) throws -> PlaceConfidence? {
    guard let confidence else { return nil }
    var settings = PlaceConfidence.Settings(level: confidence / 100)
    settings.overdispersion = overdispersion ?? settings.overdispersion
    settings.draws = draws ?? settings.draws
    settings.seed = seed ?? settings.seed
    settings.scope = simultaneous || isForTop ? .simultaneous : .marginal
    let shown = settings.scope == .marginal ? ranking.indices(in: window) : nil
    return try PlaceConfidence(
      ranking,
      in: panel,
      settings,
      entries: shown,
      threads: ProcessInfo.processInfo.activeProcessorCount
    )
  }
}
