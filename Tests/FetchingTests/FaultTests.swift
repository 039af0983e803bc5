import Cubes
import FixtureServer
import TestSupport
import Testing

@testable import Fetching

/// What goes wrong between client and server, over real connections.
@Suite struct FaultTests {
  /// Faults after which the same request is sent again and then answered.
  @Test(arguments: [
    FixtureFault.tooManyRequests(retryAfter: nil),
    .empty(status: 500), .empty(status: 502), .empty(status: 503), .empty(status: 504),
    .cut, .wrongLength(by: 10), .raw([]), .raw(Array("HTTP/1.1 200 OK\r\nContent-Le".utf8)),
  ])
  func passingFaultsAreTriedAgain(fault: FixtureFault) throws {
    let fixture = try FetchFixture()
    let expected = try fixture.fetch().cube
    fixture.server.clearLog()
    fixture.server.script("/data", [fault, fault])
    #expect(try fixture.fetch().cube == expected)
    #expect(fixture.dataRequests.count == 3)
    let waits = fixture.clock.waits
    #expect(waits.count == 2)
    #expect((0.5...1.5).contains(waits[0]) && (1...3).contains(waits[1]))
  }

  @Test(arguments: [
    (FixtureFault.tooManyRequests(retryAfter: nil), FetchError.Kind.tooManyRequests),
    (.empty(status: 500), .refused), (.empty(status: 503), .refused), (.cut, .interrupted),
    (.wrongLength(by: 1), .interrupted),
  ])
  func triesAreLimited(fault: FixtureFault, kind: FetchError.Kind) throws {
    let fixture = try FetchFixture()
    fixture.server.script("/data", Array(repeating: fault, count: 9))
    #expect(fixture.error()?.kind == kind)
    #expect(fixture.dataRequests.count == 5)
  }

  /// Faults that another try does not mend.
  @Test(arguments: [
    (FixtureFault.refusal(status: 400, title: "No such value"), FetchError.Kind.refused, "(400)"),
    (.refusal(status: 403, title: "Too many cells selected"), .refused, "Too many cells selected"),
    (.refusal(status: 404, title: "Gone"), .refused, "(404)"),
    (.refusal(status: 500, title: "Broken"), .refused, "Broken"),
    (.html, .invalidContent, "A page for people"),
    (.invalidJSON, .invalidContent, "cannot be read as figures"),
    (.wrongLength(by: -10), .invalidContent, "cannot be read as figures"),
  ])
  func lastingFaults(fault: FixtureFault, kind: FetchError.Kind, words: String) throws {
    let fixture = try FetchFixture()
    fixture.server.script("/data", [fault])
    let error = try #require(fixture.error())
    #expect(error.kind == kind)
    #expect(error.description.contains(words), "\(error)")
    #expect(error.description.hasPrefix(fixture.server.pxWebURL))
    #expect(fixture.dataRequests.count == 1)
    #expect(fixture.clock.waits.isEmpty)
  }

  @Test func aStallIsGivenUpAndTriedAgain() throws {
    var fixture = try FetchFixture()
    fixture.limits.totalMilliseconds = 250
    fixture.settings.tries = 2
    fixture.server.script("/data", [.stall(seconds: 5)])
    #expect(try fixture.fetch().cube.values.count == 20)
    fixture.server.script("/data", [.stall(seconds: 5), .stall(seconds: 5)])
    #expect(fixture.error()?.kind == .timedOut)
  }

  @Test func aSlowLineIsGivenUpBeforeTheWholeTime() throws {
    var fixture = try FetchFixture()
    fixture.limits.stallSeconds = 1
    fixture.settings.tries = 1
    fixture.server.script("/data", [.stall(seconds: 8)])
    let start = ContinuousClock.now
    #expect(fixture.error()?.kind == .timedOut)
    #expect(ContinuousClock.now - start < .seconds(6))
  }

  @Test func nobodyListens() throws {
    let fixture = try FetchFixture()
    fixture.server.stop()
    let error = try #require(fixture.error())
    #expect(error.kind == .unreachable || error.kind == .interrupted)
  }

