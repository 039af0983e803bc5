/// Why figures cannot be fetched: from which address, what happened and what to do.
public struct FetchError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of trouble it is.
  public enum Kind: Sendable, Hashable {
    /// libcurl is not there.
    case libraryMissing
    /// The network is not to be used, and the answer is not kept from before.
    case offline
    /// There is no connection, or the server's certificate is not trusted.
    case unreachable
    /// Nothing came in time.
    case timedOut
    /// The connection was cut before the whole answer was there.
    case interrupted
    /// The server does not give what was asked for.
    case refused
    /// The server asks to wait, and went on asking.
    case tooManyRequests
    /// A table, variable or code is not as the catalogue says.
    case notAsExpected
    /// The answer is not what it should be.
    case invalidContent
  }

  /// What kind of trouble it is.
  public let kind: Kind
  /// The address.
  public let url: String
  /// The status of HTTP with which the server refused; `nil` where it did not.
  public let status: Int?
  /// What happened, as sentences.
  public let message: String

  /// Creates an error.
  public init(_ kind: Kind, url: String, status: Int? = nil, _ message: String) {
    self.kind = kind
    self.url = url
    self.status = status
    self.message = message
  }

  /// The address, shortened where it is long, and what happened.
  public var description: String {
    "\(url.count > 200 ? url.prefix(199) + "…" : url): \(message)"
  }
}
