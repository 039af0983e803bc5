/// Places of the values of one column after another, each sorted from the order of the one before.
///
/// Equal values share the best place (competition); NaN has the place 0, which is none. The columns
/// of a draw resemble each other, so an insertion sort has little to move.
final class DrawRanks {
  private let count: Int
  /// What the values are multiplied by to have the smallest first.
  private let sign: Double
  /// The entries in the order of their keys, and the keys.
  private let order: DrawBuffer<Int>
  private let keys: DrawBuffer<Double>

  /// Makes room for columns of `count` values.
  init(count: Int, largestFirst: Bool) {
    self.count = count
    sign = largestFirst ? -1 : 1
    order = DrawBuffer(count: count, repeating: 0)
    keys = DrawBuffer(count: count, repeating: 0)
    for index in 0..<count { order.start[index] = index }
  }

  /// The number of values that are present, sorted to the front.
  private func sort(_ values: UnsafePointer<Double>) -> Int {
    let (order, keys, sign) = (order.start, keys.start, sign)
    var present = 0
    for position in 0..<count {
      let entry = order[position]
      let value = values[entry]
      // A missing value goes behind all others.
      let key = value.isNaN ? Double.infinity : sign * value
      if !value.isNaN { present += 1 }
      var place = position
      while place > 0, keys[place - 1] > key {
        keys[place] = keys[place - 1]
        order[place] = order[place - 1]
        place -= 1
      }
      keys[place] = key
      order[place] = entry
    }
    return present
  }

  /// Ranks a column. Values that differ by rounding alone are made equal, as by
  /// `Levels.mergingRoundingNoise`: those within four units in the last place of their neighbour.
  ///
  /// - Parameters:
  ///   - values: The values; those that are merged get the smallest of their group.
  ///   - places: The places.
  ///   - sums: The places to be summed: equal values have the mean of their places; NaN for none.
  func rank(
    _ values: UnsafeMutablePointer<Double>,
    into places: UnsafeMutablePointer<UInt16>,
    sums: UnsafeMutablePointer<Double>
  ) {
    let present = sort(values)
    let (order, keys) = (order.start, keys.start)
    var start = 0
    while start < present {
      var end = start + 1
      while end < present, isNoise(keys[end] - keys[end - 1], keys[end], keys[end - 1]) { end += 1 }
      let smallest = sign < 0 ? -keys[end - 1] : keys[start]
      for position in start..<end {
        let entry = order[position]
        values[entry] = smallest
        places[entry] = UInt16(truncatingIfNeeded: start + 1)
        sums[entry] = Double(start + 1 + end) / 2
      }
      start = end
    }
    for position in present..<count {
      places[order[position]] = 0
      sums[order[position]] = .nan
    }
  }

  private func isNoise(_ difference: Double, _ a: Double, _ b: Double) -> Bool {
    difference <= 4 * max(abs(a), abs(b)).ulp
  }
}
