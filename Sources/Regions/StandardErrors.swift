/// How far the values of an indicator may be from what lies behind them, by chance alone.
///
/// Register figures have no sampling error. What is meant is that the persons counted could, under the
/// same conditions, have been a few more or fewer, which moves a small unit further than a large one.
/// With y the numerator, n the denominator and φ the overdispersion:
///
/// | values | variance of the numerator | standard error |
/// |---|---|---|
/// | shares, y of n | φ y (1 − y/n) (binomial) | *scale* × √(φ (y/n)(1 − y/n) / n) |
/// | counts | φ y (Poisson) | *scale* × √(φ y) |
/// | counts per inhabitant or the like | φ y, with n known | *scale* × √(φ y) / n |
///
/// A region's come from its summed numerator and denominator. A value relative to the country is
/// divided by the country's ratio, which is taken as known. A count of 0, or of all n, would be
/// without any error; its error is that of one more, or one fewer.
///
/// **Missing values**: where the value is missing, so is the standard error (NaN).
public struct StandardErrors: Sendable, Hashable {
  /// What kind of values they are of.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Shares of persons.
    case share
    /// Counts.
    case count
    /// Counts per inhabitant or the like.
    case rate
  }

  /// What kind of values they are of.
  public let kind: Kind
  /// The factor on the variance, 1 or more.
  public let overdispersion: Double
  /// The standard errors in the unit of the indicator, in the order of the entries.
  public let values: [Double]

  /// Computes the standard errors of levels.
  ///
  /// - Parameters:
  ///   - levels: The values.
  ///   - panel: The panel that has the series of the indicator.
  ///   - overdispersion: How many times the variance of independent persons; 1 or more.
  /// - Throws: `NoStandardErrorsError` for an indicator whose error is not known.
  /// - Complexity: O(*n*), with *n* entries.
  public init(
    _ levels: Levels,
    in panel: Panel,
    overdispersion: Double = 1
  ) throws(NoStandardErrorsError) {
    precondition(overdispersion >= 1, "The overdispersion is at least 1.")
    let kind = try Self.kind(of: levels.indicator, panel.series[levels.indicator.numerator])
    self.kind = kind
    self.overdispersion = overdispersion
    let indicator = levels.indicator
    let scale = indicator.scale / (indicator.isRelativeToCountry ? levels.countryRatio ?? .nan : 1)
    values = levels.entries.map { entry in
      guard !entry.value.isNaN else { return .nan }
      let all = entry.denominator ?? .infinity
      var count = max(entry.numerator, 1)
      var share = 0.0
      if kind == .share {
        count = min(count, max(all - 1, all / 2))
        share = count / all
      }
      let error = (overdispersion * count * (1 - share)).squareRoot()
      return scale * (kind == .count ? error : error / all)
    }
  }

  private static func kind(
    of indicator: Indicator,
    _ series: Series?
  ) throws(NoStandardErrorsError) -> Kind {
    switch indicator.aggregation {
    case .publishedRank: throw NoStandardErrorsError(indicator.id, .publishedPlaces)
    case .weightedMean, .notAggregable: throw NoStandardErrorsError(indicator.id, .noCounts)
    case .sum, .ratioOfSums: break
    }
    switch series?.unit {
    case .persons, .jobs, .dwellings, .enterprises: break
    default: throw NoStandardErrorsError(indicator.id, .amounts)
    }
    // Net figures are differences of two counts, and the two are not known.
    guard let minimum = series?.minimum, minimum >= 0 else {
      throw NoStandardErrorsError(indicator.id, .netFigures)
    }
    return indicator.denominator == nil ? .count : indicator.isShare ? .share : .rate
  }
}

/// The error of an indicator's values is not known.
public struct NoStandardErrorsError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Why it is not known.
  public enum Reason: String, Sendable, Hashable, CaseIterable {
    /// The values are places that somebody published.
    case publishedPlaces
    /// Only the rate or index is published, without the counts behind it.
    case noCounts
    /// The values are amounts, such as kroner or decares.
    case amounts
    /// The values are differences of counts that are not in the dataset.
    case netFigures
  }

  /// The id of the indicator.
  public let indicator: String
  /// Why.
  public let reason: Reason

  /// Creates the error.
  init(_ indicator: String, _ reason: Reason) {
    self.indicator = indicator
    self.reason = reason
  }

  /// The sentences shown to the user.
  public var description: String {
    let why =
      switch reason {
      case .publishedPlaces: "Its values are published places; what they rest on is not published."
      case .noCounts: "Only the rate or index is published, without the counts behind it."
      case .amounts: "Its values are amounts, not counts, and how much they vary is not known."
      case .netFigures: "Its values are differences of two counts, which are not in the dataset."
      }
    return "\(indicator) has no confidence sets for its places: its standard errors are not known. "
      + "\(why) They are known for counts of persons, jobs, dwellings and enterprises, for shares of "
      + "them and for their numbers per inhabitant."
  }
}
