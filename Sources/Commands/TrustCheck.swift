internal import Datasets
internal import Forecasts
internal import Regions
internal import Reports
internal import Scenarios

/// Holds the growth models behind a scenario's futures against the past, so that an answer can say how
/// far it is to be trusted.
struct TrustCheck {
  /// The number of futures from which an answer is worth the check.
  static let fewestDraws = 1000

  let dataset: Dataset
  let division: Division
  let draws: DrawOptions

  /// One note per indicator whose own history, or whose lender's, allows it.
  ///
  /// - Parameters:
  ///   - models: The growth models.
  ///   - years: The years from the baseline to the horizon.
  ///   - language: The language.
  /// - Returns: The notes; none with fewer than a thousand draws.
  /// - Throws: `DatasetError` when figures cannot be read.
  func notes(
    _ models: [String: IndicatorGrowth],
    years: Int,
    _ language: Language
  ) throws -> [String] {
    guard draws.draws ?? 0 >= Self.fewestDraws else { return [] }
    var notes: [String] = []
    for (_, model) in models.sorted(by: { $0.key < $1.key }) {
      let tried = model.value.lender.flatMap { try? dataset.catalogue.indicator($0) }
      guard let indicator = model.value.lender == nil ? model.indicator : tried else { continue }
      let series = IndicatorGrowth.series(of: indicator, catalogue: dataset.catalogue)
      let panel = try dataset.panel(of: series)
      for horizon in TrustNote.horizons(for: years) {
        var options = Backtest.Options()
        options.horizons = [horizon]
        options.draws = 200
        options.threads = draws.chosenThreads
        let backtest = try? Backtest(
          indicator,
          panel: panel,
          catalogue: dataset.catalogue,
          division: division,
          options: options
        )
        guard let note = backtest.flatMap({ TrustNote($0).text(language) }) else { continue }
        notes.append(note)
        break
      }
    }
    return notes
  }
}
