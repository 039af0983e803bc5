/// The scale on which changes of a quantity are about equally likely up and down.
public enum GrowthScale: String, Sendable, Hashable, CaseIterable {
  /// The natural logarithm: amounts, and amounts per inhabitant.
  case log
  /// The logarithm of the odds: shares.
  case logit
  /// The quantity itself: what may be negative.
  case identity
}

/// What is believed of the path of one quantity over the years after an origin, for every position of
/// the register.
///
/// The change *c* of unit *i* in region *g*, from the origin to the year *h* after it, on the scale:
///
/// *c*ᵢₕ = `mean`ᵢₕ + *s*ᵢ (`ownFactors`ᵢ *z*ᵢ)ₕ + (`groupFactor` *z*_g)ₕ + (`nationalFactor` *z*₀)ₕ
///
/// with independent standard normals *z* over the years; those of the regions are correlated by
/// `groupCorrelation`, and *s*ᵢ, one number for a unit's whole path, makes its own part Student's *t* of
/// unit variance.
public struct PathForecast: Sendable, Hashable {
  /// The scale of the changes.
  public var scale: GrowthScale
  /// The number of years, *H*.
  public var years: Int
  /// The expected change since the origin: positions × *H*, positions fastest. Never NaN.
  public var mean: [Double]
  /// Per position the lower Cholesky factor of the covariance of its own path: *H* × *H*, column by
  /// column, one position after the other.
  public var ownFactors: [Double]
  /// The degrees of freedom of a unit's own path; `nil` for the normal distribution.
  public var degreesOfFreedom: Double?
  /// Per position the index of its group; −1 for none.
  public var groups: [Int]
  /// The correlation of the groups' shocks: *G* × *G*, column by column.
  public var groupCorrelation: [Double]
  /// The lower Cholesky factor of the covariance of a group's path: *H* × *H*, column by column.
  public var groupFactor: [Double]
  /// The lower Cholesky factor of the covariance of the country's path: *H* × *H*, column by column.
  public var nationalFactor: [Double]

  /// Creates a forecast from its parts.
  public init(
    scale: GrowthScale,
    years: Int,
    mean: [Double],
    ownFactors: [Double],
    degreesOfFreedom: Double? = nil,
    groups: [Int],
    groupCorrelation: [Double],
    groupFactor: [Double],
    nationalFactor: [Double]
  ) {
    precondition(
      mean.count == groups.count * years && ownFactors.count == groups.count * years * years
        && groupFactor.count == years * years && nationalFactor.count == years * years,
      "A forecast has one path per position, over all its years."
    )
    self.scale = scale
    self.years = years
    self.mean = mean
    self.ownFactors = ownFactors
    self.degreesOfFreedom = degreesOfFreedom
    self.groups = groups
    self.groupCorrelation = groupCorrelation
    self.groupFactor = groupFactor
    self.nationalFactor = nationalFactor
  }

  /// The number of positions.
  public var positions: Int { groups.count }

  /// The number of groups, *G*.
  public var groupCount: Int { Int(Double(groupCorrelation.count).squareRoot()) }

  /// The standard deviation of a position's own path after some years, without what it shares.
  ///
  /// - Parameters:
  ///   - position: The position.
  ///   - year: From 1 for the first year after the baseline.
  /// - Returns: The standard deviation, on the scale of the forecast.
  public func ownDeviation(of position: Int, year: Int) -> Double {
    (0..<years).reduce(0) { sum, column in
      let factor = ownFactors[(position * years + column) * years + year - 1]
      return sum + factor * factor
    }.squareRoot()
  }

  /// The same forecast with all changes multiplied, read on another scale.
  func scaled(by factor: Double, to scale: GrowthScale) -> PathForecast {
    var result = self
    result.scale = scale
    guard factor != 1 else { return result }
    for index in mean.indices { result.mean[index] *= factor }
    for index in ownFactors.indices { result.ownFactors[index] *= factor }
    for index in groupFactor.indices { result.groupFactor[index] *= factor }
    for index in nationalFactor.indices { result.nationalFactor[index] *= factor }
    return result
  }
}

/// What is believed of an indicator's values, and of the denominators that weigh them in a region.
public struct IndicatorForecast: Sendable, Hashable {
  /// The ratio, or the amount of an indicator without a denominator.
  public var value: PathForecast
  /// The denominator; `nil` for an indicator without one.
  public var denominator: PathForecast?
  /// The correlation of a unit's own shocks to the value with those to the denominator.
  public var correlation: Double

  /// Creates a forecast of an indicator.
  public init(value: PathForecast, denominator: PathForecast? = nil, correlation: Double = 0) {
    self.value = value
    self.denominator = denominator
    self.correlation = correlation
  }
}
