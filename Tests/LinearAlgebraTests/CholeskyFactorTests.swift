import LinearAlgebra
import TestSupport
import Testing

@Suite struct CholeskyFactorTests {
  /// A matrix and its factor by hand, column by column.
  @Test(arguments: [
    (1, [4.0], [2.0]),
    (2, [4, 2, 2, 5], [2, 1, 0, 2]),
    (2, [1, 0, 0, 1], [1, 0, 0, 1]),
    (3, [4, 12, -16, 12, 37, -43, -16, -43, 98], [2, 6, -8, 0, 1, 5, 0, 0, 3]),
    (3, [25, 15, -5, 15, 18, 0, -5, 0, 11], [5, 3, -1, 0, 3, 1, 0, 0, 3]),
    (0, [], []),
  ])
  func byHand(size: Int, matrix: [Double], factor: [Double]) throws {
    let given = Matrix(rows: size, columns: size, columnMajor: matrix)
    expectClose(try given.choleskyFactor().elements, factor, relative: 1e-14)
  }

  /// What stands above the diagonal is not used, within the tolerance.
  @Test func theFactorTimesItsTransposeIsTheMatrix() throws {
    var generator = SplitMix64(seed: 4)
    for size in [1, 2, 5, 17, 73] {
      var root = Matrix(rows: size, columns: size)
      for index in root.elements.indices {
        root.elements[index] = Double.random(in: -1...1, using: &generator)
      }
      var matrix = root.multiplied(by: Self.transposed(root))
      for index in 0..<size { matrix[index, index] += 1 }
      let factor = try matrix.choleskyFactor()
      expectClose(
        factor.multiplied(by: Self.transposed(factor)).elements,
        matrix.elements,
        relative: 1e-12,
        absolute: 1e-12
      )
      for column in 0..<size {
        for row in 0..<column { #expect(factor[row, column] == 0) }
      }
    }
  }

  /// Singular, indefinite, and not a covariance at all.
  @Test(arguments: [
    (2, [1.0, 1, 1, 1], CholeskyError.notPositiveDefinite(pivot: 2)),
    (2, [1, 2, 2, 1], .notPositiveDefinite(pivot: 2)),
    (2, [0, 0, 0, 1], .notPositiveDefinite(pivot: 1)),
    (2, [-1, 0, 0, 1], .notPositiveDefinite(pivot: 1)),
    // The third row is the sum of the others: singular but for rounding.
    (3, [0.1, 0, 0.1, 0, 0.3, 0.3, 0.1, 0.3, 0.1 + 0.3], .notPositiveDefinite(pivot: 3)),
    (2, [1, 0.5, 0.4, 1], .notSymmetric(row: 0, column: 1)),
    (2, [1, .nan, 0, 1], .notFinite(row: 1, column: 0)),
    (1, [.infinity], .notFinite(row: 0, column: 0)),
  ])
  func isRefused(size: Int, matrix: [Double], error: CholeskyError) {
    let given = Matrix(rows: size, columns: size, columnMajor: matrix)
    #expect(throws: error) { try given.choleskyFactor() }
  }

  @Test func theMessageNamesThePivot() {
    let wide = Matrix(rows: 1, columns: 2)
    #expect(throws: CholeskyError.notSquare(rows: 1, columns: 2)) { try wide.choleskyFactor() }
    #expect(
      errorText { try Matrix(rows: 2, columns: 2, repeating: 1).choleskyFactor() }
        == "The matrix is not positive definite: row 2 has no variance of its own left once the rows "
        + "before it are known (pivot 2)."
    )
  }

  private static func transposed(_ matrix: Matrix) -> Matrix {
    var result = Matrix(rows: matrix.columns, columns: matrix.rows)
    for row in 0..<matrix.rows {
      for column in 0..<matrix.columns { result[column, row] = matrix[row, column] }
    }
    return result
  }
}
