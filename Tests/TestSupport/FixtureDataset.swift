public import Datasets
public import Regions

/// A small valid dataset in a temporary folder, with ways to spoil a file of it.
///
/// The folder goes with the last copy of this value: keep it while figures are read.
///
/// Six municipalities, two of them called Våler; Ålesund and Haram are one municipality, 1507, up to
/// 2023. Two divisions: the partition `areas`, whose `A1` has one member and shares its name with
/// it, and the peer set `circles`, in which Moss is twice and three are not at all.
///
/// | series | figures |
/// |---|---|
/// | `population.total` | complete 2020–2024; Våler (3419) suppressed in 2021 |
/// | `employed.20_66` | complete 2022–2024; 3419 not published in 2023 |
/// | `employment.base` | complete 2022–2024; 0 for 3419 in 2022 |
/// | `tax.rate` | 2023, a rate weighted by inhabitants |
/// | `low_income.share` | 2023, not aggregable, not for 0301 |
/// | `contest.rank` | published places, 2023 and 2024, four of the municipalities |
public struct FixtureDataset: Sendable {
  /// The folder, removed with the last copy of this value.
  public let directory: TemporaryDirectory

  /// Writes the dataset.
  public init() throws {
    directory = try TemporaryDirectory()
    try directory.makeDirectory("values")
    for (name, text) in Self.files { try directory.write(text, to: name) }
  }

  /// The absolute path of the folder, for `--data` and `Dataset(directory:)`.
  public var path: String { directory.path }

  /// Reads it.
  public func dataset() throws(DatasetError) -> Dataset { try Dataset(directory: path) }

  /// Reads its municipalities, divisions, series and indicators.
  public func catalogue() throws(DatasetError) -> Catalogue { try dataset().catalogue }

  /// Reads all its figures.
  public func panel() throws(DatasetError) -> Panel {
    let dataset = try dataset()
    return try dataset.panel(of: dataset.catalogue.series.map(\.id))
  }

  /// Replaces a text that occurs exactly once in a file.
  ///
  /// - Throws: `SpoilError` when it does not, so that no test passes on an unspoilt file.
  public func replace(_ text: String, with other: String, in file: String) throws {
    let content = String(decoding: try directory.bytes(of: file), as: UTF8.self)
    let parts = content.components(around: text)
    guard parts.count == 2 else { throw SpoilError(text: text, file: file, found: parts.count - 1) }
    try directory.write(parts.joined(separator: other), to: file)
  }

  /// Rewrites the bytes of a file.
  public func spoil(_ file: String, _ change: (inout [UInt8]) throws -> Void) throws {
    var bytes = try directory.bytes(of: file)
    try change(&bytes)
    try directory.write(bytes, to: file)
  }

  /// A text to be spoilt that is not there, or more than once.
  public struct SpoilError: Error, CustomStringConvertible {
    let text: String
    let file: String
    let found: Int

    /// What was looked for, where, and how often it was found.
    public var description: String { "\"\(text)\" stands \(found) times in \(file), not once" }
  }
}

extension String {
  fileprivate func components(around text: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    while let found = rest.firstRange(of: text) {
      parts.append(String(rest[..<found.lowerBound]))
      rest = rest[found.upperBound...]
    }
    return parts + [String(rest)]
  }
}
