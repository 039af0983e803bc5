import LinearAlgebra
import TestSupport
import Testing

@Suite struct MatrixProductTests {
  @Test func handCase() {
    let left = Matrix(rows: 2, columns: 3, columnMajor: [1, 4, 2, 5, 3, 6])
    let right = Matrix(rows: 3, columns: 2, columnMajor: [7, 9, 11, 8, 10, 12])
    let product = left.multiplied(by: right)
    #expect(product == Matrix(rows: 2, columns: 2, columnMajor: [58, 139, 64, 154]))
  }

  @Test(arguments: [
    (1, 1, 1), (1, 7, 1), (7, 1, 5), (3, 4, 5), (17, 33, 9), (64, 64, 64), (73, 360, 20),
  ])
  func agreesWithThreeLoops(rows: Int, inner: Int, columns: Int) {
    let left = randomMatrix(rows, inner, seed: UInt64(rows))
    let right = randomMatrix(inner, columns, seed: UInt64(1000 + columns))
    let product = left.multiplied(by: right)
    #expect(product.rows == rows)
    #expect(product.columns == columns)
    let expected = loopProduct(left, right)
    expectClose(product.elements, expected.elements, relative: 1e-12, absolute: 1e-11)
  }

  @Test(arguments: [(0, 3, 2), (2, 3, 0), (0, 0, 0)])
  func emptyShapes(rows: Int, inner: Int, columns: Int) {
    let product = Matrix(rows: rows, columns: inner, repeating: 1)
      .multiplied(by: Matrix(rows: inner, columns: columns, repeating: 1))
    #expect(product == Matrix(rows: rows, columns: columns))
  }

  @Test func emptySumsAreZero() {
    let product = Matrix(rows: 2, columns: 0).multiplied(by: Matrix(rows: 0, columns: 2))
    #expect(product.elements == [0, 0, 0, 0])
  }

  @Test(arguments: [(4, 5, 3), (73, 360, 20)])
  func missingSpoilsItsRowOrColumn(rows: Int, inner: Int, columns: Int) {
    var left = randomMatrix(rows, inner, seed: 1)
    var right = Matrix(rows: inner, columns: columns)
    left[2, 1] = .nan
    right[3, 1] = .nan
    let product = left.multiplied(by: right)
    for row in 0..<rows {
      for column in 0..<columns {
        let isTouched = row == 2 || column == 1
        #expect(product[row, column].isNaN == isTouched, "\(row), \(column)")
      }
    }
  }

  @Test func shapesThatDoNotFitAreRefused() async {
    await #expect(processExitsWith: .failure) {
      _ = Matrix(rows: 2, columns: 3).multiplied(by: Matrix(rows: 2, columns: 3))
    }
  }

  @Test(arguments: [(1, 1), (5, 3), (73, 40)])
  func aLowerTriangle(rows: Int, columns: Int) {
    var factor = randomMatrix(rows, rows, seed: 3)
    let other = randomMatrix(rows, columns, seed: 4)
    var product = other
    // What stands above the diagonal is not read.
    factor.multiplyLowerTriangle(onto: &product)
    for column in 0..<rows {
      for row in 0..<column { factor[row, column] = 0 }
    }
    expectClose(product.elements, loopProduct(factor, other).elements, absolute: 1e-12)
    var empty = Matrix(rows: 0, columns: 2)
    Matrix(rows: 0, columns: 0).multiplyLowerTriangle(onto: &empty)
    #expect(empty.elements.isEmpty)
  }

  private func randomMatrix(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix {
    var generator = SplitMix64(seed: seed)
    let elements = (0..<(rows * columns)).map { _ in Double.random(in: -9...9, using: &generator) }
    return Matrix(rows: rows, columns: columns, columnMajor: elements)
  }

  private func loopProduct(_ left: Matrix, _ right: Matrix) -> Matrix {
    var product = Matrix(rows: left.rows, columns: right.columns)
    for row in 0..<left.rows {
      for column in 0..<right.columns {
        var sum = 0.0
        for k in 0..<left.columns { sum += left[row, k] * right[k, column] }
        product[row, column] = sum
      }
    }
    return product
  }
}
