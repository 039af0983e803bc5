internal import CTransfer

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// One exchange over HTTP or HTTPS at a time, through libcurl, which is loaded at first use.
///
/// libcurl itself and not what is built on it: FoundationNetworking would add 6 ms to every start of the
/// program and 60 MB to its size and need libcurl all the same, async-http-client minutes to every
/// build. Proxies are those of the usual environment variables, certificates those of the system. A
/// redirect from HTTPS to HTTP is not followed.
public struct Transfer: Sendable {
  /// How long to wait, and how much to take.
  public struct Limits: Sendable, Hashable {
    /// Until there is a connection, in milliseconds.
    public var connectMilliseconds = 15_000
    /// Until the whole answer is there, in milliseconds.
    public var totalMilliseconds = 300_000
    /// Without a byte, in seconds.
    public var stallSeconds = 60
    /// The largest answer, in bytes.
    public var maximumSize = 256 << 20

    /// Creates the usual limits.
    public init() {}
  }

  /// What is asked.
  public struct Request: Sendable, Hashable {
    /// The address.
    public var url: String
    /// The body; `nil` makes it a GET.
    public var body: [UInt8]?
    /// Lines such as `Accept: application/json`.
    public var headers: [String]

    /// Creates a request.
    public init(url: String, body: [UInt8]? = nil, headers: [String] = []) {
      self.url = url
      self.body = body
      self.headers = headers
    }

    /// The request as a line, for the record.
    var text: String {
      body.map { "POST \(url) \(String(decoding: $0, as: UTF8.self))" } ?? "GET \(url)"
    }
  }

  /// What came back.
  public struct Response: Sendable, Hashable {
    /// The status, such as 200.
    public let status: Int
    /// The fields of the header, by their names in lower case; of several the last.
    public let headers: [String: String]
    /// The body.
    public let body: [UInt8]
  }

  /// How long to wait, and how much to take.
  public var limits: Limits
  private let userAgent: String
  private let usesProxies: Bool

  /// Creates a transfer.
  ///
  /// - Parameters:
  ///   - userAgent: How the program introduces itself, such as `regionsim/0.1.0`.
  ///   - limits: How long to wait, and how much to take.
  ///   - usesProxies: Whether the proxies that the environment names are used.
  public init(userAgent: String, limits: Limits = Limits(), usesProxies: Bool = true) {
    self.userAgent = userAgent
    self.limits = limits
    self.usesProxies = usesProxies
  }

  /// Sends a request and waits for the whole answer.
  ///
  /// - Throws: `FetchError` when libcurl is not there, or no whole answer came; an answer with any
  ///   status is one.
  public func send(_ request: Request) throws(FetchError) -> Response {
    let library: CurlLibrary
    switch CurlLibrary.shared {
    case .success(let loaded): library = loaded
    case .failure(let error): throw FetchError(.libraryMissing, url: request.url, error.message)
    }
    var response = ctransfer_response()
    perform(request, library, &response)
    defer { ctransfer_release(&response) }
    guard response.outcome == CTRANSFER_DONE else { throw failure(response, request.url) }
    return Response(
      status: Int(response.status),
      headers: Self.fields(response.header, response.header_size),
      body: [UInt8](UnsafeBufferPointer(start: response.body, count: response.body_size))
    )
  }

  private func perform(
    _ request: Request,
    _ library: CurlLibrary,
    _ response: inout ctransfer_response
  ) {
    let headers = request.headers.map { strdup($0) }
    defer { for header in headers { free(header) } }
    let lines = headers.map { UnsafePointer<CChar>($0) } + [nil]
    lines.withUnsafeBufferPointer { lines in
      request.url.withCString { url in
        userAgent.withCString { agent in
          (request.body ?? []).withUnsafeBufferPointer { body in
            // An empty body has no address, and is a POST all the same.
            var empty: UInt8 = 0
            withUnsafePointer(to: &empty) { nothing in
              var sent = ctransfer_request()
              sent.url = url
              sent.headers = lines.baseAddress
              sent.body = request.body == nil ? nil : body.baseAddress ?? nothing
              sent.body_size = body.count
              sent.user_agent = agent
              sent.connect_milliseconds = limits.connectMilliseconds
              sent.total_milliseconds = limits.totalMilliseconds
              sent.stall_seconds = limits.stallSeconds
              sent.redirects = 5
              sent.maximum_size = limits.maximumSize
              sent.uses_proxies = usesProxies ? 1 : 0
              ctransfer_send(library.pointer, &sent, &response)
            }
          }
        }
      }
    }
  }

  private func failure(_ response: ctransfer_response, _ url: String) -> FetchError {
    let reason = withUnsafeBytes(of: response.message) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    switch response.outcome {
    case CTRANSFER_UNREACHABLE:
      return FetchError(
        .unreachable,
        url: url,
        "There is no connection (\(reason)). Is the network there, and is a proxy named in https_proxy?"
      )
    case CTRANSFER_TIMED_OUT:
      return FetchError(.timedOut, url: url, "No answer in time (\(reason)).")
    case CTRANSFER_INTERRUPTED:
      return FetchError(.interrupted, url: url, "The answer was cut off (\(reason)).")
    case CTRANSFER_UNTRUSTED:
      return FetchError(
        .unreachable,
        url: url,
        "The server's certificate is not trusted (\(reason)). Are the system's certificates there?"
      )
    case CTRANSFER_TOO_LARGE:
      return FetchError(
        .invalidContent,
        url: url,
        "The answer is larger than \(limits.maximumSize >> 20) MB."
      )
    case CTRANSFER_REDIRECTED:
      return FetchError(
        .refused,
        url: url,
        "The server sends on, too often or to a less safe address."
      )
    case CTRANSFER_BAD_URL: return FetchError(.refused, url: url, "This is no address.")
    default: return FetchError(.unreachable, url: url, "The transfer failed (\(reason)).")
    }
  }

  private static func fields(
    _ start: UnsafeMutablePointer<UInt8>?,
    _ count: Int
  ) -> [String: String] {
    let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    var fields: [String: String] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
      fields[line[..<colon].lowercased()] = String(value)
    }
    return fields
  }
}

/// libcurl, loaded once.
private struct CurlLibrary: @unchecked Sendable {
  struct Failure: Error {
    let message: String
  }

  /// The functions; never changed once loaded.
  let pointer: OpaquePointer

  static let shared: Result<CurlLibrary, Failure> = {
    let own = ProcessInfo.processInfo.environment["REGIONSIM_CURL"] ?? ""
    let names =
      own.isEmpty
      ? ["libcurl.so.4", "libcurl-gnutls.so.4", "libcurl.4.dylib", "/usr/lib/libcurl.4.dylib"]
      : [own]
    var tried: [String] = []
    for name in names {
      var reason = [CChar](repeating: 0, count: 512)
      if let pointer = ctransfer_load(name, &reason, reason.count) {
        return .success(CurlLibrary(pointer: pointer))
      }
      let text = reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      tried.append(String(decoding: text, as: UTF8.self))
    }
    return .failure(
      Failure(
        message:
          "libcurl cannot be loaded (\(tried.joined(separator: "; "))). Install it with \"apt-get "
          + "install libcurl4\" on Debian and Ubuntu, or name its file in the environment variable "
          + "REGIONSIM_CURL."
      )
    )
  }()
}
