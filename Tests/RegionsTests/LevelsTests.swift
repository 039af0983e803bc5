import Regions
import TestSupport
import Testing

@Suite struct LevelsTests {
  @Test func sumOverMembers() throws {
    let panel = Sample.panel(["n": [2020: [1, 2, 3, 4, 5, nil]]])
    let regions = try Sample.regionLevels(Sample.indicator(.sum), in: panel)
    #expect(regions.values == [3, 3, 9])
    #expect(regions.entries.map(\.unit.code) == ["R1", "R2", "R3"])
    #expect(regions.entries[0].unit == Unit(level: .region, code: "R1", name: "Region 1"))
    #expect(regions.country == 15)
    #expect(regions.countryRatio == nil)
    #expect(regions.division == "sample")
    let units = try Sample.municipalityLevels(Sample.indicator(.sum), in: panel)
    #expect(units.values == [1, 2, 3, 4, 5])
    #expect(units.entries[3].unit == Unit(level: .municipality, code: "0103", name: "D"))
    #expect(units.country == 15)
  }

  @Test func ratioOfSumsIsNoMeanOfRatios() throws {
    let panel = Sample.panel([
      "n": [2020: [10, 90, 5, 1, 1, nil]], "d": [2020: [100, 100, 10, 2, 8, nil]],
    ])
    let indicator = Sample.indicator(.ratioOfSums, denominator: "d", scale: 100)
    let regions = try Sample.regionLevels(
      indicator,
      in: panel,
      regions: [[0, 1, 2], [3, 4]]
    )
    #expect(regions.values == [50, 20])
    #expect(regions.entries[0].numerator == 105)
    #expect(regions.entries[0].denominator == 210)
    expectClose(regions.country ?? .nan, 100 * 107 / 220)
    expectClose(regions.countryRatio ?? .nan, 107.0 / 220)
    let units = try Sample.municipalityLevels(indicator, in: panel)
    expectClose(units.values, [10, 90, 50, 50, 12.5])
  }

  @Test func weightedMean() throws {
    let panel = Sample.panel(
      ["n": [2020: [10, 20, 30, 40, 50, nil]], "w": [2020: [1, 3, 2, 1, 1, nil]]],
      rates: ["n"]
    )
    let indicator = Sample.indicator(.weightedMean, weight: "w")
    let regions = try Sample.regionLevels(indicator, in: panel)
    #expect(regions.values == [17.5, 30, 45])
    #expect(regions.country == 27.5)
    let units = try Sample.municipalityLevels(indicator, in: panel)
    #expect(units.values == [10, 20, 30, 40, 50])
    #expect(units.entries[1].denominator == nil)
  }

  @Test func sharesWithoutCountsHaveNoRegions() throws {
    let panel = Sample.panel(["n": [2020: [1, 2, 3, 4, 5, nil]]], rates: ["n"])
    let text = errorText { try Sample.regionLevels(Sample.indicator(.notAggregable), in: panel) }
    #expect(text == "indicator cannot be computed for regions. The counts are not published.")
    let units = try Sample.municipalityLevels(Sample.indicator(.notAggregable), in: panel)
    #expect(units.values == [1, 2, 3, 4, 5])
    #expect(units.country == nil)
  }

