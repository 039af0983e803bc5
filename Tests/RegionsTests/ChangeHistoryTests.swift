import Regions
import TestSupport
import Testing

@Suite struct ChangeHistoryTests {
  private func panel(
    _ years: [Int: [Double?]],
    minimum: Double? = 0,
    breaks: [SeriesBreak] = []
  ) -> Panel {
    var panel = Panel(register: Sample.register())
    panel.add(
      Sample.series("n", minimum: minimum),
      columns: Dictionary(
        uniqueKeysWithValues: years.map { ($0.key, Sample.column($0.value + [nil], year: $0.key)) }
      ),
      breaks: breaks
    )
    return panel
  }

  private let figures: [Int: [Double?]] = [
    2000: [100, 200, 300, 400, 500],
    2001: [150, 200, 300, 400, 500],
    2002: [250, 200, 300, 400, 400],
  ]

  @Test func everyWindowOfASpan() throws {
    let history = try ChangeHistory(of: Sample.indicator(.sum), span: 1, in: panel(figures))
    #expect(
      history.windows.map(\.start) == Array(repeating: 2000, count: 5) + [
        2001, 2001, 2001, 2001, 2001,
      ]
    )
    #expect(history.windows.map(\.unit) == [0, 1, 2, 3, 4, 0, 1, 2, 3, 4])
    #expect(history.scale == .growth)
    expectClose(history.windows.map(\.change), [0.5, 0, 0, 0, 0, 100.0 / 150, 0, 0, 0, -0.2])
    // In 2002 the last two share the places 1 and 2.
    #expect(history.windows.map(\.movement) == [0, 0, 0, 0, 0, 1, -1, 0, 0.5, -0.5])
    #expect(history.windows.map(\.startPlace) == [5, 4, 3, 2, 1, 5, 4, 3, 2, 1])
    #expect(history.nonOverlapping(history.windows) == 10)
    let two = try ChangeHistory(of: Sample.indicator(.sum), span: 2, in: panel(figures))
    #expect(two.windows.count == 5)
    expectClose(two.windows[0].change, 1.5)
  }

  @Test func equalStartsShowTheBestPlaceAndCountTheMean() throws {
    let history = try ChangeHistory(
      of: Sample.indicator(.sum),
      span: 1,
      in: panel([2000: [1, 2, 2, 2, 3], 2001: [1, 2, 3, 4, 5]])
    )
    #expect(history.windows.map(\.startPlace) == [5, 3, 3, 3, 1])
    #expect(history.windows.map(\.shownStartPlace) == [5, 2, 2, 2, 1])
  }

  @Test func aUnitWithoutAFigureIsNotInTheField() throws {
    var figures = figures
    figures[2001]?[4] = nil
    let history = try ChangeHistory(of: Sample.indicator(.sum), span: 1, in: panel(figures))
    #expect(history.windows.map(\.unit) == [0, 1, 2, 3, 0, 1, 2, 3])
    #expect(history.windows.prefix(4).map(\.startPlace) == [4, 3, 2, 1])
  }

  @Test func growthFromNothingIsNone() throws {
    let history = try ChangeHistory(
      of: Sample.indicator(.sum),
      span: 1,
      in: panel([2000: [0, 1, 2, 3, 4], 2001: [1, 0, 2, 3, 4]])
    )
    #expect(history.windows.map(\.unit) == [1, 2, 3, 4])
    #expect(history.windows[0].change == -1)
    #expect(history.windows[0].startPlace == 4)
  }

  @Test func breaksEndWindowsOfTheUnitAndLeaveItInTheField() throws {
    let broken = SeriesBreak(series: "n", municipality: "0104", year: 2001, reason: "")
    let one = try ChangeHistory(
      of: Sample.indicator(.sum),
      span: 1,
      in: panel(figures, breaks: [broken])
    )
    #expect(one.windows.map(\.unit) == [0, 1, 2, 3, 0, 1, 2, 3, 4])
    #expect(one.windows[0].startPlace == 5)
    let two = try ChangeHistory(
      of: Sample.indicator(.sum),
      span: 2,
      in: panel(figures, breaks: [broken])
    )
    #expect(two.windows.map(\.unit) == [0, 1, 2, 3])
  }

  @Test(arguments: [(2000, 10), (2001, 5), (2002, 5), (2003, 10)])
  func aBreakOfAllEndsAllWindowsIntoItsYear(year: Int, windows: Int) throws {
    let broken = SeriesBreak(series: "n", municipality: nil, year: year, reason: "")
    let history = try ChangeHistory(
      of: Sample.indicator(.sum),
      span: 1,
      in: panel(figures, breaks: [broken])
    )
    #expect(history.windows.count == windows)
  }

  @Test func aRegionNeedsEveryMember() throws {
    var figures = figures
    figures[2001]?[3] = nil
    let broken = SeriesBreak(series: "n", municipality: "0101", year: 2002, reason: "")
    let panel = panel(figures, breaks: [broken])
    let regions = Aggregation(
      division: Sample.division([[0, 1], [2], [3, 4]]),
      register: panel.register
    )
    let one = try ChangeHistory(of: Sample.indicator(.sum), span: 1, in: panel, regions: regions)
    #expect(one.windows.map(\.unit) == [0, 1, 1])
    #expect(one.windows.map(\.start) == [2000, 2000, 2001])
    #expect(one.level == .region)
    let two = try ChangeHistory(of: Sample.indicator(.sum), span: 2, in: panel, regions: regions)
    #expect(two.windows.map(\.unit) == [1, 2])
    #expect(two.windows.map(\.startPlace) == [2.5, 1])
  }

  @Test func onlyTheYearsAskedFor() throws {
    let history = try ChangeHistory(
      of: Sample.indicator(.sum),
      span: 1,
      in: panel(figures),
      years: 1990...2001
    )
    #expect(Set(history.windows.map(\.start)) == [2000])
  }

  @Test func aSpanLongerThanTheSeriesHasNoWindow() throws {
    let history = try ChangeHistory(of: Sample.indicator(.sum), span: 3, in: panel(figures))
    #expect(history.windows.isEmpty)
    #expect(history.units.count == 5)
  }

  @Test func whatMayBeNegativeIsCountedInPoints() throws {
    let panel = panel([2000: [-2, 1, 2, 3, 4], 2001: [3, 1, 2, 3, 4]], minimum: nil)
    let history = try ChangeHistory(of: Sample.indicator(.sum), span: 1, in: panel)
    #expect(history.scale == .points)
    #expect(history.windows[0].change == 5)
  }

  @Test func scalesOfTheRealIndicators() throws {
    let panel = try NorwayDataset.panel()
    let points = try NorwayDataset.catalogue().indicators.filter {
      ChangeHistory.scale(of: $0, in: panel) == .points
    }
    #expect(
      Set(points.map(\.id)).isSuperset(of: [
        "employment.share", "education.higher.share", "migration.net", "migration.net.per_1000",
        "tax.relative_to_country", "knm.total.rank", "expenditure.need",
      ])
    )
    #expect(
      Set(points.map(\.id)).isDisjoint(with: [
        "population.total", "jobs.private.per_inhabitant", "tax.after.per_inhabitant",
        "dwellings.new", "farmland.converted",
      ])
    )
  }

  @Test func publishedPlacesMoveAsTheyAre() throws {
    let catalogue = try NorwayDataset.catalogue()
    let history = try ChangeHistory(
      of: try catalogue.indicator("knm.total.rank"),
      span: 1,
      in: try NorwayDataset.panel()
    )
    let moves = history.windows.map { "\(history.units[$0.unit].name) \(Int($0.movement))" }
    #expect(moves == ["Moss -6", "Råde -87", "Våler 23", "Vestby 3"])
  }

  @Test func placesHaveNoRegions() throws {
    let catalogue = try NorwayDataset.catalogue()
    let regions = Aggregation(
      division: try catalogue.division("regions-73"),
      register: catalogue.register
    )
    let indicator = try catalogue.indicator("low_income.share")
    let panel = try NorwayDataset.panel()
    #expect(throws: NotAggregableError.self) {
      try ChangeHistory(of: indicator, span: 1, in: panel, regions: regions)
    }
  }

  @Test(arguments: [
    (0.21, 2, 0.1), (0, 7, 0), (-0.19, 2, -0.1), (-1, 3, -1), (0.5, 1, 0.5), (1023, 10, 1),
    (0.1, 10, 0.009576582776886925), (-0.4, 40, -0.012689441983850691),
    (1e9, 3, 999.0000003333333), (1e-12, 5, 2e-13),
  ])
  func yearlyGrowth(total: Double, years: Int, yearly: Double) {
    let scale = ChangeHistory.Scale.growth
    // 1 + g is rounded to 16 digits, which are all that a small g has.
    expectClose(scale.yearly(ofTotal: total, years: years), yearly, absolute: 1e-15)
    expectClose(
      scale.total(ofYearly: yearly, years: years),
      total,
      relative: 1e-11,
      absolute: 1e-15
    )
  }

  @Test func yearlyPoints() {
    #expect(ChangeHistory.Scale.points.yearly(ofTotal: -6, years: 4) == -1.5)
    #expect(ChangeHistory.Scale.points.total(ofYearly: -1.5, years: 4) == -6)
  }

  // MARK: - The slow way, on random figures

  @Test(arguments: 0..<30)
  func agreesWithTheSlowWay(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let panel = Self.randomPanel(using: &random)
    let indicator = Sample.indicator(
      .ratioOfSums,
      denominator: "d",
      direction: seed.isMultiple(of: 2) ? .higher : .lower
    )
    for span in 1...4 {
      let history = try ChangeHistory(of: indicator, span: span, in: panel)
      let expected = try Self.slowWindows(indicator, span, panel)
      #expect(history.windows.map(\.unit) == expected.map(\.unit))
      #expect(history.windows.map(\.start) == expected.map(\.start))
      expectClose(history.windows.map(\.change), expected.map(\.change), absolute: 1e-15)
      #expect(history.windows.map(\.movement) == expected.map(\.movement))
      #expect(history.windows.map(\.startPlace) == expected.map(\.place))
      #expect(
        history.nonOverlapping(history.windows)
          == Self.slowApart(expected.map { ($0.unit, $0.start) }, span)
      )
    }
  }

  private static func randomPanel(using random: inout SplitMix64) -> Panel {
    var panel = Panel(register: Sample.register())
    for id in ["n", "d"] {
      var columns: [Int: Column] = [:]
      for year in 2000...2008 where Int.random(in: 0..<8, using: &random) > 0 {
        let values = (0..<6).map { position -> Double? in
          guard position < 5, Int.random(in: 0..<9, using: &random) > 0 else { return nil }
          return Double(Int.random(in: 1...4, using: &random))
        }
        columns[year] = Sample.column(values, year: year)
      }
      let breaks = (0..<2).map { _ in
        SeriesBreak(
          series: id,
          municipality: ["0100", "0102", "0190", nil].randomElement(using: &random) ?? nil,
          year: Int.random(in: 2000...2012, using: &random),
          reason: ""
        )
      }
      panel.add(Sample.series(id, minimum: 0), columns: columns, breaks: breaks)
    }
    return panel
  }

  private typealias SlowWindow = (
    unit: Int, start: Int, change: Double, movement: Double, place: Double
  )

  private static func slowWindows(
    _ indicator: Indicator,
    _ span: Int,
    _ panel: Panel
  ) throws -> [SlowWindow] {
    func ratio(_ unit: Int, _ year: Int) -> Double {
      panel.column("n", year: year).values[unit] / panel.column("d", year: year).values[unit]
    }
    var result: [SlowWindow] = []
    for start in 2000...2008 {
      let end = start + span
      let field = (0..<5).filter { !ratio($0, start).isNaN && !ratio($0, end).isNaN }
      for unit in field {
        func place(_ year: Int) -> Double {
          let mine = ratio(unit, year)
          let better = field.count {
            indicator.direction == .lower ? ratio($0, year) < mine : ratio($0, year) > mine
          }
          return Double(better) + Double(field.count { ratio($0, year) == mine } + 1) / 2
        }
        let isBroken = (start + 1...end).contains { year in
          ["n", "d"].contains { panel.isBreak($0, year: year, position: unit) }
        }
        guard !isBroken else { continue }
        let change = ratio(unit, end) / ratio(unit, start) - 1
        result.append((unit, start, change, place(start) - place(end), place(start)))
      }
    }
    return result
  }

  /// The largest number of windows of each unit that do not overlap, by trying all subsets.
  private static func slowApart(_ windows: [(unit: Int, start: Int)], _ span: Int) -> Int {
    Set(windows.map(\.unit)).reduce(0) { total, unit in
      let starts = windows.filter { $0.unit == unit }.map(\.start)
      let best = (0..<(1 << starts.count)).map { subset -> Int in
        let chosen = starts.indices.filter { subset & (1 << $0) != 0 }.map { starts[$0] }
        let isApart = zip(chosen, chosen.dropFirst()).allSatisfy { $0 + span <= $1 }
        return isApart ? chosen.count : 0
      }
      return total + (best.max() ?? 0)
    }
  }
}
