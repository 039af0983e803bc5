internal import Regions
internal import Statistics

/// Finds the smallest whole number of units that meets a target, everybody else as projected.
///
/// No step size is involved. With *n* units spread by Webster's method every member's value gets
/// better or stays as *n* grows, which gives two ways:
///
/// - **`best` and `sum`** hold from some *n* on: a unit's own place and movement never fall as *n*
///   grows, and those of a rival, whom it may pass, never rise. In a sum over members the pairs
///   among them always give the same, whoever is ahead, as equal values have the mean of their
///   places; so members may pass each other. The first *n* is found by doubling and halving, each
///   step counting who is passed.
/// - **The other kinds** ask something of each part, and a part may lose again what it had: members
///   pass each other, and the country's value grows too. From the state at *n* a lower bound
///   follows for each part: below it the part cannot meet the target, since the others only get
///   better. The largest bound is the next *n*; when every part meets the target at *n*, no smaller
///   number does. Nothing is assumed to hold from some *n* on.
///
/// Only comparisons with the scores of those who stay are made; nothing is ranked again. A call
/// allocates nothing once the scratch has its size.
///
/// Values are compared as `TargetEvaluator` compares them, equal up to rounding noise. The sums of a
/// region and the country are taken before the units are added, so a value may differ from that of
/// the ordinary way in the last bits: whoever needs the answer to be beyond doubt checks it there.
struct RequiredChangeSolver: Sendable {
  let evaluator: TargetEvaluator
  let layout: ChangeLayout
  /// Whether limits hold: a share of at most 100 per cent, the series' smallest and largest values.
  let isStrict: Bool
  /// Whether the last search ended without an answer because it took too many steps, which only
  /// members that forever pass each other can do.
  private(set) var isExhausted = false

  let direction: Double
  /// For each part the member it is, `Self.region` or `Self.still`.
  let memberOfPart: [Int]
  /// Whether each entry of the unit's level moves, or for sums belongs to the unit's region.
  private let isLeftOut: [Bool]
  private let isRegionLeftOut: [Bool]
  private let needsCountry: Bool
  private(set) var figures: ChangeFigures
  /// The municipalities that stay where they are; for sums, those of other regions.
  private(set) var field = ScoreField()
  /// The regions that stay where they are.
  private(set) var regions = ScoreField()
  private var amounts: [Int]
  private var scores: [Double]
  /// How many units each member can get.
  private(set) var rooms: [Int]
  private var catchUps: [Double] = []
  var contest: ContestField
  /// The largest number of units that the last search could look at.
  private(set) var most = 0

  static let region = -1
  static let still = -2
  static let steps = 20_000

  /// Prepares the search for one target.
  ///
  /// - Parameters:
  ///   - evaluator: The target, laid out.
  ///   - layout: Where the units go.
  ///   - isStrict: Whether limits hold; otherwise only that denominators stay above 0.
  ///   - hasDenominator: Whether the indicator is a ratio.
  init(
    _ evaluator: TargetEvaluator,
    layout: ChangeLayout,
    isStrict: Bool = true,
    hasDenominator: Bool
  ) {
    self.evaluator = evaluator
    self.layout = layout
    self.isStrict = isStrict
    direction = evaluator.lowerIsBetter ? -1 : 1
    memberOfPart = evaluator.parts.map { part in
      guard part.level == .municipality else { return Self.region }
      return layout.entries.firstIndex(of: part.index) ?? Self.still
    }
    let contest = ContestField(evaluator, layout: layout)
    var isLeftOut = evaluator.baseline.municipality.values.map { _ in false }
    for entry in layout.entries where entry >= 0 { isLeftOut[entry] = true }
    for entry in contest.ownEntries { isLeftOut[entry] = true }
    self.isLeftOut = isLeftOut
    var isRegionLeftOut = (evaluator.baseline.region?.values ?? []).map { _ in false }
    for part in evaluator.parts where part.level == .region { isRegionLeftOut[part.index] = true }
    self.isRegionLeftOut = isRegionLeftOut
    needsCountry = evaluator.kind == .country || layout.isRelative
    figures = ChangeFigures(layout, hasDenominator: hasDenominator)
    amounts = Array(repeating: 0, count: layout.positions.count)
    scores = Array(repeating: 0, count: layout.positions.count)
    rooms = amounts
    self.contest = contest
  }

