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

  /// An answer whose variables and codes stand in another order is put in the order that was asked for.
  @Test func theOrderOfAnAnswerDoesNotMatter() throws {
    let fixture = try FetchFixture()
    let expected = try fixture.fetch().cube
    var turned = expected
    turned.dimensions = expected.dimensions.reversed()
    for index in turned.dimensions.indices { turned.dimensions[index].categories.reverse() }
    let strides = expected.strides
    let counts = expected.dimensions.map { $0.categories.count }
    turned.values = (0..<counts[2]).flatMap { year in
      (0..<counts[1]).flatMap { content in
        (0..<counts[0]).map { region in
          expected.values[
            (counts[0] - 1 - region) * strides[0] + (counts[1] - 1 - content) * strides[1]
              + (counts[2] - 1 - year)
          ]
        }
      }
    }
    let body = JSONStatWriter().bytes(of: turned)
    let head = "HTTP/1.1 200 OK\r\nContent-Length: \(body.count)\r\n\r\n"
    fixture.server.script("/data", [.raw(Array(head.utf8) + body)])
    #expect(try fixture.fetch().cube == expected)
  }

  @Test func symbolsAndPartsKeepTheirPlaces() throws {
    var table = populationTable()
    table.cube.statuses = CellStatuses(count: table.cube.values.count)
    for index in stride(from: 3, to: table.cube.values.count, by: 7) {
      table.cube.values[index] = .nan
      _ = table.cube.statuses.set(index % 2 == 0 ? ":" : "..", at: index)
    }
    let fixture = try FetchFixture(table)
    let sources = [source("a", codelist: nil, selection: [ages("018", "024")], times: "*")]
    let whole = try fixture.fetch(sources).cube
    #expect(whole.values.count == 280)
    #expect((0..<280).contains { whole.statuses[$0]?.symbol == ":" })
    for limit in [3, 10, 39, 279] {
      fixture.server.setLimit(cells: limit)
      #expect(try fixture.fetch(sources).cube == whole)
    }
  }

  @Test func progressIsTold() throws {
    let fixture = try FetchFixture()
    fixture.server.setLimit(cells: 10)
    var told: [String] = []
    _ = try fixture.client { told.append($0) }.fetch([source()])
    #expect(told == ["07459: metadata", "agg_KommSummer", "07459: 1/2", "07459: 2/2"])
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
