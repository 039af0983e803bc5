public import Documents
public import Regions

/// One typed change: which series or indicator, whose, how much, from when, with which ramp.
public struct Lever: Sendable, Hashable {
  /// What a lever does to the figures it touches.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// They grow by `value` per cent a year, on top of their movement without the lever.
    case growth
    /// They change by `value` in all: persons, kroner, … for a series, spread over the
    /// municipalities in proportion to their baseline figures; points of each municipality's value
    /// for an indicator.
    case change
    /// They reach the level `value`: the sum over the municipalities for a series, each
    /// municipality's value for an indicator.
    case set
    /// They reach the level of the unit `target` in the same year. For an indicator each
    /// municipality that is not already better reaches its value; for a series their sum becomes
    /// the target's, up or down.
    case reach
  }

  /// What a lever acts on.
  public enum Subject: Sendable, Hashable {
    /// A numerator or denominator.
    case series(Located<String>)
    /// The value of a ratio; its numerator changes and its denominator stays.
    case indicator(Located<String>)

    /// The id of the series or the indicator.
    var name: String {
      switch self {
      case .series(let name), .indicator(let name): name.value
      }
    }
  }

  /// The name, unique within the scenario.
  public var id: String
  /// Where the lever was written.
  public var place: SourcePlace
  /// What it does.
  public var kind: Kind
  /// What it acts on.
  public var subject: Subject
  /// Whose figures, by code, name, `division/region` or `everyone`.
  public var whom: [Located<String>]
  /// How much; `nil` for `reach`.
  public var value: Located<Double>?
  /// The unit to reach; `nil` for other kinds.
  public var target: Located<String>?
  /// The first year with an effect.
  public var from: Located<Int>
  /// The first year with the full effect.
  public var until: Located<Int>
  /// How the effect comes in.
  public var ramp: Ramp
}

/// How the effect of a lever comes in, from 0 in the year before it starts to 1.
public enum Ramp: String, Sendable, Hashable, CaseIterable {
  /// In full from the first year.
  case step
  /// By equal steps to the full effect.
  case linear
  /// Slowly, then fast, then slowly: 3w² − 2w³ of the linear share w.
  case sCurve = "s-curve"

  /// The share of the full effect in a year.
  ///
  /// - Parameters:
  ///   - year: The year.
  ///   - from: The first year with an effect.
  ///   - until: The first year with the full effect.
  /// - Returns: A number from 0 to 1.
  public func share(in year: Int, from: Int, until: Int) -> Double {
    guard year >= from else { return 0 }
    guard year < until, self != .step else { return 1 }
    let linear = Double(year - from + 1) / Double(until - from + 1)
    return self == .linear ? linear : linear * linear * (3 - 2 * linear)
  }
}
