public import Documents
public import Regions

/// A claim about places, movement or levels that can be checked: what a plan calls a goal.
///
/// | kind | met when, with *v* the value |
/// |---|---|
/// | `rank` | the place is at most *v* |
/// | `climb` | the place has improved by at least *v* since the baseline |
/// | `best` | the movement is strictly greater than that of every other peer |
/// | `sum` | the places climbed by a region's municipalities sum to at least *v* (F1) |
/// | `level` | the value is at least *v*; at most, where lower is better |
/// | `improve` | the value is better than at the baseline, by at least *v* |
/// | `country` | the value is at least *v* per cent of the country's; at most, where lower is better |
public struct Target: Sendable, Hashable {
  /// What must hold.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// The place is at most the value, competition places on unrounded values.
    case rank
    /// The unit has moved up by at least the value, in places, since the baseline.
    case climb
    /// The unit has moved up by strictly more than every other unit of its level among the peers.
    case best
    /// The places climbed by the municipalities of a region sum to at least the value, equal values
    /// at the mean of their places (F1 of `Movement`).
    case sum
    /// The indicator's value is at least the target's value; at most, where lower is better.
    case level
    /// The indicator's value is better than at the baseline, by at least the target's value.
    case improve
    /// The indicator's value in per cent of the country's is at least the target's value; at most,
    /// where lower is better.
    case country
  }

  /// Of a region and its municipalities, which must meet the target.
  public enum Scope: String, Sendable, Hashable, CaseIterable {
    /// The region itself.
    case together
    /// Every municipality of it.
    case each
    /// Both.
    case eachAndTogether = "each-and-together"
  }

  /// What the movements of the peers are compared by, for the kind `best`.
  public enum Measure: String, Sendable, Hashable, CaseIterable {
    /// F1, the sum of the members' movements.
    case sum
    /// F2, the mean of the members' movements.
    case mean
    /// F5, the share of the movement that was possible for the members.
    case headroom
    /// F6, the movement of the unit's own place.
    case place
  }

  /// The name, unique among the targets and levers of the scenario.
  public var id: String
  /// Where the target was written.
  public var place: SourcePlace
  /// What must hold.
  public var kind: Kind
  /// The value; `nil` for `best`, and for an `improve` of any size.
  public var value: Located<Double>?
  /// The indicator; `nil` for the scenario's first.
  public var indicator: Located<String>?
  /// The region or municipality, by code or name; `nil` for the focus.
  public var whom: Located<String>?
  /// Who must meet it; `nil` for the unit itself.
  public var scope: Located<Scope>?
  /// The year in which it must hold; `nil` for the horizon.
  public var year: Located<Int>?
  /// With whom a `best` is compared: a division or peer set, `division/region` or a region of the
  /// scenario's division; `nil` for all units of the level.
  public var peers: Located<String>?
  /// What a `best` is compared by; `nil` for `place`.
  public var measure: Located<Measure>?
  /// The target of a plan that this is, as `plan/target`; `nil` for one of the scenario's own.
  public var planTarget: Located<String>?

  /// Creates a target.
  public init(
    id: String,
    kind: Kind,
    value: Located<Double>? = nil,
    indicator: Located<String>? = nil,
    whom: Located<String>? = nil,
    scope: Located<Scope>? = nil,
    year: Located<Int>? = nil,
    peers: Located<String>? = nil,
    measure: Located<Measure>? = nil,
    at place: SourcePlace
  ) throws(DocumentError) {
    self.id = id
    self.kind = kind
    self.value = value
    self.indicator = indicator
    self.whom = whom
    self.scope = scope
    self.year = year
    self.peers = peers
    self.measure = measure
    self.place = place
    try check()
  }

  /// Checks what must hold between the parts of a target.
  ///
  /// - Throws: `DocumentError` for a value that is missing, superfluous or impossible, and for keys
  ///   that the kind does not have.
  func check() throws(DocumentError) {
    func refuse(_ message: String, at place: SourcePlace?) -> DocumentError {
      DocumentError(.invalid, at: place ?? self.place, "The target \"\(id)\" \(message)")
    }
    switch (kind, value) {
    case (.best, let value?):
      throw refuse("is of the kind best, which has no value.", at: value.place)
    case (.best, nil), (.improve, nil): break
    case (_, nil): throw refuse("needs a value, as its kind is \(kind.rawValue).", at: nil)
    case (.rank, let value?), (.climb, let value?):
      guard value.value == value.value.rounded(), abs(value.value) < 1e6 else {
        throw refuse("needs a whole number of places, not \(value.value.brief).", at: value.place)
      }
      guard kind == .climb || value.value >= 1 else {
        throw refuse("needs a place of at least 1, not \(value.value.brief).", at: value.place)
      }
    case (.improve, let value?), (.country, let value?):
      let isEnough = kind == .improve ? value.value >= 0 : value.value > 0
      guard isEnough else {
        let limit = kind == .improve ? "of at least 0" : "above 0"
        throw refuse("needs a value \(limit), not \(value.value.brief).", at: value.place)
      }
    case (.sum, _), (.level, _): break
    }
    if kind != .best, let extra = peers?.place ?? measure?.place {
      let key = peers == nil ? "measure" : "peers"
      throw refuse("has \"\(key)\", which only the kind best has.", at: extra)
    }
    if let scope, kind == .best || kind == .sum {
      let reason =
        kind == .best ? "only one unit can be the best" : "a sum is over all municipalities"
      throw refuse("has a scope, but \(reason).", at: scope.place)
    }
  }
}
