#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// What `datapackage.json` says of a dataset (Frictionless Data Package,
/// https://specs.frictionlessdata.io/data-package/).
public struct DatasetDescription: Sendable, Hashable {
  /// The name, such as `regionsim-norway`.
  public let name: String
  /// The title.
  public let title: String
  /// The version, which is the vintage printed with every result.
  public let version: String
  /// The files, with their size in bytes where it is stated.
  public let files: [(path: String, bytes: Int?)]

  private struct Package: Decodable {
    struct Resource: Decodable {
      let path: String
      let bytes: Int?
    }
    let name: String
    let title: String?
    let version: String
    let resources: [Resource]
  }

  init(_ files: DatasetFiles) throws(DatasetError) {
    let bytes = try files.bytes("datapackage.json")
    do {
      let package = try JSONDecoder().decode(Package.self, from: Data(bytes))
      name = package.name
      title = package.title ?? package.name
      version = package.version
      self.files = package.resources.map { ($0.path, $0.bytes) }
    } catch let error as DecodingError {
      throw DatasetError(
        .invalid,
        file: files.path("datapackage.json"),
        Self.message(of: error)
      )
    } catch {
      throw DatasetError(
        .invalid,
        file: files.path("datapackage.json"),
        "It is not JSON: \(error)"
      )
    }
  }

  private static func message(of error: DecodingError) -> String {
    func place(_ path: [any CodingKey]) -> String {
      path.map(\.stringValue).joined(separator: ".")
    }
    switch error {
    case .keyNotFound(let key, _):
      return "The key \"\(key.stringValue)\" is missing; name, version and resources are needed."
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return "The value of \"\(place(context.codingPath))\" is of the wrong kind."
    case .dataCorrupted(let context):
      return "It is not valid JSON, perhaps cut off: \(context.debugDescription)"
    @unknown default:
      return "It cannot be read: \(error)"
    }
  }

  /// Whether two descriptions say the same.
  public static func == (left: DatasetDescription, right: DatasetDescription) -> Bool {
    left.name == right.name && left.version == right.version && left.title == right.title
      && left.files.map(\.path) == right.files.map(\.path)
      && left.files.map(\.bytes) == right.files.map(\.bytes)
  }

  /// Hashes the name and version.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(version)
  }
}
