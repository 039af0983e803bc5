internal import Regions
internal import Statistics

/// The forecasts of a backtest from one origin.
struct BacktestOrigin {
  /// What all origins share.
  struct Setting: Sendable {
    let indicator: Indicator
    let history: QuantityHistory
    let panel: Panel
    let catalogue: Catalogue
    let groups: GrowthGroups
    let options: Backtest.Options
  }

  private let origin: Int
  private let setting: Setting
  private let growth: IndicatorGrowth
  private let naive: NaiveTrend
  private let horizons: [Int]

  /// Prepares an origin; `nil` when no horizon has an outcome, or there is no naive forecast.
  init?(_ origin: Int, _ setting: Setting) {
    self.origin = origin
    self.setting = setting
    let growth = try? IndicatorGrowth(
      setting.indicator,
      from: origin,
      panel: setting.panel,
      catalogue: setting.catalogue,
      groups: setting.groups
    )
    guard let growth, growth.value.lender == nil else { return nil }
    self.growth = growth
    naive = NaiveTrend(setting.history.upTo(origin))
    horizons = setting.options.horizons.filter { horizon in
      let year = origin + horizon
      guard setting.history.years.contains(year) else { return false }
      let unbroken = (0..<setting.history.units).count { unit in
        (origin + 1...year).allSatisfy { setting.history.change(unit, into: $0).isFinite }
      }
      return 2 * unbroken >= setting.history.units
    }
    guard !horizons.isEmpty else { return nil }
  }

  /// The scores of every horizon and level.
  func cells() -> [Backtest.Cell] {
    let longest = horizons.max() ?? 1
    let seed = setting.options.seed &+ UInt64(truncatingIfNeeded: origin) &* 0x9E37_79B9_7F4A_7C15
    let paths = FuturePaths(growth.forecast(years: longest), seed: seed)
    let noise = CounterNormals(seed: seed &+ 1)
    var fields = horizons.flatMap { horizon in
      Level.allCases.compactMap { BacktestField(self, $0, horizon) }
    }
    let deviations = horizons.reduce(into: [:]) { $0[$1] = naive.deviation(years: $1) }
    let count = setting.catalogue.register.count
    for draw in 0..<setting.options.draws {
      let changes = paths.changes(draw: draw)
      for index in fields.indices {
        let horizon = fields[index].horizon
        let slice = (horizon - 1) * count..<horizon * count
        fields[index].addModel(
          changes.value[slice],
          changes.denominator.isEmpty ? nil : changes.denominator[slice]
        )
        guard let deviation = deviations[horizon] ?? nil else { continue }
        var trend = naive.changes
        trend.withUnsafeMutableBufferPointer {
          noise.fill($0, stream: UInt32(horizon), draw: UInt64(draw))
        }
        for (unit, change) in naive.changes.enumerated() {
          trend[unit] = Double(horizon) * change + deviation * trend[unit]
        }
        fields[index].addTrend(trend[...])
      }
    }
    return fields.map(\.cell)
  }

  /// The figures of numerator and denominator in a year, per municipality.
  func figures(_ year: Int) -> (numerator: [Double], denominator: [Double]?) {
    let indicator = setting.indicator
    let count = setting.history.units
    let second = indicator.denominator ?? indicator.weight
    return (
      Array(setting.panel.column(indicator.numerator, year: year).values.prefix(count)),
      second.map { Array(setting.panel.column($0, year: year).values.prefix(count)) }
    )
  }

  /// The municipalities that are known and unbroken from one year to another.
  func comparable(_ from: Int, _ to: Int) -> [Bool] {
    (0..<setting.history.units).map { unit in
      guard setting.history.years.contains(from) else { return false }
      return setting.history.value(unit, from).isFinite
        && (from + 1...to).allSatisfy { setting.history.change(unit, into: $0).isFinite }
    }
  }

  var indicator: Indicator { setting.indicator }
  var basis: Backtest.Basis { setting.options.basis }
  var groups: [[Int]] { setting.groups.members }
  var year: Int { origin }
  var scale: GrowthScale { setting.history.quantity.scale }
}

