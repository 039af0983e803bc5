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
  /// How many draws make a block, a multiple of those of a row.
  static let blockSize = 32
  /// How many positions are drawn at a time, at most.
  static let chunkSize = 64

  /// What a stream of random numbers is for; years are added to it.
  private enum Stream {
    static let own: UInt32 = 0
    static let scale: UInt32 = 1 << 10
    static let group: UInt32 = 2 << 10
    static let country: UInt32 = 3 << 10
  }

  /// The number of positions.
  let positions: Int
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
    normals = CounterNormals(seed: Self.key(of: name, seed: seed))
    groups = forecast.groupCount
    let (groups, span) = (groups, forecast.years)
    let groupOf = (0..<positions).map { position in
      forecast.groups[position] < 0 ? groups : forecast.groups[position]
    }
    var weights = [Double](repeating: 0, count: years * (years + 1) / 2 * positions)
    for row in 0..<years {
      for column in 0...row {
        let first = (row * (row + 1) / 2 + column) * positions
        for position in 0..<positions {
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
        mixer.weights[(row * (row + 1) / 2 + column) * mixer.positions + position] != 0
      }
    }
  }

  // MARK: - Drawing

  /// Room for the draws of one block, on one thread: rows of draws, those of some positions first in
  /// each year.
  final class Scratch {
    /// The own shocks: years × `chunkSize`.
    let shocks: DrawBuffer<DrawRow>
    /// The changes: years × `chunkSize`.
    let changes: DrawBuffer<DrawRow>
    private let years: Int
    fileprivate let scales: DrawBuffer<DrawRow>
    fileprivate let shared: DrawBuffer<DrawRow>
    fileprivate let national: DrawBuffer<DrawRow>
    fileprivate let regional: DrawBuffer<DrawRow>
    fileprivate var groupShocks: Matrix

    init(_ sampler: PathSampler) {
      years = sampler.years
      let chunk = PathSampler.chunkSize
      shocks = DrawBuffer(count: chunk * years, repeating: .zero)
      scales = DrawBuffer(count: chunk, repeating: .one)
      changes = DrawBuffer(count: chunk * years, repeating: .zero)
      shared = DrawBuffer(count: (sampler.groups + 1) * years, repeating: .zero)
      national = DrawBuffer(count: years, repeating: .zero)
      regional = DrawBuffer(count: sampler.groups * years, repeating: .zero)
      let columns = sampler.isShared ? PathSampler.blockSize * years : 0
      groupShocks = Matrix(rows: sampler.groups, columns: columns)
    }

    /// Replaces the changes of the first positions by their exponentials.
    func exponentiate(_ positions: Int) {
      for year in 0..<years {
        Statistics.exponentiate(rows: changes.part(year * PathSampler.chunkSize, positions))
      }
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
      guard let start = all.baseAddress else { return }
      for batch in stride(from: 0, to: Self.blockSize, by: DrawRow.scalarCount) {
        for year in 0..<years {
          let rows = scratch.regional.part(0, groups)
          let stream = Stream.group + UInt32(year)
          normals.fillRows(rows, from: 0, stream: stream, draw: first + UInt64(batch))
          layApart(
            UnsafeBufferPointer(rows),
            into: start + (batch * years + year) * groups,
            stride: years * groups
          )
        }
      }
    }
    root?.multiplyLowerTriangle(onto: &scratch.groupShocks)
  }

  /// Draws the own standard normal shocks of some positions in all years.
  ///
  /// - Parameters:
  ///   - positions: The positions, from a multiple of `chunkSize` on.
  ///   - draw: The first draw of the batch.
  ///   - scratch: Where they go.
  func drawShocks(_ positions: Range<Int>, _ draw: UInt64, _ scratch: Scratch) {
    guard hasOwn else { return }
    for year in 0..<years {
      normals.fillRows(
        scratch.shocks.part(year * Self.chunkSize, positions.count),
        from: positions.lowerBound,
        stream: Stream.own + UInt32(year),
        draw: draw
      )
    }
  }

  /// Draws the changes of some positions in all years from the own shocks and what the block shares.
  ///
  /// - Parameters:
  ///   - positions: The positions, from a multiple of `chunkSize` on.
  ///   - draw: The first draw of the batch.
  ///   - sign: What the changes are multiplied by.
  ///   - scratch: Where the shocks are and the changes go.
  /// - Complexity: O(*u* *H*²), with *u* positions.
  func drawChanges(_ positions: Range<Int>, _ draw: UInt64, sign: Double, _ scratch: Scratch) {
    let hasScales = drawScales(positions, draw, scratch)
    mixer.mix(
      positions,
      PathMixer.Shocks(
        own: hasOwn ? UnsafePointer(scratch.shocks.start) : nil,
        scales: hasScales ? UnsafePointer(scratch.scales.start) : nil,
        shared: isShared ? UnsafePointer(scratch.shared.start) : nil,
        room: Self.chunkSize
      ),
      sign: sign,
      into: scratch.changes.start
    )
  }

  /// Draws what the own paths of some positions are multiplied by; returns whether they are.
  private func drawScales(
    _ positions: Range<Int>,
    _ draw: UInt64,
    _ scratch: Scratch
  ) -> Bool {
    guard let factors, hasOwn else { return false }
    let scales = scratch.scales.part(0, positions.count)
    normals.fillRows(scales, from: positions.lowerBound, stream: Stream.scale, draw: draw)
    // The normal numbers lie within ±8.21, inside the table.
    scales.withMemoryRebound(to: Double.self) { factors.replace($0) }
    return true
  }

  /// Draws the paths of the groups, each with the country's, and that of the country alone behind
  /// them.
  ///
  /// - Parameters:
  ///   - batch: The first draw of the batch within its block.
  ///   - draw: That draw.
  ///   - scratch: Where the block is prepared and the paths go.
  func drawShared(_ batch: Int, _ draw: UInt64, _ scratch: Scratch) {
    guard isShared else { return }
    let (national, shared) = (scratch.national.start, scratch.shared.start)
    if movesTogether {
      normals.fillRows(scratch.national.all, from: 0, stream: Stream.country, draw: draw)
    }
    layGroups(batch, scratch)
    var entry = 0
    for row in 0..<years {
      var country = DrawRow.zero
      for column in 0...row { country += nationalFactor[entry + column] * national[column] }
      let path = shared + row * (groups + 1)
      for group in 0...groups { path[group] = country }
      for column in 0...row {
        let factor = groupFactor[entry + column]
        let shocks = scratch.regional.start + column * groups
        for group in 0..<groups { path[group] += factor * shocks[group] }
      }
      entry += row + 1
    }
  }

  /// Lays the shocks of the groups in a batch side by side: years × groups.
  private func layGroups(_ batch: Int, _ scratch: Scratch) {
    guard groups > 0 else { return }
    scratch.groupShocks.elements.withUnsafeBufferPointer { all in
      guard let start = all.baseAddress else { return }
      for year in 0..<years {
        laySideBySide(
          start + (batch * years + year) * groups,
          stride: years * groups,
          into: scratch.regional.part(year * groups, groups)
        )
      }
    }
  }
}
