internal import Datasets
internal import Documents
internal import Regions

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Finds the YAML files of one kind, by path or by name.
struct DocumentFiles {
  /// What is looked for.
  struct Kind {
    /// The folder beside `datasets/`.
    let folder: String
    /// What one of them is called.
    let name: String
    /// The command that lists them.
    let list: String

    static let scenarios = Kind(
      folder: "scenarios",
      name: "scenario",
      list: "regionsim scenarios list"
    )
    static let composites = Kind(
      folder: "composites",
      name: "composite",
      list: "regionsim composite list"
    )
    static let plans = Kind(folder: "plans", name: "plan", list: "regionsim plan list")
  }

  let locator: DatasetLocator
  let kind: Kind

  /// The folders in which a name is looked up, first ones first.
  var folders: [String] { locator.directories(called: kind.folder) }

  /// The names in all folders, sorted, with the first file of each name.
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

  /// The name of what stands in a file: that of the file without its ending.
  static func name(of path: String) -> String {
    URL(filePath: path).lastPathComponent.split(separator: ".").dropLast().joined(separator: ".")
  }

  /// Whether there is a file of this path.
  static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  /// The bytes of a file.
  static func bytes(_ path: String) throws(DatasetError) -> [UInt8] {
    guard exists(path) else {
      throw DatasetError(.notFound, file: path, "There is no such file.")
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw DatasetError(.unreadable, file: path, "The file cannot be read.")
    }
    return [UInt8](data)
  }

  /// The content of a file.
  func text(_ path: String) throws -> String {
    guard let text = String(validating: try Self.bytes(path), as: UTF8.self) else {
      throw DocumentError(
        .invalid,
        at: SourcePlace(file: path),
        "The file is not in UTF-8; it is probably in Windows-1252. Save it as UTF-8."
      )
    }
    return text
  }

  /// The path of what is named, or a path as it is.
  func path(of argument: String) throws -> String {
    let isPath = argument.hasSuffix(".yml") || argument.hasSuffix(".yaml")
    if isPath {
      if FileManager.default.fileExists(atPath: argument) { return argument }
      throw DatasetError(.notFound, file: argument, "There is no such file.")
    }
    let all = all
    if let found = all.first(where: { $0.name == argument }) { return found.path }
    let hint = nearestMatch(to: argument, among: all.map(\.name)).map { " Did you mean \($0)?" }
    let folders = folders
    throw DatasetError(
      .notFound,
      """
      There is no \(kind.name) "\(argument)".\(hint ?? "") Looked in:
      \((folders.isEmpty ? ["no folder called \(kind.folder)"] : folders).map { "  " + $0 }
        .joined(separator: "\n"))
      \(kind.list) shows them all; a file is given with its ending .yml.
      """
    )
  }
}
