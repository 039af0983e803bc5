import Documents
import Regions
import TestSupport
import Testing

@testable import Scenarios

/// A small random scenario with one target, and the smallest number of units found by trying 0, 1, 2,
/// … in turn, everybody ranked anew each time.
struct RequiredChangeCase {
  let scenario: Scenario
  let catalogue: Catalogue
  let panel: Panel
  let means: RequiredChange.Means
  let text: String

  /// Draws a case. Figures are small whole numbers, so that many are equal.
  ///
  /// - Parameters:
  ///   - random: The generator.
  ///   - isFree: Whether the unit is a region whose units are spread freely.
  /// - Throws: An error when the text is no scenario.
  init(_ random: inout SplitMix64, isFree: Bool = false) throws {
    func pick<Value>(_ values: [Value]) -> Value {
      values[Int.random(in: 0..<values.count, using: &random)]
    }
    let count = Int.random(in: 4...(isFree ? 6 : 9), using: &random)
    let regionOf = (0..<count).map { $0 < 3 ? $0 : Int.random(in: 0..<3, using: &random) }
    catalogue = Self.catalogue(regionOf)
    panel = try Self.panel(
      catalogue,
      wide: pick([4, 12, 40]),
      pick([-1, -1, -1, count - 1]),
      &random
    )
    let indicator = pick(Self.indicators)
    let isRegion =
      isFree || indicator.aggregation != .notAggregable && pick([true, true, false])
    let whom = isRegion ? pick(["R0", "R1"]) : "010\(Int.random(in: 0..<3, using: &random))"
    let target = Self.target(isRegion: isRegion, &random)
    let change = "010\(Int.random(in: 0..<count, using: &random))"
    let lever = pick([
      "id: a, kind: change, series: \(indicator.numerator), whom: \(change), value: 1, from: 2021",
      "id: a, kind: growth, series: \(indicator.numerator), whom: \(change), value: -30, from: 2021",
      "id: a, kind: reach, indicator: \(indicator.id), whom: \(change), target: 0101, from: 2021",
    ])
    text = """
      title: {nb: Prøve, en: Sample}
      division: parts
      focus: \(whom)
      indicators: [\(indicator.id)]
      baseline: {year: 2020}
      horizon: 2022
      others: {move: hold}
      levers:
        - {\(lever)}
      targets:
        - {id: t, \(target)}
      """
    scenario = try Scenario(id: "case", file: "case.yml", text: text)
    let place = SourcePlace(file: "case")
    let series = pick([indicator.numerator, indicator.denominator ?? indicator.numerator])
    let own = isRegion ? regionOf.indices.filter { "R\(regionOf[$0])" == whom } : []
    let member = isFree || own.isEmpty || pick([true, true, false]) ? nil : "010\(pick(own))"
    means = RequiredChange.Means(
      series: Located(series, at: place),
      member: member.map { Located($0, at: place) }
    )
  }

  private static func catalogue(_ regionOf: [Int]) -> Catalogue {
    let municipalities = regionOf.indices.map {
      Municipality(code: "010\($0)", name: "M\($0)", countyCode: "01", countyName: "East")
    }
    let regions = (0..<3).map { region in
      ("R\(region)", "Region \(region)", regionOf.indices.filter { regionOf[$0] == region })
    }
    let circle = [("C", "Circle", regionOf.indices.filter { regionOf[$0] < 2 })]
    return Catalogue(
      register: MunicipalityRegister(municipalities: municipalities, combinedUnits: []),
      divisions: [Sample.division("parts", regions), Sample.division("circle", circle)],
      series: [Sample.series("top"), Sample.series("bottom"), Sample.series("small", maximum: 30)],
      indicators: indicators
    )
  }

  private static func panel(
    _ catalogue: Catalogue,
    wide: Int,
    _ missing: Int,
    _ random: inout SplitMix64
  ) throws -> Panel {
    var panel = Panel(register: catalogue.register)
    panel.coverageWeights = Array(repeating: 1, count: catalogue.register.count)
    let bottom = (0..<catalogue.register.count).map { _ in
      Double(Int.random(in: wide...(2 * wide), using: &random))
    }
    let top = bottom.map { Double(Int.random(in: 0...Int($0), using: &random)) }
    for (id, values) in [("top", top), ("bottom", bottom), ("small", top.map { min($0, 25) })] {
      let column = Self.column(values.enumerated().map { $0 == missing ? nil : $1 })
      panel.add(try catalogue.series(id), columns: [2020: column])
    }
    return panel
  }

  static let indicators = [
    Sample.indicator("share", .ratioOfSums, "top", over: "bottom", scale: 100, isShare: true),
    Sample.indicator("head", .ratioOfSums, "top", over: "bottom"),
    Sample.indicator("low", .ratioOfSums, "top", over: "bottom", scale: 10, direction: .lower),
    Sample.indicator("relative", .ratioOfSums, "top", over: "bottom", scale: 100, isRelative: true),
    Sample.indicator(
      "relative.low",
      .ratioOfSums,
      "top",
      over: "bottom",
      scale: 100,
      direction: .lower,
      isRelative: true
    ),
    Sample.indicator("count", .sum, "top"),
    Sample.indicator("count.low", .sum, "top", direction: .lower),
    Sample.indicator("small", .sum, "small"),
    Sample.indicator("single", .notAggregable, "top", over: "bottom"),
  ]

