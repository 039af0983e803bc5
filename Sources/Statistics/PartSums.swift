internal import CKernels

/// The sums over some parts of a column, such as the regions' sums over their municipalities, for
/// many columns at once.
///
/// The members of a part are added one after the other, so the sums are the same to the last bit on
/// every machine. A partition is work for the memory, not for a matrix product.
public struct PartSums: Sendable, Hashable {
  /// What becomes of a part with a missing value (NaN).
  public enum MissingRule: Sendable, Hashable {
    /// The present values are summed.
    case leftOut
    /// The sum is missing.
    case carried
  }

  /// How many values a column has.
  public let positions: Int
  /// How many parts there are.
  public var count: Int { starts.count - 1 }
  private let starts: [UInt32]
  private let members: [UInt32]
  private let missing: MissingRule
  private let kernel: Kernel
  private static let lanes = 8
  /// How many columns a thread takes at a time.
  private static let chunk = 256

  /// Lays out the parts.
  ///
  /// - Parameters:
  ///   - parts: For each part the positions that are added, in the order in which they are.
  ///   - positions: How many values a column has.
  ///   - missing: What becomes of a part with a missing value.
  ///   - kernel: What sums; the results are the same.
  public init(
    _ parts: [[Int]],
    positions: Int,
    missing: MissingRule = .leftOut,
    kernel: Kernel = .best
  ) {
    precondition(
      parts.joined().allSatisfy((0..<positions).contains),
      "A part has positions of the column."
    )
    self.positions = positions
    self.missing = missing
    self.kernel = kernel
    starts = parts.reduce(into: [0]) { $0.append(($0.last ?? 0) + UInt32($1.count)) }
    members = parts.joined().map { UInt32($0) }
  }

  /// Sums the parts of many columns.
  ///
  /// **Shapes**: a column is contiguous; its first value stands `stride` values after the first of
  /// the column before, its first sum `sumStride` sums. A part without members sums to 0.
  ///
  /// - Parameters:
  ///   - columns: How many columns there are.
  ///   - values: The values.
  ///   - stride: From one column to the next, at least `positions`.
  ///   - sums: One sum per part and column; between the columns nothing is written.
  ///   - sumStride: From one column of sums to the next, at least `count`.
  /// - Complexity: O(*s* *m*), with *s* columns and *m* members.
  public func sum(
    columns: Int,
    of values: UnsafeBufferPointer<Double>,
    stride: Int,
    into sums: UnsafeMutableBufferPointer<Double>,
    sumStride: Int
  ) {
    guard columns > 0, count > 0 else { return }
    precondition(
      stride >= positions && values.count >= (columns - 1) * stride + positions
        && sumStride >= count && sums.count >= (columns - 1) * sumStride + count,
      "There are values and room for the sums of all columns."
    )
    guard let sums = sums.baseAddress else { return }
    guard let values = values.baseAddress else {
      for column in 0..<columns {
        (sums + column * sumStride).update(repeating: 0, count: count)
      }
      return
    }
    let whole = kernel.table == nil ? 0 : columns / Self.lanes * Self.lanes
    sumWhole(whole, values, stride, sums, sumStride)
    for column in whole..<columns { sumOne(values + column * stride, sums + column * sumStride) }
  }

