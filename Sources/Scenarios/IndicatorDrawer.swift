internal import Forecasts
internal import Regions
internal import Statistics

/// Applies the levers to the drawn figures of one indicator on one thread, ranks, and counts.
///
/// Everything is allocated once; the memory does not depend on the number of draws.
final class IndicatorDrawer<Observer: DrawObserver> {
  private let plan: IndicatorDraws
  private let observer: Observer
  private let figures: FigureDrawer
  /// The figures with the levers: years × positions.
  private let numerators: DrawBuffer<DrawRow>
  private let denominators: DrawBuffer<DrawRow>
  /// Whether the figures are copied before they are changed.
  private let copies: Bool
  /// The values of one batch: years × entries of the municipalities, then the regions.
  private let values: DrawBuffer<DrawRow>
  /// The places to be summed, where they are not the places: years × draws × entries.
  private let sums: DrawBuffer<Double>
  /// The value of the country: years.
  private let countries: DrawBuffer<DrawRow>
  /// How many figures were put on a limit: years × draws.
  private let clipped: DrawBuffer<Int>
  private let levelScratch: DrawLevels.Scratch
  private let municipalityRanks: DrawRanks
  private let regionRanks: DrawRanks
  private var columns: TargetColumns
  /// Per year whether anyone looks at the columns.
  private let isRead: [Bool]
  /// Per year the indices of its targets in the plan.
  private let targets: [[Int]]
  private let entries: Int
  /// The places of a block: years × draws × entries of the municipalities, then the regions.
  let places: DrawBuffer<UInt16>
  /// What is counted over all blocks.
  private(set) var tally: DrawTally

  private static var batch: Int { FigureDrawer.batchSize }

  /// Makes room for the draws.
  ///
  /// - Parameters:
  ///   - plan: What is the same in all draws.
  ///   - figures: Draws the figures without the levers.
  ///   - isShared: Whether others use these figures too.
  ///   - observer: Looks at the figures.
  init(_ plan: IndicatorDraws, figures: FigureDrawer, isShared: Bool, observer: Observer) {
    self.plan = plan
    self.figures = figures
    self.observer = observer
    let acts = !plan.unsafePositions.isEmpty || plan.effects.contains { !$0.isEmpty }
    copies = isShared && acts
    if copies {
      numerators = DrawBuffer(count: figures.numerators.count, repeating: .zero)
      denominators = DrawBuffer(count: figures.denominators.count, repeating: .zero)
    } else {
      (numerators, denominators) = (figures.numerators, figures.denominators)
    }
    let (municipalities, regions) = (plan.levels.municipalities, plan.levels.regions)
    let cells = plan.years * Self.batch
    entries = municipalities + regions
    values = DrawBuffer(count: plan.years * entries, repeating: DrawRow(repeating: .nan))
    sums = DrawBuffer(count: cells * entries, repeating: .nan)
    countries = DrawBuffer(count: plan.years, repeating: DrawRow(repeating: .nan))
    clipped = DrawBuffer(count: cells, repeating: 0)
    levelScratch = DrawLevels.Scratch(plan.levels)
    let order = plan.baseline.municipality.order
    municipalityRanks = DrawRanks(count: municipalities, order: order)
    regionRanks = DrawRanks(count: regions, order: order)
    columns = TargetColumns(plan.baseline)
    let targets = (0..<plan.years).map { year in
      plan.targets.indices.filter { plan.targets[$0].year == year }
    }
    self.targets = targets
    isRead = (0..<plan.years).map { year in
      !targets[year].isEmpty || observer.looks(at: plan.index, year: year)
    }
    places = DrawBuffer(count: plan.years * PathSampler.blockSize * entries, repeating: 0)
    tally = DrawTally(plan)
  }

  /// Draws some draws of a block.
  ///
  /// - Parameters:
  ///   - first: The first draw of the block.
  ///   - slots: Which draws of the block are wanted, all of one batch.
  ///   - isMet: Per target of the scenario a bit per draw of the block; bits are set here.
  ///   - state: What the observer remembers.
  func draw(
    block first: Int,
    slots: Range<Int>,
    isMet: inout [UInt64],
    _ state: inout Observer.State
  ) {
    let start = slots.lowerBound / Self.batch * Self.batch
    figures.draw(block: first, batch: start)
    if copies {
      numerators.start.update(from: figures.numerators.start, count: numerators.count)
      denominators.start.update(from: figures.denominators.start, count: denominators.count)
    }
    let draws = slots.lowerBound - start..<slots.upperBound - start
    for year in 0..<plan.years { rank(year, draws, in: start) }
    guard isRead.contains(true) else { return }
    for draw in draws {
      for year in 0..<plan.years where isRead[year] {
        read(year, draw, in: start, block: first, isMet: &isMet, &state)
      }
    }
  }

  /// Counts who was better than the units in view in a block that is drawn.
  func count(slots: Range<Int>) { tally.countBetter(places, slots: slots) }

  // MARK: - Places