/// The units that are ranked at one level after one horizon, and the places counted so far.
private struct BacktestField {
  let horizon: Int
  private let origin: BacktestOrigin
  private let level: Level
  /// The municipalities of each unit.
  private let parts: [[Int]]
  /// The figures at the origin: the ratio or amount, and the denominator or weight.
  private let start: (value: [Double], denominator: [Double]?)
  private let startLevels: [Double]
  private let startPlaces: [Int]
  private let outcomes: [Int]
  private let outcomeClimbs: [Int]
  private let pastPlaces: [Int]?
  private var model: PlaceCounts
  private var trend: PlaceCounts
  private var ups: [Int]
  private var wins: [Int]

  init?(_ origin: BacktestOrigin, _ level: Level, _ horizon: Int) {
    self.origin = origin
    self.level = level
    self.horizon = horizon
    let indicator = origin.indicator
    let isAggregable =
      indicator.aggregation != .notAggregable && indicator.aggregation != .publishedRank
    guard level == .municipality || isAggregable else { return nil }
    let known = origin.comparable(origin.year, origin.year + horizon)
    parts =
      level == .municipality
      ? known.indices.filter { known[$0] }.map { [$0] }
      : origin.groups.filter { !$0.isEmpty && $0.allSatisfy { known[$0] } }
    guard parts.count > 1 else { return nil }
    let values = { (year: Int) -> (value: [Double], denominator: [Double]?) in
      let figures = origin.figures(year)
      guard indicator.denominator != nil, let bottom = figures.denominator else {
        return (figures.numerator, figures.denominator)
      }
      return (zip(figures.numerator, bottom).map { $0 / $1 }, bottom)
    }
    start = values(origin.year)
    let end = values(origin.year + horizon)
    startLevels = Self.levels(parts, start.value[...], start.denominator?[...])
    let endLevels = Self.levels(parts, end.value[...], end.denominator?[...])
    startPlaces = Self.places(startLevels, origin)
    let endPlaces = Self.places(endLevels, origin)
    outcomes =
      origin.basis == .level
      ? endPlaces : Self.places(Self.growth(startLevels, endLevels, origin.scale), origin)
    outcomeClimbs = zip(startPlaces, endPlaces).map { $0 - $1 }
    pastPlaces = Self.pastPlaces(parts, origin, horizon, values)
    model = PlaceCounts(units: parts.count)
    trend = model
    ups = Array(repeating: 0, count: parts.count)
    wins = ups
  }

  /// The places of the window before the origin, for growth; those of the origin, for levels.
  private static func pastPlaces(
    _ parts: [[Int]],
    _ origin: BacktestOrigin,
    _ horizon: Int,
    _ values: (Int) -> (value: [Double], denominator: [Double]?)
  ) -> [Int]? {
    let now = values(origin.year)
    let levels = Self.levels(parts, now.value[...], now.denominator?[...])
    guard origin.basis == .growth else { return places(levels, origin) }
    let known = origin.comparable(origin.year - horizon, origin.year)
    guard parts.allSatisfy({ $0.allSatisfy { known[$0] } }) else { return nil }
    let past = values(origin.year - horizon)
    let before = Self.levels(parts, past.value[...], past.denominator?[...])
    return places(growth(before, levels, origin.scale), origin)
  }

  private static func levels(
    _ parts: [[Int]],
    _ value: ArraySlice<Double>,
    _ denominator: ArraySlice<Double>?
  ) -> [Double] {
    let (first, second) = (value.startIndex, denominator?.startIndex ?? 0)
    return parts.map { members in
      if members.count == 1 { return value[first + members[0]] }
      var sums = (numerator: 0.0, denominator: 0.0)
      for member in members {
        let weight = denominator.map { $0[second + member] } ?? 1
        sums.numerator += value[first + member] * weight
        sums.denominator += weight
      }
      return denominator == nil ? sums.numerator : sums.numerator / sums.denominator
    }
  }

