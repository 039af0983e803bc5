/// What the server does wrong, or does before it answers, once.
public enum FixtureFault: Sendable {
  /// 429, with `Retry-After` as given: seconds or a date; `nil` for none.
  case tooManyRequests(retryAfter: String?)
  /// A status without a body, such as the 500 that PxWebApi gives for a code that stands twice.
  case empty(status: Int)
  /// A status with a reason as PxWebApi gives it.
  case refusal(status: Int, title: String)
  /// Nothing for that many seconds, then the end of the connection.
  case stall(seconds: Double)
  /// The right header, then half the body, then the end of the connection.
  case cut
  /// A `Content-Length` that is larger than the body, or smaller.
  case wrongLength(by: Int)
  /// Half of the right body, whole as HTTP.
  case invalidJSON
  /// A page for people, with status 200.
  case html
  /// These bytes and nothing else, before the end of the connection.
  case raw([UInt8])
  /// The right answer, after the table with an id has been changed: other figures, another `updated`.
  case change(table: String, @Sendable (inout FixtureTable) -> Void)
  /// The right answer after the server itself has been changed, such as a code list.
  case changeServer(@Sendable (FixtureServer) -> Void)
  /// The right answer: for scripts in which a later request fails.
  case none
}
