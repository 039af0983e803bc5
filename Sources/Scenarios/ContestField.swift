internal import Regions

/// The movements of a unit and its rivals in a target of the kind `best` or `sum`, kept so that only
/// those whom the unit's members pass need be counted again.
struct ContestField: Sendable {
  /// A rival: where its scores lie, and its movement.
  struct Rival {
    var first: Int
    var end: Int
    /// The movement as projected, in places; for summed measures the sum.
    var movement: Double
    /// The sum of its members' places at the baseline, and their number.
    var start: Double
    var members: Double
    /// What it loses to the unit when no units are added, in halves of a place.
    var lost: Int
  }

  /// For movements summed over members: the entries of the unit's own members.
  let ownEntries: [Int]
  /// The member of the layout at each of `ownEntries`; −1 for one that gets no units.
  private let memberOfOwn: [Int]
  private let evaluator: TargetEvaluator
  private let direction: Double
  /// The sum of the own members' places at the baseline, or the unit's own place.
  private let start: Double

  private(set) var rivals: [Rival] = []
  private(set) var scores: [Double] = []
  private var lost: [Int] = []
  /// The scores of the own members that get no units.
  private var stillScores: [Double] = []
  private var stillPlaces = 0.0

  /// Lays a contest out; for other kinds of targets it stays empty.
  init(_ evaluator: TargetEvaluator, layout: ChangeLayout) {
    self.evaluator = evaluator
    direction = evaluator.lowerIsBetter ? -1 : 1
    let baseline = evaluator.baseline
    guard let own = evaluator.parts.first,
      evaluator.kind == .sum || evaluator.kind == .best && evaluator.measure != .place
    else {
      (ownEntries, memberOfOwn) = ([], [])
      start =
        evaluator.parts.first.flatMap { baseline.columns($0.level)?.places[$0.index] } ?? .nan
      return
    }
    let range = evaluator.peers.starts[own.index]..<evaluator.peers.starts[own.index + 1]
    ownEntries = Array(evaluator.peers.members[range])
    memberOfOwn = ownEntries.map { layout.entries.firstIndex(of: $0) ?? -1 }
    start = ownEntries.reduce(0) { $0 + baseline.municipality.placesForSums[$1] }
  }

  /// Takes the movements of a year as projected.
  ///
  /// - Parameters:
  ///   - year: The year's columns.
  ///   - field: Those who are neither the unit nor its members.
  ///   - own: The members' scores, or that of the unit itself, with no units added.
  mutating func load(_ year: TargetColumns, in field: ScoreField, own: [Double]) {
    rivals.removeAll(keepingCapacity: true)
    scores.removeAll(keepingCapacity: true)
    stillPlaces = 0
    for (entry, member) in zip(ownEntries, memberOfOwn) where member < 0 {
      let score = direction * year.municipality.values[entry]
      stillPlaces += field.standing(of: score).meanPlace
    }
    guard evaluator.kind == .best, let part = evaluator.parts.first else { return }
    for index in evaluator.peers.indices where index != part.index {
      add(index, part.level, year)
    }
    countLost(own)
    for rival in rivals.indices { rivals[rival].lost = lost[rival] }
  }

  private mutating func add(_ index: Int, _ level: Level, _ year: TargetColumns) {
    let isPlace = evaluator.measure == .place
    let movement = evaluator.movement(of: index, level, year, isPlace ? .place : .sum)
    guard !movement.isNaN else { return }
    let first = scores.count
    var (start, members) = (0.0, 1.0)
    if isPlace {
      scores.append(direction * (year.columns(level)?.values[index] ?? .nan))
    } else {
      let range = evaluator.peers.starts[index]..<evaluator.peers.starts[index + 1]
      members = Double(range.count)
      for member in range {
        let entry = evaluator.peers.members[member]
        start += evaluator.baseline.municipality.placesForSums[entry]
        scores.append(direction * year.municipality.values[entry])
      }
    }
    rivals.append(
      Rival(
        first: first,
        end: scores.count,
        movement: movement,
        start: start,
        members: members,
        lost: 0
      )
    )
  }

