public import Regions

/// Why a file of official statistics cannot be read: where, what was found and what is allowed.
public struct CubeError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of trouble it is.
  public enum Kind: Sendable, Hashable {
    /// The content is not as its format demands.
    case invalid
    /// The content is larger or deeper than any table that is meant to be read.
    case tooLarge
    /// A system library that the format needs is not there.
    case libraryMissing
  }

  /// What kind of trouble it is.
  public let kind: Kind
  /// Where the trouble is; within a workbook the file's name is followed by that of the sheet.
  public let place: SourcePlace
  /// What was found and what is allowed, as sentences.
  public let message: String

  /// Creates an error.
  public init(
    _ kind: Kind = .invalid,
    file: String,
    line: Int? = nil,
    column: Int? = nil,
    _ message: String
  ) {
    self.kind = kind
    place = SourcePlace(file: file, line: line, column: column)
    self.message = message
  }

  /// The place and the message, such as `11618.json:1:88: …`.
  public var description: String { "\(place): \(message)" }
}
