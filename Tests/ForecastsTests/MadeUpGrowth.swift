import Forecasts
import Regions
import Testing

@testable import Statistics

/// Growth drawn from the model itself: municipalities of 500 to 200,000 inhabitants in regions of
/// five, two regions a county, with an amount whose yearly changes have the parameters given.
struct MadeUpGrowth: Sendable {
  var units = 300
  /// The number of yearly changes.
  var changes = 20
  var seed: UInt64 = 1
  var parameters: [GrowthParameters.Name: Double] = [:]
  /// Replaces the change of a municipality into a year, counted from 1.
  var outliers: [(unit: Int, year: Int, change: Double)] = []
  var breaks: [SeriesBreak] = []
  /// Municipalities whose amounts are left out.
  var unknown: Set<Int> = []

  static let firstYear = 2001
  var lastYear: Int { Self.firstYear + changes }

  var register: MunicipalityRegister {
    MunicipalityRegister(
      municipalities: (0..<units).map { unit in
        Municipality(
          code: "\(1000 + unit)",
          name: "M\(unit)",
          countyCode: "\(10 + unit / 10)",
          countyName: "County"
        )
      },
      combinedUnits: []
    )
  }

  var division: Division {
    Division(
      id: "parts",
      kind: .partition,
      name: LocalizedText(nb: "", en: ""),
      source: "",
      note: "",
      regions: stride(from: 0, to: units, by: 5).map { first in
        let members = Array(first..<min(first + 5, units))
        return Region(
          code: "R\(first / 5)",
          name: "R\(first / 5)",
          members: members,
          bases: members.map { _ in .official }
        )
      }
    )
  }

  var groups: GrowthGroups { GrowthGroups(division, register: register) }

  /// Spread evenly on the logarithm, in an order that has nothing to do with the regions.
  func size(_ unit: Int) -> Double {
    500 * exponential(6 * Double(unit * 37 % units) / Double(units))
  }

  private func exponential(_ exponent: Double) -> Double {
    GrowthScale.log.value(1, changedBy: exponent)
  }

  /// The yearly changes of a municipality, by the formula of `GrowthParameters`.
  private func yearly(_ unit: Int, _ tails: StudentFactors?) -> [Double] {
    let normals = StandardNormals(seed: seed)
    func number(_ stream: Int, _ index: Int) -> Double {
      normals.number(stream: stream, index: index)
    }
    func value(_ name: GrowthParameters.Name) -> Double { parameters[name] ?? 0 }
    let region = unit / 5
    let root = size(unit).squareRoot()
    var drift = value(.drift) * number(1, unit)
    var regionDrift = value(.regionDrift) * number(2, region)
    var level = value(.levelNoise) / root * number(3, unit)
    return (1..<changes + 1).map { year in
      let (own, shared) = (unit + 10_000 * year, region + 10_000 * year)
      let next = value(.levelNoise) / root * number(3, own)
      var change = value(.national) + value(.nationalNoise) * number(4, year)
      change += value(.trend) * number(5, unit) + value(.regionTrend) * number(6, region)
      let tail = tails?.factor(at: number(11, own)) ?? 1
      change += value(.noise) * tail * number(7, own)
      change += value(.sizeNoise) / root * tail * number(8, own)
      let common = value(.countyCorrelation)
      change += value(.regionShock) * common.squareRoot() * number(10, region / 2 + 10_000 * year)
      change += value(.regionShock) * (1 - common).squareRoot() * number(9, shared)
      change += next - level
      let rho = value(.persistence)
      drift = rho * drift + value(.drift) * (1 - rho * rho).squareRoot() * number(1, own)
      let regionRho = value(.regionPersistence)
      regionDrift =
        regionRho * regionDrift
        + value(.regionDrift) * (1 - regionRho * regionRho).squareRoot() * number(2, shared)
      level = next
      return change + drift + regionDrift
    }
  }

  /// Amounts by municipality, from the first year on.
  var amounts: [[Double]] {
    let tails = parameters[.tails].flatMap {
      $0.isFinite ? StudentFactors(degreesOfFreedom: $0) : nil
    }
    return (0..<units).map { unit in
      var yearly = yearly(unit, tails)
      for outlier in outliers where outlier.unit == unit {
        yearly[outlier.year - 1] = outlier.change
      }
      var logarithm = 0.0
      return [1000]
        + yearly.map { change in
          logarithm += change
          return 1000 * exponential(logarithm)
        }
    }
  }

  /// The amounts as `amount`, and the inhabitants as `population.total`.
  var panel: Panel {
    var panel = Panel(register: register)
    panel.coverageWeights = (0..<units).map { _ in 1 }
    let amounts = amounts
    var columns: [String: [Int: Column]] = [:]
    for offset in 0...changes {
      let year = Self.firstYear + offset
      columns["amount", default: [:]][year] = Small.column(
        (0..<units).map { unknown.contains($0) ? nil : amounts[$0][offset] },
        year: year,
        count: units
      )
      columns["population.total", default: [:]][year] = Small.column(
        (0..<units).map { size($0) },
        year: year,
        count: units
      )
    }
    for (id, years) in columns {
      panel.add(Small.series(id), columns: years, breaks: breaks.filter { $0.series == id })
    }
    return panel
  }

  func history() throws -> QuantityHistory {
    try #require(QuantityHistory(Quantity(numerator: "amount", scale: .log), in: panel))
  }

  func model() throws -> GrowthModel { GrowthModel(try history(), groups: groups) }

  /// The amount as an indicator, with a catalogue that knows it.
  var indicator: Indicator { Small.indicator("amount", "amount") }

  var catalogue: Catalogue {
    Catalogue(
      register: register,
      divisions: [division],
      series: [Small.series("amount"), Small.series("population.total")],
      indicators: [indicator]
    )
  }
}
