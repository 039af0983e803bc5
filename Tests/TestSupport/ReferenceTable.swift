/// A simple CSV file of reference values beside a test: a header, then rows without quotes.
public struct ReferenceTable: Sendable {
  /// One row, its fields by the name of their column.
  public struct Row: Sendable {
    fileprivate let columns: [String: Int]
    fileprivate let fields: [Substring]

    /// The text in a column.
    public subscript(_ column: String) -> String {
      guard let index = columns[column], index < fields.count else {
        preconditionFailure("The reference has no column \(column).")
      }
      return String(fields[index])
    }

    /// The number in a column; NaN where it is empty.
    public func number(_ column: String) -> Double { Double(self[column]) ?? .nan }
  }

  /// The rows.
  public let rows: [Row]

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - name: Its path from the folder of the test's source, such as `Reference/a.csv`.
  ///   - testFile: The test's source.
  /// - Throws: An error when the file cannot be read.
  public init(_ name: String, testFile: String = #filePath) throws {
    let text = try text(ofFile: folder(of: testFile) + "/" + name)
    var lines = text.split(separator: "\n")[...]
    let header = lines.popFirst()?.split(separator: ",", omittingEmptySubsequences: false) ?? []
    let columns = Dictionary(uniqueKeysWithValues: zip(header.map(String.init), header.indices))
    rows = lines.map {
      Row(columns: columns, fields: $0.split(separator: ",", omittingEmptySubsequences: false))
    }
  }
}
