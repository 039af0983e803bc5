internal import Statistics

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#endif
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Estimates the parameters of growth from a history.
///
/// 1. Yearly changes less the year's median, those far out drawn in to five robust standard
///    deviations of their size class (Huber 1964, https://doi.org/10.1214/aoms/1177703732).
/// 2. A line in log size and centrality through the municipalities' means.
/// 3. The variance of each part by non-negative least squares on autocovariances: first those within
///    regions, then each size class's own less what the region explains.
/// 4. The degrees of freedom of the tails by largest likelihood.
struct GrowthEstimator {
  /// How many years back the model looks.
  static let window = 20
  /// How many size classes there are.
  static let classes = 6
  /// How many robust standard deviations a change may be from the median.
  static let reach = 5.0
  /// The largest lag that is looked at.
  static let lags = 12
  /// The persistences that are tried.
  static let persistences = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
  /// The persistence of the regions' drifts. Seventy regions do not tell it; it is that of most
  /// origins of population.
  static let regionPersistence = 0.8
  /// The degrees of freedom that are tried.
  static let degreesOfFreedom = [3.0, 4, 5, 6, 8, 10, 15, 20, 30, .infinity]
  /// The number of changes that a year's median is taken of, at the least; all, where there are fewer
  /// municipalities.
  static let fewest = 5

  let history: QuantityHistory
  let groups: GrowthGroups
  let sizes: [Double]
  private let classMembers: [[Int]]
  private(set) var residuals: GrowthResiduals
  private(set) var medians: [Double]
  private(set) var line: GrowthLine
  private(set) var parameters = GrowthParameters()

  init(_ history: QuantityHistory, groups: GrowthGroups) {
    self.history = history
    self.groups = groups
    sizes = history.latestSizes
    let units = history.units
    let order = (0..<units).sorted { [sizes] in (sizes[$0], $0) < (sizes[$1], $1) }
    var members = [[Int]](repeating: [], count: Self.classes)
    for (rank, unit) in order.enumerated() { members[rank * Self.classes / units].append(unit) }
    classMembers = members.map { $0.sorted() }
    let years = max(history.years.count - 1, 0)
    let first = history.years.lowerBound + 1 + max(years - Self.window, 0)
    let counted = first...max(history.years.upperBound, first)
    residuals = GrowthResiduals(units: units, years: counted.count, values: [])
    medians = []
    line = GrowthLine(intercept: 0, size: 0, centrality: 0)
    for year in counted where history.years.contains(year) {
      let changes = (0..<units).map { history.change($0, into: year) }
      let known = changes.filter(\.isFinite)
      let isEnough = known.count >= min(Self.fewest, units)
      let middle = isEnough ? median(of: known) ?? .nan : .nan
      medians.append(middle)
      residuals.values += changes.map { $0.isFinite ? $0 - middle : .nan }
    }
    if residuals.values.isEmpty {
      residuals.values = Array(repeating: .nan, count: units)
      medians = [.nan]
    }
    drawInOutliers()
    takeLine()
    estimateVariances()
    estimateTails()
    estimateNational()
  }

  private mutating func drawInOutliers() {
    for members in classMembers {
      let sizes = members.flatMap { unit in
        (0..<residuals.years).map { abs(residuals[unit, $0]) }
      }
      guard let middle = median(of: sizes) else { continue }
      let limit = Self.reach * 1.4826 * middle
      for unit in members {
        for year in 0..<residuals.years where !residuals[unit, year].isNaN {
          residuals[unit, year] = min(max(residuals[unit, year], -limit), limit)
        }
      }
    }
  }

  private mutating func takeLine() {
    let means = (0..<residuals.units).map { unit in
      let known = (0..<residuals.years).map { residuals[unit, $0] }.filter { !$0.isNaN }
      return known.isEmpty ? Double.nan : known.reduce(0, +) / Double(known.count)
    }
    line = GrowthLine(means: means, sizes: sizes, centrality: groups.centrality)
    for unit in 0..<residuals.units {
      let expected = line.value(size: sizes[unit], centrality: groups.centrality?[unit] ?? 0)
      for year in 0..<residuals.years { residuals[unit, year] -= expected }
    }
  }

  // MARK: - Variances

  private mutating func estimateVariances() {
    let lags = min(Self.lags, residuals.years - 1)
    let region = Autocovariances.withinGroups(residuals, groups.members, lags: lags)
    fitRegion(region)
    let explained = (0...lags).map { lag in
      parameters.autocovariance(lag: lag, size: .infinity)
    }
    let own = classMembers.map { Autocovariances.ofUnits(residuals, $0, lags: lags) }
    fitOwn(own, less: explained)
    guard region.values[0] > 0, let across = Autocovariances.acrossRegions(residuals, groups)
    else { return }
    parameters[.countyCorrelation] = min(max(across / region.values[0], 0), 0.95)
  }

  private mutating func fitRegion(_ sample: Autocovariances) {
    let lags = sample.values.indices
    let fit = NonNegativeLeastSquares(
      columns: [
        lags.map { _ in 1 },
        lags.map { power(Self.regionPersistence, $0) },
        lags.map { $0 == 0 ? 1 : 0 },
      ],
      values: sample.values,
      weights: sample.counts
    )
    let deviations = fit.coefficients.map { $0.squareRoot() }
    parameters[.regionTrend] = deviations[0]
    parameters[.regionDrift] = deviations[1]
    parameters[.regionPersistence] = deviations[1] > 0 ? Self.regionPersistence : 0
    parameters[.regionShock] = deviations[2]
  }

