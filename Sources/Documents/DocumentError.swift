public import Regions

/// Why a document that somebody wrote, such as a scenario, cannot be read or used: where, what was
/// found and what is allowed.
public struct DocumentError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of trouble it is; each kind has an exit code of its own.
  public enum Kind: Sendable, Hashable {
    /// The text is not as it must be, or names something that does not exist.
    case invalid
    /// The figures do not allow what is asked.
    case impossible
  }

  /// What kind of trouble it is.
  public let kind: Kind
  /// Where the trouble is.
  public let place: SourcePlace?
  /// What was found and what is allowed, as sentences.
  public let message: String

  /// Creates an error.
  public init(_ kind: Kind, at place: SourcePlace?, _ message: String) {
    self.kind = kind
    self.place = place
    self.message = message
  }

  /// The place and the message, such as `jobs.yml:17:9: …`.
  public var description: String { place.map { "\($0): \(message)" } ?? message }
}

/// A value and the place in a file where it was written.
public struct Located<Value: Sendable & Hashable>: Sendable, Hashable {
  /// The value.
  public var value: Value
  /// Where it was written.
  public let place: SourcePlace

  /// Creates a located value.
  public init(_ value: Value, at place: SourcePlace) {
    self.value = value
    self.place = place
  }
}

extension Located where Value == String {
  /// Looks a name up, and gives the error of the look-up the place where the name was written.
  ///
  /// - Parameter find: The look-up.
  /// - Returns: What the name stands for.
  /// - Throws: `DocumentError` of the kind `invalid` with the message of the look-up.
  public func resolved<Found, Failure: Error & CustomStringConvertible>(
    by find: (String) throws(Failure) -> Found
  ) throws(DocumentError) -> Found {
    do {
      return try find(value)
    } catch {
      throw DocumentError(.invalid, at: place, error.description)
    }
  }
}
