public import Datasets
internal import Documents
internal import Regions
public import Scenarios

/// A scenario as it was run, with the program and the dataset, as JSON.
public struct ScenarioDocument: Sendable {
  private let scenario: Scenario
  private let dataset: DatasetDescription
  private let program: String

  /// Prepares a document.
  ///
  /// - Parameters:
  ///   - scenario: The scenario as it was run, replaced numbers included.
  ///   - dataset: The description of the dataset.
  ///   - program: Name and version of the program.
  public init(_ scenario: Scenario, dataset: DatasetDescription, program: String) {
    self.scenario = scenario
    self.dataset = dataset
    self.program = program
  }

  /// The document; numbers are in the units of the scenario file.
  public var json: JSONValue {
    .object([
      "program": .string(program),
      "dataset": .object([
        "name": .string(dataset.name), "version": .string(dataset.version),
      ]),
      "scenario": .object(scenarioMembers),
    ])
  }

  private var scenarioMembers: [String: JSONValue] {
    var members: [String: JSONValue] = [
      "id": .string(scenario.id),
      "title": text(scenario.title),
      "note": text(scenario.note),
      "division": .string(scenario.division.value),
      "focus": .string(scenario.focus.value),
      "indicators": .array(scenario.indicators.map { .string($0.value) }),
      "baseline": .object([
        "year": .integer(scenario.baselineYear.value), "fill": .string(scenario.fill.rawValue),
      ]),
      "horizon": .integer(scenario.horizon.value),
      "others": others,
      "levers": .array(scenario.levers.map(lever)),
      "tie_rule": .string("competition"),
    ]
    if scenario.futures != FutureSettings() { members["futures"] = futures }
    if !scenario.targets.isEmpty { members["targets"] = .array(scenario.targets.map(target)) }
    if let sweep = scenario.sweep {
      members["sweep"] = .object([
        "lever": .string(sweep.lever.value), "values": .array(sweep.values.map(JSONValue.number)),
      ])
    }
    return members
  }

  private var others: JSONValue {
    let others = scenario.others
    return .object([
      "move": .string(others.kind.value.rawValue),
      "focus": .string(others.focusHolds ? "hold" : "same"),
      "window": .integer(others.window),
      "weight": .number(others.weight),
      "weights": .object(others.weights.mapValues { .number($0.value) }),
      "growth": .object(others.growth.mapValues { .number(percent($0.value)) }),
      "borrow": .object(others.borrow.mapValues { .string($0.value) }),
    ])
  }

  private var futures: JSONValue {
    var members: [String: JSONValue] = [
      "parameters": .object(
        scenario.futures.parameters.mapValues { given in
          .object(given.mapValues { .number($0.value) })
        }
      )
    ]
    members["tails"] = scenario.futures.tails.map { tails in
      tails.value.isFinite ? .number(tails.value) : .string("normal")
    }
    return .object(members)
  }

  private func lever(_ lever: Lever) -> JSONValue {
    var members: [String: JSONValue] = [
      "id": .string(lever.id),
      "kind": .string(lever.kind.rawValue),
      "whom": .array(lever.whom.map { .string($0.value) }),
      "from": .integer(lever.from.value),
      "until": .integer(lever.until.value),
      "ramp": .string(lever.ramp.rawValue),
    ]
    switch lever.subject {
    case .series(let name): members["series"] = .string(name.value)
    case .indicator(let name): members["indicator"] = .string(name.value)
    }
    if let value = lever.value { members["value"] = .number(value.value) }
    if let target = lever.target { members["target"] = .string(target.value) }
    return .object(members)
  }

  private func target(_ target: Target) -> JSONValue {
    var members: [String: JSONValue] = [
      "id": .string(target.id), "kind": .string(target.kind.rawValue),
    ]
    members["value"] = target.value.map { .number($0.value) }
    members["indicator"] = target.indicator.map { .string($0.value) }
    members["whom"] = target.whom.map { .string($0.value) }
    members["scope"] = target.scope.map { .string($0.value.rawValue) }
    members["year"] = target.year.map { .integer($0.value) }
    members["peers"] = target.peers.map { .string($0.value) }
    members["measure"] = target.measure.map { .string($0.value.rawValue) }
    return .object(members)
  }

  private func text(_ text: LocalizedText) -> JSONValue {
    .object(["nb": .string(text.nb), "en": .string(text.en)])
  }

  /// A fraction as per cent, without the rounding error of the division that made it.
  private func percent(_ fraction: Double) -> Double {
    (fraction * 100 * 1e9).rounded() / 1e9
  }
}
