import Datasets
import Regions
import Reports
import TestSupport
import Testing

@Suite struct CatalogueReportTests {
  @Test(arguments: [Language.en, .nb])
  func list(language: Language) throws {
    let fixture = try FixtureDataset()
    var list = try CatalogueReport(try fixture.dataset(), language: language).list()
    #expect(list.tables.map(\.name) == ["series", "indicators", "divisions"])
    #expect(list.notes.count == 1 && list.notes[0].contains(fixture.path))
    // Where the folder's path is broken into lines depends on its length.
    list.notes = []
    expectGolden(
      try list.text(.table, language),
      "Golden/catalogue-\(language.rawValue).txt"
    )
  }

  @Test(arguments: [Language.en, .nb])
  func oneInFull(language: Language) throws {
    let fixture = try FixtureDataset()
    let dataset = try fixture.dataset()
    let reports = CatalogueReport(dataset, language: language)
    let catalogue = dataset.catalogue
    let found = [
      try reports.report(on: try catalogue.series("population.total")),
      try reports.report(on: try catalogue.series("employed.20_66")),
      try reports.report(on: try catalogue.indicator("employment.relative")),
      try reports.report(on: try catalogue.indicator("low_income.share")),
      reports.report(on: try catalogue.division("areas")),
      reports.report(on: try catalogue.division("circles")),
    ]
    let texts = try found.map { try $0.text(.table, language) }
    expectGolden(
      texts.joined(separator: "\n==========\n\n"),
      "Golden/catalogue-show-\(language.rawValue).txt"
    )
  }

  @Test func breaksAreGroupedAndWithinTheYears() throws {
    let fixture = try FixtureDataset()
    try fixture.replace(
      "population.total,3114,2022,A border was moved.\n",
      with: "population.total,3114,2022,A border was moved.\n"
        + "employed.20_66,3114,2022,Another series.\n"
        + "population.total,3103,2022,A border was moved.\n"
        + "population.total,3103,1999,Before the series.\n",
      in: "breaks.csv"
    )
    let dataset = try fixture.dataset()
    let report = try CatalogueReport(dataset, language: .en)
      .report(on: try dataset.catalogue.series("population.total"))
    let breaks = report.notes.filter { $0.hasPrefix("Break") }
    #expect(breaks == ["Break 2022, Våler, Moss: A border was moved."])
  }
}
