#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Finds the dataset, and the scenarios and composites beside it, wherever the program is started.
///
/// The places, in this order: the folder given with `--data`; the folder named by the environment
/// variable `REGIONSIM_DATA`; `datasets/norway` in the working directory or a parent of it; the same
/// in the executable's folder or a parent of it; and `../share/regionsim/datasets/norway` from the
/// executable's folder, where `make install` puts it.
public struct DatasetLocator: Sendable {
  private let option: String?
  private let environment: String?
  private let workingDirectory: String
  private let executableDirectory: String?

  /// Creates a locator from what it depends on.
  ///
  /// - Parameters:
  ///   - option: The folder given with `--data`, or `nil`.
  ///   - environment: The value of `REGIONSIM_DATA`, or `nil`.
  ///   - workingDirectory: The absolute path of the working directory.
  ///   - executableDirectory: The absolute path of the executable's folder, if known.
  public init(
    option: String?,
    environment: String?,
    workingDirectory: String,
    executableDirectory: String?
  ) {
    self.option = option.map(Self.withoutTrailingSlash)
    self.environment = environment.flatMap { $0.isEmpty ? nil : Self.withoutTrailingSlash($0) }
    self.workingDirectory = workingDirectory
    self.executableDirectory = executableDirectory
  }

  /// A locator for this process.
  ///
  /// - Parameter option: The folder given with `--data`, or `nil`.
  /// - Returns: The locator.
  public static func current(option: String?) -> DatasetLocator {
    DatasetLocator(
      option: option,
      environment: ProcessInfo.processInfo.environment["REGIONSIM_DATA"],
      workingDirectory: FileManager.default.currentDirectoryPath,
      executableDirectory: executableDirectory
    )
  }

  /// The folder of the dataset: the first place that holds a `datapackage.json`.
  ///
  /// - Throws: `DatasetError` that lists every place tried. A folder that the user named is not
  ///   passed over: when it holds no dataset, no other place is tried.
  public func datasetDirectory() throws(DatasetError) -> String {
    let named = [option.map { ($0, "--data") }, environment.map { ($0, "REGIONSIM_DATA") }]
    if let (folder, origin) = named.compactMap({ $0 }).first {
      let tried = [folder, folder + "/norway", folder + "/datasets/norway"]
      if let found = tried.first(where: Self.holdsDataset) { return found }
      throw DatasetError(
        .notFound,
        """
        No dataset (a folder with datapackage.json) in the folder given with \(origin). Tried:
        \(tried.map { "  " + $0 }.joined(separator: "\n"))
        """
      )
    }
    let tried = candidateRoots.map { $0 + "/datasets/norway" }
    if let found = tried.first(where: Self.holdsDataset) { return found }
    throw DatasetError(
      .notFound,
      """
      No dataset (a folder with datapackage.json) was found. Tried:
      \(tried.map { "  " + $0 }.joined(separator: "\n"))
      Give its folder with --data FOLDER or in the environment variable REGIONSIM_DATA.
      """
    )
  }

  /// The folders in which a scenario is looked up by its name, those that exist, first ones first.
  public func scenarioDirectories() -> [String] { directories(named: "scenarios") }

  /// The folders in which a composite is looked up by its name, those that exist, first ones first.
  public func compositeDirectories() -> [String] { directories(named: "composites") }

  private func directories(named name: String) -> [String] {
    let named = [option, environment].compactMap { $0 }.flatMap { Self.ancestors(of: $0).prefix(3) }
    var seen: Set<String> = []
    return (named + candidateRoots).map { $0 + "/" + name }.filter { folder in
      seen.insert(folder).inserted && Self.isDirectory(folder)
    }
  }

  /// The folders that may hold what belongs to the program, such as `Scripts/`: the working directory
  /// and those above it, those of the executable, then those of the dataset that is named.
  public func programDirectories() -> [String] {
    candidateRoots + [option, environment].compactMap { $0 }.flatMap { Self.ancestors(of: $0) }
  }

  /// The folders that may hold `datasets/`, `scenarios/` and `composites/`.
  private var candidateRoots: [String] {
    var roots = Self.ancestors(of: workingDirectory)
    if let executableDirectory {
      let parent = Self.ancestors(of: executableDirectory)
      roots += parent
      if parent.count > 1 { roots.append(parent[1] + "/share/regionsim") }
    }
    var seen: Set<String> = []
    return roots.map { $0 == "/" ? "" : $0 }.filter { seen.insert($0).inserted }
  }

  /// The folder's path without slashes at its end, as a shell's completion leaves them there.
  private static func withoutTrailingSlash(_ folder: String) -> String {
    var result = folder[...]
    while result.count > 1, result.hasSuffix("/") { result.removeLast() }
    return String(result)
  }

  private static func ancestors(of folder: String) -> [String] {
    var result = [folder]
    var rest = folder[...]
    while let slash = rest.lastIndex(of: "/") {
      rest = rest[..<slash]
      if !rest.isEmpty { result.append(String(rest)) }
    }
    return result
  }

  private static func holdsDataset(_ folder: String) -> Bool {
    FileManager.default.fileExists(atPath: folder + "/datapackage.json")
  }

  private static func isDirectory(_ path: String) -> Bool {
    var isDirectory: Bool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory
  }

  /// The folder of the running program's file, symbolic links resolved.
  private static var executableDirectory: String? {
    guard let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    else {
      return CommandLine.arguments.first.map { URL(filePath: $0).deletingLastPathComponent().path }
    }
    return URL(filePath: path).deletingLastPathComponent().path
  }
}
