internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A server of statistics for tests, in threads of its own, on a free port of the loopback interface.
///
/// It speaks PxWebApi 2 as Statistics Norway documents it, over tables made of cubes, and the changes of
/// Klass. What it is to do wrong is scripted with `script`. It stops when the last reference to it goes.
public final class FixtureServer: Sendable {
  /// What can be changed while it runs.
  struct State {
    var tables: [String: FixtureTable] = [:]
    var codelists: [String: FixtureCodelist] = [:]
    var changes: [FixtureChange] = []
    var maximumCells = 800_000
    var toldCells = 800_000
    var hasConfig = true
    var extraHeaders: [String: String] = [:]
    var script: [(path: String, fault: FixtureFault)] = []
    var log: [FixtureRequest] = []
    var isStopped = false
  }

  /// The port.
  public let port: Int
  let state = Mutex(State())
  private let listener: Int32

  /// The address of PxWebApi, such as `http://127.0.0.1:40001/pxwebapi/v2`.
  public var pxWebURL: String { "http://127.0.0.1:\(port)/pxwebapi/v2" }
  /// The address of Klass.
  public var klassURL: String { "http://127.0.0.1:\(port)/klass/v1" }
  /// The address of the server itself, without a path.
  public var rootURL: String { "http://127.0.0.1:\(port)" }

