internal import Forecasts
internal import Regions
internal import Statistics

/// The limits that an indicator's figures keep in draws: what would break one is put on it.
struct FigureLimits: Sendable, Hashable {
  private let minimum: Double
  private let maximum: Double
  private let isShare: Bool
  /// The least denominator, per position: a thousandth of that at the baseline, as there is no
  /// least number above 0; −∞ for a unit with nobody, which has no value then and later.
  private let floors: [Double]

  /// Reads the limits of an indicator's series.
  init(baseline: IndicatorFigures, numerator: Series) {
    minimum = numerator.minimum ?? -.infinity
    maximum = numerator.maximum ?? .infinity
    isShare = baseline.indicator.isShare && baseline.denominator != nil
    floors = (baseline.denominator?.values ?? []).map { $0 > 0 ? 0.001 * $0 : -.infinity }
  }

  /// What all numerators must keep.
  var ofFigures: FigureGrowth.Limits {
    FigureGrowth.Limits(minimum: minimum, maximum: maximum, isShare: isShare)
  }

  /// Puts the figures of one position on the limits that they break.
  ///
  /// - Returns: How many figures were changed.
  @inline(__always)
  func clip(_ numerator: inout Double, _ denominator: inout Double, at position: Int) -> Int {
    var clipped = 0
    if !floors.isEmpty, denominator <= 0, denominator < floors[position] {
      denominator = floors[position]
      clipped += 1
    }
    let before = numerator
    if numerator < minimum { numerator = minimum }
    if numerator > maximum { numerator = maximum }
    if isShare, numerator > denominator { numerator = denominator }
    if numerator != before, !before.isNaN { clipped += 1 }
    return clipped
  }

  /// Whether noise alone may break a limit: what moves by logarithms stays above 0, and a share
  /// that moves by log odds stays below 1.
  func canBreak(byNoiseOn scale: GrowthScale) -> Bool {
    switch scale {
    case .log: isShare || maximum.isFinite || minimum > 0
    case .logit: maximum.isFinite || minimum > 0
    case .identity: isShare || maximum.isFinite || minimum.isFinite
    }
  }
}
