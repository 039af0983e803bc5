import Foundation
import TestSupport
import Testing

/// A folder that sees the dataset, with the user's file of table 11618.
struct Workplace {
  let folder: TemporaryDirectory

  init() throws {
    folder = try TemporaryDirectory()
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/datasets",
      withDestinationPath: repositoryRoot + "/datasets"
    )
    _ = try folder.write(Self.text, to: "11618.json")
  }

  /// Table 11618 as JSON-stat, with figures of 2024.
  static let text: String = {
    let file = repositoryRoot + "/Tests/CommandsTests/Imports/employment_2024.json"
    return (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
  }()

  func run(_ line: String) async throws -> RegionsimProcess {
    try await RegionsimProcess.run(words(line), in: folder.path, environment: Self.environment)
  }

  func transcript(_ name: String, _ line: String) async throws {
    try await expectTranscript(
      name,
      words(line),
      in: folder.path,
      environment: Self.environment,
      masking: [folder.path: "<folder>"]
    )
  }

  /// 2026-11-26, so that every run makes the same vintage, and no proxy before the tests' own server.
  private static let environment = ["SOURCE_DATE_EPOCH": "1795651200", "no_proxy": "127.0.0.1"]

  var hasLayer: Bool {
    FileManager.default.fileExists(atPath: folder.path + "/regionsim-data")
  }
}
