internal import Forecasts
internal import Statistics

/// Draws the figures of one indicator on one thread, without the levers, some draws at a time.
///
/// Scenarios that move alike without their levers share what is drawn.
final class FigureDrawer {
  private typealias Lanes = PathSampler.Lanes

  /// How many draws are drawn at a time.
  static let batchSize = 16

  /// What is drawn.
  let plan: IndicatorDraws
  /// The numerators: draws × years × vectors of positions.
  let numerators: DrawBuffer<PathSampler.Lanes>
  /// The denominators or weights, likewise; empty without.
  let denominators: DrawBuffer<PathSampler.Lanes>
  private let value: PathSampler.Scratch
  private let denominator: PathSampler.Scratch?
  private var block: Int?
  private var drawn: Range<Int>?

  /// The number of vectors of one draw.
  private var count: Int { plan.numerators.count }

  /// Makes room for the draws.
  init(_ plan: IndicatorDraws) {
    self.plan = plan
    value = PathSampler.Scratch(plan.value)
    denominator = plan.denominator.map(PathSampler.Scratch.init)
    let size = Self.batchSize
    numerators = DrawBuffer(count: size * plan.numerators.count, repeating: .zero)
    denominators = DrawBuffer(count: size * plan.denominators.count, repeating: .zero)
    guard denominator == nil, !plan.denominators.isEmpty else { return }
    // Denominators that do not move are those of the central path in every draw.
    for draw in 0..<size {
      let start = denominators.start + draw * plan.denominators.count
      for (index, lanes) in plan.denominators.enumerated() { start[index] = lanes }
    }
  }

  /// Draws the figures of some draws of a block, unless they are the ones drawn last.
  ///
  /// - Parameters:
  ///   - first: The first draw of the block.
  ///   - slots: Which draws of the block, at most `batchSize`.
  func draw(block first: Int, slots: Range<Int>) {
    if block != first {
      plan.value.prepare(UInt64(first), value)
      if let sampler = plan.denominator, let denominator {
        sampler.prepare(UInt64(first), denominator)
      }
      (block, drawn) = (first, nil)
    }
    guard drawn != slots else { return }
    drawn = slots
    for slot in slots { draw(slot, UInt64(first + slot), at: slot - slots.lowerBound) }
  }

  private func draw(_ slot: Int, _ draw: UInt64, at index: Int) {
    plan.value.drawShocks(draw, value)
    if let sampler = plan.denominator, let denominator {
      sampler.drawShocks(draw, denominator)
      correlate(denominator)
      sampler.drawChanges(slot, draw, sign: 1, denominator)
      exponentiate(Self.numbers(denominator.changes))
    }
    plan.value.drawChanges(slot, draw, sign: plan.scale == .logit ? -1 : 1, value)
    if plan.scale != .identity { exponentiate(Self.numbers(value.changes)) }
    let top = numerators.start + index * count
    change(top)
    guard let growth = denominator?.changes.start else { return }
    if plan.isRatio {
      for index in 0..<count { top[index] *= growth[index] }
    }
    let bottom = denominators.start + index * count
    plan.denominators.withUnsafeBufferPointer { central in
      guard let central = central.baseAddress else { return }
      for index in 0..<count { bottom[index] = central[index] * growth[index] }
    }
  }

  /// Writes the numerators of one draw, before the denominator grows.
  private func change(_ top: UnsafeMutablePointer<Lanes>) {
    let (changes, count) = (value.changes.start, count)
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
}

extension IndicatorDraws {
  /// Whether the figures of another scenario are drawn alike, its levers aside.
  func drawsFigures(like other: IndicatorDraws) -> Bool {
    // Missing figures are NaN, which equals nothing.
    func isSame(_ left: [Lanes], _ right: [Lanes]) -> Bool {
      left.elementsEqual(right) {
        unsafeBitCast($0, to: SIMD4<UInt64>.self) == unsafeBitCast($1, to: SIMD4<UInt64>.self)
      }
    }
    return value == other.value && denominator == other.denominator
      && correlation == other.correlation && scale == other.scale && isRatio == other.isRatio
      && isSame(numerators, other.numerators) && isSame(denominators, other.denominators)
      && isSame(slack, other.slack)
  }
}
