internal import Statistics

/// Made-up columns of shares, like those of employment in many scenarios: what is ranked and summed.
///
/// Each column is the base times 1 + 3 % normal noise; in each, about one unit in a hundred has
/// exactly the value of another. A column is a pure function of the base, the seed and its number.
///
/// At most ``limit`` bytes are held: of more columns, a block is made that is passed over again.
public struct ShareColumns: Sendable {
  /// How many bytes of values are held at most.
  public static let limit = 300_000_000
  /// How many columns are held at most.
  public static let mostColumns = 100_000
  private static let noise = 0.03

  /// How many units a column has.
  public let units: Int
  /// How many columns are held.
  public let columns: Int
  /// The values, column after column.
  public let values: [Double]

  /// Makes columns.
  ///
  /// - Parameters:
  ///   - base: The values around which the columns vary, one per unit.
  ///   - columns: How many columns are wanted; so many are held as the limits allow.
  ///   - seed: Equal seeds give equal columns.
  ///   - threads: How many threads make them; it does not show.
  public init(base: [Double], columns: Int, seed: UInt64, threads: Int = 1) {
    let units = base.count
    precondition(units >= 1 && columns >= 1, "There is at least one value.")
    let held = Self.held(units: units, columns: columns)
    self.units = units
    self.columns = held
    let normals = CounterNormals(seed: seed)
    values = [Double](unsafeUninitializedCapacity: units * held) { values, count in
      // Each thread writes columns of its own.
      nonisolated(unsafe) let all = values
      ChunkQueue.share(held, by: 256, threads: threads) { queue in
        while let chunk = queue.next() {
          for column in chunk {
            let part = UnsafeMutableBufferPointer(
              rebasing: all[column * units..<(column + 1) * units]
            )
            Self.fill(part, base, normals, column)
          }
        }
      }
      count = units * held
    }
  }

  /// How many columns are held of those wanted.
  public static func held(units: Int, columns: Int) -> Int {
    min(columns, mostColumns, max(1, limit / (units * MemoryLayout<Double>.stride)))
  }

  /// Base values between 0.6 and 0.9.
  public static func base(units: Int, seed: UInt64) -> [Double] {
    uniforms(units, stream: .max, seed: seed).map { 0.6 + 0.3 * $0 }
  }

  /// Uniform numbers between 0 and 1.
  static func uniforms(_ count: Int, stream: UInt32, seed: UInt64) -> [Double] {
    var numbers = [Double](repeating: 0, count: count)
    numbers.withUnsafeMutableBufferPointer {
      CounterNormals(seed: seed).fillUniforms($0, stream: stream, draw: 0)
    }
    return numbers
  }

  private static func fill(
    _ column: UnsafeMutableBufferPointer<Double>,
    _ base: [Double],
    _ normals: CounterNormals,
    _ number: Int
  ) {
    normals.fill(column, stream: 0, draw: UInt64(number))
    for unit in 0..<column.count { column[unit] = base[unit] * (1 + noise * column[unit]) }
    guard column.count > 1 else { return }
    var generator = SeededGenerator(seed: UInt64(number))
    for _ in 0..<(column.count + 99) / 100 {
      let bits = generator.next()
      let from = Int(bits >> 32) % column.count
      column[Int(bits & 0xFFFF_FFFF) % column.count] = column[from]
    }
  }

  /// The values of a column.
  public func column(_ number: Int) -> [Double] {
    Array(values[number * units..<(number + 1) * units])
  }

  /// Calls a function with the number of columns of each pass over the block, until `total` are done.
  func forEachPass(of total: Int, _ body: (Int) -> Void) {
    var left = total
    while left > 0 {
      body(min(left, columns))
      left -= columns
    }
  }

  /// How many columns can be compared with the reference without taking long: the first and some
  /// others.
  func checked(seed: UInt64) -> [Int] {
    let first = min(columns, 200, max(4, 1_000_000 / units))
    let others = ShareColumns.uniforms(max(1, first / 10), stream: 1, seed: seed)
    return Array(0..<first) + others.map { Int($0 * Double(columns)) }
  }
}
