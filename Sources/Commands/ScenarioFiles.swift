internal import Datasets
internal import Scenarios

/// Finds and reads scenarios, by path or by name.
struct ScenarioFiles {
  private let files: DocumentFiles
  private let plans: PlanFiles

  init(locator: DatasetLocator) {
    files = DocumentFiles(locator: locator, kind: .scenarios)
    plans = PlanFiles(locator: locator)
  }

  /// The names of the scenarios in all folders, sorted, with the first file of each name.
  var all: [(name: String, path: String)] { files.all }

  /// Reads a scenario.
  ///
  /// - Parameter argument: A path that ends with `.yml` or `.yaml`, or a name.
  /// - Returns: The scenario, called as its file.
  /// - Throws: `DatasetError` when there is no such file, `DocumentError` when it is wrong.
  func scenario(_ argument: String) throws -> Scenario {
    let path = try path(of: argument)
    return try Scenario(
      id: DocumentFiles.name(of: path),
      file: path,
      text: try text(path),
      planTarget: plans.target
    )
  }

  /// The content of a scenario's file.
  func text(_ path: String) throws -> String { try files.text(path) }

  /// The path of a scenario.
  func path(of argument: String) throws -> String { try files.path(of: argument) }
}
