/// Products of the residuals of yearly changes that are some years apart, averaged: what the parts of
/// a growth model are told from.
struct Autocovariances {
  /// The averages, by lag from 0.
  var values: [Double]
  /// How many products each is the average of, those of large groups counted less.
  var counts: [Double]

  /// The products of two different municipalities of a region.
  ///
  /// A region of *k* municipalities counts as *k* − 1 of them, not as its *k* (*k* − 1) pairs.
  ///
  /// - Complexity: O(*n* *T* *L*), with *n* municipalities, *T* years and *L* lags.
  static func withinGroups(
    _ residuals: GrowthResiduals,
    _ groups: [[Int]],
    lags: Int
  ) -> Autocovariances {
    var result = Autocovariances(lags)
    for members in groups where members.count > 1 {
      let share = 1 / Double(members.count)
      for lag in 0...lags {
        for year in 0..<max(residuals.years - lag, 0) {
          var (first, second, own) = (0.0, 0.0, 0.0)
          var (firstCount, secondCount, both) = (0, 0, 0)
          for member in members {
            let (a, b) = (residuals[member, year], residuals[member, year + lag])
            if !a.isNaN { (first, firstCount) = (first + a, firstCount + 1) }
            if !b.isNaN { (second, secondCount) = (second + b, secondCount + 1) }
            if !a.isNaN, !b.isNaN { (own, both) = (own + a * b, both + 1) }
          }
          result.values[lag] += (first * second - own) * share
          result.counts[lag] += Double(firstCount * secondCount - both) * share
        }
      }
    }
    return result.averaged()
  }

  /// The products of a municipality with itself.
  static func ofUnits(
    _ residuals: GrowthResiduals,
    _ units: [Int],
    lags: Int
  ) -> Autocovariances {
    var result = Autocovariances(lags)
    for unit in units {
      for lag in 0...lags {
        for year in 0..<max(residuals.years - lag, 0) {
          let product = residuals[unit, year] * residuals[unit, year + lag]
          guard !product.isNaN else { continue }
          result.values[lag] += product
          result.counts[lag] += 1
        }
      }
    }
    return result.averaged()
  }

  /// The mean product, in one year, of two municipalities in different regions of one county.
  static func acrossRegions(_ residuals: GrowthResiduals, _ groups: GrowthGroups) -> Double? {
    let count = (groups.counties.max() ?? -1) + 1
    var (products, pairs) = (0.0, 0.0)
    for year in 0..<residuals.years {
      var counties = [(sum: Double, squares: Double, count: Double, countSquares: Double)](
        repeating: (0, 0, 0, 0),
        count: count
      )
      for (region, members) in groups.members.enumerated() {
        let known = members.map { residuals[$0, year] }.filter { !$0.isNaN }
        let sum = known.reduce(0, +)
        let size = Double(known.count)
        let county = groups.counties[region]
        counties[county].sum += sum
        counties[county].squares += sum * sum
        counties[county].count += size
        counties[county].countSquares += size * size
      }
      for county in counties where county.count > 0 {
        let share = 1 / county.count
        products += (county.sum * county.sum - county.squares) * share
        pairs += (county.count * county.count - county.countSquares) * share
      }
    }
    return pairs > 0 ? products / pairs : nil
  }

  private init(_ lags: Int) {
    values = Array(repeating: 0, count: lags + 1)
    counts = values
  }

  private func averaged() -> Autocovariances {
    var result = self
    for lag in values.indices {
      result.values[lag] = counts[lag] > 0 ? values[lag] / counts[lag] : 0
    }
    return result
  }
}

/// Yearly changes less what all have in common and the line: municipalities × years, NaN where
/// missing.
struct GrowthResiduals {
  let units: Int
  let years: Int
  var values: [Double]

  subscript(unit: Int, year: Int) -> Double {
    get { values[year * units + unit] }
    set { values[year * units + unit] = newValue }
  }
}
