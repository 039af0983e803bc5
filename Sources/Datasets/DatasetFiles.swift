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
  /// The sizes that datapackage.json states, by path.
  var sizes: [String: Int] = [:]

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
      let reason = Self.readingFailure(of: path)
      throw DatasetError(.unreadable, file: path, "The file cannot be read: \(reason).")
    }
    return [UInt8](data)
  }

  /// Why a file cannot be read. Foundation overwrites the reason of its own attempt.
  private static func readingFailure(of path: String) -> String {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { return String(cString: strerror(errno)) }
    defer { close(descriptor) }
    var byte: UInt8 = 0
    return read(descriptor, &byte, 1) < 0 ? String(cString: strerror(errno)) : "unknown reason"
  }

  /// A table whose columns are the required ones.
  func table(_ name: String, _ required: [String]) throws(DatasetError) -> CSVTable {
    try CSVTable(file: path(name), bytes: bytes(name), required: required)
  }

  /// Refuses a file that is not of the size stated for it.
  ///
  /// Asked after the file's content was found right, so that a mistake within it is named first.
  func checkSize(_ name: String) throws(DatasetError) {
    guard let stated = sizes[name] else { return }
    let size = try bytes(name).count
    guard size != stated else { return }
    throw DatasetError(
      .invalid,
      file: path(name),
      """
      The file has \(size) bytes; datapackage.json states \(stated). It is cut off or was \
      changed. Fetch it again, or state its new size (and hash) there.
      """
    )
  }
}
