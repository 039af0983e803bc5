internal import CKernels

/// Places of many columns, in memory that is used again.
///
/// It gives the places of ``ColumnRanks`` with the rule ``TieRule/competition``, many times as fast,
/// for simulations that rank the same units in many draws.
///
/// Sixteen columns of up to 2,048 values are ranked at a time where a kernel in C can run: each value
/// gets a key of 32 bits, above a code in proportion to its distance from the first, below its
/// position; a network sorts the keys of the sixteen columns side by side (Batcher 1968,
/// https://doi.org/10.1145/1468075.1468121). Other columns get codes of 16 bits, or of 24 where there
/// are many values, which are sorted by their digits, the least significant first (Knuth 1998, The
/// Art of Computer Programming 3, section 5.2.5). Values with one code are then compared themselves, so the places are exact. A
/// column whose values nearly all lie in a tiny part of their range costs more.
///
/// ```swift
/// var ranks = BatchRanks(count: 4)
/// var places = [UInt16](repeating: 0, count: 4)
/// [5, .nan, 8, 8].withUnsafeBufferPointer { values in
///   places.withUnsafeMutableBufferPointer { ranks.rank(values, into: $0) }
/// }
/// places  // [3, 0, 1, 1]
/// ```
public struct BatchRanks: Sendable {
  /// How many values a column has.
  public let count: Int
  /// What ranks.
  public let kernel: Kernel
  private let table: ckernels_table?
  /// First the counts of the digits, the lower digit's in the lower half of a word; then two lists
  /// of codes, each code in the upper half of a word, the position of its value in the lower half.
  private var scratch: [UInt32]
  /// The same for columns of many values, with wide codes.
  private var wide: WideColumn.Scratch?
  /// The keys of sixteen columns, and some more, to begin at a boundary of 64 bytes.
  private var keys: [UInt32]

  private static let lanes = Int(CKERNELS_LANES)

  /// Creates the memory for columns of a size.
  ///
  /// - Parameters:
  ///   - count: The number of values of each column, at most 65,535.
  ///   - kernel: What ranks; the places are the same.
  public init(count: Int, kernel: Kernel = .best) {
    precondition(
      (0...Int(UInt16.max)).contains(count),
      "A column has at most 65,535 values."
    )
    self.count = count
    self.kernel = kernel
    table = kernel.table.flatMap { (1...Int($0.largest)).contains(count) ? $0 : nil }
    let isWide = count > WideColumn.worthwhile
    scratch = [UInt32](repeating: 0, count: isWide ? 0 : 256 + 2 * count)
    wide = isWide ? WideColumn.Scratch(count: count) : nil
    let rows = (count + 15) / 16 * 16
    keys = [UInt32](repeating: 0, count: table == nil ? 0 : Self.lanes * (rows + 1))
  }

  /// Ranks the values of a column; equal values share the best place, as in 1, 2, 2, 4.
  ///
  /// Values are compared as they are, unrounded; −0 equals 0 and infinities are ordinary values.
  ///
  /// **Missing values**: NaN is missing. Its place is 0, and it is not counted.
  ///
  /// - Parameters:
  ///   - values: The values of the column.
  ///   - order: Which end has place 1.
  ///   - places: The place of each value.
  /// - Complexity: O(*n*) for values spread over their range, O(*n* log *n*) at worst.
  public mutating func rank(
    _ values: UnsafeBufferPointer<Double>,
    order: RankOrder = .largestFirst,
    into places: UnsafeMutableBufferPointer<UInt16>
  ) {
    precondition(
      values.count == count && places.count == count,
      "There are as many values and places as the ranks were created for."
    )
    guard let values = values.baseAddress, let places = places.baseAddress else { return }
    rankOne(values, order, places, nil)
  }

  /// Ranks the values of many columns, each as ``rank(_:order:into:)`` does.
  ///
  /// **Shapes**: a column is contiguous; its first value stands `stride` values after the first of
  /// the column before, its first place `placeStride` places.
  ///
  /// - Parameters:
  ///   - columns: How many columns there are.
  ///   - values: The values.
  ///   - stride: From one column of values to the next, at least `count`.
  ///   - order: Which end has place 1.
  ///   - places: The places; between the columns nothing is written.
  ///   - placeStride: From one column of places to the next, at least `count`.
  ///   - counts: How often each value had each place is added to these, as in
  ///     ``countPlaces(columns:of:stride:order:into:)``; `nil` where nothing is counted.
  /// - Complexity: O(*s* *n* log² *n*) for *s* columns of up to 2,048 values, where a kernel in C can
  ///   run; else as for each column.
  public mutating func rank(
    columns: Int,
    of values: UnsafeBufferPointer<Double>,
    stride: Int,
    order: RankOrder = .largestFirst,
    into places: UnsafeMutableBufferPointer<UInt16>,
    placeStride: Int,
    counts: UnsafeMutableBufferPointer<UInt32>? = nil
  ) {
    check(columns, values, stride)
    precondition(
      columns == 0 || placeStride >= count && places.count >= (columns - 1) * placeStride + count,
      "There is room for the places of all columns."
    )
    rank(columns, values, stride, order, places.baseAddress, placeStride, counts)
  }

