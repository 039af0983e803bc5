import Documents
import Forecasts
import Regions
import TestSupport
import Testing

@testable import Scenarios

/// The same futures for every number of threads and every split, and shocks that scenarios share.
@Suite struct FuturesReproducibilityTests {
  /// A simulation of the shipped targets on the real figures, with noise of every kind.
  private static func simulation(
    _ change: (inout Scenario) -> Void = { _ in }
  ) throws -> Simulation {
    var scenario = try Shipped.scenario("employment-targets")
    change(&scenario)
    return try Simulation(
      scenario,
      catalogue: NorwayDataset.catalogue(),
      panel: NorwayDataset.panel(),
      forecasts: [
        "employment.share": Noise.forecast(
          Noise.national(4, size: 0.03, scale: .logit),
          Noise.national(4, size: 0.02, scale: .log, freedom: nil),
          correlation: -0.3
        )
      ]
    )
  }

  private static func expectSame(_ a: Futures, _ b: Futures) {
    #expect(a.targets.map(\.probability) == b.targets.map(\.probability))
    #expect(a.allTargets == b.allTargets)
    for (mine, theirs) in zip(a.indicators, b.indicators) {
      #expect(counts(mine) == counts(theirs))
      #expect(mine.overtakes == theirs.overtakes)
      #expect(mine.clipped == theirs.clipped)
    }
  }

  private static func counts(_ result: IndicatorFutures) -> [[UInt32]] {
    result.years.flatMap { [$0.municipality.counts, $0.region?.counts ?? []] }
  }

  @Test func threads() throws {
    let simulation = try Self.simulation()
    let one = try simulation.futures(draws: 140, seed: 3, threads: 1)
    for threads in [2, 3] {
      Self.expectSame(one, try simulation.futures(draws: 140, seed: 3, threads: threads))
    }
    let other = try simulation.futures(draws: 140, seed: 4, threads: 1)
    #expect(Self.counts(one.indicators[0]) != Self.counts(other.indicators[0]))
    #expect(one.targets.contains { $0.probability.count > 0 && $0.probability.count < 140 })
    let places = one.indicators[0].years[3].municipality
    for unit in places.units.indices {
      let counts = (0...places.units.count).map { places.count(ofPlace: $0, unit) }
      #expect(counts.reduce(0, +) == 140)
    }
  }

  /// Any cut of the draws gives the same counts, also within a block; so the first of many are few.
  @Test(arguments: [1, 64, 75])
  func splits(cut: Int) throws {
    let plan = try Self.simulation().drawPlan(seed: 9)
    func counts(_ draws: Range<Int>) -> DrawCounts {
      DrawRun(plans: [plan], observer: NoObserver(), draws: draws, progress: nil)
        .result(threads: 2).parts[0]
    }
    let whole = counts(0..<80)
    let (first, second) = (counts(0..<cut), counts(cut..<80))
    #expect(zip(first.isMet, second.isMet).map { $0 + $1 } == whole.isMet)
    #expect(first.areAllMet + second.areAllMet == whole.areAllMet)
    let added = zip(first.tallies[0].municipalityCounts, second.tallies[0].municipalityCounts)
    #expect(added.map { $0 + $1 } == whole.tallies[0].municipalityCounts)
    let regions = zip(first.tallies[0].regionCounts, second.tallies[0].regionCounts)
    #expect(regions.map { $0 + $1 } == whole.tallies[0].regionCounts)
  }

  /// A shorter horizon has the same first years, and levers do not change the shocks of others.
  @Test func sharedShocks() throws {
    let long = try Self.simulation { $0.targets = [] }.futures(draws: 40, seed: 2, threads: 2)
    let short = try Self.simulation {
      $0.targets = []
      $0.horizon.value = 2026
    }.futures(draws: 40, seed: 2, threads: 2)
    #expect(Self.counts(short.indicators[0]) == Array(Self.counts(long.indicators[0]).prefix(4)))
  }

