internal import Documents
internal import Regions
internal import Scenarios

/// How all targets of a plan stand.
public struct PlanStatus: Sendable {
  /// The plan.
  public let plan: ResolvedPlan
  /// The targets, in the plan's order.
  public let targets: [TargetStatus]
  /// The last year whose figures are looked at; `nil` for all.
  public let lastYear: Int?

  /// Judges the targets.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - figures: Its figures.
  ///   - corrections: By series, between which values the region's baseline must lie where the printed
  ///     one cannot be right (`PlanAudit.corrections`).
  ///   - lastYear: The last year whose figures are looked at, or `nil`.
  /// - Throws: `DocumentError` for a target without a baseline: a unit that must meet it has no figure
  ///   in the year it starts from.
  public init(
    _ plan: ResolvedPlan,
    figures: PlanFigures,
    corrections: [String: ClosedRange<Double>],
    lastYear: Int?
  ) throws {
    self.plan = plan
    self.lastYear = lastYear
    var statuses: [TargetStatus] = []
    for target in plan.plan.targets {
      let measured = plan.targets.first { $0.target.id == target.id }
      if let measured {
        let correction = corrections[measured.observed.indicator.numerator]
        statuses.append(try Self.status(measured, plan, figures, correction, lastYear))
      } else {
        statuses.append(
          TargetStatus(
            target: target,
            indicator: nil,
            baselineYear: target.baselineYear?.value ?? plan.plan.baselineYear.value,
            verdict: .unknown,
            reason: .unmeasurable(target.unmeasurable ?? LocalizedText(nb: "", en: "")),
            rows: [],
            reading: nil,
            correction: nil
          )
        )
      }
    }
    targets = statuses
  }

  private static func status(
    _ measured: ResolvedPlan.Measured,
    _ plan: ResolvedPlan,
    _ figures: PlanFigures,
    _ correction: ClosedRange<Double>?,
    _ lastYear: Int?
  ) throws -> TargetStatus {
    let panel = figures.panel
    var observed = measured.observed
    let known = figures.years(of: observed.indicator, plan.region)
    for year in known {
      observed.printed[year] = figures.printed(observed.indicator.numerator, plan.region, year)
    }
    try checkBaseline(measured, observed, panel)
    let years = known.filter { year in
      year > observed.baselineYear && year <= (lastYear ?? .max)
    }
    let due = measured.target.statement?.year?.value
    let latest = years.filter { $0 <= (due ?? .max) }
      .last { missing(observed, $0, panel).isEmpty }
    // The bounds are of the plan's baseline year alone.
    let isCorrected =
      observed.parts.contains(plan.region) && observed.baselineYear == plan.plan.baselineYear.value
    let correction = isCorrected ? correction : nil
    var readings = try latest.map { [try observed.reading($0, in: panel)] } ?? []
    if let latest, let correction {
      readings = try [correction.lowerBound, correction.upperBound].map { baseline in
        var corrected = observed
        corrected.printed[observed.baselineYear] = PrintedValue(baseline, basis: .estimated)
        return try corrected.reading(latest, in: panel)
      }
    }
    var (verdict, reason) = try judge(observed, readings.last, due, panel)
    if let first = readings.first, let last = readings.last, first.isMet != last.isMet {
      (verdict, reason) = (.unknown, .baseline(year: last.year))
    }
    return TargetStatus(
      target: measured.target,
      indicator: observed.indicator,
      baselineYear: observed.baselineYear,
      verdict: verdict,
      reason: reason,
      rows: try rows(observed, plan, latest, readings.last, panel),
      reading: readings.last,
      correction: correction
    )
  }

  /// The municipalities that the target rests on and that have no figure in a year.
  private static func missing(_ observed: ObservedTarget, _ year: Int, _ panel: Panel) -> [Unit] {
    guard let standings = try? observed.standings(year, in: panel) else { return observed.parts }
    return observed.parts.flatMap { part -> [Unit] in
      guard observed.sumsPlaces, part.level == .region else {
        return standings.standing(of: part).value.isNaN ? [part] : []
      }
      let entry = standings.region?.levels.entries.first { $0.unit == part }
      return entry.map { $0.membersMissing.map { panel.register.unit(at: $0) } } ?? [part]
    }
  }

  private static func checkBaseline(
    _ measured: ResolvedPlan.Measured,
    _ observed: ObservedTarget,
    _ panel: Panel
  ) throws(DocumentError) {
    let missing = missing(observed, observed.baselineYear, panel)
    guard !missing.isEmpty else { return }
    let years = panel.years(of: observed.indicator).map(String.init).joined(separator: ", ")
    throw DocumentError(
      .invalid,
      at: measured.target.baselineYear?.place ?? measured.target.place,
      """
      The target "\(measured.target.id)" has no baseline: \(missing.map(\.name)
        .joined(separator: ", ")) has no figure of \(observed.indicator.id) in \
      \(observed.baselineYear). \
      \(years.isEmpty ? "There are none at all." : "There are figures of \(years).") Give the \
      target a baseline year of its own, or add the figure.
      """
    )
  }

  // MARK: - The judgement