  /// Counts how often each value of many columns has each place.
  ///
  /// - Parameters:
  ///   - columns: How many columns there are.
  ///   - values: The values, as for
  ///     ``rank(columns:of:stride:order:into:placeStride:counts:)``.
  ///   - stride: From one column to the next, at least `count`.
  ///   - order: Which end has place 1.
  ///   - counts: What is counted is added to these: *n* × (*n* + 1), the place fastest; the place 0 is
  ///     that of missing values.
  /// - Complexity: As for ranking.
  public mutating func countPlaces(
    columns: Int,
    of values: UnsafeBufferPointer<Double>,
    stride: Int,
    order: RankOrder = .largestFirst,
    into counts: UnsafeMutableBufferPointer<UInt32>
  ) {
    check(columns, values, stride)
    rank(columns, values, stride, order, nil, 0, counts)
  }

  /// Ranks columns and counts places; either may be left out.
  private mutating func rank(
    _ columns: Int,
    _ values: UnsafeBufferPointer<Double>,
    _ stride: Int,
    _ order: RankOrder,
    _ places: UnsafeMutablePointer<UInt16>?,
    _ placeStride: Int,
    _ counts: UnsafeMutableBufferPointer<UInt32>?
  ) {
    precondition(
      counts.map { $0.count == count * (count + 1) } ?? true,
      "Each value has a count per place, and one without."
    )
    guard let values = values.baseAddress, count > 0 else { return }
    let counts = counts?.baseAddress
    var own = [UInt16](repeating: 0, count: places == nil ? count : 0)
    func one(_ column: Int, _ ranks: inout Self) {
      let values = values + column * stride
      guard let places else {
        return own.withUnsafeMutableBufferPointer {
          ranks.rankOne(values, order, $0.baseAddress, counts)
        }
      }
      ranks.rankOne(values, order, places + column * placeStride, counts)
    }
    let whole = table == nil ? 0 : columns / Self.lanes * Self.lanes
    for first in Swift.stride(from: 0, to: whole, by: Self.lanes) {
      let start = places.map { $0 + first * placeStride }
      let following = columns - first - Self.lanes
      var left = withColumns(values + first * stride, stride, 1, order, following) {
        $0.rank(&$1, start, placeStride, counts)
      }
      while left != 0 {
        one(first + left.trailingZeroBitCount, &self)
        left &= left &- 1
      }
    }
    for column in whole..<columns { one(column, &self) }
  }

  /// Ranks the values of some of sixteen draws side by side, each as ``rank(_:order:into:)`` does.
  ///
  /// **Shapes**: there is a row for each value; places are a column a draw.
  ///
  /// - Parameters:
  ///   - draws: Which of the sixteen draws.
  ///   - rows: The values, `count` rows.
  ///   - order: Which end has place 1.
  ///   - places: The place of the first value in the first of all sixteen draws.
  ///   - placeStride: From one draw to the next, at least `count`.
  ///   - counts: How often each value had each place is added to these, as in
  ///     ``countPlaces(columns:of:stride:order:into:)``; `nil` where nothing is counted.
  /// - Complexity: As for sixteen columns.
  public mutating func rank(
    _ draws: Range<Int>,
    ofRows rows: UnsafePointer<DrawRow>,
    order: RankOrder = .largestFirst,
    into places: UnsafeMutablePointer<UInt16>,
    placeStride: Int,
    counts: UnsafeMutableBufferPointer<UInt32>? = nil
  ) {
    precondition(
      0 <= draws.lowerBound && draws.upperBound <= Self.lanes && placeStride >= count
        && counts.map { $0.count == count * (count + 1) } ?? true,
      "The draws are some of sixteen; each value has a count per place, and one without."
    )
    guard count > 0 else { return }
    let counts = counts?.baseAddress
    var left = draws.reduce(UInt32(0)) { $0 | 1 << UInt32($1) }
    if table != nil, draws.count == Self.lanes {
      left = withColumns(rows.numbers, 1, Self.lanes, order, 0) {
        $0.rank(&$1, places, placeStride, counts)
      }
    }
    guard left != 0 else { return }
    let numbers = rows.numbers
    withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { column in
      guard let start = column.baseAddress else { return }
      while left != 0 {
        let draw = left.trailingZeroBitCount
        for row in 0..<count { start[row] = numbers[row * Self.lanes + draw] }
        rankOne(start, order, places + draw * placeStride, counts)
        left &= left &- 1
      }
    }
  }