  /// Common random numbers: the difference is known far better than from two seeds, and it is that
  /// of the two results.
  @Test func differences() throws {
    let base = try Self.simulation { $0.levers = [] }
    let scenario = try Self.simulation()
    let draws = 192
    let result = try Simulation.comparison([base, scenario], draws: draws, seed: 5, threads: 2)
    let (before, after) = (result.futures[0], result.futures[1])
    Self.expectSame(before, try base.futures(draws: draws, seed: 5, threads: 1))
    Self.expectSame(after, try scenario.futures(draws: draws, seed: 5, threads: 1))
    let difference = try #require(result.differences.first)
    #expect(difference.targets.map(\.target) == ["best", "higher", "top40", "share76", "places"])
    for (target, pair) in zip(difference.targets, zip(before.targets, after.targets)) {
      #expect(target.base == pair.0.probability && target.scenario == pair.1.probability)
      expectClose(
        target.difference,
        pair.1.probability.value - pair.0.probability.value,
        absolute: 1e-12
      )
    }
    // Levers that raise the share of the region can only help it to 76 per cent.
    let level = try #require(difference.targets.first { $0.target == "share76" })
    #expect(level.gained > 0 && level.lost == 0)
    let (a, b) = (level.base.standardError, level.scenario.standardError)
    #expect(level.standardError < 0.8 * (a * a + b * b).squareRoot())
    let region = try #require(difference.places.first { $0.unit.code == "R03" && $0.year == 2028 })
    let means = [before, after].compactMap { futures in
      futures.indicators[0].years[3].region.flatMap { places in
        places.index(of: region.unit).map { places.mean($0) }
      }
    }
    try #require(means.count == 2)
    expectClose(region.places, means[0].place - means[1].place, absolute: 1e-9)
    let independent = means.reduce(0) { $0 + $1.standardError * $1.standardError }.squareRoot()
    #expect(region.places > 0 && region.standardError < independent / 2)
    let same = try Simulation.comparison([base, base], draws: 20, seed: 5, threads: 2)
    #expect(same.differences[0].places.allSatisfy { $0.places == 0 && $0.standardError == 0 })
    #expect(same.differences[0].targets.allSatisfy { $0.gained == 0 && $0.lost == 0 })
  }

  /// An observer sees every draw once, with the figures and places that are counted.
  @Test func observers() throws {
    let simulation = try Self.simulation()
    let result = try simulation.futures(
      draws: 70,
      seed: 1,
      threads: 2,
      observer: PlaceObserver(),
      progress: nil
    )
    let state = result.state
    #expect(state.draws == 70 * 69 / 2)
    #expect(state.count == 70)
    let places = result.futures.indicators[0].years[3].municipality
    let sum = (1...places.units.count).reduce(0) { $0 + $1 * places.count(ofPlace: $1, 0) }
    #expect(state.places == sum)
    #expect(state.agree)
  }
}

/// Adds up the places of the first municipality in the fourth year, and checks its value.
private struct PlaceObserver: DrawObserver {
  struct State: Sendable {
    var draws = 0
    var count = 0
    var places = 0
    var agree = true
  }

  func looks(at indicator: Int, year: Int) -> Bool { year == 3 }
  func start() -> State { State() }

  func look(at figures: DrawnFigures, _ columns: TargetColumns, _ state: inout State) {
    state.draws += figures.draw
    state.count += 1
    state.places += Int(columns.municipality.places[0])
    let ratio = figures.numerators[0] / (figures.denominators?[0] ?? 1)
    state.agree = state.agree && columns.municipality.values[0] == 100 * ratio
    for (place, sum) in zip(columns.municipality.places, columns.municipality.placesForSums) {
      state.agree = state.agree && isSame(place, sum)
    }
  }

  func merge(_ other: State, into state: inout State) {
    state.draws += other.draws
    state.count += other.count
    state.places += other.places
    state.agree = state.agree && other.agree
  }
}
