/// Why a matrix has no Cholesky factor.
public enum CholeskyError: Error, Sendable, Hashable, CustomStringConvertible {
  /// It is not square.
  case notSquare(rows: Int, columns: Int)
  /// An element is NaN or infinite, counted from 0.
  case notFinite(row: Int, column: Int)
  /// Two elements that mirror each other differ, counted from 0.
  case notSymmetric(row: Int, column: Int)
  /// The leading part of this many rows and columns is not positive definite: its last row follows
  /// from those before it (singular), or no covariances are like that (indefinite).
  case notPositiveDefinite(pivot: Int)

  /// The sentence shown to the user; rows are counted from 1.
  public var description: String {
    switch self {
    case .notSquare(let rows, let columns):
      "A matrix of \(rows) × \(columns) has no Cholesky factor: it is not square."
    case .notFinite(let row, let column):
      "The element in row \(row + 1) and column \(column + 1) is no finite number."
    case .notSymmetric(let row, let column):
      "The matrix is not symmetric: row \(row + 1), column \(column + 1) differs from its mirror."
    case .notPositiveDefinite(let pivot):
      "The matrix is not positive definite: row \(pivot) has no variance of its own left once the "
        + "rows before it are known (pivot \(pivot))."
    }
  }
}

extension Matrix {
  /// The lower-triangular Cholesky factor L of a symmetric positive definite matrix, L Lᵀ = self.
  ///
  /// It is computed by LAPACK's `dpotrf` from OpenBLAS, on one thread. The last digits may differ
  /// between kinds of processor.
  ///
  /// **Shapes**: *n* × *n*; above the diagonal the factor is 0. An empty matrix has an empty
  /// factor.
  ///
  /// **Symmetry**: mirrored elements may differ by 10⁻⁹ of the larger diagonal element; the lower
  /// one is used.
  ///
  /// - Returns: The factor.
  /// - Throws: `CholeskyError` for a matrix that is not square, finite, symmetric or positive
  ///   definite.
  /// - Complexity: O(*n*³).
  public func choleskyFactor() throws(CholeskyError) -> Matrix {
    guard rows == columns else { throw .notSquare(rows: rows, columns: columns) }
    guard rows > 0 else { return self }
    for column in 0..<columns {
      for row in 0..<rows where !self[row, column].isFinite {
        throw .notFinite(row: row, column: column)
      }
    }
    var factor = self
    for column in 0..<columns {
      for row in 0..<column {
        let allowed = 1e-9 * max(abs(self[row, row]), abs(self[column, column]))
        guard abs(self[row, column] - self[column, row]) <= allowed else {
          throw .notSymmetric(row: row, column: column)
        }
        factor[row, column] = 0
      }
    }
    let library = OpenBLAS.library
    var (size, info) = (CInt(rows), CInt(0))
    var part = CChar(UInt8(ascii: "L"))
    factor.elements.withUnsafeMutableBufferPointer { elements in
      guard let start = elements.baseAddress else { return }
      var leading = size
      library.dpotrf(&part, &size, start, &leading, &info)
    }
    guard info == 0 else { throw .notPositiveDefinite(pivot: Int(info)) }
    // A matrix that is singular but for rounding leaves a pivot of rounding errors.
    for pivot in 0..<rows {
      let own = factor[pivot, pivot]
      let limit = 64 * Double(rows) * self[pivot, pivot].ulp
      guard own * own > limit else { throw .notPositiveDefinite(pivot: pivot + 1) }
    }
    return factor
  }
}
