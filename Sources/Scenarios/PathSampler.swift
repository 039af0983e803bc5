internal import Forecasts
internal import LinearAlgebra
internal import Statistics

/// Draws the changes of one quantity without their mean, as `PathForecast` describes them.
///
/// The numbers of a draw are a function of the seed, the name of the quantity, what they are for,
/// the year, the draw and the unit. Two scenarios on the same figures therefore get the same
/// shocks, also when their horizons differ. The groups' numbers are correlated for a whole block
/// at a time by a product through OpenBLAS; a block always has the same size and starts at a
/// multiple of it, so that the result does not depend on how the draws are split.
struct PathSampler: Sendable, Hashable {
  typealias Lanes = SIMD4<Double>
  /// How many draws make a block.
  static let blockSize = 32

  /// What a stream of random numbers is for; years are added to it.
  private enum Stream {
    static let own: UInt32 = 0
    static let scale: UInt32 = 1 << 10
    static let group: UInt32 = 2 << 10
    static let country: UInt32 = 3 << 10
  }

  /// The number of positions.
  let positions: Int
  /// The number of vectors that hold them.
  let width: Int
  /// How many years are drawn.
  let years: Int
  let hasOwn: Bool
  let isShared: Bool
  private let normals: CounterNormals
  /// Mixes the own paths with those of the groups, the country alone behind them.
  private let mixer: PathMixer
  private let groups: Int
  /// The Cholesky factor of the groups' correlation; `nil` where they are independent.
  private let root: Matrix?
  private let groupFactor: [Double]
  private let nationalFactor: [Double]
  /// Whether the country as a whole moves.
  private let movesTogether: Bool
  private let factors: StudentFactors?

  /// Prepares the draws of a quantity.
  ///
  /// - Parameters:
  ///   - forecast: The forecast; at least as long as `years`.
  ///   - years: How many years are drawn.
  ///   - name: The name of the quantity: equal names get equal shocks.
  ///   - seed: The seed of all random numbers.
  /// - Throws: `CholeskyError` when the correlation of the groups is none.
  init(
    _ forecast: PathForecast,
    years: Int,
    name: String,
    seed: UInt64
  ) throws(CholeskyError) {
    positions = forecast.positions
    self.years = years
    let width = Self.width(of: forecast.positions)
    self.width = width
    normals = CounterNormals(seed: Self.key(of: name, seed: seed))
    groups = forecast.groupCount
    let (groups, span) = (groups, forecast.years)
    let lanes = width * Lanes.scalarCount
    let groupOf = (0..<lanes).map { position in
      let group = position < forecast.positions ? forecast.groups[position] : -1
      return group < 0 ? groups : group
    }
    var weights = [Double](repeating: 0, count: years * (years + 1) / 2 * lanes)
    for row in 0..<years {
      for column in 0...row {
        let first = (row * (row + 1) / 2 + column) * lanes
        for position in 0..<forecast.positions {
          weights[first + position] = forecast.ownFactors[(position * span + column) * span + row]
        }
      }
    }
    mixer = PathMixer(weights: weights, years: years, groups: groupOf, span: groups + 1)
    hasOwn = weights.contains { $0 != 0 }
    groupFactor = Self.leading(forecast.groupFactor, years, of: span)
    nationalFactor = Self.leading(forecast.nationalFactor, years, of: span)
    movesTogether = nationalFactor.contains { $0 != 0 }
    isShared = (groupFactor + nationalFactor).contains { $0 != 0 }
    let correlation = Matrix(rows: groups, columns: groups, columnMajor: forecast.groupCorrelation)
    let isIdentity = (0..<groups).allSatisfy { column in
      (0..<groups).allSatisfy { correlation[$0, column] == ($0 == column ? 1 : 0) }
    }
    root = isIdentity ? nil : try correlation.choleskyFactor()
    factors = forecast.degreesOfFreedom.flatMap {
      $0.isFinite ? StudentFactors(degreesOfFreedom: $0) : nil
    }
  }

  /// How many vectors hold some positions: an even number.
  static func width(of positions: Int) -> Int { (positions + 7) / 8 * 2 }

  /// The rows of the leading part of a lower factor, one after the other.
  private static func leading(_ factor: [Double], _ years: Int, of span: Int) -> [Double] {
    (0..<years).flatMap { row in (0...row).map { factor[row + $0 * span] } }
  }

