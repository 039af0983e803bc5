import LinearAlgebra
import Testing

@Suite struct MatrixTests {
  @Test func elementsStandColumnAfterColumn() {
    var matrix = Matrix(rows: 2, columns: 3, columnMajor: [1, 2, 3, 4, 5, 6])
    #expect(matrix[0, 1] == 3)
    #expect(matrix[1, 2] == 6)
    matrix[1, 0] = 9
    #expect(matrix.elements == [1, 9, 3, 4, 5, 6])
  }

  @Test func repeating() {
    #expect(Matrix(rows: 2, columns: 3).elements == [0, 0, 0, 0, 0, 0])
    #expect(Matrix(rows: 1, columns: 2, repeating: 4).elements == [4, 4])
    #expect(Matrix(rows: 0, columns: 5).elements.isEmpty)
  }

  @Test func shapeIsPartOfEquality() {
    let row = Matrix(rows: 1, columns: 2, columnMajor: [1, 2])
    #expect(row != Matrix(rows: 2, columns: 1, columnMajor: [1, 2]))
    #expect(row == Matrix(rows: 1, columns: 2, columnMajor: [1, 2]))
  }

  @Test func wrongNumberOfElementsIsRefused() async {
    await #expect(processExitsWith: .failure) {
      _ = Matrix(rows: 2, columns: 2, columnMajor: [1, 2, 3])
    }
  }

  @Test func negativeSizeIsRefused() async {
    await #expect(processExitsWith: .failure) { _ = Matrix(rows: -1, columns: 2) }
  }

  @Test func readingOutsideIsRefused() async {
    // Row 2 of column 0 would be the element of column 1 in memory.
    await #expect(processExitsWith: .failure) { _ = Matrix(rows: 2, columns: 2)[2, 0] }
  }

  @Test func writingOutsideIsRefused() async {
    await #expect(processExitsWith: .failure) {
      var matrix = Matrix(rows: 2, columns: 2)
      matrix[-1, 1] = 3
    }
  }
}
