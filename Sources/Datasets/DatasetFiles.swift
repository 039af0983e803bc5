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
    try Self.content(of: path(name), needed: "; the dataset needs it")
  }

  /// The content of any file.
  ///
  /// - Parameters:
  ///   - path: The path.
  ///   - needed: Why it is needed, for the error when it is not there.
  /// - Returns: Its bytes.
  /// - Throws: `DatasetError` when it is not there or cannot be read.
  static func content(of path: String, needed: String = "") throws(DatasetError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure(errno, path, needed) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Self.failure(errno, path, needed) }
    var code: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, count in
      while let start = buffer.baseAddress, count < buffer.count {
        let length = read(descriptor, start + count, buffer.count - count)
        if length < 0, errno == EINTR { continue }
        if length < 0 { code = errno }
        guard length > 0 else { return }
        count += length
      }
    }
    guard code == 0 else { throw Self.failure(code, path, needed) }
    return bytes
  }

  /// The size of a file in bytes.
  ///
  /// - Throws: `DatasetError` when it is not there or cannot be asked for.
  func size(_ name: String) throws(DatasetError) -> Int {
    let path = path(name)
    var status = stat()
    guard stat(path, &status) == 0 else { throw Self.failure(errno, path) }
    return Int(status.st_size)
  }

  /// What the system's error number means for a file.
  private static func failure(
    _ code: Int32,
    _ path: String,
    _ needed: String = "; the dataset needs it"
  ) -> DatasetError {
    guard code != ENOENT, code != ENOTDIR else {
      return DatasetError(.notFound, file: path, "The file is not there\(needed).")
    }
    let reason = String(cString: strerror(code))
    return DatasetError(.unreadable, file: path, "The file cannot be read: \(reason).")
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
    let size = try size(name)
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
