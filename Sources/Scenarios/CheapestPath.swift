public import Regions
internal import Statistics

/// Where in a region units do most for a target, when they may be spread freely over its
/// municipalities.
///
/// For the region's own value it is all the same: it is a ratio of sums, and a unit more counts alike
/// in every municipality. For sums of places it is not: in one municipality a unit may pass several
/// others, in another none.
///
/// The places a municipality wins are a step function of its units, and those of several add up, also
/// when they pass each other: of each pair one is ahead, or they share two places, which gives the
/// same sum. So the best spread of a number of units, and the smallest number for a sum of places, are
/// found exactly (`StepKnapsack`).
public struct CheapestPath: Sendable, Hashable {
  /// A step of one municipality.
  public struct Step: Sendable, Hashable {
    /// The units in all, counted without sign.
    public let units: Int
    /// The places that the municipality wins with them from those outside the region, equal values
    /// at the mean of their places.
    public let places: Double
  }

  /// One municipality of the region.
  public struct Member: Sendable, Hashable {
    /// The municipality, or a combined unit of several.
    public let unit: Unit
    /// What one unit adds to its own value, in the indicator's unit.
    public let valuePerUnit: Double
    /// Its steps, with ever more units and places; empty when it can win none.
    public let steps: [Step]

    /// The step with the most places per unit, the first of several; `nil` without steps.
    public var best: Step? {
      steps.reduce(nil) { best, step in
        guard let best else { return step }
        let isBetter = step.places * Double(best.units) > best.places * Double(step.units)
        return isBetter ? step : best
      }
    }
  }

  /// Units spread over the municipalities.
  public struct Spread: Sendable, Hashable {
    /// The units of each municipality, in the order of `members`; negative when taken away.
    public let units: [Int]
    /// The places that the sum F1 gains over what is projected.
    public let places: Double
    /// No smaller number of units, counted without sign, can do.
    public let lowerBound: Int

    /// The units in all.
    public var total: Int { units.reduce(0, +) }
    /// Whether no smaller number of units can do.
    public var isSmallest: Bool { abs(total) == lowerBound }
  }

  /// What came out for the target.
  public enum Result: Sendable, Hashable {
    /// The scenario meets the target as it is.
    case alreadyMet
    /// This spread meets it.
    case spread(Spread)
    /// No spread that was found meets it.
    case impossible
  }

  /// The target.
  public let target: Target
  /// The region.
  public let unit: Unit
  /// The series that changes.
  public let series: String
  /// 1 when units are added, −1 when they are taken away.
  public let sign: Int
  /// What one unit adds to the region's value, in the indicator's unit, wherever it is; NaN when the
  /// region has none.
  public let valuePerUnit: Double
  /// The municipalities with figures.
  public let members: [Member]
  /// The smallest number of units that meets the target, and how they are spread.
  public let result: Result

  /// How some units are best spread to raise the sum of places, F1.
  ///
  /// - Parameter units: How many units, counted without sign.
  /// - Returns: A spread with the most places, and of these with the fewest units; units that win
  ///   nothing are left over.
  /// - Complexity: O(*G* *s*), with *G* twice the places that can be won and *s* steps.
  public func mostPlaces(for units: Int) -> Spread {
    let knapsack = StepKnapsack(members.map(\.knapsackSteps), limit: max(0, units))
    let gain = knapsack.gain(forCost: max(0, units))
    return spread(of: gain, knapsack)
  }

  /// A cheapest spread that raises the sum of places, F1, by at least some places.
  ///
  /// - Returns: The spread; `nil` when so many cannot be won.
  public func fewestUnits(for places: Double) -> Spread? {
    let knapsack = StepKnapsack(members.map(\.knapsackSteps))
    let gain = Int((2 * max(0, places)).rounded(.up))
    return knapsack.cost(ofGain: gain) == nil ? nil : spread(of: gain, knapsack)
  }

  private func spread(of gain: Int, _ knapsack: StepKnapsack) -> Spread {
    let shares = knapsack.shares(ofGain: gain) ?? members.map { _ in 0 }
    return Spread(
      units: shares.map { sign * $0 },
      places: places(of: shares),
      lowerBound: shares.reduce(0, +)
    )
  }

  /// The places that shares, counted without sign, win.
  func places(of shares: [Int]) -> Double {
    Self.places(of: shares, members)
  }

  static func places(of shares: [Int], _ members: [Member]) -> Double {
    zip(shares, members).reduce(0) { sum, pair in
      sum + (pair.1.steps.last { $0.units <= pair.0 }?.places ?? 0)
    }
  }
}

extension CheapestPath.Member {
  /// The steps in halves of a place.
  var knapsackSteps: [StepKnapsack.Step] {
    steps.map { StepKnapsack.Step(cost: $0.units, gain: Int(2 * $0.places)) }
  }
}
