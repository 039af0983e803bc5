/// How often each unit had each place in a number of futures.
public struct PlaceCounts: Sendable, Hashable {
  /// The number of units.
  public let units: Int
  /// The number of futures counted.
  public private(set) var draws = 0
  private var counts: [UInt32]

  /// Creates counts of nothing.
  public init(units: Int) {
    self.units = units
    counts = Array(repeating: 0, count: units * units)
  }

  /// Counts the places of one future, one per unit from 1.
  public mutating func add(_ places: [Int]) {
    precondition(places.count == units, "Every unit has a place.")
    for (unit, place) in places.enumerated() { counts[unit * units + place - 1] += 1 }
    draws += 1
  }

  /// The share of the futures in which a unit has at most each place: the cumulative distribution,
  /// from place 1.
  public func cumulative(of unit: Int) -> [Double] {
    var sum: UInt32 = 0
    return (0..<units).map { place in
      sum += counts[unit * units + place]
      return Double(sum) / Double(draws)
    }
  }
}
