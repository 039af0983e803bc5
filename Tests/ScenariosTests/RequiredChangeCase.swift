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
  init(_ random: inout SplitMix64) throws {
    func pick<Value>(_ values: [Value]) -> Value {
      values[Int.random(in: 0..<values.count, using: &random)]
    }
    let count = Int.random(in: 4...9, using: &random)
    let register = MunicipalityRegister(
      municipalities: (0..<count).map {
        Municipality(code: "010\($0)", name: "M\($0)", countyCode: "01", countyName: "East")
      },
      combinedUnits: []
    )
    let regionOf = (0..<count).map { $0 < 3 ? $0 : Int.random(in: 0..<3, using: &random) }
    let regions = (0..<3).map { region in
      ("R\(region)", "Region \(region)", (0..<count).filter { regionOf[$0] == region })
    }
    catalogue = Catalogue(
      register: register,
      divisions: [
        Sample.division("parts", regions),
        Sample.division("circle", [("C", "Circle", (0..<count).filter { regionOf[$0] < 2 })]),
      ],
      series: [Sample.series("top"), Sample.series("bottom"), Sample.series("small", maximum: 30)],
      indicators: Self.indicators
    )
    var panel = Panel(register: register)
    panel.coverageWeights = Array(repeating: 1, count: count)
    let missing = pick([-1, -1, -1, count - 1])
    let wide = pick([4, 12, 40])
    let bottom = (0..<count).map { _ in Double(Int.random(in: wide...(2 * wide), using: &random)) }
    let top = bottom.map { Double(Int.random(in: 0...Int($0), using: &random)) }
    for (id, values) in [("top", top), ("bottom", bottom), ("small", top.map { min($0, 25) })] {
      let column = Self.column(values.enumerated().map { $0 == missing ? nil : $1 })
      panel.add(try catalogue.series(id), columns: [2020: column])
    }
    self.panel = panel
    let indicator = pick(Self.indicators)
    let isRegion = indicator.aggregation != .notAggregable && pick([true, true, false])
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
    let own = isRegion ? regions.first { $0.0 == whom }?.2 ?? [] : []
    let member = own.isEmpty || pick([true, true, false]) ? nil : "010\(pick(own))"
    means = RequiredChange.Means(
      series: Located(series, at: place),
      member: member.map { Located($0, at: place) }
    )
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

  // MARK: - By trial

  /// The smallest number up to a largest, or `nil`.
  func byTrial(upTo most: Int) throws -> Int? {
    let simulation = try Simulation(scenario, catalogue: catalogue, panel: panel)
    let target = try #require(simulation.resolution.targets.first)
    let key = TargetYear.Key(indicator: target.indicator.id, year: target.year)
    let year = try TargetYear(key, of: target.indicator, in: simulation)
    let isLower = target.indicator.direction == .lower
    let isBottom = means.series?.value != target.indicator.numerator
    let change = isLower == isBottom ? 1.0 : -1
    let baseline = year.baseline.figures
    let members = members(of: target, simulation, baseline)
    let column = isBottom ? try #require(baseline.denominator) : baseline.numerator
    var weights = members.map { column.values[$0] }
    if weights.allSatisfy({ $0 == 0 }) { weights = weights.map { _ in 1 } }
    var held = members.map { _ in 0 }
    var figures = year.projected.figures
    for units in 0...most {
      if units > 0 {
        let quotients = held.indices.map { weights[$0] / Double(2 * held[$0] + 1) }
        let next = quotients.firstIndex(of: quotients.max() ?? 0) ?? 0
        held[next] += 1
        if isBottom {
          figures.denominator?.values[members[next]] += change
        } else {
          figures.numerator.values[members[next]] += change
        }
        guard keepsLimits(figures, members[next], target.indicator) else { return nil }
      }
      let standings = try simulation.rank(figures, year: target.year)
      let reader = try TargetReader(
        target,
        baseline: year.baseline.standings,
        year: standings,
        division: simulation.resolution.division,
        register: panel.register
      )
      if reader.reading().isMet { return units }
    }
    return nil
  }

  private func members(
    of target: ResolvedTarget,
    _ simulation: Simulation,
    _ baseline: IndicatorFigures
  ) -> [Int] {
    let resolution = simulation.resolution
    if let member = means.member?.value {
      return [resolution.catalogue.register.position(ofCode: member) ?? 0]
    }
    return resolution.members(of: target.unit).filter(baseline.isPresent)
  }

  private func keepsLimits(
    _ figures: IndicatorFigures,
    _ position: Int,
    _ indicator: Indicator
  ) -> Bool {
    let numerator = figures.numerator.values[position]
    let denominator = figures.denominator?.values[position] ?? 1
    let maximum = panel.series[indicator.numerator]?.maximum ?? .infinity
    return numerator >= 0 && numerator <= maximum && denominator > 0
      && !(indicator.isShare && numerator > denominator)
  }
}
