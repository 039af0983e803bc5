import Statistics

/// Columns of random numbers, the same in every run.
struct SampleColumns {
  let units: Int
  let columns: Int
  let values: [Double]

  /// - Parameters:
  ///   - units: How many values a column has.
  ///   - columns: How many columns there are.
  ///   - distinct: How many values there are to choose from; `nil` for any number from 0 to 1.
  init(units: Int, columns: Int = 256, distinct: Int? = nil) {
    self.units = units
    self.columns = columns
    var generator = SeededGenerator(seed: 2026)
    values = (0..<units * columns).map { _ in
      let number = Double.random(in: 0..<1, using: &generator)
      return distinct.map { (number * Double($0)).rounded(.down) } ?? number
    }
  }
}
