internal import CKernels

/// A number of each of sixteen draws, side by side.
///
/// What is done with all draws alike is done with rows: a row is two vectors of 512 bits, and a
/// number that all draws share is multiplied with a row without being laid out first. Rows at a
/// boundary of 64 bytes are read and written fastest.
public typealias DrawRow = SIMD16<Double>

extension UnsafePointer<DrawRow> {
  /// The numbers of the rows, one row after the other.
  var numbers: UnsafePointer<Double> {
    UnsafeRawPointer(self).assumingMemoryBound(to: Double.self)
  }
}

extension UnsafeMutablePointer<DrawRow> {
  /// The numbers of the rows, one row after the other.
  var numbers: UnsafeMutablePointer<Double> {
    UnsafeMutableRawPointer(self).assumingMemoryBound(to: Double.self)
  }
}

/// Lays sixteen columns side by side.
///
/// - Parameters:
///   - columns: The first number of the first column.
///   - stride: From one column to the next.
///   - rows: A row for each number of a column.
///   - kernel: What lays; the rows are the same.
/// - Complexity: O(*n*), with *n* rows.
public func laySideBySide(
  _ columns: UnsafePointer<Double>,
  stride: Int,
  into rows: UnsafeMutableBufferPointer<DrawRow>,
  kernel: Kernel = .best
) {
  guard let start = rows.baseAddress else { return }
  if let kernels = kernel.table {
    return kernels.lay_rows(columns, stride, rows.count, start.numbers)
  }
  for lane in 0..<DrawRow.scalarCount {
    let column = columns + lane * stride
    for row in 0..<rows.count { start[row][lane] = column[row] }
  }
}

/// Lays rows of sixteen columns apart: the inverse of ``laySideBySide(_:stride:into:kernel:)``.
///
/// - Parameters:
///   - rows: The rows.
///   - columns: Where the first number of the first column goes.
///   - stride: From one column to the next.
///   - kernel: What lays; the columns are the same.
/// - Complexity: O(*n*), with *n* rows.
public func layApart(
  _ rows: UnsafeBufferPointer<DrawRow>,
  into columns: UnsafeMutablePointer<Double>,
  stride: Int,
  kernel: Kernel = .best
) {
  guard let start = rows.baseAddress else { return }
  if let kernels = kernel.table {
    return kernels.lay_columns(start.numbers, rows.count, columns, stride)
  }
  for lane in 0..<DrawRow.scalarCount {
    let column = columns + lane * stride
    for row in 0..<rows.count { column[row] = start[row][lane] }
  }
}

/// Replaces each number x of some rows by eˣ, as ``exponentiate(_:kernel:)`` does.
public func exponentiate(
  rows: UnsafeMutableBufferPointer<DrawRow>,
  kernel: Kernel = .best
) {
  rows.withMemoryRebound(to: Double.self) { exponentiate($0, kernel: kernel) }
}
