public import Regions
internal import Statistics

/// The growth of one quantity of an indicator: from its own history, or borrowed.
public struct QuantityGrowth: Sendable {
  /// The series whose growth this is: the numerator for the value of an indicator.
  public let series: String
  /// The quantity that is moved.
  public let quantity: Quantity
  /// The model; that of the lender when it is borrowed.
  public var model: GrowthModel
  /// Whose history it is, when not the quantity's own.
  public let lender: String?
  /// Why this lender, where the dataset names it.
  public let note: String
  /// By how much the lender's changes are multiplied: how far municipalities lie apart in the
  /// quantity, over how far in the lender's, so that the same change carries a unit past as many.
  public var factor: Double
  /// How many yearly changes the quantity itself has.
  public let ownYears: Int

  func forecast(years: Int, from baseline: Int, register: MunicipalityRegister) -> PathForecast {
    model.forecast(years: years, from: baseline, register: register)
      .scaled(by: factor, to: quantity.scale)
  }
}

/// How an indicator's value and denominator grow.
public struct IndicatorGrowth: Sendable {
  /// How many yearly changes a model needs.
  public static let fewestYears = 3

  /// The indicator.
  public let indicator: Indicator
  /// The year from which forecasts are made.
  public let baseline: Int
  /// The growth of the value.
  public var value: QuantityGrowth
  /// The growth of the denominator, or of what weighs the values; `nil` without one.
  public var denominator: QuantityGrowth?
  /// The correlation of a municipality's residuals of the two; 0 where their years do not meet.
  public var correlation: Double
  private let register: MunicipalityRegister

  /// The series whose figures a model may need.
  ///
  /// - Parameters:
  ///   - indicator: The indicator.
  ///   - catalogue: What the dataset knows of.
  ///   - borrow: By series, the series or ratio whose growth it borrows.
  /// - Returns: Their ids; a ratio that lends stands beside its series.
  public static func series(
    of indicator: Indicator,
    catalogue: Catalogue,
    borrow: [String: String] = [:]
  ) -> Set<String> {
    let own = indicator.series
    let lenders = own.compactMap { id in
      borrow[id] ?? catalogue.substitutes.first { $0.series == id }?.lender
    }
    let ratios = lenders.flatMap { (try? catalogue.indicator($0))?.series ?? [] }
    return Set(own + lenders + ratios + ["population.total"])
  }

  /// Estimates the growth of an indicator.
  ///
  /// A quantity with fewer than three yearly changes of at least half of the municipalities borrows
  /// the growth of another; one that has nobody to borrow from needs parameters that are given, and
  /// those that are not are 0.
  ///
  /// - Parameters:
  ///   - indicator: The indicator.
  ///   - baseline: The year from which forecasts are made; later figures are not looked at.
  ///   - panel: The figures, with at least `series(of:catalogue:borrow:)`.
  ///   - catalogue: What the dataset knows of.
  ///   - groups: Who moves together.
  ///   - borrow: By series, the series or ratio whose growth it borrows, instead of the dataset's.
  ///   - parameters: By indicator, for its value, or by series, for the denominator: parameters that
  ///     are given instead of estimated. `scale` is the factor of borrowed changes.
  /// - Throws: `ForecastError` when there is no history, and none to borrow, or a parameter is unknown
  ///   or out of range.
  public init(
    _ indicator: Indicator,
    from baseline: Int,
    panel: Panel,
    catalogue: Catalogue,
    groups: GrowthGroups,
    borrow: [String: String] = [:],
    parameters: [String: [String: Double]] = [:]
  ) throws(ForecastError) {
    self.indicator = indicator
    self.baseline = baseline
    register = catalogue.register
    let finder = HistoryFinder(baseline, panel, catalogue, groups, borrow)
    value = try finder.growth(
      of: Quantity(valueOf: indicator, in: panel),
      isGiven: parameters[indicator.id]?.isEmpty == false
    )
    if let given = parameters[indicator.id] { try value.replace(given, of: indicator.id) }
    denominator = nil
    correlation = 0
    guard let series = indicator.denominator ?? indicator.weight else { return }
    var second = try finder.growth(
      of: Quantity(numerator: series, scale: .log),
      isGiven: parameters[series]?.isEmpty == false
    )
    if let given = parameters[series] { try second.replace(given, of: series) }
    correlation = value.model.correlation(with: second.model)
    denominator = second
  }

  /// The forecast of the indicator.
  ///
  /// - Parameter years: The number of years after the baseline, at least 1.
  /// - Returns: The paths of the value and the denominator.
  /// - Complexity: As of `GrowthModel.forecast(years:from:register:)`, twice.
  public func forecast(years: Int) -> IndicatorForecast {
    IndicatorForecast(
      value: value.forecast(years: years, from: baseline, register: register),
      denominator: denominator?.forecast(years: years, from: baseline, register: register),
      correlation: correlation
    )
  }
}

extension QuantityGrowth {
  fileprivate mutating func replace(
    _ given: [String: Double],
    of process: String
  ) throws(ForecastError) {
    for (key, number) in given.sorted(by: { $0.key < $1.key }) {
      let subject = ForecastError.Subject.parameter(process: process, name: key)
      if key == "scale", lender != nil {
        guard number >= 0, number.isFinite else {
          throw ForecastError(subject, "The parameter scale must be 0 or more.")
        }
        factor = number
        continue
      }
      guard let name = GrowthParameters.Name(rawValue: key) else {
        let names =
          GrowthParameters.Name.allCases.map(\.rawValue) + (lender == nil ? [] : ["scale"])
        let hint = nearestMatch(to: key, among: names).map { " Did you mean \($0)?" } ?? ""
        throw ForecastError(
          subject,
          "The growth model of \(process) has no parameter \(key); it has "
            + names.joined(separator: ", ") + ".\(hint)"
        )
      }
      if let objection = GrowthParameters.objection(to: number, for: name) {
        throw ForecastError(subject, "The parameter \(key) of \(process) \(objection).")
      }
      model.parameters[name] = number
    }
  }
}

