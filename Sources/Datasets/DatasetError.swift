public import Regions

/// Why figures cannot be read or written: where, what was found and what is allowed.
public struct DatasetError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of trouble it is; each kind has an exit code of its own.
  public enum Kind: Sendable, Hashable {
    /// A dataset, a file or a thing of that name is not there.
    case notFound
    /// A file's content is not as it must be.
    case invalid
    /// A file cannot be read.
    case unreadable
    /// A file or directory cannot be written.
    case unwritable
  }

  /// What kind of trouble it is.
  public let kind: Kind
  /// Where the trouble is, if it is in a file.
  public let place: SourcePlace?
  /// What was found and what is allowed, as sentences.
  public let message: String

  /// Creates an error.
  public init(
    _ kind: Kind,
    file: String? = nil,
    line: Int? = nil,
    column: Int? = nil,
    _ message: String
  ) {
    self.kind = kind
    place = file.map { SourcePlace(file: $0, line: line, column: column) }
    self.message = message
  }

  /// The place and the message, such as `jobs.csv:17:9: …`.
  public var description: String {
    place.map { "\($0): \(message)" } ?? message
  }
}
