internal import Regions
internal import Statistics

/// The values of both levels in one future, without the bookkeeping of `Levels`.
///
/// Which units have figures is settled by the baseline: a future changes figures, never what is
/// known. The values are those of `Levels` to the last bit.
struct DrawLevels: Sendable {
  private let scale: Double
  private let isRelative: Bool
  private let isWeighted: Bool
  private let hasCountry: Bool
  /// Each municipality entry from the figures at its position.
  private let ofMunicipalities: RowQuotients
  /// Each region entry from the sums of its part.
  private let ofRegions: RowQuotients
  /// The figures that make up each region entry, then the country if it is needed.
  private let parts: PartSums

  /// The number of entries of the municipalities.
  var municipalities: Int { ofMunicipalities.count }
  /// The number of entries of the regions; 0 for an indicator without values for regions.
  var regions: Int { ofRegions.count }

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
    ofMunicipalities = RowQuotients(
      rows: standings.municipality.levels.entries.map { Self.hasFigures($0) ? $0.parts[0] : nil },
      scale: indicator.scale
    )
    let regions = standings.region?.levels.entries ?? []
    ofRegions = RowQuotients(
      rows: regions.enumerated().map { index, entry in Self.hasFigures(entry) ? index : nil },
      scale: indicator.scale
    )
    var members = regions.map { Self.hasFigures($0) ? $0.parts : [] }
    if hasCountry || isRelative {
      members.append(baseline.numerator.values.indices.filter(baseline.isPresent))
    }
    parts = PartSums(members, positions: baseline.numerator.values.count, missing: .carried)
  }

  /// A unit whose denominator is 0 has no value, until a lever gives it one.
  private static func hasFigures(_ entry: Levels.Entry) -> Bool {
    entry.status.basis != nil || entry.status == .missing(.zeroDenominator)
  }

  /// Room for what is summed of some draws.
  final class Scratch {
    fileprivate let tops: DrawBuffer<DrawRow>
    fileprivate let bottoms: DrawBuffer<DrawRow>

    /// Makes room.
    init(_ levels: DrawLevels) {
      tops = DrawBuffer(count: levels.parts.count, repeating: .zero)
      bottoms = DrawBuffer(count: levels.parts.count, repeating: .zero)
    }
  }

  /// Computes the values of one year in sixteen draws side by side.
  ///
  /// **Shapes**: there is a row of figures for each position of the register; one of values for each
  /// entry, the municipalities', then the regions', NaN where there is none.
  ///
  /// - Parameters:
  ///   - numerators: The numerators.
  ///   - denominators: The denominators or weights; `nil` for a plain amount.
  ///   - values: Where the values go.
  ///   - scratch: Room.
  /// - Returns: The value of the country; NaN where it is not defined or not needed.
  /// - Complexity: O(*u*), with *u* positions.
  func compute(
    _ numerators: UnsafePointer<DrawRow>,
    _ denominators: UnsafePointer<DrawRow>?,
    into values: UnsafeMutablePointer<DrawRow>,
    _ scratch: Scratch
  ) -> DrawRow {
    let (tops, bottoms) = (scratch.tops.start, scratch.bottoms.start)
    parts.sum(rows: numerators, weights: isWeighted ? denominators : nil, into: tops)
    if let denominators { parts.sum(rows: denominators, weights: nil, into: bottoms) }
    var ratio: DrawRow?
    var country = DrawRow(repeating: .nan)
    if hasCountry || isRelative {
      let quotient =
        denominators == nil ? DrawRow(repeating: .nan) : tops[regions] / bottoms[regions]
      if isRelative { ratio = quotient }
      if hasCountry {
        let value = denominators == nil ? tops[regions] : quotient
        country = scale * (isRelative ? DrawRow(repeating: 1) : value)
      }
    }
    ofMunicipalities.divide(
      numerators,
      by: isWeighted ? nil : denominators,
      relativeTo: ratio,
      into: values
    )
    ofRegions.divide(
      tops,
      by: denominators == nil ? nil : UnsafePointer(bottoms),
      relativeTo: ratio,
      into: values + municipalities
    )
    return country
  }
}
