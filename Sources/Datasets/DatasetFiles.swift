#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Reads the files of one dataset's folder.
struct DatasetFiles: Sendable {
  let directory: String

  /// The path of a file, for reading and for errors.
  func path(_ name: String) -> String { directory + "/" + name }

  /// The content of a file.
  ///
  /// - Throws: `DatasetError` when it is not there or cannot be read.
  func bytes(_ name: String) throws(DatasetError) -> [UInt8] {
    let path = path(name)
    guard FileManager.default.fileExists(atPath: path) else {
      throw DatasetError(.notFound, file: path, "The file is not there; the dataset needs it.")
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      let reason = String(cString: strerror(errno))
      throw DatasetError(.unreadable, file: path, "The file cannot be read: \(reason).")
    }
    return [UInt8](data)
  }

  /// A table whose columns are the required ones.
  func table(_ name: String, _ required: [String]) throws(DatasetError) -> CSVTable {
    try CSVTable(file: path(name), bytes: bytes(name), required: required)
  }
}
