/// A place in a file that somebody wrote.
public struct SourcePlace: Sendable, Hashable, CustomStringConvertible {
  /// The file.
  public let file: String
  /// The line, counted from 1; `nil` for the file as a whole.
  public let line: Int?
  /// The character within the line, counted from 1.
  public let column: Int?

  /// Creates a place.
  public init(file: String, line: Int? = nil, column: Int? = nil) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// The place as editors understand it, such as `jobs.yml:17:9`.
  public var description: String {
    [file, line.map(String.init), column.map(String.init)].compactMap { $0 }.joined(separator: ":")
  }
}
