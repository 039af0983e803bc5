internal import Regions

/// A lever with its names resolved, as it touches one indicator.
struct ResolvedLever {
  enum Part {
    case numerator
    case denominator
    case value
  }

  let lever: Lever
  let part: Part
  /// The positions whose figures it changes.
  let positions: [Int]
  /// The positions whose level is to be reached; empty for other kinds.
  let target: [Int]
}

/// The figures of one indicator in the years after the baseline.
///
/// Everything is computed by sums, products and quotients in a fixed order, so that a projection is
/// the same to the last bit on every machine.
struct Projection {
  let baseline: IndicatorFigures
  /// The growth per year of each position's numerator and denominator, as fractions.
  let growth: (numerator: [Double], denominator: [Double])
  let levers: [ResolvedLever]
  let series: (numerator: Series, denominator: Series?)
  let register: MunicipalityRegister
  /// Where the movement was written, for errors.
  let movement: SourcePlace

  /// The figures in a year.
  ///
  /// - Parameters:
  ///   - year: The baseline year or a later one.
  ///   - active: Bit *i* says whether lever *i* of the scenario acts.
  ///   - indices: The index within the scenario of each lever in `levers`.
  /// - Returns: The figures, all of them projected.
  /// - Throws: `ScenarioError` naming the lever, or the movement, that breaks a limit.
  func figures(
    in year: Int,
    active: UInt,
    indices: [Int]
  ) throws(ScenarioError) -> IndicatorFigures {
    var figures = moved(to: year)
    try check(figures, all: true, positions: Array(0..<register.count), year: year, lever: nil)
    for (lever, index) in zip(levers, indices) where active & (UInt(1) << UInt(index)) != 0 {
      apply(lever, to: &figures, year: year)
      try check(figures, all: false, positions: lever.positions, year: year, lever: lever.lever)
    }
    return figures
  }

  private func moved(to year: Int) -> IndicatorFigures {
    var figures = baseline
    let years = year - baseline.year
    for position in 0..<register.count where baseline.isPresent(position) {
      for _ in 0..<years {
        figures.numerator.values[position] *= 1 + growth.numerator[position]
        figures.denominator?.values[position] *= 1 + growth.denominator[position]
      }
      figures.numerator.statuses[position] = .present(.projected)
      figures.denominator?.statuses[position] = .present(.projected)
    }
    return figures
  }

  private func apply(_ resolved: ResolvedLever, to figures: inout IndicatorFigures, year: Int) {
    let lever = resolved.lever
    let share = lever.ramp.share(in: year, from: lever.from.value, until: lever.until.value)
    guard share > 0 else { return }
    let amount = lever.value?.value ?? 0
    switch lever.kind {
    case .growth:
      var factor = 1.0
      for past in lever.from.value...year {
        let part = lever.ramp.share(in: past, from: lever.from.value, until: lever.until.value)
        factor *= 1 + amount / 100 * part
      }
      change(resolved, &figures) { _, value in value * factor }
    case .change where resolved.part == .value:
      change(resolved, &figures) { _, value in value + share * amount / figuresScale }
    case .change:
      let weights = column(resolved.part, of: baseline)
      let total = resolved.positions.reduce(0) { $0 + weights[$1] }
      let even = 1 / Double(resolved.positions.count)
      change(resolved, &figures) { position, value in
        value + share * amount * (total == 0 ? even : weights[position] / total)
      }
    case .set:
      reach(resolved, &figures, level: amount / (resolved.part == .value ? figuresScale : 1), share)
    case .reach:
      let level = level(of: resolved.target, resolved.part, in: figures)
      reach(resolved, &figures, level: level, share)
    }
  }

  /// The factor between a ratio and the indicator's value.
  private var figuresScale: Double { baseline.indicator.scale }

  private func reach(
    _ resolved: ResolvedLever,
    _ figures: inout IndicatorFigures,
    level: Double,
    _ share: Double
  ) {
    guard resolved.part != .value else {
      let lowerIsBetter = baseline.indicator.direction == .lower
      let keepsBetter = resolved.lever.kind == .reach
      change(resolved, &figures) { _, value in
        let isBetter = lowerIsBetter ? value <= level : value >= level
        if keepsBetter && isBetter { return value }
        return share == 1 ? level : value + share * (level - value)
      }
      return
    }
    let values = column(resolved.part, of: figures)
    let total = resolved.positions.reduce(0) { $0 + values[$1] }
    let wanted = total + share * (level - total)
    let even = wanted / Double(resolved.positions.count)
    change(resolved, &figures) { _, value in total == 0 ? even : value * (wanted / total) }
  }

