public import Statistics

/// What is uncertain about a composite, and how it is drawn.
public struct RobustnessSettings: Sendable, Hashable {
  /// A choice that could have been made otherwise.
  public enum Factor: String, Sendable, Hashable, CaseIterable {
    /// The weights of all indicators, drawn together.
    case weights
    /// z, min–max or percentile.
    case normalisation
    /// The arithmetic or the geometric mean.
    case aggregation
    /// Whether extreme figures are cut off.
    case winsorising
    /// One indicator is left out, or none.
    case leftOut = "left-out"
    /// Whether the scales rest on the base window or on each indicator's own year.
    case base
  }

  /// How many draws are made, at least 2.
  public var draws: Int
  /// Equal seeds give equal draws.
  public var seed: UInt64
  /// How the weights are drawn.
  public var scheme: WeightScheme
  /// The choices that vary; the others stay as the composite has them.
  public var factors: Set<Factor>

  /// Creates settings.
  public init(draws: Int, seed: UInt64, scheme: WeightScheme, factors: Set<Factor>) {
    precondition(draws >= 2 && !factors.isEmpty, "Something is drawn, at least twice.")
    self.draws = draws
    self.seed = seed
    self.scheme = scheme
    self.factors = factors
  }

  /// The choices that vary, in a fixed order.
  public var orderedFactors: [Factor] { Factor.allCases.filter(factors.contains) }
}

/// A statement about places that holds in a draw or does not.
public enum RobustnessTarget: Sendable, Hashable {
  /// A unit has at least this place; the unit by its position in the composite.
  case place(unit: Int, atLeast: Int)
  /// A unit stands above another.
  case above(unit: Int, other: Int)
}

/// The parameters of one draw.
public struct RobustnessDraw: Sendable, Hashable {
  /// How figures are brought to one scale.
  public let normalisation: Normalisation
  /// How areas and indicators become one score.
  public let aggregation: Composite.Aggregation
  /// Where extreme figures are cut off, if they are.
  public let winsorising: Winsorising?
  /// Whether the scales rest on the base window; else on each indicator's own year.
  public let usesBaseWindow: Bool
  /// The position of the indicator left out, if one is.
  public let leftOut: Int?
  /// What is added before the geometric mean is taken; 0 for the arithmetic.
  public let shift: Double
  /// The weight of each indicator, after one is left out; they sum to 1.
  public let weights: [Double]
}

/// What the draws say of places.
public struct RobustnessOutcome: Sendable {
  /// The share of the draws in which something holds.
  public struct Share: Sendable, Hashable {
    /// In how many draws it holds.
    public let count: Int
    /// How many draws there are.
    public let draws: Int

    /// The share, 0 to 1.
    public var value: Double { Double(count) / Double(draws) }
  }

  /// The indices of one factor.
  public struct Sensitivity: Sendable, Hashable {
    /// The factor.
    public let factor: RobustnessSettings.Factor
    /// First order, for the place of the unit in view.
    public let placeFirst: SobolIndices.Index
    /// Total, for the place of the unit in view.
    public let placeTotal: SobolIndices.Index
    /// First order, for the average shift in rank.
    public let shiftFirst: SobolIndices.Index
    /// Total, for the average shift in rank.
    public let shiftTotal: SobolIndices.Index
  }

  /// The positions in the composite of the units that are ranked.
  public let units: [Int]
  /// How often each of them had each place.
  public let tally: PlaceTally
  /// The place of the unit in view in each draw; empty without one.
  public let places: [Int]
  /// The average shift in rank of each draw: the mean over the units of |place by the composite − place
  /// in the draw|.
  public let shifts: [Double]
  /// In how many draws each target holds.
  public let targets: [Share]
  /// Whether each target holds, target after target, draw after draw.
  public let held: [[Bool]]
  /// What the variance is due to, when that was asked for.
  public internal(set) var sensitivities: [Sensitivity] = []
  /// The variances of the place and of the average shift in rank.
  public internal(set) var variances: (place: Double, shift: Double)?
}