  /// The smallest number of units with which the target is met.
  ///
  /// **Shapes**: figures have one value per position, columns one per entry.
  ///
  /// - Parameters:
  ///   - numerator: The numerators of the year as projected; NaN where missing.
  ///   - denominator: The denominators; `nil` for an indicator without.
  ///   - columns: The values and places that follow from them.
  /// - Returns: 0 when it is met already; `nil` when no number meets it within the limits.
  /// - Complexity: O(*m* *u* log *n*) for *m* members, *u* units and *n* the answer, in the usual
  ///   case that members do not chase each other.
  mutating func smallest(
    numerator: [Double],
    denominator: [Double]?,
    columns: TargetColumns
  ) -> Int? {
    isExhausted = false
    if evaluator.isMet(columns) { return 0 }
    load(numerator: numerator, denominator: denominator, columns: columns)
    guard most > 0 else { return nil }
    switch evaluator.kind {
    case .best, .sum: return smallestForContest(columns)
    case .rank, .climb, .level, .improve, .country: return smallestForParts(columns)
    }
  }

  /// Takes the figures and places of a year.
  mutating func load(numerator: [Double], denominator: [Double]?, columns: TargetColumns) {
    figures.load(numerator, denominator, needsCountry: needsCountry)
    most = largest()
    field.fill(columns.municipality.values, direction: direction, without: isLeftOut)
    if let region = columns.region {
      regions.fill(region.values, direction: direction, without: isRegionLeftOut)
    }
  }

  /// The largest number of units that keeps all limits.
  ///
  /// - Precondition: The figures are loaded.
  private mutating func largest() -> Int {
    var most = ChangeFigures.most
    for member in layout.positions.indices {
      let room = figures.room(member, isStrict: isStrict)
      rooms[member] = room
      guard room < ChangeFigures.most,
        let beyond = layout.spread.smallest(giving: member, room + 1)
      else { continue }
      most = min(most, beyond - 1)
    }
    return most
  }

  /// The member that can get least before it breaks a limit, and the most units in all that keep it.
  ///
  /// - Precondition: The figures are loaded.
  func tightest() -> (member: Int, limit: RequiredChange.Limit, units: Int)? {
    var result: (member: Int, limit: RequiredChange.Limit, units: Int)?
    for member in layout.positions.indices {
      let room = figures.room(member, isStrict: isStrict)
      guard let beyond = layout.spread.smallest(giving: member, room + 1),
        beyond - 1 < result?.units ?? .max,
        let limit = figures.limit(member, room + 1, isStrict: isStrict)
      else { continue }
      result = (member, limit, beyond - 1)
    }
    return result
  }

  /// A first step for a search: a thousandth of what is there.
  var step: Int {
    let size =
      layout.isOfDenominator
      ? figures.members.reduce(0) { $0 + $1.denominator.magnitude }
      : figures.members.reduce(0) { $0 + $1.numerator.magnitude }
    return max(1, Int(min(size / 1000, 1e12)))
  }

  // MARK: - Contests and sums

  private mutating func smallestForContest(_ columns: TargetColumns) -> Int? {
    let isOfRegion = evaluator.measure == .place && evaluator.parts[0].level == .region
    score(with: 0)
    contest.load(columns, in: isOfRegion ? regions : field, own: scores)
    return firstWhole(in: 1..<(most + 1), step: step) { units in
      score(with: units)
      return contest.isMet(scores, in: isOfRegion ? regions : field)
    }
  }

  /// Takes the scores of the members, or for a contest by its own place that of the region.
  private mutating func score(with units: Int) {
    if evaluator.measure == .place, evaluator.parts[0].level == .region {
      scores[0] = direction * figures.regionValue(units)
      return
    }
    layout.spread.spread(units, into: &amounts)
    for member in scores.indices {
      scores[member] = direction * figures.memberValue(member, amounts[member])
    }
  }

  // MARK: - Parts

  private mutating func smallestForParts(_ columns: TargetColumns) -> Int? {
    var units = 0
    for _ in 0..<Self.steps {
      layout.spread.spread(units, into: &amounts)
      var next = units
      for part in evaluator.parts.indices {
        guard let bound = bound(part, units, columns), bound <= most else { return nil }
        next = max(next, bound)
      }
      if next == units { return units }
      units = next
    }
    isExhausted = true
    return nil
  }

