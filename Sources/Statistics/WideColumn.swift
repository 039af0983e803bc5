/// A column of many values while it is being ranked, with a code of 24 bits for each: in proportion to
/// its distance from the first.
///
/// With 16 bits most values of a long column would share their code with others. The codes are sorted
/// by three digits of 8 bits, the least significant first: with more digits to choose from, the places
/// where codes go would not stay in the nearest cache.
struct WideColumn {
  /// With more values than these, wide codes are faster.
  static let worthwhile = 4096

  private static let counters = 3 * 256

  /// Room for a column.
  struct Scratch: Sendable {
    private let count: Int
    private var codes: [UInt64]
    private var counts: [UInt32]

    init(count: Int) {
      self.count = count
      codes = [UInt64](repeating: 0, count: 2 * count)
      counts = [UInt32](repeating: 0, count: WideColumn.counters)
    }

    /// Calls a body with a column of values.
    mutating func withColumn(
      _ values: UnsafePointer<Double>,
      _ order: RankOrder,
      _ body: (WideColumn) -> Void
    ) {
      let count = count
      codes.withUnsafeMutableBufferPointer { codes in
        counts.withUnsafeMutableBufferPointer { counts in
          guard let codes = codes.baseAddress, let counts = counts.baseAddress else { return }
          body(
            WideColumn(
              values: values,
              count: count,
              order: order,
              counts: counts,
              codes: codes,
              sorted: codes + count
            )
          )
        }
      }
    }
  }

  let values: UnsafePointer<Double>
  let count: Int
  let order: RankOrder
  let counts: UnsafeMutablePointer<UInt32>
  /// Each code in the upper half of a word, the position of its value in the lower half.
  let codes: UnsafeMutablePointer<UInt64>
  let sorted: UnsafeMutablePointer<UInt64>

  /// Writes the places; 0 for missing values.
  func rank(into places: UnsafeMutablePointer<UInt16>) {
    let ranked = encode(missing: places)
    var (from, to) = (codes, sorted)
    for digit in 0..<3 {
      sort(ranked, by: digit, from, to)
      swap(&from, &to)
    }
    var start = 0
    while start < ranked {
      let code = from[start] >> 32
      var end = start &+ 1
      while end < ranked, from[end] >> 32 == code { end &+= 1 }
      if end - start == 1 {
        places[Int(from[start] & 0xFFFF_FFFF)] = UInt16(truncatingIfNeeded: end)
      } else {
        let run = UnsafeMutableBufferPointer(start: from + start, count: end - start)
        placeEqualCodes(run, from: start, values, order, places) { Int($0 & 0xFFFF_FFFF) }
      }
      start = end
    }
  }

  /// Writes the codes and counts their digits; gives how many values are present.
  private func encode(missing places: UnsafeMutablePointer<UInt16>) -> Int {
    let (low, high) = extent(of: values, count: count)
    var (origin, scale) = (low, min(0xFF_FFFF / (high - low), .greatestFiniteMagnitude))
    if order == .largestFirst { (origin, scale) = (high, -scale) }
    // Without a finite range all values have one code.
    let isFinite = (high - low).isFinite
    counts.update(repeating: 0, count: Self.counters)
    var ranked = 0
    for index in 0..<count {
      let value = values[index]
      if value.isNaN {
        places[index] = 0
        continue
      }
      // A number added whose last bit is worth 1 rounds to a whole number, shown in the bits.
      let bits = ((value - origin) * scale + 0x1p52).bitPattern
      let code = isFinite ? bits & 0xFF_FFFF : 0
      codes[ranked] = code &<< 32 | UInt64(truncatingIfNeeded: index)
      counts[Int(code & 0xFF)] &+= 1
      counts[256 &+ Int(code &>> 8 & 0xFF)] &+= 1
      counts[512 &+ Int(code &>> 16)] &+= 1
      ranked &+= 1
    }
    return ranked
  }

  /// Sorts the codes by one digit, counted from the least significant.
  private func sort(
    _ ranked: Int,
    by digit: Int,
    _ from: UnsafeMutablePointer<UInt64>,
    _ to: UnsafeMutablePointer<UInt64>
  ) {
    let (counts, shift) = (counts + 256 * digit, UInt64(32 + 8 * digit))
    var sum: UInt32 = 0
    for value in 0..<256 {
      let number = counts[value]
      counts[value] = sum
      sum &+= number
    }
    for index in 0..<ranked {
      let code = from[index]
      let value = Int(code &>> shift & 0xFF)
      to[Int(counts[value])] = code
      counts[value] &+= 1
    }
  }
}
