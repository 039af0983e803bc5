import Statistics
import TestSupport
import Testing

@Suite struct NonNegativeLeastSquaresTests {
  struct Case: Sendable {
    var columns: [[Double]]
    var values: [Double]
    var weights: [Double]?
    var coefficients: [Double]
    var squared: Double
  }

  static let cases = [
    // The mean, and the weighted one.
    Case(columns: [[1, 1]], values: [1, 3], coefficients: [2], squared: 2),
    Case(columns: [[1, 1]], values: [1, 3], weights: [3, 1], coefficients: [1.5], squared: 3),
    // A row of weight 0 does not count.
    Case(columns: [[1, 1]], values: [1, 9], weights: [1, 0], coefficients: [1], squared: 0),
    // The plain fit would be −1: nothing is the best that is allowed.
    Case(columns: [[1, 1]], values: [-1, -1], coefficients: [0], squared: 2),
    // The plain fit is 3 and −1; without the second column the first is the mean.
    Case(columns: [[1, 1], [0, 1]], values: [3, 2], coefficients: [2.5, 0], squared: 0.5),
    Case(columns: [[1, 1], [0, 1]], values: [2, 3], coefficients: [2, 1], squared: 0),
    // Twice the same column: either alone is as good; the first is taken.
    Case(columns: [[1, 1], [1, 1]], values: [2, 2], coefficients: [2, 0], squared: 0),
    // A column of zeros explains nothing.
    Case(columns: [[0, 0], [1, 2]], values: [1, 2], coefficients: [0, 1], squared: 0),
    Case(columns: [[0, 0]], values: [1, 2], coefficients: [0], squared: 5),
    // No columns, and no observations.
    Case(columns: [], values: [1, 2], coefficients: [], squared: 5),
    Case(columns: [[]], values: [], coefficients: [0], squared: 0),
  ]

  @Test("Hand cases", arguments: cases)
  func hand(_ item: Case) {
    let fit = NonNegativeLeastSquares(
      columns: item.columns,
      values: item.values,
      weights: item.weights ?? item.values.map { _ in 1 }
    )
    expectClose(fit.coefficients, item.coefficients)
    expectClose(fit.squaredResidual, item.squared, absolute: 1e-14)
  }

  @Test("Coefficients and residuals are SciPy's")
  func reference() throws {
    let table = try ReferenceTable("Reference/nnls.csv")
    #expect(table.rows.count == 12)
    for row in table.rows {
      let lists = ["columns", "values", "weights", "coefficients"].map { name in
        row[name].split(separator: " ").compactMap { Double($0) }
      }
      let rows = lists[1].count
      let columns = stride(from: 0, to: lists[0].count, by: rows).map {
        Array(lists[0][$0..<$0 + rows])
      }
      let fit = NonNegativeLeastSquares(columns: columns, values: lists[1], weights: lists[2])
      expectClose(fit.coefficients, lists[3], relative: 1e-9, absolute: 1e-12)
      expectClose(fit.squaredResidual, row.number("squared_residual"), relative: 1e-9)
    }
  }

  @Test("On random cases the fit is that of coordinate descent, and no step from it is better")
  func oracle() {
    var generator = SplitMix64(seed: 11)
    for _ in 0..<200 {
      let count = Int.random(in: 1...5, using: &generator)
      let rows = count + Int.random(in: 2...8, using: &generator)
      let columns = (0..<count).map { _ in Self.numbers(rows, -1...1, &generator) }
      let values = Self.numbers(rows, -1...1.5, &generator)
      let weights = Self.numbers(rows, 0.2...2, &generator)
      let fit = NonNegativeLeastSquares(columns: columns, values: values, weights: weights)
      let descent = Self.descent(columns, values, weights)
      let squared = Self.squared(columns, values, weights, fit.coefficients)
      #expect(fit.coefficients.allSatisfy { $0 >= 0 })
      expectClose(fit.squaredResidual, squared, relative: 1e-9, absolute: 1e-12)
      expectClose(squared, Self.squared(columns, values, weights, descent), relative: 1e-6)
      for (column, slope) in Self.slopes(columns, values, weights, fit.coefficients).enumerated() {
        // Upwards for a column that is left out, flat for one that is used.
        let isFlat = fit.coefficients[column] > 0
        #expect(isFlat ? abs(slope) < 1e-9 : slope > -1e-9)
      }
    }
  }

