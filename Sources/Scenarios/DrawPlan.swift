internal import Documents
internal import Forecasts
internal import LinearAlgebra
internal import Regions

/// Everything that is the same in all draws of a scenario.
struct DrawPlan: Sendable {
  let scenario: Scenario
  let division: Division
  let focus: Unit
  let members: [Unit]
  let indicators: [IndicatorDraws]
  let targets: [ResolvedTarget]
  let readings: [TargetReading]

  /// The results from what was counted.
  func futures(_ counts: DrawCounts, draws: Int, seed: UInt64) -> Futures {
    Futures(
      scenario: scenario,
      division: division,
      focus: focus,
      members: members,
      draws: draws,
      seed: seed,
      indicators: zip(indicators, counts.tallies).map { $0.futures($1, draws: draws) },
      targets: zip(readings, counts.isMet).map { reading, count in
        TargetFutures(
          target: reading.target,
          indicator: reading.indicator,
          year: reading.year,
          unit: reading.unit,
          probability: DrawnProbability(count: count, draws: draws),
          isMetCentrally: reading.isMet
        )
      },
      allTargets: targets.isEmpty
        ? nil : DrawnProbability(count: counts.areAllMet, draws: draws)
    )
  }
}

extension IndicatorDraws {
  fileprivate func futures(_ tally: DrawTally, draws: Int) -> IndicatorFutures {
    IndicatorFutures(
      indicator: indicator,
      baseline: baseline,
      central: central,
      years: central.enumerated().map { year, standings in
        FutureYear(
          year: standings.year,
          municipality: places(
            baseline.municipality,
            standings.municipality,
            tally.municipalityCounts,
            year,
            draws
          ),
          region: baseline.region.flatMap { before in
            standings.region.map { places(before, $0, tally.regionCounts, year, draws) }
          }
        )
      },
      overtakes: zip(viewed, tally.betterCounts).flatMap { overtakes($0, $1, draws) },
      clipped: tally.clipped
    )
  }

  private func places(
    _ before: Ranking,
    _ after: Ranking,
    _ counts: [UInt32],
    _ year: Int,
    _ draws: Int
  ) -> PlaceDistribution {
    let units = before.levels.entries.count
    let size = units * (units + 1)
    return PlaceDistribution(
      units: before.levels.entries.map(\.unit),
      baselinePlaces: before.places,
      centralPlaces: after.places,
      draws: draws,
      counts: Array(counts[year * size..<(year + 1) * size])
    )
  }

  /// Those that a unit passes first, then those that pass it, the likeliest first.
  private func overtakes(
    _ part: TargetEvaluator.Part,
    _ betterCounts: [UInt32],
    _ draws: Int
  ) -> [FutureOvertake] {
    guard let before = baseline.ranking(at: part.level) else { return [] }
    let entries = before.levels.entries
    var found: [FutureOvertake] = []
    for other in entries.indices where other != part.index && !before.places[other].isNaN {
      let wasBetter = before.places[other] < before.places[part.index]
      let better = Int(betterCounts[other])
      let count = wasBetter ? draws - better : better
      guard count > 0 else { continue }
      found.append(
        FutureOvertake(
          unit: entries[part.index].unit,
          other: entries[other].unit,
          direction: wasBetter ? .passes : .passedBy,
          probability: DrawnProbability(count: count, draws: draws)
        )
      )
    }
    func sorted(_ direction: Overtake.Direction) -> [FutureOvertake] {
      found.filter { $0.direction == direction }.sorted { left, right in
        let (a, b) = (left.probability.count, right.probability.count)
        return a == b ? left.other.code < right.other.code : a > b
      }
    }
    return sorted(.passes) + sorted(.passedBy)
  }
}

extension Simulation {
  /// Works out everything that is the same in all draws.
  ///
  /// - Throws: `DocumentError` for a forecast that is missing, too short or impossible, and for
  ///   what breaks a limit on the scenario's own path.
  func drawPlan(seed: UInt64) throws(DocumentError) -> DrawPlan {
    let scenario = resolution.scenario
    var paths: [CentralPath] = []
    for indicator in resolution.indicators { paths.append(try centralPath(of: indicator)) }
    var targets: [[IndicatorDraws.Target]] = paths.map { _ in [] }
    var readings: [TargetReading] = []
    for (index, target) in resolution.targets.enumerated() {
      guard let own = resolution.indicators.firstIndex(where: { $0.id == target.indicator.id })
      else { continue }
      let year = target.year - scenario.baselineYear.value - 1
      let reader = try TargetReader(
        target,
        baseline: paths[own].standings,
        year: paths[own].withLevers[year],
        division: resolution.division,
        register: panel.register
      )
      readings.append(reader.reading())
      targets[own].append(
        IndicatorDraws.Target(index: index, year: year, evaluator: reader.evaluator)
      )
    }
    var indicators: [IndicatorDraws] = []
    for (index, path) in paths.enumerated() {
      indicators.append(try draws(index, path, targets[index], seed: seed))
    }
    return DrawPlan(
      scenario: scenario,
      division: resolution.division,
      focus: resolution.focus,
      members: resolution.members(of: resolution.focus).map { panel.register.unit(at: $0) },
      indicators: indicators,
      targets: resolution.targets,
      readings: readings
    )
  }

