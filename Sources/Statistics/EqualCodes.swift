/// Gives places to values whose codes are the same, by comparing them.
///
/// - Parameters:
///   - run: The codes, with the positions of their values; they are put in order.
///   - start: How many values come before them.
///   - values: The values of the column.
///   - order: Which end has place 1.
///   - places: The place of each value.
///   - position: The position of the value of a code.
func placeEqualCodes<Word>(
  _ run: UnsafeMutableBufferPointer<Word>,
  from start: Int,
  _ values: UnsafePointer<Double>,
  _ order: RankOrder,
  _ places: UnsafeMutablePointer<UInt16>,
  _ position: (Word) -> Int
) {
  func value(_ code: Word) -> Double { values[position(code)] }
  func isBefore(_ a: Word, _ b: Word) -> Bool {
    order == .largestFirst ? value(a) > value(b) : value(a) < value(b)
  }
  var run = run
  if run.count > 16 {
    run.sort { isBefore($0, $1) }
  } else {
    for index in 1..<run.count {
      let code = run[index]
      var place = index
      while place > 0, isBefore(code, run[place - 1]) {
        run[place] = run[place - 1]
        place -= 1
      }
      run[place] = code
    }
  }
  var place = start + 1
  for index in 0..<run.count {
    if index > 0, value(run[index]) != value(run[index - 1]) { place = start + index + 1 }
    places[position(run[index])] = UInt16(truncatingIfNeeded: place)
  }
}

/// The smallest and the largest value present.
@inline(__always)
func extent(of values: UnsafePointer<Double>, count: Int) -> (low: Double, high: Double) {
  var low = SIMD8<Double>(repeating: .infinity)
  var high = SIMD8<Double>(repeating: -.infinity)
  let raw = UnsafeRawPointer(values)
  var index = 0
  while index &+ 8 <= count {
    let value = raw.loadUnaligned(fromByteOffset: 8 &* index, as: SIMD8<Double>.self)
    low.replace(with: value, where: value .< low)
    high.replace(with: value, where: value .> high)
    index &+= 8
  }
  var (least, most) = (low.min(), high.max())
  while index < count {
    least = values[index] < least ? values[index] : least
    most = values[index] > most ? values[index] : most
    index &+= 1
  }
  return (least, most)
}
