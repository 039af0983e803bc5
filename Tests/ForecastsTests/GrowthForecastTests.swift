import Forecasts
import Regions
import TestSupport
import Testing

@testable import Forecasts

@Suite struct GrowthForecastTests {
  static let usual: [GrowthParameters.Name: Double] = [
    .trend: 0.006, .drift: 0.006, .persistence: 0.6, .noise: 0.006, .sizeNoise: 0.4,
    .regionShock: 0.005, .national: 0.01,
  ]

  /// Thirty municipalities over ten years.
  static func small(_ unknown: Set<Int> = [], changes: Int = 10) -> MadeUpGrowth {
    MadeUpGrowth(units: 30, changes: changes, parameters: usual, unknown: unknown)
  }

  static func forecast(_ model: GrowthModel, _ made: MadeUpGrowth, years: Int = 3) -> PathForecast {
    model.forecast(years: years, from: made.lastYear, register: made.register)
  }

  @Test("One municipality that jumps by half moves neither the parameters nor the others")
  func outlier() throws {
    let plain = MadeUpGrowth(parameters: Self.usual)
    var jumping = plain
    jumping.outliers = [(unit: 7, year: 15, change: 0.4)]
    let models = (before: try plain.model(), after: try jumping.model())
    for name in GrowthParameters.Name.allCases where name != .tails {
      expectClose(
        models.after.parameters[name],
        models.before.parameters[name],
        relative: 0.05,
        absolute: name == .countyCorrelation ? 0.02 : 1e-4,
        name.rawValue
      )
    }
    let before = Self.forecast(models.before, plain, years: 1)
    let after = Self.forecast(models.after, jumping, years: 1)
    for unit in 0..<300 where unit != 7 {
      let deviation = before.ownDeviation(of: unit, year: 1)
      expectClose(after.mean[unit], before.mean[unit], absolute: 0.1 * deviation, "\(unit)")
      expectClose(after.ownDeviation(of: unit, year: 1), deviation, relative: 0.05)
    }
    // Five years later a jump of 40 % is not a trend of 4 % a year.
    expectClose(after.mean[7], before.mean[7], absolute: 0.01)
  }

  @Test("A municipality without a history has its group's line and no weight of its own")
  func noHistory() throws {
    let made = Self.small([4])
    let model = try made.model()
    #expect(model.knownChanges(of: 4) == 0)
    #expect(model.knownChanges(of: 5) == 10)
    #expect(model.ownWeight(of: 4) == 0)
    #expect(model.ownWeight(of: 5) > 0)
    let forecast = Self.forecast(model, made)
    let expected = model.line.value(size: made.size(4), centrality: 0) + model.parameters[.national]
    for year in 0..<3 {
      expectClose(forecast.mean[4 + 30 * year], Double(year + 1) * expected, relative: 1e-9)
    }
    // What nothing is known of is the least certain of its size.
    let known = Self.forecast(try Self.small().model(), made)
    #expect(forecast.ownDeviation(of: 4, year: 3) > known.ownDeviation(of: 4, year: 3))
  }

  @Test("The more noise, the smaller the weight of the own past; the more trend, the larger")
  func weights() throws {
    var model = try Self.small().model()
    func weights(_ name: GrowthParameters.Name, _ values: [Double]) -> [Double] {
      values.map { value in
        model.parameters = GrowthParameters()
        model.parameters[.trend] = 0.01
        model.parameters[.noise] = 0.01
        model.parameters[name] = value
        return model.ownWeight(of: 3)
      }
    }
    // Of n years with the variances τ² and σ² the weight is nτ² / (nτ² + σ²).
    expectClose(
      weights(.noise, [0.005, 0.01, 0.05]),
      [10 / (10 + 0.25), 10.0 / 11, 10 / (10 + 25.0)],
      relative: 1e-9
    )
    expectClose(weights(.trend, [0, 0.01, 0.02]), [0, 10.0 / 11, 40.0 / 41], relative: 1e-9)
    let bySize = weights(.sizeNoise, [0, 1, 10])
    #expect(bySize == bySize.sorted(by: >))
    let size = model.sizes[3]
    expectClose(bySize[1], 10 / (10 + 1 + 1e4 / size), relative: 1e-9)
  }

