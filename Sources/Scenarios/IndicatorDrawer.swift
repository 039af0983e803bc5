internal import Forecasts
internal import Regions
internal import Statistics

/// Draws one indicator on one thread, a block of draws at a time, and counts.
///
/// Everything is allocated once; the memory does not depend on the number of draws.
final class IndicatorDrawer<Observer: DrawObserver> {
  typealias Lanes = PathSampler.Lanes

  private let plan: IndicatorDraws
  private let observer: Observer
  private let value: PathSampler.Scratch
  private let denominator: PathSampler.Scratch?
  private let numerators: DrawBuffer<Lanes>
  private let denominators: DrawBuffer<Lanes>
  private let values: DrawBuffer<Double>
  private let sums: DrawBuffer<Double>
  private let municipalityRanks: DrawRanks
  private let regionRanks: DrawRanks
  private var columns: TargetColumns
  /// Per year whether anyone looks at the columns.
  private let isRead: [Bool]
  /// The places of a block: years × draws × entries of the municipalities, then the regions.
  let places: DrawBuffer<UInt16>
  /// What is counted over all blocks.
  private(set) var tally: DrawTally

  init(_ plan: IndicatorDraws, observer: Observer) {
    self.plan = plan
    self.observer = observer
    value = PathSampler.Scratch(plan.value)
    denominator = plan.denominator.map(PathSampler.Scratch.init)
    let (municipalities, regions) = (plan.levels.municipalities, plan.levels.regions)
    numerators = DrawBuffer(count: plan.numerators.count, repeating: .zero)
    denominators = DrawBuffer(count: plan.denominators.count, repeating: .zero)
    values = DrawBuffer(count: municipalities + regions, repeating: .nan)
    sums = DrawBuffer(count: municipalities + regions, repeating: .nan)
    let largestFirst = plan.indicator.direction != .lower
    municipalityRanks = DrawRanks(count: municipalities, largestFirst: largestFirst)
    regionRanks = DrawRanks(count: regions, largestFirst: largestFirst)
    columns = TargetColumns(plan.baseline)
    isRead = (0..<plan.years).map { year in
      plan.targets.contains { $0.year == year } || observer.looks(at: plan.index, year: year)
    }
    let size = plan.years * PathSampler.blockSize * (municipalities + regions)
    places = DrawBuffer(count: size, repeating: 0)
    tally = DrawTally(plan)
  }

  /// Draws a block.
  ///
  /// - Parameters:
  ///   - first: The first draw of the block.
  ///   - slots: Which draws of the block are wanted.
  ///   - isMet: Per target of the scenario a bit per draw of the block; bits are set here.
  ///   - state: What the observer remembers.
  func draw(
    block first: Int,
    slots: Range<Int>,
    isMet: inout [UInt64],
    _ state: inout Observer.State
  ) {
    plan.value.prepare(UInt64(first), value)
    if let sampler = plan.denominator, let denominator {
      sampler.prepare(UInt64(first), denominator)
    }
    for slot in slots {
      drawFigures(slot, UInt64(first + slot))
      for year in 0..<plan.years {
        let country = rank(year, slot)
        guard isRead[year] else { continue }
        read(year, slot, country: country, draw: first + slot, isMet: &isMet, &state)
      }
    }
    tally.count(places, slots: slots)
  }

  // MARK: - Figures

  private func drawFigures(_ slot: Int, _ draw: UInt64) {
    plan.value.drawShocks(draw, value)
    if let sampler = plan.denominator, let denominator {
      sampler.drawShocks(draw, denominator)
      correlate(denominator)
      sampler.drawChanges(slot, draw, sign: 1, denominator)
      exponentiate(Self.numbers(denominator.changes))
    }
    plan.value.drawChanges(slot, draw, sign: plan.scale == .logit ? -1 : 1, value)
    if plan.scale != .identity { exponentiate(Self.numbers(value.changes)) }
    let (changes, top) = (value.changes.start, numerators.start)
    let growth = denominator?.changes.start
    let ratioGrowth = plan.isRatio ? growth : nil
    let count = plan.numerators.count
    plan.numerators.withUnsafeBufferPointer { central in
      guard let central = central.baseAddress else { return }
      switch plan.scale {
      case .log:
        for index in 0..<count { top[index] = central[index] * changes[index] }
      case .logit:
        plan.slack.withUnsafeBufferPointer { slack in
          guard let slack = slack.baseAddress else { return }
          for index in 0..<count {
            top[index] = central[index] / (1 + slack[index] * (changes[index] - 1))
          }
        }
      case .identity:
        plan.denominators.withUnsafeBufferPointer { weights in
          guard plan.isRatio, let weights = weights.baseAddress else {
            for index in 0..<count { top[index] = central[index] + changes[index] }
            return
          }
          for index in 0..<count { top[index] = central[index] + changes[index] * weights[index] }
        }
      }
    }
    if let ratioGrowth {
      for index in 0..<count { top[index] *= ratioGrowth[index] }
    }
    guard !plan.denominators.isEmpty else { return }
    plan.denominators.withUnsafeBufferPointer { central in
      guard let central = central.baseAddress else { return }
      let bottom = denominators.start
      guard let growth else { return bottom.update(from: central, count: count) }
      for index in 0..<count { bottom[index] = central[index] * growth[index] }
    }
  }