  /// The sum of a series over positions, or their common ratio or weighted mean.
  private func level(
    of positions: [Int],
    _ part: ResolvedLever.Part,
    in figures: IndicatorFigures
  ) -> Double {
    let present = positions.filter(figures.isPresent)
    func sum(_ part: ResolvedLever.Part) -> Double {
      let values = column(part, of: figures)
      return present.reduce(0) { $0 + values[$1] }
    }
    guard part == .value, let denominator = figures.denominator else { return sum(part) }
    guard figures.indicator.aggregation == .weightedMean else {
      return sum(.numerator) / sum(.denominator)
    }
    let weighted = present.reduce(0) {
      $0 + figures.numerator.values[$1] * denominator.values[$1]
    }
    return weighted / sum(.denominator)
  }

  private func column(_ part: ResolvedLever.Part, of figures: IndicatorFigures) -> [Double] {
    part == .denominator ? figures.denominator?.values ?? [] : figures.numerator.values
  }

  /// Changes the touched part of each position of a lever. A ratio changes through its numerator,
  /// a rate itself.
  private func change(
    _ resolved: ResolvedLever,
    _ figures: inout IndicatorFigures,
    _ transform: (Int, Double) -> Double
  ) {
    for position in resolved.positions {
      switch resolved.part {
      case .numerator:
        let value = figures.numerator.values[position]
        figures.numerator.values[position] = transform(position, value)
      case .denominator:
        guard let value = figures.denominator?.values[position] else { continue }
        figures.denominator?.values[position] = transform(position, value)
      case .value:
        let isRatio = figures.indicator.denominator != nil
        let denominator = isRatio ? figures.denominator?.values[position] ?? 1 : 1
        guard denominator != 0 else { continue }
        let ratio = figures.numerator.values[position] / denominator
        let wanted = transform(position, ratio)
        if wanted != ratio { figures.numerator.values[position] = wanted * denominator }
      }
    }
  }

  // MARK: - Limits

  private func check(
    _ figures: IndicatorFigures,
    all: Bool,
    positions: [Int],
    year: Int,
    lever: Lever?
  ) throws(ScenarioError) {
    for position in positions where figures.isPresent(position) {
      let numerator = figures.numerator.values[position]
      let denominator = figures.denominator?.values[position]
      let unit = register.unit(at: position)
      let place = "\(unit.name) (\(unit.code)) in \(year)"
      if let minimum = series.numerator.minimum, numerator < minimum {
        throw broken(
          lever,
          "\(place) gets \(series.numerator.id) \(numerator.brief), below \(minimum.brief)"
        )
      }
      if let maximum = series.numerator.maximum, numerator > maximum {
        throw broken(
          lever,
          "\(place) gets \(series.numerator.id) \(numerator.brief), above \(maximum.brief)"
        )
      }
      // A unit with nobody at the baseline has no value, then and later; that breaks no limit.
      if let other = series.denominator, let denominator, denominator <= 0,
        denominator < 0 || baseline.denominator?.values[position] != 0
      {
        throw broken(lever, "\(place) gets \(other.id) \(denominator.brief); it must stay above 0")
      }
      if figures.indicator.isShare, let denominator, numerator > denominator {
        let percent = (numerator / denominator * 1000).rounded() / 10
        throw broken(
          lever,
          "\(place) gets \(figures.indicator.id) \(percent.brief) %; a share stays within 0–100 %"
        )
      }
    }
  }

  private func broken(_ lever: Lever?, _ what: String) -> ScenarioError {
    guard let lever else {
      return ScenarioError(
        .impossible,
        at: movement,
        "The movement without levers breaks a limit: \(what). Lower others.weight or others.growth."
      )
    }
    return ScenarioError(
      .impossible,
      at: lever.value?.place ?? lever.place,
      "The lever \"\(lever.id)\" breaks a limit: \(what)."
    )
  }
}