  private func centralPath(of indicator: Indicator) throws(DocumentError) -> CentralPath {
    let (projection, indices, _) = try projection(of: indicator)
    let scenario = resolution.scenario
    var figures: [IndicatorFigures] = []
    var withLevers: [Standings] = []
    for year in scenario.years {
      figures.append(try projection.figures(in: year, active: 0, indices: indices))
      let all = try projection.figures(in: year, active: .max, indices: indices)
      withLevers.append(try rank(all, year: year))
    }
    return CentralPath(
      baseline: projection.baseline,
      standings: try rank(projection.baseline, year: scenario.baselineYear.value),
      figures: figures,
      withLevers: withLevers,
      effects: scenario.years.map { year in
        projection.levers.compactMap {
          LeverEffect($0, year: year, baseline: projection.baseline)
        }
      },
      limits: FigureLimits(baseline: projection.baseline, numerator: projection.series.numerator)
    )
  }

  private func draws(
    _ index: Int,
    _ path: CentralPath,
    _ targets: [IndicatorDraws.Target],
    seed: UInt64
  ) throws(DocumentError) -> IndicatorDraws {
    let name = resolution.scenario.indicators[index]
    guard let forecast = forecasts[name.value] else {
      throw DocumentError(
        .impossible,
        at: name.place,
        "There is no forecast of \(name.value), so its futures cannot be drawn."
      )
    }
    try forecast.check(years: path.figures.count, positions: panel.register.count, name)
    let viewed = try unitsInView(path.standings).compactMap { unit in
      path.standings.ranking(at: unit.level)?.index(of: unit)
        .map { TargetEvaluator.Part(level: unit.level, index: $0) }
    }
    do {
      return try IndicatorDraws(
        index: index,
        path: path,
        forecast: forecast,
        targets: targets,
        viewed: viewed,
        seed: seed
      )
    } catch {
      throw DocumentError(
        .impossible,
        at: name.place,
        "The correlation between the regions in the forecast of \(name.value) is none. \(error)"
      )
    }
  }
}

extension IndicatorForecast {
  /// Refuses a forecast that does not fit the scenario.
  ///
  /// - Parameters:
  ///   - years: The number of years from the baseline to the horizon.
  ///   - positions: The number of positions of the register.
  ///   - name: The indicator.
  /// - Throws: `DocumentError`.
  func check(
    years: Int,
    positions: Int,
    _ name: Located<String>
  ) throws(DocumentError) {
    func refuse(_ what: String) -> DocumentError {
      DocumentError(.impossible, at: name.place, "The forecast of \(name.value) \(what).")
    }
    for path in [value, denominator].compactMap({ $0 }) {
      guard path.years >= years else {
        throw refuse("covers \(path.years) years; \(years) are needed")
      }
      guard path.positions == positions else {
        throw refuse("is of \(path.positions) units; the figures are of \(positions)")
      }
      let groups = path.groupCount
      guard groups * groups == path.groupCorrelation.count,
        path.groups.allSatisfy({ (-1..<groups).contains($0) })
      else {
        throw refuse("puts units in groups that it does not correlate")
      }
      let numbers = [
        path.mean, path.ownFactors, path.groupFactor, path.nationalFactor, path.groupCorrelation,
      ]
      guard numbers.allSatisfy({ $0.allSatisfy(\.isFinite) }) else {
        throw refuse("has numbers that are not finite")
      }
      if let freedom = path.degreesOfFreedom, !(freedom > 2) {
        throw refuse("has \(freedom.brief) degrees of freedom; more than 2 are needed")
      }
    }
    guard denominator?.scale ?? .log == .log else {
      throw refuse("moves the denominator on a scale other than log")
    }
    guard (-1...1).contains(correlation) else {
      throw refuse("correlates value and denominator by \(correlation.brief), outside −1 to 1")
    }
  }
}