  /// Makes the own shocks of the value correlated with those of the denominator.
  private func correlate(_ denominator: PathSampler.Scratch) {
    guard plan.correlation != 0, plan.value.hasOwn else { return }
    let rest = max(0, 1 - plan.correlation * plan.correlation).squareRoot()
    let (mine, theirs, own) = (value.shocks.start, denominator.shocks.start, plan.correlation)
    for index in 0..<value.shocks.count {
      mine[index] = mine[index] * rest + theirs[index] * own
    }
  }

  private static func numbers(_ lanes: DrawBuffer<Lanes>) -> UnsafeMutableBufferPointer<Double> {
    UnsafeMutableBufferPointer(
      start: UnsafeMutableRawPointer(lanes.start).assumingMemoryBound(to: Double.self),
      count: lanes.count * Lanes.scalarCount
    )
  }

  // MARK: - Places

  /// Applies the levers of a year, and computes and ranks the values of both levels.
  private func rank(_ year: Int, _ slot: Int) -> Double {
    let (top, bottom) = figures(year)
    act(year, top, bottom)
    let (municipalities, regions) = (plan.levels.municipalities, plan.levels.regions)
    let (values, sums) = (values.start, sums.start)
    let country = plan.levels.compute(
      top,
      bottom,
      municipalities: values,
      regions: values + municipalities
    )
    let entries = municipalities + regions
    let places = places.start + (year * PathSampler.blockSize + slot) * entries
    municipalityRanks.rank(values, into: places, sums: sums)
    regionRanks.rank(
      values + municipalities,
      into: places + municipalities,
      sums: sums + municipalities
    )
    return country
  }

  private func figures(
    _ year: Int
  ) -> (UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>?) {
    let first = year * plan.value.width
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
  ) {
    clip(plan.unsafePositions, top, bottom)
    for effect in plan.effects[year] {
      effect.apply(top, bottom)
      clip(effect.positions, top, bottom)
    }
  }

  private func clip(
    _ positions: [Int],
    _ top: UnsafeMutablePointer<Double>,
    _ bottom: UnsafeMutablePointer<Double>?
  ) {
    var none = Double.infinity
    for position in positions {
      if let bottom {
        tally.clipped += plan.limits.clip(&top[position], &bottom[position], at: position)
      } else {
        tally.clipped += plan.limits.clip(&top[position], &none, at: position)
      }
    }
  }

  // MARK: - Targets

  private func read(
    _ year: Int,
    _ slot: Int,
    country: Double,
    draw: Int,
    isMet: inout [UInt64],
    _ state: inout Observer.State
  ) {
    let (municipalities, regions) = (plan.levels.municipalities, plan.levels.regions)
    let first = (year * PathSampler.blockSize + slot) * (municipalities + regions)
    let places = places.start + first
    columns.municipality.fill(values.start, places, sums.start)
    columns.region?.fill(
      values.start + municipalities,
      places + municipalities,
      sums.start + municipalities
    )
    columns.country = country
    for target in plan.targets where target.year == year && target.evaluator.isMet(columns) {
      isMet[target.index] |= 1 << UInt64(slot)
    }
    if observer.looks(at: plan.index, year: year) {
      let (top, bottom) = figures(year)
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
    _ newSums: UnsafePointer<Double>
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
      for index in 0..<column.count { column[index] = newSums[index] }
    }
  }
}
