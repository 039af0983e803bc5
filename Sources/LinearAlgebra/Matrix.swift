/// A dense matrix of `Double`, stored column by column in one flat array.
///
/// Columns are contiguous, as BLAS wants them: element (*i*, *j*) is `elements[i + j * rows]`.
/// Missing values are NaN and are carried through arithmetic as NaN.
///
/// ```swift
/// let m = Matrix(rows: 2, columns: 2, columnMajor: [1, 2, 3, 4])
/// m[0, 1]  // 3
/// ```
public struct Matrix: Sendable, Hashable {
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  /// The elements, column after column; `rows * columns` of them.
  public var elements: [Double]

  /// Creates a matrix whose elements are all `value`.
  ///
  /// - Parameters:
  ///   - rows: The number of rows, at least 0.
  ///   - columns: The number of columns, at least 0.
  ///   - value: The value of every element.
  /// - Complexity: O(`rows` × `columns`).
  public init(rows: Int, columns: Int, repeating value: Double = 0) {
    precondition(rows >= 0 && columns >= 0, "A matrix cannot have a negative size.")
    self.rows = rows
    self.columns = columns
    self.elements = Array(repeating: value, count: rows * columns)
  }

  /// Creates a matrix from its elements in column-major order.
  ///
  /// - Parameters:
  ///   - rows: The number of rows.
  ///   - columns: The number of columns.
  ///   - elements: Exactly `rows * columns` values, column after column.
  public init(rows: Int, columns: Int, columnMajor elements: [Double]) {
    precondition(
      rows >= 0 && columns >= 0 && elements.count == rows * columns,
      "The number of elements must be rows × columns."
    )
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// The element in row `row` and column `column`.
  @inlinable
  public subscript(row: Int, column: Int) -> Double {
    get {
      precondition(row >= 0 && row < rows && column >= 0 && column < columns, "Outside the matrix.")
      return elements[row + column * rows]
    }
    set {
      precondition(row >= 0 && row < rows && column >= 0 && column < columns, "Outside the matrix.")
      elements[row + column * rows] = newValue
    }
  }
}
