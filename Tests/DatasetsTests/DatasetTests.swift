import Datasets
import Regions
import TestSupport
import Testing

/// The small dataset is read as it is written.
@Suite struct DatasetTests {
  @Test func tables() throws {
    let dataset = try FixtureDataset().dataset()
    #expect(dataset.description.name == "fixture")
    #expect(dataset.description.version == "1.0.0")
    #expect(
      dataset.description.files.map(\.path) == [
        "municipalities.csv", "substitutes.csv", "extra.csv",
      ]
    )
    #expect(dataset.description.files.map(\.bytes) == [nil, nil, 1234])
    let catalogue = dataset.catalogue
    #expect(
      catalogue.register.municipalities[4]
        == Municipality(code: "3114", name: "Våler", countyCode: "31", countyName: "Østfold")
    )
    #expect(catalogue.register.combinedUnits.map(\.members) == [[1, 2]])
    #expect(catalogue.register.combinedUnits[0].isMunicipality)
    #expect(catalogue.divisions.map(\.kind) == [.partition, .peerSet])
    #expect(catalogue.divisions[1].note == "Moss is in both, \"three\" in none.")
    #expect(catalogue.divisions[1].regions.map(\.members) == [[0, 3], [3, 4]])
    #expect(catalogue.divisions[1].regions[0].bases == [.documented, .inferred])
    #expect(catalogue.divisions[1].members == [0, 3, 4])
    #expect(catalogue.series[0].isComplete && catalogue.series[0].isSummable)
    #expect(!catalogue.series[4].isComplete && !catalogue.series[4].isSummable)
    #expect(catalogue.series[4].maximum == 100)
    #expect(catalogue.indicators.map(\.isRelativeToCountry)[2])
    #expect(catalogue.indicators.map(\.isShare) == [false, true, false, false, false, false])
    let contest = try #require(catalogue.indicators.first { $0.numerator == "contest.rank" })
    #expect(dataset.published(contest) == [2023: 356, 2024: 357])
    #expect(dataset.published(catalogue.indicators[0]) == [:])
    #expect(dataset.breaks.map(\.municipality) == ["3114", nil])
    #expect(
      catalogue.substitutes == [
        Substitute(
          series: "employed.20_66",
          lender: "employment.relative",
          note: "It stands in for itself."
        )
      ]
    )
  }

  @Test func figures() throws {
    let panel = try FixtureDataset().panel()
    #expect(panel.years(of: "population.total") == Array(2020...2024))
    let column = panel.column("population.total", year: 2021)
    #expect(isSame(column.values, [695000, .nan, .nan, 50000, 5800, .nan, 66500]))
    #expect(column.statuses[0] == .present(.observed))
    #expect(column.statuses[1] == .missing(.combined))
    #expect(column.statuses[5] == .missing(.suppressed))
    #expect(isSame(panel.coverageWeights, [710000, 58000, 9300, 52000, 6300, 3500, 0]))
    #expect(panel.isBreak("population.total", year: 2022, position: 4))
    #expect(!panel.isBreak("population.total", year: 2022, position: 3))
    #expect(panel.isBreak("employed.20_66", year: 2023, position: 6))
  }

  @Test func onlyTheFilesOfTheSeriesAreRead() throws {
    let fixture = try FixtureDataset()
    try fixture.directory.remove("values/rates.csv")
    let panel = try fixture.dataset().panel(of: ["employed.20_66", "unknown"])
    #expect(panel.series.keys.sorted() == ["employed.20_66", "population.total"])
    #expect(panel.years(of: "employed.20_66") == [2022, 2023, 2024])
  }

  @Test func combinedUnitInARegion() throws {
    let fixture = try FixtureDataset()
    let catalogue = try fixture.catalogue()
    let panel = try fixture.panel()
    let areas = Aggregation(
      division: try catalogue.division("areas"),
      register: catalogue.register
    )
    let indicator = try catalogue.indicator("employment.share")
    let levels = try panel.figures(of: indicator, year: 2023).regionLevels(areas, in: panel)
    let last = 100.0 * (23100 + 2710) / (30800 + 3600)
    expectClose(levels.values, [100.0 * 352 / 465, 100.0 * 30 / 39, last])
    #expect(levels.entries[2].membersMissing == [5])
  }
}