  private static func judge(
    _ observed: ObservedTarget,
    _ reading: TargetReading?,
    _ due: Int?,
    _ panel: Panel
  ) throws -> (TargetStatus.Verdict, TargetStatus.Reason) {
    guard let reading else {
      let year = observed.baselineYear
      return (.unknown, .noFigures(after: year, units: observed.parts))
    }
    if let unknown = try observed.unknownOthers(reading, in: panel) {
      return (.unknown, .peers(missing: unknown.units, of: unknown.of, year: reading.year))
    }
    guard let due, reading.year < due else {
      return reading.isMet
        ? (.met, .holds(reading.year)) : (.offCourse, .fails(reading.year))
    }
    if reading.isMet { return (.onCourse, .holds(reading.year)) }
    guard let way = way(observed, reading, panel) else {
      return (.offCourse, .fails(reading.year))
    }
    let time =
      Double(reading.year - observed.baselineYear) / Double(due - observed.baselineYear)
    let reason = TargetStatus.Reason.progress(way: way, time: time, year: reading.year)
    return (way >= time ? .onCourse : .offCourse, reason)
  }

  /// The smallest share of the way from the baseline to the threshold that a unit has made, below 0
  /// where it has gone away from it; `nil` for targets without a fixed threshold.
  private static func way(
    _ observed: ObservedTarget,
    _ reading: TargetReading,
    _ panel: Panel
  ) -> Double? {
    guard observed.target.value != nil else { return nil }
    let country = try? observed.standings(observed.baselineYear, in: panel)
      .municipality.levels.country
    let shares = reading.parts.compactMap { part -> Double? in
      let start: Double
      switch observed.target.kind {
      case .level: start = part.value.baseline
      case .rank: start = part.place.baseline
      case .country: start = 100 * part.value.baseline / (country ?? .nan)
      case .climb, .sum, .improve: start = 0
      case .best: return nil
      }
      let isLower =
        switch observed.target.kind {
        case .rank: true
        case .level, .country: observed.indicator.direction == .lower
        case .climb, .sum, .improve, .best: false
        }
      let whole = part.threshold - start
      // What held at the baseline has no way to go, and has lost it where it holds no longer.
      guard isLower ? whole < 0 : whole > 0 else { return part.isMet ? 1 : -1 }
      return (part.reached - start) / whole
    }
    return shares.min().flatMap { $0.isNaN ? nil : $0 }
  }

  // MARK: - Rows

  private static func rows(
    _ observed: ObservedTarget,
    _ plan: ResolvedPlan,
    _ latest: Int?,
    _ reading: TargetReading?,
    _ panel: Panel
  ) throws -> [TargetStatus.Row] {
    let before = try Field(observed, observed.baselineYear, plan, panel)
    let after = try latest.map { try Field(observed, $0, plan, panel) }
    return plan.units.compactMap { unit in
      let baseline = before.standing(of: unit)
      guard !baseline.value.isNaN else { return nil }
      return TargetStatus.Row(
        unit: unit,
        baseline: baseline,
        latest: after?.standing(of: unit),
        isMet: reading?.parts.first { $0.unit == unit }?.isMet
      )
    }
  }

  /// The field in which units have their places in a year. Where fewer than half of the municipalities
  /// have a figure, the others stand with their latest.
  private struct Field {
    private let standings: Standings
    private let rankings: [Level: Ranking]

    init(
      _ observed: ObservedTarget,
      _ year: Int,
      _ plan: ResolvedPlan,
      _ panel: Panel
    ) throws {
      standings = try observed.standings(year, in: panel)
      let half = panel.register.municipalities.count / 2
      var rankings: [Level: Ranking] = [.municipality: standings.municipality]
      rankings[.region] = standings.region
      if observed.indicator.aggregation != .publishedRank, standings.municipality.ranked < half {
        let request = RankingRequest(
          indicator: observed.indicator,
          year: year,
          level: .municipality,
          division: plan.division,
          fill: .carry
        )
        rankings = try panel.rankings(request, at: Level.allCases).byLevel
        // Among a few, a place says nothing.
        if (rankings[.municipality]?.ranked ?? 0) < half { rankings = [:] }
      }
      self.rankings = rankings
    }

    func standing(of unit: Unit) -> TargetStatus.Standing {
      let value = standings.standing(of: unit).value
      let own = standings.ranking(at: unit.level)
      let status = own.flatMap { ranking in
        ranking.index(of: unit).map { ranking.levels.entries[$0].status }
      }
      let ranking = rankings[unit.level].flatMap { $0.ranked > 0 ? $0 : nil }
      let place = ranking.flatMap { ranking in ranking.index(of: unit).map { ranking.places[$0] } }
      let hasPlace = !value.isNaN && place != nil
      return TargetStatus.Standing(
        year: standings.year,
        value: value,
        status: status ?? .missing(.notInSeries),
        place: hasPlace ? place ?? .nan : .nan,
        ranked: hasPlace ? ranking?.ranked ?? 0 : 0,
        carried: hasPlace ? ranking?.carried ?? 0 : 0
      )
    }
  }
}
