/// How units with equal values share their places.
///
/// With 10, 8, 8, 5 and larger values first, the places are:
///
/// | rule | places | pattern |
/// |---|---|---|
/// | `competition` | 1, 2, 2, 4 | 1224 |
/// | `modified` | 1, 3, 3, 4 | 1334 |
/// | `dense` | 1, 2, 2, 3 | 1223 |
/// | `fractional` | 1, 2.5, 2.5, 4 | 1 2.5 2.5 4 |
/// | `ordinal` | 1, 2, 3, 4 | 1234 |
///
/// `ordinal` lets the unit that comes first in the input go first; inputs here are in the order of
/// their codes.
public enum TieRule: String, Sendable, Hashable, CaseIterable {
  /// Equal values share the best place of their group; the next places are left empty ("1224").
  case competition
  /// Equal values share the worst place of their group ("1334").
  case modified
  /// Equal values share a place and no place is left empty ("1223").
  case dense
  /// Equal values share the mean of their places; the sum of all places is then n(n + 1)/2.
  case fractional
  /// Every unit has a place of its own; among equals the first in the input goes first ("1234").
  case ordinal
}

/// Which end of the values has place 1.
public enum RankOrder: String, Sendable, Hashable, CaseIterable {
  /// The largest value has place 1.
  case largestFirst = "largest-first"
  /// The smallest value has place 1.
  case smallestFirst = "smallest-first"
}
