internal import Datasets

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Answers kept from before, each in two files: the content, and what is known of it.
struct ResponseCache: Sendable {
  /// What is known of an answer that is kept.
  struct Entry: Codable, Sendable, Hashable {
    var url: String
    /// When it was fetched, in UTC (ISO 8601).
    var retrieved: String
    var entityTag: String?
    var lastModified: String?
    /// The version of the table that it is of, as the publisher writes it.
    var updated: String?
    var sha256: String
  }

  /// The folder; `nil` keeps nothing.
  let folder: String?

  /// The name under which the answer to a request is kept.
  static func key(_ request: Transfer.Request) -> String {
    SHA256.hexadecimal(of: Array(request.url.utf8) + [0] + (request.body ?? []))
  }

  /// An answer that is kept; `nil` when there is none, or it is not whole.
  func find(_ key: String) -> (entry: Entry, body: [UInt8])? {
    guard let folder,
      let known = FileManager.default.contents(atPath: "\(folder)/\(key).json"),
      let entry = try? JSONDecoder().decode(Entry.self, from: known),
      let body = FileManager.default.contents(atPath: "\(folder)/\(key).body"),
      SHA256.hexadecimal(of: body) == entry.sha256
    else { return nil }
    return (entry, [UInt8](body))
  }

  /// Keeps an answer. One that cannot be kept is fetched again the next time.
  func keep(_ key: String, _ entry: Entry, _ body: [UInt8]) {
    guard let folder else { return }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let known = try? encoder.encode(entry) else { return }
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try? Data(body).write(to: URL(filePath: "\(folder)/\(key).body"), options: .atomic)
    try? known.write(to: URL(filePath: "\(folder)/\(key).json"), options: .atomic)
  }
}
