internal import Forecasts
internal import LinearAlgebra
internal import Regions
internal import Scenarios
internal import Statistics

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A small model of uncertain shares over one year: what the engine is measured on, as numbers that
/// another program can draw from as well.
///
/// With independent standard normals *z* and *u*, and L Lᵀ the correlation of the regions: the value of
/// municipality *i* in region *g* is `value`ᵢ exp(dᵢ zᵢ + e (L u)_g), its denominator likewise with
/// numbers of its own; a region's value is the sum of value × denominator over the sum of denominators.
struct SimulationModel: Sendable {
  static let valueGroupDeviation = 0.01
  static let denominatorGroupDeviation = 0.005
  static let correlation = 0.3
  private static let deviations = 0.01...0.02

  let figures: EmploymentFigures
  /// Per position of the register the deviation of its own value and denominator.
  private let own: (value: [Double], denominator: [Double])
  /// Per position of the register its region; −1 for none.
  private let regions: [Int]

  /// Makes up the deviations for a dataset's shares.
  init(_ figures: EmploymentFigures, seed: UInt64) {
    self.figures = figures
    let count = figures.catalogue.register.count
    let (low, high) = (Self.deviations.lowerBound, Self.deviations.upperBound)
    func deviations(_ stream: UInt32) -> [Double] {
      ShareColumns.uniforms(count, stream: stream, seed: seed).map { low + (high - low) * $0 }
    }
    own = (deviations(6), deviations(7))
    var regions = [Int](repeating: -1, count: count)
    for (index, region) in figures.division.regions.enumerated() {
      for member in region.members where regions[member] < 0 { regions[member] = index }
    }
    self.regions = regions
  }

  // MARK: - For the engine

  /// The engine with this model.
  func simulation() throws -> Simulation {
    let region = figures.division.regions[0].code
    let scenario = try Scenario(
      id: "benchmark",
      file: "benchmark.yml",
      text: """
        title: {nb: Måling, en: Measurement}
        division: \(figures.division.id)
        focus: \(region)
        indicators: [\(figures.indicator.id)]
        baseline: {year: \(figures.year)}
        horizon: \(figures.year + 1)
        others: {move: hold}
        """
    )
    return try Simulation(
      scenario,
      catalogue: figures.catalogue,
      panel: figures.panel,
      forecasts: [
        figures.indicator.id: IndicatorForecast(
          value: path(own.value, group: Self.valueGroupDeviation),
          denominator: path(own.denominator, group: Self.denominatorGroupDeviation)
        )
      ]
    )
  }

  private func path(_ deviations: [Double], group: Double) -> PathForecast {
    PathForecast(
      scale: .log,
      years: 1,
      mean: deviations.map { _ in 0 },
      ownFactors: deviations,
      groups: regions,
      groupCorrelation: correlation,
      groupFactor: [group],
      nationalFactor: [0]
    )
  }

  /// The correlation of the regions' shocks, column after column.
  var correlation: [Double] {
    let count = figures.division.regions.count
    return (0..<count * count).map { $0 / count == $0 % count ? 1 : Self.correlation }
  }

  // MARK: - As plain numbers

  /// The model as arrays over the municipalities with figures.
  struct Arrays: Sendable {
    var value: [Double] = []
    var denominator: [Double] = []
    var valueDeviation: [Double] = []
    var denominatorDeviation: [Double] = []
    var regionOf: [Int] = []
    /// The units' positions among the entries of the level.
    var entries: [Int] = []
  }

  /// The arrays.
  var arrays: Arrays {
    var arrays = Arrays()
    for (index, entry) in figures.levels.entries.enumerated() where !entry.value.isNaN {
      let position = entry.parts[0]
      arrays.value.append(entry.value / figures.indicator.scale)
      arrays.denominator.append(entry.denominator ?? 1)
      arrays.valueDeviation.append(own.value[position])
      arrays.denominatorDeviation.append(own.denominator[position])
      arrays.regionOf.append(regions[position])
      arrays.entries.append(index)
    }
    return arrays
  }

  /// The mean places of municipalities and regions, and their Monte Carlo errors, by plain loops that
  /// share nothing with the engine but `ColumnRanks`.
  ///
  /// - Parameters:
  ///   - draws: How many draws, at least 2.
  ///   - seed: Equal seeds give equal draws, others than the engine's.
  /// - Returns: The means.
  /// - Throws: `CholeskyError` for a correlation that is none.
  /// - Complexity: O(*n* (*u* log *u* + *g*²)), with *n* draws, *u* units and *g* regions.
  func plainPlaces(draws: Int, seed: UInt64) throws -> (units: PlainMeans, regions: PlainMeans) {
    let arrays = arrays
    let groups = figures.division.regions.count
    let correlation = Matrix(rows: groups, columns: groups, columnMajor: correlation)
    let factor = try correlation.choleskyFactor()
    var generator = SeededGenerator(seed: seed ^ 0x5EED)
    func normal() -> Double {
      // Box and Muller (1958), https://doi.org/10.1214/aoms/1177706645; the second number is not used.
      let first = (Double(generator.next() >> 11) + 0.5) * 0x1p-53
      let second = Double(generator.next() >> 11) * 0x1p-53
      return (-2 * log(first)).squareRoot() * cos(2 * Double.pi * second)
    }
    func shared() -> [Double] {
      let shocks = (0..<groups).map { _ in normal() }
      return (0..<groups).map { row in
        (0...row).reduce(0.0) { $0 + factor[row, $1] * shocks[$1] }
      }
    }
    var units = PlainMeans(count: arrays.value.count)
    var regions = PlainMeans(count: groups)
    for _ in 0..<draws {
      let (top, bottom) = (shared(), shared())
      var values: [Double] = []
      var sums = [(numerator: Double, denominator: Double)](repeating: (0, 0), count: groups)
      for unit in arrays.value.indices {
        let group = arrays.regionOf[unit]
        var x = arrays.valueDeviation[unit] * normal()
        var y = arrays.denominatorDeviation[unit] * normal()
        if group >= 0 {
          x += Self.valueGroupDeviation * top[group]
          y += Self.denominatorGroupDeviation * bottom[group]
        }
        let value = arrays.value[unit] * exp(x)
        let denominator = arrays.denominator[unit] * exp(y)
        values.append(value)
        guard group >= 0 else { continue }
        sums[group].numerator += value * denominator
        sums[group].denominator += denominator
      }
      units.add(ColumnRanks(of: values).places)
      regions.add(
        ColumnRanks(of: sums.map { $0.denominator > 0 ? $0.numerator / $0.denominator : .nan })
          .places
      )
    }
    return (units, regions)
  }
}
