public import Documents
public import Forecasts
internal import LinearAlgebra
public import Regions
internal import Statistics

/// Runs a scenario without uncertainty.
///
/// Both levels follow from the same municipal figures: each year's figures are projected, summed to
/// regions and ranked, with competition places on unrounded values.
public struct Simulation: Sendable {
  let resolution: ScenarioResolution
  let panel: Panel
  /// By indicator, what is believed of its paths; for drawing, and for movement as a model expects.
  public private(set) var forecasts: [String: IndicatorForecast]
  /// The models that `forecasts` come from, as far as they were estimated here.
  private(set) var models: [String: IndicatorGrowth] = [:]
  let aggregation: Aggregation
  /// The rates of the income equalisation to use instead of those on file.
  public var chosenEqualisation: ChosenEqualisation?

  /// The series whose figures a scenario needs.
  ///
  /// - Parameters:
  ///   - scenario: The scenario.
  ///   - catalogue: What the dataset knows of.
  ///   - futures: Whether futures will be drawn, which needs histories and those of lenders.
  /// - Returns: Their ids.
  /// - Throws: `DocumentError` for a name that stands for nothing.
  public static func series(
    of scenario: Scenario,
    catalogue: Catalogue,
    futures: Bool = false
  ) throws(DocumentError) -> Set<String> {
    let resolution = try ScenarioResolution(scenario, catalogue: catalogue)
    guard futures || scenario.others.kind.value == .model else { return resolution.series }
    let borrow = scenario.others.borrow.mapValues(\.value)
    return resolution.indicators.reduce(into: resolution.series) {
      $0.formUnion(IndicatorGrowth.series(of: $1, catalogue: catalogue, borrow: borrow))
    }
  }

  /// Prepares a scenario.
  ///
  /// - Parameters:
  ///   - scenario: The scenario.
  ///   - catalogue: What the dataset knows of.
  ///   - panel: The figures, with at least the series named by `series(of:catalogue:)`.
  ///   - forecasts: By the id of the indicator, what is believed of its paths after the baseline.
  ///     They are needed for movement of the kind `model`, for which they are estimated when none
  ///     are given, and for drawing futures, for which `estimated()` gives them.
  /// - Throws: `DocumentError` for a name that stands for nothing, and when the movement is to be that
  ///   of a model which cannot be estimated.
  public init(
    _ scenario: Scenario,
    catalogue: Catalogue,
    panel: Panel,
    forecasts: [String: IndicatorForecast] = [:]
  ) throws(DocumentError) {
    resolution = try ScenarioResolution(scenario, catalogue: catalogue)
    self.panel = panel
    self.forecasts = forecasts
    aggregation = Aggregation(division: resolution.division, register: catalogue.register)
    if forecasts.isEmpty, scenario.others.kind.value == .model {
      let estimated = try estimated()
      self.forecasts = estimated.forecasts
      models = estimated.models
    }
  }

  /// The same simulation with forecasts of the growth models, as far as none were given.
  ///
  /// - Throws: `DocumentError` as `growthModels()`.
  public func estimated() throws(DocumentError) -> Simulation {
    guard forecasts.isEmpty else { return self }
    let scenario = resolution.scenario
    let years = scenario.horizon.value - scenario.baselineYear.value
    var result = self
    result.models = try growthModels()
    result.forecasts = result.models.mapValues { $0.forecast(years: years) }
    return result
  }

  /// Runs the scenario.
  ///
  /// - Returns: Levels, places, movement, attribution and overtakes.
  /// - Throws: `DocumentError` when there are no figures for the baseline, the movement cannot be
  ///   known, or a lever breaks a limit.
  /// - Complexity: O(*i* (*y* + 2ˡ) *u* log *u*), with *i* indicators, *y* years, *l* levers (at most
  ///   10 count) and *u* units.
  public func run() throws(DocumentError) -> Outcome {
    var results: [IndicatorOutcome] = []
    for indicator in resolution.indicators {
      results.append(try run(indicator))
    }
    let members = resolution.members(of: resolution.focus).map {
      resolution.catalogue.register.unit(at: $0)
    }
    return Outcome(
      scenario: resolution.scenario,
      division: resolution.division,
      focus: resolution.focus,
      members: members,
      indicators: results,
      targets: try readings(results),
      equalisations: try equalisations()
    )
  }

  private func readings(
    _ results: [IndicatorOutcome]
  ) throws(DocumentError) -> [TargetReading] {
    var readings: [TargetReading] = []
    for target in resolution.targets {
      guard let result = results.first(where: { $0.indicator.id == target.indicator.id }),
        let year = result.withLevers.first(where: { $0.year == target.year })
      else { continue }
      let reader = try TargetReader(
        target,
        baseline: result.baseline,
        year: year,
        division: resolution.division,
        register: panel.register
      )
      var reading = reader.reading()
      reading.score = score(of: target, result.baseline, year)
      readings.append(reading)
    }
    return readings
  }