  /// Applies the levers of a year, and computes and ranks the values of both levels.
  private func rank(_ year: Int, _ draws: Range<Int>, in batch: Int) {
    let first = year * plan.positions
    let top = numerators.start + first
    let bottom = plan.denominators.isEmpty ? nil : denominators.start + first
    for draw in draws {
      let count = act(
        year,
        StridedColumn(top, draw: draw),
        bottom.map { StridedColumn($0, draw: draw) },
        mayBreak: figures.broken[year] >> UInt16(draw) & 1 != 0
      )
      clipped.start[year * Self.batch + draw] = count
      tally.clipped += count
    }
    let values = values.start + year * entries
    countries.start[year] = plan.levels.compute(top, bottom, into: values, levelScratch)
    let places = places(year, batch)
    guard draws.contains(where: { isMerged(year, $0) }) else {
      for level in [Level.municipality, .region] {
        tally.withCounts(year, level) { rank(level, draws, values, places, $0) }
      }
      return
    }
    for level in [Level.municipality, .region] { rank(level, draws, values, places, nil) }
    merge(year, draws, values, places)
    tally.count(places, draws, year)
  }

  /// Ranks the values of one level in some draws.
  private func rank(
    _ level: Level,
    _ draws: Range<Int>,
    _ values: UnsafePointer<DrawRow>,
    _ places: UnsafeMutablePointer<UInt16>,
    _ counts: UnsafeMutableBufferPointer<UInt32>?
  ) {
    let first = level == .municipality ? 0 : plan.levels.municipalities
    let ranks = level == .municipality ? municipalityRanks : regionRanks
    ranks.rank(draws, values + first, into: places + first, stride: entries, counts: counts)
  }

  /// Makes values equal that differ by rounding alone, in the draws where there may be any.
  private func merge(
    _ year: Int,
    _ draws: Range<Int>,
    _ values: UnsafeMutablePointer<DrawRow>,
    _ places: UnsafeMutablePointer<UInt16>
  ) {
    let municipalities = plan.levels.municipalities
    for draw in draws where isMerged(year, draw) {
      let places = places + draw * entries
      let sums = sums.start + (year * Self.batch + draw) * entries
      municipalityRanks.merge(StridedColumn(values, draw: draw), places, sums: sums)
      regionRanks.merge(
        StridedColumn(values + municipalities, draw: draw),
        places + municipalities,
        sums: sums + municipalities
      )
    }
  }

  /// Whether values that differ by rounding alone are made equal. Continuous noise makes no values
  /// equal; only then is it needless to look.
  private func isMerged(_ year: Int, _ draw: Int) -> Bool {
    plan.mayTie || clipped.start[year * Self.batch + draw] > 0
  }

  /// The places of a year from a draw of the block on.
  private func places(_ year: Int, _ slot: Int) -> UnsafeMutablePointer<UInt16> {
    places.start + (year * PathSampler.blockSize + slot) * entries
  }

  private func act(
    _ year: Int,
    _ top: StridedColumn,
    _ bottom: StridedColumn?,
    mayBreak: Bool
  ) -> Int {
    var clipped = 0
    if mayBreak { clipped = clip(plan.unsafePositions, top, bottom) }
    for effect in plan.effects[year] {
      effect.apply(top, bottom)
      clipped += clip(effect.positions, top, bottom)
    }
    return clipped
  }

  private func clip(
    _ positions: [Int],
    _ top: StridedColumn,
    _ bottom: StridedColumn?
  ) -> Int {
    var clipped = 0
    for position in positions {
      var numerator = top[position]
      var denominator = bottom?[position] ?? .infinity
      let broken = plan.limits.clip(&numerator, &denominator, at: position)
      guard broken > 0 else { continue }
      top[position] = numerator
      if let bottom { bottom[position] = denominator }
      clipped += broken
    }
    return clipped
  }

  // MARK: - Targets

  private func read(
    _ year: Int,
    _ draw: Int,
    in batch: Int,
    block first: Int,
    isMet: inout [UInt64],
    _ state: inout Observer.State
  ) {
    let (municipalities, slot) = (plan.levels.municipalities, batch + draw)
    let values = StridedColumn(values.start + year * entries, draw: draw)
    let places = places(year, slot)
    let sums =
      isMerged(year, draw) ? sums.start + (year * Self.batch + draw) * entries : nil
    columns.municipality.fill(values, places, sums)
    columns.region?.fill(
      values.dropFirst(municipalities),
      places + municipalities,
      sums.map { $0 + municipalities }
    )
    columns.country = countries.start[year][draw]
    for index in targets[year] where plan.targets[index].evaluator.isMet(columns) {
      isMet[plan.targets[index].index] |= 1 << UInt64(slot)
    }
    if observer.looks(at: plan.index, year: year) {
      let position = year * plan.positions
      let drawn = DrawnFigures(
        draw: first + slot,
        indicator: plan.index,
        year: year,
        numerators: StridedColumn(numerators.start + position, draw: draw),
        denominators: plan.denominators.isEmpty
          ? nil : StridedColumn(denominators.start + position, draw: draw)
      )
      observer.look(at: drawn, columns, &state)
    }
  }
}

extension TargetColumns.LevelColumns {
  /// Writes the columns of a draw over those of another.
  fileprivate mutating func fill(
    _ newValues: StridedColumn,
    _ newPlaces: UnsafePointer<UInt16>,
    _ newSums: UnsafePointer<Double>?
  ) {
    newValues.copy(into: &values)
    places.withUnsafeMutableBufferPointer { column in
      for index in 0..<column.count {
        column[index] = newPlaces[index] == 0 ? .nan : Double(newPlaces[index])
      }
    }
    placesForSums.withUnsafeMutableBufferPointer { column in
      for index in 0..<column.count {
        column[index] = newSums?[index] ?? (newPlaces[index] == 0 ? .nan : Double(newPlaces[index]))
      }
    }
  }
}