  @Test("Without any noise the own past says all")
  func noNoise() throws {
    let made = MadeUpGrowth(units: 150, changes: 6, parameters: [.trend: 0.01])
    var model = try made.model()
    for name in GrowthParameters.Name.allCases where name != .trend && name != .national {
      model.parameters[name] = name == .tails ? .infinity : 0
    }
    let forecast = Self.forecast(model, made)
    let amounts = made.amounts
    for unit in stride(from: 0, to: 150, by: 7) {
      expectClose(model.ownWeight(of: unit), 1, absolute: 1e-6)
      let own = GrowthScale.log.transformed(amounts[unit][6] / amounts[unit][5])
      expectClose(forecast.mean[unit + 300], 3 * own, absolute: 2e-3)
      expectClose(forecast.ownDeviation(of: unit, year: 3), 0, absolute: 1e-5)
    }
  }

  @Test("Another judgement of a parameter gives another path")
  func override() throws {
    let made = Self.small()
    let model = try made.model()
    let plain = Self.forecast(model, made)
    func changed(_ name: GrowthParameters.Name, _ value: Double) -> PathForecast {
      var other = model
      other.parameters[name] = value
      return Self.forecast(other, made)
    }
    let faster = changed(.national, model.parameters[.national] + 0.01)
    for year in 0..<3 {
      expectClose(
        faster.mean[5 + 30 * year] - plain.mean[5 + 30 * year],
        0.01 * Double(year + 1),
        relative: 1e-9
      )
    }
    #expect(faster.ownFactors == plain.ownFactors)
    #expect(changed(.tails, 4).degreesOfFreedom == 4)
    #expect(changed(.tails, .infinity).degreesOfFreedom == nil)
    #expect(changed(.noise, 0.05).ownDeviation(of: 5, year: 1) > plain.ownDeviation(of: 5, year: 1))
    #expect(changed(.regionShock, 0.05).groupFactor[0] > plain.groupFactor[0])
    #expect(changed(.nationalNoise, 0.05).nationalFactor[0] > plain.nationalFactor[0])
    let related = changed(.countyCorrelation, 0.5).groupCorrelation
    #expect(related[0] == 1)
    // Two regions a county: the second is of the county of the first, the third is not.
    #expect(related[1] == 0.5)
    #expect(related[2] == 0)
  }

  @Test("The national path: a yearly deviation, and the error of a mean of five years")
  func national() throws {
    var model = try Self.small().model()
    model.parameters[.nationalNoise] = 0.02
    let factor = Self.forecast(model, Self.small(), years: 2).nationalFactor
    expectClose(factor[0] * factor[0], 0.0004 * (1 + 0.2), relative: 1e-9)
    expectClose(
      factor[1] * factor[1] + factor[3] * factor[3],
      0.0004 * (2 + 4 * 0.2),
      relative: 1e-9
    )
  }

  @Test("A later baseline is less certain; a longer history more")
  func gap() throws {
    let made = Self.small()
    let model = try made.model()
    let now = Self.forecast(model, made)
    let later = model.forecast(years: 3, from: made.lastYear + 4, register: made.register)
    func variance(_ forecast: PathForecast) -> Double {
      let own = forecast.ownDeviation(of: 5, year: 3)
      return own * own
        + (0..<3).reduce(0) { sum, column in
          let shared = forecast.groupFactor[2 + 3 * column]
          return sum + shared * shared
        }
    }
    #expect(variance(later) > variance(now))
    // A baseline before the last year of the history is taken for that year.
    #expect(model.forecast(years: 3, from: made.lastYear - 2, register: made.register) == now)
    #expect(model.widening == 1.1)
    #expect(try Self.small(changes: 5).model().widening == 1.2)
  }

