import FixtureServer
import Regions
import TestSupport
import Testing

@testable import Fetching

@Suite struct KlassClientTests {
  private func client(_ server: FixtureServer) -> KlassClient {
    KlassClient(
      base: server.klassURL + "/",
      transfer: Transfer(userAgent: "regionsim/test", usesProxies: false),
      clock: TestClock().clock
    )
  }

  @Test func changesOfNumbersAreRead() throws {
    let server = try FixtureServer(changes: [
      FixtureChange(
        oldCode: "1507",
        oldName: "Ålesund",
        newCode: "1580",
        newName: "Haram",
        changeOccurred: "2024-01-01"
      ),
      FixtureChange(oldCode: "5001", newCode: "5001", changeOccurred: "2024-01-01"),
      FixtureChange(oldCode: nil, newCode: "9999", changeOccurred: "2024-01-01"),
      FixtureChange(oldCode: "0101", newCode: "3001", changeOccurred: "2020-01-01"),
    ])
    let changes = try client(server).changes(from: "2024-01-01", to: "2025-01-01")
    #expect(changes.map(\.newCode) == ["1580", "9999"])
    #expect(changes.map(\.oldCode) == ["1507", nil])
    #expect(changes.map(\.oldName) == ["Ålesund", nil])
    #expect(changes.map(\.changeOccurred) == ["2024-01-01", "2024-01-01"])
    #expect(
      server.log.map(\.target) == [
        "/klass/v1/classifications/131/changes?from=2024-01-01&to=2025-01-01"
      ]
    )
  }

  @Test(arguments: [FixtureFault.html, .invalidJSON])
  func anotherAnswer(fault: FixtureFault) throws {
    let server = try FixtureServer()
    server.script("", [fault])
    let text = errorText { try client(server).changes(from: "2024-01-01", to: "2025-01-01") }
    #expect(text.hasSuffix("The answer is not a list of changes."))
  }
}
