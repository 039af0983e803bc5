import Documents
import Regions
import Scenarios
import TestSupport
import Testing

@Suite struct LeverRangeTests {
  private func ranges(_ name: String) throws -> (Scenario, Outcome, [LeverRange]) {
    let scenario = try Shipped.scenario(name)
    let outcome = try Shipped.run(scenario)
    let ranges = try Simulation.leverRanges(
      scenario,
      indicator: outcome.indicators[0].indicator,
      share: 0.5,
      catalogue: NorwayDataset.catalogue(),
      panel: NorwayDataset.panel()
    )
    return (scenario, outcome, ranges)
  }

  /// Each end is the run with that value written in the scenario.
  @Test func theEndsAreRunsOfTheirOwn() throws {
    let (scenario, _, ranges) = try ranges("employment-growth")
    #expect(ranges.map(\.assumption) == [.lever("jobs")])
    for (text, end) in [("jobs.value=0.5", ranges[0].low), ("jobs.value=1.5", ranges[0].high)] {
      let outcome = try Shipped.run(try scenario.setting(text))
      let last = try #require(outcome.indicators[0].withLevers.last)
      let standing = last.standing(of: outcome.focus)
      #expect(end?.place == standing.place && end?.value == standing.value)
    }
  }

  @Test func whereTheOthersMoveTheyHoldOnce() throws {
    let (scenario, outcome, ranges) = try ranges("employment-growth-trend")
    #expect(ranges.map(\.assumption) == [.lever("jobs"), .othersHold])
    let held = try Shipped.run(scenario.withOthersHolding)
    let place = try #require(held.indicators[0].withLevers.last).standing(of: held.focus).place
    #expect(ranges[1].low.place == place && ranges[1].high == nil)
    let central = try #require(outcome.indicators[0].withLevers.last).standing(of: outcome.focus)
    #expect(ranges[1].span(of: central.place) == abs(place - central.place))
  }
}
