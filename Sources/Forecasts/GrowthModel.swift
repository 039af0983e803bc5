public import Regions
internal import Statistics

/// How a quantity grows, estimated from its history: each municipality's own trend drawn towards its
/// group as far as its history does not show otherwise.
///
/// The future is the conditional normal distribution given the municipality's own yearly changes, with
/// the autocovariance of `GrowthParameters`; that is best linear prediction with estimated variance
/// components (Robinson 1991, https://doi.org/10.1214/ss/1177011926).
public struct GrowthModel: Sendable {
  /// The history it was estimated from.
  public let history: QuantityHistory
  /// The groups.
  public let groups: GrowthGroups
  /// The expected change by size and centrality.
  public let line: GrowthLine
  /// The size of each municipality: the latest that is known.
  public let sizes: [Double]
  /// The parameters; change them to see what another judgement gives.
  public var parameters: GrowthParameters
  private let residuals: GrowthResiduals
  private let nationalYears: Int
  private let countedYears: Int

  /// Estimates a model.
  ///
  /// - Parameters:
  ///   - history: The history, up to the year from which forecasts are made.
  ///   - groups: Who moves together.
  /// - Complexity: O(*u* *T* *L* + *u* log *u*), with *u* municipalities, *T* years and *L* lags.
  public init(_ history: QuantityHistory, groups: GrowthGroups) {
    let estimator = GrowthEstimator(history, groups: groups)
    self.history = history
    self.groups = groups
    line = estimator.line
    sizes = estimator.sizes
    parameters = estimator.parameters
    residuals = estimator.residuals
    countedYears = estimator.medians.count { !$0.isNaN }
    nationalYears = min(countedYears, 5)
  }

  /// The yearly changes that are known of a municipality, within the window.
  public func knownChanges(of unit: Int) -> Int {
    (0..<residuals.years).count { !residuals[unit, $0].isNaN }
  }

  /// How much a municipality's own past counts: of a distance from its group kept up in all its known
  /// years, the share that is expected in the first year after the history. The rest is the group's.
  ///
  /// - Returns: Mostly from 0 to 1; 0 without a history.
  public func ownWeight(of unit: Int) -> Double {
    path(of: unit, years: 1, gap: 0).ownWeight
  }

  /// The forecast of the paths of all positions.
  ///
  /// - Parameters:
  ///   - years: The number of years, at least 1.
  ///   - baseline: The year from which changes are counted, the last of the history or later.
  ///   - register: The register; a combined unit is a municipality without a history, as large as its
  ///     members together.
  /// - Returns: The forecast, on the scale of the quantity.
  /// - Complexity: O(*u* (*T*³ + *H*³)), with *u* units, *T* years of history and *H* years.
  public func forecast(
    years: Int,
    from baseline: Int,
    register: MunicipalityRegister
  ) -> PathForecast {
    precondition(years > 0, "A forecast has at least one year.")
    let gap = max(baseline - history.years.upperBound, 0)
    var mean = [Double](repeating: 0, count: register.count * years)
    var factors: [Double] = []
    factors.reserveCapacity(register.count * years * years)
    var regions: [Int] = []
    for position in 0..<register.count {
      let path: Path
      if let members = register.combinedUnit(at: position)?.members {
        let size = members.reduce(0) { $0 + sizes[$1] }
        let expected =
          members.reduce(0) { $0 + expectedChange(of: $1) } / Double(members.count)
        path = conditional([], size: size, expected: expected, years: years, gap: gap)
        let common = Set(members.map { groups.regions[$0] })
        regions.append(common.count == 1 ? common.first ?? -1 : -1)
      } else {
        path = self.path(of: position, years: years, gap: gap)
        regions.append(groups.regions[position])
      }
      for year in 0..<years {
        mean[position + year * register.count] =
          path.mean[year] + Double(year + 1) * parameters[.national]
      }
      factors += PathCovariance(path.covariance.map { $0 * widening }, years).factor
    }
    return PathForecast(
      scale: history.quantity.scale,
      years: years,
      mean: mean,
      ownFactors: factors,
      degreesOfFreedom: parameters[.tails].isFinite ? parameters[.tails] : nil,
      groups: regions,
      groupCorrelation: groups.correlation(withinCounty: parameters[.countyCorrelation]),
      groupFactor: PathCovariance(
        sharedByRegion(years, gap: gap).map { $0 * widening },
        years
      ).factor,
      nationalFactor: PathCovariance.randomWalk(
        parameters[.nationalNoise],
        years,
        uncertainMeanOf: nationalYears
      ).factor
    )
  }

  private func sharedByRegion(_ years: Int, gap: Int) -> [Double] {
    var covariance = [Double](repeating: 0, count: years * years)
    for row in 0..<years {
      for column in 0..<years {
        covariance[row + column * years] =
          parameters.regionInnovation(gap + row + 1, gap + column + 1)
      }
    }
    return PathCovariance.cumulated(covariance, years)
  }

