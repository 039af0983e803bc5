public import Datasets
internal import Documents
public import Regions
internal import Scenarios

/// Recomputes what a plan prints, and lists what does not agree.
///
/// A printed figure agrees when the recomputed one rounds to it, with the decimals of its series. A
/// finding is no failure: the plan is as its council adopted it.
public struct PlanAudit: Sendable {
  let plan: ResolvedPlan
  let figures: PlanFigures
  private let dataset: Dataset

  /// How far a printed place may be from that of its value, in places, before it is a finding: about
  /// half a percentage point of a share among the municipalities.
  static let farPlaces = 15.0

  /// Prepares an audit.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - figures: Its figures.
  ///   - dataset: The dataset, for what published rankings ranked.
  public init(_ plan: ResolvedPlan, figures: PlanFigures, dataset: Dataset) {
    self.plan = plan
    self.figures = figures
    self.dataset = dataset
  }

  /// The findings, the gravest first, within a severity in the order of the tables.
  ///
  /// - Throws: `FigureError` or `NotAggregableError` when a column of places names an indicator
  ///   without figures.
  /// - Complexity: O(*c* *u* log *u*), with *c* columns and *u* units.
  public func findings() throws -> [Finding] {
    var findings: [Finding] = []
    for table in plan.plan.tables {
      for column in table.columns {
        for year in column.years {
          findings += try self.findings(column, year).map { finding(table.id, column, year, $0) }
        }
        findings += spanFindings(column).map { finding(table.id, column, nil, $0) }
        if let year = column.years.last, !column.years.contains(plan.plan.baselineYear.value) {
          let kind = Finding.Kind.year(printed: year, plan: plan.plan.baselineYear.value)
          findings.append(finding(table.id, column, year, kind))
        }
      }
    }
    findings += homonyms + targets + remarks
    // A stable order: severities first.
    return findings.enumerated()
      .sorted { ($0.element.severity, $0.offset) < ($1.element.severity, $1.offset) }
      .map(\.element)
  }

  /// Where the region's printed percentage of the country cannot be right: by series, between which
  /// values it must lie.
  ///
  /// - Parameter findings: The findings.
  /// - Returns: The bounds of the baseline year.
  public func corrections(_ findings: [Finding]) -> [String: ClosedRange<Double>] {
    var corrections: [String: ClosedRange<Double>] = [:]
    for finding in findings where finding.year == plan.plan.baselineYear.value {
      guard case .country(_, let consistent, _) = finding.kind, let series = finding.series else {
        continue
      }
      corrections[series.id] = consistent
    }
    return corrections
  }

  private func finding(
    _ table: String?,
    _ column: PlanTable.Column?,
    _ year: Int?,
    _ kind: Finding.Kind
  ) -> Finding {
    Finding(
      severity: Self.severity(kind),
      table: table,
      series: column.flatMap(series(of:)),
      year: year,
      kind: kind
    )
  }

  private static func severity(_ kind: Finding.Kind) -> Severity {
    switch kind {
    case .total(let printed, let sum):
      abs(printed - sum) >= 0.001 * abs(sum) ? .high : .medium
    case .ratio(_, let printed, let computed):
      abs(printed - computed) >= 0.01 * abs(computed) ? .high : .medium
    case .denominators, .country, .noCountry, .area, .density, .movement, .oneDecides,
      .unmeasurable:
      .high
    case .place, .ranked, .year, .homonym, .noYear, .noThreshold, .count: .medium
    case .truncated: .low
    case .remark(let remark): remark.severity
    }
  }

  // MARK: - Columns

  /// The series of a column.
  public func series(of column: PlanTable.Column) -> Series? {
    try? plan.catalogue.series(column.series.value)
  }

  /// The years of a column: those printed, and those that the user has added figures of.
  public func years(of column: PlanTable.Column) -> [Int] {
    let added = figures.added.filter { $0.series == column.series.value }.map(\.year)
    return Set(column.years + added).sorted()
  }