  @Test func publishedPlacesHaveNoRegions() throws {
    let panel = Sample.panel(["n": [2020: [1, 2, 3, nil, nil, nil]], "w": [:]])
    let indicator = Sample.indicator(.publishedRank, weight: "w", direction: .lower)
    #expect(
      errorText { try Sample.regionLevels(indicator, in: panel) } == """
        indicator cannot be computed for regions. Its values are published places of \
        municipalities; a region has none of its own.
        """
    )
    let units = try Sample.municipalityLevels(indicator, in: panel)
    #expect(isSame(units.values, [1, 2, 3, .nan, .nan]))
    #expect(units.country == nil)
  }

  @Test func relativeToTheCountry() throws {
    let panel = Sample.panel([
      "n": [2020: [1, 2, 3, 4, 0, nil]], "d": [2020: [10, 10, 10, 10, 10, nil]],
    ])
    let indicator = Sample.indicator(
      .ratioOfSums,
      denominator: "d",
      scale: 100,
      isRelativeToCountry: true
    )
    let units = try Sample.municipalityLevels(indicator, in: panel)
    expectClose(units.values, [50, 100, 150, 200, 0])
    #expect(units.country == 100)
    expectClose(units.countryRatio ?? .nan, 0.2)
    expectClose(try Sample.regionLevels(indicator, in: panel).values, [75, 150, 100])
  }

  @Test func zeroDenominatorIsMissing() throws {
    let panel = Sample.panel([
      "n": [2020: [1, 2, 3, 4, 5, nil]], "d": [2020: [0, 10, 0, 8, 10, nil]],
    ])
    let indicator = Sample.indicator(.ratioOfSums, denominator: "d")
    let units = try Sample.municipalityLevels(indicator, in: panel)
    #expect(isSame(units.values, [.nan, 0.2, .nan, 0.5, 0.5]))
    #expect(units.entries[0].status == .missing(.zeroDenominator))
    let regions = try Sample.regionLevels(indicator, in: panel)
    #expect(isSame(regions.values, [0.3, .nan, 0.5]))
    #expect(regions.entries[1].status == .missing(.zeroDenominator))
  }

  @Test func sumNeedsEveryMember() throws {
    var panel = Sample.panel(["n": [2020: [1, nil, nil, 4, 5, nil]]])
    panel.coverageWeights = [1_000_000, 1, 1, 1, 1, 0]
    let regions = try Sample.regionLevels(Sample.indicator(.sum), in: panel)
    #expect(isSame(regions.values, [.nan, .nan, 9]))
    #expect(regions.entries[0].status == .missing(.memberMissing))
    #expect(regions.entries[0].membersMissing == [1])
    #expect(regions.entries[0].numerator.isNaN)
    // A region of one member has its member's reason.
    #expect(regions.entries[1].status == .missing(.notPublished))
  }

  @Test(arguments: [
    (90.0, 10.0, true), (899, 101, false), (900, 100, true), (0, 5, false), (70, 7.7, true),
  ])
  func ratioNeedsNineTenthsOfTheInhabitants(there: Double, lacking: Double, isShown: Bool) throws {
    var panel = Sample.panel([
      "n": [2020: [3, nil, 3, 4, 5, nil]], "d": [2020: [4, 8, 3, 8, 10, nil]],
      "w": [2020: [4, 8, 1, 1, 1, nil]],
    ])
    panel.coverageWeights = [there, lacking, 0, 1, 1, 0]
    let indicators = [
      (Sample.indicator(.ratioOfSums, denominator: "d"), 0.75),
      (Sample.indicator(.weightedMean, weight: "w"), 3),
    ]
    for (indicator, value) in indicators {
      let entry = try Sample.regionLevels(indicator, in: panel).entries[0]
      #expect(isSame(entry.value, isShown ? value : .nan))
      #expect(entry.status == (isShown ? .present(.observed) : .missing(.lowCoverage)))
      #expect(entry.membersMissing == [1])
      #expect(entry.parts == [0])
    }
  }

  @Test func statusIsThatOfTheWeakestFigure() throws {
    var panel = Panel(register: Sample.register())
    let numerators = Sample.column([1, 2, 3, 4, 5, nil], year: 2020)
    var denominators = Sample.column([2, 2, 2, 2, 2, nil], year: 2020)
    denominators.statuses[1] = .present(.estimated)
    denominators.statuses[4] = .present(.plan)
    panel.add(Sample.series("n"), columns: [2020: numerators])
    panel.add(Sample.series("d"), columns: [2020: denominators])
    let indicator = Sample.indicator(.ratioOfSums, denominator: "d")
    let units = try Sample.municipalityLevels(indicator, in: panel)
    let expected: [Basis] = [.observed, .estimated, .observed, .observed, .plan]
    #expect(units.entries.map(\.status.basis) == expected)
    let regions = try Sample.regionLevels(indicator, in: panel)
    #expect(regions.entries.map(\.status.basis) == [.estimated, .observed, .plan])
    #expect(regions.entries.map(\.status.word) == ["estimated", "observed", "plan"])
  }

  @Test func restrictedKeepsOrderAndCountry() throws {
    let panel = Sample.panel(["n": [2020: [1, 2, 3, 4, 5, nil]]])
    let levels = try Sample.municipalityLevels(Sample.indicator(.sum), in: panel)
    let some = levels.restricted { $0.value > 3 || $0.unit.code == "0100" }
    #expect(some.values == [1, 4, 5])
    #expect(some.country == 15)
  }
}
