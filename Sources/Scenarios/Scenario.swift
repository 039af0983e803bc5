public import Documents
public import Regions

/// A baseline, how the others move, and levers: pure data, read from a YAML file.
public struct Scenario: Sendable, Hashable {
  /// The name: that of the file without `.yml`.
  public var id: String
  /// The title in both languages.
  public var title: LocalizedText
  /// What is assumed and why, in both languages.
  public var note: LocalizedText
  /// The id of the division in which regions are ranked.
  public var division: Located<String>
  /// The region or municipality in view, by code or name.
  public var focus: Located<String>
  /// The ids of the indicators.
  public var indicators: [Located<String>]
  /// The year from which everything starts.
  public var baselineYear: Located<Int>
  /// How units without figures in that year get them.
  public var fill: FillRule
  /// The last year.
  public var horizon: Located<Int>
  /// How units move without levers.
  public var others: OthersMovement
  /// How uncertain that movement is, for draws of the future.
  public var futures: FutureSettings
  /// The changes that are tried, in the order in which they are applied.
  public var levers: [Lever]
  /// What is to be reached, checked in every run.
  public var targets: [Target]
  /// One lever whose value is varied, if any.
  public var sweep: Sweep?
  /// What the scenario must give; tested by `regionsim scenarios check`.
  public var expectations: [Expectation]

  /// The years after the baseline, to the horizon.
  public var years: [Int] { Array((baselineYear.value + 1)...horizon.value) }
}

/// How every unit's figures move when no lever touches them.
public struct OthersMovement: Sendable, Hashable {
  /// The kind of movement.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Figures stay as they are.
    case hold
    /// Every unit's figures grow as the country's.
    case national
    /// Each unit's figures grow as its own did.
    case trend
    /// Each unit's figures move as a growth model expects: the mean of its forecast.
    case model
  }

  /// The kind of movement.
  public var kind: Located<Kind>
  /// Whether the focus and its members stay as they are while the others move. In draws of the future
  /// they are expected to stay, and vary as others do.
  public var focusHolds: Bool
  /// How many of the latest yearly changes the median is taken of.
  public var window: Int
  /// The weight of a unit's own trend, 0–1; the rest is the country's.
  public var weight: Double
  /// The weight for single series, where it differs from `weight`.
  public var weights: [String: Located<Double>]
  /// Growth per year, as a fraction, given for a series instead of taken from its history.
  public var growth: [String: Located<Double>]
  /// For a series without history, the series or ratio whose growth it borrows.
  public var borrow: [String: Located<String>]
}

/// One lever's value varied from one end to the other.
public struct Sweep: Sendable, Hashable {
  /// The id of the lever.
  public var lever: Located<String>
  /// The values, ascending or descending.
  public var values: [Double]
}

/// A claim about what a scenario gives.
public struct Expectation: Sendable, Hashable {
  /// The unit, by code or name.
  public var unit: Located<String>
  /// The indicator; `nil` for the scenario's first.
  public var indicator: Located<String>?
  /// The year; `nil` for the horizon.
  public var year: Located<Int>?
  /// The expected place.
  public var place: Int?
  /// The expected movement in places since the baseline.
  public var movement: Int?
  /// The expected value, with as many decimals as were written.
  public var level: (value: Double, decimals: Int)?

  /// Whether two expectations say the same.
  public static func == (left: Expectation, right: Expectation) -> Bool {
    left.unit == right.unit && left.indicator == right.indicator && left.year == right.year
      && left.place == right.place && left.movement == right.movement
      && left.level?.value == right.level?.value
  }

  /// Hashes the unit, year and place.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(unit)
    hasher.combine(year)
    hasher.combine(place)
  }
}
