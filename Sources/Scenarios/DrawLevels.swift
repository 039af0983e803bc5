internal import Regions

/// The values of both levels in one future, without the bookkeeping of `Levels`.
///
/// Which units have figures is settled by the baseline: a future changes figures, never what is
/// known. The values are those of `Levels` to the last bit.
struct DrawLevels: Sendable {
  private let scale: Double
  private let isRelative: Bool
  private let isWeighted: Bool
  private let hasCountry: Bool
  /// Per municipality entry the position of its figures; −1 where it has none.
  private let municipalityPositions: [Int]
  /// Where the parts of each region entry start in `regionParts`; one more than entries.
  private let regionStarts: [Int]
  private let regionParts: [Int]
  /// The positions that make up the country.
  private let allPositions: [Int]

  /// The number of entries of the municipalities.
  var municipalities: Int { municipalityPositions.count }
  /// The number of entries of the regions; 0 for an indicator without values for regions.
  var regions: Int { regionStarts.count - 1 }

  /// Lays out the entries of an indicator's standings.
  ///
  /// - Parameters:
  ///   - baseline: The figures at the baseline.
  ///   - standings: The standings at the baseline.
  ///   - needsCountry: Whether the country's value is looked at; it costs a sum over all.
  init(baseline: IndicatorFigures, standings: Standings, needsCountry: Bool) {
    let indicator = baseline.indicator
    scale = indicator.scale
    isRelative = indicator.isRelativeToCountry
    isWeighted = indicator.aggregation == .weightedMean
    hasCountry = needsCountry && standings.municipality.levels.country != nil
    municipalityPositions = standings.municipality.levels.entries.map {
      Self.hasFigures($0) ? $0.parts[0] : -1
    }
    var (starts, parts) = ([0], [Int]())
    for entry in standings.region?.levels.entries ?? [] {
      if Self.hasFigures(entry) { parts += entry.parts }
      starts.append(parts.count)
    }
    regionStarts = starts
    regionParts = parts
    allPositions = baseline.numerator.values.indices.filter(baseline.isPresent)
  }

  /// A unit whose denominator is 0 has no value, until a lever gives it one.
  private static func hasFigures(_ entry: Levels.Entry) -> Bool {
    entry.status.basis != nil || entry.status == .missing(.zeroDenominator)
  }

  /// Computes the values from the figures of one year.
  ///
  /// **Shapes**: one figure per position of the register; no denominators for a plain amount; one
  /// value per entry, NaN where there is none.
  ///
  /// - Returns: The value of the country; NaN where it is not defined or not needed.
  /// - Complexity: O(*u*), with *u* positions.
  func compute(
    _ numerators: UnsafePointer<Double>,
    _ denominators: UnsafePointer<Double>?,
    municipalities: UnsafeMutablePointer<Double>,
    regions: UnsafeMutablePointer<Double>
  ) -> Double {
    var country = Double.nan
    var ratio = 1.0
    if hasCountry || isRelative {
      let total = sum(numerators, denominators, allPositions)
      let value = denominators == nil ? total.0 : total.0 / total.1
      ratio = denominators == nil ? .nan : value
      country = hasCountry ? scale * (isRelative ? 1 : value) : .nan
    }
    municipalityPositions.withUnsafeBufferPointer { positions in
      for (entry, position) in positions.enumerated() {
        guard position >= 0 else {
          municipalities[entry] = .nan
          continue
        }
        var value = numerators[position]
        if let denominators, !isWeighted {
          let denominator = denominators[position]
          value = denominator == 0 ? .nan : value / denominator
        }
        municipalities[entry] = scale * (isRelative ? value / ratio : value)
      }
    }
    for entry in 0..<self.regions {
      let (first, end) = (regionStarts[entry], regionStarts[entry + 1])
      guard first < end else {
        regions[entry] = .nan
        continue
      }
      let total = sum(numerators, denominators, regionParts[first..<end])
      var value = total.0
      if denominators != nil { value = total.1 == 0 ? .nan : value / total.1 }
      regions[entry] = scale * (isRelative ? value / ratio : value)
    }
    return country
  }

  @inline(__always)
  private func sum(
    _ numerators: UnsafePointer<Double>,
    _ denominators: UnsafePointer<Double>?,
    _ positions: some Collection<Int>
  ) -> (Double, Double) {
    var (top, bottom) = (0.0, 0.0)
    guard let denominators else {
      for position in positions { top += numerators[position] }
      return (top, 0)
    }
    for position in positions {
      let denominator = denominators[position]
      top += isWeighted ? numerators[position] * denominator : numerators[position]
      bottom += denominator
    }
    return (top, bottom)
  }
}
