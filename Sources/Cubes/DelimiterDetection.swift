/// Which character is between the cells of a text, by its first lines.
struct DelimiterDetection {
  /// The separator, where the rows begin, and why it is taken.
  let found: (separator: UInt8, start: Int, reason: String)

  private static let tab = UInt8(ascii: "\t")
  private static let semicolon = UInt8(ascii: ";")
  private static let comma = UInt8(ascii: ",")
  private static let space = UInt8(ascii: " ")

  /// Looks at the first lines of a text in UTF-8.
  init(_ bytes: [UInt8]) {
    // Excel's own first line says it: sep=;
    if bytes.count >= 5,
      bytes[..<4].elementsEqual("sep=".utf8) || bytes[..<4].elementsEqual("SEP=".utf8)
    {
      var end = 5
      if end < bytes.count, bytes[end] == .carriageReturn { end += 1 }
      if end == bytes.count || bytes[end] == .newline, bytes[4] < 0x80,
        bytes[4] > 0x20 || bytes[4] == 9
      {
        found = (bytes[4], min(end + 1, bytes.count), "the first line says so")
        return
      }
    }
    let lines = Self.firstLines(bytes[...])
    var best: (separator: UInt8, lines: Int)?
    for separator in [Self.tab, Self.semicolon, Self.comma] {
      let count = Self.agreeing(lines.map { Self.separators($0, separator) })
      // One that stands before another is taken unless far fewer lines agree.
      if count > 0, count * 4 > (best?.lines ?? 0) * 5 { best = (separator, count) }
    }
    if best?.lines ?? 0 < 2, Self.areSpaced(lines) {
      found = (Self.space, 0, "every line has as many words or quoted texts")
    } else if let best {
      found = (
        best.separator, 0, "\(best.lines) of the first \(lines.count) lines have equally many"
      )
    } else {
      found = (Self.comma, 0, "there is no other")
    }
  }

  /// The first 100 lines with content, as far as they lie within 64 kB; quoted line breaks are within
  /// a line.
  private static func firstLines(_ bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    let start = bytes.prefix(1 << 16)
    var lines: [ArraySlice<UInt8>] = []
    var begin = start.startIndex
    var isQuoted = false
    for index in start.indices {
      if start[index] == .quote { isQuoted.toggle() }
      guard start[index] == .newline, !isQuoted else { continue }
      let line = start[begin..<index]
      if line.contains(where: { $0 > 0x20 }) { lines.append(line) }
      begin = index + 1
      if lines.count == 100 { return lines }
    }
    if start.endIndex == bytes.endIndex || lines.isEmpty, begin < start.endIndex {
      lines.append(start[begin...])
    }
    return lines
  }

  /// How often a separator stands in a line outside quotes.
  private static func separators(_ line: ArraySlice<UInt8>, _ separator: UInt8) -> Int {
    var isQuoted = false
    var count = 0
    for byte in line {
      if byte == .quote { isQuoted.toggle() }
      if byte == separator, !isQuoted { count += 1 }
    }
    return count
  }

  /// How many lines have the most usual number of separators that is not 0.
  private static func agreeing(_ counts: [Int]) -> Int {
    var lines: [Int: Int] = [:]
    for count in counts where count > 0 { lines[count, default: 0] += 1 }
    return lines.values.max() ?? 0
  }

  /// Whether the lines after a title are of equally many parts between spaces, some in quotes.
  private static func areSpaced(_ lines: [ArraySlice<UInt8>]) -> Bool {
    let counts = lines.map { separators($0[...].trimmed, space) }
    guard let last = counts.last, last > 0, lines.contains(where: { $0.contains(.quote) }) else {
      return false
    }
    let body = counts.drop { $0 == 0 }
    return body.count >= 2 && body.allSatisfy { $0 == last }
  }
}

extension ArraySlice<UInt8> {
  fileprivate var trimmed: ArraySlice<UInt8> {
    withUnsafeBufferPointer { buffer in
      let range = (0..<buffer.count).withoutSpaces(in: buffer)
      return self[startIndex + range.lowerBound..<startIndex + range.upperBound]
    }
  }
}
