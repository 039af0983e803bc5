internal import Documents
internal import Regions
internal import Statistics

/// Splits the movement of a unit and lists whom it passes.
struct Attributor {
  let baseline: Standings
  let withoutLevers: [Standings]
  let withLevers: [Standings]
  /// The indices within the scenario of the levers that touch the indicator.
  let leverIndices: [Int]
  let levers: [Lever]

  /// The most levers for which the exact split over all subsets is computed.
  static let mostLevers = 10

  /// The parts of the levers, for each unit, from the standings with each subset of them.
  func leverShares(
    of units: [Unit],
    standings: (UInt) throws(DocumentError) -> Standings
  ) throws(DocumentError) -> [[Attribution.LeverShare]] {
    guard !leverIndices.isEmpty, leverIndices.count <= Self.mostLevers else {
      return units.map { _ in [] }
    }
    let shares = try shapleyValues(players: leverIndices.count) {
      coalition throws(DocumentError) in
      let active = leverIndices.enumerated().reduce(UInt(0)) { mask, lever in
        coalition & (1 << UInt(lever.offset)) == 0 ? mask : mask | (1 << UInt(lever.element))
      }
      let result = try standings(active)
      return units.flatMap { unit in
        let standing = result.standing(of: unit)
        return [-standing.place, standing.value]
      }
    }
    return units.indices.map { unit in
      zip(leverIndices, shares).map { index, share in
        Attribution.LeverShare(
          lever: levers[index].id,
          places: share[2 * unit],
          value: share[2 * unit + 1]
        )
      }
    }
  }

  /// Splits the movement of a unit into its own part and the others'.
  ///
  /// - Parameters:
  ///   - unit: The unit.
  ///   - ownMoved: The standings when only its own figures are those of the horizon.
  ///   - othersMoved: The standings when only the others' figures are.
  ///   - levers: The parts of the levers.
  /// - Returns: The parts.
  func attribution(
    of unit: Unit,
    ownMoved: Standings,
    othersMoved: Standings,
    levers: [Attribution.LeverShare]
  ) -> Attribution {
    let start = baseline.standing(of: unit).place
    let end = (withLevers.last ?? baseline).standing(of: unit).place
    let own = ownMoved.standing(of: unit).place
    let others = othersMoved.standing(of: unit).place
    let without = (withoutLevers.last ?? baseline).standing(of: unit).place
    return Attribution(
      unit: unit,
      movement: start - end,
      own: 0.5 * (start - own) + 0.5 * (others - end),
      others: 0.5 * (start - others) + 0.5 * (own - end),
      leverEffect: without - end,
      levers: levers
    )
  }

  /// The units that a unit passes or is passed by, first those passed, each in the order of the
  /// years and then of the places at the baseline.
  ///
  /// The number passed minus the number of those that pass is the movement in places.
  func overtakes(of unit: Unit) -> [Overtake] {
    guard let last = withLevers.last, let before = baseline.ranking(at: unit.level),
      let after = last.ranking(at: unit.level), let mine = before.index(of: unit)
    else { return [] }
    var found: [Overtake] = []
    for index in before.sortedIndices where index != mine {
      let wasBetter = isBetter(index, than: mine, in: before)
      let isBetterNow = isBetter(index, than: mine, in: after)
      guard wasBetter != isBetterNow else { continue }
      var year = last.year
      for standings in withLevers.reversed() {
        guard let ranking = standings.ranking(at: unit.level),
          isBetter(index, than: mine, in: ranking) == isBetterNow
        else { break }
        year = standings.year
      }
      found.append(
        Overtake(
          unit: unit,
          other: before.levels.entries[index].unit,
          direction: wasBetter ? .passes : .passedBy,
          year: year,
          gapBefore: gap(index, mine, in: before),
          gapAfter: gap(index, mine, in: after)
        )
      )
    }
    let isFirst = { (overtake: Overtake) in overtake.direction == .passes }
    return found.filter(isFirst).sorted { $0.year < $1.year }
      + found.filter { !isFirst($0) }.sorted { $0.year < $1.year }
  }

  private func isBetter(_ other: Int, than mine: Int, in ranking: Ranking) -> Bool {
    let (a, b) = (ranking.places[other], ranking.places[mine])
    return !a.isNaN && a < b
  }

  private func gap(_ other: Int, _ mine: Int, in ranking: Ranking) -> Double {
    ranking.levels.entries[other].value - ranking.levels.entries[mine].value
  }
}