  /// The score Z of a region's sum of places, for targets of movement.
  private func score(
    of target: ResolvedTarget,
    _ baseline: Standings,
    _ year: Standings
  ) -> Double? {
    let isOfMovement = target.target.kind == .best || target.target.kind == .sum
    guard isOfMovement, target.unit.level == .region else { return nil }
    let comparison = MovementComparison(
      of: resolution.division.regions,
      before: [.municipality: baseline.municipality],
      after: [.municipality: year.municipality],
      register: panel.register,
      shuffles: 1
    )
    return comparison.rows.first { $0.region == target.unit }?.score?.z
  }

  private func run(_ indicator: Indicator) throws(DocumentError) -> IndicatorOutcome {
    let scenario = resolution.scenario
    let (projection, indices, withoutOwn) = try projection(of: indicator)
    func standings(_ year: Int, _ active: UInt) throws(DocumentError) -> Standings {
      try rank(projection.figures(in: year, active: active, indices: indices), year: year)
    }
    let all = scenario.levers.isEmpty ? 0 : UInt.max
    let baseline = try rank(projection.baseline, year: scenario.baselineYear.value)
    var without: [Standings] = []
    var with: [Standings] = []
    for year in scenario.years {
      let reference = try standings(year, 0)
      without.append(reference)
      with.append(indices.isEmpty ? reference : try standings(year, all))
    }
    let attributor = Attributor(
      baseline: baseline,
      withoutLevers: without,
      withLevers: with,
      leverIndices: indices,
      levers: scenario.levers
    )
    var attributions: [Attribution] = []
    var overtakes: [Overtake] = []
    let units = try unitsInView(baseline)
    let shares = try attributor.leverShares(of: units) { active throws(DocumentError) in
      try standings(scenario.horizon.value, active)
    }
    let last = try projection.figures(in: scenario.horizon.value, active: all, indices: indices)
    for (unit, levers) in zip(units, shares) {
      let own = ownPositions(of: unit, projection.baseline)
      let ownMoved = try rank(
        mixed(projection.baseline, last, at: own),
        year: scenario.horizon.value
      )
      let othersMoved = try rank(
        mixed(last, projection.baseline, at: own),
        year: scenario.horizon.value
      )
      attributions.append(
        attributor.attribution(
          of: unit,
          ownMoved: ownMoved,
          othersMoved: othersMoved,
          levers: levers
        )
      )
      overtakes += attributor.overtakes(of: unit)
    }
    return IndicatorOutcome(
      indicator: indicator,
      baseline: baseline,
      withoutLevers: without,
      withLevers: with,
      attributions: attributions,
      overtakes: overtakes,
      unitsWithoutOwnTrend: withoutOwn
    )
  }

  /// The focus and its members, those with a value at the baseline.
  func unitsInView(_ baseline: Standings) throws(DocumentError) -> [Unit] {
    let focus = resolution.focus
    let members = resolution.members(of: focus).map { resolution.catalogue.register.unit(at: $0) }
    let units = focus.level == .region ? [focus] + members : [focus]
    let present = units.filter { !baseline.standing(of: $0).place.isNaN }
    guard present.contains(focus) else {
      throw DocumentError(
        .impossible,
        at: resolution.scenario.focus.place,
        "\(focus.name) has no value of \(baseline.municipality.levels.indicator.id) in "
          + "\(baseline.year). Another baseline year, or baseline.fill: carry, may help."
      )
    }
    return present
  }

  // MARK: - From figures to places

  func rank(
    _ figures: IndicatorFigures,
    year: Int
  ) throws(DocumentError) -> Standings {
    let levels = figures.municipalityLevels(in: panel.register)
    let municipality = Ranking(levels.mergingRoundingNoise())
    var region: Ranking?
    do {
      region = Ranking(try figures.regionLevels(aggregation, in: panel).mergingRoundingNoise())
    } catch {
      if resolution.focus.level == .region {
        throw DocumentError(.impossible, at: resolution.scenario.focus.place, error.description)
      }
    }
    return Standings(year: year, municipality: municipality, region: region)
  }

  private func ownPositions(of unit: Unit, _ figures: IndicatorFigures) -> [Int] {
    guard unit.level == .region else { return resolution.members(of: unit) }
    let index = resolution.division.regions.firstIndex { $0.code == unit.code }
    return index.map { aggregation.parts[$0] } ?? []
  }

