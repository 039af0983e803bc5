internal import CKernels

/// Random numbers, uniform or standard normal, as a pure function of a seed, a stream, a draw and
/// an index.
///
/// A stream says what the numbers are for, such as a series in a year; a draw is one of many
/// possible worlds. Together they name a cell, which has as many numbers as one asks for. Because a
/// number depends on nothing else, draws may be split over threads and blocks at will.
///
/// The bits come from Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011,
/// https://doi.org/10.1145/2063384.2063405) with the seed as its key. Only integer operations, sums
/// and products are used, each rounded by itself, so the numbers are the same to the last bit on
/// every machine.
///
/// ```swift
/// let normals = CounterNormals(seed: 2026)
/// var noise = [Double](repeating: 0, count: 357)
/// noise.withUnsafeMutableBufferPointer { normals.fill($0, stream: 3, draw: 41) }
/// ```
public struct CounterNormals: Sendable, Hashable {
  private typealias Numbers = SIMD2<Double>
  /// How many numbers are made at a time.
  private static let width = 16

  private let philox: Philox
  private let kernel: Kernel

  /// Creates the numbers of a seed; equal seeds give equal numbers.
  ///
  /// - Parameters:
  ///   - seed: The seed.
  ///   - kernel: What draws; the numbers are the same.
  public init(seed: UInt64, kernel: Kernel = .best) {
    philox = Philox(key: seed)
    self.kernel = kernel
  }

  /// Fills a buffer with the first standard normal numbers of a cell.
  ///
  /// Each number is the normal quantile, to 10⁻¹⁰, of the uniform number that ``fillUniforms`` puts
  /// at the same place. It lies between −8.21 and 8.21.
  ///
  /// - Parameters:
  ///   - buffer: Where the numbers go, at most 2³³; a shorter buffer gets the beginning of a longer.
  ///   - stream: What the numbers are for.
  ///   - draw: The number of the draw.
  /// - Complexity: O(*n*), with *n* numbers.
  public func fill(
    _ buffer: UnsafeMutableBufferPointer<Double>,
    stream: UInt32,
    draw: UInt64
  ) {
    NormalQuantiles.coefficients.withUnsafeBufferPointer { table in
      guard let cells = table.baseAddress else { return }
      if self.draw(into: buffer, stream, draw, cells) { return }
      fill(buffer, stream: stream, draw: draw) { NormalQuantiles.quantiles(ofBits: $0, cells) }
    }
  }

  /// Fills rows with standard normal numbers of sixteen cells, those of sixteen draws in a row.
  ///
  /// Row *i* has of each cell the number that ``fill(_:stream:draw:)`` puts at `first` + *i*.
  ///
  /// - Parameters:
  ///   - rows: Where the numbers go.
  ///   - first: The index of the first number, a multiple of 16.
  ///   - stream: What the numbers are for.
  ///   - draw: The number of the first draw, a multiple of 16.
  /// - Complexity: O(*n*), with *n* rows.
  public func fillRows(
    _ rows: UnsafeMutableBufferPointer<DrawRow>,
    from first: Int,
    stream: UInt32,
    draw: UInt64
  ) {
    precondition(
      first % Self.width == 0 && first + rows.count <= 1 << 33
        && draw % UInt64(DrawRow.scalarCount) == 0,
      "Rows begin at a multiple of sixteen, numbers and draws alike."
    )
    NormalQuantiles.coefficients.withUnsafeBufferPointer { table in
      guard let table = table.baseAddress, let start = rows.baseAddress else { return }
      if let kernels = kernel.table {
        return philox.words.withUnsafeBufferPointer { keys in
          let keys = keys.baseAddress
          kernels.fill_rows(start.numbers, first, rows.count, stream, draw, keys, table)
        }
      }
      fillRows(start, first, rows.count, stream, draw, table)
    }
  }

