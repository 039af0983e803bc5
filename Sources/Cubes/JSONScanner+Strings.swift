/// Encoding, escapes, and what errors say.
extension JSONScanner {
  /// Checks that the bytes of a string are UTF-8.
  func checkEncoding(_ range: Range<Int>) throws(CubeError) {
    let isValid = bytes.withUnsafeBufferPointer {
      String(validating: $0[range], as: UTF8.self) != nil
    }
    if isValid { return }
    var at = range.lowerBound
    while at < range.upperBound {
      let length = bytes[at] < 0x80 ? 1 : bytes[at] < 0xE0 ? 2 : bytes[at] < 0xF0 ? 3 : 4
      let end = min(at + length, range.upperBound)
      if String(validating: bytes[at..<end], as: UTF8.self) == nil { break }
      at = end
    }
    throw error(
      at: at,
      "The text is not in UTF-8 here; it is probably in Windows-1252. JSON is written in UTF-8."
    )
  }

  /// Checks that every escape of a string is one, and that surrogates come in pairs.
  func checkEscapes(_ range: Range<Int>) throws(CubeError) {
    var at = range.lowerBound
    while at < range.upperBound {
      guard bytes[at] == UInt8(ascii: "\\") else {
        at += 1
        continue
      }
      guard bytes[at + 1] == UInt8(ascii: "u") else {
        guard Self.escapes[bytes[at + 1]] != nil else {
          throw error(at: at, "\(found(at: at)) is no escape of JSON.")
        }
        at += 2
        continue
      }
      guard let scalar = scalar(at: at, before: range.upperBound) else {
        throw error(at: at, "\(found(at: at)) is no character, or half of one.")
      }
      at += scalar.value > 0xFFFF ? 12 : 6
    }
  }

  /// The text of a string whose escapes were checked.
  func unescaped(_ range: Range<Int>) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(range.count)
    var at = range.lowerBound
    while at < range.upperBound {
      if bytes[at] != UInt8(ascii: "\\") {
        text.append(bytes[at])
        at += 1
      } else if let plain = Self.escapes[bytes[at + 1]] {
        text.append(plain)
        at += 2
      } else if let scalar = scalar(at: at, before: range.upperBound) {
        text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        at += scalar.value > 0xFFFF ? 12 : 6
      } else {
        at += 2
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static let escapes: [UInt8: UInt8] = [
    UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
    UInt8(ascii: "/"): UInt8(ascii: "/"), UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C,
    UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
  ]

  /// The character of an escape `\uXXXX`, or of two that are a pair of surrogates.
  private func scalar(at position: Int, before end: Int) -> UnicodeScalar? {
    guard let first = unit(at: position, before: end) else { return nil }
    guard first & 0xFC00 == 0xD800 else { return UnicodeScalar(first) }
    guard let second = unit(at: position + 6, before: end), second & 0xFC00 == 0xDC00 else {
      return nil
    }
    return UnicodeScalar(0x10000 + (first & 0x3FF) << 10 + second & 0x3FF)
  }

  private func unit(at position: Int, before end: Int) -> UInt32? {
    guard position + 6 <= end, bytes[position] == UInt8(ascii: "\\"),
      bytes[position + 1] == UInt8(ascii: "u")
    else { return nil }
    var unit: UInt32 = 0
    for byte in bytes[position + 2..<position + 6] {
      guard let digit = Character(UnicodeScalar(byte)).hexDigitValue else { return nil }
      unit = unit << 4 | UInt32(digit)
    }
    return unit
  }

  // MARK: - Limits and errors

  /// Takes memory before it is allocated.
  ///
  /// - Throws: `CubeError` of the kind `tooLarge` when the file is too small for what it claims.
  mutating func take(_ count: Int, of size: Int, at position: Int) throws(CubeError) {
    guard budget.take(count, of: size) else {
      throw error(
        kind: .tooLarge,
        at: position,
        "The file claims far more than a file of \(bytes.count) bytes can hold."
      )
    }
  }

  /// An error at a position, by default where the scanner stands.
  func error(
    kind: CubeError.Kind = .invalid,
    at position: Int? = nil,
    _ message: String
  ) -> CubeError {
    let place = LineColumn(of: position ?? offset, in: bytes)
    return CubeError(kind, file: file, line: place.line, column: place.column, message)
  }

  /// What stands at a position, in words.
  func found(at position: Int) -> String {
    guard position < bytes.count else { return "the end of the file" }
    var end = position + 1
    while end < bytes.count, end < position + 24, bytes[end] > 0x20,
      !",:]}".utf8.contains(bytes[end])
    {
      end += 1
    }
    // A character that is cut by the limit is left out rather than shown broken.
    while end < bytes.count, end > position + 1, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return String(decoding: bytes[position..<end], as: UTF8.self)
  }
}
