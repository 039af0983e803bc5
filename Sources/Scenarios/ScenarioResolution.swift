internal import Documents
internal import Regions

/// The names of a scenario resolved against a catalogue, before any figure is read.
struct ScenarioResolution {
  let scenario: Scenario
  let catalogue: Catalogue
  let division: Division
  let indicators: [Indicator]
  let focus: Unit
  let names: UnitNames
  /// Whether figures are only read, not projected.
  let isObserved: Bool
  /// The targets with their names resolved, in their order.
  private(set) var targets: [ResolvedTarget] = []

  /// Resolves the names.
  ///
  /// - Parameters:
  ///   - scenario: The scenario.
  ///   - catalogue: What the names stand for.
  ///   - isObserved: Whether figures are only read, not projected; then published places and values
  ///     printed for a region will do.
  /// - Throws: `DocumentError` with the place of a name that stands for nothing and the nearest that
  ///   does.
  init(
    _ scenario: Scenario,
    catalogue: Catalogue,
    isObserved: Bool = false
  ) throws(DocumentError) {
    self.scenario = scenario
    self.catalogue = catalogue
    self.isObserved = isObserved
    let division = try scenario.division.resolved { id throws(UnknownNameError) in
      try catalogue.division(id)
    }
    self.division = division
    var indicators: [Indicator] = []
    for id in scenario.indicators {
      let indicator = try id.resolved { id throws(UnknownNameError) in
        try catalogue.indicator(id)
      }
      guard isObserved || indicator.aggregation != .publishedRank else {
        throw DocumentError(
          .impossible,
          at: id.place,
          "\(id.value) is a list of published places without the figures behind them; "
            + "it cannot be simulated."
        )
      }
      indicators.append(indicator)
    }
    self.indicators = indicators
    names = UnitNames(register: catalogue.register, division: division)
    focus = try Self.unit(scenario.focus, among: names)
    try checkMovement()
    try scenario.futures.check(indicators)
    for lever in scenario.levers { try check(lever) }
    try checkContradictions()
    for target in scenario.targets { targets.append(try ResolvedTarget(target, in: self)) }
  }

  /// The unit of a name. Of a municipality and a region of one name the region is meant, as a
  /// scenario looks at regions first.
  static func unit(
    _ name: Located<String>,
    among names: UnitNames
  ) throws(DocumentError) -> Unit {
    if let region = try? names.unit(name.value, level: .region) { return region }
    return try name.resolved { text throws(UnitNameError) in try names.unit(text) }
  }

  /// The series that must be loaded.
  var series: Set<String> {
    let own = indicators.flatMap(\.series)
    let lenders = scenario.others.borrow.values.flatMap { name -> [String] in
      if let indicator = try? catalogue.indicator(name.value) { return indicator.series }
      return [name.value]
    }
    return Set(own + lenders)
  }

  /// The municipalities that a lever names, as positions, ascending.
  func positions(of lever: Lever) throws(DocumentError) -> [Int] {
    var positions: Set<Int> = []
    for name in lever.whom {
      positions.formUnion(try self.positions(named: name))
    }
    return positions.sorted()
  }

  /// The municipalities of `everyone`, a `division/region`, a region or a municipality.
  func positions(named name: Located<String>) throws(DocumentError) -> [Int] {
    if name.value == "everyone" { return Array(catalogue.register.municipalities.indices) }
    if name.value.contains("/") {
      let region = try name.resolved { path throws(UnknownNameError) in
        try catalogue.region(path)
      }
      return region.members
    }
    return members(of: try Self.unit(name, among: names))
  }

  /// The positions of the municipalities of a unit.
  func members(of unit: Unit) -> [Int] {
    if unit.level == .region {
      return division.regions.first { $0.code == unit.code }?.members ?? []
    }
    return catalogue.register.position(ofCode: unit.code).map { [$0] } ?? []
  }

  private func checkMovement() throws(DocumentError) {
    let known = Set(indicators.flatMap(\.series))
    let keys =
      scenario.others.growth.map { ($0.key, $0.value.place) }
      + scenario.others.borrow.map { ($0.key, $0.value.place) }
      + scenario.others.weights.map { ($0.key, $0.value.place) }
    for (key, place) in keys.sorted(by: { $0.0 < $1.0 }) where !known.contains(key) {
      let hint = nearestMatch(to: key, among: known.sorted()).map { " Did you mean \($0)?" } ?? ""
      throw DocumentError(
        .invalid,
        at: place,
        "\"\(key)\" is no series of the scenario's indicators.\(hint) "
          + "They are: \(known.sorted().joined(separator: ", "))."
      )
    }
    for lender in scenario.others.borrow.values.sorted(by: { $0.value < $1.value }) {
      if (try? catalogue.indicator(lender.value)) != nil { continue }
      _ = try lender.resolved { id throws(UnknownNameError) in try catalogue.series(id) }
    }
  }

  /// Refuses two levers that fix the same figures of a municipality from the same year on: the later
  /// would undo the earlier. One that starts later is a plan in steps.
  private func checkContradictions() throws(DocumentError) {
    let fixing = scenario.levers.filter { $0.kind == .set }
    for (index, later) in fixing.enumerated() {
      for earlier in fixing.prefix(index)
      where earlier.subject.name == later.subject.name
        && earlier.from.value == later.from.value && earlier.value?.value != later.value?.value
      {
        let mine = Set(try positions(of: later))
        guard let common = try positions(of: earlier).first(where: mine.contains) else { continue }
        throw DocumentError(
          .invalid,
          at: later.place,
          "The levers \"\(earlier.id)\" and \"\(later.id)\" contradict each other: both fix "
            + "\(later.subject.name) of \(catalogue.register.unit(at: common).name)."
        )
      }
    }
  }

  private func check(_ lever: Lever) throws(DocumentError) {
    let (first, last) = (scenario.baselineYear.value + 1, scenario.horizon.value)
    guard (first...last).contains(lever.from.value) else {
      throw DocumentError(
        .invalid,
        at: lever.from.place,
        "The lever \"\(lever.id)\" starts in \(lever.from.value), outside \(first)–\(last)."
      )
    }
    switch lever.subject {
    case .series(let name):
      let known = Set(indicators.flatMap { [$0.numerator, $0.denominator].compactMap { $0 } })
      guard known.contains(name.value) else {
        _ = try name.resolved { id throws(UnknownNameError) in try catalogue.series(id) }
        throw DocumentError(
          .invalid,
          at: name.place,
          "The lever \"\(lever.id)\" changes \(name.value), which no indicator of the scenario is "
            + "computed from. They are: \(known.sorted().joined(separator: ", "))."
        )
      }
      if lever.kind != .growth, let series = try? catalogue.series(name.value),
        !series.isSummable
      {
        throw DocumentError(
          .invalid,
          at: name.place,
          "\(name.value) is a rate, which cannot be summed over municipalities. Name the indicator "
            + "instead of the series, or use the kind growth."
        )
      }
    case .indicator(let name):
      let found = try name.resolved { id throws(UnknownNameError) in
        try catalogue.indicator(id)
      }
      guard indicators.contains(found) else {
        throw DocumentError(
          .invalid,
          at: name.place,
          "The lever \"\(lever.id)\" changes \(name.value), which is not among the scenario's "
            + "indicators."
        )
      }
      if found.isRelativeToCountry, lever.kind == .set || lever.kind == .change {
        throw DocumentError(
          .invalid,
          at: name.place,
          "\(name.value) is relative to the country, which the lever moves too. "
            + "Change its numerator \(found.numerator), or use the kind reach or growth."
        )
      }
    }
  }
}
