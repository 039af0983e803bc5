/// Random draws of the errors of some values, jointly normal with mean 0.
///
/// A draw is a pure function of the seed, the number of the draw and the position of the value, so
/// the same draws serve several confidence sets, and the sets can be made again.
///
/// **Missing values**: a value without a standard error (NaN) has no draws; it gets no set.
public struct ErrorDraws: Sendable {
  /// How many draws go through one vector operation.
  typealias Lanes = SIMD8<Double>

  /// How many values have errors.
  public let units: Int
  /// How many draws there are.
  public let count: Int
  /// The standard error of each value; NaN where missing.
  public let standardErrors: [Double]
  /// The standard errors of the pairwise differences, units × units, where values are correlated.
  private let differences: [Double]?
  /// The errors, the unit fastest, then blocks of draws.
  let blocks: [Lanes]

  /// Draws independent errors.
  ///
  /// - Parameters:
  ///   - standardErrors: The standard error of each value, 0 or more; NaN where there is none.
  ///   - count: The number of draws, at least 1.
  ///   - seed: Equal seeds give equal draws.
  ///   - threads: How many threads to use; the draws are the same.
  /// - Complexity: O(*n* *r*), with *n* values and *r* draws.
  public init(standardErrors: [Double], count: Int = 1000, seed: UInt64, threads: Int = 1) {
    precondition(standardErrors.allSatisfy { !($0 < 0) }, "A standard error is not negative.")
    units = standardErrors.count
    self.count = count
    self.standardErrors = standardErrors
    differences = nil
    var blocks = Self.standardNormals(
      units: units,
      count: count,
      seed: seed,
      threads: threads
    )
    for index in blocks.indices { blocks[index] *= standardErrors[index % units] }
    self.blocks = blocks
  }

  /// Draws correlated errors: the factor times standard normals.
  ///
  /// - Parameters:
  ///   - factor: The lower-triangular Cholesky factor F of the covariance F Fᵀ, n × n, column-major;
  ///     what stands above the diagonal is not read.
  ///   - units: The number of values, n.
  ///   - count: The number of draws, at least 1.
  ///   - seed: Equal seeds give equal draws.
  ///   - threads: How many threads to use; the draws are the same.
  /// - Complexity: O(*n*² (*n* + *r*)), with *n* values and *r* draws.
  public init(
    factor: [Double],
    units: Int,
    count: Int = 1000,
    seed: UInt64,
    threads: Int = 1
  ) {
    precondition(
      factor.count == units * units,
      "The factor has as many rows and columns as values."
    )
    self.units = units
    self.count = count
    let normals = Self.standardNormals(
      units: units,
      count: count,
      seed: seed,
      threads: threads
    )
    var blocks = [Lanes](repeating: .zero, count: normals.count)
    for start in stride(from: 0, to: blocks.count, by: max(units, 1)) {
      for column in 0..<units {
        for row in column..<units {
          blocks[start + row] += factor[column * units + row] * normals[start + column]
        }
      }
    }
    self.blocks = blocks
    var variances = [Double](repeating: 0, count: units * units)
    var own = [Double](repeating: 0, count: units)
    for column in 0..<units {
      let entries = (0..<units).map { $0 < column ? 0 : factor[column * units + $0] }
      for first in 0..<units {
        own[first] += entries[first] * entries[first]
        for second in 0..<units {
          let difference = entries[first] - entries[second]
          variances[first * units + second] += difference * difference
        }
      }
    }
    standardErrors = own.map { $0.squareRoot() }
    differences = variances.map { $0.squareRoot() }
  }

  /// The error of a value in a draw.
  public func error(of unit: Int, draw: Int) -> Double {
    precondition((0..<count).contains(draw), "The draws are numbered from 0.")
    return blocks[draw / Lanes.scalarCount * units + unit][draw % Lanes.scalarCount]
  }

  /// The standard error of the difference of two values.
  public func standardErrorOfDifference(_ first: Int, _ second: Int) -> Double {
    if let differences { return differences[first * units + second] }
    let (a, b) = (standardErrors[first], standardErrors[second])
    return (a * a + b * b).squareRoot()
  }

  private static func standardNormals(
    units: Int,
    count: Int,
    seed: UInt64,
    threads: Int
  ) -> [Lanes] {
    precondition(count > 0, "There is at least one draw.")
    let normals = StandardNormals(seed: seed)
    let width = Lanes.scalarCount
    let rows = (count + width - 1) / width
    return [Lanes](unsafeUninitializedCapacity: rows * units) { blocks, filled in
      // Each thread writes blocks of its own.
      nonisolated(unsafe) let all = blocks
      ChunkQueue.share(rows, by: 1, threads: threads) { queue in
        while let taken = queue.next() {
          for row in taken {
            for unit in 0..<units {
              var lanes = Lanes()
              for lane in 0..<width {
                lanes[lane] = normals.number(stream: unit, index: row * width + lane)
              }
              all.initializeElement(at: row * units + unit, to: lanes)
            }
          }
        }
      }
      filled = rows * units
    }
  }
}
