extension BatchRanks {
  /// How many columns a thread takes at a time.
  private static let chunk = 256

  /// Ranks the values of many columns on several threads, each as ``rank(_:order:into:)`` does.
  ///
  /// The places do not depend on the threads.
  ///
  /// **Shapes**: values and places are columns × `count`, one column after the other.
  ///
  /// - Parameters:
  ///   - count: The number of values of each column, at most 65,535.
  ///   - columns: How many columns there are.
  ///   - values: The values.
  ///   - order: Which end has place 1.
  ///   - places: The places.
  ///   - threads: How many threads to use, at least 1.
  ///   - kernel: What ranks; the places are the same.
  /// - Complexity: As ``rank(columns:of:stride:order:into:placeStride:counts:)``, shared by the
  ///   threads.
  public static func rank(
    count: Int,
    columns: Int,
    of values: UnsafeBufferPointer<Double>,
    order: RankOrder = .largestFirst,
    into places: UnsafeMutableBufferPointer<UInt16>,
    threads: Int,
    kernel: Kernel = .best
  ) {
    precondition(
      values.count == count * columns && places.count == values.count,
      "There are values and room for the places of all columns."
    )
    // Each thread reads and writes columns of its own.
    nonisolated(unsafe) let (values, places) = (values, places)
    ChunkQueue.share(columns, by: chunk, threads: threads) { queue in
      var ranks = BatchRanks(count: count, kernel: kernel)
      while let taken = queue.next() {
        let part = taken.lowerBound * count..<taken.upperBound * count
        ranks.rank(
          columns: taken.count,
          of: UnsafeBufferPointer(rebasing: values[part]),
          stride: count,
          order: order,
          into: UnsafeMutableBufferPointer(rebasing: places[part]),
          placeStride: count
        )
      }
    }
  }
}
