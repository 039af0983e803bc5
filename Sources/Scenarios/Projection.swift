internal import Documents
internal import Regions

/// A lever with its names resolved, as it touches one indicator.
struct ResolvedLever: Sendable {
  enum Part: Sendable {
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
  /// What the growth model expects, where the others move by it instead of by their growth.
  let forecast: ExpectedMovement?

  /// The figures in a year.
  ///
  /// - Parameters:
  ///   - year: The baseline year or a later one.
  ///   - active: Bit *i* says whether lever *i* of the scenario acts.
  ///   - indices: The index within the scenario of each lever in `levers`.
  /// - Returns: The figures, all of them projected.
  /// - Throws: `DocumentError` naming the lever, or the movement, that breaks a limit.
  func figures(
    in year: Int,
    active: UInt,
    indices: [Int]
  ) throws(DocumentError) -> IndicatorFigures {
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
    if let forecast {
      return forecast.moved(baseline, years: years)
    }
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
    guard let effect = LeverEffect(resolved, year: year, baseline: baseline) else { return }
    var denominators = figures.denominator?.values ?? []
    let hasDenominators = figures.denominator != nil
    figures.numerator.values.withUnsafeMutableBufferPointer { top in
      denominators.withUnsafeMutableBufferPointer { bottom in
        guard let top = top.baseAddress else { return }
        effect.apply(
          StridedColumn(top),
          hasDenominators ? bottom.baseAddress.map { StridedColumn($0) } : nil
        )
      }
    }
    if hasDenominators { figures.denominator?.values = denominators }
  }

  // MARK: - Limits

  private func check(
    _ figures: IndicatorFigures,
    all: Bool,
    positions: [Int],
    year: Int,
    lever: Lever?
  ) throws(DocumentError) {
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

  private func broken(_ lever: Lever?, _ what: String) -> DocumentError {
    guard let lever else {
      return DocumentError(
        .impossible,
        at: movement,
        "The movement without levers breaks a limit: \(what). Lower others.weight or others.growth."
      )
    }
    return DocumentError(
      .impossible,
      at: lever.value?.place ?? lever.place,
      "The lever \"\(lever.id)\" breaks a limit: \(what)."
    )
  }
}
