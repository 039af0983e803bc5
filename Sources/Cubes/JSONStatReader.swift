/// Reads JSON-stat 2.0 (Badosa 2013–2019, https://json-stat.org/full/), the format of the answers of
/// PxWebApi and of Eurostat, and its version 1, a bundle of datasets.
///
/// A dimension whose `index` is missing must have a single category, as the standard says. Of the
/// symbols in `status`, `-` beside a null means 0; `.`, `..`, `...` and `:` mean that there is no value,
/// whatever is written for it; any other stands beside the value as it is. `child` and `coordinates` of
/// categories, and links, are passed over.
///
/// A cube takes 9 bytes a value; with the file, less than ten times the file's size, or 32 MiB where
/// the file is small. What would need more is refused before it is allocated.
public struct JSONStatReader: Sendable {
  /// The file's name, for errors.
  public let file: String
  /// The file's content.
  public let bytes: [UInt8]

  /// Prepares a file.
  ///
  /// - Parameters:
  ///   - file: Its name, for errors.
  ///   - bytes: Its content.
  public init(file: String, bytes: [UInt8]) {
    self.file = file
    self.bytes = bytes
  }

  /// The cubes of the file: one of a dataset, and those that stand in a collection.
  ///
  /// - Returns: At least one cube, in the order of the file.
  /// - Throws: `CubeError` with line and column where the content is not as JSON or JSON-stat demand,
  ///   or claims more than a file of its size may.
  /// - Complexity: O(*n*) in the size of the file.
  public func cubes() throws(CubeError) -> [Cube] {
    try datasets(withValues: true) { (dataset: consuming JSONStatDataset) throws(CubeError) in
      try dataset.cube()
    }
  }

  /// The only cube of the file.
  ///
  /// - Throws: `CubeError` as `cubes` does, and where a collection holds several.
  public func cube() throws(CubeError) -> Cube {
    let cubes = try cubes()
    guard cubes.count == 1, let cube = cubes.first else {
      let titles = cubes.prefix(5).map { quoted($0.title) }.joined(separator: ", ")
      throw CubeError(
        file: file,
        "The file is a collection of \(cubes.count) datasets: \(titles). One is expected."
      )
    }
    return cube
  }

  /// What the file says of its only dataset, whether there are values or not; values are not read.
  ///
  /// - Throws: `CubeError` as `cube` does.
  public func metadata() throws(CubeError) -> CubeMetadata {
    let all = try datasets(withValues: false) { (dataset: JSONStatDataset) throws(CubeError) in
      try dataset.metadata()
    }
    guard all.count == 1, let metadata = all.first else {
      throw CubeError(
        file: file,
        "The file is a collection of \(all.count) datasets. One is expected."
      )
    }
    return metadata
  }

  private func datasets<Result>(
    withValues: Bool,
    _ convert: (consuming JSONStatDataset) throws(CubeError) -> Result
  ) throws(CubeError) -> [Result] {
    var scanner = try JSONScanner(file: file, bytes: bytes)
    guard scanner.position() < bytes.count else {
      throw scanner.error("The file is empty; JSON-stat is expected.")
    }
    var results: [Result] = []
    var dataset = JSONStatDataset(withValues: withValues)
    try dataset.read(&scanner)
    try scanner.finish()
    switch dataset.kind {
    case "dataset":
      if let missing = dataset.missingMember {
        throw scanner.error(
          at: dataset.start,
          "The dataset has no \"\(missing)\", which JSON-stat 2.0 demands."
        )
      }
      results.append(try convert(dataset))
    case "collection":
      results = try items(of: dataset, &scanner, withValues: withValues, convert)
    case nil where dataset.isComplete: results.append(try convert(dataset))
    case nil:
      results = try bundle(dataset, &scanner, withValues: withValues, convert)
    case "dimension":
      throw scanner.error(
        at: dataset.start,
        "The file is a dimension of JSON-stat, without values. A dataset is expected."
      )
    case .some(let kind):
      throw scanner.error(
        at: dataset.kindPosition,
        "The class is \(quoted(kind)). Dataset and collection can be read."
          + suggestion(for: kind, among: ["dataset", "collection"])
      )
    }
    return results
  }

  /// The datasets that stand in a collection; one that is only linked to has no values here.
  private func items<Result>(
    of collection: JSONStatDataset,
    _ scanner: inout JSONScanner,
    withValues: Bool,
    _ convert: (consuming JSONStatDataset) throws(CubeError) -> Result
  ) throws(CubeError) -> [Result] {
    var results: [Result] = []
    var linked = 0
    for position in collection.items {
      var item = JSONStatDataset(withValues: withValues)
      try scanner.revisit(position) { (scanner) throws(CubeError) in try item.read(&scanner) }
      if item.isComplete {
        results.append(try convert(item))
      } else {
        linked += 1
      }
    }
    guard !results.isEmpty else {
      throw scanner.error(
        at: collection.start,
        linked == 0
          ? "The file is an empty collection of JSON-stat."
          : "The file is a collection that only links to \(linked) datasets. Fetch one of them."
      )
    }
    return results
  }

  /// The datasets of a bundle, as version 1 of the format calls it.
  private func bundle<Result>(
    _ bundle: JSONStatDataset,
    _ scanner: inout JSONScanner,
    withValues: Bool,
    _ convert: (consuming JSONStatDataset) throws(CubeError) -> Result
  ) throws(CubeError) -> [Result] {
    var results: [Result] = []
    for position in bundle.others {
      var dataset = JSONStatDataset(withValues: withValues, isVersion1: true)
      try scanner.revisit(position) { (scanner) throws(CubeError) in try dataset.read(&scanner) }
      if dataset.isComplete { results.append(try convert(dataset)) }
    }
    guard !results.isEmpty else {
      throw scanner.error(
        at: bundle.start,
        "The file is JSON, but no JSON-stat: it has no class, and no dataset within."
      )
    }
    return results
  }
}
