import Cubes
import FixtureServer
import TestSupport
import Testing

@testable import Fetching

/// What is kept from before, and when it is used.
@Suite struct CacheTests {
  private let folder: TemporaryDirectory

  init() throws { folder = try TemporaryDirectory() }

  private func fixture() throws -> FetchFixture {
    var fixture = try FetchFixture()
    fixture.settings.cache = folder.path + "/kept"
    return fixture
  }

  @Test func anUnchangedTableIsNotSentAgain() throws {
    let fixture = try fixture()
    let first = try fixture.fetch()
    fixture.server.clearLog()
    let second = try fixture.fetch()
    #expect(second.cube == first.cube)
    #expect(second.provenance.isFromCache)
    #expect(second.provenance.sha256 == first.provenance.sha256)
    // Metadata, code list and limits are asked for by their tags; figures not at all.
    #expect(fixture.dataRequests.isEmpty)
    #expect(fixture.server.log.count == 3)
    #expect(fixture.server.log.allSatisfy { $0.headers["if-none-match"] != nil })
  }

  @Test func aRevisedTableIsFetchedAgain() throws {
    let fixture = try fixture()
    let first = try fixture.fetch()
    var table = populationTable(updated: "v2")
    table.cube.values = table.cube.values.map { $0 * 2 }
    fixture.server.set(table)
    let second = try fixture.fetch()
    #expect(second.cube.values == first.cube.values.map { $0 * 2 })
    #expect(!second.provenance.isFromCache)
    #expect(second.provenance.updated == "v2")
  }

  @Test func whatWasCutShortGoesOnWhereItWas() throws {
    let fixture = try fixture()
    fixture.server.setLimit(cells: 5)
    fixture.server.script("/data", [.none, .none, .refusal(status: 403, title: "Maintenance")])
    #expect(fixture.error()?.kind == .refused)
    #expect(fixture.dataRequests.count == 3)
    fixture.server.clearLog()
    let fetched = try fixture.fetch()
    #expect(fixture.dataRequests.count == 3)
    #expect(!fetched.provenance.isFromCache)
    #expect(try FetchFixture().fetch().cube == fetched.cube)
  }

  @Test func offlineNoConnectionIsMade() throws {
    var fixture = try fixture()
    fixture.settings.isOffline = true
    let error = try #require(fixture.error())
    #expect(error.kind == .offline)
    #expect(error.url.hasSuffix("/tables/07459/metadata?lang=no"))
    fixture.settings.isOffline = false
    fixture.server.setLimit(cells: 7)
    let first = try fixture.fetch()
    fixture.settings.isOffline = true
    fixture.server.clearLog()
    let second = try fixture.fetch()
    #expect(second.cube == first.cube)
    #expect(second.provenance.isFromCache)
    #expect(fixture.error([source(times: "top(1)")])?.kind == .offline)
    #expect(fixture.server.log.isEmpty)
  }

  /// A page for people with status 200 must not be taken for figures the next time.
  @Test(arguments: [FixtureFault.html, .invalidJSON])
  func whatCannotBeReadIsNotKept(fault: FixtureFault) throws {
    let fixture = try fixture()
    for path in ["/metadata", "/codelists", "/data"] {
      fixture.server.script(path, [fault])
      #expect(fixture.error()?.kind == .invalidContent)
    }
    #expect(try fixture.fetch().cube.values.count == 20)
  }

  @Test func aSpoiltFileIsFetchedAgain() throws {
    let fixture = try fixture()
    let first = try fixture.fetch()
    let names = try fixture.keptFiles()
    #expect(names.count == 8)
    for name in names where name.hasSuffix(".body") { try folder.write("{}", to: "kept/" + name) }
    #expect(try fixture.fetch().cube == first.cube)
    for name in names where name.hasSuffix(".json") { try folder.write("", to: "kept/" + name) }
    fixture.server.clearLog()
    #expect(try fixture.fetch().cube == first.cube)
    #expect(fixture.dataRequests.count == 1)
  }
}
