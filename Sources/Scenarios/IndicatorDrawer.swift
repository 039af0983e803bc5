internal import Forecasts
internal import Regions
internal import Statistics

/// Applies the levers to the drawn figures of one indicator on one thread, ranks, and counts.
///
/// Everything is allocated once; the memory does not depend on the number of draws.
final class IndicatorDrawer<Observer: DrawObserver> {
  typealias Lanes = PathSampler.Lanes

  private let plan: IndicatorDraws
  private let observer: Observer
  private let figures: FigureDrawer
  private let numerators: DrawBuffer<Lanes>
  private let denominators: DrawBuffer<Lanes>
  /// Whether the figures are copied before they are changed.
  private let copies: Bool
  /// The values of one batch: years × draws × entries of the municipalities, then the regions.
  private let values: DrawBuffer<Double>
  /// The places to be summed, where they are not the places.
  private let sums: DrawBuffer<Double>
  /// The value of the country: years × draws.
  private let countries: DrawBuffer<Double>
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
    values = DrawBuffer(count: cells * entries, repeating: .nan)
    sums = DrawBuffer(count: cells * entries, repeating: .nan)
    countries = DrawBuffer(count: cells, repeating: .nan)
    clipped = DrawBuffer(count: cells, repeating: 0)
    levelScratch = DrawLevels.Scratch(plan.levels, columns: Self.batch)
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
  ///   - slots: Which draws of the block are wanted, at most `FigureDrawer.batchSize`.
  ///   - isMet: Per target of the scenario a bit per draw of the block; bits are set here.
  ///   - state: What the observer remembers.
  func draw(
    block first: Int,
    slots: Range<Int>,
    isMet: inout [UInt64],
    _ state: inout Observer.State
  ) {
    figures.draw(block: first, slots: slots)
    let drawn = slots.count
    if copies {
      numerators.start.update(
        from: figures.numerators.start,
        count: drawn * plan.numerators.count
      )
      denominators.start.update(
        from: figures.denominators.start,
        count: drawn * plan.denominators.count
      )
    }
    for year in 0..<plan.years { rank(year, slots) }
    guard isRead.contains(true) else { return }
    for slot in slots {
      for year in 0..<plan.years where isRead[year] {
        read(year, slot, slot - slots.lowerBound, draw: first + slot, isMet: &isMet, &state)
      }
    }
  }

  /// Counts who was better than the units in view in a block that is drawn.
  func count(slots: Range<Int>) { tally.countBetter(places, slots: slots) }

  // MARK: - Places

  /// Applies the levers of a year, and computes and ranks the values of both levels.
  private func rank(_ year: Int, _ slots: Range<Int>) {
    let cell = year * Self.batch
    for index in 0..<slots.count {
      let (top, bottom) = figures(year, index)
      clipped.start[cell + index] = act(year, top, bottom)
      tally.clipped += clipped.start[cell + index]
    }
    let (top, bottom) = figures(year, 0)
    let values = values.start + cell * entries
    plan.levels.compute(
      DrawLevels.Figures(
        columns: slots.count,
        stride: plan.numerators.count * Lanes.scalarCount,
        numerators: UnsafePointer(top),
        denominators: bottom.map { UnsafePointer($0) }
      ),
      into: values,
      countries: countries.start + cell,
      levelScratch
    )
    let places = placesOf(year, slots.lowerBound)
    guard (0..<slots.count).contains(where: { isMerged(year, $0) }) else {
      for level in [Level.municipality, .region] {
        tally.withCounts(year, level) { rank(level, slots.count, values, places, $0) }
      }
      return
    }
    for level in [Level.municipality, .region] { rank(level, slots.count, values, places, nil) }
    merge(year, slots.count, values, places)
    tally.count(places, columns: slots.count, year)
  }

  /// Ranks the values of one level in some draws.
  private func rank(
    _ level: Level,
    _ columns: Int,
    _ values: UnsafePointer<Double>,
    _ places: UnsafeMutablePointer<UInt16>,
    _ counts: UnsafeMutableBufferPointer<UInt32>?
  ) {
    let first = level == .municipality ? 0 : plan.levels.municipalities
    let ranks = level == .municipality ? municipalityRanks : regionRanks
    ranks.rank(columns, values + first, stride: entries, into: places + first, counts: counts)
  }