/// Finds the history of a quantity, or that of its lender.
private struct HistoryFinder {
  let baseline: Int
  let panel: Panel
  let catalogue: Catalogue
  let groups: GrowthGroups
  let borrow: [String: String]

  init(
    _ baseline: Int,
    _ panel: Panel,
    _ catalogue: Catalogue,
    _ groups: GrowthGroups,
    _ borrow: [String: String]
  ) {
    self.baseline = baseline
    self.panel = panel
    self.catalogue = catalogue
    self.groups = groups
    self.borrow = borrow
  }

  /// The growth of a quantity.
  ///
  /// - Parameters:
  ///   - quantity: The quantity.
  ///   - isGiven: Whether parameters are given, so that it needs neither a history nor a lender.
  /// - Returns: The growth.
  /// - Throws: `ForecastError` when there is no history, and none to borrow.
  func growth(
    of quantity: Quantity,
    isGiven: Bool
  ) throws(ForecastError) -> QuantityGrowth {
    let history = QuantityHistory(quantity, in: panel, upTo: baseline)
    let ownYears = history?.usableYears ?? 0
    let series = quantity.numerator
    let substitute = catalogue.substitutes.first { $0.series == series }
    let hasLender = borrow[series] != nil || substitute != nil
    let isOwn =
      borrow[series] == nil && ownYears >= IndicatorGrowth.fewestYears || isGiven && !hasLender
    if let history, isOwn {
      return QuantityGrowth(
        series: series,
        quantity: quantity,
        model: GrowthModel(history, groups: groups),
        lender: nil,
        note: "",
        factor: 1,
        ownYears: ownYears
      )
    }
    guard let lender = borrow[series] ?? substitute?.lender else {
      throw ForecastError(
        .history(series: series),
        "\(quantity.name) has \(Self.years(ownYears)) up to \(baseline), too few to say how it moves; "
          + "\(IndicatorGrowth.fewestYears) are needed. Name a series or ratio with a history under "
          + "others.borrow: \(series), give parameters under futures.parameters, or choose a later "
          + "baseline."
      )
    }
    let borrowed = try lent(lender, to: quantity)
    let lent = GrowthModel(borrowed, groups: groups)
    return QuantityGrowth(
      series: series,
      quantity: quantity,
      model: lent,
      lender: lender,
      note: borrow[series] == nil ? substitute?.note ?? "" : "",
      factor: Self.factor(quantity, history, borrowed),
      ownYears: ownYears
    )
  }

  /// The history of a lender: that of a ratio, or of a series, taken per the same denominator.
  private func lent(
    _ lender: String,
    to quantity: Quantity
  ) throws(ForecastError) -> QuantityHistory {
    var candidate: Quantity
    if let ratio = try? catalogue.indicator(lender), ratio.denominator != nil {
      guard quantity.denominator != nil else {
        throw ForecastError(
          .lender(series: quantity.numerator),
          "\(quantity.numerator) is no ratio, so it cannot borrow the growth of the ratio \(lender)."
        )
      }
      candidate = Quantity(valueOf: ratio, in: panel)
    } else {
      let known = panel.series[lender]
      guard known?.minimum ?? -1 >= 0 else {
        throw ForecastError(
          .lender(series: quantity.numerator),
          "\(lender), from which \(quantity.numerator) borrows its growth, "
            + (known == nil ? "is no series of the dataset." : "can be negative.")
        )
      }
      candidate = Quantity(numerator: lender, scale: .log)
      if let denominator = quantity.denominator {
        let stand = catalogue.substitutes.first { $0.series == denominator }?.lender ?? denominator
        let name = borrow[denominator] ?? stand
        candidate = Quantity(numerator: lender, denominator: name, scale: .log)
      }
    }
    let history = QuantityHistory(candidate, in: panel, upTo: baseline)
    guard let history, history.usableYears >= IndicatorGrowth.fewestYears else {
      throw ForecastError(
        .lender(series: quantity.numerator),
        "\(candidate.name), from which \(quantity.numerator) borrows its growth, has "
          + "\(Self.years(history?.usableYears ?? 0)) up to \(baseline); "
          + "\(IndicatorGrowth.fewestYears) are needed."
      )
    }
    return history
  }

  private static func years(_ count: Int) -> String {
    count == 1 ? "1 yearly change" : "\(count == 0 ? "no" : "\(count)") yearly changes"
  }

  /// The spread of the quantity over that of the lender, each in its latest year with figures; 1 for
  /// an amount, whose growth is of the same kind.
  private static func factor(
    _ quantity: Quantity,
    _ own: QuantityHistory?,
    _ lent: QuantityHistory
  ) -> Double {
    guard quantity.denominator != nil, let own, let mine = own.latestSpread,
      let theirs = lent.latestSpread, theirs > 0
    else { return 1 }
    return mine / theirs
  }
}

extension QuantityHistory {
  /// 1.4826 times the median distance from the median, in the latest year with figures of at least
  /// half of the municipalities.
  fileprivate var latestSpread: Double? {
    for year in years.reversed() {
      let known = (0..<units).map { value($0, year) }.filter(\.isFinite)
      guard 2 * known.count >= units, let middle = median(of: known) else { continue }
      return median(of: known.map { abs($0 - middle) }).map { 1.4826 * $0 }
    }
    return nil
  }
}