  @Test("A combined unit is a municipality without a history, as large as its members")
  func combined() throws {
    let values = (0...5).map { year -> (Int, [Double?]) in
      (2001 + year, [10, 20, 30, 40].map { $0 + Double(year) })
    }
    let history = try #require(
      QuantityHistory(
        Quantity(numerator: "n", scale: .log),
        in: Small.panel(["n": Dictionary(uniqueKeysWithValues: values)])
      )
    )
    var model = GrowthModel(history, groups: Small.groups)
    model.parameters[.sizeNoise] = 0.3
    let forecast = model.forecast(years: 2, from: 2006, register: Small.register)
    #expect(forecast.positions == 5)
    #expect(forecast.groups == [0, 0, 1, 1, 1])
    let expected =
      [35.0, 45].reduce(0) { $0 + model.line.value(size: $1, centrality: 0) } / 2
      + model.parameters[.national]
    expectClose(forecast.mean[4], expected, relative: 1e-9, absolute: 1e-15)
    #expect(!forecast.mean.contains { !$0.isFinite })
  }

  @Test("What never varied gives the same change for sure, and a normal distribution")
  func constant() throws {
    var panel = Panel(register: Self.small().register)
    let columns = (0...6).map { year in
      let values = (0..<30).map { Double(10 * $0 + 2 * year) }
      return (2001 + year, Small.column(values, year: 2001 + year, count: 30))
    }
    panel.add(Small.series("n"), columns: Dictionary(uniqueKeysWithValues: columns))
    let history = try #require(
      QuantityHistory(Quantity(numerator: "n", scale: .identity), in: panel)
    )
    let made = Self.small(changes: 6)
    let model = GrowthModel(history, groups: made.groups)
    let forecast = Self.forecast(model, made)
    #expect(model.parameters[.national] == 2)
    expectClose(forecast.mean, (0..<90).map { Double(2 * ($0 / 30 + 1)) }, relative: 1e-12)
    #expect(!forecast.ownFactors.contains { $0 != 0 })
    #expect(!forecast.groupFactor.contains { $0 != 0 })
    #expect(!forecast.nationalFactor.contains { $0 != 0 })
    #expect(forecast.degreesOfFreedom == nil)
    #expect(model.ownWeight(of: 0) == 0)
  }

  @Test("Two municipalities still differ from year to year", arguments: [2, 4])
  func few(_ units: Int) throws {
    let made = MadeUpGrowth(units: units, changes: 8, parameters: [.noise: 0.02, .national: 0.05])
    let model = try made.model()
    let forecast = Self.forecast(model, made)
    #expect(!forecast.mean.contains { !$0.isFinite })
    expectClose(model.parameters[.national], 0.05, absolute: 0.03)
    for unit in 0..<units {
      let deviation = forecast.ownDeviation(of: unit, year: 1)
      #expect(deviation > 0.002)
      #expect(deviation < 0.06)
    }
  }

  @Test("One year of figures, or one change, gives a forecast without NaN", arguments: [0, 1])
  func short(_ changes: Int) throws {
    let made = Self.small(changes: changes)
    let model = try made.model()
    let forecast = Self.forecast(model, made)
    let numbers =
      forecast.mean + forecast.ownFactors + forecast.groupFactor + forecast.nationalFactor
      + forecast.groupCorrelation
    #expect(!numbers.contains { !$0.isFinite })
    #expect(model.knownChanges(of: 0) == changes)
    #expect(model.widening == (changes == 0 ? 1 : 2))
  }

  @Test("Residuals of two quantities: the same, others, and too few")
  func correlation() throws {
    let model = try MadeUpGrowth(units: 60, parameters: [.noise: 0.02]).model()
    let other = try MadeUpGrowth(units: 60, seed: 2, parameters: [.noise: 0.02]).model()
    #expect(model.correlation(with: model) == 0.95)
    expectClose(model.correlation(with: other), 0, absolute: 4 / 1200.0.squareRoot())
    #expect(model.correlation(with: other) == other.correlation(with: model))
    // The earlier history ends before the later one begins to differ.
    let earlier = GrowthModel(model.history.upTo(2015), groups: model.groups)
    expectClose(model.correlation(with: earlier), 0.95, absolute: 0.02)
    let few = try Self.small(changes: 3).model()
    #expect(few.correlation(with: few) == 0)
    #expect(model.correlation(with: few) == 0)
  }

  @Test("Groups: the first region counts, the county is that of most, centrality needs all")
  func groups() {
    let groups = GrowthGroups(Small.division, register: Small.register)
    #expect(groups.regions == [0, 0, 1, 1])
    #expect(groups.members == [[0, 1], [2, 3]])
    #expect(groups.counties == [0, 0])
    #expect(groups.centrality == nil)
    #expect(groups.correlation(withinCounty: 0.3) == [1, 0.3, 0.3, 1])
    let twice = Division(
      id: "circles",
      kind: .peerSet,
      name: LocalizedText(nb: "", en: ""),
      source: "",
      note: "",
      regions: [[0, 1], [1, 2]].enumerated().map { index, members in
        Region(
          code: "C\(index)",
          name: "C\(index)",
          members: members,
          bases: members.map { _ in .documented }
        )
      }
    )
    let circles = GrowthGroups(twice, register: Small.register)
    #expect(circles.regions == [0, 0, 1, -1])
    #expect(circles.members == [[0, 1], [2]])
  }
}
