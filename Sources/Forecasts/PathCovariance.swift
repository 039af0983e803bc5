/// The covariance of a path over a few years, years × years, column by column.
struct PathCovariance {
  let values: [Double]
  let years: Int

  init(_ values: [Double], _ years: Int) {
    self.values = values
    self.years = years
  }

  /// The covariance of the sums of yearly changes from that of the changes.
  static func cumulated(_ changes: [Double], _ years: Int) -> [Double] {
    var sums = changes
    for column in 0..<years {
      for row in 1..<max(years, 1) { sums[row + column * years] += sums[row - 1 + column * years] }
    }
    for column in 1..<max(years, 1) {
      for row in 0..<years { sums[row + column * years] += sums[row + (column - 1) * years] }
    }
    return sums
  }

  /// The covariance of the sum of independent yearly changes.
  ///
  /// - Parameters:
  ///   - deviation: The standard deviation of a year.
  ///   - years: The number of years.
  ///   - count: The number of past years that the mean was taken of, 0 for a mean that is known: its
  ///     own error is carried along.
  /// - Returns: The covariance of the path.
  static func randomWalk(
    _ deviation: Double,
    _ years: Int,
    uncertainMeanOf count: Int = 0
  ) -> PathCovariance {
    var values = [Double](repeating: 0, count: years * years)
    let error = count > 0 ? 1 / Double(count) : 0
    for row in 0..<years {
      for column in 0..<years {
        let common = Double(min(row, column) + 1) + Double((row + 1) * (column + 1)) * error
        values[row + column * years] = deviation * deviation * common
      }
    }
    return PathCovariance(values, years)
  }

  /// The lower Cholesky factor; a year without a part of its own has zeros.
  var factor: [Double] {
    var factor = [Double](repeating: 0, count: years * years)
    for column in 0..<years {
      var pivot = values[column + column * years]
      for index in 0..<column {
        pivot -= factor[column + index * years] * factor[column + index * years]
      }
      guard pivot > 1e-12 * values[column + column * years] else { continue }
      let root = pivot.squareRoot()
      factor[column + column * years] = root
      for row in column + 1..<max(years, column + 1) {
        var sum = values[row + column * years]
        for index in 0..<column {
          sum -= factor[row + index * years] * factor[column + index * years]
        }
        factor[row + column * years] = sum / root
      }
    }
    return factor
  }
}