  private func fillRows(
    _ rows: UnsafeMutablePointer<DrawRow>,
    _ first: Int,
    _ count: Int,
    _ stream: UInt32,
    _ draw: UInt64,
    _ table: UnsafePointer<Double>
  ) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: Self.width) { part in
      guard let part = part.baseAddress else { return }
      philox.keys.withUnsafeBufferPointer { keys in
        guard let keys = keys.baseAddress else { return }
        for row in stride(from: 0, to: count, by: Self.width) {
          for lane in 0..<DrawRow.scalarCount {
            Self.write(to: part, first + row, stream, draw + UInt64(lane), keys) {
              NormalQuantiles.quantiles(ofBits: $0, table)
            }
            for index in 0..<min(Self.width, count - row) { rows[row + index][lane] = part[index] }
          }
        }
      }
    }
  }

  /// Fills a buffer with the first uniform numbers of a cell.
  ///
  /// A number is an odd multiple of 2⁻⁵³ between 0 and 1, so it is neither 0 nor 1.
  ///
  /// - Parameters:
  ///   - buffer: Where the numbers go, at most 2³³; a shorter buffer gets the beginning of a longer.
  ///   - stream: What the numbers are for.
  ///   - draw: The number of the draw.
  /// - Complexity: O(*n*), with *n* numbers.
  public func fillUniforms(
    _ buffer: UnsafeMutableBufferPointer<Double>,
    stream: UInt32,
    draw: UInt64
  ) {
    if self.draw(into: buffer, stream, draw, nil) { return }
    fill(buffer, stream: stream, draw: draw) { NormalQuantiles.uniforms(ofBits: $0) }
  }

  /// Fills a buffer by a kernel in C; returns whether there is one.
  private func draw(
    into buffer: UnsafeMutableBufferPointer<Double>,
    _ stream: UInt32,
    _ draw: UInt64,
    _ table: UnsafePointer<Double>?
  ) -> Bool {
    guard let kernels = kernel.table else { return false }
    precondition(buffer.count <= 1 << 33, "A cell has at most 2³³ numbers.")
    philox.words.withUnsafeBufferPointer { keys in
      kernels.fill(buffer.baseAddress, buffer.count, stream, draw, keys.baseAddress, table)
    }
    return true
  }

  /// Fills a buffer with a function of the bits of a cell.
  ///
  /// Numbers 4*g* and 4*g* + 1 come from the first halves of blocks 2*g* and 2*g* + 1, the next two
  /// from their second halves: in this order vectors are stored whole.
  @inline(__always)
  private func fill(
    _ buffer: UnsafeMutableBufferPointer<Double>,
    stream: UInt32,
    draw: UInt64,
    with numbers: (Philox.Pair) -> Numbers
  ) {
    guard let start = buffer.baseAddress else { return }
    precondition(buffer.count <= 1 << 33, "A cell has at most 2³³ numbers.")
    let whole = buffer.count & ~(Self.width - 1)
    philox.keys.withUnsafeBufferPointer { keys in
      guard let keys = keys.baseAddress else { return }
      var index = 0
      while index < whole {
        Self.write(to: start + index, index, stream, draw, keys, numbers)
        index &+= Self.width
      }
      guard index < buffer.count else { return }
      withUnsafeTemporaryAllocation(of: Double.self, capacity: Self.width) { rest in
        guard let first = rest.baseAddress else { return }
        Self.write(to: first, index, stream, draw, keys, numbers)
        (start + index).update(from: first, count: buffer.count - index)
      }
    }
  }

  /// Writes the sixteen numbers of a cell from an index on.
  @inline(__always)
  private static func write(
    to start: UnsafeMutablePointer<Double>,
    _ index: Int,
    _ stream: UInt32,
    _ draw: UInt64,
    _ keys: UnsafePointer<Philox.Pair>,
    _ numbers: (Philox.Pair) -> Numbers
  ) {
    let block = Philox.Pair(repeating: UInt64(truncatingIfNeeded: index) &>> 1)
    let b = Philox.Pair(repeating: UInt64(stream))
    let c = Philox.Pair(repeating: draw & 0xFFFF_FFFF)
    let d = Philox.Pair(repeating: draw &>> 32)
    var p = Philox.Blocks(block &+ Philox.Pair(0, 1), b, c, d)
    var q = Philox.Blocks(block &+ Philox.Pair(2, 3), b, c, d)
    var r = Philox.Blocks(block &+ Philox.Pair(4, 5), b, c, d)
    var s = Philox.Blocks(block &+ Philox.Pair(6, 7), b, c, d)
    // Ten calls, not a loop: the compiler does not unroll it, and moves cost a fifth of the time.
    func mix(_ round: Int) {
      p.mix(keys, round: round)
      q.mix(keys, round: round)
      r.mix(keys, round: round)
      s.mix(keys, round: round)
    }
    mix(0)
    mix(1)
    mix(2)
    mix(3)
    mix(4)
    mix(5)
    mix(6)
    mix(7)
    mix(8)
    mix(9)
    let place = UnsafeMutableRawPointer(start)
    place.storeBytes(of: numbers(p.first), toByteOffset: 0, as: Numbers.self)
    place.storeBytes(of: numbers(p.second), toByteOffset: 16, as: Numbers.self)
    place.storeBytes(of: numbers(q.first), toByteOffset: 32, as: Numbers.self)
    place.storeBytes(of: numbers(q.second), toByteOffset: 48, as: Numbers.self)
    place.storeBytes(of: numbers(r.first), toByteOffset: 64, as: Numbers.self)
    place.storeBytes(of: numbers(r.second), toByteOffset: 80, as: Numbers.self)
    place.storeBytes(of: numbers(s.first), toByteOffset: 96, as: Numbers.self)
    place.storeBytes(of: numbers(s.second), toByteOffset: 112, as: Numbers.self)
  }
}
