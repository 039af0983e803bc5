import Cubes
import Datasets
import FixtureServer
import TestSupport
import Testing

@testable import Fetching

@Suite struct PxWebClientTests {
  @Test func municipalitiesAreAddedUpByTheServer() throws {
    let fixture = try FetchFixture()
    let table = populationTable()
    let fetched = try fixture.fetch()
    #expect(fetched.cube.table == "07459")
    #expect(fetched.cube.dimensions.map(\.id) == ["Region", "ContentsCode", "Tid"])
    #expect(fetched.cube.dimensions[0].categories.map(\.code) == ["K-3101", "K-3103"])
    #expect(fetched.cube.dimensions[0].categories.map(\.label) == ["Halden", "Moss"])
    #expect(fetched.cube.dimensions[2].categories.map(\.code) == (2015...2024).map { "\($0)" })
    // Added up here, over the codes of a municipality and all ages.
    let strides = table.cube.strides
    let expected = [[1, 2], [3]].flatMap { regions in
      (0..<10).map { year in
        regions.reduce(0.0) { sum, region in
          (0..<7).reduce(sum) {
            $0 + table.cube.values[region * strides[0] + $1 * strides[1] + year]
          }
        }
      }
    }
    #expect(fetched.cube.values == expected)
    #expect(fixture.clock.waits.isEmpty)
  }

  @Test func oneQueryServesSeveralSeries() throws {
    let fixture = try FetchFixture()
    let fetched = try fixture.fetch([
      source("a", selection: [ages("019", "020")]),
      source("b", contents: "Kvinner", selection: [ages("020", "022")]),
    ])
    #expect(fixture.dataRequests.count == 1)
    #expect(
      fetched.cube.dimensions[1].categories.map(\.code) == ["019", "020", "021", "022"]
    )
    #expect(fetched.cube.dimensions[2].categories.map(\.code) == ["Personer1", "Kvinner"])
    #expect(fetched.cube.dimensions[2].categories.map(\.unit) == ["personer", "personer"])
    #expect(fetched.cube.dimensions.map(\.role) == [.geo, nil, .metric, .time])
  }

  @Test(arguments: [
    ("*", 2015...2024), ("from(2020)", 2020...2024), ("to(2016)", 2015...2016),
    ("top(3)", 2022...2024), ("[range(2018,2020)]", 2018...2020), ("2019", 2019...2019),
  ])
  func times(expression: String, years: ClosedRange<Int>) throws {
    let fetched = try FetchFixture().fetch([source(times: expression)])
    #expect(fetched.cube.dimensions[2].categories.map(\.code) == years.map { "\($0)" })
  }

  @Test func provenanceSaysWhatWasAskedAndWhen() throws {
    let fixture = try FetchFixture()
    let provenance = try fixture.fetch().provenance
    #expect(provenance.url.hasPrefix(fixture.server.pxWebURL + "/tables/07459/data"))
    #expect(provenance.table == "07459")
    #expect(provenance.updated == "v1")
    #expect(provenance.retrieved == "2026-02-01T12:00:00Z")
    #expect(provenance.sha256.count == 64)
    #expect(provenance.bytes > 0)
    #expect(!provenance.isFromCache)
    #expect(!provenance.isUnrevised)
  }
}
