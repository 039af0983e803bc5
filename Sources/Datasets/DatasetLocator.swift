#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The folders whose tables are read together: a dataset, and the layers over it.
public struct DatasetFolders: Sendable, Hashable {
  /// The folder of the dataset.
  public let dataset: String
  /// The folders of the layers; the figures of a later one hide those of the earlier ones.
  public let layers: [String]

  /// Creates the list of folders.
  public init(dataset: String, layers: [String] = []) {
    self.dataset = dataset
    self.layers = layers
  }
}

/// Finds the dataset, the layers over it and the scenarios beside it, wherever the program is started.
///
/// The places of the dataset, in this order: a folder given with `--data`; one named by the environment
/// variable `REGIONSIM_DATA`; `datasets/norway` in the working directory or a parent of it; the same
/// in the executable's folder or a parent of it; and `../share/regionsim/datasets/norway` from the
/// executable's folder, where `make install` puts it.
///
/// Layers are the folders with figures of the user among those named. Where none is named, the nearest
/// `regionsim-data` in the working directory or a parent of it is one. A dataset given with `--data`
/// stands alone with the layers given beside it.
public struct DatasetLocator: Sendable {
  /// What the folder of a user's figures is called when none is named.
  public static let usualLayer = "regionsim-data"

  private let options: [String]
  private let environment: [String]
  private let workingDirectory: String
  private let executableDirectory: String?

  /// Creates a locator from what it depends on.
  ///
  /// - Parameters:
  ///   - options: The folders given with `--data`.
  ///   - environment: The value of `REGIONSIM_DATA`, folders separated by colons, or `nil`.
  ///   - workingDirectory: The absolute path of the working directory.
  ///   - executableDirectory: The absolute path of the executable's folder, if known.
  public init(
    options: [String],
    environment: String?,
    workingDirectory: String,
    executableDirectory: String?
  ) {
    self.options = options.map(Self.withoutTrailingSlash)
    self.environment = (environment ?? "").split(separator: ":").map {
      Self.withoutTrailingSlash(String($0))
    }
    self.workingDirectory = workingDirectory
    self.executableDirectory = executableDirectory
  }

  /// A locator for this process.
  ///
  /// - Parameter options: The folders given with `--data`.
  /// - Returns: The locator.
  public static func current(options: [String]) -> DatasetLocator {
    DatasetLocator(
      options: options,
      environment: ProcessInfo.processInfo.environment["REGIONSIM_DATA"],
      workingDirectory: FileManager.default.currentDirectoryPath,
      executableDirectory: executableDirectory
    )
  }

  /// The dataset, and the layers over it.
  ///
  /// - Throws: `DatasetError` that lists every place tried. A folder that the user named is not
  ///   passed over: when it holds neither a dataset nor a layer, no other place is tried.
  public func folders() throws(DatasetError) -> DatasetFolders {
    let mine = try named(options, by: "--data")
    if let dataset = mine.dataset { return DatasetFolders(dataset: dataset, layers: mine.layers) }
    let given = try named(environment, by: "REGIONSIM_DATA")
    let dataset: String
    if let found = given.dataset { dataset = found } else { dataset = try usualDataset() }
    let layers = given.layers + mine.layers
    let isNamed = !(options.isEmpty && environment.isEmpty)
    return DatasetFolders(
      dataset: dataset,
      layers: isNamed ? layers : [nearestLayer].compactMap { $0 }
    )
  }

  /// The layer that is written to when none is named: the last of those in use, else a folder
  /// `regionsim-data` in the working directory.
  ///
  /// - Throws: `DatasetError` as `folders()`.
  public func layerToWrite() throws(DatasetError) -> String {
    try folders().layers.last ?? workingDirectory + "/" + Self.usualLayer
  }

  /// The versions of the vintages that a layer keeps, ascending.
  public static func vintages(ofLayer folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder + "/vintages")) ?? []).sorted()
  }

  /// The nearest layer of the usual name, in the working directory or a parent of it.
  private var nearestLayer: String? {
    Self.ancestors(of: workingDirectory).map { $0 + "/" + Self.usualLayer }
      .first(where: Self.holdsLayer)
  }

  private func usualDataset() throws(DatasetError) -> String {
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

  /// What the folders that the user named hold.
  private func named(
    _ folders: [String],
    by origin: String
  ) throws(DatasetError) -> (dataset: String?, layers: [String]) {
    var result: (dataset: String?, layers: [String]) = (nil, [])
    for folder in folders {
      let tried = [folder, folder + "/norway", folder + "/datasets/norway"]
      if let layer = [folder, folder + "/" + Self.usualLayer].first(where: Self.holdsLayer) {
        result.layers.append(layer)
      } else if let found = tried.first(where: Self.holdsDataset) {
        if let first = result.dataset {
          throw DatasetError(
            .invalid,
            file: found,
            "Two whole datasets are given with \(origin), this one and \(first). Give one, and layers."
          )
        }
        result.dataset = found
      } else {
        throw DatasetError(
          .notFound,
          """
          No dataset (a folder with datapackage.json) in the folder given with \(origin). Tried:
          \(tried.map { "  " + $0 }.joined(separator: "\n"))
          """
        )
      }
    }
    return result
  }

  /// The folders in which what belongs to the dataset, such as scenarios, is looked up by its name:
  /// those that exist, first ones first.
  ///
  /// - Parameter name: The name of the folder, such as `scenarios`.
  /// - Returns: The folders.
  public func directories(called name: String) -> [String] {
    let named = (options + environment).flatMap { Self.ancestors(of: $0).prefix(3) }
    var seen: Set<String> = []
    return (named + candidateRoots).map { "\($0)/\(name)" }.filter { folder in
      seen.insert(folder).inserted && Self.isDirectory(folder)
    }
  }

  /// The folders that may hold what belongs to the program, such as `Scripts/`: the working directory
  /// and those above it, those of the executable, then those of the dataset that is named.
  public func programDirectories() -> [String] {
    candidateRoots + (options + environment).flatMap { Self.ancestors(of: $0) }
  }

  /// The folders that may hold `datasets/` and `scenarios/`.
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
    isFile(folder + "/datapackage.json") && !isFile(folder + "/imports.csv")
  }

  private static func holdsLayer(_ folder: String) -> Bool {
    isFile(folder + "/datapackage.json") && isFile(folder + "/imports.csv")
  }

  private static func isFile(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path)
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
