import FixtureServer
import TestSupport
import Testing

@testable import Fetching

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite struct TransferTests {
  private let transfer = Transfer(userAgent: "regionsim/test", usesProxies: false)

  /// What a server that answers so many bytes gives.
  private func send(_ answers: [String], _ transfer: Transfer? = nil) throws -> Transfer.Response {
    let server = try FixtureServer()
    server.script("", answers.map { .raw(Array($0.utf8)) })
    let request = Transfer.Request(url: server.rootURL + "/a")
    return try (transfer ?? self.transfer).send(request)
  }

  @Test func anAnswerIsTakenWhole() throws {
    let server = try FixtureServer()
    let response = try transfer.send(Transfer.Request(url: server.pxWebURL + "/config"))
    #expect(response.status == 200)
    #expect(response.headers["content-type"] == "application/json")
    #expect(String(decoding: response.body, as: UTF8.self).contains("\"maxDataCells\":800000"))
    #expect(server.log.map(\.target) == ["/pxwebapi/v2/config"])
    #expect(server.log.first?.headers["user-agent"] == "regionsim/test")
    #expect(server.log.first?.headers["accept-encoding"]?.contains("gzip") == true)
  }

  @Test func whatIsPosted() throws {
    let server = try FixtureServer()
    for size in [0, 1, 100_000] {
      let body = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
      let headers = ["Content-Type: application/json"]
      _ = try transfer.send(Transfer.Request(url: server.rootURL, body: body, headers: headers))
      let last = try #require(server.log.last)
      #expect(last.method == "POST")
      #expect(last.body == body)
      #expect(last.headers["content-type"] == "application/json")
    }
  }

  @Test func aCompressedAnswerIsUndone() throws {
    // "figures " 40 times, by gzip.
    let packed: [UInt8] = [
      31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 75, 203, 76, 47, 45, 74, 45, 86, 72, 27, 165, 201, 162, 1,
      14, 162, 198, 194, 64, 1, 0, 0,
    ]
    let head =
      "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(packed.count)\r\n\r\n"
    let server = try FixtureServer()
    server.script(
      "",
      [.raw(Array(head.utf8) + packed), .raw(Array(head.utf8) + packed.dropLast(9))]
    )
    let request = Transfer.Request(url: server.rootURL)
    let response = try transfer.send(request)
    #expect(response.body == Array(String(repeating: "figures ", count: 40).utf8))
    #expect(errorText { try transfer.send(request) }.contains("The answer was cut off"))
  }

  @Test func headersOfAnyForm() throws {
    let response = try send([
      "HTTP/1.1 200 OK\r\nETAG:\t \"a:b\"\r\nEmpty:\r\nContent-Length: 0\r\n\r\n"
    ])
    #expect(response.headers["etag"] == "\"a:b\"")
    #expect(response.headers["empty"] == "")
    #expect(response.body.isEmpty)
  }

  @Test(arguments: [
    "", "HTTP/1.1 200 OK", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabc",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n",
  ])
  func whatIsCutIsNoAnswer(answer: String) {
    #expect(errorText { try send([answer]) }.contains("The answer was cut off"))
  }

  @Test func trailersAreNotTakenForAHeaderThatIsCut() throws {
    let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    let response = try send([head + "4\r\nabcd\r\n0\r\nX-Sum: 1\r\n\r\n"])
    #expect(response.body == Array("abcd".utf8))
  }

  @Test func moreThanIsTaken() {
    var small = transfer
    small.limits.maximumSize = 3
    let answers = [
      "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabcd", "HTTP/1.1 200 OK\r\n\r\nabcd",
    ]
    for answer in answers {
      #expect(errorText { try send([answer], small) }.contains("The answer is larger than"))
    }
    #expect(throws: Never.self) {
      try send(["HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"], small)
    }
  }

  @Test func redirectsAreLimited() throws {
    let server = try FixtureServer()
    let moved = Array("HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n".utf8)
    let request = Transfer.Request(url: server.rootURL + "/a")
    server.script("", Array(repeating: .raw(moved), count: 5))
    #expect(try transfer.send(request).status == 404)
    server.script("", Array(repeating: .raw(moved), count: 6))
    #expect(errorText { try transfer.send(request) }.contains("The server sends on"))
  }

  @Test(arguments: ["file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/"])
  func redirectsToOtherProtocolsAreNotFollowed(address: String) {
    let moved = "HTTP/1.1 302 Found\r\nLocation: \(address)\r\nContent-Length: 0\r\n\r\n"
    #expect(errorText { try send([moved]) }.contains("The server sends on"))
  }

  @Test(arguments: ["file:///etc/passwd", "ftp://127.0.0.1/", "", "http://", "nonsense://a"])
  func whatIsNoAddressOfAServer(address: String) {
    #expect(throws: FetchError.self) { try transfer.send(Transfer.Request(url: address)) }
  }

  /// The only test that uses proxies, since the environment is that of all.
  @Test func theProxyOfTheEnvironmentIsUsed() throws {
    let proxy = try FixtureServer()
    setenv("http_proxy", proxy.rootURL, 1)
    defer { unsetenv("http_proxy") }
    let through = Transfer(userAgent: "regionsim/test")
    let url = "http://statistics.invalid/pxwebapi/v2/config"
    #expect(try through.send(Transfer.Request(url: url)).status == 200)
    #expect(proxy.log.map(\.target) == [url])
  }
}