  static func target(isRegion: Bool, _ random: inout SplitMix64) -> String {
    func pick(_ values: [String]) -> String {
      values[Int.random(in: 0..<values.count, using: &random)]
    }
    let scope = isRegion ? pick(["", ", scope: each", ", scope: each-and-together"]) : ""
    switch Int.random(in: 0..<(isRegion ? 7 : 6), using: &random) {
    case 0: return "kind: rank, value: \(pick(["1", "2", "3"]))\(scope)"
    case 1: return "kind: climb, value: \(pick(["-1", "0", "1", "2"]))\(scope)"
    case 2:
      let measures = ["", ", measure: sum", ", measure: mean", ", measure: headroom"]
      return "kind: best\(isRegion ? pick(measures) : "")\(pick(["", ", peers: circle"]))"
    case 3: return "kind: level, value: \(pick(["0.5", "3", "8", "60", "100"]))\(scope)"
    case 4: return "kind: improve\(pick(["", ", value: 0.05", ", value: 2"]))\(scope)"
    case 5: return "kind: country, value: \(pick(["50", "100", "101", "130"]))\(scope)"
    default: return "kind: sum, value: \(pick(["0.5", "1", "2.5", "4"]))"
    }
  }

  static func column(_ values: [Double?]) -> Column {
    var column = Column(count: values.count, year: 2020, missing: .notPublished)
    for (position, value) in values.enumerated() {
      guard let value else { continue }
      column.values[position] = value
      column.statuses[position] = .present(.observed)
    }
    return column
  }
}

/// The target of a case tried with any units, everybody ranked anew by the ordinary way.
struct RequiredChangeTrial {
  /// The members that units go to.
  let members: [Int]
  let weights: [Double]
  private let example: RequiredChangeCase
  private let simulation: Simulation
  private let target: ResolvedTarget
  private let year: TargetYear
  private let change: Double
  private let isBottom: Bool

  init(_ example: RequiredChangeCase) throws {
    self.example = example
    let simulation = try Simulation(
      example.scenario,
      catalogue: example.catalogue,
      panel: example.panel
    )
    self.simulation = simulation
    let target = try #require(simulation.resolution.targets.first)
    self.target = target
    let key = TargetYear.Key(indicator: target.indicator.id, year: target.year)
    year = try TargetYear(key, of: target.indicator, in: simulation)
    isBottom = example.means.series?.value != target.indicator.numerator
    change = (target.indicator.direction == .lower) == isBottom ? 1 : -1
    let baseline = year.baseline.figures
    if let member = example.means.member?.value {
      members = [example.catalogue.register.position(ofCode: member) ?? 0]
    } else {
      members = simulation.resolution.members(of: target.unit).filter(baseline.isPresent)
    }
    let column = isBottom ? try #require(baseline.denominator) : baseline.numerator
    let figures = members.map { column.values[$0] }
    weights = figures.allSatisfy { $0 == 0 } ? figures.map { _ in 1 } : figures
  }

  /// The reading with some units of each member; `nil` when a limit is broken.
  func reading(_ shares: [Int]) throws -> TargetReading? {
    var figures = year.projected.figures
    for (position, share) in zip(members, shares) {
      if isBottom {
        figures.denominator?.values[position] += change * Double(share)
      } else {
        figures.numerator.values[position] += change * Double(share)
      }
      guard keepsLimits(figures, position) else { return nil }
    }
    let standings = try simulation.rank(figures, year: target.year)
    // Where the country's ratio becomes 0, a value relative to it is lost.
    let reader = try? TargetReader(
      target,
      baseline: year.baseline.standings,
      year: standings,
      division: simulation.resolution.division,
      register: example.panel.register
    )
    return reader?.reading()
  }

  /// The sum of the members' movements with some units of each; `nil` when a limit is broken.
  func sum(_ shares: [Int]) throws -> Double? {
    guard let reading = try reading(shares) else { return nil }
    return reading.contests.first { $0.measure == .sum }?.own
  }

  /// The smallest number up to a largest when units go to the members one after the other in
  /// proportion to their figures, or `nil`.
  func smallest(upTo most: Int) throws -> Int? {
    var held = members.map { _ in 0 }
    for units in 0...most {
      if units > 0 {
        let quotients = held.indices.map { weights[$0] / Double(2 * held[$0] + 1) }
        held[quotients.firstIndex(of: quotients.max() ?? 0) ?? 0] += 1
      }
      guard let reading = try reading(held) else { return nil }
      if reading.isMet { return units }
    }
    return nil
  }

  private func keepsLimits(_ figures: IndicatorFigures, _ position: Int) -> Bool {
    let numerator = figures.numerator.values[position]
    let denominator = figures.denominator?.values[position] ?? 1
    let maximum = example.panel.series[target.indicator.numerator]?.maximum ?? .infinity
    return numerator >= 0 && numerator <= maximum && denominator > 0
      && !(target.indicator.isShare && numerator > denominator)
  }
}
