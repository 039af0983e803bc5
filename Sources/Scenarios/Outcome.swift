public import Regions

/// What a scenario gives: levels, places and movement per year at both levels.
public struct Outcome: Sendable {
  /// The scenario as it was run.
  public let scenario: Scenario
  /// The division in which regions are ranked.
  public let division: Division
  /// The region or municipality in view.
  public let focus: Unit
  /// The municipalities of the focus; the focus itself when it is a municipality.
  public let members: [Unit]
  /// One result per indicator, in the scenario's order.
  public let indicators: [IndicatorOutcome]
  /// Whether each target of the scenario is met, in their order.
  public let targets: [TargetReading]
  /// What levers on tax revenue are worth after the income equalisation, for each indicator of the
  /// scenario that is equalised.
  public let equalisations: [EqualisationOutcome]

  /// The focus, then its members; each once.
  public var unitsInView: [Unit] { focus.level == .region ? [focus] + members : [focus] }
}

/// Both levels of one indicator in one year, computed from the same municipal figures.
public struct Standings: Sendable, Hashable {
  /// The year.
  public let year: Int
  /// The places of the municipalities.
  public let municipality: Ranking
  /// The places of the regions; `nil` for an indicator without values for regions.
  public let region: Ranking?

  /// Puts the rankings of one indicator in one year together.
  public init(year: Int, municipality: Ranking, region: Ranking?) {
    self.year = year
    self.municipality = municipality
    self.region = region
  }

  /// The ranking at a level.
  public func ranking(at level: Level) -> Ranking? {
    level == .municipality ? municipality : region
  }

  /// The value and place of a unit; NaN where missing.
  public func standing(of unit: Unit) -> (value: Double, place: Double) {
    guard let ranking = ranking(at: unit.level), let index = ranking.index(of: unit) else {
      return (.nan, .nan)
    }
    return (ranking.levels.entries[index].value, ranking.places[index])
  }
}

/// What a scenario gives for one indicator.
public struct IndicatorOutcome: Sendable {
  /// The indicator.
  public let indicator: Indicator
  /// The baseline year.
  public let baseline: Standings
  /// The years after it with the movement of all, without any lever.
  public let withoutLevers: [Standings]
  /// The years after it with the movement of all and the levers.
  public let withLevers: [Standings]
  /// Whence the movement of each unit in view comes, at the horizon.
  public let attributions: [Attribution]
  /// Which units each unit in view passes or is passed by, from the baseline to the horizon.
  public let overtakes: [Overtake]
  /// How many units move as the country for want of a history of their own.
  public let unitsWithoutOwnTrend: Int

  /// The movement of a unit in places from the baseline to a year with the levers; positive is up.
  public func movement(of unit: Unit, to standings: Standings) -> Double {
    baseline.standing(of: unit).place - standings.standing(of: unit).place
  }
}

/// Whence the movement of a unit comes.
///
/// With r(own, others) the place when the unit's own figures and all other figures are at the
/// baseline (0) or at the horizon with the levers (1), the movement r(0,0) − r(1,1) splits into
///
///     own    = ½ [r(0,0) − r(1,0)] + ½ [r(0,1) − r(1,1)]
///     others = ½ [r(0,0) − r(0,1)] + ½ [r(1,0) − r(1,1)]
///
/// the Shapley values of the two, which do not depend on an order (Shapley 1953,
/// https://doi.org/10.1515/9781400881970-018). The effect of the levers, the place without any lever
/// minus the place with all, splits over the levers in the same way over all their subsets.
public struct Attribution: Sendable, Hashable {
  /// The part of one lever.
  public struct LeverShare: Sendable, Hashable {
    /// The lever's id.
    public let lever: String
    /// The places due to it; positive is up.
    public let places: Double
    /// The change of the value due to it, in the indicator's unit.
    public let value: Double
  }

  /// The unit.
  public let unit: Unit
  /// The movement from the baseline to the horizon in places; positive is up.
  public let movement: Double
  /// The part due to the unit's own figures.
  public let own: Double
  /// The part due to all other units' figures.
  public let others: Double
  /// The places at the horizon without any lever minus those with all.
  public let leverEffect: Double
  /// The parts of the levers; empty with more than ten levers.
  public let levers: [LeverShare]
}

/// One unit that a unit in view passes, or is passed by.
public struct Overtake: Sendable, Hashable {
  /// Who passes whom.
  public enum Direction: String, Sendable, Hashable {
    /// The other was strictly better at the baseline and is no longer.
    case passes
    /// The other is strictly better at the horizon and was not at the baseline.
    case passedBy = "passed_by"
  }

  /// The unit in view.
  public let unit: Unit
  /// The other unit.
  public let other: Unit
  /// Who passes whom.
  public let direction: Direction
  /// The year from which on it is so.
  public let year: Int
  /// The other's value at the baseline minus the unit's, in the indicator's unit.
  public let gapBefore: Double
  /// The other's value at the horizon minus the unit's.
  public let gapAfter: Double
}