  /// Starts a server.
  ///
  /// - Parameters:
  ///   - tables: Its tables.
  ///   - codelists: Its code lists.
  ///   - changes: The changes of Klass.
  /// - Throws: `FixtureServerError` when there is no free port.
  public init(
    tables: [FixtureTable] = [],
    codelists: [FixtureCodelist] = [],
    changes: [FixtureChange] = []
  ) throws {
    #if canImport(Darwin)
      listener = socket(AF_INET, SOCK_STREAM, 0)
    #else
      listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    #endif
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = listener
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(descriptor, pointer, size) == 0 && listen(descriptor, 64) == 0
          && getsockname(descriptor, pointer, &size) == 0
      }
    }
    guard isListening else {
      close(descriptor)
      throw FixtureServerError()
    }
    port = Int(UInt16(bigEndian: address.sin_port))
    state.withLock { state in
      for table in tables { state.tables[table.id] = table }
      for list in codelists { state.codelists[list.id] = list }
      state.changes = changes
    }
    Self.thread { [weak self] in
      while true {
        let accepted = accept(descriptor, nil, nil)
        if accepted < 0 {
          if errno == EINTR || errno == ECONNABORTED { continue }
          close(descriptor)
          return
        }
        guard let self, !self.state.withLock(\.isStopped) else {
          close(accepted)
          close(descriptor)
          return
        }
        Self.thread { self.serve(Connection(descriptor: accepted)) }
      }
    }
  }

  deinit { stop() }

  /// Stops the server: no further connection is answered.
  public func stop() {
    let wasStopped = state.withLock { state in
      defer { state.isStopped = true }
      return state.isStopped
    }
    if !wasStopped { shutdown(listener, Int32(SHUT_RDWR)) }
  }

  // MARK: - What tests change and look at

  /// The requests so far, in order.
  public var log: [FixtureRequest] { state.withLock(\.log) }

  /// Forgets the requests so far.
  public func clearLog() { state.withLock { $0.log = [] } }

  /// Lets the next requests whose path has a part go wrong, one after the other.
  ///
  /// - Parameters:
  ///   - path: A part of the path, such as `/data`; empty for any request.
  ///   - faults: What happens to the first such request, the second, and so on.
  public func script(_ path: String, _ faults: [FixtureFault]) {
    state.withLock { $0.script += faults.map { (path, $0) } }
  }

  /// Puts a table in, or in the place of the one with its id.
  public func set(_ table: FixtureTable) { state.withLock { $0.tables[table.id] = table } }

  /// Puts a code list in, or in the place of the one with its id.
  public func set(_ list: FixtureCodelist) { state.withLock { $0.codelists[list.id] = list } }

  /// Says how many cells a query may have, and whether `/config` tells it.
  ///
  /// - Parameters:
  ///   - cells: The limit.
  ///   - told: What `/config` tells instead, such as 0 for a limit that is not in use.
  ///   - isTold: Whether there is a `/config`.
  public func setLimit(cells: Int, told: Int? = nil, isTold: Bool = true) {
    state.withLock {
      $0.maximumCells = cells
      $0.toldCells = told ?? cells
      $0.hasConfig = isTold
    }
  }

  /// Adds fields to the header of every answer, such as `x-ratelimit-policy`.
  public func setHeaders(_ headers: [String: String]) {
    state.withLock { $0.extraHeaders = headers }
  }

  // MARK: - One request

  private func serve(_ connection: Connection) {
    defer { close(connection.descriptor) }
    guard let request = connection.read() else { return }
    let fault = state.withLock { state -> FixtureFault in
      state.log.append(request)
      let index = state.script.firstIndex { $0.path.isEmpty || request.path.contains($0.path) }
      return index.map { state.script.remove(at: $0).fault } ?? .none
    }
    switch fault {
    case .change(let id, let change):
      state.withLock { state in
        if var table = state.tables[id] {
          change(&table)
          state.tables[id] = table
        }
      }
    case .changeServer(let change): change(self)
    default: break
    }
    let state = state.withLock { $0 }
    var answer = FixtureResponder(state: state).answer(to: request)
    answer.headers.merge(state.extraHeaders) { _, new in new }
    write(answer, fault, to: connection)
  }

  private func write(_ right: HTTPAnswer, _ fault: FixtureFault, to connection: Connection) {
    var answer = right
    switch fault {
    case .none, .change, .changeServer: connection.write(answer.bytes())
    case .tooManyRequests(let retryAfter):
      answer = FixtureResponder.problem(429, "Too many requests")
      answer.headers.merge(right.headers) { own, _ in own }
      if let retryAfter { answer.headers["Retry-After"] = retryAfter }
      connection.write(answer.bytes())
    case .empty(let status): connection.write(HTTPAnswer(status: status).bytes())
    case .refusal(let status, let title):
      connection.write(FixtureResponder.problem(status, title).bytes())
    case .stall(let seconds):
      connection.write(Array(answer.bytes().prefix(40)))
      var left = Int(seconds * 1000)
      while left > 0, !state.withLock(\.isStopped) {
        usleep(10_000)
        left -= 10
      }
    case .cut:
      let head = answer.bytes().count - answer.body.count
      connection.write(Array(answer.bytes().prefix(head + answer.body.count / 2)))
    case .wrongLength(let difference):
      connection.write(answer.bytes(length: answer.body.count + difference))
    case .invalidJSON:
      answer.body = Array(answer.body.prefix(answer.body.count / 2))
      connection.write(answer.bytes())
    case .html:
      answer.headers = ["Content-Type": "text/html"]
      answer.body = Array("<!DOCTYPE html><html><body>Log in</body></html>".utf8)
      connection.write(answer.bytes())
    case .raw(let bytes): connection.write(bytes)
    }
  }

  // MARK: - Threads

  /// Work for a thread, handed over as a reference.
  private final class Work {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Runs work in a thread of its own: the threads of tasks are few, and tests block them.
  private static func thread(_ body: @escaping @Sendable () -> Void) {
    let work = Unmanaged.passRetained(Work(body)).toOpaque()
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    let result = pthread_create(
      &thread,
      nil,
      { argument in
        #if canImport(Darwin)
          let pointer = argument
        #else
          guard let pointer = argument else { return nil }
        #endif
        Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().body()
        return nil
      },
      work
    )
    precondition(result == 0, "There is a thread for the server.")
    #if canImport(Darwin)
      if let thread { pthread_detach(thread) }
    #else
      pthread_detach(thread)
    #endif
  }
}

/// There is no free port on the loopback interface.
public struct FixtureServerError: Error {}
