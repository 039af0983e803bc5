internal import Regions
internal import Statistics

/// The smallest number of units when they may be spread freely.
struct FreeSpread: Sendable, Hashable {
  /// The units of each member.
  var shares: [Int]
  /// No smaller number in all can do.
  var lowerBound: Int

  var total: Int { shares.reduce(0, +) }
}

extension RequiredChangeSolver {
  /// The places that a member wins from those who stay, as a step function of its units.
  ///
  /// - Precondition: The figures are loaded.
  /// - Complexity: O(*u* (log *u* + log *n*)), with *u* units and *n* the member's room.
  func steps(of member: Int) -> [CheapestPath.Step] {
    let range = 1..<(rooms[member] + 1)
    func score(_ units: Int) -> Double { direction * figures.memberValue(member, units) }
    let start = score(0)
    // At each number of units, how many others are reached or passed: half a place each.
    var events: [Int: Int] = [:]
    for other in field.scores where !isAbove(start, other) {
      if isAbove(other, start) {
        guard let reached = firstWhole(in: range, step: step, where: { !isAbove(other, score($0)) })
        else { continue }
        events[reached, default: 0] += 1
      }
      if let passed = firstWhole(in: range, step: step, where: { isAbove(score($0), other) }) {
        events[passed, default: 0] += 1
      }
    }
    var halves = 0
    return events.sorted { $0.key < $1.key }.map { units, count in
      halves += count
      return CheapestPath.Step(units: units, places: Double(halves) / 2)
    }
  }

  /// Some units spread by weight; what a member cannot take goes to the others in their order.
  ///
  /// - Returns: The shares; `nil` when there is no room for all.
  func clipped(_ units: Int) -> [Int]? {
    add(units, to: layout.positions.map { _ in 0 }, by: layout.spread.shares(of: units))
  }

  private func add(_ units: Int, to shares: [Int], by wishes: [Int]) -> [Int]? {
    var result = shares
    var rest = units
    for member in shares.indices {
      let taken = min(wishes[member], rooms[member] - shares[member])
      result[member] += taken
      rest -= taken
    }
    for member in shares.indices where rest > 0 {
      let taken = min(rest, rooms[member] - result[member])
      result[member] += taken
      rest -= taken
    }
    return rest == 0 ? result : nil
  }

  /// The smallest number of units with which every part meets a target of any kind but `best` and
  /// `sum`, spread freely.
  ///
  /// What a part needs only grows with what the others get, so raising each member to what it needs,
  /// over and over, ends at shares of which every one is the smallest. Only where the region needs
  /// more than all of them together is there a choice; then the rest is tried by weight and on each
  /// member, and the answer is known to be the smallest when nobody needs more because of it.
  ///
  /// - Precondition: The figures are loaded.
  /// - Returns: The spread; `nil` when there is none, or none was found.
  func freeSpread() -> FreeSpread? {
    let nothing = layout.positions.map { _ in 0 }
    guard let least = leastShares(from: nothing) else { return nil }
    let sum = least.reduce(0, +)
    guard let needed = regionNeeds(from: sum) else { return nil }
    if needed == sum { return FreeSpread(shares: least, lowerBound: sum) }
    let rest = needed - sum
    var wishes = [layout.spread.shares(of: rest)]
    for member in least.indices {
      var wish = nothing
      wish[member] = rest
      wishes.append(wish)
    }
    var best: FreeSpread?
    for wish in wishes {
      guard let start = add(rest, to: least, by: wish), let shares = leastShares(from: start),
        regionNeeds(from: shares.reduce(0, +)) == shares.reduce(0, +)
      else { continue }
      let found = FreeSpread(shares: shares, lowerBound: needed)
      if found.total < best?.total ?? .max { best = found }
      if found.total == needed { break }
    }
    return best
  }

  /// The total that the region itself needs, at least some number; `nil` when it cannot have it.
  private func regionNeeds(from units: Int) -> Int? {
    var needed = units
    for part in evaluator.parts.indices where memberOfPart[part] == Self.region {
      let range = needed..<(ChangeFigures.most + 1)
      let capacity = rooms.reduce(0) { min($0 + $1, ChangeFigures.most) }
      guard capacity >= needed else { return nil }
      let bounded = range.clamped(to: needed..<(capacity + 1))
      let found: Int?
      if evaluator.kind == .rank || evaluator.kind == .climb {
        guard let place = neededPlace(part) else { return nil }
        found = firstWhole(in: bounded, step: step) { total in
          regions.standing(of: direction * figures.regionValue(total)).above < place
        }
      } else {
        found = firstWhole(in: bounded, step: step) { total in
          isEnough(figures.regionValue(total, total: total), part, total)
        }
      }
      guard let found else { return nil }
      needed = found
    }
    return needed
  }

  /// The smallest shares, not below some, with which every municipality meets the target.
  private func leastShares(from start: [Int]) -> [Int]? {
    var shares = start
    for _ in 0..<Self.steps {
      var isSettled = true
      for part in evaluator.parts.indices where memberOfPart[part] != Self.region {
        let member = memberOfPart[part]
        guard member != Self.still, let needed = need(part, member, shares) else { return nil }
        if needed > shares[member] {
          shares[member] = needed
          isSettled = false
        }
      }
      if isSettled { return shares }
    }
    return nil
  }

  private func need(_ part: Int, _ member: Int, _ shares: [Int]) -> Int? {
    let range = shares[member]..<(rooms[member] + 1)
    let rest = shares.reduce(0, +) - shares[member]
    switch evaluator.kind {
    case .rank, .climb:
      guard let place = neededPlace(part) else { return nil }
      let others = shares.indices.filter { $0 != member }.map {
        direction * figures.memberValue($0, shares[$0])
      }
      return firstWhole(in: range, step: step) { units in
        let score = direction * figures.memberValue(member, units)
        let ahead = others.count { isAbove($0, score) }
        return field.standing(of: score).above + ahead < place
      }
    case .level, .improve, .country, .best, .sum:
      return firstWhole(in: range, step: step) { units in
        isEnough(figures.memberValue(member, units, total: rest + units), part, rest + units)
      }
    }
  }
}
