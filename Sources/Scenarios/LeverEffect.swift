internal import Documents
internal import Regions

/// What a lever does to the figures of one year, with all that is known beforehand worked out.
///
/// The same instructions change a projection and every draw of it, in the same order of sums and
/// products.
struct LeverEffect: Sendable {
  /// How the touched figures change.
  private enum Action: Sendable {
    /// Each is multiplied.
    case factor(Double)
    /// Each gets an amount, in the order of the positions.
    case amounts([Double])
    /// They go a share of the way to a level: of their own when it is given, else that of the
    /// target.
    case level(Double?, share: Double)
  }

  /// The positions whose figures it changes.
  let positions: [Int]
  private let part: ResolvedLever.Part
  private let target: [Int]
  private let action: Action
  /// Whether a unit that is already better keeps its figures.
  private let keepsBetter: Bool
  private let lowerIsBetter: Bool
  private let isRatio: Bool
  private let isWeighted: Bool

  /// Works out a lever; `nil` when it has no effect in the year.
  ///
  /// - Parameters:
  ///   - resolved: The lever.
  ///   - year: The year.
  ///   - baseline: The figures at the baseline.
  init?(_ resolved: ResolvedLever, year: Int, baseline: IndicatorFigures) {
    let lever = resolved.lever
    let share = lever.ramp.share(in: year, from: lever.from.value, until: lever.until.value)
    guard share > 0 else { return nil }
    let indicator = baseline.indicator
    part = resolved.part
    positions = resolved.positions
    target = resolved.target.filter(baseline.isPresent)
    keepsBetter = lever.kind == .reach
    lowerIsBetter = indicator.direction == .lower
    isRatio = indicator.denominator != nil
    isWeighted = indicator.aggregation == .weightedMean
    let amount = lever.value?.value ?? 0
    switch lever.kind {
    case .growth:
      var factor = 1.0
      for past in lever.from.value...year {
        let part = lever.ramp.share(in: past, from: lever.from.value, until: lever.until.value)
        factor *= 1 + amount / 100 * part
      }
      action = .factor(factor)
    case .change where part == .value:
      let each = share * amount / indicator.scale
      action = .amounts(positions.map { _ in each })
    case .change:
      let weights =
        part == .denominator ? baseline.denominator?.values ?? [] : baseline.numerator.values
      let total = positions.reduce(0) { $0 + weights[$1] }
      let even = 1 / Double(positions.count)
      action = .amounts(
        positions.map { share * amount * (total == 0 ? even : weights[$0] / total) }
      )
    case .set:
      action = .level(amount / (part == .value ? indicator.scale : 1), share: share)
    case .reach:
      action = .level(nil, share: share)
    }
  }

  /// Whether units may come to have the same value as others by it.
  var makesEqual: Bool {
    if case .level = action { return true }
    return false
  }

  /// Changes the figures of a year in place.
  ///
  /// **Shapes**: one figure per position of the register; no denominators for a plain amount.
  ///
  /// - Complexity: O(*p*), with *p* positions touched or to be reached.
  func apply(
    _ numerators: StridedColumn,
    _ denominators: StridedColumn?
  ) {
    switch action {
    case .factor(let factor):
      change(numerators, denominators) { _, value in value * factor }
    case .amounts(let amounts):
      change(numerators, denominators) { index, value in value + amounts[index] }
    case .level(let given, let share):
      let level = given ?? self.level(numerators, denominators)
      if part == .value {
        change(numerators, denominators) { _, value in
          let isBetter = lowerIsBetter ? value <= level : value >= level
          if keepsBetter && isBetter { return value }
          return share == 1 ? level : value + share * (level - value)
        }
        return
      }
      guard let column = part == .denominator ? denominators : numerators else { return }
      var total = 0.0
      for position in positions { total += column[position] }
      let wanted = total + share * (level - total)
      let even = wanted / Double(positions.count)
      change(numerators, denominators) { _, value in
        total == 0 ? even : value * (wanted / total)
      }
    }
  }

  /// The sum of a series over the target, or its common ratio or weighted mean.
  private func level(
    _ numerators: StridedColumn,
    _ denominators: StridedColumn?
  ) -> Double {
    var (top, bottom) = (0.0, 0.0)
    guard part == .value, let denominators else {
      guard let column = part == .denominator ? denominators : numerators else { return 0 }
      for position in target { top += column[position] }
      return top
    }
    for position in target {
      top += isWeighted ? numerators[position] * denominators[position] : numerators[position]
      bottom += denominators[position]
    }
    return top / bottom
  }

  /// Changes the touched part of each position. A ratio changes through its numerator, a rate
  /// itself.
  @inline(__always)
  private func change(
    _ numerators: StridedColumn,
    _ denominators: StridedColumn?,
    _ transform: (Int, Double) -> Double
  ) {
    for (index, position) in positions.enumerated() {
      switch part {
      case .numerator: numerators[position] = transform(index, numerators[position])
      case .denominator:
        guard let denominators else { continue }
        denominators[position] = transform(index, denominators[position])
      case .value:
        let denominator = isRatio ? denominators?[position] ?? 1 : 1
        guard denominator != 0 else { continue }
        let ratio = numerators[position] / denominator
        let wanted = transform(index, ratio)
        if wanted != ratio { numerators[position] = wanted * denominator }
      }
    }
  }
}
