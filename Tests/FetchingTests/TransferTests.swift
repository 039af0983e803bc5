import FixtureServer
import Testing

@testable import Fetching

@Suite struct TransferTests {
  @Test func anAnswerIsTakenWhole() throws {
    let server = try FixtureServer()
    let transfer = Transfer(userAgent: "regionsim/test", usesProxies: false)
    let response = try transfer.send(Transfer.Request(url: server.pxWebURL + "/config"))
    #expect(response.status == 200)
    #expect(response.headers["content-type"] == "application/json")
    #expect(String(decoding: response.body, as: UTF8.self).contains("\"maxDataCells\":800000"))
    #expect(server.log.map(\.target) == ["/pxwebapi/v2/config"])
    #expect(server.log.first?.headers["user-agent"] == "regionsim/test")
  }
}
