import Regions
import TestSupport
import Testing

@Suite struct CombinedUnitTests {
  @Test func unitStandsForItsMembers() throws {
    let panel = Sample.panel(["n": [2020: [1, 2, 3, nil, nil, 10]]])
    let figures = try panel.figures(of: Sample.indicator(.sum), year: 2020)
    #expect(figures.isPresent(5))
    #expect(figures.numerator.statuses[3] == .missing(.combined))
    let units = figures.municipalityLevels(in: panel.register)
    #expect(isSame(units.values, [1, 2, 3, .nan, .nan, 10]))
    #expect(units.entries[5].unit == Unit(level: .municipality, code: "0190", name: "D+E"))
    let regions = try Sample.regionLevels(Sample.indicator(.sum), in: panel)
    #expect(regions.values == [3, 3, 10])
    #expect(regions.entries[2].membersMissing.isEmpty)
    #expect(regions.entries[2].parts == [5])
    #expect(regions.country == 16)
  }

  @Test func membersGoBeforeTheUnitAndAreCountedOnce() throws {
    let panel = Sample.panel(["n": [2020: [1, 2, 3, 4, 5, 100]]])
    let units = try Sample.municipalityLevels(Sample.indicator(.sum), in: panel)
    #expect(units.values == [1, 2, 3, 4, 5])
    #expect(units.country == 15)
    #expect(try Sample.regionLevels(Sample.indicator(.sum), in: panel).values == [3, 3, 9])
  }

  @Test func unitGoesBeforeSomeOfItsMembers() throws {
    let panel = Sample.panel(["n": [2020: [1, 2, 3, 4, nil, 10]]])
    let units = try Sample.municipalityLevels(Sample.indicator(.sum), in: panel)
    #expect(isSame(units.values, [1, 2, 3, .nan, .nan, 10]))
    #expect(units.entries[3].status == .missing(.combined))
    #expect(try Sample.regionLevels(Sample.indicator(.sum), in: panel).values == [3, 3, 10])
  }

  @Test func unitInTwoRegionsCountsInNone() throws {
    let panel = Sample.panel(["n": [2020: [1, 2, 3, nil, nil, 10]]])
    let levels = try Sample.regionLevels(
      Sample.indicator(.sum),
      in: panel,
      regions: [[0, 1], [2, 3], [4]]
    )
    #expect(isSame(levels.values, [3, .nan, .nan]))
    #expect(levels.entries[1].status == .missing(.memberMissing))
    #expect(levels.entries[1].membersMissing == [3])
    #expect(levels.entries[2].status == .missing(.combined))
    #expect(levels.country == 16)
  }

  @Test func unitThatWasNoMunicipalityHasNoPlace() throws {
    let panel = Sample.panel(["n": [2020: [1, 2, 3, nil, nil, 10]]], isMunicipality: false)
    let units = try Sample.municipalityLevels(Sample.indicator(.sum), in: panel)
    #expect(units.entries.map(\.unit.name) == ["A", "B", "C", "D", "E"])
    #expect(units.entries[4].status == .missing(.combined))
    #expect(try Sample.regionLevels(Sample.indicator(.sum), in: panel).values == [3, 3, 10])
    #expect(panel.register.unitPositions == [0, 1, 2, 3, 4])
  }

  @Test func countsOfMembersAreAddedForARatio() throws {
    let panel = Sample.panel([
      "n": [2020: [1, 2, 3, nil, nil, 6]], "d": [2020: [10, 10, 10, 4, 8, nil]],
    ])
    let indicator = Sample.indicator(.ratioOfSums, denominator: "d")
    let units = try Sample.municipalityLevels(indicator, in: panel)
    #expect(isSame(units.values, [0.1, 0.2, 0.3, .nan, .nan, 0.5]))
    #expect(units.entries[5].denominator == 12)
    let regions = try Sample.regionLevels(indicator, in: panel)
    #expect(regions.entries[2].value == 0.5)
    #expect(units.countryRatio == 12.0 / 42)
  }

  @Test func ratesOfMembersAreNotAdded() throws {
    let panel = Sample.panel(
      ["n": [2020: [1, 2, 3, 7, 9, nil]], "w": [2020: [1, 1, 1, nil, nil, 10]]],
      rates: ["n"]
    )
    let indicator = Sample.indicator(.weightedMean, weight: "w")
    let units = try Sample.municipalityLevels(indicator, in: panel)
    #expect(isSame(units.values, [1, 2, 3, .nan, .nan]))
    let regions = try Sample.regionLevels(indicator, in: panel)
    #expect(regions.entries[2].status == .missing(.memberMissing))
  }

  @Test func carriedUnitGivesWayToNewerMembers() throws {
    let panel = Sample.panel([
      "n": [
        2019: [1, 1, 1, 1, 1, nil], 2020: [2, 2, 2, nil, nil, 20],
        2021: [3, 3, 3, nil, 3, nil], 2022: [4, 4, 4, 4, 4, nil],
      ]
    ])
    func values(_ year: Int) throws -> [Double] {
      try Sample.municipalityLevels(Sample.indicator(.sum), year: year, fill: .carry, in: panel)
        .values
    }
    #expect(try values(2019) == [1, 1, 1, 1, 1])
    #expect(isSame(try values(2020), [2, 2, 2, .nan, .nan, 20]))
    // E has a figure of its own in 2021, D only an older one than the unit.
    #expect(isSame(try values(2021), [3, 3, 3, .nan, .nan, 20]))
    #expect(try values(2022) == [4, 4, 4, 4, 4])
    let regions = try Sample.regionLevels(
      Sample.indicator(.sum),
      year: 2021,
      fill: .carry,
      in: panel
    )
    #expect(regions.values == [6, 3, 20])
    #expect(regions.entries[2].oldestYear == 2020)
    #expect(regions.entries[2].status == .present(.carried))
  }
}
