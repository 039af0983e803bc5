/// A column while it is being ranked, with a code of 16 bits for each value: in proportion to its
/// distance from the first.
struct NarrowColumn {
  let values: UnsafePointer<Double>
  let count: Int
  let order: RankOrder
  let counts: UnsafeMutablePointer<UInt32>
  let codes: UnsafeMutablePointer<UInt32>
  /// The codes while only their lower digit is sorted.
  let sorted: UnsafeMutablePointer<UInt32>

  /// Writes the places.
  func rank(into places: UnsafeMutablePointer<UInt16>) {
    let ranked = encode(missing: places)
    sort(ranked)
    assign(ranked, places)
  }

  /// Writes the codes and counts their digits; gives how many values are present.
  @inline(__always)
  private func encode(missing places: UnsafeMutablePointer<UInt16>) -> Int {
    let (low, high) = extent(of: values, count: count)
    var (origin, scale) = (low, min(65_535 / (high - low), .greatestFiniteMagnitude))
    if order == .largestFirst { (origin, scale) = (high, -scale) }
    // Without a finite range all values have one code.
    let isFinite = (high - low).isFinite
    counts.update(repeating: 0, count: 256)
    var ranked = 0
    for index in 0..<count {
      let value = values[index]
      if value.isNaN {
        places[index] = 0
        continue
      }
      // A number added whose last bit is worth 1 rounds to a whole number, shown in the bits.
      let bits = ((value - origin) * scale + 0x1p52).bitPattern
      let code = isFinite ? UInt32(truncatingIfNeeded: bits) : 0
      codes[ranked] = code &<< 16 | UInt32(truncatingIfNeeded: index)
      counts[Int(code & 0xFF)] &+= 1
      counts[Int(code &>> 8)] &+= 1 << 16
      ranked &+= 1
    }
    return ranked
  }

  /// Sorts the codes by their lower digit, then by their upper.
  @inline(__always)
  private func sort(_ ranked: Int) {
    var sum: UInt32 = 0
    for digit in 0..<256 {
      let number = counts[digit]
      counts[digit] = sum
      sum &+= number
    }
    for index in 0..<ranked {
      let code = codes[index]
      let digit = Int(code &>> 16 & 0xFF)
      sorted[Int(counts[digit] & 0xFFFF)] = code
      counts[digit] &+= 1
    }
    for index in 0..<ranked {
      let code = sorted[index]
      let digit = Int(code &>> 24)
      codes[Int(counts[digit] &>> 16)] = code
      counts[digit] &+= 1 << 16
    }
  }

  /// Gives every value its place, in the order of the codes.
  @inline(__always)
  private func assign(_ ranked: Int, _ places: UnsafeMutablePointer<UInt16>) {
    var start = 0
    while start < ranked {
      let code = codes[start]
      var end = start &+ 1
      if end == ranked || codes[end] ^ code > 0xFFFF {
        places[Int(code & 0xFFFF)] = UInt16(truncatingIfNeeded: end)
      } else {
        while end < ranked, codes[end] ^ code <= 0xFFFF { end &+= 1 }
        compare(start, end, places)
      }
      start = end
    }
  }

  /// Gives places to values with one code.
  @inline(never)
  private func compare(_ start: Int, _ end: Int, _ places: UnsafeMutablePointer<UInt16>) {
    let run = UnsafeMutableBufferPointer(start: codes + start, count: end - start)
    placeEqualCodes(run, from: start, values, order, places) { Int($0 & 0xFFFF) }
  }
}
