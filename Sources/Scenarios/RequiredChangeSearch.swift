public import Documents
internal import Regions
internal import Statistics

extension Simulation {
  /// What each target of the scenario takes.
  ///
  /// The change comes on top of the figures of the target's year, with the movement and all levers of
  /// the scenario; everybody else is as projected. For what it takes when the others stand still, run
  /// `Scenario.withOthersHolding`.
  ///
  /// No step size is involved: the number is the smallest whole one (`RequiredChangeSolver`), and it
  /// is checked by ranking everybody with it and with one less.
  ///
  /// - Parameter means: Which series changes, and whose.
  /// - Returns: One answer per target, in their order.
  /// - Throws: `DocumentError` when the scenario cannot be run, a unit of a target has no value, or
  ///   the series or municipality is of none of the targets.
  /// - Complexity: Per target a few rankings, O(*u* log *u*) each with *u* units.
  public func requiredChanges(
    _ means: RequiredChange.Means = RequiredChange.Means()
  ) throws(DocumentError) -> [RequiredChange] {
    var changes: [RequiredChange] = []
    for search in try requiredChangeSearches(means) { changes.append(try search.change()) }
    return changes
  }

  /// The search of each target.
  func requiredChangeSearches(
    _ means: RequiredChange.Means
  ) throws(DocumentError) -> [RequiredChangeSearch] {
    let member = try means.member.map { name throws(DocumentError) in try municipality(name) }
    try check(means, member)
    var years: [TargetYear.Key: TargetYear] = [:]
    var searches: [RequiredChangeSearch] = []
    for target in resolution.targets {
      let key = TargetYear.Key(indicator: target.indicator.id, year: target.year)
      let year = try self.year(key, target.indicator, &years)
      searches.append(
        try RequiredChangeSearch(target, means: means, member: member, year, self)
      )
    }
    return searches
  }

  /// The figures of a target's year, computed once.
  func year(
    _ key: TargetYear.Key,
    _ indicator: Indicator,
    _ years: inout [TargetYear.Key: TargetYear]
  ) throws(DocumentError) -> TargetYear {
    if let known = years[key] { return known }
    let year = try TargetYear(key, of: indicator, in: self)
    years[key] = year
    return year
  }

  private func municipality(_ name: Located<String>) throws(DocumentError) -> Int {
    let unit = try name.resolved { text throws(UnitNameError) in
      try resolution.names.unit(text, level: .municipality)
    }
    guard let position = catalogue.register.position(ofCode: unit.code) else {
      preconditionFailure("A municipality has a position.")
    }
    return position
  }

  private var catalogue: Catalogue { resolution.catalogue }

  func check(_ means: RequiredChange.Means, _ member: Int?) throws(DocumentError) {
    let targets = resolution.targets
    guard !targets.isEmpty else { return }
    if let series = means.series {
      let known = targets.flatMap { target in
        [target.indicator.numerator, target.indicator.denominator].compactMap { $0 }
      }
      guard known.contains(series.value) else {
        let hint = nearestMatch(to: series.value, among: known).map { " Did you mean \($0)?" } ?? ""
        throw DocumentError(
          .invalid,
          at: series.place,
          "No target's indicator is computed from \(series.value).\(hint) They are computed from "
            + "\(Set(known).sorted().joined(separator: ", "))."
        )
      }
    }
    if let name = means.member, let member {
      guard targets.contains(where: { resolution.members(of: $0.unit).contains(member) }) else {
        throw DocumentError(
          .invalid,
          at: name.place,
          "\(name.value) belongs to none of the units that the targets are about."
        )
      }
    }
  }
}

/// The figures and places of one indicator at the baseline and in one year of a scenario.
struct TargetYear {
  /// Which indicator and year.
  struct Key: Hashable {
    let indicator: String
    let year: Int
  }

  let baseline: (figures: IndicatorFigures, standings: Standings)
  let projected: (figures: IndicatorFigures, standings: Standings)

  /// Projects the year with all levers.
  init(_ key: Key, of indicator: Indicator, in simulation: Simulation) throws(DocumentError) {
    let scenario = simulation.resolution.scenario
    let (projection, indices, _) = try simulation.projection(of: indicator)
    let figures = try projection.figures(
      in: key.year,
      active: scenario.levers.isEmpty ? 0 : UInt.max,
      indices: indices
    )
    baseline = (
      projection.baseline,
      try simulation.rank(projection.baseline, year: scenario.baselineYear.value)
    )
    projected = (figures, try simulation.rank(figures, year: key.year))
  }
}

/// The search for what one target takes.
struct RequiredChangeSearch {
  let target: ResolvedTarget
  private let member: Int?
  let year: TargetYear
  let simulation: Simulation
  let reader: TargetReader
  let series: String
  private let isOfDenominator: Bool

