public import Documents
public import Regions

/// What a target takes: the smallest whole number of units, of one series, that is to be added to
/// what a scenario gives in the target's year, while everybody else is as projected.
///
/// Units are what the series is counted in: persons, jobs, kroner, inhabitants. They are added where
/// more is better, and taken away where less is. A municipality gets them itself; those of a region
/// are spread over its municipalities with figures, in proportion to these at the baseline
/// (`Apportionment`), or all go to one of them.
public struct RequiredChange: Sendable, Hashable {
  /// Which series changes, and whose.
  public struct Means: Sendable, Hashable {
    /// The series: a numerator or denominator; `nil` for each indicator's numerator.
    public var series: Located<String>?
    /// The municipality that gets all, by code or name; `nil` to spread.
    public var member: Located<String>?

    /// Creates the means.
    public init(series: Located<String>? = nil, member: Located<String>? = nil) {
      self.series = series
      self.member = member
    }
  }

  /// What came out.
  public enum Result: Sendable, Hashable {
    /// The scenario meets the target as it is.
    case alreadyMet
    /// This many units meet it, and no smaller number does.
    case change(Change)
    /// No number of units meets it.
    case impossible(Obstacle)
  }

  /// The units that meet a target, and what they do.
  public struct Change: Sendable, Hashable {
    /// The units in all; negative when they are taken away.
    public let units: Int
    /// The units of each municipality that is changed, in the order of the register; their sum is
    /// `units`.
    public let members: [Member]
    /// The target read with the change: values, places, margins.
    public let reading: TargetReading
    /// The series of the whole unit.
    public let figure: Figure
    /// The unit's value at the baseline and with the change; NaN where it has none.
    public let value: TargetReading.Span
    /// The unit's place at the baseline and with the change; NaN where it has none.
    public let place: TargetReading.Span
    /// What the change adds to the unit's value, in the indicator's unit: points of a share.
    public let points: Double
  }

  /// What one municipality gets.
  public struct Member: Sendable, Hashable {
    /// The municipality, or a combined unit of several.
    public let unit: Unit
    /// The units; negative when they are taken away.
    public let units: Int
    /// Its series.
    public let figure: Figure
    /// Its value at the baseline and with the change.
    public let value: TargetReading.Span
    /// Its place at the baseline and with the change.
    public let place: TargetReading.Span
  }

  /// A series of a unit at the baseline and in the target's year.
  public struct Figure: Sendable, Hashable {
    /// At the baseline.
    public let baseline: Double
    /// In the target's year, as the scenario projects it.
    public let projected: Double
    /// In the target's year, with the change.
    public let required: Double
    /// The years between.
    public let years: Int

    /// The growth per year that leads to `projected`, in per cent; NaN from nothing.
    public var projectedGrowth: Double { growth(to: projected) }
    /// The growth per year that leads to `required`, in per cent; NaN from nothing.
    public var requiredGrowth: Double { growth(to: required) }

    /// The growth per year that leads to so many units more than `projected`, in per cent.
    public func growth(adding units: Int) -> Double { growth(to: projected + Double(units)) }

    private func growth(to end: Double) -> Double {
      guard let total = ChangeHistory.Scale.growth.change(from: baseline, to: end) else {
        return .nan
      }
      return 100 * ChangeHistory.Scale.growth.yearly(ofTotal: total, years: years)
    }
  }

  /// What a figure may not pass.
  public enum Limit: Sendable, Hashable {
    /// A share of 100 per cent.
    case fullShare
    /// The largest value that the series allows.
    case maximum(Double)
    /// The smallest value that the series allows.
    case minimum(Double)
    /// A denominator must stay above 0.
    case emptyDenominator
  }

  /// Why no number of units meets a target.
  public enum Obstacle: Sendable, Hashable {
    /// The series is a rate: units of it cannot be added to a municipality.
    case rate
    /// The indicator is not computed from the series.
    case otherSeries
    /// The municipality that is to get all is not in the target's unit, or has no figures.
    case otherMember
    /// The denominator changes, and a numerator below 0 makes less of it worse.
    case negativeNumerator
    /// The municipality reaches the limit with `units` in all, which is not enough.
    case limit(Limit, unit: Unit, units: Int)
    /// Even at the best place a rival moves as much: its movement, with that of the unit there.
    case rival(Unit, movement: Double, own: Double)
    /// The movement cannot be so large: the places that can be climbed.
    case headroom(Double)
    /// The needed place is better than the first, for the unit.
    case place(Unit)
    /// More members than there are places for them, or one that only falls behind the others.
    case members
    /// The country's value follows the unit's own.
    case country
    /// The change does not reach the unit.
    case noEffect
    /// None was found within the steps that the search may take.
    case searchEnded
  }

  /// The target.
  public let target: Target
  /// The indicator it is read on.
  public let indicator: Indicator
  /// The year in which it must hold.
  public let year: Int
  /// The region or municipality that it is about.
  public let unit: Unit
  /// The series that changes.
  public let series: String
  /// The municipality that gets all; `nil` when units are spread.
  public let member: Unit?
  /// The target read as the scenario projects it.
  public let projected: TargetReading
  /// What came out.
  public let result: Result
}

extension Scenario {
  /// The same scenario when nobody's figures move without levers.
  public var withOthersHolding: Scenario {
    var scenario = self
    scenario.others.kind.value = .hold
    return scenario
  }
}
