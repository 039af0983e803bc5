internal import Cubes
internal import Foundation
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#endif

/// A server on the loopback interface that speaks PxWebApi 2 and Klass as Statistics Norway documents
/// them, with their limits, and with faults as scripted.
///
/// It answers one connection at a time on a thread of its own, and ends with its last reference.
public final class FixtureServer: Sendable {
  /// One request, as it was read.
  public struct Request: Sendable, Hashable {
    /// `GET` or `POST`.
    public let method: String
    /// The path with the query.
    public let target: String
    /// The header, its names in lower case.
    public let headers: [String: String]
    /// The body.
    public let body: String
  }

  private struct State {
    var tables: [String: FixtureTable] = [:]
    var faults: [(path: String, fault: FixtureFault)] = []
    var log: [Request] = []
    var changes = "[]"
    var policy = "1000;w=60"
    var isStopped = false
  }

  private let state = Mutex(State())
  private let descriptor: Int32
  /// The port it listens on.
  public let port: Int

  /// Starts a server.
  ///
  /// - Parameter tables: The tables it has.
  public init(_ tables: [FixtureTable] = []) throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    self.descriptor = descriptor
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        var length = size
        return bind(descriptor, address, size) == 0 && listen(descriptor, 16) == 0
          && getsockname(descriptor, address, &length) == 0
      }
    }
    guard descriptor >= 0, isBound else { throw CocoaError(.fileWriteUnknown) }
    port = Int(UInt16(bigEndian: address.sin_port))
    for table in tables { put(table) }
    let thread = Thread { [descriptor, weak self] in
      while true {
        let connection = accept(descriptor, nil, nil)
        guard connection >= 0, let self, !self.state.withLock({ $0.isStopped }) else { return }
        self.serve(connection)
        close(connection)
      }
    }
    thread.start()
  }

  deinit {
    state.withLock { $0.isStopped = true }
    shutdown(descriptor, Int32(SHUT_RDWR))
    close(descriptor)
  }

  /// The address of the PxWebApi.
  public var base: String { "http://127.0.0.1:\(port)/api/pxwebapi/v2" }
  /// The address of Klass.
  public var klass: String { "http://127.0.0.1:\(port)/api/klass/v1" }

  /// Adds a table, or puts it in the place of the one with its id.
  public func put(_ table: FixtureTable) {
    state.withLock { $0.tables[table.cube.table ?? ""] = table }
  }

  /// Lets the next answers to a path go wrong, one fault each, in this order.
  ///
  /// - Parameters:
  ///   - path: What the path must contain, such as `/data`.
  ///   - faults: The faults.
  public func fail(_ path: String, with faults: FixtureFault...) {
    state.withLock { state in state.faults += faults.map { (path, $0) } }
  }

  /// What Klass says of changes: the JSON array `codeChanges`.
  public func set(changes: String) { state.withLock { $0.changes = changes } }

  /// The pace that the server states, such as `40;w=60`.
  public func set(policy: String) { state.withLock { $0.policy = policy } }

  /// The requests so far.
  public var log: [Request] { state.withLock { $0.log } }

  // MARK: - Connections

  private func serve(_ connection: Int32) {
    guard let request = read(connection) else { return }
    let fault: FixtureFault? = state.withLock { state in
      state.log.append(request)
      guard let index = state.faults.firstIndex(where: { request.target.contains($0.path) }) else {
        return nil
      }
      return state.faults.remove(at: index).fault
    }
    switch fault {
    case .tooManyRequests(let wait):
      let header = wait.map { "Retry-After: \($0)\r\n" } ?? ""
      send(connection, 429, "{\"title\":\"Too many requests\"}", header)
    case .status(let code): send(connection, code, "")
    case .stall(let milliseconds): usleep(UInt32(milliseconds) * 1000)
    case .cut: send(connection, 200, "{\"version\":\"2.0\",", "", promised: 5_000)
    case .wrongLength: send(connection, 200, answer(request, nil).body, "", promised: 900_000)
    case .invalidJSON: send(connection, 200, "{\"version\": \"2.0\", ")
    case .html: send(connection, 200, "<!DOCTYPE html><title>Vedlikehold</title>")
    case .otherCodes, .otherUpdate, .revised, nil:
      let (status, body) = answer(request, fault)
      let tag = "\"\(body.utf8.reduce(5381) { ($0 &* 33) &+ UInt64($1) })\""
      if status == 200, request.headers["if-none-match"] == tag {
        send(connection, 304, "", "ETag: \(tag)\r\n")
      } else {
        send(connection, status, body, status == 200 ? "ETag: \(tag)\r\n" : "")
      }
    }
  }

  private func read(_ connection: Int32) -> Request? {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let text = String(decoding: bytes, as: UTF8.self)
      if let end = text.range(of: "\r\n\r\n") {
        let lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
        let words = lines[0].split(separator: " ").map(String.init)
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
          let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
          if parts.count == 2 {
            headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
          }
        }
        let body = String(text[end.upperBound...])
        guard words.count == 3 else { return nil }
        if body.utf8.count >= Int(headers["content-length"] ?? "0") ?? 0 {
          return Request(method: words[0], target: words[1], headers: headers, body: body)
        }
      }
      let count = recv(connection, &chunk, chunk.count, 0)
      guard count > 0 else { return nil }
      bytes += chunk[..<count]
    }
  }

  private func send(
    _ connection: Int32,
    _ status: Int,
    _ body: String,
    _ header: String = "",
    promised: Int? = nil
  ) {
    let policy = state.withLock { $0.policy }
    let head =
      "HTTP/1.1 \(status) -\r\nContent-Length: \(promised ?? body.utf8.count)\r\n"
      + "x-ratelimit-policy: \(policy)\r\nConnection: close\r\n\(header)\r\n"
    let bytes = Array((head + body).utf8)
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.send(
          connection,
          buffer.baseAddress.map { $0 + sent },
          bytes.count - sent,
          Int32(MSG_NOSIGNAL)
        )
      }
      guard count > 0 else { return }
      sent += count
    }
  }

  // MARK: - What is answered

  private func answer(_ request: Request, _ fault: FixtureFault?) -> (status: Int, body: String) {
    guard request.target.utf8.count <= 2_100 else { return (404, "") }
    let parts = request.target.split(separator: "?", maxSplits: 1).map(String.init)
    let steps = parts[0].split(separator: "/").map(String.init)
    if steps.suffix(2) == ["131", "changes"] {
      return (200, "{\"codeChanges\":\(state.withLock { $0.changes })}")
    }
    if steps.last == "config" { return (200, "{\"maxDataCells\":800000}") }
    let tables = state.withLock { $0.tables }
    if steps.dropLast().last == "codelists", let id = steps.last {
      guard let list = tables.values.compactMap({ $0.codelists[id] }).first else {
        return (404, "{\"title\":\"Code list not found\"}")
      }
      let values = list.map { "{\"code\":\"\($0.code)\",\"label\":\"\($0.label)\"}" }
      return (200, "{\"id\":\"\(id)\",\"values\":[\(values.joined(separator: ","))]}")
    }
    guard steps.count >= 2, let table = tables[steps[steps.count - 2]] else {
      return (404, "{\"title\":\"Table not found\"}")
    }
    if steps.last == "metadata" { return (200, FixtureAnswer.metadata(table, fault)) }
    guard steps.last == "data" else { return (404, "") }
    return FixtureAnswer(table).data(request, query: parts.count > 1 ? parts[1] : "", fault)
  }
}
