import Regions
import TestSupport
import Testing

@testable import Scenarios

@Suite struct CheapestPathTests {
  /// All ways to give out some units to some members.
  private static func ways(_ units: Int, _ members: Int) -> [[Int]] {
    guard members > 1 else { return [[units]] }
    return (0...units).flatMap { first in
      ways(units - first, members - 1).map { [first] + $0 }
    }
  }

  /// On random scenarios with every kind, scope and measure: as by trying all ways to spread.
  @Test(arguments: 0..<8)
  func theSameAsTryingAll(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(100 + seed))
    var (done, exact) = (0, 0)
    while done < 25 {
      let example = try RequiredChangeCase(&random, isFree: true)
      let simulation = try? Simulation(
        example.scenario,
        catalogue: example.catalogue,
        panel: example.panel
      )
      // A target that cannot be asked, such as one of a region for an indicator without its value.
      guard let path = try? simulation?.cheapestPaths(example.means.series).first else { continue }
      done += 1
      let trial = try RequiredChangeTrial(example)
      let tried = try (0...Self.most).first { units in
        try Self.ways(units, trial.members.count).contains { shares in
          try trial.reading(shares)?.isMet ?? false
        }
      }
      let text = "seed \(seed): \(path.result) \(example.means)\n\(example.text)"
      switch path.result {
      case .alreadyMet: #expect(tried == 0, "\(text)")
      case .impossible: #expect(tried == nil, "\(text)")
      case .spread(let spread):
        exact += spread.isSmallest ? 1 : 0
        #expect(tried ?? .max >= min(spread.lowerBound, Self.most + 1), "\(text)")
        if abs(spread.total) <= Self.most { #expect(tried ?? .max <= abs(spread.total), "\(text)") }
        if spread.isSmallest, abs(spread.total) <= Self.most {
          #expect(tried == abs(spread.total), "\(text)")
        }
        #expect(try trial.reading(spread.units.map(abs))?.isMet == true, "\(text)")
      }
      try checkMostPlaces(path, trial, text)
    }
    #expect(exact > 5)
  }

  private static let most = 9

  private func checkMostPlaces(
    _ path: CheapestPath,
    _ trial: RequiredChangeTrial,
    _ text: String
  ) throws {
    guard let start = try trial.sum(trial.members.map { _ in 0 }), !start.isNaN else { return }
    for units in [0, 1, 2, 5] {
      let best = try (0...units).flatMap { Self.ways($0, trial.members.count) }.compactMap {
        try trial.sum($0)
      }.max()
      let spread = path.mostPlaces(for: units)
      #expect(abs(spread.total) <= units)
      // With nothing left in the whole country, values relative to it are lost.
      guard try trial.sum(spread.units.map(abs)) != nil else { continue }
      #expect(start + spread.places == best, "\(units) \(text)")
      if spread.places > 0 { #expect(path.fewestUnits(for: spread.places) == spread, "\(text)") }
    }
  }

  /// North's Ask passes Eid with one more and reaches the other Eid with ten; Berg is level with that.
  @Test func byHand() throws {
    let scenario = try Sample.scenario(more: "targets:\n  - {id: t, kind: sum, value: 1.5}\n")
    let simulation = try Simulation(
      scenario,
      catalogue: Sample.catalogue,
      panel: Sample.panel()
    )
    let path = try #require(try simulation.cheapestPaths().first)
    expectClose(path.valuePerUnit, 0.5)
    for member in path.members { expectClose(member.valuePerUnit, 1) }
    // Half a place for passing who is level, then half for reaching and half for passing the next.
    #expect(path.members[0].steps.map(\.units) == [1, 10, 11, 30, 31])
    #expect(path.members[0].steps.map(\.places) == [0.5, 1, 1.5, 2, 2.5])
    #expect(path.members[1].steps.map(\.units) == [1, 20, 21])
    #expect(path.members[1].steps.map(\.places) == [0.5, 1, 1.5])
    #expect(path.members[0].best?.units == 1)
    // 21 when spread by size; 11 when Ask gets all, or ten and Berg one.
    guard case .spread(let spread) = path.result else { return #expect(Bool(false)) }
    #expect(spread.total == 11 && spread.isSmallest && spread.places == 1.5)
    #expect(path.mostPlaces(for: 12).units == [11, 1])
    #expect(path.mostPlaces(for: 12).places == 2)
    #expect(path.mostPlaces(for: 0).places == 0)
    #expect(path.fewestUnits(for: 4)?.units == [31, 21])
    #expect(path.fewestUnits(for: 4.5) == nil)
  }

  /// Mosseregionen's targets on the real figures, with the sum raised to what it is not already.
  @Test func employmentTargets() throws {
    let scenario = try Shipped.scenario("employment-targets").setting("places.value=150")
    let simulation = try Simulation(
      scenario,
      catalogue: NorwayDataset.catalogue(),
      panel: NorwayDataset.panel()
    )
    let paths = Dictionary(
      uniqueKeysWithValues: try simulation.cheapestPaths().map { ($0.target.id, $0) }
    )
    let totals = paths.mapValues { path -> Int? in
      guard case .spread(let spread) = path.result, spread.isSmallest else { return nil }
      return spread.total
    }
    // For the region's own place or share any spread is as good as any other.
    #expect(totals["best"] == 206 && totals["top40"] == 155 && totals["share76"] == 316)
    // Moss lacks 418 of its own and Våler 62; the region then has enough.
    #expect(totals["higher"] == 480)
    guard case .spread(let places) = try #require(paths["places"]).result else { return }
    // Våler stands where the field is densest: 48 more there do what takes 195 spread by size.
    #expect(places.units == [0, 0, 48, 0] && places.isSmallest && places.places == 45)
    let spread = try simulation.requiredChanges().first { $0.target.id == "places" }
    guard case .change(let change) = try #require(spread).result else { return }
    #expect(change.units == 195)
  }
}
