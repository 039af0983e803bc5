internal import Regions

/// What is counted of the differences between two scenarios: whole numbers.
struct DifferenceTally: Sendable {
  /// A unit in a year that both scenarios have.
  private struct Cell: Sendable {
    let indicators: (Int, Int)
    let years: (Int, Int)
    /// The columns of the unit, among the entries of both levels.
    let columns: (Int, Int)
    /// How many entries both levels have together.
    let entries: (Int, Int)
    let unit: Unit
    var count = 0
    var sum = 0
    var squares = 0
  }

  /// A target that both scenarios have.
  private struct Pair: Sendable {
    let targets: (Int, Int)
    var gained = 0
    var lost = 0
  }

  private var cells: [Cell] = []
  private var pairs: [Pair] = []

  /// Finds what two scenarios have in common.
  init(_ base: DrawPlan, _ other: DrawPlan) {
    for (mine, target) in base.targets.enumerated() {
      let id = target.target.id
      guard let theirs = other.targets.firstIndex(where: { $0.target.id == id }) else { continue }
      pairs.append(Pair(targets: (mine, theirs)))
    }
    for (mine, plan) in base.indicators.enumerated() {
      guard
        let theirs = other.indicators.firstIndex(where: { $0.indicator.id == plan.indicator.id })
      else { continue }
      cells += Self.cells(plan, other.indicators[theirs], (mine, theirs))
    }
  }

  private static func cells(
    _ base: IndicatorDraws,
    _ other: IndicatorDraws,
    _ indicators: (Int, Int)
  ) -> [Cell] {
    var cells: [Cell] = []
    for (mine, standings) in base.central.enumerated() {
      guard let theirs = other.central.firstIndex(where: { $0.year == standings.year }) else {
        continue
      }
      for part in base.viewed {
        guard let unit = base.unit(part),
          let match = other.viewed.first(where: { other.unit($0) == unit })
        else { continue }
        cells.append(
          Cell(
            indicators: indicators,
            years: (mine, theirs),
            columns: (base.column(part), other.column(match)),
            entries: (base.entries, other.entries),
            unit: unit
          )
        )
      }
    }
    return cells
  }

  /// Counts a block.
  ///
  /// - Parameters:
  ///   - base: The places of the indicators of the base, and its targets' bits.
  ///   - other: Those of the other scenario.
  ///   - slots: The draws of the block that count.
  mutating func count(
    _ base: (places: [DrawBuffer<UInt16>], isMet: [UInt64]),
    _ other: (places: [DrawBuffer<UInt16>], isMet: [UInt64]),
    slots: Range<Int>
  ) {
    for index in pairs.indices {
      let (mine, theirs) = pairs[index].targets
      pairs[index].gained += (other.isMet[theirs] & ~base.isMet[mine]).nonzeroBitCount
      pairs[index].lost += (base.isMet[mine] & ~other.isMet[theirs]).nonzeroBitCount
    }
    for index in cells.indices {
      let cell = cells[index]
      let mine = base.places[cell.indicators.0].start + cell.columns.0
      let theirs = other.places[cell.indicators.1].start + cell.columns.1
      for slot in slots {
        let first = (cell.years.0 * PathSampler.blockSize + slot) * cell.entries.0
        let second = (cell.years.1 * PathSampler.blockSize + slot) * cell.entries.1
        let (a, b) = (Int(mine[first]), Int(theirs[second]))
        guard a > 0, b > 0 else { continue }
        cells[index].count += 1
        cells[index].sum += a - b
        cells[index].squares += (a - b) * (a - b)
      }
    }
  }

  /// Adds the counts of other draws.
  mutating func merge(_ other: DifferenceTally) {
    for index in pairs.indices {
      pairs[index].gained += other.pairs[index].gained
      pairs[index].lost += other.pairs[index].lost
    }
    for index in cells.indices {
      cells[index].count += other.cells[index].count
      cells[index].sum += other.cells[index].sum
      cells[index].squares += other.cells[index].squares
    }
  }

  /// The results from what was counted.
  func difference(
    _ base: DrawPlan,
    _ other: DrawPlan,
    _ baseCounts: DrawCounts,
    _ otherCounts: DrawCounts,
    _ draws: Int
  ) -> FuturesDifference {
    FuturesDifference(
      base: base.scenario.id,
      scenario: other.scenario.id,
      targets: pairs.map { pair in
        TargetDifference(
          target: base.targets[pair.targets.0].target.id,
          base: DrawnProbability(count: baseCounts.isMet[pair.targets.0], draws: draws),
          scenario: DrawnProbability(count: otherCounts.isMet[pair.targets.1], draws: draws),
          gained: pair.gained,
          lost: pair.lost
        )
      },
      places: cells.map { cell in
        let count = Double(cell.count)
        let mean = Double(cell.sum) / count
        let spread = max(0, Double(cell.squares) - count * mean * mean) / (count - 1)
        return PlaceDifference(
          indicator: base.indicators[cell.indicators.0].indicator.id,
          year: base.indicators[cell.indicators.0].central[cell.years.0].year,
          unit: cell.unit,
          places: mean,
          standardError: (spread / count).squareRoot()
        )
      }
    )
  }
}

extension IndicatorDraws {
  /// How many entries both levels have together.
  fileprivate var entries: Int { levels.municipalities + levels.regions }

  fileprivate func unit(_ part: TargetEvaluator.Part) -> Unit? {
    baseline.ranking(at: part.level)?.levels.entries[part.index].unit
  }

  fileprivate func column(_ part: TargetEvaluator.Part) -> Int {
    part.level == .municipality ? part.index : levels.municipalities + part.index
  }
}
