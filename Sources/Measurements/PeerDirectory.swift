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

/// A folder with the data of one kind of work for the peers' program: `work.json`, and files of plain
/// numbers, the least significant byte first. It goes with the last reference to it.
final class PeerDirectory {
  /// The path.
  let path: String

  /// Makes an empty folder where the system keeps temporary ones.
  ///
  /// - Throws: `MeasurementError` when it cannot be made.
  init() throws(MeasurementError) {
    let base = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
    var template = Array("\(base)/regionsim-peers-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { name in
      name.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
    }
    guard let made else {
      throw MeasurementError(
        .unwritable,
        "No folder can be made in \(base) for the peers' data: \(String(cString: strerror(errno)))."
      )
    }
    path = made
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes numbers to a file.
  ///
  /// - Parameters:
  ///   - numbers: The numbers.
  ///   - name: The file's name.
  /// - Returns: The name, for `work.json`.
  /// - Throws: `MeasurementError` when it cannot be written.
  @discardableResult
  func write<Number: BitwiseCopyable>(
    _ numbers: [Number],
    _ name: String
  ) throws(MeasurementError) -> String {
    let file = path + "/" + name
    let code: Int32 = numbers.withUnsafeBytes { bytes in
      let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { return errno }
      defer { close(descriptor) }
      var offset = 0
      while offset < bytes.count {
        // Linux writes 2 GiB at most at a time.
        let size = min(bytes.count - offset, 1 << 30)
        let count = writeBytes(descriptor, bytes.baseAddress.map { $0 + offset }, size)
        if count < 0, errno != EINTR { return errno }
        offset += max(count, 0)
      }
      return 0
    }
    guard code == 0 else {
      throw MeasurementError(
        .unwritable,
        "The peers' data cannot be written to \(file): \(String(cString: strerror(code)))."
      )
    }
    return name
  }

  /// Writes `work.json`.
  func write(_ work: PeerWork) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try write([UInt8](try encoder.encode(work)), "work.json")
  }
}
