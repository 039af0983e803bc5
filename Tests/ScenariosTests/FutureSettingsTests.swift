import Datasets
import Forecasts
import Regions
import TestSupport
import Testing

@testable import Scenarios

@Suite struct FutureSettingsTests {
  static func text(_ futures: String, others: String = "others: {move: hold}") -> String {
    """
    title: {nb: Prøve, en: Trial}
    focus: Mosseregionen
    indicators: [employment.share]
    baseline: {year: 2019}
    horizon: 2023
    \(others)
    \(futures)
    """
  }

  static func models(
    _ futures: String,
    others: String = "others: {move: hold}"
  ) throws -> [String: IndicatorGrowth] {
    let scenario = try Scenario(
      id: "trial",
      file: "trial.yml",
      text: text(futures, others: others)
    )
    let simulation = try Simulation(
      scenario,
      catalogue: try NorwayDataset.catalogue(),
      panel: try NorwayDataset.panel()
    )
    return try simulation.growthModels()
  }

  @Test func withoutSettingsTheModelStands() throws {
    let model = try #require(try Self.models("")["employment.share"])
    #expect(model.value.lender == "jobs.private.per_inhabitant")
    #expect(model.denominator?.lender == "population.total")
    #expect(model.value.model.parameters[.tails] == 6)
  }

  @Test func givenParametersReplaceEstimates() throws {
    let model = try #require(
      try Self.models(
        """
        futures:
          tails: normal
          parameters:
            employment.share: {scale: 0.5, noise: 0.02}
            employment.base: {trend: 0, tails: 4}
        """
      )["employment.share"]
    )
    #expect(model.value.factor == 0.5)
    #expect(model.value.model.parameters[.noise] == 0.02)
    #expect(model.value.model.parameters[.tails] == .infinity)
    #expect(model.denominator?.model.parameters[.trend] == 0)
    #expect(model.denominator?.model.parameters[.tails] == 4)
  }

  @Test func lendersOfTheScenarioGoFirst() throws {
    let model = try #require(
      try Self.models("", others: "others: {move: hold, borrow: {employed.20_66: jobs.private}}")[
        "employment.share"
      ]
    )
    #expect(model.value.lender == "jobs.private")
    #expect(model.value.model.history.quantity.name == "jobs.private/population.total")
  }

  @Test(arguments: [
    (
      "futures: {tails: 2}",
      "trial.yml:7:18: \"futures.tails\" must be normal, or degrees of freedom above 2 and at most "
        + "1,000"
    ),
    (
      "futures: {tail: 3}",
      "trial.yml:7:11: Unknown key \"tail\" in futures. Did you mean tails? Allowed are: tails, "
        + "parameters."
    ),
    (
      "futures: {parameters: {employment.shar: {noise: 1}}}",
      "trial.yml:7:49: \"employment.shar\" is neither an indicator of the scenario nor the "
        + "denominator of one. Did you mean employment.share? They are: employment.share, "
        + "employment.base."
    ),
    (
      "futures: {parameters: {employment.share: {nois: 1}}}",
      "trial.yml:7:49: The growth model of employment.share has no parameter nois; it has trend, "
        + "drift, persistence, noise, size_noise, level_noise, region_trend, region_drift, "
        + "region_persistence, region_shock, county_correlation, national, national_noise, tails, "
        + "scale. Did you mean noise?"
    ),
    (
      "futures: {parameters: {employment.base: {persistence: 1}}}",
      "trial.yml:7:55: The parameter persistence of employment.base must be from 0 up to, not "
        + "including, 1."
    ),
  ])
  func errors(futures: String, message: String) throws {
    #expect(errorText { _ = try Self.models(futures) } == message)
  }

  /// A series with one year and no lender moves as the scenario says, and not at all without that.
  @Test func movementThatIsGiven() throws {
    let given = Self.text("futures: {parameters: {disability.share: {noise: 0.4}}}")
      .replacing("employment.share", with: "disability.share").replacing("2019", with: "2023")
      .replacing("horizon: 2023", with: "horizon: 2026").replacing("R03", with: "Moss")
      .replacing("Mosseregionen", with: "Moss")
    let scenario = try Scenario(id: "trial", file: "trial.yml", text: given)
    let simulation = try Simulation(
      scenario,
      catalogue: try NorwayDataset.catalogue(),
      panel: try NorwayDataset.panel()
    )
    let model = try #require(try simulation.growthModels()["disability.share"])
    #expect(model.value.lender == nil && model.value.ownYears == 0)
    let forecast = model.forecast(years: 2).value
    expectClose(forecast.ownDeviation(of: 0, year: 2), 0.4 * 2.0.squareRoot(), relative: 1e-12)
    #expect(forecast.mean.allSatisfy { $0 == 0 })
  }

  @Test func aBaselineWithoutHistory() throws {
    let text = Self.text("").replacing("2019", with: "2004").replacing("2023", with: "2008")
      .replacing("employment.share", with: "jobs.private.per_inhabitant")
    let scenario = try Scenario(id: "trial", file: "trial.yml", text: text)
    let simulation = try Simulation(
      scenario,
      catalogue: try NorwayDataset.catalogue(),
      panel: try NorwayDataset.panel()
    )
    #expect(
      errorText { _ = try simulation.growthModels() }
        == "trial.yml:4:18: jobs.private/population.total has 1 yearly change up to 2004, too few to "
        + "say how it moves; 3 are needed. Name a series or ratio with a history under "
        + "others.borrow: jobs.private, give parameters under futures.parameters, or choose a later "
        + "baseline."
    )
  }
}
