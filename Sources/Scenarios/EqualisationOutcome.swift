internal import Documents
public import Regions

/// What levers on tax revenue are worth after the income equalisation, at the horizon.
///
/// Average, deduction and every supplement are computed anew for all municipalities without the levers
/// and with them, so that crossing the threshold, the growth of the country and what others pay count.
public struct EqualisationOutcome: Sendable {
  /// The indicator whose figures are equalised: a ratio of tax revenue and inhabitants.
  public let indicator: Indicator
  /// The rates.
  public let rates: EqualisationRates
  /// The row of the dataset that the rates are from; `nil` when they were given.
  public let rule: EqualisationRule?
  /// The year whose rates they are; `nil` when they were given or are of no known year.
  public let ratesYear: Int?
  /// The horizon without the levers.
  public let withoutLevers: EqualisationStandings
  /// The horizon with them.
  public let withLevers: EqualisationStandings

  /// A unit without and with the levers, and what it keeps; `nil` for a unit that is not ranked.
  ///
  /// - Complexity: O(number of units).
  public func change(of unit: Unit) -> EqualisationStandings.Change? {
    withLevers.change(of: unit, since: withoutLevers)
  }
}

/// The rates that a run is to use instead of those on file for its horizon.
public struct ChosenEqualisation: Sendable, Hashable {
  /// The rates.
  public let rates: EqualisationRates
  /// The row of the dataset they are from, if they are from one.
  public let rule: EqualisationRule?

  /// Creates a choice.
  public init(rates: EqualisationRates, rule: EqualisationRule?) {
    self.rates = rates
    self.rule = rule
  }
}

extension Simulation {
  /// What the levers are worth after equalisation: once for each set of levers on an indicator that a
  /// rule of the dataset is about.
  ///
  /// Without rates for the horizon, chosen or on file for it or an earlier year, there is none.
  func equalisations() throws(DocumentError) -> [EqualisationOutcome] {
    var outcomes: [EqualisationOutcome] = []
    var done: [(numerator: String, levers: [Int])] = []
    let horizon = resolution.scenario.horizon.value
    for indicator in resolution.indicators {
      guard let series = resolution.catalogue.equalisation.first(where: { $0.concerns(indicator) })
      else { continue }
      let (projection, indices, _) = try projection(of: indicator)
      guard !indices.isEmpty,
        !done.contains(where: { $0.numerator == indicator.numerator && $0.levers == indices }),
        let (rates, rule, year) = equalisationRates(of: series.series, in: horizon)
      else { continue }
      done.append((indicator.numerator, indices))
      func standings(_ active: UInt) throws(DocumentError) -> EqualisationStandings {
        EqualisationStandings(
          try projection.figures(in: horizon, active: active, indices: indices),
          rates: rates,
          aggregation: aggregation,
          panel: panel
        )
      }
      outcomes.append(
        EqualisationOutcome(
          indicator: indicator,
          rates: rates,
          rule: rule,
          ratesYear: year,
          withoutLevers: try standings(0),
          withLevers: try standings(UInt.max)
        )
      )
    }
    return outcomes
  }

  private func equalisationRates(
    of series: String,
    in year: Int
  ) -> (EqualisationRates, EqualisationRule?, Int?)? {
    if let chosen = chosenEqualisation { return (chosen.rates, chosen.rule, nil) }
    guard let found = resolution.catalogue.equalisation(of: series, upTo: year),
      let rates = found.rule.rates
    else { return nil }
    return (rates, found.rule, found.year)
  }
}
