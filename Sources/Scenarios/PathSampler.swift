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
struct PathSampler: Sendable {
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
  /// The lower factors of the own paths, row by row, each entry for all positions.
  private let weights: [Lanes]
  /// Per position, and some more, where its group's path is.
  private let groupOf: [Int]
  private let groups: Int
  /// The Cholesky factor of the groups' correlation; `nil` where they are independent.
  private let root: Matrix?
  private let groupFactor: [Double]
  private let nationalFactor: [Double]
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
    let width = (forecast.positions + Lanes.scalarCount - 1) / Lanes.scalarCount
    self.width = width
    normals = CounterNormals(seed: Self.key(of: name, seed: seed))
    groups = forecast.groupCount
    let (groups, span) = (groups, forecast.years)
    groupOf = (0..<width * Lanes.scalarCount).map { position in
      let group = position < forecast.positions ? forecast.groups[position] : -1
      return group < 0 ? groups : group
    }
    var weights = [Lanes](repeating: .zero, count: years * (years + 1) / 2 * width)
    for row in 0..<years {
      for column in 0...row {
        let first = (row * (row + 1) / 2 + column) * width
        for position in 0..<forecast.positions {
          let factor = forecast.ownFactors[(position * span + column) * span + row]
          weights[first + position / Lanes.scalarCount][position % Lanes.scalarCount] = factor
        }
      }
    }
    self.weights = weights
    hasOwn = weights.contains { $0 != .zero }
    groupFactor = Self.leading(forecast.groupFactor, years, of: span)
    nationalFactor = Self.leading(forecast.nationalFactor, years, of: span)
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
        let first = (row * (row + 1) / 2 + column) * width
        return weights[first + position / Lanes.scalarCount][position % Lanes.scalarCount] != 0
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
      let start = UnsafeMutableRawPointer(scratch.shocks.start + year * width)
      normals.fill(
        UnsafeMutableBufferPointer(
          start: start.assumingMemoryBound(to: Double.self),
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
    let span = groups + 1
    if isShared { drawShared(slot, draw, scratch) }
    let (shocks, scales) = (scratch.shocks.start, scratch.scales.start)
    let (changes, shared) = (scratch.changes.start, scratch.shared.start)
    let (years, width, isShared, hasOwn) = (years, width, isShared, hasOwn)
    weights.withUnsafeBufferPointer { weights in
      groupOf.withUnsafeBufferPointer { groupOf in
        guard let weights = weights.baseAddress, let groupOf = groupOf.baseAddress else { return }
        for lane in 0..<width {
          let (scale, groups) = (scales[lane] * sign, groupOf + 4 * lane)
          var entry = weights + lane
          for row in 0..<years {
            var sum = Lanes.zero
            if hasOwn {
              var shock = shocks + lane
              for _ in 0...row {
                sum += entry.pointee * shock.pointee
                entry += width
                shock += width
              }
              sum *= scale
            }
            if isShared {
              let path = shared + row * span
              sum +=
                Lanes(path[groups[0]], path[groups[1]], path[groups[2]], path[groups[3]]) * sign
            }
            changes[row * width + lane] = sum
          }
        }
      }
    }
  }

  private func drawScales(_ draw: UInt64, _ scratch: Scratch) {
    guard let factors, hasOwn else { return }
    let buffer = UnsafeMutableRawPointer(scratch.scales.start).assumingMemoryBound(to: Double.self)
    normals.fill(
      UnsafeMutableBufferPointer(start: buffer, count: positions),
      stream: Stream.scale,
      draw: draw
    )
    let (lowest, cells) = (StudentFactors.lowest, StudentFactors.cellsPerUnit)
    factors.coefficients.withUnsafeBufferPointer { table in
      guard let table = table.baseAddress else { return }
      for position in 0..<positions {
        // The normal numbers lie within ±8.21, inside the table.
        let place = (buffer[position] - lowest) * cells
        let cell = Int(place)
        let (x, row) = (place - Double(cell), table + 4 &* cell)
        buffer[position] = ((row[0] * x + row[1]) * x + row[2]) * x + row[3]
      }
    }
  }

  /// The paths of the groups, each with the country's, and that of the country alone behind them.
  private func drawShared(_ slot: Int, _ draw: UInt64, _ scratch: Scratch) {
    let (national, shared) = (scratch.national.start, scratch.shared.start)
    normals.fill(scratch.national.all, stream: Stream.country, draw: draw)
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
