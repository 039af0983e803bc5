internal import Datasets
internal import Forecasts
internal import Regions
internal import Scenarios

/// Prepares scenarios with all they need: figures, and forecasts where futures are drawn or the
/// others move as a growth model expects.
struct ScenarioRunner {
  let dataset: Dataset

  /// A scenario that is ready to be run.
  struct Prepared {
    let scenario: Scenario
    let panel: Panel
    let forecasts: [String: IndicatorForecast]
    let simulation: Simulation
  }

  /// Prepares a scenario.
  ///
  /// - Parameters:
  ///   - scenario: The scenario.
  ///   - isDrawn: Whether its futures are drawn.
  /// - Returns: The scenario with its figures.
  /// - Throws: `ScenarioError` for a name that stands for nothing, `ForecastError` when growth
  ///   cannot be estimated, `DatasetError` when figures cannot be read.
  func prepared(_ scenario: Scenario, isDrawn: Bool) throws -> Prepared {
    let catalogue = dataset.catalogue
    var needed = try Simulation.series(of: scenario, catalogue: catalogue)
    let borrow = scenario.others.borrow.mapValues(\.value)
    let indicators =
      isDrawn || scenario.others.kind.value == .model
      ? try scenario.indicators.map { try catalogue.indicator($0.value) } : []
    for indicator in indicators {
      needed.formUnion(
        IndicatorGrowth.series(of: indicator, catalogue: catalogue, borrow: borrow)
      )
    }
    let panel = try dataset.panel(of: needed)
    var forecasts: [String: IndicatorForecast] = [:]
    if !indicators.isEmpty {
      let division = try catalogue.division(scenario.division.value)
      let groups = GrowthGroups(division, register: catalogue.register)
      for indicator in indicators {
        let growth = try IndicatorGrowth(
          indicator,
          from: scenario.baselineYear.value,
          panel: panel,
          catalogue: catalogue,
          groups: groups,
          borrow: borrow
        )
        forecasts[indicator.id] = growth.forecast(years: scenario.years.count)
      }
    }
    return Prepared(
      scenario: scenario,
      panel: panel,
      forecasts: forecasts,
      simulation: try Simulation(
        scenario,
        catalogue: catalogue,
        panel: panel,
        forecasts: forecasts
      )
    )
  }
}
