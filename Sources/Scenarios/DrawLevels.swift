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
  /// Per municipality entry the position of its figures; −1 where it has none.
  private let municipalityPositions: [Int]
  /// Whether each entry that has figures has them at its own index.
  private let isInOrder: Bool
  /// The figures that make up each region entry, then the country if it is needed.
  private let parts: PartSums
  /// Per region entry whether it has figures.
  private let hasRegion: [Bool]

  /// The number of entries of the municipalities.
  var municipalities: Int { municipalityPositions.count }
  /// The number of entries of the regions; 0 for an indicator without values for regions.
  var regions: Int { hasRegion.count }

  /// The number of positions of the register.
  var positions: Int { parts.positions }

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
    isInOrder = municipalityPositions.enumerated().allSatisfy { entry, position in
      position < 0 || position == entry
    }
    let regions = standings.region?.levels.entries ?? []
    hasRegion = regions.map(Self.hasFigures)
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

  /// The figures of one year in some draws, a column a draw.
  struct Figures {
    /// How many draws there are.
    let columns: Int
    /// From the figures of one draw to those of the next.
    let stride: Int
    /// One numerator per position of the register.
    let numerators: UnsafePointer<Double>
    /// One denominator or weight per position; `nil` for a plain amount.
    let denominators: UnsafePointer<Double>?

    /// The figures of one series as a buffer.
    fileprivate func all(
      _ start: UnsafePointer<Double>,
      _ positions: Int
    ) -> UnsafeBufferPointer<Double> {
      UnsafeBufferPointer(start: start, count: (columns - 1) * stride + positions)
    }
  }

  /// Room for what is summed of some draws.
  final class Scratch {
    fileprivate let tops: DrawBuffer<Double>
    fileprivate let bottoms: DrawBuffer<Double>
    fileprivate let products: DrawBuffer<Double>

    /// Makes room for a number of draws.
    init(_ levels: DrawLevels, columns: Int) {
      tops = DrawBuffer(count: columns * levels.parts.count, repeating: 0)
      bottoms = DrawBuffer(count: columns * levels.parts.count, repeating: 0)
      let positions = levels.isWeighted ? levels.parts.positions : 0
      products = DrawBuffer(count: columns * positions, repeating: 0)
    }
  }

  /// Computes the values of one year in some draws.
  ///
  /// **Shapes**: one value per entry and draw, the municipalities', then the regions'; NaN where there
  /// is none.
  ///
  /// - Parameters:
  ///   - figures: The figures, of as many draws at most as there is room for.
  ///   - values: Where the values go, entry after entry, draw after draw.
  ///   - countries: The value of the country in each draw; NaN where it is not defined or not needed.
  ///   - scratch: Room.
  /// - Complexity: O(*s* *u*), with *s* draws and *u* positions.
  func compute(
    _ figures: Figures,
    into values: UnsafeMutablePointer<Double>,
    countries: UnsafeMutablePointer<Double>,
    _ scratch: Scratch
  ) {
    sum(figures, scratch)
    let entries = municipalities + regions
    for column in 0..<figures.columns {
      let tops = scratch.tops.start + column * parts.count
      let bottoms = figures.denominators == nil ? nil : scratch.bottoms.start + column * parts.count
      var ratio = 1.0
      countries[column] = .nan
      if hasCountry || isRelative {
        ratio = bottoms.map { tops[regions] / $0[regions] } ?? .nan
        let value = bottoms == nil ? tops[regions] : ratio
        if hasCountry { countries[column] = scale * (isRelative ? 1 : value) }
      }
      let first = values + column * entries
      computeMunicipalities(figures, column, ratio, first)
      computeRegions(tops, bottoms, ratio, first + municipalities)
    }
  }

  /// Sums numerators and denominators over the regions and the country.
  private func sum(_ figures: Figures, _ scratch: Scratch) {
    let positions = parts.positions
    var (numerators, stride) = (figures.all(figures.numerators, positions), figures.stride)
    if isWeighted, let denominators = figures.denominators {
      for column in 0..<figures.columns {
        let (rates, weights) = (
          figures.numerators + column * stride, denominators + column * stride
        )
        let products = scratch.products.start + column * positions
        for position in 0..<positions { products[position] = rates[position] * weights[position] }
      }
      numerators = UnsafeBufferPointer(scratch.products.part(0, figures.columns * positions))
      stride = positions
    }
    parts.sum(
      columns: figures.columns,
      of: numerators,
      stride: stride,
      into: scratch.tops.all,
      sumStride: parts.count
    )
    guard let denominators = figures.denominators else { return }
    parts.sum(
      columns: figures.columns,
      of: figures.all(denominators, positions),
      stride: figures.stride,
      into: scratch.bottoms.all,
      sumStride: parts.count
    )
  }

  private func computeMunicipalities(
    _ figures: Figures,
    _ column: Int,
    _ ratio: Double,
    _ values: UnsafeMutablePointer<Double>
  ) {
    let numerators = figures.numerators + column * figures.stride
    let denominators = isWeighted ? nil : figures.denominators.map { $0 + column * figures.stride }
    if isInOrder { divide(numerators, denominators, ratio, municipalities, into: values) }
    municipalityPositions.withUnsafeBufferPointer { positions in
      for (entry, position) in positions.enumerated() where position < 0 || !isInOrder {
        guard position >= 0 else {
          values[entry] = .nan
          continue
        }
        let denominator = denominators.map { $0 + position }
        divide(numerators + position, denominator, ratio, 1, into: values + entry)
      }
    }
  }

  /// The values of contiguous figures; NaN where the denominator is 0.
  private func divide(
    _ numerators: UnsafePointer<Double>,
    _ denominators: UnsafePointer<Double>?,
    _ ratio: Double,
    _ count: Int,
    into values: UnsafeMutablePointer<Double>
  ) {
    var first = 0
    while first &+ 4 <= count {
      var lanes = UnsafeRawPointer(numerators + first).loadUnaligned(as: SIMD4<Double>.self)
      if let denominators {
        let bottom = UnsafeRawPointer(denominators + first).loadUnaligned(as: SIMD4<Double>.self)
        lanes /= bottom
        lanes.replace(with: .nan, where: bottom .== 0)
      }
      if isRelative { lanes /= ratio }
      let place = UnsafeMutableRawPointer(values + first)
      place.storeBytes(of: lanes * scale, as: SIMD4<Double>.self)
      first &+= 4
    }
    for index in first..<count {
      var value = numerators[index]
      if let denominators { value = denominators[index] == 0 ? .nan : value / denominators[index] }
      values[index] = scale * (isRelative ? value / ratio : value)
    }
  }

  private func computeRegions(
    _ tops: UnsafePointer<Double>,
    _ bottoms: UnsafePointer<Double>?,
    _ ratio: Double,
    _ values: UnsafeMutablePointer<Double>
  ) {
    divide(tops, bottoms, ratio, regions, into: values)
    for entry in 0..<regions where !hasRegion[entry] { values[entry] = .nan }
  }
}
