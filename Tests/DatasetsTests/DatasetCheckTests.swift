import Datasets
import Regions
import TestSupport
import Testing

struct DatasetCheckTests {
  @Test func everyCheckOfTheRealDatasetHolds() throws {
    let results = try DatasetCheck(try NorwayDataset.dataset()).run()
    #expect(results.filter { !$0.holds } == [])
    let names = results.map(\.name)
    #expect(names.contains("total population.total 2024 country"))
    #expect(names.contains("division regions-73"))
    #expect(names.contains("aggregation"))
  }

  @Test func aFileOfAnotherSizeThanStatedIsRefused() throws {
    let fixture = try FixtureDataset()
    let size = try text(ofFile: fixture.path + "/values/people.csv").utf8.count
    try fixture.replace(
      "\"extra.csv\", \"bytes\": 1234",
      with: "\"values/people.csv\", \"bytes\": \(size + 7)",
      in: "datapackage.json"
    )
    let text = errorText { try fixture.panel() }
    #expect(
      text.hasSuffix(
        """
        values/people.csv: The file has \(size) bytes; datapackage.json states \(size + 7). It is cut \
        off or was changed. Fetch it again, or state its new size (and hash) there.
        """
      )
    )
  }
}
