/// How a unit that has no figure in the year asked for gets one.
public enum FillRule: String, Sendable, Hashable, CaseIterable {
  /// It gets none: it is missing.
  case none
  /// Its latest earlier value stands, with basis `carried`.
  case carry
  /// Its latest earlier value times the country's change since then, with basis `carried`.
  case national
}

/// Why the figures of an indicator cannot be had.
public enum FigureError: Error, Sendable, Hashable, CustomStringConvertible {
  /// No unit has a figure in the year; the years that have are given.
  case noFigures(indicator: String, year: Int, years: [Int])
  /// Fewer than half of the municipalities have a figure in the year; the years with more are given.
  case fewFigures(indicator: String, year: Int, years: [Int])
  /// The change of the country cannot be known from the units that have both years.
  case nationalChangeUnknown(series: String, from: Int, to: Int, share: Double)
  /// The rule `national` is not defined for a series of rates or places.
  case nationalChangeOfRate(series: String)

  /// The sentence shown to the user.
  public var description: String {
    switch self {
    case .noFigures(let indicator, let year, let years):
      guard let first = years.first else { return "\(indicator) has no figures for any year." }
      let isRun = years.count > 3 && years.last == first + years.count - 1
      let known =
        isRun
        ? "\(first)–\(first + years.count - 1)" : years.map(String.init).joined(separator: ", ")
      let filling =
        first < year
        ? ", or let the gaps be filled: --fill carry, in a scenario baseline.fill: carry" : ""
      return "\(indicator) has no figures for \(year). It has figures for \(known). Choose one of "
        + "these years\(filling)."
    case .fewFigures(let indicator, let year, let years):
      let known = years.map(String.init).joined(separator: ", ")
      return """
        In \(year) fewer than half of the municipalities have \(indicator), too few for places in \
        the whole country. Enough have it in: \(known). Or let the gaps be filled: --fill carry.
        """
    case .nationalChangeUnknown(let series, let from, let to, let share):
      let percent = Int((share * 100).rounded(.down))
      return """
        The country's change of \(series) from \(from) to \(to) cannot be known: the units with \
        figures in both years hold only \(percent) % of it (at least 90 % is needed). \
        Use the rule carry, or a scenario that gives the growth.
        """
    case .nationalChangeOfRate(let series):
      return """
        \(series) is a rate or a place, whose change for the country is not a sum over \
        municipalities. Use the rule carry.
        """
    }
  }
}