  @Test func anUnusedPortIsUnreachable() {
    let transfer = Transfer(userAgent: "regionsim/test", usesProxies: false)
    let error = errorText { try transfer.send(Transfer.Request(url: "http://127.0.0.1:1/")) }
    #expect(error.contains("There is no connection"))
  }

  @Test func aTableThatChangesBetweenPartsIsFetchedOnceMore() throws {
    let fixture = try FetchFixture()
    fixture.server.setLimit(cells: 10)
    let revise: @Sendable (inout FixtureTable) -> Void = { table in
      table.cube.updated = "v\(table.cube.updated ?? "")"
      table.cube.values = table.cube.values.map { $0 + 1 }
    }
    fixture.server.script("/data", [.none, .change(table: "07459", revise)])
    let fetched = try fixture.fetch()
    #expect(fixture.dataRequests.count == 4)
    #expect(fetched.provenance.updated == "vv1")
    var revised = populationTable()
    revise(&revised)
    #expect(try FetchFixture(revised).fetch().cube.values == fetched.cube.values)

    let change = FixtureFault.change(table: "07459", revise)
    fixture.server.script("/data", [.none, change, .none, change])
    let error = try #require(fixture.error())
    #expect(error.kind == .interrupted)
    #expect(error.message == "The table changed while it was fetched. Fetch it again.")
  }

  /// An answer with other codes than those asked for, as when the table lost one in between.
  @Test func anotherAnswerThanAskedForIsRefused() throws {
    let folder = try TemporaryDirectory()
    var fixture = try FetchFixture()
    fixture.settings.cache = folder.path
    let other = FixtureCodelist(
      "agg_KommSummer",
      values: [.init("K-3101", members: ["3101"]), .init("K-3103", members: ["3103"])]
    )
    let body = try #require(try? wrongAnswer())
    let head = "HTTP/1.1 200 OK\r\nContent-Length: \(body.count)\r\n\r\n"
    fixture.server.script("/data", [.raw(Array(head.utf8) + body)])
    let error = try #require(fixture.error())
    #expect(error.kind == .invalidContent)
    #expect(error.message.contains("K-3101"), "\(error)")
    // Nor is it kept.
    #expect(fixture.error() == nil)
    fixture.server.set(other)
    #expect(fixture.error() == nil)
  }

  private func wrongAnswer() throws -> [UInt8] {
    var cube = try FetchFixture().fetch().cube
    cube.dimensions[0].categories[0].code = "K-9999"
    return JSONStatWriter().bytes(of: cube)
  }

  @Test func aCodeListThatLosesACodeIsNoticed() throws {
    let fixture = try FetchFixture()
    // The list is read, then changed: the server does not know the code any more.
    fixture.server.script(
      "/data",
      [
        .changeServer { server in
          server.set(
            FixtureCodelist("agg_KommSummer", values: [.init("K-3103", members: ["3103"])])
          )
        }
      ]
    )
    let error = try #require(fixture.error())
    #expect(error.status == 400)
    #expect(error.message.contains("Non-existent value K-3101"))
  }

  // MARK: - Addresses

  @Test func aLongQueryIsPosted() throws {
    let fixture = try FetchFixture()
    let many = (0..<300).map { FixtureCodelist.Value("K-\(4000 + $0)", members: ["3103"]) }
    fixture.server.set(FixtureCodelist("agg_KommSummer", values: many))
    let fetched = try fixture.fetch()
    #expect(fetched.cube.dimensions[0].categories.count == 300)
    #expect(fixture.dataRequests.map(\.method) == ["POST"])
    #expect(fetched.provenance.requests.first?.hasPrefix("POST http://") == true)
  }

  @Test func anAddressThatIsTooLongOnTheWayIsPosted() throws {
    let fixture = try FetchFixture()
    let many = (0..<180).map { FixtureCodelist.Value("K-\(4000 + $0)", members: ["3103"]) }
    fixture.server.set(FixtureCodelist("agg_KommSummer", values: many))
    fixture.server.script("/data", [.empty(status: 404)])
    _ = try fixture.fetch()
    #expect(fixture.dataRequests.map(\.method) == ["GET", "POST"])
    fixture.server.script("/data", [.empty(status: 404), .empty(status: 404)])
    #expect(fixture.error()?.status == 404)
  }
}
