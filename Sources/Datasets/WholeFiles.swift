#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The system's `write`, under a name that no method hides.
private func writeBytes(_ descriptor: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, start, count)
}

/// The system's `rename`, under a name that no method hides.
private func systemRename(_ old: String, _ new: String) -> Int32 { rename(old, new) }

/// Files that are written whole or not at all.
///
/// Every file is first written under a temporary name in its own folder; only when all of them are
/// there, they get their names. When something fails, the temporary files and the folders that were
/// made are removed, and what was there before is as it was.
public struct WholeFiles: Sendable {
  /// The folder.
  public let directory: String
  private var files: [(name: String, bytes: [UInt8])] = []

  /// Prepares to write into a folder, which is made when it is not there.
  public init(directory: String) {
    self.directory = directory
  }

  /// Prepares to write one file.
  ///
  /// - Parameters:
  ///   - path: Its path.
  ///   - text: Its content, written as UTF-8.
  public init(file path: String, text: String) {
    self.init(file: path, bytes: Array(text.utf8))
  }

  /// Prepares to write one file of bytes.
  public init(file path: String, bytes: [UInt8]) {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let folder = path.dropLast(name.count + 1)
    self.init(directory: folder.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : String(folder))
    add(name, bytes: bytes)
  }

  /// Adds a file.
  ///
  /// - Parameters:
  ///   - name: Its path within the folder, such as `nb-NO/outcome.csv`.
  ///   - text: Its content, written as UTF-8.
  public mutating func add(_ name: String, _ text: String) {
    files.append((name, Array(text.utf8)))
  }

  /// Adds a file of bytes, such as a picture.
  public mutating func add(_ name: String, bytes: [UInt8]) {
    files.append((name, bytes))
  }

  /// The paths of the files.
  public var paths: [String] { files.map { directory + "/" + $0.name } }

  /// Writes all files.
  ///
  /// - Throws: `DatasetError` naming the file and the system's reason.
  public func write() throws(DatasetError) {
    var staged: [(temporary: String, final: String)] = []
    var made: [String] = []
    do throws(DatasetError) {
      for (name, bytes) in files {
        let final = directory + "/" + name
        try makeFolder(of: final, made: &made)
        if isFolder(final) { throw unwritable(final, EISDIR) }
        let temporary = final + ".partial-\(getpid())"
        staged.append((temporary, final))
        try write(bytes, to: temporary, for: final)
      }
      for (temporary, final) in staged where systemRename(temporary, final) != 0 {
        throw unwritable(final, errno)
      }
    } catch {
      for (temporary, _) in staged { unlink(temporary) }
      for folder in made.reversed() { rmdir(folder) }
      throw error
    }
  }

  /// Gives a file that is whole its name; what has that name is replaced.
  ///
  /// - Throws: `DatasetError` naming the file and the system's reason.
  public static func rename(_ temporary: String, to path: String) throws(DatasetError) {
    guard systemRename(temporary, path) != 0 else { return }
    throw DatasetError(
      .unwritable,
      file: path,
      "The file cannot be written: \(String(cString: strerror(errno))). Nothing was changed."
    )
  }

  /// Makes the folder of a file, and those above it, and notes those that were not there.
  private func makeFolder(of path: String, made: inout [String]) throws(DatasetError) {
    let folder = path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex)
    var ends = folder.indices.filter { folder[$0] == "/" && $0 != folder.startIndex }
    ends.append(folder.endIndex)
    for end in ends {
      let part = String(folder[..<end])
      if part.isEmpty || isFolder(part) { continue }
      if mkdir(part, 0o777) == 0 {
        made.append(part)
        continue
      }
      let code = errno
      if isFolder(part) { continue }
      throw DatasetError(
        .unwritable,
        file: String(folder),
        "The folder cannot be made: \(String(cString: strerror(code == EEXIST ? ENOTDIR : code))). "
          + "Choose another with --out."
      )
    }
  }

  private func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private func write(
    _ content: [UInt8],
    to temporary: String,
    for final: String
  ) throws(DatasetError) {
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw unwritable(final, errno) }
    var failure: Int32 = 0
    content.withUnsafeBytes { bytes in
      var offset = 0
      while offset < bytes.count {
        let count = writeBytes(
          descriptor,
          bytes.baseAddress.map { $0 + offset },
          bytes.count - offset
        )
        if count < 0 {
          if errno == EINTR { continue }
          failure = errno
          return
        }
        offset += count
      }
    }
    if close(descriptor) != 0, failure == 0 { failure = errno }
    if failure != 0 { throw unwritable(final, failure) }
  }

  private func unwritable(_ path: String, _ code: Int32) -> DatasetError {
    DatasetError(
      .unwritable,
      file: path,
      "The file cannot be written: \(String(cString: strerror(code))). Nothing was changed."
    )
  }
}
