public import Regions

/// Whether a target is met in an outcome, and by how much.
public struct TargetReading: Sendable, Hashable {
  /// One unit that must meet the target.
  public struct Part: Sendable, Hashable {
    /// The unit.
    public let unit: Unit
    /// Its value at the baseline and in the year, in the indicator's unit.
    public let value: Span
    /// Its place at the baseline and in the year.
    public let place: Span
    /// How many units of its level have a place in the year.
    public let ranked: Int
    /// What is compared with the threshold: a place (`rank`), places (`climb`, `best`, `sum`), a
    /// value (`level`), a change for the better (`improve`) or per cent of the country (`country`);
    /// for `best` by mean or headroom, the mean or share.
    public let reached: Double
    /// What must be reached. For `best` it is the best movement among the others, which must be
    /// passed.
    public let threshold: Double
    /// By how much the threshold is passed: positive when there is room to spare, negative when it is
    /// missed. A `best` or an `improve` of any size is not met by 0; the others are.
    public let margin: Double
    /// Whether the unit meets the target.
    public let isMet: Bool
  }

  /// A figure at the baseline and in the target's year.
  public struct Span: Sendable, Hashable {
    /// At the baseline.
    public let baseline: Double
    /// In the year of the target.
    public let year: Double
  }

  /// Who has the best movement among the peers.
  public struct Contest: Sendable, Hashable {
    /// What the movements are compared by.
    public let measure: Target.Measure
    /// The movement of the target's own unit; NaN when it has none.
    public let own: Double
    /// The place of that movement among the peers (competition); NaN when it has none.
    public let place: Double
    /// The best movement.
    public let best: Double
    /// Those who have it, in the order of their codes; several when they tie.
    public let winners: [Unit]
    /// The best movement of those who are not winners; NaN when there are none.
    public let second: Double
    /// Those who have that movement.
    public let runnersUp: [Unit]
    /// How many peers have a movement, the unit itself included.
    public let compared: Int
    /// The peers without a movement: without a place, or with a municipality without one.
    public let missing: [Unit]
  }

  /// The target.
  public let target: Target
  /// The indicator it is read on.
  public let indicator: Indicator
  /// The year it is read in.
  public let year: Int
  /// The region or municipality that the target is about.
  public let unit: Unit
  /// The name of the peers; `nil` for all units of the level.
  public let peers: LocalizedText?
  /// The units that must meet it: the unit, its municipalities, or all of them, the unit first.
  public let parts: [Part]
  /// For `best`, and for regions with `sum`: the contest by each measure, that of the target first.
  /// A municipality has one measure, a region all four, as far as they can be computed.
  public let contests: [Contest]
  /// For `best` and `sum` of a region in a run: the score Z, its sum of places against what those with
  /// the same starting places moved (`StandardisedMovement`); `nil` where it is not computed.
  public internal(set) var score: Double?

  /// Whether all parts meet the target.
  public var isMet: Bool { parts.allSatisfy(\.isMet) }
}
