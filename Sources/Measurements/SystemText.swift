#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The small text files in which Linux tells about the machine and the process.
enum SystemText {
  /// The text of a file whose size is not known beforehand; `nil` where there is none.
  static func read(_ path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Self.read(descriptor, &buffer)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      guard count > 0 else { return String(decoding: text, as: UTF8.self) }
      text += buffer.prefix(count)
    }
  }

  /// Writes a few bytes to a file that is there; returns whether all went well.
  static func write(_ text: String, to path: String) -> Bool {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var text = text
    return text.withUTF8 { writeBytes(descriptor, $0.baseAddress, $0.count) == $0.count }
  }

  private static func read(_ descriptor: Int32, _ buffer: inout [UInt8]) -> Int {
    readBytes(descriptor, &buffer, buffer.count)
  }
}

/// The system's `read`, under a name that no method hides.
func readBytes(_ descriptor: Int32, _ start: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, start, count)
}

/// The system's `write`, under a name that no method hides.
func writeBytes(_ descriptor: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, start, count)
}
