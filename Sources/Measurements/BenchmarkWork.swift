/// What is measured.
public enum BenchmarkWork: String, Sendable, Hashable, CaseIterable {
  /// The places of all units in many columns.
  case rank
  /// Who is among the first ten in many columns.
  case top
  /// The sums over regions in many columns.
  case aggregate
  /// Drawing, aggregating and ranking random futures: the whole engine.
  case simulate
  /// Places under many draws of a composite's weights.
  case weights
  /// Confidence sets for places.
  case confidence
  /// Whole commands, from start to end.
  case commands
}