  /// Sums the parts of many columns on several threads, as
  /// ``sum(columns:of:stride:into:sumStride:)`` does.
  ///
  /// **Shapes**: values are columns × positions, sums columns × parts, one column after the other.
  ///
  /// - Parameters:
  ///   - columns: How many columns there are.
  ///   - values: The values.
  ///   - sums: The sums.
  ///   - threads: How many threads to use, at least 1.
  /// - Complexity: O(*s* *m*), with *s* columns and *m* members, shared by the threads.
  public func sum(
    columns: Int,
    of values: UnsafeBufferPointer<Double>,
    into sums: UnsafeMutableBufferPointer<Double>,
    threads: Int
  ) {
    precondition(
      values.count == columns * positions && sums.count == columns * count,
      "There are values and room for the sums of all columns."
    )
    // Each thread reads and writes columns of its own.
    nonisolated(unsafe) let (values, sums) = (values, sums)
    ChunkQueue.share(columns, by: Self.chunk, threads: threads) { queue in
      while let taken = queue.next() {
        let part = taken.lowerBound * positions..<taken.upperBound * positions
        let place = taken.lowerBound * count..<taken.upperBound * count
        sum(
          columns: taken.count,
          of: UnsafeBufferPointer(rebasing: values[part]),
          stride: positions,
          into: UnsafeMutableBufferPointer(rebasing: sums[place]),
          sumStride: count
        )
      }
    }
  }

  /// Sums the parts in sixteen draws side by side.
  ///
  /// **Shapes**: there is a row for each position, and one of sums for each part.
  ///
  /// - Parameters:
  ///   - values: The values.
  ///   - weights: What each value is multiplied by before it is added; `nil` for nothing.
  ///   - sums: The sums.
  /// - Complexity: O(*m*), with *m* members.
  public func sum(
    rows values: UnsafePointer<DrawRow>,
    weights: UnsafePointer<DrawRow>?,
    into sums: UnsafeMutablePointer<DrawRow>
  ) {
    guard let kernels = kernel.table else { return sumRows(values, weights, sums) }
    withParts { kernels.sum_rows(&$0, values.numbers, weights?.numbers, sums.numbers) }
  }

  private func sumRows(
    _ values: UnsafePointer<DrawRow>,
    _ weights: UnsafePointer<DrawRow>?,
    _ sums: UnsafeMutablePointer<DrawRow>
  ) {
    for part in 0..<count {
      var sum = DrawRow.zero
      for index in Int(starts[part])..<Int(starts[part + 1]) {
        let position = Int(members[index])
        var value = values[position]
        if let weights { value *= weights[position] }
        if missing == .leftOut { value.replace(with: 0, where: value .!= value) }
        sum += value
      }
      sums[part] = sum
    }
  }

  /// Calls a kernel with the parts.
  private func withParts(_ body: (inout ckernels_parts) -> Void) {
    starts.withUnsafeBufferPointer { starts in
      members.withUnsafeBufferPointer { members in
        var parts = ckernels_parts(
          positions: UInt32(positions),
          count: UInt32(count),
          starts: starts.baseAddress,
          members: members.baseAddress,
          carries_missing: missing == .carried ? 1 : 0
        )
        body(&parts)
      }
    }
  }

  /// Sums a multiple of eight columns by a kernel in C.
  private func sumWhole(
    _ columns: Int,
    _ values: UnsafePointer<Double>,
    _ stride: Int,
    _ sums: UnsafeMutablePointer<Double>,
    _ sumStride: Int
  ) {
    guard let kernels = kernel.table, columns > 0 else { return }
    withParts { parts in
      let bytes = Self.lanes * positions * MemoryLayout<Double>.stride
      withUnsafeTemporaryAllocation(byteCount: bytes, alignment: 64) { rows in
        let rows = rows.baseAddress?.assumingMemoryBound(to: Double.self)
        for first in Swift.stride(from: 0, to: columns, by: Self.lanes) {
          kernels.sum_columns(
            &parts,
            values + first * stride,
            stride,
            rows,
            sums + first * sumStride,
            sumStride
          )
        }
      }
    }
  }

  private func sumOne(_ values: UnsafePointer<Double>, _ sums: UnsafeMutablePointer<Double>) {
    let carries = missing == .carried
    members.withUnsafeBufferPointer { members in
      for part in 0..<count {
        var sum = 0.0
        for index in Int(starts[part])..<Int(starts[part + 1]) {
          let value = values[Int(members[index])]
          if carries || !value.isNaN { sum += value }
        }
        sums[part] = sum
      }
    }
  }
}
