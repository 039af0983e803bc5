public import Documents
public import Regions

/// What becomes of the focus when one assumption of a scenario is smaller or larger.
public struct LeverRange: Sendable, Hashable {
  /// Which assumption is varied.
  public enum Assumption: Sendable, Hashable {
    /// The value of a lever, by its id.
    case lever(String)
    /// How the others move: nobody moves without levers.
    case othersHold
  }

  /// The focus with one value of the assumption.
  public struct End: Sendable, Hashable {
    /// The value of the lever; `nil` for the others' movement.
    public let setting: Double?
    /// The value of the focus at the horizon, in the indicator's unit; NaN where missing.
    public let value: Double
    /// Its place; NaN where missing.
    public let place: Double
  }

  /// The assumption.
  public let assumption: Assumption
  /// With the smaller value, or with the others holding.
  public let low: End
  /// With the larger value; `nil` for the others' movement.
  public let high: End?

  /// How many places lie between the ends, the scenario itself among them.
  ///
  /// - Parameter central: The place in the scenario as it is.
  /// - Returns: The places from the best to the worst; missing ones are passed over.
  public func span(of central: Double) -> Double {
    let places = [central, low.place, high?.place ?? central].filter { !$0.isNaN }
    return (places.max() ?? 0) - (places.min() ?? 0)
  }
}

extension Simulation {
  /// Runs the scenario with the value of each lever smaller and larger, and with the others holding.
  ///
  /// One assumption is changed at a time, all else is as in the scenario (one-at-a-time sensitivity,
  /// A. Saltelli et al. 2008, https://doi.org/10.1002/9780470725184, which does not see how levers
  /// work together).
  ///
  /// - Parameters:
  ///   - scenario: The scenario.
  ///   - indicator: The indicator whose place is read.
  ///   - share: By which share of its value each lever is changed, such as 0.5.
  ///   - catalogue: What the dataset knows of.
  ///   - panel: The figures.
  /// - Returns: One range per lever with a value, in their order, then that of the others' movement
  ///   unless they hold; a lever whose changed value cannot be run is left out.
  /// - Throws: `DocumentError` when the scenario itself cannot be run.
  /// - Complexity: Two runs per lever.
  public static func leverRanges(
    _ scenario: Scenario,
    indicator: Indicator,
    share: Double,
    catalogue: Catalogue,
    panel: Panel
  ) throws(DocumentError) -> [LeverRange] {
    func end(_ changed: Scenario, _ setting: Double?) throws(DocumentError) -> LeverRange.End {
      let outcome = try Simulation(changed, catalogue: catalogue, panel: panel).run()
      let last = outcome.indicators.first { $0.indicator.id == indicator.id }?.withLevers.last
      let standing = last?.standing(of: outcome.focus) ?? (.nan, .nan)
      return LeverRange.End(setting: setting, value: standing.value, place: standing.place)
    }
    var ranges: [LeverRange] = []
    for (index, lever) in scenario.levers.enumerated() {
      guard let value = lever.value else { continue }
      var ends: [LeverRange.End] = []
      for factor in [1 - share, 1 + share] {
        var changed = scenario
        changed.levers[index].value = Located(value.value * factor, at: value.place)
        if let end = try? end(changed, value.value * factor) { ends.append(end) }
      }
      guard ends.count == 2 else { continue }
      ranges.append(LeverRange(assumption: .lever(lever.id), low: ends[0], high: ends[1]))
    }
    if scenario.others.kind.value != .hold {
      let held = try end(scenario.withOthersHolding, nil)
      ranges.append(LeverRange(assumption: .othersHold, low: held, high: nil))
    }
    return ranges
  }
}
