/// Where the municipality that had a number in one year is among today's.
public enum Successor: Sendable, Hashable {
  /// It is wholly one of today's, alone, under this number; perhaps the same.
  case one(String)
  /// It is wholly part of this one, into which others went as well.
  case merged(into: String)
  /// It lies in several, or in one only by the convention of its weights; the parts ascend by number.
  case split([SplitPart])
  /// No year has this number; the most similar number of the year is given if one is near.
  case unknown(nearest: String?)
  /// The number begins on 1 January of a later year.
  case notYet(from: Int)
  /// The number was in use for the last time on 1 January of an earlier year.
  case noLonger(last: Int)
  /// The year is before the first that the history knows.
  case beforeHistory(first: Int)

  /// The parts it is in today: one, several, or none where it cannot be followed.
  public var parts: [SplitPart] {
    switch self {
    case .one(let code), .merged(into: let code): [SplitPart(code: code, weight: 1, isExact: true)]
    case .split(let parts): parts
    case .unknown, .notYet, .noLonger, .beforeHistory: []
    }
  }
}

/// The part of an old municipality that lies in one of today's.
public struct SplitPart: Sendable, Hashable {
  /// The number of today's municipality.
  public let code: String
  /// The share of the old one's counts that goes here; `nil` where it is not known.
  public let weight: Double?
  /// Whether the share is exact, and not an estimate or a convention.
  public let isExact: Bool

  /// Creates a part.
  public init(code: String, weight: Double?, isExact: Bool) {
    self.code = code
    self.weight = weight
    self.isExact = isExact
  }
}

/// Which years' numbering a set of numbers belongs to.
public struct DivisionGuess: Sendable, Hashable {
  /// The periods whose numbering holds all known numbers, the earliest first. The last period of a
  /// history has no end: its upper bound is `Int.max`.
  public let periods: [ClosedRange<Int>]
  /// The numbers that no year has, ascending.
  public let unknown: [String]

  /// Whether numbers of different years stand side by side, as in KOSTRA's tables: then each number
  /// has figures in its own years only.
  public var isMixture: Bool { periods.isEmpty }
}