  /// The figures `base` with those of some positions taken from `other`.
  private func mixed(
    _ base: IndicatorFigures,
    _ other: IndicatorFigures,
    at positions: [Int]
  ) -> IndicatorFigures {
    var result = base
    for position in positions {
      result.numerator.values[position] = other.numerator.values[position]
      if let value = other.denominator?.values[position] {
        result.denominator?.values[position] = value
      }
    }
    return result
  }

  // MARK: - The projection of an indicator

  func projection(
    of indicator: Indicator
  ) throws(DocumentError) -> (Projection, indices: [Int], withoutOwnTrend: Int) {
    let scenario = resolution.scenario
    let baseline: IndicatorFigures
    do {
      baseline = try panel.figures(
        of: indicator,
        year: scenario.baselineYear.value,
        fill: scenario.fill
      )
    } catch {
      throw DocumentError(.impossible, at: scenario.baselineYear.place, error.description)
    }
    let movement = OthersGrowth(
      scenario: scenario,
      panel: panel,
      catalogue: resolution.catalogue,
      focus: ownPositions(of: resolution.focus, baseline)
    )
    let growth = try movement.growth(of: indicator, baseline: baseline)
    var levers: [ResolvedLever] = []
    var indices: [Int] = []
    for (index, lever) in scenario.levers.enumerated() {
      guard let resolved = try resolve(lever, for: indicator, baseline) else { continue }
      levers.append(resolved)
      indices.append(index)
    }
    guard let numerator = panel.series[indicator.numerator] else {
      preconditionFailure("The panel lacks the series \(indicator.numerator).")
    }
    let denominator = (indicator.denominator ?? indicator.weight).flatMap { panel.series[$0] }
    let projection = Projection(
      baseline: baseline,
      growth: (growth.numerator, growth.denominator),
      levers: levers,
      series: (numerator, denominator),
      register: panel.register,
      movement: scenario.others.kind.place,
      forecast: try expectedMovement(of: indicator, movement.focus)
    )
    return (projection, indices, growth.withoutOwnTrend)
  }

  private func expectedMovement(
    of indicator: Indicator,
    _ focus: [Int]
  ) throws(DocumentError) -> ExpectedMovement? {
    let scenario = resolution.scenario
    guard scenario.others.kind.value == .model else { return nil }
    guard let forecast = forecasts[indicator.id] else {
      throw DocumentError(
        .impossible,
        at: scenario.others.kind.place,
        "The others are to move as the growth model expects, but there is no forecast of "
          + "\(indicator.id)."
      )
    }
    let name = scenario.indicators.first { $0.value == indicator.id }
    try forecast.check(
      years: scenario.years.count,
      positions: panel.register.count,
      name ?? Located(indicator.id, at: scenario.others.kind.place)
    )
    var holds = [Bool](repeating: false, count: panel.register.count)
    if scenario.others.focusHolds {
      for position in focus { holds[position] = true }
    }
    return ExpectedMovement(forecast: forecast, holds: holds)
  }

  private func resolve(
    _ lever: Lever,
    for indicator: Indicator,
    _ baseline: IndicatorFigures
  ) throws(DocumentError) -> ResolvedLever? {
    let part: ResolvedLever.Part
    switch lever.subject {
    case .series(let name) where name.value == indicator.numerator: part = .numerator
    case .series(let name) where name.value == indicator.denominator: part = .denominator
    case .indicator(let name) where name.value == indicator.id: part = .value
    default: return nil
    }
    let positions = present(try resolution.positions(of: lever), in: baseline)
    let covered = Set(positions.flatMap { panel.register.combinedUnit(at: $0)?.members ?? [$0] })
      .union(positions)
    for name in lever.whom where covered.isDisjoint(with: try resolution.positions(named: name)) {
      throw DocumentError(
        .impossible,
        at: name.place,
        "The lever \"\(lever.id)\" names \(name.value), which has no figures of \(indicator.id) in "
          + "\(resolution.scenario.baselineYear.value)."
      )
    }
    var target: [Int] = []
    if let name = lever.target {
      target = present(try resolution.positions(named: name), in: baseline)
      guard !target.isEmpty else {
        throw DocumentError(
          .impossible,
          at: name.place,
          "\(name.value) has no figures of \(indicator.id) to reach."
        )
      }
    }
    return ResolvedLever(lever: lever, part: part, positions: positions, target: target)
  }

  /// Of some positions and the combined units that lie wholly among them, those with figures,
  /// ascending.
  private func present(_ named: [Int], in figures: IndicatorFigures) -> [Int] {
    let register = panel.register
    let combined = register.combinedUnits.indices
      .filter { register.combinedUnits[$0].members.allSatisfy(named.contains) }
      .map { register.municipalities.count + $0 }
    return Set(named + combined).filter(figures.isPresent).sorted()
  }
}