  @Test("A system is solved whatever its units; a singular one is not")
  func symmetric() {
    expectClose(solveSymmetric([[4]], [2]) ?? [], [0.5])
    expectClose(solveSymmetric([[2, 1], [1, 2]], [4, 5]) ?? [], [1, 2])
    expectClose(solveSymmetric([[2e-20, 1], [1, 2e20]], [4e-10, 5e10]) ?? [], [1e10, 2e-10])
    #expect(solveSymmetric([], []) == [])
    #expect(solveSymmetric([[0]], [1]) == nil)
    #expect(solveSymmetric([[-1]], [1]) == nil)
    #expect(solveSymmetric([[.nan]], [1]) == nil)
    #expect(solveSymmetric([[.infinity]], [1]) == nil)
    #expect(solveSymmetric([[1, 1], [1, 1]], [1, 1]) == nil)
    #expect(solveSymmetric([[1, 2], [2, 1]], [1, 1]) == nil)
    #expect(solveSymmetric([[1, 0, 1], [0, 1, 1], [1, 1, 2]], [1, 1, 2]) == nil)
  }

  @Test("A random positive definite system gives back the solution it was made from")
  func randomSystems() {
    var generator = SplitMix64(seed: 12)
    for count in 1...12 {
      let rows = (0..<count + 3).map { _ in Self.numbers(count, -1...1, &generator) }
      let matrix = (0..<count).map { row in
        (0..<count).map { column in rows.reduce(0) { $0 + $1[row] * $1[column] } }
      }
      let expected = Self.numbers(count, -2...2, &generator)
      let right = matrix.map { zip($0, expected).reduce(0) { $0 + $1.0 * $1.1 } }
      expectClose(solveSymmetric(matrix, right) ?? [], expected, relative: 1e-7, absolute: 1e-9)
    }
  }

  // MARK: - The slow way

  static func numbers(
    _ count: Int,
    _ range: ClosedRange<Double>,
    _ generator: inout SplitMix64
  ) -> [Double] {
    (0..<count).map { _ in Double.random(in: range, using: &generator) }
  }

  static func squared(
    _ columns: [[Double]],
    _ values: [Double],
    _ weights: [Double],
    _ coefficients: [Double]
  ) -> Double {
    values.indices.reduce(0) { sum, row in
      let fitted = columns.indices.reduce(0) { $0 + columns[$1][row] * coefficients[$1] }
      return sum + weights[row] * (values[row] - fitted) * (values[row] - fitted)
    }
  }

  /// Half the derivative of the squared residual by each coefficient.
  static func slopes(
    _ columns: [[Double]],
    _ values: [Double],
    _ weights: [Double],
    _ coefficients: [Double]
  ) -> [Double] {
    columns.map { column in
      values.indices.reduce(0) { sum, row in
        let fitted = columns.indices.reduce(0) { $0 + columns[$1][row] * coefficients[$1] }
        return sum - weights[row] * column[row] * (values[row] - fitted)
      }
    }
  }

  /// One coefficient after the other is set to its best value that is not negative.
  static func descent(_ columns: [[Double]], _ values: [Double], _ weights: [Double]) -> [Double] {
    func product(_ a: [Double], _ b: [Double]) -> Double {
      a.indices.reduce(0) { $0 + weights[$1] * a[$1] * b[$1] }
    }
    let gram = columns.map { left in columns.map { product(left, $0) } }
    let moments = columns.map { product($0, values) }
    var coefficients = columns.map { _ in 0.0 }
    for _ in 0..<2000 {
      var moved = 0.0
      for index in coefficients.indices {
        let rest = coefficients.indices.reduce(moments[index]) {
          $1 == index ? $0 : $0 - gram[index][$1] * coefficients[$1]
        }
        let best = max(rest / gram[index][index], 0)
        moved = max(moved, abs(best - coefficients[index]))
        coefficients[index] = best
      }
      if moved < 1e-13 { break }
    }
    return coefficients
  }
}
