import Regions
import Scenarios
import TestSupport
import Testing

/// What is said of the others and would be passed over or make no sense is refused; weights hold for
/// single series.
@Suite struct OthersMovementTests {
  private static let figures: [String: [Int: [Double?]]] = [
    "employed": [
      2018: [50, 60, 80, 45, 30], 2019: [55, 60, 80, 45, 30], 2020: [60.5, 60, 80, 45, 30],
    ],
    "people": [
      2018: [100, 100, 100, 90, 50], 2019: [110, 100, 100, 90, 50], 2020: [121, 100, 100, 90, 50],
    ],
    "rate": [2020: [10, 20, 30, 40, 50]],
  ]

  @Test func aWeightOfOneSeriesLeavesTheOtherAtItsOwnTrend() throws {
    let scenario = try Sample.scenario(others: "{move: trend, weight: {employed: 0}}")
    let outcome = try Sample.run(scenario, Sample.panel(Self.figures))
    let country = (270.0 / 265 - 1 + 275.5 / 270 - 1) / 2
    expectClose(try outcome.numerators(2021)[0], 60.5 * (1 + country))
    expectClose(try outcome.denominators(2021)[0], 121 * 1.1)
  }

  @Test(arguments: [
    (
      "{move: trend, weight: {employd: 0.5}}",
      "sample.yml:7:41: \"employd\" is no series of the scenario's indicators. Did you mean employed? "
        + "They are: employed, people."
    ),
    (
      "{move: trend, weight: {employed: 2}}",
      "sample.yml:7:42: \"others.weight.employed\" must be from 0 to 1"
    ),
    (
      "{move: hold, growth: {people: 1}}",
      "sample.yml:7:30: \"others.growth\" has no effect while the others hold"
    ),
    (
      "{move: hold, focus: same}",
      "sample.yml:7:29: \"others.focus\" has no effect while the others hold"
    ),
    (
      "{move: trend, growth: {people: 1}, borrow: {people: jobs}}",
      "sample.yml:7:61: people is given a growth under others.growth and cannot borrow another."
    ),
  ])
  func refused(others: String, message: String) {
    #expect(errorText { try Sample.run(try Sample.scenario(others: others)) } == message)
  }

  @Test func aSeriesThatCanBeNegativeHasNoGrowthRate() throws {
    var panel = try Sample.panel(Self.figures)
    let signed = Sample.series("employed", minimum: nil)
    panel.add(signed, columns: [2020: Sample.column([1, -2, 3, 4, 5], year: 2020)])
    let scenario = try Sample.scenario(indicators: "employed", others: "{move: trend}")
    #expect(
      errorText { try Sample.run(scenario, panel) }
        == "sample.yml:7:16: employed can be negative, so it has no growth rate. Let the others hold, "
        + "or give the growth under others.growth."
    )
  }

  @Test(arguments: [
    ("{move: national}", "sample.yml:7:16"),
    ("{move: trend, borrow: {employed: rate}}", "sample.yml:7:42"),
  ])
  func theChangeOfARateIsNotTheCountrys(others: String, place: String) throws {
    let indicators = others.contains("borrow") ? "share" : "rate"
    let scenario = try Sample.scenario(indicators: indicators, others: others, focus: "Ask")
    #expect(
      errorText { try Sample.run(scenario, Sample.panel(Self.figures)) }
        == "\(place): rate is a rate, whose change for the country is no sum over municipalities. "
        + "Let the others hold, or give the growth under others.growth."
    )
  }

  @Test(arguments: ["change", "set"])
  func aRateIsNotSummed(kind: String) throws {
    let scenario = try Sample.scenario(
      indicators: "rate",
      focus: "Ask",
      levers: ["id: up, series: rate, kind: \(kind), whom: Ask, value: 1"]
    )
    #expect(
      errorText { try Sample.run(scenario, Sample.panel(Self.figures)) }
        == "sample.yml:9:22: rate is a rate, which cannot be summed over municipalities. Name the "
        + "indicator instead of the series, or use the kind growth."
    )
  }

  @Test func aSweepOfGrowthStaysAboveItsFloor() {
    #expect(
      errorText {
        try Sample.scenario(
          levers: ["id: up, kind: growth, series: employed, whom: Ask, value: 1"],
          more: "sweep: {lever: up, from: -120, to: 0, step: 20}"
        )
      }
        == "sample.yml:10:16: The lever \"up\" must grow by more than −100 per cent; the sweep goes "
        + "to -120."
    )
  }
}
