public import Documents
public import Regions

/// What a scenario gives at the horizon for each value of the lever that is varied.
public struct SweepOutcome: Sendable {
  /// One value of the lever.
  public struct Step: Sendable {
    /// The value.
    public let value: Double
    /// The outcome with it, or why there is none: a lever may break a limit.
    public let outcome: Result<Outcome, DocumentError>
  }

  /// The id of the lever.
  public let lever: String
  /// The steps, in the order of the values.
  public let steps: [Step]
}

extension Simulation {
  /// Runs a scenario once for each value of its sweep.
  ///
  /// - Parameters:
  ///   - scenario: A scenario.
  ///   - catalogue: What the dataset knows of.
  ///   - panel: The figures.
  /// - Returns: The outcomes, or `nil` when the scenario has no sweep.
  /// - Throws: `DocumentError` for a name that stands for nothing.
  /// - Complexity: The number of values times that of `run()`.
  public static func sweep(
    _ scenario: Scenario,
    catalogue: Catalogue,
    panel: Panel
  ) throws(DocumentError) -> SweepOutcome? {
    guard let sweep = scenario.sweep,
      let index = scenario.levers.firstIndex(where: { $0.id == sweep.lever.value })
    else { return nil }
    var steps: [SweepOutcome.Step] = []
    for value in sweep.values {
      var varied = scenario
      varied.levers[index].value = Located(value, at: sweep.lever.place)
      let simulation = try Simulation(varied, catalogue: catalogue, panel: panel)
      steps.append(SweepOutcome.Step(value: value, outcome: simulation.result()))
    }
    return SweepOutcome(lever: sweep.lever.value, steps: steps)
  }

  private func result() -> Result<Outcome, DocumentError> {
    do throws(DocumentError) {
      return .success(try run())
    } catch {
      return .failure(error)
    }
  }
}
