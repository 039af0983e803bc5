internal import Statistics

/// How figures are brought to one scale.
public enum Normalisation: String, Sendable, Hashable, CaseIterable {
  /// The distance from the mean in standard deviations.
  case z
  /// From 0 for the worst figure of the base window to 100 for the best.
  case minMax = "min-max"
  /// The percentage of the base window that is worse, and half of what is equal.
  case percentile
}

/// A frozen scale for one indicator: its parameters are those of a base window, all units and years
/// together, and do not move with the figures that are normalised.
///
/// With *d* = 1 where larger is better and −1 where smaller is, *B* the figures of the base window:
///
///     z:           d (x − μ_B) / σ_B
///     min–max:     100 (d x − min d B) / (max d B − min d B)
///     percentile:  100 (#{d B < d x} + ½ #{B = x}) / |B|
///
/// σ is the standard deviation of all of *B* (divided by |B|, as in NumPy and scikit-criteria); with
/// |B| − 1, as in R and COINr, all z of an indicator are smaller by one factor. Winsorising, where it
/// is wanted, cuts off *B* and *x* first. Source: OECD & JRC (2008), sections 5 and 6,
/// https://doi.org/10.1787/9789264043466-en.
///
/// All is computed in the order of the figures, with sums, products, quotients and roots only, so that
/// a place is the same on every machine.
public struct NormalisationScale: Sendable, Hashable {
  /// How figures are brought to the scale.
  public let normalisation: Normalisation
  /// Whether larger figures are better.
  public let isLargerBetter: Bool
  /// The mean of the base window.
  public let mean: Double
  /// The standard deviation of the base window.
  public let deviation: Double
  /// The least and the largest figure that count.
  public let limits: ClosedRange<Double>
  /// The figures of the base window, ascending; only for percentiles.
  private let sorted: [Double]
  private let isCutOff: Bool

  /// Fixes a scale; `nil` when no figures are there or all are equal.
  ///
  /// **Missing values**: NaN is left out.
  ///
  /// - Parameters:
  ///   - base: The figures of the base window.
  ///   - isLargerBetter: Whether larger figures are better.
  ///   - normalisation: How figures are brought to the scale.
  ///   - winsorising: Where extreme figures are cut off, if they are.
  /// - Complexity: O(*n* log *n*) for percentiles, else O(*n*).
  public init?(
    base: [Double],
    isLargerBetter: Bool,
    normalisation: Normalisation,
    winsorising: Winsorising?
  ) {
    var figures = base.filter { !$0.isNaN }
    if let winsorising, let low = quantile(winsorising.low, of: figures),
      let high = quantile(winsorising.high, of: figures)
    {
      figures = figures.map { min(max($0, low), high) }
    }
    guard let least = figures.min(), let largest = figures.max(), least < largest else {
      return nil
    }
    let count = Double(figures.count)
    let mean = figures.reduce(0, +) / count
    let squares = figures.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = (squares / count).squareRoot()
    // Figures that differ by less than their own rounding have no spread to speak of.
    guard deviation > 0 else { return nil }
    self.normalisation = normalisation
    self.isLargerBetter = isLargerBetter
    self.mean = mean
    self.deviation = deviation
    limits = least...largest
    isCutOff = winsorising != nil
    sorted = normalisation == .percentile ? figures.sorted() : []
  }

  /// A figure on the scale, larger being better; NaN for NaN.
  ///
  /// - Complexity: O(log *n*) for percentiles, else O(1).
  public func normalised(_ figure: Double) -> Double {
    guard !figure.isNaN else { return .nan }
    let x = isCutOff ? min(max(figure, limits.lowerBound), limits.upperBound) : figure
    switch normalisation {
    case .z:
      return isLargerBetter ? (x - mean) / deviation : (mean - x) / deviation
    case .minMax:
      let range = limits.upperBound - limits.lowerBound
      let distance = isLargerBetter ? x - limits.lowerBound : limits.upperBound - x
      return 100 * distance / range
    case .percentile:
      let smaller = count { $0 < x }
      let equal = count { $0 <= x } - smaller
      let worse = isLargerBetter ? smaller : sorted.count - smaller - equal
      return 100 * (Double(worse) + Double(equal) / 2) / Double(sorted.count)
    }
  }

  /// How many of the sorted figures, which come first, fulfil a condition.
  private func count(_ condition: (Double) -> Bool) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if condition(sorted[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