  /// Makes values equal that differ by rounding alone, in the draws where there may be any.
  private func merge(
    _ year: Int,
    _ columns: Int,
    _ values: UnsafeMutablePointer<Double>,
    _ places: UnsafeMutablePointer<UInt16>
  ) {
    let municipalities = plan.levels.municipalities
    for index in 0..<columns where isMerged(year, index) {
      let first = index * entries
      let sums = sums.start + (year * Self.batch + index) * entries
      municipalityRanks.merge(values + first, places + first, sums: sums)
      regionRanks.merge(
        values + first + municipalities,
        places + first + municipalities,
        sums: sums + municipalities
      )
    }
  }

  /// Whether values that differ by rounding alone are made equal. Continuous noise makes no values
  /// equal; only then is it needless to look.
  private func isMerged(_ year: Int, _ index: Int) -> Bool {
    plan.mayTie || clipped.start[year * Self.batch + index] > 0
  }

  private func placesOf(_ year: Int, _ slot: Int) -> UnsafeMutablePointer<UInt16> {
    places.start + (year * PathSampler.blockSize + slot) * entries
  }

  /// The figures of a year in a draw of the batch.
  private func figures(
    _ year: Int,
    _ index: Int
  ) -> (UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>?) {
    let first = index * plan.numerators.count + year * plan.value.width
    let top = UnsafeMutableRawPointer(numerators.start + first)
    let bottom =
      plan.denominators.isEmpty ? nil : UnsafeMutableRawPointer(denominators.start + first)
    return (
      top.assumingMemoryBound(to: Double.self), bottom?.assumingMemoryBound(to: Double.self)
    )
  }

  private func act(
    _ year: Int,
    _ top: UnsafeMutablePointer<Double>,
    _ bottom: UnsafeMutablePointer<Double>?
  ) -> Int {
    var clipped = 0
    if !plan.unsafePositions.isEmpty, !plan.limits.areKept(top, bottom, plan.levels.positions) {
      clipped = clip(plan.unsafePositions, top, bottom)
    }
    for effect in plan.effects[year] {
      effect.apply(top, bottom)
      clipped += clip(effect.positions, top, bottom)
    }
    return clipped
  }

  private func clip(
    _ positions: [Int],
    _ top: UnsafeMutablePointer<Double>,
    _ bottom: UnsafeMutablePointer<Double>?
  ) -> Int {
    var (clipped, none) = (0, Double.infinity)
    for position in positions {
      if let bottom {
        clipped += plan.limits.clip(&top[position], &bottom[position], at: position)
      } else {
        clipped += plan.limits.clip(&top[position], &none, at: position)
      }
    }
    return clipped
  }

  // MARK: - Targets

  private func read(
    _ year: Int,
    _ slot: Int,
    _ index: Int,
    draw: Int,
    isMet: inout [UInt64],
    _ state: inout Observer.State
  ) {
    let municipalities = plan.levels.municipalities
    let cell = year * Self.batch + index
    let (values, places) = (values.start + cell * entries, placesOf(year, slot))
    let sums = isMerged(year, index) ? sums.start + cell * entries : nil
    columns.municipality.fill(values, places, sums)
    columns.region?.fill(
      values + municipalities,
      places + municipalities,
      sums.map { $0 + municipalities }
    )
    columns.country = countries.start[cell]
    for index in targets[year] where plan.targets[index].evaluator.isMet(columns) {
      isMet[plan.targets[index].index] |= 1 << UInt64(slot)
    }
    if observer.looks(at: plan.index, year: year) {
      let (top, bottom) = figures(year, index)
      let drawn = DrawnFigures(
        draw: draw,
        indicator: plan.index,
        year: year,
        numerators: UnsafePointer(top),
        denominators: bottom.map { UnsafePointer($0) }
      )
      observer.look(at: drawn, columns, &state)
    }
  }
}

extension TargetColumns.LevelColumns {
  /// Writes the columns of a draw over those of another.
  fileprivate mutating func fill(
    _ newValues: UnsafePointer<Double>,
    _ newPlaces: UnsafePointer<UInt16>,
    _ newSums: UnsafePointer<Double>?
  ) {
    values.withUnsafeMutableBufferPointer { column in
      for index in 0..<column.count { column[index] = newValues[index] }
    }
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
