internal import Regions

/// The values of both levels in one future, without the bookkeeping of `Levels`.
///
/// Which units have a value is settled by the baseline: a future changes figures, never what is
/// known. The values are those of `Levels` up to rounding; they are computed a hundred thousand
/// times.
struct DrawLevels: Sendable {
  private let indicator: Indicator
  /// Per municipality entry the position of its figures; -1 where it has no value.
  private let municipalityPositions: [Int]
  /// Per region entry the positions of its parts; empty where it has no value.
  private let regionParts: [[Int]]
  private let allPositions: [Int]
  private let isWeighted: Bool

  /// The values of the municipalities, in the order of the entries; NaN where missing.
  private(set) var municipalities: [Double]
  /// The values of the regions; empty for an indicator without values for regions.
  private(set) var regions: [Double]
  /// The numerator over the denominator of the country, or its sum; times the indicator's scale.
  private(set) var country = Double.nan

  init(baseline: IndicatorFigures, standings: Standings) {
    indicator = baseline.indicator
    isWeighted = baseline.indicator.aggregation == .weightedMean
    municipalityPositions = standings.municipality.levels.entries.map {
      $0.value.isNaN ? -1 : $0.parts[0]
    }
    regionParts = (standings.region?.levels.entries ?? []).map { $0.value.isNaN ? [] : $0.parts }
    allPositions = baseline.numerator.values.indices.filter(baseline.isPresent)
    municipalities = Array(repeating: .nan, count: municipalityPositions.count)
    regions = Array(repeating: .nan, count: regionParts.count)
  }

  /// Computes the values from the figures of one year.
  ///
  /// **Shapes**: one figure per position of the register; no denominator for a plain amount.
  ///
  /// - Complexity: O(*u*), with *u* positions.
  mutating func compute(
    _ numerator: UnsafePointer<Double>,
    _ denominator: UnsafePointer<Double>?
  ) {
    var sums = (numerator: 0.0, denominator: 0.0)
    for position in allPositions {
      let divisor = denominator?[position] ?? 0
      sums.numerator += isWeighted ? numerator[position] * divisor : numerator[position]
      sums.denominator += divisor
    }
    let ratio = denominator == nil ? sums.numerator : sums.numerator / sums.denominator
    let scale = indicator.isRelativeToCountry ? indicator.scale / ratio : indicator.scale
    country = indicator.isRelativeToCountry ? indicator.scale : indicator.scale * ratio
    for (entry, position) in municipalityPositions.enumerated() where position >= 0 {
      if let denominator, !isWeighted {
        municipalities[entry] = scale * (numerator[position] / denominator[position])
      } else {
        municipalities[entry] = scale * numerator[position]
      }
    }
    for (entry, parts) in regionParts.enumerated() where !parts.isEmpty {
      var sum = (numerator: 0.0, denominator: 0.0)
      if let denominator {
        for position in parts {
          let divisor = denominator[position]
          sum.numerator += isWeighted ? numerator[position] * divisor : numerator[position]
          sum.denominator += divisor
        }
        regions[entry] = scale * (sum.numerator / sum.denominator)
      } else {
        for position in parts { sum.numerator += numerator[position] }
        regions[entry] = scale * sum.numerator
      }
    }
  }
}
