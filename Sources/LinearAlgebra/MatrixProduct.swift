extension Matrix {
  /// The matrix product `self × other`, computed by OpenBLAS' `dgemm` on one thread.
  ///
  /// **Shapes**: `self` is *m* × *k*, `other` is *k* × *n*, the result is *m* × *n*.
  ///
  /// **Missing values**: NaN times anything, also times 0, is NaN. A missing element makes every
  /// element of the result that its row or column touches missing.
  ///
  /// The order in which BLAS adds differs between kinds of processor, so the last digits may too.
  /// A value that decides a published place is therefore never computed this way.
  ///
  /// - Parameter other: The right factor; it has as many rows as `self` has columns.
  /// - Returns: The product.
  /// - Complexity: O(*m* *k* *n*).
  public func multiplied(by other: Matrix) -> Matrix {
    var product = Matrix(rows: rows, columns: other.columns)
    multiply(other, into: &product)
    return product
  }

  /// Writes the matrix product `self × other` over another matrix, without allocating.
  ///
  /// As ``multiplied(by:)``.
  ///
  /// - Parameters:
  ///   - other: The right factor; it has as many rows as `self` has columns.
  ///   - product: What is overwritten; rows of `self` × columns of `other`.
  /// - Complexity: O(*m* *k* *n*).
  public func multiply(_ other: Matrix, into product: inout Matrix) {
    precondition(columns == other.rows, "The left factor's columns must equal the right's rows.")
    precondition(
      product.rows == rows && product.columns == other.columns,
      "The product has the rows of the left factor and the columns of the right."
    )
    guard rows > 0, other.columns > 0 else { return }
    guard columns > 0 else {
      for index in product.elements.indices { product.elements[index] = 0 }
      return
    }
    let library = OpenBLAS.library
    product.elements.withUnsafeMutableBufferPointer { result in
      elements.withUnsafeBufferPointer { left in
        other.elements.withUnsafeBufferPointer { right in
          library.dgemm(
            OpenBLASLibrary.columnMajor,
            OpenBLASLibrary.notTransposed,
            OpenBLASLibrary.notTransposed,
            CInt(rows),
            CInt(other.columns),
            CInt(columns),
            1,
            left.baseAddress,
            CInt(rows),
            right.baseAddress,
            CInt(columns),
            0,
            result.baseAddress,
            CInt(rows)
          )
        }
      }
    }
  }

  /// Multiplies another matrix in place by this one, whose lower triangle alone is read: `self × other`
  /// for a lower triangular factor, by OpenBLAS' `dtrmm` on one thread, with half the work of
  /// ``multiply(_:into:)``.
  ///
  /// **Missing values** and last digits as there.
  ///
  /// - Parameter other: The right factor, overwritten by the product; it has as many rows as `self`,
  ///   which is square.
  /// - Complexity: O(*m*² *n*).
  public func multiplyLowerTriangle(onto other: inout Matrix) {
    precondition(
      rows == columns && other.rows == rows,
      "The factor is square and as high as other."
    )
    guard rows > 0, other.columns > 0 else { return }
    let library = OpenBLAS.library
    other.elements.withUnsafeMutableBufferPointer { right in
      elements.withUnsafeBufferPointer { left in
        library.dtrmm(
          OpenBLASLibrary.columnMajor,
          OpenBLASLibrary.left,
          OpenBLASLibrary.lower,
          OpenBLASLibrary.notTransposed,
          OpenBLASLibrary.ownDiagonal,
          CInt(rows),
          CInt(other.columns),
          1,
          left.baseAddress,
          CInt(rows),
          right.baseAddress,
          CInt(rows)
        )
      }
    }
  }
}
