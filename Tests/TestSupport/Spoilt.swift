public import Testing

/// A spoilt part of a document and the message it must give.
public struct Spoilt: Sendable, CustomTestStringConvertible {
  /// What stands in the whole document, once.
  public let old: String
  /// What stands there instead.
  public let new: String
  /// The whole message.
  public let message: String

  /// Both, for the name of the test.
  public var testDescription: String { "\(old) → \(new)" }

  /// Creates a spoilt part.
  public init(_ old: String, _ new: String, _ message: String) {
    (self.old, self.new, self.message) = (old, new, message)
  }
}