  /// Counts what each rival loses, in halves of a place.
  ///
  /// - Complexity: O(*m* *r*) for *m* scores and *r* members of rivals.
  private mutating func countLost(_ own: [Double]) {
    lost.removeAll(keepingCapacity: true)
    for _ in rivals { lost.append(0) }
    if evaluator.measure == .place {
      let mark = ScoreField.Mark(own[0])
      // A shared place is the best of those who share it, so a rival loses only when it is passed.
      for rival in rivals.indices where mark.halves(against: scores[rivals[rival].first]) == 2 {
        lost[rival] = 2
      }
      return
    }
    for member in memberOfOwn where member >= 0 {
      let mark = ScoreField.Mark(own[member])
      for (rival, range) in rivals.enumerated() {
        var count = 0
        for index in range.first..<range.end { count += mark.halves(against: scores[index]) }
        lost[rival] += count
      }
    }
  }

  /// Whether the target is met, with the members' scores, or that of the unit itself for a contest by
  /// its own place, among those who are neither the unit nor its members.
  mutating func isMet(_ own: [Double], in field: ScoreField) -> Bool {
    let reached = movement(own, in: field)
    guard evaluator.kind == .best else { return reached >= evaluator.value }
    return beatsRivals(reached, own)
  }

  /// Whether a movement, as measured, beats the rivals when these lose to members with some scores.
  private mutating func beatsRivals(_ reached: Double, _ own: [Double]) -> Bool {
    countLost(own)
    for (index, rival) in rivals.enumerated() {
      let movement = rival.movement - Double(lost[index] - rival.lost) / 2
      if measured(movement, start: rival.start, members: rival.members) >= reached { return false }
    }
    return true
  }

  /// The movement of the unit by the target's measure.
  private func movement(_ own: [Double], in field: ScoreField) -> Double {
    if evaluator.kind == .best, evaluator.measure == .place {
      return start - Double(1 + field.standing(of: own[0]).above)
    }
    // Of each pair of own members one is ahead, or they share two places.
    let members = Double(memberOfOwn.count)
    var places = stillPlaces + members * (members - 1) / 2
    for member in memberOfOwn where member >= 0 {
      places += field.standing(of: own[member]).meanPlace
    }
    return measured(start - places, start: start, members: members)
  }

  /// The rivals that are not behind the unit as projected, the largest movement first.
  func ahead(in projected: TargetColumns) -> [Rival] {
    let sum = evaluator.parts.first.map {
      evaluator.movement(of: $0.index, $0.level, projected, .sum)
    }
    let members = Double(memberOfOwn.count)
    let own = measured(sum ?? .nan, start: start, members: members)
    let ranked = rivals.map { rival in
      (rival, measured(rival.movement, start: rival.start, members: rival.members))
    }
    return ranked.filter { $0.1 >= own }.sorted { $0.1 > $1.1 }.map(\.0)
  }

  /// What a rival loses, in halves of a place, when a member's score rises.
  func loss(of rival: Rival, from before: Double, to after: Double) -> Int {
    let marks = (ScoreField.Mark(before), ScoreField.Mark(after))
    return (rival.first..<rival.end).reduce(0) { loss, index in
      loss + marks.1.halves(against: scores[index]) - marks.0.halves(against: scores[index])
    }
  }

  /// Whether a sum of movements beats the rivals, when these lose to members with some scores.
  mutating func isAhead(with sum: Double, _ own: [Double]) -> Bool {
    beatsRivals(measured(sum, start: start, members: Double(memberOfOwn.count)), own)
  }

  private func measured(_ sum: Double, start: Double, members: Double) -> Double {
    guard evaluator.kind == .best else { return sum }
    switch evaluator.measure {
    case .place, .sum: return sum
    case .mean: return sum / members
    case .headroom:
      return Movement.headroomShare(
        ofSum: sum,
        from: start,
        members: members,
        ranked: evaluator.ranked
      )
    }
  }
}
