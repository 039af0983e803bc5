internal import Documents
internal import Regions

/// A target with its names resolved and its contradictions refused, before any figure is read.
struct ResolvedTarget: Sendable {
  let target: Target
  let indicator: Indicator
  /// The region or municipality that the target is about.
  let unit: Unit
  /// The units that must meet it.
  let parts: [Unit]
  let year: Int
  /// The peers of a `best`, and their name; `nil` for all units of the level.
  let peers: (name: LocalizedText, members: Set<Int>)?

  /// The measure of a `best`; `sum` for a sum.
  var measure: Target.Measure {
    target.kind == .sum ? .sum : target.measure?.value ?? .place
  }

  /// Resolves the names of a target.
  ///
  /// - Throws: `DocumentError` with the place of a name that stands for nothing, or of a word that
  ///   contradicts another.
  init(_ target: Target, in resolution: ScenarioResolution) throws(DocumentError) {
    let scenario = resolution.scenario
    self.target = target
    let wanted = target.indicator?.value ?? scenario.indicators[0].value
    guard let indicator = resolution.indicators.first(where: { $0.id == wanted }) else {
      let ids = resolution.indicators.map(\.id)
      let hint = nearestMatch(to: wanted, among: ids).map { " Did you mean \($0)?" } ?? ""
      throw Self.error(
        target,
        "is read on \(wanted), which is not among the scenario's indicators.\(hint)",
        at: target.indicator?.place
      )
    }
    self.indicator = indicator
    unit =
      try target.whom.map { name throws(DocumentError) in
        try ScenarioResolution.unit(name, among: resolution.names)
      } ?? resolution.focus
    let members = resolution.members(of: unit).map { resolution.catalogue.register.unit(at: $0) }
    switch target.scope?.value ?? .together {
    case .together: parts = [unit]
    case .each: parts = members
    case .eachAndTogether: parts = [unit] + members
    }
    year = target.year?.value ?? scenario.horizon.value
    peers = try target.peers.map { name throws(DocumentError) in
      try name.resolved { text throws(UnknownNameError) in
        try resolution.catalogue.peers(text, regionsOf: resolution.division)
      }
    }
    try check(scenario, isObserved: resolution.isObserved)
  }

  private func check(_ scenario: Scenario, isObserved: Bool) throws(DocumentError) {
    let years = (scenario.baselineYear.value + 1)...scenario.horizon.value
    guard years.contains(year) else {
      throw error(
        "is of \(year), outside \(years.lowerBound)–\(years.upperBound)",
        target.year?.place
      )
    }
    guard indicator.direction != .neutral else {
      throw error(
        "is read on \(indicator.id), of which neither more nor less is better",
        target.indicator?.place
      )
    }
    if unit.level == .municipality {
      if let scope = target.scope {
        throw error("has a scope, but \(unit.name) is a municipality", scope.place)
      }
      if target.kind == .sum {
        throw error(
          "sums over the municipalities of a region; \(unit.name) is one",
          target.whom?.place
        )
      }
      if let measure = target.measure, measure.value != .place {
        throw error(
          "compares by \(measure.value.rawValue), which regions have; \(unit.name) is a municipality",
          measure.place
        )
      }
    }
    let isPlaceOfRegion = target.kind != .sum && (target.kind != .best || measure == .place)
    if !isObserved, parts.contains(where: { $0.level == .region }), isPlaceOfRegion,
      indicator.aggregation == .notAggregable
    {
      throw error(
        "is about a region, for which \(indicator.id) has no value. Use the scope each, or the kind "
          + "sum",
        target.indicator?.place ?? target.whom?.place
      )
    }
    if target.kind == .country, indicator.aggregation == .notAggregable {
      throw error("compares with the country, for which \(indicator.id) has no value", nil)
    }
  }

  private func error(_ message: String, _ place: SourcePlace?) -> DocumentError {
    Self.error(target, message + ".", at: place)
  }

  static func error(_ target: Target, _ message: String, at place: SourcePlace?) -> DocumentError {
    DocumentError(.invalid, at: place ?? target.place, "The target \"\(target.id)\" \(message)")
  }
}
