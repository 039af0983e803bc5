import Forecasts
import Regions
import TestSupport
import Testing

@testable import Forecasts

/// The parameters of growth that was drawn from the model itself are found again.
@Suite struct GrowthRecoveryTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var made: [GrowthParameters.Name: Double]
    /// How far each estimate may be from what was put in, where not as far as usual.
    var within: [GrowthParameters.Name: Double] = [:]

    var testDescription: String { made.keys.map(\.rawValue).sorted().joined(separator: ", ") }
  }

  /// With 300 municipalities over 20 years a standard deviation is known to about 1 %, but what is
  /// noise may partly be taken for noise by size, and a drift partly for a trend.
  static let usual: [GrowthParameters.Name: Double] = [
    .trend: 0.0015, .drift: 0.004, .noise: 0.0015, .sizeNoise: 0.25, .levelNoise: 0.2,
    .regionTrend: 0.003, .regionDrift: 0.003, .regionShock: 0.0025, .national: 0.006,
    .nationalNoise: 0.008,
  ]

  static let cases = [
    Case(
      made: [.sizeNoise: 0.5],
      within: [.sizeNoise: 0.03, .levelNoise: 0.05, .noise: 0.0003, .drift: 0.0003]
    ),
    Case(made: [.noise: 0.02]),
    Case(
      made: [.levelNoise: 0.5],
      within: [.levelNoise: 0.03, .sizeNoise: 0.05, .noise: 0.0003, .drift: 0.0005]
    ),
    Case(made: [.trend: 0.01]),
    Case(made: [.trend: 0.01, .noise: 0.02]),
    Case(
      made: [.drift: 0.03, .persistence: 0.6, .noise: 0.01],
      within: [.trend: 0.005, .noise: 0.005, .persistence: 0.11]
    ),
    Case(made: [.regionShock: 0.03, .noise: 0.01]),
    Case(
      made: [.regionShock: 0.03, .countyCorrelation: 0.5, .noise: 0.01],
      within: [.countyCorrelation: 0.1]
    ),
    Case(made: [.regionTrend: 0.02, .noise: 0.02]),
    Case(
      made: [.regionDrift: 0.02, .regionPersistence: 0.8, .noise: 0.01],
      within: [.regionTrend: 0.008]
    ),
    Case(made: [.national: 0.02, .nationalNoise: 0.01, .noise: 0.01], within: [.national: 0.025]),
    Case(made: [.noise: 0.02, .tails: 5], within: [.tails: 3]),
  ]

  @Test("The estimates are near what was put in", arguments: cases)
  func recovers(_ item: Case) throws {
    let parameters = try MadeUpGrowth(parameters: item.made).model().parameters
    for name in GrowthParameters.Name.allCases {
      guard let tolerance = item.within[name] ?? Self.usual[name] else { continue }
      expectClose(parameters[name], item.made[name] ?? 0, absolute: tolerance, name.rawValue)
    }
  }

  @Test("Normal growth has no heavy tails")
  func normal() throws {
    let parameters = try MadeUpGrowth(parameters: [.noise: 0.02]).model().parameters
    #expect(parameters[.tails] >= 30)
  }

  @Test("A line in size and centrality is found, and no line where there is none")
  func line() throws {
    let made = MadeUpGrowth(units: 60, changes: 8, parameters: [.noise: 1e-4])
    let level = try made.model().line
    expectClose(level.size, 0, absolute: 1e-4)
    #expect(level.centrality == 0)
    // The larger, the faster.
    let register = MunicipalityRegister(
      municipalities: (0..<60).map { unit in
        Municipality(
          code: "\(1000 + unit)",
          name: "M\(unit)",
          countyCode: "\(10 + unit / 10)",
          countyName: "County",
          centrality: Double(unit * 7 % 60) * 10
        )
      },
      combinedUnits: []
    )
    var panel = Panel(register: register)
    func slope(_ unit: Int) -> Double {
      0.002 * GrowthScale.log.transformed(made.size(unit)) + 0.01 * Double(unit * 7 % 60) / 100
    }
    for (id, value) in [
      ("amount", { unit, offset in Double(offset) * slope(unit) }),
      ("population.total", { unit, _ in made.size(unit) }),
    ] as [(String, (Int, Int) -> Double)] {
      let columns = (0...8).map { offset in
        let values = (0..<60).map { value($0, offset) }
        return (2001 + offset, Small.column(values, year: 2001 + offset, count: 60))
      }
      panel.add(Small.series(id), columns: Dictionary(uniqueKeysWithValues: columns))
    }
    let quantity = Quantity(numerator: "amount", scale: .identity)
    let history = try #require(QuantityHistory(quantity, in: panel))
    let groups = GrowthGroups(made.division, register: register)
    let steep = GrowthModel(history, groups: groups)
    expectClose(steep.line.size, 0.002, relative: 1e-9)
    expectClose(steep.line.centrality, 0.01, relative: 1e-9)
    for unit in [0, 17, 59] {
      let expected = steep.line.value(
        size: made.size(unit),
        centrality: groups.centrality?[unit] ?? 0
      )
      expectClose(expected + steep.parameters[.national], slope(unit), relative: 1e-9)
    }
  }
}
