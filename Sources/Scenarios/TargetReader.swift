internal import Documents
internal import Regions

/// Lays a target out over the entries of an outcome's rankings, and reads it.
struct TargetReader {
  let resolved: ResolvedTarget
  let evaluator: TargetEvaluator
  private let baseline: Standings
  private let year: Standings

  /// Lays out a target.
  ///
  /// - Parameters:
  ///   - resolved: The target.
  ///   - baseline: The standings at the baseline.
  ///   - year: The standings in the target's year; only which units have values matters.
  ///   - division: The division of the regions.
  ///   - register: The register of the municipalities.
  /// - Throws: `DocumentError` for a unit without a value, a place that nobody can have, and peers
  ///   that do not hold the unit or nobody else.
  init(
    _ resolved: ResolvedTarget,
    baseline: Standings,
    year: Standings,
    division: Division,
    register: MunicipalityRegister
  ) throws(DocumentError) {
    self.resolved = resolved
    self.baseline = baseline
    self.year = year
    var parts: [TargetEvaluator.Part] = []
    for unit in resolved.parts {
      guard let index = baseline.ranking(at: unit.level)?.index(of: unit) else {
        throw Self.missing(unit, resolved, baseline.year)
      }
      parts.append(TargetEvaluator.Part(level: unit.level, index: index))
    }
    let target = resolved.target
    evaluator = TargetEvaluator(
      kind: target.kind,
      measure: resolved.measure,
      value: target.value?.value ?? 0,
      lowerIsBetter: resolved.indicator.direction == .lower,
      parts: parts,
      peers: Self.peers(resolved, baseline, year, division, register),
      ranked: Double(year.municipality.ranked),
      baseline: TargetColumns(baseline)
    )
    try check(TargetColumns(year))
  }

  private static func missing(
    _ unit: Unit,
    _ resolved: ResolvedTarget,
    _ year: Int
  ) -> DocumentError {
    DocumentError(
      .impossible,
      at: resolved.target.whom?.place ?? resolved.target.place,
      "The target \"\(resolved.target.id)\" is about \(unit.name) (\(unit.code)), which has no value "
        + "of \(resolved.indicator.id) in \(year). Another baseline year, or baseline.fill: carry, "
        + "may help."
    )
  }

  private func check(_ columns: TargetColumns) throws(DocumentError) {
    let target = resolved.target
    for (part, unit) in resolved.parts.enumerated() {
      guard !evaluator.statistic(part, columns).isNaN else {
        throw Self.missing(unit, resolved, baseline.year)
      }
      guard target.kind == .rank, let value = target.value,
        let ranking = year.ranking(at: unit.level)
      else { continue }
      guard value.value <= Double(ranking.ranked) else {
        throw ResolvedTarget.error(
          target,
          "asks for place \(value.value.brief) of \(ranking.ranked).",
          at: value.place
        )
      }
    }
    guard target.kind == .best, let place = target.peers?.place ?? Optional(target.place) else {
      return
    }
    let own = evaluator.parts[0].index
    guard evaluator.peers.indices.contains(own) else {
      throw ResolvedTarget.error(
        target,
        "compares with peers that do not hold \(resolved.unit.name).",
        at: place
      )
    }
    guard evaluator.peers.indices.count > 1 else {
      throw ResolvedTarget.error(
        target,
        "compares with peers that hold nobody but \(resolved.unit.name).",
        at: place
      )
    }
  }

