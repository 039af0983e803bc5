internal import Forecasts
internal import LinearAlgebra
internal import Regions

/// Everything that is the same in all draws of an indicator.
struct IndicatorDraws: Sendable {
  /// A target that is read on the indicator.
  struct Target: Sendable {
    /// Its index among the targets of the scenario.
    let index: Int
    /// Its year, from 0 for the first after the baseline.
    let year: Int
    let evaluator: TargetEvaluator
  }

  /// The index within the scenario.
  let index: Int
  let indicator: Indicator
  let baseline: Standings
  /// The standings of the central path with the levers, year by year.
  let central: [Standings]
  let value: PathSampler
  let denominator: PathSampler?
  /// The correlation of a unit's own shocks to value and denominator.
  let correlation: Double
  let scale: GrowthScale
  /// Whether numerators follow from the value and the denominator.
  let isRatio: Bool
  /// The figures of the central path without the levers: years × positions.
  let numerators: [Double]
  /// The denominators or weights; empty without.
  let denominators: [Double]
  /// 1 − p of each central share p, for the scale of log odds; empty otherwise.
  let slack: [Double]
  /// The levers of each year, in their order.
  let effects: [[LeverEffect]]
  let limits: FigureLimits
  /// The positions that noise may take over a limit.
  let unsafePositions: [Int]
  let levels: DrawLevels
  /// Whether values may be equal, or differ by rounding alone: where a lever leads to the same
  /// level, and where units have no noise of their own.
  let mayTie: Bool
  let targets: [Target]
  /// The focus and its members, as entries of their level.
  let viewed: [TargetEvaluator.Part]

  /// The number of years.
  var years: Int { central.count }
  /// The number of positions of the register.
  var positions: Int { value.positions }

  /// Prepares the draws of an indicator.
  ///
  /// - Parameters:
  ///   - index: Its index within the scenario.
  ///   - path: The central path.
  ///   - forecast: The noise around it.
  ///   - targets: The targets that are read on it.
  ///   - viewed: The focus and its members.
  ///   - seed: The seed of all random numbers.
  /// - Throws: `CholeskyError` when the correlation of the groups is none.
  init(
    index: Int,
    path: CentralPath,
    forecast: IndicatorForecast,
    targets: [Target],
    viewed: [TargetEvaluator.Part],
    seed: UInt64
  ) throws(CholeskyError) {
    let indicator = path.baseline.indicator
    let years = path.figures.count
    self.index = index
    self.indicator = indicator
    baseline = path.standings
    central = path.withLevers
    isRatio = indicator.denominator != nil
    let hasDenominator = path.baseline.denominator != nil
    // Equal names share their shocks: a series is the same as an amount and as a denominator.
    value = try PathSampler(
      forecast.value,
      years: years,
      name: hasDenominator ? "ratio \(indicator.id)" : "series \(indicator.numerator)",
      seed: seed
    )
    let second = indicator.denominator ?? indicator.weight ?? ""
    if hasDenominator, let paths = forecast.denominator {
      denominator = try PathSampler(paths, years: years, name: "series \(second)", seed: seed)
    } else {
      denominator = nil
    }
    correlation = denominator == nil ? 0 : forecast.correlation
    scale = forecast.value.scale
    let columns = path.figures
    numerators = columns.flatMap(\.numerator.values)
    denominators = columns.flatMap { $0.denominator?.values ?? [] }
    slack =
      forecast.value.scale != .logit
      ? [] : columns.flatMap { Self.slack($0, isRatio: indicator.denominator != nil) }
    effects = path.effects
    limits = path.limits
    unsafePositions =
      path.limits.canBreak(byNoiseOn: forecast.value.scale)
      ? path.baseline.numerator.values.indices.filter(path.baseline.isPresent) : []
    levels = DrawLevels(
      baseline: path.baseline,
      standings: path.standings,
      needsCountry: targets.contains { $0.evaluator.kind == .country }
    )
    let present = path.baseline.numerator.values.indices.filter(path.baseline.isPresent)
    mayTie =
      path.effects.contains { $0.contains(where: \.makesEqual) }
      || !present.allSatisfy(value.moves)
    self.targets = targets
    self.viewed = viewed
  }

  private static func slack(_ figures: IndicatorFigures, isRatio: Bool) -> [Double] {
    figures.numerator.values.indices.map { position in
      let divisor = isRatio ? figures.denominator?.values[position] ?? 1 : 1
      let top = figures.numerator.values[position]
      return max(0, 1 - (divisor == 0 ? top : top / divisor))
    }
  }
}

/// A scenario's own path for one indicator: what is drawn around.
struct CentralPath: Sendable {
  /// The figures at the baseline.
  let baseline: IndicatorFigures
  /// The standings at the baseline.
  let standings: Standings
  /// The figures of each year without the levers.
  let figures: [IndicatorFigures]
  /// The standings of each year with the levers.
  let withLevers: [Standings]
  /// The levers of each year, in their order.
  let effects: [[LeverEffect]]
  let limits: FigureLimits
}