  /// The correlation of a municipality's residuals with those of another quantity in the same year,
  /// each over its standard deviation.
  ///
  /// - Returns: From −0.95 to 0.95; 0 when they have fewer than 100 in common.
  func correlation(with other: GrowthModel) -> Double {
    let last = min(history.years.upperBound, other.history.years.upperBound)
    let count = min(
      last - history.years.upperBound + residuals.years,
      last - other.history.years.upperBound + other.residuals.years
    )
    var sums = (product: 0.0, own: 0.0, other: 0.0, count: 0)
    guard residuals.units == other.residuals.units else { return 0 }
    for back in 0..<max(count, 0) {
      let mine = last - history.years.upperBound + residuals.years - 1 - back
      let theirs = last - other.history.years.upperBound + other.residuals.years - 1 - back
      for unit in 0..<residuals.units {
        let (a, b) = (standardised(unit, mine), other.standardised(unit, theirs))
        guard a.isFinite, b.isFinite else { continue }
        sums = (sums.product + a * b, sums.own + a * a, sums.other + b * b, sums.count + 1)
      }
    }
    guard sums.count >= 100, sums.own > 0, sums.other > 0 else { return 0 }
    return min(max(sums.product / (sums.own * sums.other).squareRoot(), -0.95), 0.95)
  }

  private func standardised(_ unit: Int, _ year: Int) -> Double {
    residuals[unit, year]
      / parameters.autocovariance(lag: 0, size: sizes[unit]).squareRoot()
  }

  /// The variances are known from few years, and differ from year to year: with *T* of them, a year
  /// to come is taken to vary by 1 + 1/*T* of what they did, as a value does about a mean of *T*.
  /// Without any they are what was given.
  var widening: Double { countedYears == 0 ? 1 : 1 + 1 / Double(countedYears) }

  // MARK: - One municipality

  private struct Path {
    /// The expected change since the baseline, by year, less the country's.
    var mean: [Double]
    /// Its covariance, years × years, without what its region shares.
    var covariance: [Double]
    var ownWeight: Double
  }

  private func expectedChange(of unit: Int) -> Double {
    line.value(size: sizes[unit], centrality: groups.centrality?[unit] ?? 0)
  }

  private func path(of unit: Int, years: Int, gap: Int) -> Path {
    let known = (0..<residuals.years).compactMap { year in
      let value = residuals[unit, year]
      return value.isNaN ? nil : (ago: residuals.years - year, value: value)
    }
    return conditional(
      known,
      size: sizes[unit],
      expected: expectedChange(of: unit),
      years: years,
      gap: gap
    )
  }

  /// The distribution of the years to come given the residuals of past ones.
  ///
  /// - Parameters:
  ///   - known: The residuals and how many years before the first year after the history they are.
  ///   - size: The size.
  ///   - expected: The expected yearly change.
  ///   - years: The years after the baseline.
  ///   - gap: The years between the history and the baseline.
  /// - Returns: The path less what its region shares.
  private func conditional(
    _ known: [(ago: Int, value: Double)],
    size: Double,
    expected: Double,
    years: Int,
    gap: Int
  ) -> Path {
    let longest = (known.first?.ago ?? 0) + years + gap + 1
    let all = (0..<longest).map { parameters.autocovariance(lag: $0, size: size) }
    let past = known.map { row in known.map { all[abs(row.ago - $0.ago)] } }
    // Years that say the same of a trend without noise make `past` singular; a trace of noise does not.
    func noisy() -> [[Double]] {
      past.indices.map { row in
        past[row].indices.map { past[row][$0] * (row == $0 ? 1 + 1e-9 : 1) }
      }
    }
    var coefficients: [[Double]] = []
    var yearly = [Double](repeating: 0, count: years)
    for year in 0..<years {
      let right = known.map { all[$0.ago + gap + year] }
      let solved =
        solveSymmetric(past, right) ?? solveSymmetric(noisy(), right) ?? known.map { _ in 0 }
      coefficients.append(solved)
      yearly[year] = zip(solved, known).reduce(0) { $0 + $1.0 * $1.1.value }
    }
    var covariance = [Double](repeating: 0, count: years * years)
    for row in 0..<years {
      for column in 0..<years {
        var value =
          all[abs(row - column)]
          - parameters.regionInnovation(gap + row + 1, gap + column + 1)
        for (index, item) in known.enumerated() {
          value -= coefficients[row][index] * all[item.ago + gap + column]
        }
        covariance[row + column * years] = value
      }
    }
    var total = 0.0
    let mean = yearly.map { change in
      total += change + expected
      return total
    }
    return Path(
      mean: mean,
      covariance: PathCovariance.cumulated(covariance, years),
      ownWeight: coefficients[0].reduce(0, +)
    )
  }
}