  /// A key of a name: FNV-1a (Fowler, Noll & Vo, https://doi.org/10.17487/RFC9923) of its bytes,
  /// mixed with the seed as by SplitMix64.
  static func key(of name: String, seed: UInt64) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    var generator = SeededGenerator(seed: hash ^ seed &* 0xD134_2543_DE82_EF95)
    return generator.next()
  }

  /// Whether a position has noise of its own in every year.
  func moves(_ position: Int) -> Bool {
    (0..<years).allSatisfy { row in
      (0...row).contains { column in
        mixer.weights[(row * (row + 1) / 2 + column) * mixer.width + position] != 0
      }
    }
  }

  // MARK: - Drawing

  /// Room for the draws of one block, on one thread.
  final class Scratch {
    let shocks: DrawBuffer<Lanes>
    let scales: DrawBuffer<Lanes>
    let changes: DrawBuffer<Lanes>
    fileprivate let shared: DrawBuffer<Double>
    fileprivate let national: DrawBuffer<Double>
    fileprivate var groupShocks: Matrix

    init(_ sampler: PathSampler) {
      let (width, years) = (sampler.width, sampler.years)
      shocks = DrawBuffer(count: width * years, repeating: .zero)
      scales = DrawBuffer(count: width, repeating: .one)
      changes = DrawBuffer(count: width * years, repeating: .zero)
      shared = DrawBuffer(count: (sampler.groups + 1) * years, repeating: 0)
      national = DrawBuffer(count: years, repeating: 0)
      let columns = sampler.isShared ? PathSampler.blockSize * years : 0
      groupShocks = Matrix(rows: sampler.groups, columns: columns)
    }
  }

  /// Draws what the groups of a block share.
  ///
  /// - Parameters:
  ///   - first: The first draw of the block, a multiple of its size.
  ///   - scratch: Where it goes.
  /// - Complexity: O(*b* *H* *g*²), with *b* draws a block and *g* groups.
  func prepare(_ first: UInt64, _ scratch: Scratch) {
    guard isShared, groups > 0 else { return }
    scratch.groupShocks.elements.withUnsafeMutableBufferPointer { all in
      for slot in 0..<Self.blockSize {
        for year in 0..<years {
          let start = (slot * years + year) * groups
          normals.fill(
            UnsafeMutableBufferPointer(rebasing: all[start..<start + groups]),
            stream: Stream.group + UInt32(year),
            draw: first + UInt64(slot)
          )
        }
      }
    }
    root?.multiplyLowerTriangle(onto: &scratch.groupShocks)
  }

  /// Draws the units' own standard normal shocks of all years, positions fastest.
  func drawShocks(_ draw: UInt64, _ scratch: Scratch) {
    guard hasOwn else { return }
    for year in 0..<years {
      normals.fill(
        UnsafeMutableBufferPointer(
          start: numbers(scratch.shocks) + year * width * Lanes.scalarCount,
          count: positions
        ),
        stream: Stream.own + UInt32(year),
        draw: draw
      )
    }
  }

  /// Draws the changes of all years from the own shocks and what the block shares.
  ///
  /// - Parameters:
  ///   - slot: The number of the draw within its block.
  ///   - draw: The draw.
  ///   - sign: What the changes are multiplied by.
  ///   - scratch: Where the shocks are and the changes go: years × vectors of positions.
  /// - Complexity: O(*u* *H*²), with *u* positions.
  func drawChanges(_ slot: Int, _ draw: UInt64, sign: Double, _ scratch: Scratch) {
    drawScales(draw, scratch)
    if isShared { drawShared(slot, draw, scratch) }
    mixer.mix(
      shocks: hasOwn ? numbers(scratch.shocks) : nil,
      scales: numbers(scratch.scales),
      shared: isShared ? UnsafePointer(scratch.shared.start) : nil,
      sign: sign,
      into: numbers(scratch.changes)
    )
  }

  private func numbers(_ lanes: DrawBuffer<Lanes>) -> UnsafeMutablePointer<Double> {
    UnsafeMutableRawPointer(lanes.start).assumingMemoryBound(to: Double.self)
  }

  private func drawScales(_ draw: UInt64, _ scratch: Scratch) {
    guard let factors, hasOwn else { return }
    let scales = UnsafeMutableBufferPointer(start: numbers(scratch.scales), count: positions)
    normals.fill(scales, stream: Stream.scale, draw: draw)
    // The normal numbers lie within ±8.21, inside the table.
    factors.replace(scales)
  }

  /// The paths of the groups, each with the country's, and that of the country alone behind them.
  private func drawShared(_ slot: Int, _ draw: UInt64, _ scratch: Scratch) {
    let (national, shared) = (scratch.national.start, scratch.shared.start)
    if movesTogether { normals.fill(scratch.national.all, stream: Stream.country, draw: draw) }
    var entry = 0
    for row in 0..<years {
      var country = 0.0
      for column in 0...row { country += nationalFactor[entry + column] * national[column] }
      let path = shared + row * (groups + 1)
      for group in 0...groups { path[group] = country }
      scratch.groupShocks.elements.withUnsafeBufferPointer { all in
        for column in 0...row {
          let factor = groupFactor[entry + column]
          let start = (slot * years + column) * groups
          for group in 0..<groups { path[group] += factor * all[start + group] }
        }
      }
      entry += row + 1
    }
  }
}
