/// What governs how a quantity moves: the spread of each part of a yearly change, on the scale of the
/// quantity.
///
/// The change of municipality *i* of region *g* in year *t* is
///
/// *m*ₜ + line(*i*) + (trend and drift of *g*) + *s*_gt + τᵢ + *d*ᵢₜ + *e*ᵢₜ + *u*ᵢₜ − *u*ᵢ,ₜ₋₁
///
/// with a common *m*ₜ, a line in size and centrality, a lasting trend τ, a drift *d* that fades by the
/// persistence each year, noise *e* of variance `noise`² + `sizeNoise`²/*n*, and noise *u* of the level,
/// of variance `levelNoise`²/*n*, which is given back the year after. Region and municipality have a
/// trend and a drift each; the shock *s* of a region's year, and what is new in its drift, is shared by
/// its municipalities.
public struct GrowthParameters: Sendable, Hashable {
  /// One parameter, by the name under which it is shown and given.
  public enum Name: String, Sendable, Hashable, CaseIterable {
    /// The standard deviation of the municipalities' lasting trends.
    case trend
    /// The standard deviation of their fading drifts.
    case drift
    /// The share of a drift that is left after a year.
    case persistence
    /// The standard deviation of a year's noise in a municipality without end of inhabitants.
    case noise
    /// The standard deviation of the rest of it, times the square root of the size.
    case sizeNoise = "size_noise"
    /// The standard deviation of noise in the level, times the square root of the size.
    case levelNoise = "level_noise"
    /// The standard deviation of the regions' lasting trends.
    case regionTrend = "region_trend"
    /// The standard deviation of the regions' fading drifts.
    case regionDrift = "region_drift"
    /// The share of a region's drift that is left after a year.
    case regionPersistence = "region_persistence"
    /// The standard deviation of what a region's municipalities have in common in one year.
    case regionShock = "region_shock"
    /// The correlation of the shocks of two regions of one county.
    case countyCorrelation = "county_correlation"
    /// What all change by each year.
    case national
    /// The standard deviation of that.
    case nationalNoise = "national_noise"
    /// The degrees of freedom of Student's *t* for a municipality's own path; infinite for the normal
    /// distribution.
    case tails
  }

  private var values: [Name: Double]

  /// Creates parameters that are all 0, and a normal distribution.
  public init() {
    values = Dictionary(uniqueKeysWithValues: Name.allCases.map { ($0, 0) })
    values[.tails] = .infinity
  }

  /// The value of a parameter.
  public subscript(name: Name) -> Double {
    get { values[name] ?? 0 }
    set { values[name] = newValue }
  }

  /// Why a parameter cannot have a value; `nil` when it can.
  public static func objection(to value: Double, for name: Name) -> String? {
    let (isAllowed, range) =
      switch name {
      case .persistence, .regionPersistence, .countyCorrelation:
        (value >= 0 && value < 1, "from 0 up to, not including, 1")
      case .tails: (value > 2, "above 2")
      case .national: (value.isFinite, "a number")
      case .trend, .drift, .noise, .sizeNoise, .levelNoise, .regionTrend, .regionDrift,
        .regionShock, .nationalNoise:
        (value >= 0 && value.isFinite, "0 or more")
      }
    return isAllowed ? nil : "must be \(range)"
  }

  /// The covariance of two yearly changes of a municipality that many years apart.
  ///
  /// - Parameters:
  ///   - lag: The years between them, 0 or more.
  ///   - size: The size of the municipality.
  /// - Returns: The covariance; at lag 0 the variance.
  func autocovariance(lag: Int, size: Double) -> Double {
    var value =
      squared(.trend) + squared(.regionTrend)
      + squared(.drift) * power(self[.persistence], lag)
      + squared(.regionDrift) * power(self[.regionPersistence], lag)
    if lag == 0 {
      value += squared(.noise) + (squared(.sizeNoise) + 2 * squared(.levelNoise)) / size
      value += squared(.regionShock)
    } else if lag == 1 {
      value -= squared(.levelNoise) / size
    }
    return value
  }

  /// The covariance of two yearly changes of a region from what is new after the history: its shocks,
  /// and the innovations of its drift. No past year tells of them, so a region's municipalities share
  /// them.
  ///
  /// - Parameters:
  ///   - first: A year, counted from 1 for the first after the history.
  ///   - second: The other year.
  /// - Returns: The covariance.
  func regionInnovation(_ first: Int, _ second: Int) -> Double {
    let persistence = self[.regionPersistence]
    let innovation = squared(.regionDrift) * (1 - persistence * persistence)
    let common = (1...min(first, second)).reduce(0) {
      $0 + power(persistence, first + second - 2 * $1)
    }
    return innovation * common + (first == second ? squared(.regionShock) : 0)
  }

  private func squared(_ name: Name) -> Double { self[name] * self[name] }
}

/// A whole power, by products alone.
func power(_ base: Double, _ exponent: Int) -> Double {
  (0..<exponent).reduce(1) { product, _ in product * base }
}
