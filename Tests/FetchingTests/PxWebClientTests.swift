import Cubes
import Datasets
import Fetching
import FixtureServer
import TestSupport
import Testing

@Suite struct PxWebClientTests {
  /// What the sources choose of the made-up table, summed over both sexes, from the table itself.
  private func oracle(_ place: Int, _ content: Int, _ year: Int) -> Double {
    let table = MadeUpFetch.table().cube
    let strides = table.strides
    return (0..<2).reduce(0) { sum, sex in
      let cell = [place, sex, 1, content, year]
      return sum + table.values[zip(cell, strides).reduce(0) { $0 + $1.0 * $1.1 }]
    }
  }

  private func expectWhole(_ cube: Cube, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(
      cube.dimensions.map(\.id) == ["Region", "Alder", "ContentsCode", "Tid"],
      sourceLocation: sourceLocation
    )
    let (contents, years) = ([1, 0], [1, 2])
    var expected: [Double] = []
    for place in 0..<4 {
      for content in contents {
        for year in years { expected.append(oracle(place, content, year)) }
      }
    }
    #expect(cube.values == expected, sourceLocation: sourceLocation)
  }

  @Test func fetchesWhatTheSourcesChoose() throws {
    let made = try MadeUpFetch()
    let table = try made.client.fetch(try MadeUpFetch.sources())
    expectWhole(table.cube)
    #expect(
      table.cube.dimensions[0].categories.map(\.code) == ["K-3103", "K-3112", "K-3114", "K-3216"]
    )
    #expect(table.cube.dimensions[0].role == .geo)
    #expect(table.cube.table == "11618")
    #expect(table.provenance.updated == "2026-11-26T07:00:00Z")
    #expect(!table.provenance.isFromCache)
    #expect(!table.provenance.isUnrevised)
    #expect(table.provenance.sha256.count == 64)
    #expect(
      made.server.log.map { $0.target.split(separator: "?")[0] } == [
        "/api/pxwebapi/v2/tables/11618/metadata", "/api/pxwebapi/v2/codelists/agg_KommSummer",
        "/api/pxwebapi/v2/config", "/api/pxwebapi/v2/tables/11618/data",
      ]
    )
    #expect(made.dataCalls[0].method == "GET")
    #expect(made.server.log[0].headers["user-agent"] == "regionsim/test")
  }

  @Test(arguments: [1, 2, 3, 4, 5, 7, 8, 15, 16])
  func partsGiveTheWhole(cells: Int) throws {
    var made = try MadeUpFetch()
    made.settings.maximumCells = cells
    let table = try made.client.fetch(try MadeUpFetch.sources())
    expectWhole(table.cube)
    #expect(made.dataCalls.count >= 16 / cells)
  }

  @Test func aLongAddressIsSentAsABody() throws {
    var made = try MadeUpFetch()
    made.settings.maximumAddress = 100
    expectWhole(try made.client.fetch(try MadeUpFetch.sources()).cube)
    #expect(made.dataCalls.map(\.method) == ["POST"])
    #expect(made.dataCalls[0].headers["content-type"] == "application/json")
  }

  // MARK: - What is not as the catalogue says

  @Test(arguments: [
    (
      ["selection": "Alder=20-67"],
      """
      The variable Alder (Alder) has no "20-67". Is it 20-66? It has: 15-19, 20-66, 67+. The catalogue \
      has to be changed (update_sources.csv).
      """
    ),
    (
      ["selection": "Aldr=20-66"],
      """
      The variable Alder (Alder) must be chosen, and the catalogue does not say what of it. It has: \
      15-19, 20-66, 67+.
      """
    ),
    (
      ["selection": "Alder=20-66;Utdanning=1"],
      """
      The table has no variable "Utdanning", of which employed.20_66 needs. It has: Region, Kjonn, \
      Alder, ContentsCode, Tid.
      """
    ),
    (
      ["title": "ledige"],
      """
      The table is called "11618: Sysselsatte per 4. kvartal", without "ledige": it is not the one that \
      the catalogue means for employed.20_66.
      """
    ),
    (
      ["times": "from(2030)"],
      """
      The variable Tid (Tid) has no "from(2030)". It has: 2022, 2023, 2024. The catalogue has to be \
      changed (update_sources.csv).
      """
    ),
  ])
  func whatIsNotThereIsSaidBeforeFiguresAreAsked(change: [String: String], message: String) throws {
    let made = try MadeUpFetch()
    let sources = try MadeUpFetch.sources(
      selection: change["selection"] ?? "Alder=20-66",
      times: change["times"] ?? "from(2023)",
      title: change["title"] ?? "sysselsatte"
    )
    let error = #expect(throws: FetchError.self) { try made.client.fetch(sources) }
    #expect(error?.kind == .notAsExpected)
    #expect(error?.message == message)
    #expect(made.dataCalls.isEmpty)
  }

  @Test func anUnknownCodeListIsRefused() throws {
    let made = try MadeUpFetch()
    let sources = try MadeUpFetch.sources(codelist: "agg_Komsummer")
    let error = #expect(throws: FetchError.self) { try made.client.fetch(sources) }
    #expect(error?.kind == .refused)
    #expect(error?.message == "There is nothing there (404). The server says: Code list not found")
  }

  @Test func anAnswerOfOtherCodesIsNoAnswer() throws {
    let made = try MadeUpFetch()
    made.server.fail("/data", with: .otherCodes)
    let error = #expect(throws: FetchError.self) {
      try made.client.fetch(try MadeUpFetch.sources())
    }
    #expect(error?.kind == .invalidContent)
    #expect(error?.message.contains("K-3103") == true)
  }

  @Test func aTableThatChangesBetweenPartsIsFetchedOnceMore() throws {
    var made = try MadeUpFetch()
    let folder = try TemporaryDirectory()
    made.settings.cache = folder.path
    made.settings.maximumCells = 8
    made.server.fail("/data", with: .otherUpdate)
    expectWhole(try made.client.fetch(try MadeUpFetch.sources()).cube)
    made.server.fail("/data", with: .otherUpdate)
    made.server.put(MadeUpFetch.table(updated: "2026-11-27T07:00:00Z"))
    #expect(
      try made.client.fetch(try MadeUpFetch.sources()).provenance.updated == "2026-11-27T07:00:00Z"
    )
  }

  // MARK: - The cache

  @Test func whatIsKeptIsNotFetchedAgain() throws {
    var made = try MadeUpFetch()
    let folder = try TemporaryDirectory()
    made.settings.cache = folder.path
    let first = try made.client.fetch(try MadeUpFetch.sources())
    let calls = made.dataCalls.count
    let second = try made.client.fetch(try MadeUpFetch.sources())
    #expect(made.dataCalls.count == calls)
    #expect(second.cube == first.cube)
    #expect(second.provenance.isFromCache)
    #expect(second.provenance.sha256 == first.provenance.sha256)
    #expect(made.server.log.suffix(3).contains { $0.headers["if-none-match"] != nil })
    // A new version of the table is.
    made.server.put(MadeUpFetch.table(updated: "2026-11-27T07:00:00Z"))
    #expect(
      try made.client.fetch(try MadeUpFetch.sources()).provenance.updated == "2026-11-27T07:00:00Z"
    )
    #expect(made.dataCalls.count > calls)
  }

  @Test func anUpdateCutShortGoesOn() throws {
    var made = try MadeUpFetch()
    let folder = try TemporaryDirectory()
    made.settings.cache = folder.path
    made.settings.maximumCells = 4
    made.settings.tries = 1
    let sources = try MadeUpFetch.sources()
    made.server.fail("3114", with: .status(503))
    #expect(throws: FetchError.self) { try made.client.fetch(sources) }
    let before = made.dataCalls.count
    expectWhole(try made.client.fetch(sources).cube)
    #expect(before == 3)
    #expect(made.dataCalls.count == 5)
  }

  @Test func offlineUsesWhatIsKeptAndNothingElse() throws {
    var made = try MadeUpFetch()
    let folder = try TemporaryDirectory()
    made.settings.cache = folder.path
    made.settings.isOffline = true
    let error = #expect(throws: FetchError.self) {
      try made.client.fetch(try MadeUpFetch.sources())
    }
    #expect(error?.kind == .offline)
    #expect(made.server.log.isEmpty)
    made.settings.isOffline = false
    let online = try made.client.fetch(try MadeUpFetch.sources())
    let calls = made.server.log.count
    made.settings.isOffline = true
    #expect(try made.client.fetch(try MadeUpFetch.sources()).cube == online.cube)
    #expect(made.server.log.count == calls)
  }

  @Test func aSpoiltCacheIsNotBelieved() throws {
    var made = try MadeUpFetch()
    let folder = try TemporaryDirectory()
    made.settings.cache = folder.path
    let first = try made.client.fetch(try MadeUpFetch.sources())
    for name in try folder.names(endingWith: ".body") { try folder.write("{}", to: name) }
    #expect(try made.client.fetch(try MadeUpFetch.sources()).cube == first.cube)
  }
}
