internal import Documents
internal import Regions

/// The growth per year of every position's figures when no lever touches them.
struct OthersGrowth {
  let scenario: Scenario
  let panel: Panel
  let catalogue: Catalogue
  /// The positions of the focus.
  let focus: [Int]

  /// The growth of numerator and denominator, and how many units follow the country for want of a
  /// history of their own.
  typealias Result = (numerator: [Double], denominator: [Double], withoutOwnTrend: Int)

  /// The growth of an indicator's figures.
  ///
  /// - Throws: `DocumentError` when the growth of a series cannot be known.
  func growth(
    of indicator: Indicator,
    baseline: IndicatorFigures
  ) throws(DocumentError) -> Result {
    let count = panel.register.count
    let still = [Double](repeating: 0, count: count)
    switch scenario.others.kind.value {
    case .hold, .model: return (still, still, 0)
    case .national, .trend: break
    }
    let second = indicator.denominator ?? indicator.weight
    var denominator = (growth: still, lacking: Set<Int>())
    if let second { denominator = try growth(of: second, indicator, denominator: nil) }
    let numerator = try growth(
      of: indicator.numerator,
      indicator,
      denominator: denominator.growth
    )
    let lacking = numerator.lacking.union(denominator.lacking).filter { position in
      baseline.isPresent(position) && !(scenario.others.focusHolds && focus.contains(position))
    }
    var result = (numerator.growth, denominator.growth, lacking.count)
    if scenario.others.focusHolds {
      for position in focus {
        result.0[position] = 0
        result.1[position] = 0
      }
    }
    return result
  }

  private func growth(
    of series: String,
    _ indicator: Indicator,
    denominator: [Double]?
  ) throws(DocumentError) -> (growth: [Double], lacking: Set<Int>) {
    let others = scenario.others
    let count = panel.register.count
    if let given = others.growth[series] {
      return (Array(repeating: given.value, count: count), [])
    }
    let lender = others.borrow[series]
    let ratio = lender.flatMap { name in try? catalogue.indicator(name.value) }
    try checkGrows(ratio?.numerator ?? lender?.value ?? series, at: lender?.place)
    let history = GrowthHistory(
      numerator: ratio?.numerator ?? lender?.value ?? series,
      denominator: ratio?.denominator,
      in: panel,
      upTo: scenario.baselineYear.value,
      window: others.window
    )
    guard let country = history.country else {
      throw unknown(series, lender: lender)
    }
    var growth = [Double](repeating: country, count: count)
    var lacking: Set<Int> = []
    let weight = others.weights[series]?.value ?? others.weight
    if others.kind.value == .trend {
      for position in 0..<count {
        let own = history.units[position]
        if own.isNaN {
          lacking.insert(position)
        } else {
          growth[position] = weight * own + (1 - weight) * country
        }
      }
    }
    if ratio?.denominator != nil {
      guard let denominator, indicator.denominator != nil else {
        throw DocumentError(
          .invalid,
          at: lender?.place ?? others.kind.place,
          "\(series) cannot borrow the growth of a ratio, as it is no numerator of a ratio."
        )
      }
      growth = zip(growth, denominator).map { (1 + $0) * (1 + $1) - 1 }
    }
    return (growth, lacking)
  }

  /// Refuses a series whose changes are no growth rates: one that can be negative, and a rate, whose
  /// sum over the municipalities says nothing of the country.
  private func checkGrows(_ series: String, at place: SourcePlace?) throws(DocumentError) {
    guard let known = panel.series[series] else { return }
    let reason: String
    if (known.minimum ?? -1) < 0 {
      reason = "can be negative, so it has no growth rate"
    } else if !known.isSummable {
      reason = "is a rate, whose change for the country is no sum over municipalities"
    } else {
      return
    }
    throw DocumentError(
      .impossible,
      at: place ?? scenario.others.kind.place,
      "\(series) \(reason). Let the others hold, or give the growth under others.growth."
    )
  }

  private func unknown(_ series: String, lender: Located<String>?) -> DocumentError {
    let year = scenario.baselineYear.value
    let source = lender.map { "\($0.value), from which \(series) borrows its growth," } ?? series
    return DocumentError(
      .impossible,
      at: lender?.place ?? scenario.others.kind.place,
      """
      How others move cannot be known: \(source) has fewer than two yearly changes up to \(year). \
      Give the growth per year under others.growth, name a series with a history under \
      others.borrow, or let the others hold.
      """
    )
  }
}
