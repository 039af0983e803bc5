import Regions
import TestSupport
import Testing

@Suite struct CatalogueTests {
  @Test(arguments: [
    ("counties/31", "Østfold"), ("counties/østfold", "Østfold"),
    ("regions-73/R03", "Mosseregionen"),
    ("regions-73/mosseregionen", "Mosseregionen"),
  ])
  func regionByCodeOrName(path: String, name: String) throws {
    #expect(try NorwayDataset.catalogue().region(path).name == name)
  }

  @Test(arguments: [
    (
      "areas/Sunmøre",
      """
      There is no region of areas "Sunmøre". Did you mean Sunnmøre? Known are: A1 Oslo, \
      A2 Sunnmøre, A3 Østlandet sør.
      """
    ),
    (
      "areas",
      "There is no region of areas \"\". Known are: A1 Oslo, A2 Sunnmøre, A3 Østlandet sør."
    ),
    (
      "area/A1", "There is no division \"area\". Did you mean areas? Known are: areas, circles."
    ),
    ("", "There is no division \"\". Known are: areas, circles."),
    ("/", "There is no division \"\". Known are: areas, circles."),
  ])
  func unknownRegion(path: String, message: String) throws {
    let catalogue = try FixtureDataset().catalogue()
    #expect(errorText { try catalogue.region(path) } == message)
  }

  @Test func unknownIdsNameTheNearest() throws {
    let catalogue = try NorwayDataset.catalogue()
    #expect(try catalogue.indicator("employment.share").numerator == "employed.20_66")
    #expect(try catalogue.series("population.total").unit == .persons)
    #expect(
      errorText { try catalogue.indicator("employment.shares") }
        == "There is no indicator \"employment.shares\". Did you mean employment.share?"
    )
    #expect(
      errorText { try catalogue.series("population") }
        == "There is no series \"population\". Did you mean population.20_66?"
    )
    #expect(
      errorText { try catalogue.division("region-73") } == """
        There is no division "region-73". Did you mean regions-73? Known are: \
        centrality-classes, counties, economic-regions, kostra-groups, labour-market-regions, \
        osloregionen, regions-73, regions-73-tf2020.
        """
    )
  }
}
