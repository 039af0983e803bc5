import Cubes
import Datasets
import FixtureServer
import Testing

@testable import Fetching

/// What the catalogue of sources expects of a table, against the table's metadata.
@Suite struct ExpectationTests {
  /// Sources that the table does not fit, and what the error says; no figures are asked for.
  @Test(arguments: [
    (source(titleWords: "arbeidsstyrke"), "without \"arbeidsstyrke\""),
    (source(contents: "Personer"), "has no \"Personer\". Is it Personer1?"),
    (source(contents: nil, contentsWords: "menn"), "has no \"menn\""),
    (source(contents: nil, contentsWords: "n"), "Several contents have \"n\" in their name"),
    (
      source(region: "Regionen"),
      "no variable \"Regionen\", which population.total needs. Is it Region?"
    ),
    (source(codelist: "agg_kommsummer"), "There is no code list \"agg_kommsummer\"; capital"),
    (source(selection: [ages("019", "066")]), "has no \"066\""),
    (source(selection: [ages("022", "019")]), "has no \"022..019\""),
    (source(times: "from(2031)"), "has no \"from(2031)\""),
    (source(times: "top(0)"), "has no \"top(0)\""),
    (source(times: "top(-1)"), "has no \"top(-1)\""),
    (source(times: ""), "has no \"\""),
    (
      source(selection: [.init(variable: "Aldr", terms: [.code("018")])]),
      "no variable \"Aldr\", which population.total needs. Is it Alder? It has: Region, Alder"
    ),
    (
      source(selection: [.init(variable: "Alder", codelist: "vs_Ukjent", terms: [.code("018")])]),
      "There is no code list \"vs_Ukjent\""
    ),
  ])
  func notAsExpected(source: UpdateSource, words: String) throws {
    let fixture = try FetchFixture()
    let error = try #require(fixture.error([source]))
    #expect(error.kind == .notAsExpected)
    #expect(error.message.contains(words), "\(error)")
    #expect(fixture.dataRequests.isEmpty)
  }

  @Test func anUnknownTable() throws {
    let error = try #require(try FetchFixture().error([source(table: "00000")]))
    #expect(error.kind == .refused)
    #expect(error.status == 404)
  }

  @Test func theMetadataOfAnotherTable() throws {
    let fixture = try FetchFixture()
    var table = populationTable()
    let body = JSONStatWriter().bytes(of: table.cube)
    table.cube.table = "11618"
    fixture.server.set(table)
    let head = "HTTP/1.1 200 OK\r\nContent-Length: \(body.count)\r\n\r\n"
    fixture.server.script("/metadata", [.raw(Array(head.utf8) + body)])
    #expect(fixture.error([source(table: "11618")])?.kind == .notAsExpected)
  }

  @Test func contentsAreFoundByTheirName() throws {
    let fetched = try FetchFixture().fetch([source(contents: nil, contentsWords: "KVINN")])
    #expect(fetched.cube.dimensions[1].categories.map(\.code) == ["Kvinner"])
  }

  @Test func aVariableThatMustBeChosenIsNamed() throws {
    var table = populationTable()
    table.cube.dimensions[1].isEliminable = false
    let fixture = try FetchFixture(table)
    let error = try #require(fixture.error())
    #expect(error.kind == .notAsExpected)
    #expect(error.message.hasPrefix("The variable Alder (alder) must be chosen"))
    #expect(fixture.dataRequests.isEmpty)
  }

  /// A series over all ages and one over some must not share a cube: its sum would be that of some.
  @Test func seriesThatChooseOfOtherVariablesAreFetchedApart() throws {
    let all = source("all")
    let some = source("some", selection: [ages("019", "020")])
    let more = source("more", contents: "Kvinner")
    let fixture = try FetchFixture()
    #expect(fixture.error([all, some])?.kind == .notAsExpected)
    let groups = PxWebClient.groups(of: [all, some, more])
    #expect(groups.map { $0.map(\.series) } == [["all", "more"], ["some"]])
    let whole = try fixture.fetch(groups[0]).cube
    #expect(whole.dimensions.map(\.id) == ["Region", "ContentsCode", "Tid"])
  }

  @Test(arguments: [
    ("2026-03-14T12:00:00Z", 1_773_489_600, false), ("2026-03-15T00:00:00Z", 1_773_532_800, true),
    ("2026-06-14T23:59:59Z", 1_781_481_599, true), ("2026-06-15T12:00:00Z", 1_781_524_800, false),
  ])
  func figuresOfKostraBeforeTheirRevision(date: String, seconds: Int, isUnrevised: Bool) throws {
    var table = populationTable()
    table.cube.dimensions[0].id = "KOKkommuneregion0000"
    let server = try FixtureServer(tables: [table])
    let client = PxWebClient(
      base: server.pxWebURL,
      transfer: Transfer(userAgent: "regionsim/test", usesProxies: false),
      clock: TestClock(Double(seconds)).clock
    )
    let fetched = try client.fetch([source(region: "KOKkommuneregion0000", codelist: nil)])
    #expect(fetched.provenance.retrieved == date)
    #expect(fetched.provenance.isUnrevised == isUnrevised)
    #expect(fetched.cube.dimensions[0].categories.map(\.code) == ["0", "3001", "3101", "3103"])
  }
}