  /// The region's figure recomputed from those of its municipalities; `nil` where it has none, or one
  /// of theirs is missing.
  public func recomputed(_ column: PlanTable.Column, _ year: Int) -> Double? {
    switch column.rule {
    case .sum: return sum(column.series.value, year)
    case .ratio(let of, let to, let times):
      guard let top = sum(of.value, year), let bottom = sum(to.value, year), bottom != 0 else {
        return nil
      }
      return times * top / bottom
    case .movement(let of, let from):
      guard let before = sum(of.value, from), let after = sum(of.value, year) else { return nil }
      return before - after
    case nil, .country, .places: return nil
    }
  }

  private func findings(_ column: PlanTable.Column, _ year: Int) throws -> [Finding.Kind] {
    switch column.rule {
    case nil: []
    case .sum: total(column.series.value, year)
    case .ratio(let of, let to, let times):
      ratios(column.series.value, Ratio(of: of.value, to: to.value, times: times), year)
    case .country(let of): country(column.series.value, of.value, year)
    case .places(let indicator, let divisions):
      try places(column.series.value, indicator.value, divisions.map(\.value), year)
    case .movement(let of, let from): movement(column.series.value, of.value, from, year)
    }
  }

  private func rows(_ series: String, _ year: Int) -> [(unit: Unit, value: Double)] {
    plan.members.compactMap { unit in figures.value(series, unit, year).map { (unit, $0) } }
  }

  private func sum(_ series: String, _ year: Int) -> Double? {
    let rows = rows(series, year)
    return rows.count == plan.members.count ? rows.reduce(0) { $0 + $1.value } : nil
  }

  private func total(_ series: String, _ year: Int) -> [Finding.Kind] {
    guard let printed = figures.value(series, plan.region, year), let sum = sum(series, year),
      abs(printed - sum) > half(series)
    else { return [] }
    return [.total(printed: printed, sum: sum)]
  }

  /// Half a unit of the last decimal that a series is printed with, with room for rounding noise.
  private func half(_ series: String) -> Double {
    var half = 0.5
    for _ in 0..<((try? plan.catalogue.series(series))?.decimals ?? 0) { half /= 10 }
    return half * (1 + 1e-9)
  }

  // MARK: - Ratios

  private struct Ratio {
    let of: String
    let to: String
    let times: Double
  }

  private func ratios(_ series: String, _ ratio: Ratio, _ year: Int) -> [Finding.Kind] {
    if let denominators = denominators(series, ratio, year) { return [.denominators(denominators)] }
    return plan.units.compactMap { unit in
      guard let printed = figures.value(series, unit, year),
        let computed = computed(ratio, unit, year)
      else { return nil }
      let half = half(series)
      if abs(printed - computed) <= half { return nil }
      return computed > printed && computed - printed < 2 * half
        ? .truncated(unit, printed: printed, computed: computed)
        : .ratio(unit, printed: printed, computed: computed)
    }
  }

  /// The ratio of the figures shown; of a region that of the sums.
  private func computed(_ ratio: Ratio, _ unit: Unit, _ year: Int) -> Double? {
    let isRegion = unit.level == .region
    let top = figures.value(ratio.of, unit, year) ?? (isRegion ? sum(ratio.of, year) : nil)
    let bottom = figures.value(ratio.to, unit, year) ?? (isRegion ? sum(ratio.to, year) : nil)
    guard let top, let bottom, bottom != 0 else { return nil }
    return ratio.times * top / bottom
  }

  /// Ratios of the municipalities that are taken over other denominators than those shown, while the
  /// region's is taken over those shown; `nil` where it is not so.
  private func denominators(
    _ series: String,
    _ ratio: Ratio,
    _ year: Int
  ) -> Finding.Denominators? {
    var rows: [Finding.Denominators.Row] = []
    var (off, top) = (0, 0.0)
    for unit in plan.members {
      guard let printed = figures.value(series, unit, year), printed != 0,
        let numerator = figures.value(ratio.of, unit, year),
        let shown = figures.value(ratio.to, unit, year), shown != 0
      else { return nil }
      // Beyond what cutting off the decimals explains.
      if abs(printed - ratio.times * numerator / shown) > 2 * half(series) { off += 1 }
      top += numerator
      rows.append(
        Finding.Denominators.Row(
          unit: unit,
          shown: shown,
          implied: ratio.times * numerator / printed
        )
      )
    }
    guard off > 1, let printed = figures.value(series, plan.region, year),
      let computed = computed(ratio, plan.region, year), abs(printed - computed) <= half(series)
    else { return nil }
    let implied = rows.reduce(0) { $0 + $1.implied }
    return Finding.Denominators(
      series: ratio.to,
      rows: rows,
      printed: printed,
      consistent: ratio.times * top / implied
    )
  }

