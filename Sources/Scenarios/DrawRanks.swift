internal import Statistics

/// Places of the values of one level in one draw after another, as a run gives them.
final class DrawRanks {
  private var ranks: BatchRanks
  private let order: RankOrder
  /// The entries in the order of their places.
  private let sorted: DrawBuffer<Int>
  /// How many entries are already sorted in at each place.
  private let taken: DrawBuffer<Int>

  /// Makes room for columns of `count` values.
  init(count: Int, order: RankOrder) {
    ranks = BatchRanks(count: count)
    self.order = order
    sorted = DrawBuffer(count: count, repeating: 0)
    taken = DrawBuffer(count: count, repeating: 0)
  }

  /// Ranks the values of some draws: equal values share the best place; NaN has the place 0, which is
  /// none.
  ///
  /// - Parameters:
  ///   - draws: Which draws of the batch.
  ///   - values: A row for each entry.
  ///   - places: The first place of the first draw of the batch.
  ///   - stride: From the places of one draw to those of the next.
  ///   - counts: How often each entry had each place is added to these; `nil` for nothing.
  func rank(
    _ draws: Range<Int>,
    _ values: UnsafePointer<DrawRow>,
    into places: UnsafeMutablePointer<UInt16>,
    stride: Int,
    counts: UnsafeMutableBufferPointer<UInt32>?
  ) {
    ranks.rank(
      draws,
      ofRows: values,
      order: order,
      into: places,
      placeStride: stride,
      counts: counts
    )
  }

  /// Makes values of a ranked column equal that differ by rounding alone, as by
  /// `Levels.mergingRoundingNoise`: those within four units in the last place of their neighbour.
  ///
  /// - Parameters:
  ///   - values: The values; those that are merged get the smallest of their group.
  ///   - places: Their places, which are made those of the merged values.
  ///   - sums: The places to be summed: equal values have the mean of their places; NaN for none.
  func merge(
    _ values: StridedColumn,
    _ places: UnsafeMutablePointer<UInt16>,
    sums: UnsafeMutablePointer<Double>
  ) {
    let (sorted, taken, count) = (sorted.start, taken.start, ranks.count)
    for index in 0..<count { taken[index] = 0 }
    var present = 0
    for entry in 0..<count {
      let place = Int(places[entry])
      guard place > 0 else {
        sums[entry] = .nan
        continue
      }
      sorted[place - 1 + taken[place - 1]] = entry
      taken[place - 1] += 1
      present += 1
    }
    var start = 0
    while start < present {
      var end = start + 1
      while end < present, isNoise(values[sorted[end]], values[sorted[end - 1]]) { end += 1 }
      let smallest = values[sorted[order == .largestFirst ? end - 1 : start]]
      for position in start..<end {
        let entry = sorted[position]
        places[entry] = UInt16(truncatingIfNeeded: start + 1)
        sums[entry] = Double(start + 1 + end) / 2
      }
      // After the group is found, as its values are compared unmerged.
      for position in start..<end { values[sorted[position]] = smallest }
      start = end
    }
  }

  private func isNoise(_ a: Double, _ b: Double) -> Bool {
    abs(a - b) <= 4 * max(abs(a), abs(b)).ulp
  }
}
