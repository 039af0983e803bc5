internal import Forecasts
internal import Statistics

/// Draws the figures of one indicator on one thread, without the levers, some draws at a time.
///
/// The draws lie side by side. Positions are taken some at a time, so that what is between random
/// numbers and figures stays in the nearest cache. Scenarios that move alike without their levers
/// share what is drawn.
final class FigureDrawer {
  /// How many draws are drawn at a time.
  static let batchSize = DrawRow.scalarCount

  /// What is drawn.
  let plan: IndicatorDraws
  /// The numerators: years × positions.
  let numerators: DrawBuffer<DrawRow>
  /// The denominators or weights, likewise; empty without.
  let denominators: DrawBuffer<DrawRow>
  /// Per year a bit for each draw in which a figure breaks a limit.
  private(set) var broken: [UInt16]
  private let growth: FigureGrowth
  private let value: PathSampler.Scratch
  private let denominator: PathSampler.Scratch?
  private var block: Int?
  private var batch: Int?

  /// Makes room for the draws.
  init(_ plan: IndicatorDraws) {
    self.plan = plan
    value = PathSampler.Scratch(plan.value)
    denominator = plan.denominator.map(PathSampler.Scratch.init)
    numerators = DrawBuffer(count: plan.numerators.count, repeating: .zero)
    denominators = DrawBuffer(count: plan.denominators.count, repeating: .zero)
    broken = Array(repeating: 0, count: plan.years)
    growth = FigureGrowth(
      numerators: plan.numerators,
      denominators: plan.denominators,
      scale: plan.growthScale,
      isRatio: plan.isRatio,
      limits: plan.limits.ofFigures
    )
  }

  /// Draws the figures of a batch of a block, unless they are the ones drawn last.
  ///
  /// - Parameters:
  ///   - first: The first draw of the block.
  ///   - batch: The first draw of the batch within the block, a multiple of `batchSize`.
  func draw(block first: Int, batch: Int) {
    if block != first {
      plan.value.prepare(UInt64(first), value)
      if let sampler = plan.denominator, let denominator {
        sampler.prepare(UInt64(first), denominator)
      }
      (block, self.batch) = (first, nil)
    }
    guard self.batch != batch else { return }
    self.batch = batch
    let draw = UInt64(first + batch)
    plan.value.drawShared(batch, draw, value)
    if let sampler = plan.denominator, let denominator {
      sampler.drawShared(batch, draw, denominator)
    }
    for year in broken.indices { broken[year] = 0 }
    let positions = plan.value.positions
    for start in stride(from: 0, to: positions, by: PathSampler.chunkSize) {
      self.draw(start..<min(start + PathSampler.chunkSize, positions), draw)
    }
  }

  /// Draws the figures of some positions in all years.
  private func draw(_ positions: Range<Int>, _ draw: UInt64) {
    plan.value.drawShocks(positions, draw, value)
    if let sampler = plan.denominator, let denominator {
      sampler.drawShocks(positions, draw, denominator)
      correlate(denominator)
      sampler.drawChanges(positions, draw, sign: 1, denominator)
      denominator.exponentiate(positions.count)
    }
    plan.value.drawChanges(positions, draw, sign: plan.scale == .logit ? -1 : 1, value)
    if plan.scale != .identity { value.exponentiate(positions.count) }
    for year in broken.indices {
      let first = year * plan.value.positions + positions.lowerBound
      let room = year * PathSampler.chunkSize
      broken[year] |= growth.grow(
        first..<first + positions.count,
        changes: value.changes.start + room,
        growth: denominator.map { $0.changes.start + room },
        into: numerators.start + first,
        denominators.start + first
      )
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
}

extension IndicatorDraws {
  /// What changes of the numerators are made on.
  fileprivate var growthScale: FigureGrowth.Scale {
    switch scale {
    case .log: .log
    case .logit: .logit(slack: slack)
    case .identity: .identity
    }
  }

  /// Whether the figures of another scenario are drawn alike, its levers aside.
  func drawsFigures(like other: IndicatorDraws) -> Bool {
    // Missing figures are NaN, which equals nothing.
    func isSame(_ left: [Double], _ right: [Double]) -> Bool {
      left.elementsEqual(right) { $0.bitPattern == $1.bitPattern }
    }
    return value == other.value && denominator == other.denominator
      && correlation == other.correlation && scale == other.scale && isRatio == other.isRatio
      && limits == other.limits
      && isSame(numerators, other.numerators) && isSame(denominators, other.denominators)
      && isSame(slack, other.slack)
  }
}