  /// The averages of the country that all printed percentages of the municipalities allow, and the
  /// region's percentage with each.
  private func country(_ series: String, _ base: String, _ year: Int) -> [Finding.Kind] {
    let half = half(series)
    var (low, high) = (0.0, Double.infinity)
    for unit in plan.members {
      guard let percent = figures.value(series, unit, year), percent > half,
        let value = figures.value(base, unit, year)
      else { continue }
      low = max(low, 100 * value / (percent + half))
      high = min(high, 100 * value / (percent - half))
    }
    guard low > 0 else { return [] }
    guard low <= high else { return [.noCountry] }
    guard let printed = figures.value(series, plan.region, year),
      let value = consistentTotal(base, year)
    else { return [] }
    let consistent = (100 * value / high)...(100 * value / low)
    let isPossible =
      printed >= consistent.lowerBound - half
      && printed <= consistent.upperBound + half
    return isPossible
      ? [] : [.country(printed: printed, consistent: consistent, country: low...high)]
  }

  /// The region's figure of a column over denominators as those of the municipalities.
  private func consistentTotal(_ series: String, _ year: Int) -> Double? {
    let column = plan.plan.tables.flatMap(\.columns).first { $0.series.value == series }
    if case .ratio(let of, let to, let times) = column?.rule,
      let found = denominators(series, Ratio(of: of.value, to: to.value, times: times), year)
    {
      return found.consistent
    }
    return figures.value(series, plan.region, year)
  }
}

// MARK: - Places

extension PlanAudit {
  private func places(
    _ series: String,
    _ id: String,
    _ divisions: [String],
    _ year: Int
  ) throws -> [Finding.Kind] {
    let indicator = try plan.catalogue.indicator(id)
    var findings: [Finding.Kind] = []
    var printed: [(unit: Unit, place: Double, value: Double)] = []
    let ranking = try ranking(indicator, .municipality, plan.division, year)
    for unit in plan.members {
      guard let place = figures.value(series, unit, year), let index = ranking.index(of: unit),
        !ranking.places[index].isNaN
      else { continue }
      let value = ranking.levels.entries[index].value
      printed.append((unit, place, value))
      if abs(place - ranking.places[index]) >= Self.farPlaces {
        findings.append(
          .place(
            unit,
            printed: place,
            expected: ranking.places[index],
            of: ranking.ranked,
            value: value
          )
        )
      }
    }
    if let density = density(printed) { findings.append(.density(density)) }
    if let area = try area(series, indicator, divisions, year) { findings.append(area) }
    return findings
  }

  /// A ranking at a level; whoever has no figure in the year has the latest.
  private func ranking(
    _ indicator: Indicator,
    _ level: Level,
    _ division: Division,
    _ year: Int
  ) throws -> Ranking {
    try figures.panel.ranking(
      RankingRequest(
        indicator: indicator,
        year: year,
        level: level,
        division: division,
        fill: .carry
      )
    )
  }

  /// The densities between neighbours, when the densest is at least three times the thinnest.
  private func density(
    _ printed: [(unit: Unit, place: Double, value: Double)]
  ) -> [Finding.Density]? {
    let sorted = printed.sorted { $0.place < $1.place }
    let densities = zip(sorted, sorted.dropFirst()).compactMap { better, worse in
      let points = abs(better.value - worse.value)
      return points == 0 || better.place == worse.place
        ? nil
        : Finding.Density(
          better: better.unit,
          worse: worse.unit,
          placesPerPoint: (worse.place - better.place) / points
        )
    }
    let sizes = densities.map(\.placesPerPoint)
    guard let low = sizes.min(), let high = sizes.max(), high >= 3 * low else { return nil }
    return densities
  }

