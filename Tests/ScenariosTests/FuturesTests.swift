import Documents
import Forecasts
import Regions
import Statistics
import TestSupport
import Testing

@testable import Scenarios

/// Random futures against closed forms, and against what they must share with a run.
@Suite struct FuturesTests {
  private static func scenario(
    _ indicators: String = "employed",
    horizon: Int = 2021,
    levers: [String] = [],
    more: String = ""
  ) throws -> Scenario {
    try Sample.scenario(indicators: indicators, horizon: horizon, levers: levers, more: more)
  }

  /// Whether a probability is within 4 Monte Carlo errors; the seed is fixed.
  private static func isNear(_ found: DrawnProbability, _ expected: Double) -> Bool {
    let error = (expected * (1 - expected) / Double(found.draws)).squareRoot()
    return abs(found.value - expected) <= 4 * error + 1e-12
  }

  // MARK: - Closed forms

  /// Two units with independent normal changes: P(swap) = Φ(−d/√(σ₁² + σ₂²)).
  @Test(arguments: [
    (5.0, 0.0, 0.022750131948179), (10, 0, 0.158655253931457), (10, 10, 0.239750061093477),
    (3, 4, 0.022750131948179), (30, 40, 0.420740290560897),
  ])
  func twoUnitsSwap(first: Double, second: Double, expected: Double) throws {
    // Ask 50, Berg 60; the others are far off.
    let panel = try Sample.panel(["employed": [2020: [5050, 5060, 9000, 8000, 7000]]])
    let futures = try Noise.futures(
      try Self.scenario(),
      ["employed": Noise.forecast(Noise.path([first, second]))],
      draws: 10_000,
      panel
    )
    let (places, ask) = try #require(futures.places("0101"))
    #expect(
      Self.isNear(DrawnProbability(count: places.count(ofPlace: 4, ask), draws: 10_000), expected)
    )
    #expect(places.count(ofPlace: 4, ask) + places.count(ofPlace: 5, ask) == 10_000)
    let swap = try #require(futures.indicators[0].overtakes.first { $0.unit.code == "0101" })
    #expect(swap.direction == .passes && swap.other.code == "0102")
    #expect(swap.probability.count == places.count(ofPlace: 4, ask))
    let reverse = futures.indicators[0].overtakes.first { $0.unit.code == "0102" }
    #expect(reverse?.direction == .passedBy && reverse?.probability == swap.probability)
  }

  /// Units that are alike have all places equally often.
  @Test(arguments: [nil, 3.0])
  func exchangeableUnits(freedom: Double?) throws {
    let panel = try Sample.panel(["employed": [2020: [50, 50, 50, 50, 50]]])
    let path = Noise.path([1, 1, 1, 1, 1], freedom: freedom)
    let futures = try Noise.futures(
      try Self.scenario(horizon: 2022),
      ["employed": Noise.forecast(path)],
      draws: 10_000,
      panel
    )
    for year in 0..<2 {
      let (places, _) = try #require(futures.places("0101", year: year))
      for unit in 0..<5 {
        for place in 1...5 {
          let count = DrawnProbability(count: places.count(ofPlace: place, unit), draws: 10_000)
          #expect(Self.isNear(count, 0.2), "\(year) \(unit) \(place) \(count.value)")
        }
        #expect(places.median(unit) == 3)
        #expect(places.interval(0.9, unit) == 1...5)
        #expect(places.interval(0.5, unit) == 2...4)
        let movement = places.movement(unit)
        #expect(abs(movement.places - (1 - 3)) < 5 * movement.standardError)
        expectClose(movement.standardError, (2.0 / 10_000).squareRoot(), relative: 0.03)
      }
    }
  }

  /// Shocks that all share, of the country or of one group, move nobody past anybody.
  @Test(arguments: [true, false])
  func perfectCorrelation(isNational: Bool) throws {
    let path = Noise.path(
      [],
      scale: .log,
      national: isNational ? 0.5 : 0,
      group: isNational ? 0 : 0.5,
      groups: Array(repeating: 0, count: Sample.register.count),
      correlation: [1]
    )
    let futures = try Noise.futures(try Self.scenario(), ["employed": Noise.forecast(path)])
    #expect(futures.indicators[0].overtakes.isEmpty)
    let outcome = try Sample.run(try Self.scenario())
    let places = try #require(outcome.indicators[0].withLevers.last?.municipality.places)
    let found = futures.indicators[0].years[0].municipality
    for (unit, place) in places.enumerated() where !place.isNaN {
      #expect(found.count(ofPlace: Int(place), unit) == found.draws)
    }
  }

  /// P(|t₃|/√3 > q): heavy tails, of unit variance.
  @Test(arguments: [(1.0, 0.181690113816), (2.0, 0.040519326354), (4.0, 0.006165373139)])
  func tails(size: Double, twoSided: Double) throws {
    let panel = try Sample.panel(["employed": [2020: [100, 100 + size, 9000, 8000, 7000]]])
    let futures = try Noise.futures(
      try Self.scenario(),
      ["employed": Noise.forecast(Noise.path([1], freedom: 3))],
      draws: 20_000,
      panel
    )
    let (places, ask) = try #require(futures.places("0101"))
    let passes = DrawnProbability(count: places.count(ofPlace: 4, ask), draws: 20_000)
    #expect(Self.isNear(passes, twoSided / 2), "\(passes.value)")
  }

  /// Two groups with correlated shocks: the difference has the variance 2σ²(1 − ρ).
  @Test(arguments: [(0.0, 0.240), (0.75, 0.0786), (-0.5, 0.2819)])
  func correlatedGroups(correlation: Double, expected: Double) throws {
    let panel = try Sample.panel(["employed": [2020: [5050, 5060, 9000, 8000, 7000]]])
    let path = Noise.path(
      [],
      group: 10,
      groups: [0, 1, -1, -1, -1, -1],
      correlation: [1, correlation, correlation, 1]
    )
    let futures = try Noise.futures(
      try Self.scenario(),
      ["employed": Noise.forecast(path)],
      draws: 10_000,
      panel
    )
    let (places, ask) = try #require(futures.places("0101"))
    let swap = Double(places.count(ofPlace: 4, ask)) / 10_000
    #expect(abs(swap - expected) < 0.017, "\(swap)")
  }

  /// Noise of value and denominator that cancels in the amount: n = (n/d)·d stays where ρ = −1.
  @Test func valueAndDenominator() throws {
    let value = Noise.path([0.1, 0.1, 0.1, 0.1, 0.1], scale: .log)
    let futures = try Noise.futures(
      try Self.scenario(
        "per_head",
        more: """
          targets:
            - {id: region, kind: level, value: 0.5499}

          """
      ),
      ["per_head": Noise.forecast(value, value, correlation: -1)],
      draws: 4000,
      try Sample.panel(["jobs": [2020: [50, 60, 80, 45, 30]], "people": [2020: Sample.people]])
    )
    // 110 jobs stay; the people of the region are 200 on the middle, both ways alike.
    let share = try #require(futures.targets.first).probability
    #expect(abs(share.value - 0.5) < 0.04, "\(share.value)")
    let free = try Noise.futures(
      try Self.scenario("per_head"),
      ["per_head": Noise.forecast(value, value)],
      draws: 4000,
      try Sample.panel(["jobs": [2020: [50, 60, 80, 45, 30]], "people": [2020: Sample.people]])
    )
    #expect(free.indicators[0].clipped == 0)
  }

  // MARK: - What a run gives

  /// Without noise every draw is the run, to the last place, on the real figures.
  @Test(arguments: Shipped.names.filter { !Shipped.byModel.contains($0) })
  func withoutNoise(name: String) throws {
    let scenario = try Shipped.scenario(name)
    let outcome = try Shipped.outcome(name)
    let catalogue = try NorwayDataset.catalogue()
    let count = catalogue.register.count
    let years = scenario.years.count
    var forecasts: [String: IndicatorForecast] = [:]
    for (index, id) in scenario.indicators.enumerated() {
      let scale = GrowthScale.allCases[index % 2]
      forecasts[id.value] = Noise.forecast(
        Noise.path([], years: years, scale: scale, positions: count),
        Noise.path([], years: years, scale: .log, positions: count)
      )
    }
    let simulation = try Simulation(
      scenario,
      catalogue: catalogue,
      panel: NorwayDataset.panel(),
      forecasts: forecasts
    )
    let futures = try simulation.futures(draws: 3, seed: 1, threads: 1)
    for (mine, theirs) in zip(futures.indicators, outcome.indicators) {
      #expect(mine.clipped == 0)
      for (year, standings) in zip(mine.years, theirs.withLevers) {
        Self.expectSame(year.municipality, standings.municipality)
        #expect((year.region == nil) == (standings.region == nil))
        if let region = year.region, let ranking = standings.region {
          Self.expectSame(region, ranking)
        }
      }
      let found = mine.overtakes.map { "\($0.unit.code)\($0.direction)\($0.other.code)" }
      let expected = theirs.overtakes.map { "\($0.unit.code)\($0.direction)\($0.other.code)" }
      #expect(Set(found) == Set(expected))
      #expect(mine.overtakes.allSatisfy { $0.probability.count == 3 })
    }
    for (mine, theirs) in zip(futures.targets, outcome.targets) {
      #expect(mine.probability.count == (theirs.isMet ? 3 : 0))
      #expect(mine.isMetCentrally == theirs.isMet)
    }
  }

  /// Every kind of indicator, on every scale, with levers of every kind, ties, a combined unit and a
  /// unit with nobody: without noise the run, in its places, targets and overtakings.
  @Test(
    arguments: ["share", "low", "per_head", "relative", "employed", "level", "rate"],
    GrowthScale.allCases
  )
  func everyKindOfIndicator(id: String, scale: GrowthScale) throws {
    let indicator = try Sample.catalogue.indicator(id)
    let isRate = indicator.numerator == "rate"
    let subject = isRate ? "indicator: \(id)" : "series: \(indicator.numerator)"
    var levers = [
      "id: a, kind: growth, \(subject), whom: Ask, value: 3, from: 2021",
      "id: b, kind: reach, indicator: \(id), whom: Berg, target: Ask, from: 2022",
    ]
    if !isRate { levers.append("id: c, kind: change, \(subject), whom: R1, value: 7, from: 2022") }
    let scenario = try Sample.scenario(
      indicators: id,
      focus: id == "rate" ? "Ask" : "R1",
      levers: levers,
      more: """
        targets:
          - {id: up, kind: climb, value: 1, whom: Ask}
          - {id: best, kind: best, whom: Berg}

        """
    )
    let people: [Double?] = [100, 100, 0, nil, nil, 140]
    let panel = try Sample.panel([
      "employed": [2020: [50, 60, 0, nil, nil, 70]], "people": [2020: people],
      "jobs": [2020: [50, 60, 0, nil, nil, 70]], "rate": [2020: [50, 60, 70, nil, nil, 50]],
    ])
    let none = Noise.path([], scale: scale)
    let simulation = try Simulation(
      scenario,
      catalogue: Sample.catalogue,
      panel: panel,
      forecasts: [id: Noise.forecast(none, Noise.path([], scale: .log))]
    )
    let outcome = try simulation.run()
    let futures = try simulation.futures(draws: 2, seed: 1, threads: 1)
    for (year, standings) in zip(futures.indicators[0].years, outcome.indicators[0].withLevers) {
      Self.expectSame(year.municipality, standings.municipality)
      #expect((year.region == nil) == (standings.region == nil))
      if let region = year.region, let ranking = standings.region {
        Self.expectSame(region, ranking)
      }
    }
    #expect(
      futures.targets.map { $0.probability.count / 2 } == outcome.targets.map { $0.isMet ? 1 : 0 }
    )
    let found = futures.indicators[0].overtakes.map {
      "\($0.unit.code)\($0.direction)\($0.other.code)"
    }
    let expected = outcome.indicators[0].overtakes
      .map { "\($0.unit.code)\($0.direction)\($0.other.code)" }
    #expect(Set(found) == Set(expected))
  }

  private static func expectSame(_ found: PlaceDistribution, _ ranking: Ranking) {
    var wrong: [String] = []
    for (unit, place) in ranking.places.enumerated() {
      let expected = place.isNaN ? 0 : Int(place)
      if found.count(ofPlace: expected, unit) != found.draws {
        wrong.append(found.units[unit].code)
      }
    }
    #expect(wrong.isEmpty, "\(wrong)")
  }

  /// The others move as the model's mean says; the focus may hold.
  @Test(arguments: [false, true])
  func movementByTheModel(focusHolds: Bool) throws {
    let others = focusHolds ? "{move: model, focus: hold}" : "{move: model}"
    let scenario = try Sample.scenario(indicators: "share", horizon: 2021, others: others)
    var mean = [Double](repeating: 0, count: 6)
    mean[0] = 1
    mean[2] = -1
    let growth = [Double](repeating: 0.6931471805599453, count: 6)
    let forecast = Noise.forecast(
      Noise.path([], years: 1, scale: .logit, mean: mean),
      Noise.path([], years: 1, scale: .log, mean: growth)
    )
    let simulation = try Simulation(
      scenario,
      catalogue: Sample.catalogue,
      panel: Sample.panel(),
      forecasts: ["share": forecast]
    )
    let outcome = try simulation.run()
    // Log odds 0 + 1, and ln 4 − 1.
    let expected = [focusHolds ? 50 : 73.10585786300049, 60, 59.53903248083103, 50, 60]
    expectClose(try outcome.values(2021), expected, relative: 1e-9)
    let people = [100.0, 100, 100, 90, 50].map { 2 * $0 }
    let kept = focusHolds ? [100, 100] + people.dropFirst(2) : people
    expectClose(try outcome.denominators(2021), kept)
    let futures = try simulation.futures(draws: 2, seed: 1, threads: 1)
    let last = try #require(outcome.indicators[0].withLevers.last)
    Self.expectSame(futures.indicators[0].years[0].municipality, last.municipality)
  }
}
