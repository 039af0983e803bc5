public import Documents
public import Regions

/// How many units a target takes in uncertain futures: the number that is enough with each
/// probability.
///
/// In every future the smallest number that meets the target is found, on top of that future's own
/// figures (`RequiredChange`). With *n* units the target is met in the futures that need *n* or
/// fewer; where a target may be lost again by more, as when municipalities pass each other, it is the
/// share in which *n* or fewer suffice.
public struct RequiredChangeCurve: Sendable, Hashable {
  /// One step of the curve.
  public struct Step: Sendable, Hashable {
    /// The units; negative when they are taken away.
    public let units: Int
    /// How likely that many suffice.
    public let probability: DrawnProbability
  }

  /// The target.
  public let target: Target
  /// The region or municipality that it is about.
  public let unit: Unit
  /// The series that changes.
  public let series: String
  /// The series of the unit at the baseline and on the central path, before any change; `nil` where it
  /// has no figures.
  public let figure: RequiredChange.Figure?
  /// How many futures were drawn.
  public let draws: Int
  /// In how many no number of units suffices.
  public let impossible: Int
  /// The steps, the smallest change first; 0 units is among them when some future needs none.
  public let steps: [Step]

  /// The smallest number of units that suffices with a probability.
  ///
  /// - Parameter probability: From 0 to 1.
  /// - Returns: The units, or `nil` when no number does.
  public func units(atProbability probability: Double) -> Int? {
    precondition((0...1).contains(probability), "A probability is between 0 and 1.")
    return steps.first { $0.probability.value >= probability }?.units
  }

  /// Some of the steps, spread evenly over the probabilities, the first and the last among them.
  ///
  /// - Parameter most: How many at most, at least 2.
  /// - Returns: The steps.
  public func thinned(to most: Int) -> [Step] {
    guard steps.count > most, let last = steps.last else { return steps }
    var chosen: [Step] = []
    for step in steps {
      let wanted = last.probability.value * Double(chosen.count) / Double(most - 1)
      if step.probability.value >= wanted || step == last { chosen.append(step) }
    }
    return chosen
  }
}

extension Simulation {
  /// Draws futures of the scenario and finds what each target takes in every one.
  ///
  /// - Parameters:
  ///   - means: Which series changes, and whose.
  ///   - draws: How many futures.
  ///   - seed: Equal seeds give equal futures.
  ///   - threads: How many threads to use; the result does not depend on it.
  ///   - progress: Called now and then with the share that is done, on any thread.
  /// - Returns: The futures, and one curve per target; `nil` where the series cannot be changed at
  ///   all.
  /// - Throws: `DocumentError` as `requiredChanges(_:)` and `futures(draws:seed:threads:progress:)`.
  /// - Complexity: That of the futures, and per draw and target that of a search.
  public func requiredChangeCurves(
    _ means: RequiredChange.Means = RequiredChange.Means(),
    draws: Int,
    seed: UInt64,
    threads: Int,
    progress: (@Sendable (Double) -> Void)? = nil
  ) throws(DocumentError) -> (futures: Futures, curves: [RequiredChangeCurve?]) {
    let searches = try requiredChangeSearches(means)
    let solvers = searches.map(\.drawSolver)
    let observer = RequiredChangeObserver(
      solvers: solvers,
      positions: panel.register.count,
      keys: searches.map { search in
        RequiredChangeObserver.Key(
          indicator: resolution.indicators.firstIndex(of: search.target.indicator) ?? 0,
          year: search.target.year - resolution.scenario.baselineYear.value - 1
        )
      }
    )
    let (futures, state) = try futures(
      draws: draws,
      seed: seed,
      threads: threads,
      observer: observer,
      progress: progress
    )
    let curves = searches.indices.map { index -> RequiredChangeCurve? in
      guard let solver = solvers[index] else { return nil }
      let counts = state.counts[index].sorted { $0.key < $1.key }
      var sum = 0
      return RequiredChangeCurve(
        target: futures.targets[index].target,
        unit: futures.targets[index].unit,
        series: searches[index].series,
        figure: searches[index].projectedFigure,
        draws: draws,
        impossible: draws - counts.reduce(0) { $0 + $1.value },
        steps: counts.map { units, count in
          sum += count
          return RequiredChangeCurve.Step(
            units: Int(solver.layout.sign) * units,
            probability: DrawnProbability(count: sum, draws: draws)
          )
        }
      )
    }
    return (futures, curves)
  }
}

/// Finds what each target takes in every future.
struct RequiredChangeObserver: DrawObserver {
  /// The indicator and the year that a target is read in.
  struct Key: Sendable, Hashable {
    let indicator: Int
    let year: Int
  }

  /// What a thread has found, and its scratch.
  struct State: Sendable {
    /// Per target, how often each number of units was the smallest.
    var counts: [[Int: Int]]
    fileprivate var solvers: [RequiredChangeSolver?]
    fileprivate var numerator: [Double]
    fileprivate var denominator: [Double]
  }

  let solvers: [RequiredChangeSolver?]
  /// The number of positions of the register.
  let positions: Int
  let keys: [Key]

  func looks(at indicator: Int, year: Int) -> Bool {
    zip(keys, solvers).contains { key, solver in
      solver != nil && key == Key(indicator: indicator, year: year)
    }
  }

  func start() -> State {
    let room = [Double](repeating: 0, count: positions)
    return State(
      counts: solvers.map { _ in [:] },
      solvers: solvers,
      numerator: room,
      denominator: room
    )
  }

  func look(at figures: DrawnFigures, _ columns: TargetColumns, _ state: inout State) {
    let key = Key(indicator: figures.indicator, year: figures.year)
    figures.numerators.copy(into: &state.numerator)
    figures.denominators?.copy(into: &state.denominator)
    for index in keys.indices where keys[index] == key {
      let found = state.solvers[index]?.smallest(
        numerator: state.numerator,
        denominator: figures.denominators == nil ? nil : state.denominator,
        columns: columns
      )
      if let found { state.counts[index][found, default: 0] += 1 }
    }
  }

  func merge(_ other: State, into state: inout State) {
    for index in state.counts.indices {
      state.counts[index].merge(other.counts[index], uniquingKeysWith: +)
    }
  }
}
