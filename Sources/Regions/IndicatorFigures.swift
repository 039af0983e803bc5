/// The figures from which an indicator is computed, in one year, per position of the register.
///
/// Numerator and denominator of a unit are always of the same year, also when they are carried.
public struct IndicatorFigures: Sendable, Hashable {
  /// The indicator.
  public let indicator: Indicator
  /// The year asked for.
  public let year: Int
  /// The numerator, or the value itself when there is no denominator.
  public var numerator: Column
  /// The denominator of a ratio, or the weight of a weighted mean.
  public var denominator: Column?

  /// Creates figures.
  public init(indicator: Indicator, year: Int, numerator: Column, denominator: Column?) {
    self.indicator = indicator
    self.year = year
    self.numerator = numerator
    self.denominator = denominator
  }

  /// Whether the unit at a position has figures.
  public func isPresent(_ position: Int) -> Bool {
    !numerator.values[position].isNaN && denominator.map { !$0.values[position].isNaN } ?? true
  }
}

extension Panel {
  /// The years in which at least one unit has all the figures of an indicator, ascending.
  public func years(of indicator: Indicator) -> [Int] {
    years(of: indicator.numerator).filter { year in
      figuresWithoutFill(indicator, year: year).numerator.values.contains { !$0.isNaN }
    }
  }

  /// The figures of an indicator in one year.
  ///
  /// Where a source gives one figure for several municipalities together, that figure stands at the
  /// combined unit and the members are missing, with reason `combined`.
  ///
  /// - Parameters:
  ///   - indicator: The indicator, whose series are loaded.
  ///   - year: The year.
  ///   - fill: How a unit without figures in that year gets them.
  /// - Returns: The figures, per position of the register.
  /// - Throws: `FigureError` when no unit has figures, or the country's change is not known.
  /// - Complexity: O(*u* *y*), with *u* positions and *y* years of the series.
  public func figures(
    of indicator: Indicator,
    year: Int,
    fill: FillRule = .none
  ) throws(FigureError) -> IndicatorFigures {
    var figures = figuresWithoutFill(indicator, year: year)
    if fill != .none {
      try carry(into: &figures, fill: fill)
    }
    settleCombinedUnits(&figures)
    guard register.unitPositions.contains(where: figures.isPresent) else {
      throw .noFigures(indicator: indicator.id, year: year, years: years(of: indicator))
    }
    return figures
  }

  /// The figures of an indicator in one year as they stand, be it that nobody has any.
  ///
  /// - Complexity: O(*u*), with *u* positions.
  public func figuresWithoutFill(_ indicator: Indicator, year: Int) -> IndicatorFigures {
    guard let other = indicator.denominator ?? indicator.weight,
      indicator.aggregation != .publishedRank
    else {
      return IndicatorFigures(
        indicator: indicator,
        year: year,
        numerator: column(indicator.numerator, year: year),
        denominator: nil
      )
    }
    var numerator = columnWithCombinedSums(indicator.numerator, year: year)
    var denominator = columnWithCombinedSums(other, year: year)
    for position in 0..<register.count {
      if case .missing(let reason) = numerator.statuses[position] {
        denominator.clear(position, reason: reason)
      } else if case .missing(let reason) = denominator.statuses[position] {
        numerator.clear(position, reason: reason)
      }
    }
    return IndicatorFigures(
      indicator: indicator,
      year: year,
      numerator: numerator,
      denominator: denominator
    )
  }

  private func carry(
    into figures: inout IndicatorFigures,
    fill: FillRule
  ) throws(FigureError) {
    let indicator = figures.indicator
    let target = figures.year
    for year in years(of: indicator.numerator).reversed() where year < target {
      let earlier = figuresWithoutFill(indicator, year: year)
      let needed = (0..<register.count).filter { position in
        guard !figures.isPresent(position), earlier.isPresent(position) else { return false }
        // A combined unit whose members all have newer figures is not in use.
        let members = register.combinedUnit(at: position)?.members
        return members.map { !$0.allSatisfy(figures.isPresent) } ?? true
      }
      guard !needed.isEmpty else { continue }
      var factors = (numerator: 1.0, denominator: 1.0)
      if fill == .national {
        switch indicator.aggregation {
        case .sum, .ratioOfSums: break
        case .weightedMean, .notAggregable, .publishedRank:
          throw .nationalChangeOfRate(series: indicator.numerator)
        }
        factors.numerator = try nationalFactor(indicator.numerator, from: year, to: target)
        if let denominator = indicator.denominator {
          factors.denominator = try nationalFactor(denominator, from: year, to: target)
        }
      }
      for position in needed {
        figures.numerator.carry(position, from: earlier.numerator, year, factors.numerator)
        if let column = earlier.denominator {
          figures.denominator?.carry(position, from: column, year, factors.denominator)
        }
      }
    }
  }

  /// The country's figure in one year over that in another, over the units that have both.
  ///
  /// - Throws: `FigureError` when these units hold less than 90 % of the earlier year's sum.
  func nationalFactor(
    _ id: String,
    from earlier: Int,
    to later: Int
  ) throws(FigureError) -> Double {
    let (before, after) = (column(id, year: earlier), column(id, year: later))
    var all = 0.0
    var both = (before: 0.0, after: 0.0)
    for position in 0..<register.count where !before.values[position].isNaN {
      all += before.values[position]
      guard !after.values[position].isNaN else { continue }
      both.before += before.values[position]
      both.after += after.values[position]
    }
    let share = all == 0 ? 0 : both.before / all
    guard share >= 0.9, both.before > 0 else {
      throw .nationalChangeUnknown(series: id, from: earlier, to: later, share: share)
    }
    return both.after / both.before
  }

  /// Lets either a combined unit or its members stand, never both: the newer, and the members when
  /// all of them are as new.
  private func settleCombinedUnits(_ figures: inout IndicatorFigures) {
    for (offset, unit) in register.combinedUnits.enumerated() {
      let position = register.municipalities.count + offset
      guard figures.isPresent(position) else { continue }
      let year = figures.numerator.years[position]
      let membersStand = unit.members.allSatisfy {
        figures.isPresent($0) && figures.numerator.years[$0] >= year
      }
      for cleared in membersStand ? [position] : unit.members {
        figures.numerator.clear(cleared, reason: .combined)
        figures.denominator?.clear(cleared, reason: .combined)
      }
    }
  }
}

extension Column {
  fileprivate mutating func carry(
    _ position: Int,
    from earlier: Column,
    _ year: Int,
    _ factor: Double
  ) {
    values[position] = earlier.values[position] * factor
    statuses[position] = .present(.carried)
    years[position] = year
  }
}

extension MunicipalityRegister {
  /// The positions that have a place among the municipalities: all municipalities, and those
  /// combined units that were municipalities.
  public var unitPositions: [Int] {
    (0..<count).filter { combinedUnit(at: $0)?.isMunicipality ?? true }
  }
}
