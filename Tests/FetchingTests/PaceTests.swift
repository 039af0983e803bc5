import FixtureServer
import TestSupport
import Testing

@testable import Fetching

/// How often the server is asked, with a clock that does not wait.
@Suite struct PaceTests {
  private func fixture(calls: Int = 30) throws -> FetchFixture {
    var fixture = try FetchFixture()
    fixture.settings.callsPerWindow = calls
    return fixture
  }

  @Test func noMoreCallsThanThePaceWithinAWindow() throws {
    let fixture = try fixture(calls: 4)
    fixture.server.setLimit(cells: 2)
    _ = try fixture.fetch()
    // Metadata, code list, limits and 10 parts: 13 calls, of which 4 a minute.
    #expect(fixture.server.log.count == 13)
    #expect(fixture.clock.waits == [60, 60, 60])
  }

  @Test func aLimitOfNoCellsIsNotInUse() throws {
    let fixture = try fixture()
    fixture.server.setLimit(cells: 800_000, told: 0)
    _ = try fixture.fetch()
    // Metadata, code list, limits and all figures at once.
    #expect(fixture.server.log.count == 4)
  }

  @Test(arguments: [
    ("2;w=30", 30.0), ("2;w=30s", 30), ("\"default\";q=2;w=30", 30), ("2; w=30", 30), ("2", 60),
  ])
  func theServersPaceIsKept(policy: String, window: Double) throws {
    let fixture = try fixture()
    fixture.server.setHeaders(["x-ratelimit-policy": policy])
    _ = try fixture.fetch()
    #expect(fixture.server.log.count == 4)
    #expect(fixture.clock.waits == [window])
  }

  @Test(arguments: ["", "nonsense", "-1;w=60", "0;w=60", "1e99", "nan;w=inf", "q=;w="])
  func aPaceThatMakesNoSenseIsPassedOver(policy: String) throws {
    let fixture = try fixture()
    fixture.server.setHeaders(["x-ratelimit-policy": policy, "ratelimit": policy])
    _ = try fixture.fetch()
    #expect(fixture.clock.waits.isEmpty)
  }

  @Test(arguments: ["limit=40, remaining=0, reset=12", "\"default\";r=0;t=12"])
  func noCallIsLeft(limit: String) throws {
    let fixture = try fixture()
    fixture.server.setHeaders(["ratelimit": limit])
    _ = try fixture.fetch()
    #expect(fixture.clock.waits == [12, 12, 12])
  }

  @Test(arguments: [("7", 7.0), ("Sun, 01 Feb 2026 12:00:42 GMT", 42.0)])
  func theServersWaitIsKept(retryAfter: String, seconds: Double) throws {
    let fixture = try fixture()
    fixture.server.script("/data", [.tooManyRequests(retryAfter: retryAfter)])
    _ = try fixture.fetch()
    #expect(fixture.clock.waits == [seconds])
  }

  @Test(arguments: ["-5", "soon", "nan", "Sun, 01 Foo 2026 12:00:42 GMT", "1970"])
  func aWaitThatMakesNoSenseIsPassedOver(retryAfter: String) throws {
    let fixture = try fixture()
    fixture.server.script("/metadata", [.tooManyRequests(retryAfter: retryAfter)])
    if retryAfter == "1970" {
      // Longer than anybody waits: said at once.
      let error = try #require(fixture.error())
      #expect(error.kind == .tooManyRequests)
      #expect(error.message.contains("1970 seconds"))
      #expect(fixture.clock.waits.isEmpty)
    } else {
      _ = try fixture.fetch()
      #expect(fixture.clock.waits.count == 1)
      #expect((0.5...1.5).contains(fixture.clock.waits[0]))
    }
  }

  @Test func waitsAreTheSameForASeed() throws {
    func waits(seed: UInt64) throws -> [Double] {
      var fixture = try fixture()
      fixture.settings.seed = seed
      fixture.server.script("/data", Array(repeating: .cut, count: 4))
      _ = try fixture.fetch()
      return fixture.clock.waits
    }
    let first = try waits(seed: 1)
    #expect(try waits(seed: 1) == first)
    #expect(try waits(seed: 3) != first)
    #expect(first.count == 4)
    for (index, wait) in first.enumerated() {
      #expect((0.5 * Double(1 << index)...1.5 * Double(1 << index)).contains(wait))
    }
  }
}