  private mutating func fitOwn(_ samples: [Autocovariances], less explained: [Double]) {
    let used = samples.indices.filter { samples[$0].values[0] > 0 }
    let shares = classMembers.map { members in
      members.reduce(0) { $0 + 1 / sizes[$1] } / Double(max(members.count, 1))
    }
    var values: [Double] = []
    var weights: [Double] = []
    var cells: [(lag: Int, share: Double)] = []
    for index in used {
      let sample = samples[index]
      for lag in sample.values.indices {
        values.append(sample.values[lag] - explained[lag])
        weights.append(sample.counts[lag] / (sample.values[0] * sample.values[0]))
        cells.append((lag, shares[index]))
      }
    }
    var best = Double.infinity
    for persistence in Self.persistences {
      let fit = NonNegativeLeastSquares(
        columns: [
          cells.map { _ in 1 },
          cells.map { power(persistence, $0.lag) },
          cells.map { $0.lag == 0 ? 1 : 0 },
          cells.map { $0.lag == 0 ? $0.share : 0 },
          cells.map { $0.lag == 0 ? 2 * $0.share : $0.lag == 1 ? -$0.share : 0 },
        ],
        values: values,
        weights: weights
      )
      guard fit.squaredResidual < best * (1 - 1e-9) else { continue }
      best = fit.squaredResidual
      let coefficients = fit.coefficients.map { $0.squareRoot() }
      parameters[.trend] = coefficients[0]
      parameters[.drift] = coefficients[1]
      parameters[.persistence] = coefficients[1] > 0 ? persistence : 0
      parameters[.noise] = coefficients[2]
      parameters[.sizeNoise] = coefficients[3]
      parameters[.levelNoise] = coefficients[4]
    }
  }

  // MARK: - Tails and the country

  private mutating func estimateTails() {
    var squares: [Double] = []
    for unit in 0..<residuals.units {
      let variance = parameters.autocovariance(lag: 0, size: sizes[unit])
      guard variance > 0 else { continue }
      for year in 0..<residuals.years where !residuals[unit, year].isNaN {
        squares.append(residuals[unit, year] * residuals[unit, year] / variance)
      }
    }
    // What never varied has no tails.
    guard !squares.isEmpty else { return }
    var best = -Double.infinity
    for freedom in Self.degreesOfFreedom {
      let likelihood = Self.logLikelihood(squares, degreesOfFreedom: freedom)
      guard likelihood > best else { continue }
      best = likelihood
      parameters[.tails] = freedom
    }
  }

  /// The log likelihood of squared residuals of unit variance under Student's *t*, up to a constant.
  private static func logLikelihood(_ squares: [Double], degreesOfFreedom freedom: Double) -> Double
  {
    guard freedom.isFinite else { return squares.reduce(0) { $0 - $1 / 2 } }
    let constant =
      lgamma((freedom + 1) / 2) - lgamma(freedom / 2) - log((freedom - 2) / 2) / 2
    return squares.reduce(Double(squares.count) * constant) {
      $0 - (freedom + 1) / 2 * log1p($1 / (freedom - 2))
    }
  }

  private mutating func estimateNational() {
    let known = medians.filter { !$0.isNaN }
    guard let latest = median(of: known.suffix(5)), let middle = median(of: known) else { return }
    parameters[.national] = latest
    parameters[.nationalNoise] = 1.4826 * (median(of: known.map { abs($0 - middle) }) ?? 0)
  }
}

/// The expected yearly change of a municipality, less the country's, by its size and centrality.
public struct GrowthLine: Sendable, Hashable {
  /// The change at a size of 1 and a centrality of 0.
  public let intercept: Double
  /// The change for each unit of the natural logarithm of the size.
  public let size: Double
  /// The change for 1,000 points of centrality.
  public let centrality: Double

  init(intercept: Double, size: Double, centrality: Double) {
    (self.intercept, self.size, self.centrality) = (intercept, size, centrality)
  }

  /// The line of least squares through some means; level where it cannot be told.
  fileprivate init(means: [Double], sizes: [Double], centrality: [Double]?) {
    let known = means.indices.filter { !means[$0].isNaN }
    guard !known.isEmpty else {
      self.init(intercept: 0, size: 0, centrality: 0)
      return
    }
    let columns =
      [known.map { log(sizes[$0]) }]
      + (centrality.map { values in [known.map { values[$0] }] } ?? [])
    let count = Double(known.count)
    let centres = columns.map { $0.reduce(0, +) / count }
    let mean = known.reduce(0) { $0 + means[$1] } / count
    func product(_ a: Int, _ b: Int) -> Double {
      known.indices.reduce(0) { $0 + (columns[a][$1] - centres[a]) * (columns[b][$1] - centres[b]) }
    }
    let matrix = columns.indices.map { row in columns.indices.map { product(row, $0) } }
    let right = columns.indices.map { column in
      known.indices.reduce(0) {
        $0 + (columns[column][$1] - centres[column]) * (means[known[$1]] - mean)
      }
    }
    let slopes =
      known.count > columns.count + 1
      ? solveSymmetric(matrix, right) ?? columns.map { _ in 0 } : columns.map { _ in 0 }
    self.init(
      intercept: mean - zip(slopes, centres).reduce(0) { $0 + $1.0 * $1.1 },
      size: slopes[0],
      centrality: slopes.count > 1 ? slopes[1] : 0
    )
  }

  /// The expected change.
  ///
  /// - Parameters:
  ///   - size: The size, above 0.
  ///   - centrality: The index of centrality over 1,000.
  /// - Returns: The yearly change, on the scale of the quantity.
  public func value(size: Double, centrality: Double) -> Double {
    intercept + self.size * log(size) + self.centrality * centrality
  }
}
