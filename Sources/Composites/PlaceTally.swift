/// How often each unit had each place in some draws.
public struct PlaceTally: Sendable, Hashable {
  /// How many units there are.
  public let units: Int
  /// How many draws were counted.
  public let draws: Int
  /// The counts: units × (units + 1), the place fastest; the place 0 is none.
  public let counts: [UInt32]

  /// Creates a tally.
  ///
  /// - Parameters:
  ///   - units: How many units there are.
  ///   - draws: How many draws were counted.
  ///   - counts: units × (units + 1) counts, the place fastest.
  public init(units: Int, draws: Int, counts: [UInt32]) {
    precondition(counts.count == units * (units + 1), "Each unit has a count per place.")
    self.units = units
    self.draws = draws
    self.counts = counts
  }

  /// In how many draws a unit had a place; of the place 0, in how many it had none.
  public func count(ofPlace place: Int, _ unit: Int) -> Int {
    Int(counts[unit * (units + 1) + place])
  }

  /// The mean place of a unit, of the draws in which it had one; NaN when in none.
  public func mean(_ unit: Int) -> Double {
    let sums = (1...max(units, 1)).reduce(into: (count: 0, places: 0)) { sums, place in
      let count = place <= units ? count(ofPlace: place, unit) : 0
      sums.count += count
      sums.places += place * count
    }
    return Double(sums.places) / Double(sums.count)
  }

  /// The Monte Carlo standard error of the mean place of a unit; NaN with fewer than two draws.
  public func standardError(_ unit: Int) -> Double {
    let mean = mean(unit)
    var (count, squares) = (0.0, 0.0)
    for place in 1...max(units, 1) where place <= units {
      let times = Double(self.count(ofPlace: place, unit))
      count += times
      squares += times * (Double(place) - mean) * (Double(place) - mean)
    }
    guard count > 1 else { return .nan }
    return (squares / (count - 1) / count).squareRoot()
  }

  /// The smallest place that a unit does not pass with a probability of at least `probability`;
  /// `nil` when it never has a place.
  ///
  /// Type 1 of Hyndman & Fan (1996), https://doi.org/10.1080/00031305.1996.10473566.
  public func quantile(_ probability: Double, _ unit: Int) -> Int? {
    precondition((0...1).contains(probability), "A probability is between 0 and 1.")
    let placed = draws - (units > 0 ? count(ofPlace: 0, unit) : 0)
    // A hair less, so that rounding of the product does not skip a place.
    let wanted = probability * Double(placed) * (1 - 1e-12)
    var (sum, last) = (0, Int?.none)
    for place in 1...max(units, 1) where place <= units && count(ofPlace: place, unit) > 0 {
      sum += count(ofPlace: place, unit)
      last = place
      if Double(sum) >= wanted { break }
    }
    return last
  }
}
