public import Testing

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The folder of the repository, found from this file's own place.
public let repositoryRoot: String = folder(of: #filePath, levels: 3)

/// The folder that holds a file, or one that many levels up.
func folder(of path: String, levels: Int = 1) -> String {
  path.split(separator: "/", omittingEmptySubsequences: false).dropLast(levels)
    .joined(separator: "/")
}

/// An empty folder that is removed with all it holds when the last reference to it goes.
public final class TemporaryDirectory: Sendable {
  /// The absolute path of the folder.
  public let path: String

  /// Creates the folder.
  public init() throws {
    let name = "regionsim-test-\(UUID().uuidString)"
    let url = FileManager.default.temporaryDirectory.appending(path: name)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Creates a folder inside, with the folders above it.
  ///
  /// - Returns: Its absolute path.
  @discardableResult
  public func makeDirectory(_ name: String) throws -> String {
    let folder = path + "/" + name
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return folder
  }

  /// Writes a file inside; its folder must be there.
  ///
  /// - Returns: Its absolute path.
  @discardableResult
  public func write(_ text: String, to name: String) throws -> String {
    try write(Array(text.utf8), to: name)
  }

  /// Writes a file of any bytes inside; its folder must be there.
  ///
  /// - Returns: Its absolute path.
  @discardableResult
  public func write(_ bytes: [UInt8], to name: String) throws -> String {
    let file = path + "/" + name
    try Data(bytes).write(to: URL(filePath: file))
    return file
  }

  /// The bytes of a file inside.
  public func bytes(of name: String) throws -> [UInt8] {
    try [UInt8](Data(contentsOf: URL(filePath: path + "/" + name)))
  }

  /// The names of the files inside that end so, sorted.
  public func names(endingWith end: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(end) }.sorted()
  }

  /// Removes a file or folder inside.
  public func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: path + "/" + name)
  }
}

/// The text of a file.
public func text(ofFile path: String) throws -> String {
  String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
}

/// Expects a text to be, to the letter, the one in a file beside the test.
///
/// With `RECORD_GOLDEN=1` in the environment the file is written instead, and the test fails, so
/// that nobody records by accident. The folder of the files must be excluded from its test target
/// in `Package.swift`.
///
/// - Parameters:
///   - text: The text.
///   - name: The file's path from the folder of the test's source, such as `Golden/rank.txt`.
///   - testFile: The test's source.
///   - sourceLocation: Where a difference is reported.
public func expectGolden(
  _ text: String,
  _ name: String,
  testFile: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let path = folder(of: testFile) + "/" + name
  if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
    let recorded = Result {
      try FileManager.default.createDirectory(
        atPath: folder(of: path),
        withIntermediateDirectories: true
      )
      try Data(text.utf8).write(to: URL(filePath: path))
    }
    Issue.record("Recorded \(name): \(recorded)", sourceLocation: sourceLocation)
    return
  }
  guard let data = FileManager.default.contents(atPath: path) else {
    Issue.record("\(name) is not there. Run with RECORD_GOLDEN=1.", sourceLocation: sourceLocation)
    return
  }
  guard let difference = firstDifference(String(decoding: data, as: UTF8.self), text) else {
    return
  }
  Issue.record("The text differs from \(name), \(difference)", sourceLocation: sourceLocation)
}

/// The first line in which a text differs from the golden one, `nil` when they are the same.
func firstDifference(_ golden: String, _ text: String) -> String? {
  guard golden != text else { return nil }
  let pair = [golden, text].map { $0.split(separator: "\n", omittingEmptySubsequences: false) }
  let line =
    zip(pair[0], pair[1]).enumerated().first { $1.0 != $1.1 }?.offset
    ?? min(pair[0].count, pair[1].count)
  func shown(_ lines: [Substring]) -> String { line < lines.count ? "\(lines[line])" : "(no line)" }
  return """
    first in line \(line + 1).
    golden: \(shown(pair[0]))
    now:    \(shown(pair[1]))
    """
}
