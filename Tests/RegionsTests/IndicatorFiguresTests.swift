import Regions
import TestSupport
import Testing

@Suite struct IndicatorFiguresTests {
  private let ratio = Sample.indicator(.ratioOfSums, denominator: "d")

  @Test func ratioNeedsBothFigures() throws {
    let panel = Sample.panel([
      "n": [2020: [1, nil, 3, 4, 5, nil]], "d": [2020: [nil, 2, 6, 8, 10, nil]],
    ])
    let figures = try panel.figures(of: ratio, year: 2020)
    #expect((0..<5).map(figures.isPresent) == [false, false, true, true, true])
    #expect(figures.numerator.values[0].isNaN)
    #expect(figures.denominator?.values[1].isNaN == true)
    #expect(figures.denominator?.statuses[1] == .missing(.notPublished))
  }

  @Test func withoutFillMissingStaysMissing() throws {
    let panel = Sample.panel(["n": [2019: [1, 1, 1, 1, 1, nil], 2020: [2, nil, 2, 2, 2, nil]]])
    let figures = try panel.figures(of: Sample.indicator(.sum), year: 2020)
    #expect(figures.numerator.values[1].isNaN)
    #expect(figures.numerator.statuses[1] == .missing(.notPublished))
  }

  @Test func carryTakesTheLatestEarlierValue() throws {
    let panel = Sample.panel([
      "n": [
        2017: [1, 1, 1, nil, nil, nil], 2018: [2, 2, nil, nil, nil, nil],
        2020: [4, nil, nil, nil, nil, nil], 2021: [5, 5, 5, 5, 5, nil],
      ]
    ])
    let column = try panel.figures(of: Sample.indicator(.sum), year: 2020, fill: .carry).numerator
    #expect(isSame(column.values, [4, 2, 1, .nan, .nan, .nan]))
    #expect(Array(column.years[..<3]) == [2020, 2018, 2017])
    #expect(column.statuses[0] == .present(.observed))
    #expect(column.statuses[1] == .present(.carried))
    #expect(column.statuses[3] == .missing(.notPublished))
  }

  @Test func carryReachesAYearWithoutRows() throws {
    let panel = Sample.panel(["n": [2018: [1, 2, 3, 4, 5, nil]]])
    let levels = try Sample.municipalityLevels(
      Sample.indicator(.sum),
      year: 2025,
      fill: .carry,
      in: panel
    )
    #expect(levels.values == [1, 2, 3, 4, 5])
    #expect(levels.year == 2025)
    #expect(levels.entries.allSatisfy { $0.oldestYear == 2018 })
  }

  @Test func carriedRatioHasBothFiguresOfOneYear() throws {
    let panel = Sample.panel([
      "n": [2018: [1, 1, 1, 1, 1, nil], 2020: [3, 3, 3, 3, 3, nil]],
      "d": [
        2018: [4, 4, 4, 4, 4, nil], 2019: [5, 5, 5, 5, 5, nil], 2020: [nil, 6, 6, 6, 6, nil],
      ],
    ])
    let figures = try panel.figures(of: ratio, year: 2020, fill: .carry)
    #expect(Array(figures.numerator.values[..<2]) == [1, 3])
    #expect(Array(figures.denominator?.values[..<2] ?? []) == [4, 6])
    #expect(Array(figures.numerator.years[..<2]) == [2018, 2020])
  }

  @Test func nationalFollowsTheCountry() throws {
    let panel = Sample.panel([
      "n": [2019: [100, 300, 20, nil, nil, nil], 2020: [110, 330, nil, 9, nil, nil]]
    ])
    let figures = try panel.figures(of: Sample.indicator(.sum), year: 2020, fill: .national)
    expectClose(Array(figures.numerator.values[..<4]), [110, 330, 22, 9])
    #expect(figures.numerator.statuses[2] == .present(.carried))
    #expect(figures.numerator.years[2] == 2019)
  }

  @Test func nationalFollowsNumeratorAndDenominator() throws {
    let panel = Sample.panel([
      "n": [2019: [90, 10, 5, nil, nil, nil], 2020: [99, 11, nil, nil, nil, nil]],
      "d": [2019: [180, 20, 20, nil, nil, nil], 2020: [240, 60, nil, nil, nil, nil]],
    ])
    let figures = try panel.figures(of: ratio, year: 2020, fill: .national)
    expectClose(figures.numerator.values[2], 5.5)
    expectClose(figures.denominator?.values[2] ?? .nan, 30)
  }

  @Test(arguments: [(90.0, 10.0, true), (89, 11, false)])
  func nationalNeedsNineTenthsOfTheCountry(both: Double, lost: Double, isKnown: Bool) {
    let panel = Sample.panel([
      "n": [2019: [both, lost, nil, nil, nil, nil], 2020: [2 * both, nil, nil, nil, nil, nil]]
    ])
    let text = errorText {
      try panel.figures(of: Sample.indicator(.sum), year: 2020, fill: .national)
        .numerator.values[1] == 2 * lost
    }
    #expect(
      text
        == (isKnown
          ? "(no error)"
          : """
          The country's change of n from 2019 to 2020 cannot be known: the units with figures in \
          both years hold only 89 % of it (at least 90 % is needed). Use the rule carry, or a \
          scenario that gives the growth.
          """)
    )
  }

  @Test(arguments: [Indicator.Aggregation.weightedMean, .notAggregable, .publishedRank])
  func nationalIsNotDefinedForRatesAndPlaces(aggregation: Indicator.Aggregation) {
    let panel = Sample.panel(
      [
        "n": [2019: [1, 1, 1, 1, 1, nil], 2020: [2, 2, 2, 2, nil, nil]],
        "w": [2019: [1, 1, 1, 1, 1, nil], 2020: [1, 1, 1, 1, 1, nil]],
      ],
      rates: ["n"]
    )
    let indicator = Sample.indicator(aggregation, weight: "w")
    #expect(
      errorText { try panel.figures(of: indicator, year: 2020, fill: .national) } == """
        n is a rate or a place, whose change for the country is not a sum over municipalities. \
        Use the rule carry.
        """
    )
  }

  /// The older figure of a combined unit whose members all have newer ones is no gap to fill.
  @Test func nationalIsNotAskedForWhatNeedsNoFilling() throws {
    let panel = Sample.panel(
      ["n": [2019: [1, 1, 1, nil, nil, 1], 2020: [2, 2, 2, 2, 2, nil]]],
      rates: ["n"]
    )
    let levels = try Sample.municipalityLevels(
      Sample.indicator(.notAggregable),
      fill: .national,
      in: panel
    )
    #expect(levels.values == [2, 2, 2, 2, 2])
  }

  @Test func noFiguresNamesTheYearsThatHave() {
    let panel = Sample.panel([
      "n": [
        2018: [1, 1, nil, nil, nil, nil], 2019: [1, nil, nil, nil, nil, nil], 2020: [nil, 1],
      ]
      .mapValues { $0 + Array(repeating: nil, count: 6 - $0.count) },
      "d": [2018: [1, 1, nil, nil, nil, nil], 2019: [nil, 1, nil, nil, nil, nil]],
    ])
    #expect(
      errorText { try panel.figures(of: ratio, year: 2020) } == """
        indicator has no figures for 2020. It has figures for 2018. Choose one of these years, or let \
        the gaps be filled: --fill carry, in a scenario baseline.fill: carry.
        """
    )
    let empty = Sample.panel(["n": [:], "d": [:]])
    #expect(
      errorText { try empty.figures(of: ratio, year: 2020, fill: .carry) } == """
        indicator has no figures for any year.
        """
    )
  }
}