  init(
    _ target: ResolvedTarget,
    means: RequiredChange.Means,
    member: Int?,
    _ year: TargetYear,
    _ simulation: Simulation
  ) throws(DocumentError) {
    self.target = target
    self.member = member
    self.year = year
    self.simulation = simulation
    series = means.series?.value ?? target.indicator.numerator
    isOfDenominator = series != target.indicator.numerator
    reader = try Self.reader(target, year, year.projected.standings, simulation)
  }

  private static func reader(
    _ target: ResolvedTarget,
    _ year: TargetYear,
    _ standings: Standings,
    _ simulation: Simulation
  ) throws(DocumentError) -> TargetReader {
    try TargetReader(
      target,
      baseline: year.baseline.standings,
      year: standings,
      division: simulation.resolution.division,
      register: simulation.panel.register
    )
  }

  /// The answer.
  func change() throws(DocumentError) -> RequiredChange {
    let projected = reader.reading()
    let register = simulation.panel.register
    return RequiredChange(
      target: target.target,
      indicator: target.indicator,
      year: target.year,
      unit: target.unit,
      series: series,
      member: member.map { register.unit(at: $0) },
      projected: projected,
      result: projected.isMet ? .alreadyMet : try result(projected)
    )
  }

  /// The unit's series without any change.
  var projectedFigure: RequiredChange.Figure? {
    let figure = figure(
      positions.filter(year.projected.figures.isPresent),
      year.projected.figures
    )
    return figure.baseline.isNaN ? nil : figure
  }

  /// The solver for draws; `nil` when the series cannot be changed at all.
  var drawSolver: RequiredChangeSolver? {
    guard obstacle == nil, let layout else { return nil }
    return solver(layout, isStrict: true)
  }

  /// The positions that are summed to the unit's figures.
  var positions: [Int] {
    let resolution = simulation.resolution
    guard target.unit.level == .region else { return resolution.members(of: target.unit) }
    let index = resolution.division.regions.firstIndex { $0.code == target.unit.code }
    return index.map { simulation.aggregation.parts[$0] } ?? []
  }

  private func result(
    _ projected: TargetReading
  ) throws(DocumentError) -> RequiredChange.Result {
    if let obstacle { return .impossible(obstacle) }
    let (figures, standings) = year.projected
    guard let layout else { return .impossible(.otherMember) }
    var solver = solver(layout, isStrict: true)
    let columns = TargetColumns(standings)
    let (numerator, denominator) = (figures.numerator.values, figures.denominator?.values)
    guard
      let found = solver.smallest(
        numerator: numerator,
        denominator: denominator,
        columns: columns
      )
    else {
      var free = self.solver(layout, isStrict: false)
      let least = free.smallest(numerator: numerator, denominator: denominator, columns: columns)
      return .impossible(try obstacle(solver, free, needs: least, layout, projected))
    }
    let units = try checked(found, layout)
    return .change(try change(units, layout))
  }

  /// Where the units go; `nil` when nobody has figures.
  var layout: ChangeLayout? {
    ChangeLayout(
      of: target.indicator,
      isOfDenominator: isOfDenominator,
      positions: positions,
      to: member,
      baseline: year.baseline.figures,
      standings: year.baseline.standings,
      isRegion: target.unit.level == .region,
      numerator: simulation.panel.series[target.indicator.numerator]
    )
  }

  /// A solver for the target, or for another claim on the same unit.
  func solver(
    _ layout: ChangeLayout,
    isStrict: Bool,
    _ evaluator: TargetEvaluator? = nil
  ) -> RequiredChangeSolver {
    RequiredChangeSolver(
      evaluator ?? reader.evaluator,
      layout: layout,
      isStrict: isStrict,
      hasDenominator: target.indicator.denominator != nil
    )
  }

  // MARK: - The ordinary way

  /// The figures with units added to each member.
  private func figures(_ shares: [Int], _ layout: ChangeLayout) -> IndicatorFigures {
    var figures = year.projected.figures
    for (position, share) in zip(layout.positions, shares) {
      let change = layout.sign * Double(share)
      if layout.isOfDenominator {
        figures.denominator?.values[position] += change
      } else {
        figures.numerator.values[position] += change
      }
    }
    return figures
  }

  /// The target read with units added, everybody ranked anew.
  func reading(
    _ shares: [Int],
    _ layout: ChangeLayout
  ) throws(DocumentError) -> TargetReading {
    let standings = try simulation.rank(figures(shares, layout), year: target.year)
    return try Self.reader(target, year, standings, simulation).reading()
  }

