/// The mean place of each of some units over draws, and its Monte Carlo standard error.
struct PlainMeans: Sendable {
  private var draws = 0.0
  private var sums: [Double]
  private var squares: [Double]

  /// Begins with no draws.
  init(count: Int) {
    sums = [Double](repeating: 0, count: count)
    squares = sums
  }

  /// Adds the places of a draw.
  mutating func add(_ places: [Double]) {
    draws += 1
    for unit in sums.indices {
      sums[unit] += places[unit]
      squares[unit] += places[unit] * places[unit]
    }
  }

  /// The mean place of a unit and its standard error, which is at least one place in all draws.
  subscript(unit: Int) -> (place: Double, standardError: Double) {
    let mean = sums[unit] / draws
    let variance = max(0, squares[unit] / draws - mean * mean)
    return (mean, max((variance / draws).squareRoot(), 1 / draws))
  }
}
