/// Why a forecast cannot be made.
public struct ForecastError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What the error is about.
  public enum Subject: Sendable, Hashable {
    /// A series without a history, the lender included.
    case history(series: String)
    /// A series or ratio named as a lender.
    case lender(series: String)
    /// A parameter that was given, of an indicator or series.
    case parameter(process: String, name: String)
  }

  /// What the error is about.
  public let subject: Subject
  /// A sentence for the user: what is wrong, and what can be done.
  public let description: String

  /// Creates an error.
  public init(_ subject: Subject, _ description: String) {
    self.subject = subject
    self.description = description
  }
}