  private func area(
    _ series: String,
    _ indicator: Indicator,
    _ divisions: [String],
    _ year: Int
  ) throws -> Finding.Kind? {
    guard let printed = figures.value(series, plan.region, year) else { return nil }
    var areas: [Finding.Area] = []
    for division in [plan.division] + (try divisions.map { try plan.catalogue.division($0) }) {
      guard let region = division.regions.first(where: { $0.code == plan.region.code }) else {
        continue
      }
      let ranking = try ranking(indicator, .region, division, year)
      let unit = Unit(level: .region, code: region.code, name: region.name)
      guard let index = ranking.index(of: unit), !ranking.places[index].isNaN else { continue }
      areas.append(
        Finding.Area(
          division: division.name,
          members: region.members.map { plan.catalogue.register.unit(at: $0) },
          value: ranking.levels.entries[index].value,
          place: ranking.places[index],
          of: ranking.ranked
        )
      )
    }
    guard let own = areas.first, own.place != printed else { return nil }
    return .area(printed: printed, value: own.value, places: areas)
  }

  private func movement(
    _ series: String,
    _ places: String,
    _ from: Int,
    _ year: Int
  ) -> [Finding.Kind] {
    guard let printed = figures.value(series, plan.region, year),
      let before = sum(places, from), let after = sum(places, year), printed != before - after
    else { return [] }
    return [.movement(printed: printed, sum: before - after)]
  }

  /// What only several years of a column show, of published places.
  private func spanFindings(_ column: PlanTable.Column) -> [Finding.Kind] {
    let isPublished = plan.catalogue.indicators.contains {
      $0.numerator == column.series.value && $0.aggregation == .publishedRank
    }
    guard isPublished, let first = column.years.first, let last = column.years.last, first < last
    else { return [] }
    var findings: [Finding.Kind] = []
    let ranked = Dictionary(
      dataset.publishedRankings.filter { $0.series == column.series.value }
        .map { ($0.year, $0.ranked) },
      uniquingKeysWith: { first, _ in first }
    )
    if let before = ranked[first], let after = ranked[last], before != after {
      findings.append(
        .ranked(before: before, beforeYear: first, after: after, afterYear: last)
      )
    }
    let movements = plan.members.compactMap { unit -> (unit: Unit, places: Double)? in
      guard let before = figures.value(column.series.value, unit, first),
        let after = figures.value(column.series.value, unit, last)
      else { return nil }
      return (unit, before - after)
    }
    let sum = movements.reduce(0) { $0 + $1.places }
    let deciding = movements.filter { (sum - $0.places) * sum < 0 }
    if deciding.count == 1, let one = deciding.first {
      findings.append(
        .oneDecides(one.unit, movement: one.places, sum: sum, before: first, after: last)
      )
    }
    return findings
  }
}

// MARK: - What is no column

extension PlanAudit {
  private var homonyms: [Finding] {
    let all = plan.catalogue.register.municipalities
    return plan.members.flatMap { unit in
      all.filter { $0.name == unit.name && $0.code != unit.code }.map { other in
        let same = Unit(level: .municipality, code: other.code, name: other.name)
        return finding(nil, nil, nil, .homonym(unit, other: same, county: other.countyName))
      }
    }
  }

  private var targets: [Finding] {
    var findings: [Finding] = []
    let statements = plan.targets.map { ($0.target, $0.observed) }
    let open = statements.filter { $0.0.statement?.year == nil }.map(\.0)
    if !open.isEmpty { findings.append(finding(nil, nil, nil, .noYear(open))) }
    let vague = statements.filter { $0.1.target.kind == .improve && $0.1.target.value == nil }
      .map(\.0)
    if !vague.isEmpty { findings.append(finding(nil, nil, nil, .noThreshold(vague))) }
    for (target, observed) in statements
    where observed.indicator.aggregation == .sum && observed.indicator.direction == .lower
      && observed.indicator.unit == .persons
    {
      let kind = Finding.Kind.count(target, indicator: observed.indicator)
      findings.append(finding(target.table?.value, nil, nil, kind))
    }
    for target in plan.plan.targets {
      guard let reason = target.unmeasurable else { continue }
      findings.append(
        finding(target.table?.value, nil, nil, .unmeasurable(target, reason: reason))
      )
    }
    return findings
  }

  private var remarks: [Finding] {
    plan.plan.remarks.map { finding($0.table?.value, nil, nil, .remark($0)) }
  }
}
