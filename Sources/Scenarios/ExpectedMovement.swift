internal import Forecasts
internal import Regions
internal import Statistics

/// The movement that a growth model expects: its mean, without uncertainty.
struct ExpectedMovement: Sendable {
  let forecast: IndicatorForecast
  /// Per position whether its figures stay as they are.
  let holds: [Bool]

  /// The figures some years after the baseline, all of them projected.
  ///
  /// - Complexity: O(*u*), with *u* positions.
  func moved(_ baseline: IndicatorFigures, years: Int) -> IndicatorFigures {
    var figures = baseline
    let indicator = baseline.indicator
    let isWeighted = indicator.aggregation == .weightedMean
    let count = forecast.value.positions
    let changes = forecast.value.mean[(years - 1) * count..<years * count]
    let sign = forecast.value.scale == .logit ? -1.0 : 1
    var factors = changes.map { sign * $0 }
    var second = forecast.denominator.map {
      Array($0.mean[(years - 1) * count..<years * count])
    }
    if forecast.value.scale != .identity {
      factors.withUnsafeMutableBufferPointer { exponentiate($0) }
    }
    second?.withUnsafeMutableBufferPointer { exponentiate($0) }
    for position in 0..<count where baseline.isPresent(position) {
      figures.numerator.statuses[position] = .present(.projected)
      figures.denominator?.statuses[position] = .present(.projected)
      guard !holds[position] else { continue }
      let divisor = baseline.denominator?.values[position]
      let growth = second?[position] ?? 1
      var value = baseline.numerator.values[position]
      switch forecast.value.scale {
      case .log: value *= factors[position]
      case .logit:
        let ratio = isWeighted || divisor == 0 ? value : value / (divisor ?? 1)
        value *= 1 / (1 + max(0, 1 - ratio) * (factors[position] - 1))
      case .identity: value += factors[position] * (isWeighted ? 1 : divisor ?? 1)
      }
      figures.numerator.values[position] = isWeighted ? value : value * growth
      figures.denominator?.values[position] *= growth
    }
    return figures
  }
}
