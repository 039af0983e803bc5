import Cubes
import Datasets
import Fetching
import FixtureServer
import TestSupport
import Testing

/// What goes wrong on the way, and what the client does about it.
@Suite struct FaultTests {
  @Test(arguments: [
    FixtureFault.tooManyRequests(retryAfter: nil), .tooManyRequests(retryAfter: "7"), .status(503),
    .status(502), .status(500), .cut, .wrongLength, .stall(milliseconds: 1),
  ])
  func whatPassesIsTriedAgain(fault: FixtureFault) throws {
    let made = try MadeUpFetch()
    let whole = try made.client.fetch(try MadeUpFetch.sources()).cube
    made.server.fail("/data", with: fault, fault)
    let calls = made.dataCalls.count
    #expect(try made.client.fetch(try MadeUpFetch.sources()).cube == whole)
    #expect(made.dataCalls.count == calls + 3)
    #expect(made.clock.waited.count == 2)
  }

  @Test func theServersWaitIsKept() throws {
    let made = try MadeUpFetch()
    made.server.fail(
      "/data",
      with: .tooManyRequests(retryAfter: "7"),
      .tooManyRequests(retryAfter: "Wed, 25 Nov 2026 10:40:37 GMT"),
      .tooManyRequests(retryAfter: "3600")
    )
    _ = try made.client.fetch(try MadeUpFetch.sources())
    // The clock starts at 2026-11-26 08:00 UTC: a date that is past is no wait; the longest is 90 s.
    #expect(made.clock.waited == [7, 0, 90])
  }

  @Test func waitsGrowAndVary() throws {
    var made = try MadeUpFetch()
    made.settings.tries = 4
    made.server.fail("/data", with: .status(503), .status(503), .status(503))
    _ = try made.client.fetch(try MadeUpFetch.sources())
    let waits = made.clock.waited
    #expect(waits.count == 3)
    for (index, wait) in waits.enumerated() {
      let middle = Double(1 << index)
      #expect(middle * 0.5 <= wait && wait < middle * 1.5)
    }
    var again = try MadeUpFetch()
    again.settings = made.settings
    again.server.fail("/data", with: .status(503), .status(503), .status(503))
    _ = try again.client.fetch(try MadeUpFetch.sources())
    #expect(again.clock.waited == waits)
  }

  @Test(arguments: [
    (FixtureFault.tooManyRequests(retryAfter: nil), FetchError.Kind.tooManyRequests),
    (.status(503), .refused), (.cut, .interrupted), (.status(500), .refused),
  ])
  func afterSomeTriesItGivesUp(fault: FixtureFault, kind: FetchError.Kind) throws {
    var made = try MadeUpFetch()
    made.settings.tries = 3
    made.server.fail("/data", with: fault, fault, fault, fault)
    let error = #expect(throws: FetchError.self) {
      try made.client.fetch(try MadeUpFetch.sources())
    }
    #expect(error?.kind == kind)
    #expect(made.dataCalls.count == 3)
  }

  @Test(arguments: [FixtureFault.invalidJSON, .html])
  func aWrongAnswerIsNotTakenNorTriedAgain(fault: FixtureFault) throws {
    let made = try MadeUpFetch()
    made.server.fail("/data", with: fault)
    let error = #expect(throws: FetchError.self) {
      try made.client.fetch(try MadeUpFetch.sources())
    }
    #expect(error?.kind == .invalidContent)
    #expect(made.dataCalls.count == 1)
  }

  /// What is wrong must not be kept either.
  @Test func aWrongAnswerIsNotKept() throws {
    var made = try MadeUpFetch()
    let folder = try TemporaryDirectory()
    made.settings.cache = folder.path
    made.server.fail("/data", with: .html)
    #expect(throws: FetchError.self) { try made.client.fetch(try MadeUpFetch.sources()) }
    #expect(try made.client.fetch(try MadeUpFetch.sources()).cube.values.count == 16)
  }

  @Test func aSlowAnswerIsTimedOut() throws {
    var made = try MadeUpFetch()
    made.limits.totalMilliseconds = 150
    made.settings.tries = 1
    made.server.fail("/metadata", with: .stall(milliseconds: 600))
    let error = #expect(throws: FetchError.self) {
      try made.client.fetch(try MadeUpFetch.sources())
    }
    #expect(error?.kind == .timedOut)
  }

  @Test func nobodyListensOrAnswersTooMuch() throws {
    let made = try MadeUpFetch()
    var transfer = Transfer(userAgent: "regionsim/test", limits: made.limits)
    let nobody = #expect(throws: FetchError.self) {
      try transfer.send(Transfer.Request(url: "http://127.0.0.1:1/x"))
    }
    #expect(nobody?.kind == .unreachable)
    transfer.limits.maximumSize = 100
    let large = #expect(throws: FetchError.self) {
      try transfer.send(Transfer.Request(url: "\(made.server.base)/tables/11618/metadata"))
    }
    #expect(large?.kind == .invalidContent)
    let other = #expect(throws: FetchError.self) {
      try transfer.send(Transfer.Request(url: "file:///etc/hostname"))
    }
    #expect(other != nil)
  }

  @Test func thePaceOfTheServerIsKept() throws {
    var made = try MadeUpFetch()
    made.server.set(policy: "5;w=30")
    made.settings.maximumCells = 2
    _ = try made.client.fetch(try MadeUpFetch.sources())
    // 11 calls, five within half a minute.
    #expect(made.server.log.count == 11)
    #expect(made.clock.waited == [30, 30])
  }
}
