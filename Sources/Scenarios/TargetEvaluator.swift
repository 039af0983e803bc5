internal import Regions
internal import Statistics

/// Reads one target in columns: at the baseline once, and then in as many years or draws as wanted.
///
/// Nothing is allocated by `isMet`, `statistic` and `threshold`, so that they serve inside draws.
struct TargetEvaluator: Sendable {
  /// One unit that must meet the target.
  struct Part: Sendable, Hashable {
    let level: Level
    /// The index of the unit among the entries of its level.
    let index: Int
  }

  /// The rivals of one level.
  struct Peers: Sendable {
    /// The indices of the units that are compared, among the entries of their level.
    let indices: [Int]
    /// For regions: where the members of each entry start in `members`; one more than entries.
    let starts: [Int]
    /// For regions: the indices of the members among the entries of the municipalities.
    let members: [Int]
    /// For regions: whether every member has a place of its own.
    let isComplete: [Bool]
  }

  let kind: Target.Kind
  let measure: Target.Measure
  /// The target's value; 0 where it has none.
  let value: Double
  let lowerIsBetter: Bool
  let parts: [Part]
  let peers: Peers
  /// How many municipalities are ranked in the year.
  let ranked: Double
  let baseline: TargetColumns

  /// Whether all parts meet the target.
  ///
  /// - Complexity: O(*p*) for *p* parts; for `best` O(*u*) with *u* peers and their members.
  func isMet(_ year: TargetColumns) -> Bool {
    parts.indices.allSatisfy { isMet($0, year) }
  }

  /// Whether one part meets the target.
  func isMet(_ part: Int, _ year: TargetColumns) -> Bool {
    let reached = statistic(part, year)
    switch kind {
    case .rank: return reached <= value
    case .climb, .sum: return reached >= value
    case .best:
      // A peer without a movement is no rival, but without its own nobody is the best.
      return !reached.isNaN && reached > threshold(part, year, measure)
    case .level, .country:
      return lowerIsBetter ? isAtLeast(value, reached) : isAtLeast(reached, value)
    case .improve:
      let (before, after) = (baselineValue(part), yearValue(part, year))
      let isBetter = lowerIsBetter ? isAbove(before, after) : isAbove(after, before)
      return isBetter && isAtLeast(reached, value)
    }
  }

  /// What is compared with the threshold; NaN where it cannot be known.
  func statistic(_ part: Int, _ year: TargetColumns) -> Double {
    let unit = parts[part]
    switch kind {
    case .rank: return place(unit, year)
    case .climb: return place(unit, baseline) - place(unit, year)
    case .best: return movement(of: unit.index, unit.level, year, measure)
    case .sum: return movement(of: unit.index, unit.level, year, .sum)
    case .level: return yearValue(part, year)
    case .country: return year.country > 0 ? 100 * yearValue(part, year) / year.country : .nan
    case .improve:
      let change = yearValue(part, year) - baselineValue(part)
      return lowerIsBetter ? -change : change
    }
  }

  /// What must be reached: the target's value, or for `best` the best movement of the others by a
  /// measure; −∞ when there are no others.
  func threshold(_ part: Int, _ year: TargetColumns, _ measure: Target.Measure) -> Double {
    guard kind == .best else { return value }
    let unit = parts[part]
    var best = -Double.infinity
    for index in peers.indices where index != unit.index {
      let movement = movement(of: index, unit.level, year, measure)
      if movement > best { best = movement }
    }
    return best
  }

  /// By how much the threshold is passed, positive when there is room to spare.
  func margin(reached: Double, threshold: Double) -> Double {
    let isUpperLimit = kind == .rank || lowerIsBetter && (kind == .level || kind == .country)
    return isUpperLimit ? threshold - reached : reached - threshold
  }

  /// The movement of a unit from the baseline to the year by a measure; NaN where the unit has no
  /// place, or for all but `place` a member has none.
  func movement(
    of index: Int,
    _ level: Level,
    _ year: TargetColumns,
    _ measure: Target.Measure
  ) -> Double {
    let unit = Part(level: level, index: index)
    guard measure != .place else { return place(unit, baseline) - place(unit, year) }
    guard level == .region, peers.isComplete[index] else { return .nan }
    let members = peers.starts[index]..<peers.starts[index + 1]
    var (sum, start) = (0.0, 0.0)
    for member in members {
      let entry = peers.members[member]
      let before = baseline.municipality.placesForSums[entry]
      start += before
      sum += before - year.municipality.placesForSums[entry]
    }
    switch measure {
    case .sum, .place: return sum
    case .mean: return sum / Double(members.count)
    case .headroom:
      return Movement.headroomShare(
        ofSum: sum,
        from: start,
        members: Double(members.count),
        ranked: ranked
      )
    }
  }

  private func place(_ unit: Part, _ columns: TargetColumns) -> Double {
    columns.columns(unit.level)?.places[unit.index] ?? .nan
  }

  private func yearValue(_ part: Int, _ columns: TargetColumns) -> Double {
    columns.columns(parts[part].level)?.values[parts[part].index] ?? .nan
  }

  private func baselineValue(_ part: Int) -> Double { yearValue(part, baseline) }
}

/// How much two values may differ by rounding alone: four units in the last place, as in
/// `Levels.mergingRoundingNoise`.
@inline(__always)
private func noise(_ a: Double, _ b: Double) -> Double { 4 * max(abs(a), abs(b)).ulp }

/// Whether a value is larger than another by more than rounding noise.
@inline(__always)
func isAbove(_ a: Double, _ b: Double) -> Bool { a > b && a - b > noise(a, b) }

/// Whether a value is at least another, rounding noise forgiven; false for NaN.
@inline(__always)
func isAtLeast(_ a: Double, _ b: Double) -> Bool { a >= b || b - a <= noise(a, b) }