  private func reading(
    _ units: Int,
    _ layout: ChangeLayout
  ) throws(DocumentError) -> TargetReading {
    try reading(layout.spread.shares(of: units), layout)
  }

  /// The smallest number by the ordinary way, next to the one found: they may differ where a value is
  /// as near to another as rounding noise.
  private func checked(_ found: Int, _ layout: ChangeLayout) throws(DocumentError) -> Int {
    var units = found
    for _ in 0..<8 {
      if try reading(units, layout).isMet { break }
      units += 1
    }
    for _ in 0..<8 where units > 1 {
      guard try reading(units - 1, layout).isMet else { break }
      units -= 1
    }
    return units
  }

  // MARK: - What it is

  private func change(
    _ units: Int,
    _ layout: ChangeLayout
  ) throws(DocumentError) -> RequiredChange.Change {
    let shares = layout.spread.shares(of: units)
    let required = figures(shares, layout)
    let register = simulation.panel.register
    let sign = Int(layout.sign)
    let standings = try simulation.rank(required, year: target.year)
    let members = zip(layout.positions, shares).map { position, share in
      let unit = register.unit(at: position)
      let (value, place) = spans(unit, standings)
      return RequiredChange.Member(
        unit: unit,
        units: sign * share,
        figure: figure([position], required),
        value: value,
        place: place
      )
    }
    let (value, place) = spans(target.unit, standings)
    return RequiredChange.Change(
      units: sign * units,
      members: members,
      reading: try Self.reader(target, year, standings, simulation).reading(),
      figure: figure(positions.filter(required.isPresent), required),
      value: value,
      place: place,
      points: value.year - year.projected.standings.standing(of: target.unit).value
    )
  }

  /// The value and place of a unit at the baseline and with the change.
  private func spans(
    _ unit: Unit,
    _ standings: Standings
  ) -> (value: TargetReading.Span, place: TargetReading.Span) {
    let before = year.baseline.standings.standing(of: unit)
    let after = standings.standing(of: unit)
    return (
      TargetReading.Span(baseline: before.value, year: after.value),
      TargetReading.Span(baseline: before.place, year: after.place)
    )
  }

  private func figure(_ positions: [Int], _ required: IndicatorFigures) -> RequiredChange.Figure {
    func sum(_ figures: IndicatorFigures) -> Double {
      let column = isOfDenominator ? figures.denominator ?? figures.numerator : figures.numerator
      return positions.reduce(0) { $0 + column.values[$1] }
    }
    return RequiredChange.Figure(
      baseline: sum(year.baseline.figures),
      projected: sum(year.projected.figures),
      required: sum(required),
      years: target.year - year.baseline.figures.year
    )
  }

  // MARK: - Why not

  /// What forbids any change of the series, before any figure is looked at.
  var obstacle: RequiredChange.Obstacle? {
    let indicator = target.indicator
    guard series == indicator.numerator || series == indicator.denominator else {
      return .otherSeries
    }
    guard simulation.panel.series[series]?.isSummable == true,
      indicator.aggregation != .weightedMean
    else { return .rate }
    if let member, !simulation.resolution.members(of: target.unit).contains(member) {
      return .otherMember
    }
    let figures = year.projected.figures
    if isOfDenominator, positions.contains(where: { figures.numerator.values[$0] < 0 }) {
      return .negativeNumerator
    }
    return nil
  }

  private func obstacle(
    _ solver: RequiredChangeSolver,
    _ free: RequiredChangeSolver,
    needs least: Int?,
    _ layout: ChangeLayout,
    _ projected: TargetReading
  ) throws(DocumentError) -> RequiredChange.Obstacle {
    if least != nil, let tightest = solver.tightest() {
      let unit = simulation.panel.register.unit(at: layout.positions[tightest.member])
      return .limit(tightest.limit, unit: unit, units: Int(layout.sign) * tightest.units)
    }
    if solver.isExhausted || free.isExhausted { return .searchEnded }
    switch target.target.kind {
    case .best:
      let last = try reading(max(1, free.most), layout)
      guard let part = last.parts.first,
        let rival = last.contests.first?.winners.first(where: { $0 != target.unit })
      else { return .noEffect }
      return .rival(rival, movement: part.threshold, own: part.reached)
    case .sum:
      let reached = try reading(max(1, free.most), layout).parts.first?.reached ?? .nan
      return .headroom(reached)
    case .rank, .climb:
      let value = target.target.value?.value ?? 0
      for part in projected.parts where target.target.kind == .climb {
        if part.place.baseline - value < 1 { return .place(part.unit) }
      }
      return target.parts.count > 1 ? .members : .noEffect
    case .country: return .country
    case .level, .improve: return target.indicator.isRelativeToCountry ? .country : .noEffect
    }
  }
}