  /// A number of units below which a part cannot meet the target: the number itself when it is met.
  private mutating func bound(_ part: Int, _ units: Int, _ columns: TargetColumns) -> Int? {
    let member = memberOfPart[part]
    switch evaluator.kind {
    case .rank, .climb:
      guard let place = neededPlace(part) else { return nil }
      switch member {
      case Self.region:
        return firstWhole(in: units..<(most + 1), step: step) { total in
          regions.standing(of: direction * figures.regionValue(total)).above < place
        }
      case Self.still:
        return isStillMet(part, place, columns) ? units : nil
      default:
        return boundOfPlace(member, place, units)
      }
    case .level, .improve, .country, .best, .sum:
      switch member {
      case Self.region:
        return firstWhole(in: units..<(most + 1), step: step) { total in
          isEnough(figures.regionValue(total, total: total), part, total)
        }
      case Self.still:
        let value = columns.municipality.values[evaluator.parts[part].index]
        return isEnough(value * figures.countryFactor(units), part, units) ? units : nil
      default:
        let held = amounts[member]
        if amounts.count == 1 {
          // Both it and the country have all units: a quotient that only rises, or only falls.
          return firstWhole(in: units..<(most + 1), step: step) { total in
            isEnough(figures.memberValue(0, total, total: total), part, total)
          }
        }
        let least = firstWhole(in: held..<(rooms[member] + 1), step: step) { own in
          isEnough(figures.memberValue(member, own, total: units), part, units)
        }
        return least.flatMap { $0 == held ? units : smallest(giving: member, $0) }
      }
    }
  }

  /// The place that a part must have; `nil` when it is better than the first.
  func neededPlace(_ part: Int) -> Int? {
    let unit = evaluator.parts[part]
    let place =
      evaluator.kind == .rank
      ? evaluator.value
      : (evaluator.baseline.columns(unit.level)?.places[unit.index] ?? .nan) - evaluator.value
    return place >= 1 ? Int(min(place, 1e9)) : nil
  }

  /// Whether a part that gets nothing keeps its place.
  private func isStillMet(_ part: Int, _ place: Int, _ columns: TargetColumns) -> Bool {
    let score = direction * columns.municipality.values[evaluator.parts[part].index]
    let above = field.standing(of: score).above
    let passed = figures.members.indices.count { member in
      isAbove(direction * figures.memberValue(member, amounts[member]), score)
    }
    return above + passed < place
  }

  /// Whether a value is enough, the country's being as with units added.
  func isEnough(_ value: Double, _ part: Int, _ units: Int) -> Bool {
    let needed = evaluator.value
    let isLower = evaluator.lowerIsBetter
    switch evaluator.kind {
    case .level: return isLower ? isAtLeast(needed, value) : isAtLeast(value, needed)
    case .country:
      let country = figures.countryValue(units)
      guard country > 0 else { return false }
      let reached = 100 * value / country
      return isLower ? isAtLeast(needed, reached) : isAtLeast(reached, needed)
    case .improve:
      let unit = evaluator.parts[part]
      let before = evaluator.baseline.columns(unit.level)?.values[unit.index] ?? .nan
      let isBetter = isLower ? isAbove(before, value) : isAbove(value, before)
      return isBetter && isAtLeast(direction * (value - before), needed)
    case .rank, .climb, .best, .sum: return false
    }
  }

  /// The bound of a member that needs a place.
  ///
  /// Of the *a* members that are ahead of it, it may pass some: for each number of them it needs as
  /// many units as to catch up with the nearest, and as many as leave few enough of those who stay
  /// ahead. The cheapest of these ways is the bound.
  private mutating func boundOfPlace(_ member: Int, _ place: Int, _ units: Int) -> Int? {
    let held = amounts[member]
    let score = direction * figures.memberValue(member, held)
    catchUps.removeAll(keepingCapacity: true)
    for other in amounts.indices where other != member {
      let theirs = direction * figures.memberValue(other, amounts[other])
      guard isAbove(theirs, score) else { continue }
      catchUps.append(figures.catchUp(member, holding: held, with: other))
    }
    if field.standing(of: score).above + catchUps.count < place { return units }
    catchUps.sort()
    var best: Int?
    for passed in 0...catchUps.count {
      let allowed = place - 1 - (catchUps.count - passed)
      let least = passed == 0 ? 0 : catchUps[passed - 1]
      guard allowed >= 0, least <= Double(rooms[member]) else { continue }
      let start = max(held, Int(max(0, least).rounded(.down)))
      let found = firstWhole(in: start..<(rooms[member] + 1), step: step) { own in
        field.standing(of: direction * figures.memberValue(member, own)).above <= allowed
      }
      if let found { best = min(best ?? found, found) }
    }
    // One more at least: with what it holds it does not have the place.
    return best.flatMap { smallest(giving: member, max($0, held + 1)) }
  }

  private func smallest(giving member: Int, _ held: Int) -> Int? {
    layout.spread.smallest(giving: member, held)
  }
}