  private static func peers(
    _ resolved: ResolvedTarget,
    _ baseline: Standings,
    _ year: Standings,
    _ division: Division,
    _ register: MunicipalityRegister
  ) -> TargetEvaluator.Peers {
    let entries = baseline.ranking(at: resolved.unit.level)?.levels.entries ?? []
    let members = resolved.peers?.members
    func holds(_ positions: [Int]) -> Bool { members.map(Set(positions).isSubset) ?? true }
    guard resolved.unit.level == .region else {
      let indices = entries.indices.filter { index in
        entries[index].parts.allSatisfy {
          holds(register.combinedUnit(at: $0)?.members ?? [$0])
        }
      }
      return TargetEvaluator.Peers(indices: indices, starts: [], members: [], isComplete: [])
    }
    let regionMembers = Dictionary(
      division.regions.map { ($0.code, $0.members) },
      uniquingKeysWith: { first, _ in first }
    )
    let municipalities = baseline.municipality.levels.entries
    let index = Dictionary(
      municipalities.indices.map { (municipalities[$0].parts[0], $0) },
      uniquingKeysWith: { first, _ in first }
    )
    var starts = [0]
    var flat: [Int] = []
    var isComplete: [Bool] = []
    for entry in entries {
      let found = entry.parts.compactMap { index[$0] }
      flat += found
      starts.append(flat.count)
      isComplete.append(
        !found.isEmpty && found.count == entry.parts.count && entry.membersMissing.isEmpty
          && found.allSatisfy { !baseline.municipality.places[$0].isNaN }
          && found.allSatisfy { !year.municipality.places[$0].isNaN }
      )
    }
    return TargetEvaluator.Peers(
      indices: entries.indices.filter { holds(regionMembers[entries[$0].unit.code] ?? []) },
      starts: starts,
      members: flat,
      isComplete: isComplete
    )
  }

  // MARK: - Reading

  /// The reading of the year that the target was laid out over.
  func reading() -> TargetReading {
    let columns = TargetColumns(year)
    let parts = resolved.parts.enumerated().map { part, unit in
      let reached = evaluator.statistic(part, columns)
      let threshold = evaluator.threshold(part, columns, evaluator.measure)
      let (before, after) = (baseline.standing(of: unit), year.standing(of: unit))
      return TargetReading.Part(
        unit: unit,
        value: TargetReading.Span(baseline: before.value, year: after.value),
        place: TargetReading.Span(baseline: before.place, year: after.place),
        ranked: year.ranking(at: unit.level)?.ranked ?? 0,
        reached: reached,
        threshold: threshold,
        margin: evaluator.margin(reached: reached, threshold: threshold),
        isMet: evaluator.isMet(part, columns)
      )
    }
    return TargetReading(
      target: resolved.target,
      indicator: resolved.indicator,
      year: resolved.year,
      unit: resolved.unit,
      peers: resolved.peers?.name,
      parts: parts,
      contests: contests(columns)
    )
  }

  private func contests(_ columns: TargetColumns) -> [TargetReading.Contest] {
    let isRegion = resolved.unit.level == .region
    guard resolved.target.kind == .best || resolved.target.kind == .sum else { return [] }
    let others = Target.Measure.allCases.filter { $0 != resolved.measure && isRegion }
    return ([resolved.measure] + others).compactMap { contest($0, columns) }
  }

  private func contest(
    _ measure: Target.Measure,
    _ columns: TargetColumns
  ) -> TargetReading.Contest? {
    let level = resolved.unit.level
    guard let entries = baseline.ranking(at: level)?.levels.entries else { return nil }
    let movements = evaluator.peers.indices.map { index in
      (unit: entries[index].unit, places: evaluator.movement(of: index, level, columns, measure))
    }
    let known = movements.filter { !$0.places.isNaN }
    guard let best = known.map(\.places).max() else { return nil }
    let rest = known.filter { $0.places < best }
    let second = rest.map(\.places).max()
    let own = movements.first { $0.unit == resolved.unit }?.places ?? .nan
    return TargetReading.Contest(
      measure: measure,
      own: own,
      place: own.isNaN ? .nan : Double(1 + known.count { $0.places > own }),
      best: best,
      winners: known.filter { $0.places == best }.map(\.unit),
      second: second ?? .nan,
      runnersUp: known.filter { $0.places == second }.map(\.unit),
      compared: known.count,
      missing: movements.filter { $0.places.isNaN }.map(\.unit)
    )
  }
}
