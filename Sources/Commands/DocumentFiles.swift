internal import Datasets
internal import Documents
internal import Regions

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Finds and reads files that people write, such as scenarios, by path or by name.
struct DocumentFiles {
  /// What such a file is called, such as `scenario`.
  let kind: String
  /// The command that lists them all.
  let listCommand: String
  /// The folders in which a name is looked up, first ones first.
  let folders: [String]

  /// The names of the files in all folders, sorted, with the first file of each name.
  var all: [(name: String, path: String)] {
    var found: [String: String] = [:]
    for folder in folders {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      for file in names where file.hasSuffix(".yml") {
        let name = String(file.dropLast(4))
        if found[name] == nil { found[name] = folder + "/" + file }
      }
    }
    return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Reads a file, by path or name.
  ///
  /// - Parameter argument: A path that ends with `.yml` or `.yaml`, or a name.
  /// - Returns: The name of what it holds, its path and its content.
  /// - Throws: `DatasetError` when there is no such file, `DocumentError` when it is not UTF-8.
  func file(_ argument: String) throws -> (name: String, path: String, text: String) {
    let path = try path(of: argument)
    let file = URL(filePath: path).lastPathComponent
    let name = file.split(separator: ".").dropLast().joined(separator: ".")
    return (name, path, try text(path))
  }

  /// The content of a file.
  func text(_ path: String) throws -> String {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw DatasetError(.unreadable, file: path, "The file cannot be read.")
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw DocumentError(
        .invalid,
        at: SourcePlace(file: path),
        "The file is not in UTF-8; it is probably in Windows-1252. Save it as UTF-8."
      )
    }
    return text
  }

  /// The path of a file.
  func path(of argument: String) throws -> String {
    let isPath = argument.hasSuffix(".yml") || argument.hasSuffix(".yaml")
    if isPath {
      if FileManager.default.fileExists(atPath: argument) { return argument }
      throw DatasetError(.notFound, file: argument, "There is no such file.")
    }
    let all = all
    if let found = all.first(where: { $0.name == argument }) { return found.path }
    let hint = nearestMatch(to: argument, among: all.map(\.name)).map { " Did you mean \($0)?" }
    throw DatasetError(
      .notFound,
      """
      There is no \(kind) "\(argument)".\(hint ?? "") Looked in:
      \((folders.isEmpty ? ["no folder called \(kind)s"] : folders).map { "  " + $0 }
        .joined(separator: "\n"))
      \(listCommand) shows them all; a file is given with its ending .yml.
      """
    )
  }
}
