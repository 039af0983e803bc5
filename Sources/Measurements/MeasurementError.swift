/// Why something cannot be measured.
public struct MeasurementError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of trouble it is; each kind has an exit code of its own.
  public enum Kind: Sendable, Hashable {
    /// A result differs from the reference.
    case wrongResult
    /// A program or a script is not there.
    case notFound
    /// Another program failed, or said what cannot be understood.
    case failed
    /// A file cannot be written.
    case unwritable
  }

  /// What kind of trouble it is.
  public let kind: Kind
  /// The sentence shown to the user.
  public let description: String

  /// Creates an error.
  public init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}
