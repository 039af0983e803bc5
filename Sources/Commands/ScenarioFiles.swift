internal import Datasets
internal import Documents
internal import Scenarios

/// Finds and reads scenario files, by path or by name.
struct ScenarioFiles {
  private let files: DocumentFiles

  /// Prepares the folders of a locator.
  init(locator: DatasetLocator) {
    files = DocumentFiles(
      kind: "scenario",
      listCommand: "regionsim scenarios list",
      folders: locator.scenarioDirectories()
    )
  }

  /// The names of the scenarios in all folders, sorted, with the first file of each name.
  var all: [(name: String, path: String)] { files.all }

  /// Reads a scenario.
  ///
  /// - Parameter argument: A path that ends with `.yml` or `.yaml`, or a name.
  /// - Returns: The scenario, called as its file.
  /// - Throws: `DatasetError` when there is no such file, `DocumentError` when it is wrong.
  func scenario(_ argument: String) throws -> Scenario {
    let file = try files.file(argument)
    return try Scenario(id: file.name, file: file.path, text: file.text)
  }

  /// The content of a scenario's file.
  func text(_ path: String) throws -> String { try files.text(path) }

  /// The path of a scenario.
  func path(of argument: String) throws -> String { try files.path(of: argument) }
}
