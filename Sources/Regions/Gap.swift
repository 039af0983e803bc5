extension Levels.Entry {
  /// The change of the numerator, in its own unit, with which this unit has the same value as
  /// another, the denominator unchanged.
  ///
  /// With numerator *n*, denominator *d* and the other's *n′*, *d′* it is *n′*·*d*/*d′* − *n*. The
  /// change is positive when the other's value is larger. Changes of the country's ratio do not
  /// matter: it divides both values.
  ///
  /// - Parameter other: The unit to reach.
  /// - Returns: The change, or `nil` when either value is missing.
  public func numeratorGap(to other: Levels.Entry) -> Double? {
    guard !value.isNaN, !other.value.isNaN else { return nil }
    guard let denominator, let theirs = other.denominator else {
      return other.numerator - numerator
    }
    return other.numerator * denominator / theirs - numerator
  }
}

extension Levels {
  /// The change of a unit's numerator with which it has the country's value, the country's value
  /// held as it is.
  ///
  /// - Returns: The change, or `nil` when the indicator is not a ratio or the value is missing.
  public func numeratorGapToCountry(_ entry: Entry) -> Double? {
    guard let countryRatio, indicator.aggregation == .ratioOfSums,
      let denominator = entry.denominator, !entry.value.isNaN
    else { return nil }
    return countryRatio * denominator - entry.numerator
  }
}
