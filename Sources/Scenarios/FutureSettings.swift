public import Documents
public import Forecasts
internal import Regions

/// How uncertain the movement of all units is: what replaces the estimates of the growth model.
public struct FutureSettings: Sendable, Hashable {
  /// The degrees of freedom of Student's *t* for each unit's own path, infinite for the normal
  /// distribution; `nil` leaves it to the model.
  public var tails: Located<Double>?
  /// Parameters of the growth model that are given instead of estimated: by indicator, for its
  /// value, or by series, for its denominator; then by the name of the parameter.
  public var parameters: [String: [String: Located<Double>]]

  /// Creates settings that replace nothing.
  public init() {
    tails = nil
    parameters = [:]
  }

  init(_ node: DocumentNode) throws(DocumentError) {
    try node.checkKeys(["tails", "parameters"])
    self.init()
    if let given = node.optional("tails") {
      if try given.text().value == "normal" {
        tails = Located(.infinity, at: given.place)
      } else {
        tails = try given.number()
        guard let tails, tails.value > 2, tails.value <= 1000 else {
          throw given.error("must be normal, or degrees of freedom above 2 and at most 1,000")
        }
      }
    }
    for (process, values) in try node.optional("parameters")?.entries() ?? [] {
      for (name, value) in try values.entries() {
        parameters[process, default: [:]][name] = try value.number()
      }
    }
  }

  /// Refuses parameters of what the scenario does not hold.
  func check(_ indicators: [Indicator]) throws(DocumentError) {
    let known =
      indicators.map(\.id) + indicators.compactMap { $0.denominator ?? $0.weight }
    for (process, values) in parameters.sorted(by: { $0.key < $1.key }) {
      guard !known.contains(process), let first = values.values.first else { continue }
      let hint = nearestMatch(to: process, among: known).map { " Did you mean \($0)?" } ?? ""
      throw DocumentError(
        .invalid,
        at: first.place,
        "\"\(process)\" is neither an indicator of the scenario nor the denominator of one.\(hint) "
          + "They are: \(known.joined(separator: ", "))."
      )
    }
  }

  /// The parameters of the value and the denominator of an indicator, the tails included.
  func parameters(of indicator: Indicator) -> [String: [String: Double]] {
    var result: [String: [String: Double]] = [:]
    let processes = [indicator.id, indicator.denominator ?? indicator.weight].compactMap { $0 }
    for process in processes {
      var given = (parameters[process] ?? [:]).mapValues(\.value)
      let name = GrowthParameters.Name.tails.rawValue
      if let tails, given[name] == nil { given[name] = tails.value }
      if !given.isEmpty { result[process] = given }
    }
    return result
  }
}

extension Simulation {
  /// How the indicators grow, by their ids: the models that futures are drawn from.
  ///
  /// - Throws: `DocumentError` when there is no history, and none to borrow, or a parameter of the
  ///   scenario is unknown or out of range.
  public func growthModels() throws(DocumentError) -> [String: IndicatorGrowth] {
    guard models.isEmpty else { return models }
    let scenario = resolution.scenario
    let groups = GrowthGroups(resolution.division, register: panel.register)
    var models: [String: IndicatorGrowth] = [:]
    for indicator in resolution.indicators {
      do {
        models[indicator.id] = try IndicatorGrowth(
          indicator,
          from: scenario.baselineYear.value,
          panel: panel,
          catalogue: resolution.catalogue,
          groups: groups,
          borrow: scenario.others.borrow.mapValues(\.value),
          parameters: scenario.futures.parameters(of: indicator)
        )
      } catch {
        throw located(error)
      }
    }
    return models
  }

  private func located(_ error: ForecastError) -> DocumentError {
    let scenario = resolution.scenario
    switch error.subject {
    case .history:
      return DocumentError(.impossible, at: scenario.baselineYear.place, error.description)
    case .lender(let series):
      let place = scenario.others.borrow[series]?.place ?? scenario.others.kind.place
      return DocumentError(.impossible, at: place, error.description)
    case .parameter(let process, let name):
      let place = scenario.futures.parameters[process]?[name]?.place
      return DocumentError(.invalid, at: place ?? scenario.futures.tails?.place, error.description)
    }
  }
}