  private static func growth(
    _ before: [Double],
    _ after: [Double],
    _ scale: GrowthScale
  ) -> [Double] {
    zip(before, after).map { scale == .log ? $1 / $0 : $1 - $0 }
  }

  private static func places(_ values: [Double], _ origin: BacktestOrigin) -> [Int] {
    let order: RankOrder =
      origin.indicator.direction == .lower ? .smallestFirst : .largestFirst
    return ColumnRanks(of: values, order: order).places.map { Int($0) }
  }

  mutating func addModel(_ changes: ArraySlice<Double>, _ denominator: ArraySlice<Double>?) {
    let after = moved(changes, denominator)
    model.add(places(after))
    let levels = Self.places(after, origin)
    let climbs = zip(startPlaces, levels).map { $0 - $1 }
    for (unit, climb) in climbs.enumerated() where climb >= 5 { ups[unit] += 1 }
    let movement = origin.basis == .level ? climbs : places(after).map { -$0 }
    guard let best = movement.max() else { return }
    let winners = movement.indices.filter { movement[$0] == best }
    if winners.count == 1 { wins[winners[0]] += 1 }
  }

  mutating func addTrend(_ changes: ArraySlice<Double>) {
    trend.add(places(moved(changes, nil)))
  }

  private func places(_ after: [Double]) -> [Int] {
    Self.places(
      origin.basis == .level ? after : Self.growth(startLevels, after, origin.scale),
      origin
    )
  }

  private func moved(_ changes: ArraySlice<Double>, _ denominator: ArraySlice<Double>?) -> [Double]
  {
    let first = changes.startIndex
    var value = start.value
    for members in parts {
      for unit in members {
        value[unit] = origin.scale.value(value[unit], changedBy: changes[first + unit])
      }
    }
    guard let denominator, var second = start.denominator else {
      return Self.levels(parts, value[...], start.denominator?[...])
    }
    for members in parts where members.count > 1 {
      for unit in members {
        let change = denominator[denominator.startIndex + unit]
        second[unit] = GrowthScale.log.value(second[unit], changedBy: change)
      }
    }
    return Self.levels(parts, value[...], second[...])
  }

  /// The scores of all futures drawn.
  var cell: Backtest.Cell {
    var scores = (model: ForecastScore(), trend: ForecastScore(), nothing: ForecastScore())
    var events: [Backtest.Event: EventScore] = [:]
    let draws = Double(model.draws)
    for (unit, place) in outcomes.enumerated() {
      let cumulative = model.cumulative(of: unit)
      scores.model.add(cumulative, place: place)
      if trend.draws > 0 { scores.trend.add(trend.cumulative(of: unit), place: place) }
      if let past = pastPlaces {
        let steps = (1...parts.count).map { $0 >= past[unit] ? 1.0 : 0 }
        scores.nothing.add(steps, place: place)
      }
      let quarter = parts.count / 4
      if quarter > 0 {
        events[.topQuarter, default: EventScore()].add(
          cumulative[quarter - 1],
          came: place <= quarter
        )
      }
      if origin.basis == .level {
        events[.upFive, default: EventScore()].add(
          Double(ups[unit]) / draws,
          came: outcomeClimbs[unit] >= 5
        )
      }
    }
    return Backtest.Cell(
      level: level,
      origin: origin.year,
      horizon: horizon,
      model: scores.model,
      trend: scores.trend,
      nothing: pastPlaces == nil ? nil : scores.nothing,
      events: events,
      winner: winner
    )
  }

  private var winner: Backtest.Winner? {
    let movement = origin.basis == .level ? outcomeClimbs : outcomes.map { -$0 }
    guard let best = movement.max() else { return nil }
    let winners = movement.indices.filter { movement[$0] == best }
    guard winners.count == 1 else { return nil }
    let own = wins[winners[0]]
    return Backtest.Winner(
      probability: Double(own) / Double(model.draws),
      place: 1 + wins.count { $0 > own },
      units: parts.count
    )
  }
}
