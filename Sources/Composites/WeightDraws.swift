public import LinearAlgebra
public import Statistics
internal import Synchronization

/// The places that units have in a composite ranking when its weights are uncertain.
///
/// Each draw has weights of its own (``WeightSampler``). A unit's score is the sum of its normalised
/// indicators times the weights, and the largest score has place 1. This is how uncertain weights are
/// commonly treated (OECD & JRC 2008, Handbook on Constructing Composite Indicators, section 7,
/// https://doi.org/10.1787/9789264043466-en).
///
/// The scores of many draws are one matrix product through OpenBLAS, whose last digits may differ
/// between kinds of processor; they are simulated values.
///
/// **Missing values**: a unit with a missing indicator (NaN) has no score and no place.
public struct WeightDraws: Sendable {
  /// The normalised indicators: units × indicators, larger being better.
  public let indicators: Matrix
  /// What draws the weights.
  public let sampler: WeightSampler

  /// The weights around which is drawn; they sum to 1.
  public var weights: [Double] { sampler.weights }

  /// How many draws a thread takes at a time: their scores fit in its cache.
  private static let block = 128

  /// Prepares the draws.
  ///
  /// - Parameters:
  ///   - indicators: The normalised indicators: units × indicators, larger being better.
  ///   - weights: One per indicator, 0 or more, not all 0; they need not sum to 1.
  ///   - spread: By what share a weight may be larger or smaller, 0 to 1.
  ///   - seed: Equal seeds give equal draws.
  public init(indicators: Matrix, weights: [Double], spread: Double, seed: UInt64) {
    self.init(
      indicators: indicators,
      sampler: WeightSampler(weights: weights, scheme: .spread(spread), seed: seed)
    )
  }

  /// Prepares the draws.
  ///
  /// - Parameters:
  ///   - indicators: The normalised indicators: units × indicators, larger being better.
  ///   - sampler: What draws the weights, one per indicator.
  public init(indicators: Matrix, sampler: WeightSampler) {
    precondition(sampler.weights.count == indicators.columns, "Each indicator has a weight.")
    precondition(indicators.rows <= Int(UInt16.max), "At most 65,535 units are ranked.")
    self.indicators = indicators
    self.sampler = sampler
  }

  /// The weights of a draw; they sum to 1. They are a function of the seed and the draw alone.
  public func weights(ofDraw draw: UInt64) -> [Double] { sampler.weights(ofDraw: draw) }

  /// Draws weights, ranks the units under each and counts their places.
  ///
  /// The counts do not depend on the threads.
  ///
  /// - Parameters:
  ///   - draws: How many draws, at least 1.
  ///   - threads: How many threads to use, at least 1.
  ///   - kernel: What ranks; the places are the same.
  /// - Returns: How often each unit had each place.
  /// - Complexity: O(*s* *n* (*k* + log² *n*)) in time for *s* draws of *n* units and *k* indicators,
  ///   O(*n*²) in space for each thread.
  public func placeTally(draws: Int, threads: Int, kernel: Kernel = .best) -> PlaceTally {
    precondition(draws >= 1, "There is at least one draw.")
    let units = indicators.rows
    let total = Mutex([UInt32](repeating: 0, count: units * (units + 1)))
    ChunkQueue.share(draws, by: Self.block, threads: threads) { queue in
      var worker = Worker(self, kernel)
      while let range = queue.next() { worker.count(range) }
      total.withLock { total in
        for index in total.indices { total[index] += worker.counts[index] }
      }
    }
    return PlaceTally(units: units, draws: draws, counts: total.withLock { $0 })
  }

  /// Draws and counts on one thread.
  private struct Worker {
    let draws: WeightDraws
    let numbers: CounterNormals
    var drawn: Matrix
    var scores: Matrix
    var ranks: BatchRanks
    var counts: [UInt32]

    init(_ draws: WeightDraws, _ kernel: Kernel) {
      let units = draws.indicators.rows
      self.draws = draws
      numbers = CounterNormals(seed: draws.sampler.seed, kernel: kernel)
      drawn = Matrix(rows: draws.weights.count, columns: WeightDraws.block)
      scores = Matrix(rows: units, columns: WeightDraws.block)
      ranks = BatchRanks(count: units, kernel: kernel)
      counts = [UInt32](repeating: 0, count: units * (units + 1))
    }

    mutating func count(_ range: Range<Int>) {
      let (units, indicators) = (scores.rows, drawn.rows)
      drawn.elements.withUnsafeMutableBufferPointer { all in
        for (column, draw) in range.enumerated() {
          let part = all[column * indicators..<(column + 1) * indicators]
          let place = UnsafeMutableBufferPointer(rebasing: part)
          draws.sampler.write(UInt64(draw), stream: 0, into: place, numbers)
        }
      }
      // The columns beyond those wanted hold older weights, and are not ranked.
      draws.indicators.multiply(drawn, into: &scores)
      scores.elements.withUnsafeBufferPointer { values in
        counts.withUnsafeMutableBufferPointer { counts in
          ranks.countPlaces(columns: range.count, of: values, stride: units, into: counts)
        }
      }
    }
  }
}
