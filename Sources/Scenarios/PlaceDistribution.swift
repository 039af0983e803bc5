public import Regions

/// How often each unit of one level had each place in one year, over all draws.
public struct PlaceDistribution: Sendable {
  /// The units, in the order of the entries of the rankings.
  public let units: [Unit]
  /// The place of each unit at the baseline; NaN where it has none.
  public let baselinePlaces: [Double]
  /// The place of each unit on the central path, with the levers; NaN where it has none.
  public let centralPlaces: [Double]
  /// How many draws were made.
  public let draws: Int
  /// The counts: units × (places + 1), the place fastest; the place 0 is none.
  let counts: [UInt32]

  /// The position of a unit, or `nil` when it is not among them.
  public func index(of unit: Unit) -> Int? { units.firstIndex { $0.code == unit.code } }

  /// In how many draws a unit had a place.
  ///
  /// - Parameters:
  ///   - place: From 1; 0 counts the draws in which it had none.
  ///   - unit: The position of the unit.
  /// - Returns: The number of draws.
  public func count(ofPlace place: Int, _ unit: Int) -> Int {
    precondition((0...units.count).contains(place), "Places go from 1 to the number of units.")
    return Int(counts[unit * (units.count + 1) + place])
  }

  /// In how many draws a unit had any place.
  public func placed(_ unit: Int) -> Int { draws - count(ofPlace: 0, unit) }

  /// The probability that a unit has a place, of the draws in which it has any; NaN when in none.
  public func probability(ofPlace place: Int, _ unit: Int) -> Double {
    Double(count(ofPlace: place, unit)) / Double(placed(unit))
  }

  /// The probability that a unit has a place or a better one.
  public func probability(atMost place: Int, _ unit: Int) -> Double {
    guard place >= 1 else { return placed(unit) == 0 ? .nan : 0 }
    let counts = (1...min(place, units.count)).map { count(ofPlace: $0, unit) }
    return Double(counts.reduce(0, +)) / Double(placed(unit))
  }

  /// The smallest place that is not passed with a probability of at least `probability`: type 1 of
  /// Hyndman & Fan (1996), https://doi.org/10.1080/00031305.1996.10473566; `nil` when the unit
  /// never has a place.
  public func quantile(_ probability: Double, _ unit: Int) -> Int? {
    precondition((0...1).contains(probability), "A probability is between 0 and 1.")
    // A hair less, so that rounding of the product does not skip a place.
    let wanted = probability * Double(placed(unit)) * (1 - 1e-12)
    var sum = 0
    var last: Int?
    for place in 1...max(units.count, 1) {
      let count = count(ofPlace: place, unit)
      guard count > 0 else { continue }
      sum += count
      last = place
      if Double(sum) >= wanted { return place }
    }
    return last
  }

  /// The median place.
  public func median(_ unit: Int) -> Int? { quantile(0.5, unit) }

  /// The places between the quantiles that leave equal parts of what is left out on both sides;
  /// they hold at least `share` of the draws.
  ///
  /// - Parameters:
  ///   - share: Such as 0.5, 0.8 or 0.9.
  ///   - unit: The position of the unit.
  /// - Returns: The best and the worst of the places; `nil` when the unit never has a place.
  public func interval(_ share: Double, _ unit: Int) -> ClosedRange<Int>? {
    guard let low = quantile((1 - share) / 2, unit), let high = quantile((1 + share) / 2, unit)
    else { return nil }
    return low...max(low, high)
  }

  /// The mean place and its Monte Carlo standard error, s/√N with s of the draws; NaN when the unit
  /// never has a place, and the error when it has one once.
  public func mean(_ unit: Int) -> (place: Double, standardError: Double) {
    let total = Double(placed(unit))
    var (sum, squares) = (0.0, 0.0)
    for place in 1...max(units.count, 1) {
      let count = Double(count(ofPlace: place, unit))
      sum += count * Double(place)
      squares += count * Double(place * place)
    }
    let variance = max(0, squares - sum * sum / total) / (total - 1)
    return (sum / total, (variance / total).squareRoot())
  }

  /// The expected movement in places since the baseline, up being positive, and its Monte Carlo
  /// standard error.
  public func movement(_ unit: Int) -> (places: Double, standardError: Double) {
    let mean = mean(unit)
    return (baselinePlaces[unit] - mean.place, mean.standardError)
  }
}