  /// Counts for each value in how many columns its place is at most `top`, without ranking the
  /// others where `top` is at most 15.
  ///
  /// **Missing values**: NaN has no place, so it is never among the first.
  ///
  /// - Parameters:
  ///   - top: The last place that counts, at least 1.
  ///   - columns: How many columns there are.
  ///   - values: The values, as for
  ///     ``rank(columns:of:stride:order:into:placeStride:counts:)``.
  ///   - stride: From one column to the next, at least `count`.
  ///   - order: Which end has place 1.
  ///   - counts: What is counted is added to these, one per value.
  /// - Complexity: O(*s* *n*) for *s* columns and a `top` of at most 15.
  public mutating func countTop(
    _ top: Int,
    columns: Int,
    of values: UnsafeBufferPointer<Double>,
    stride: Int,
    order: RankOrder = .largestFirst,
    into counts: UnsafeMutableBufferPointer<UInt32>
  ) {
    check(columns, values, stride)
    precondition(top >= 1 && counts.count == count, "The first have places; each value a count.")
    guard let values = values.baseAddress, let counts = counts.baseAddress, count > 0 else {
      return
    }
    let whole = table == nil || top > 15 ? 0 : columns / Self.lanes * Self.lanes
    var places = [UInt16](repeating: 0, count: count)
    for first in Swift.stride(from: 0, to: whole, by: Self.lanes) {
      let following = columns - first - Self.lanes
      var left = withColumns(values + first * stride, stride, 1, order, following) {
        $0.count_top(&$1, UInt32(top), counts)
      }
      while left != 0 {
        let column = first + left.trailingZeroBitCount
        countOne(top, values + column * stride, order, counts, &places)
        left &= left &- 1
      }
    }
    for column in whole..<columns {
      countOne(top, values + column * stride, order, counts, &places)
    }
  }

  private func check(_ columns: Int, _ values: UnsafeBufferPointer<Double>, _ stride: Int) {
    precondition(
      columns == 0
        || columns > 0 && stride >= count && values.count >= (columns - 1) * stride + count,
      "There are values for all columns."
    )
  }

  /// Calls a kernel with sixteen columns.
  private mutating func withColumns(
    _ values: UnsafePointer<Double>,
    _ stride: Int,
    _ step: Int,
    _ order: RankOrder,
    _ following: Int,
    _ body: (ckernels_table, inout ckernels_columns) -> UInt32
  ) -> UInt32 {
    guard let table else { return 0 }
    let count = count
    return keys.withUnsafeMutableBytes { bytes in
      let start = bytes.baseAddress?.alignedUp(toMultipleOf: 64)
      var columns = ckernels_columns(
        values: values,
        stride: stride,
        step: step,
        count: UInt32(count),
        largest_first: order == .largestFirst ? 1 : 0,
        keys: start?.assumingMemoryBound(to: UInt32.self),
        following: UInt32(clamping: following)
      )
      return body(table, &columns)
    }
  }

  private mutating func countOne(
    _ top: Int,
    _ values: UnsafePointer<Double>,
    _ order: RankOrder,
    _ counts: UnsafeMutablePointer<UInt32>,
    _ places: inout [UInt16]
  ) {
    places.withUnsafeMutableBufferPointer { places in
      guard let places = places.baseAddress else { return }
      rankOne(values, order, places, nil)
      for index in 0..<count {
        counts[index] &+= places[index] != 0 && Int(places[index]) <= top ? 1 : 0
      }
    }
  }

  private mutating func rankOne(
    _ values: UnsafePointer<Double>,
    _ order: RankOrder,
    _ places: UnsafeMutablePointer<UInt16>?,
    _ counts: UnsafeMutablePointer<UInt32>?
  ) {
    guard let places, count > 0 else { return }
    let count = count
    if wide != nil {
      wide?.withColumn(values, order) { $0.rank(into: places) }
    } else {
      scratch.withUnsafeMutableBufferPointer { scratch in
        guard let digits = scratch.baseAddress else { return }
        let column = NarrowColumn(
          values: values,
          count: count,
          order: order,
          counts: digits,
          codes: digits + 256,
          sorted: digits + 256 + count
        )
        column.rank(into: places)
      }
    }
    guard let counts else { return }
    for index in 0..<count { counts[index * (count + 1) + Int(places[index])] &+= 1 }
  }
}
