internal import Documents
public import Regions
public import Scenarios

/// How a plan's target stands by the figures that have come.
public struct TargetStatus: Sendable {
  /// The judgement.
  public enum Verdict: String, Sendable, Hashable, CaseIterable {
    /// What is claimed holds: in its year, or, where it has none, in the latest year with figures.
    case met
    /// It holds before its year, or as much of the way has been made as of the time.
    case onCourse = "on_course"
    /// It does not hold, or less of the way has been made than of the time.
    case offCourse = "off_course"
    /// The figures do not tell.
    case unknown = "cannot_be_judged"
  }

  /// Why it is judged so.
  public enum Reason: Sendable, Hashable {
    /// It cannot be measured as the plan words it.
    case unmeasurable(LocalizedText)
    /// There are no figures of these units after the baseline.
    case noFigures(after: Int, units: [Unit])
    /// Some of those it is compared with have no figures.
    case peers(missing: [Unit], of: Int, year: Int)
    /// Whether it holds in a year depends on which baseline is right.
    case baseline(year: Int)
    /// It holds in a year.
    case holds(Int)
    /// It does not hold in a year.
    case fails(Int)
    /// The share of the way and of the time until its year.
    case progress(way: Double, time: Double, year: Int)
  }

  /// The figures of one unit.
  public struct Row: Sendable, Hashable {
    /// The unit.
    public let unit: Unit
    /// At the baseline.
    public let baseline: Standing
    /// In the latest year with figures; `nil` where none came after the baseline.
    public let latest: Standing?
    /// Whether the unit by itself meets the target; `nil` where that is not known.
    public let isMet: Bool?
  }

  /// A value with its place.
  public struct Standing: Sendable, Hashable {
    /// The year.
    public let year: Int
    /// The value in the indicator's unit; NaN where the unit has none of its own.
    public let value: Double
    /// On what the value rests.
    public let status: FigureStatus
    /// The place among all units of its level; NaN where it has none.
    public let place: Double
    /// How many have a place; 0 where nobody has.
    public let ranked: Int
    /// How many of these have a figure of an earlier year.
    public let carried: Int
  }

  /// The target.
  public let target: PlanTarget
  /// Its indicator; `nil` where it cannot be measured.
  public let indicator: Indicator?
  /// The year it starts from.
  public let baselineYear: Int
  /// The judgement.
  public let verdict: Verdict
  /// Why.
  public let reason: Reason
  /// The region and its municipalities, as far as they have figures.
  public let rows: [Row]
  /// The target held against the latest year, where it can be.
  public let reading: TargetReading?
  /// Between which values the region's baseline must lie, where the printed one cannot be right; by
  /// these the target is judged.
  public let correction: ClosedRange<Double>?

  /// Whether it asks for a place, or for places climbed, of the units themselves.
  public var isOnPlaces: Bool {
    switch target.statement?.kind {
    case .rank, .climb: true
    case .best: (target.statement?.measure?.value ?? .place) == .place
    case .sum, .level, .improve, .country, nil: false
    }
  }
}
