#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A request as the server received it.
public struct FixtureRequest: Sendable, Hashable {
  /// The method, such as `GET`.
  public let method: String
  /// The target as sent: path and query, or a whole address where the server is used as a proxy.
  public let target: String
  /// The fields of the header by their names in lower case.
  public let headers: [String: String]
  /// The body.
  public let body: [UInt8]

  /// The path, without the query.
  public var path: String { String(target.prefix { $0 != "?" }) }

  /// The parameters of the query in order, decoded.
  var parameters: [(name: String, value: String)] {
    guard let mark = target.firstIndex(of: "?") else { return [] }
    return target[target.index(after: mark)...].split(separator: "&").map { part in
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (Self.decoded(pair[0]), pair.count > 1 ? Self.decoded(pair[1]) : "")
    }
  }

  static func decoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// An answer before it is written.
struct HTTPAnswer: Sendable {
  var status: Int
  var headers: [String: String] = [:]
  var body: [UInt8] = []

  /// The answer as bytes; `length` is what `Content-Length` says.
  func bytes(length: Int? = nil) -> [UInt8] {
    var text = "HTTP/1.1 \(status) \(status < 400 ? "OK" : "Error")\r\n"
    for (name, value) in headers.sorted(by: { $0.key < $1.key }) { text += "\(name): \(value)\r\n" }
    if status != 304 { text += "Content-Length: \(length ?? body.count)\r\n" }
    text += "Connection: close\r\n\r\n"
    return Array(text.utf8) + (status == 304 ? [] : body)
  }
}

/// One accepted connection.
struct Connection {
  let descriptor: Int32

  /// Reads one request; `nil` when the other side leaves before it is whole.
  func read() -> FixtureRequest? {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    var head: (end: Int, lines: [Substring])?
    var length = 0
    while true {
      if let head, bytes.count >= head.end + length {
        let first = head.lines[0].split(separator: " ")
        guard first.count == 3 else { return nil }
        return FixtureRequest(
          method: String(first[0]),
          target: String(first[1]),
          headers: Self.fields(head.lines.dropFirst()),
          body: Array(bytes[head.end..<(head.end + length)])
        )
      }
      let count = recv(descriptor, &chunk, chunk.count, 0)
      guard count > 0 else { return nil }
      bytes += chunk[..<count]
      if head == nil, let end = Self.endOfHeader(bytes) {
        let text = String(decoding: bytes[..<(end - 4)], as: UTF8.self)
        let lines = text.split(separator: "\r\n")
        guard !lines.isEmpty else { return nil }
        head = (end, lines)
        length = Self.fields(lines.dropFirst())["content-length"].flatMap { Int($0) } ?? 0
      }
    }
  }

  private static func endOfHeader(_ bytes: [UInt8]) -> Int? {
    guard bytes.count >= 4 else { return nil }
    for index in 0...(bytes.count - 4)
    where bytes[index] == 13 && bytes[index + 1] == 10 && bytes[index + 2] == 13
      && bytes[index + 3] == 10
    {
      return index + 4
    }
    return nil
  }

  private static func fields(_ lines: some Sequence<Substring>) -> [String: String] {
    var fields: [String: String] = [:]
    for line in lines {
      guard let colon = line.firstIndex(of: ":") else { continue }
      fields[line[..<colon].lowercased()] = String(
        line[line.index(after: colon)...].drop { $0 == " " }
      )
    }
    return fields
  }

  /// Writes all bytes, or as many as the other side takes.
  func write(_ bytes: [UInt8]) {
    var offset = 0
    while offset < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        #if canImport(Darwin)
          send(descriptor, buffer.baseAddress.map { $0 + offset }, bytes.count - offset, 0)
        #else
          send(
            descriptor,
            buffer.baseAddress.map { $0 + offset },
            bytes.count - offset,
            Int32(MSG_NOSIGNAL)
          )
        #endif
      }
      guard count > 0 else { return }
      offset += count
    }
  }
}
