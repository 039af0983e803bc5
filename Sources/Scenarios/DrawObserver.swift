/// Sees the figures of every draw as they are made, to answer what the counts of `Futures` do not.
///
/// Each thread has a state of its own; the states are merged in any order, so merging must not
/// depend on it: counts and whole sums do not.
protocol DrawObserver: Sendable {
  associatedtype State: Sendable

  /// Whether an indicator is looked at in a year.
  ///
  /// - Parameters:
  ///   - indicator: Its index within the scenario.
  ///   - year: Counted from 0 for the first year after the baseline.
  /// - Returns: Whether `look(at:_:_:)` is to be called.
  func looks(at indicator: Int, year: Int) -> Bool

  /// A state that has seen nothing.
  func start() -> State

  /// Looks at one year of a draw, with the levers.
  ///
  /// - Parameters:
  ///   - figures: The figures; valid during the call only.
  ///   - columns: The values and places, in the order of the entries at the baseline.
  ///   - state: What is remembered.
  func look(at figures: DrawnFigures, _ columns: TargetColumns, _ state: inout State)

  /// Adds what another thread has seen.
  func merge(_ other: State, into state: inout State)
}

/// The figures of an indicator in one year of a draw.
struct DrawnFigures {
  /// The number of the draw, from 0.
  let draw: Int
  /// The index of the indicator within the scenario.
  let indicator: Int
  /// The year, counted from 0 for the first after the baseline.
  let year: Int
  /// One numerator per position of the register; NaN where missing.
  let numerators: StridedColumn
  /// One denominator or weight per position; `nil` without.
  let denominators: StridedColumn?
}

/// Looks at nothing.
struct NoObserver: DrawObserver {
  func looks(at indicator: Int, year: Int) -> Bool { false }
  func start() {}
  func look(at figures: DrawnFigures, _ columns: TargetColumns, _ state: inout Void) {}
  func merge(_ other: Void, into state: inout Void) {}
}
