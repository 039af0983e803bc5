import Regions
import Scenarios
import TestSupport
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The scenarios that are shipped, on the real figures.
@Suite struct ShippedScenariosTests {
  @Test func allFilesAreTested() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: repositoryRoot + "/scenarios")
    #expect(files.sorted() == Shipped.names.map { $0 + ".yml" }.sorted())
  }

  @Test(arguments: Shipped.names)
  func allExpectationsHold(name: String) throws {
    let outcome = try Shipped.outcome(name)
    #expect(outcome.scenario.expectations.count >= 6)
    #expect(try outcome.unmetExpectations().map(\.description).isEmpty)
  }

  @Test func aChangedExpectationIsReportedWithItsPlace() throws {
    let text = try Shipped.text("employment-growth")
    let spoilt = text.replacing("place: 19, movement: 32", with: "place: 20, movement: 31")
    try #require(spoilt != text)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let line = try #require(lines.firstIndex { $0.contains("place: 19") }) + 1
    let scenario = try Scenario(id: "spoilt", file: "spoilt.yml", text: spoilt)
    #expect(
      try Shipped.run(scenario).unmetExpectations().map(\.description) == [
        "spoilt.yml:\(line):12: Mosseregionen in 2028: place 20 was expected and is 19.",
        "spoilt.yml:\(line):12: Mosseregionen in 2028: movement 31 was expected and is 32.",
      ]
    )
  }

  @Test(arguments: ["moss-alone", "population-trend", "tax-growth-trend"])
  func twoRunsGiveTheSame(name: String) throws {
    let (first, second) = (try Shipped.outcome(name), try Shipped.run(Shipped.scenario(name)))
    for (left, right) in zip(first.indicators, second.indicators) {
      #expect(isSame(left.baseline, right.baseline))
      #expect(zip(left.withLevers, right.withLevers).allSatisfy { isSame($0, $1) })
      #expect(zip(left.withoutLevers, right.withoutLevers).allSatisfy { isSame($0, $1) })
      #expect(left.attributions == right.attributions)
      #expect(left.overtakes == right.overtakes)
    }
    #expect(first.indicators.count == second.indicators.count)
  }

  /// To the last bit, missing values counted as the same.
  private func isSame(_ left: Standings, _ right: Standings) -> Bool {
    [Level.municipality, .region].allSatisfy { level in
      let pair = [left, right].compactMap { $0.ranking(at: level) }
      return pair.count == 2 && TestSupport.isSame(pair[0].levels.values, pair[1].levels.values)
        && TestSupport.isSame(pair[0].places, pair[1].places)
    }
  }

  @Test(arguments: Shipped.names)
  func overtakesExplainTheMovement(name: String) throws {
    for result in try Shipped.outcome(name).indicators {
      #expect(!result.attributions.isEmpty)
      for part in result.attributions {
        let overtakes = result.overtakes.filter { $0.unit == part.unit }
        let passed = overtakes.count { $0.direction == .passes }
        #expect(Double(2 * passed - overtakes.count) == part.movement)
        #expect(part.own + part.others == part.movement)
      }
    }
  }

  @Test func theSweepOfTheRealFiguresClimbs() throws {
    let sweep = try #require(
      try Simulation.sweep(
        try Shipped.scenario("employment-sweep"),
        catalogue: NorwayDataset.catalogue(),
        panel: NorwayDataset.panel()
      )
    )
    #expect(sweep.steps.map(\.value) == [0, 250, 500, 750, 1000, 1250, 1500, 1750, 2000])
    let places = try sweep.steps.map { step in
      let outcome = try step.outcome.get()
      return try outcome.standings(2028).standing(of: outcome.focus).place
    }
    #expect(places[0] == 51)
    #expect(places[2] == 40)
    #expect(zip(places, places.dropFirst()).allSatisfy { $0 >= $1 })
  }
}
