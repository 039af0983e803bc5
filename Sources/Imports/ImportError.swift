/// Why figures of a cube cannot be taken over into a dataset.
public struct ImportError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of trouble it is.
  public enum Kind: Sendable, Hashable {
    /// It is not clear what is meant, or the command line names what is not there.
    case unclear
    /// The content is wrong, such as a sum that is not the country's.
    case invalid
    /// Figures that are there would be changed or lost.
    case conflict
  }

  /// What kind of trouble it is.
  public let kind: Kind
  /// The file or address.
  public let origin: String
  /// What was found, what is allowed and what to do, as sentences.
  public let message: String

  /// Creates an error.
  public init(_ kind: Kind, origin: String, _ message: String) {
    self.kind = kind
    self.origin = origin
    self.message = message
  }

  /// The file or address, and the message.
  public var description: String { "\(origin): \(message)" }
}
