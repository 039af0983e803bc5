/// The least squares fit of a few columns whose coefficients must not be negative.
///
/// All subsets of the columns are tried: the best fit with no negative coefficient is the solution, as
/// at the optimum the columns with a positive coefficient solve the plain problem on their own (Lawson
/// & Hanson 1974, chapter 23, https://doi.org/10.1137/1.9781611971217). Sums and quotients are taken
/// in a fixed order, so the fit is the same on every machine.
public struct NonNegativeLeastSquares: Sendable, Hashable {
  /// One coefficient per column, 0 or more.
  public let coefficients: [Double]
  /// The sum of the squared residuals.
  public let squaredResidual: Double

  /// Fits the columns.
  ///
  /// - Parameters:
  ///   - columns: At most 10 columns, each with one value per observation.
  ///   - values: The observations.
  ///   - weights: One weight per observation, by which its squared residual counts.
  /// - Complexity: O(2ᵏ *k*³ + *k*² *n*), with *k* columns and *n* observations.
  public init(columns: [[Double]], values: [Double], weights: [Double]) {
    let count = columns.count
    precondition(
      count <= 10 && weights.count == values.count
        && columns.allSatisfy { $0.count == values.count },
      "A column has one value per observation, and there are at most ten."
    )
    func product(_ a: [Double], _ b: [Double]) -> Double {
      a.indices.reduce(0) { $0 + weights[$1] * a[$1] * b[$1] }
    }
    let gram = columns.map { left in columns.map { product(left, $0) } }
    let moments = columns.map { product($0, values) }
    let total = product(values, values)
    var best = (squared: total, coefficients: [Double](repeating: 0, count: count))
    for subset in 1..<max(1 << count, 1) {
      let chosen = (0..<count).filter { subset & 1 << $0 != 0 }
      guard
        let solution = solveSymmetric(
          chosen.map { row in chosen.map { gram[row][$0] } },
          chosen.map { moments[$0] }
        ), solution.allSatisfy({ $0 >= 0 })
      else { continue }
      let squared = total - zip(chosen, solution).reduce(0) { $0 + $1.1 * moments[$1.0] }
      guard squared < best.squared else { continue }
      best.squared = squared
      best.coefficients = Array(repeating: 0, count: count)
      for (column, value) in zip(chosen, solution) { best.coefficients[column] = value }
    }
    coefficients = best.coefficients
    squaredResidual = max(best.squared, 0)
  }
}

/// Solves a small positive definite system by its Cholesky factor; `nil` when it is singular.
///
/// - Parameters:
///   - matrix: The rows of the symmetric matrix.
///   - right: The right-hand side.
/// - Returns: The solution, or `nil`.
/// - Complexity: O(*n*³).
public func solveSymmetric(_ matrix: [[Double]], _ right: [Double]) -> [Double]? {
  let count = right.count
  // Scaled to a unit diagonal, so that one threshold says singular whatever the units.
  let scales = matrix.indices.map { matrix[$0][$0].squareRoot() }
  guard scales.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
  var factor = Array(repeating: [Double](repeating: 0, count: count), count: count)
  var solution = right
  for row in 0..<count {
    for column in 0...row {
      var sum = matrix[row][column] / (scales[row] * scales[column])
      for index in 0..<column { sum -= factor[row][index] * factor[column][index] }
      if row == column {
        guard sum > 1e-12 else { return nil }
        factor[row][row] = sum.squareRoot()
      } else {
        factor[row][column] = sum / factor[column][column]
      }
    }
    var value = right[row] / scales[row]
    for index in 0..<row { value -= factor[row][index] * solution[index] }
    solution[row] = value / factor[row][row]
  }
  for row in (0..<count).reversed() {
    for index in row + 1..<max(count, row + 1) {
      solution[row] -= factor[index][row] * solution[index]
    }
    solution[row] /= factor[row][row]
  }
  return zip(solution, scales).map { $0 / $1 }
}
