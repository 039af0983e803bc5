/// How the characters of a text file are stored.
public enum TextEncoding: String, Sendable, Hashable, CaseIterable {
  /// UTF-8, with or without a byte order mark.
  case utf8 = "UTF-8"
  /// UTF-16, the low byte first, with a byte order mark: Excel's "Unicode text".
  case utf16LittleEndian = "UTF-16 (little-endian)"
  /// UTF-16, the high byte first, with a byte order mark.
  case utf16BigEndian = "UTF-16 (big-endian)"
  /// Windows-1252, which has every letter of ISO-8859-1 in its place.
  case windows1252 = "Windows-1252"

  /// The characters of Windows-1252 from 0x80 to 0x9F; 0 where it has none.
  private static let upper: [UInt16] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122,
    0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
  ]

  /// Turns the bytes of a file into UTF-8 without a byte order mark.
  ///
  /// - Parameters:
  ///   - bytes: The bytes, which become the text in UTF-8.
  ///   - file: The file, for errors.
  /// - Returns: How the text was stored: by its mark; else UTF-8 where it is valid, else Windows-1252.
  /// - Throws: `CubeError` for bytes that are no text, with the line.
  static func decode(_ bytes: inout [UInt8], file: String) throws(CubeError) -> TextEncoding {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      let isLittle = bytes[0] == 0xFF
      bytes = try utf16(bytes, isLittle: isLittle, file: file)
      return isLittle ? .utf16LittleEndian : .utf16BigEndian
    }
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    if hasMark { bytes.removeFirst(3) }
    if bytes.contains(0) {
      throw CubeError(file: file, "The file is neither text nor a workbook: it has bytes of zero.")
    }
    let valid = bytes.withUnsafeBufferPointer(validPrefix)
    if valid == bytes.count { return .utf8 }
    guard !hasMark else {
      let line = 1 + bytes[..<valid].count { $0 == .newline }
      throw CubeError(
        file: file,
        line: line,
        "The file says that it is UTF-8, but this line is not. Save it again as \"CSV UTF-8\"."
      )
    }
    bytes = try windows1252(bytes, file: file)
    return .windows1252
  }

  /// The text in this encoding, with a byte order mark where UTF-16 needs one.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - hasMark: Whether UTF-8 begins with a byte order mark, by which Excel knows it.
  /// - Returns: The bytes; `nil` where Windows-1252 lacks a character.
  /// - Complexity: O(length).
  public func encode(_ text: String, hasMark: Bool = false) -> [UInt8]? {
    switch self {
    case .utf8: return (hasMark ? [0xEF, 0xBB, 0xBF] : []) + Array(text.utf8)
    case .utf16LittleEndian:
      return [0xFF, 0xFE] + text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    case .utf16BigEndian:
      return [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
    case .windows1252:
      var bytes: [UInt8] = []
      for unit in text.utf16 {
        if unit < 0x80 || (0xA0...0xFF).contains(unit) {
          bytes.append(UInt8(unit))
        } else if let index = Self.upper.firstIndex(of: unit) {
          bytes.append(UInt8(0x80 + index))
        } else {
          return nil
        }
      }
      return bytes
    }
  }

  private static func windows1252(_ bytes: [UInt8], file: String) throws(CubeError) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + bytes.count { $0 >= 0x80 } * 2)
    for (index, byte) in bytes.enumerated() {
      guard byte >= 0x80 else {
        text.append(byte)
        continue
      }
      let scalar = byte < 0xA0 ? upper[Int(byte) - 0x80] : UInt16(byte)
      guard scalar != 0 else {
        throw CubeError(
          file: file,
          line: 1 + bytes[..<index].count { $0 == .newline },
          "The text is neither UTF-8 nor Windows-1252. Save it again as \"CSV UTF-8\"."
        )
      }
      append(UInt32(scalar), to: &text)
    }
    return text
  }

  private static func utf16(
    _ bytes: [UInt8],
    isLittle: Bool,
    file: String
  ) throws(CubeError) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count / 2)
    var index = 2
    var high: UInt32 = 0
    var isWhole = bytes.count.isMultiple(of: 2)
    while isWhole, index + 1 < bytes.count {
      let (one, other) = (UInt32(bytes[index]), UInt32(bytes[index + 1]))
      let unit = isLittle ? one | other << 8 : one << 8 | other
      index += 2
      switch unit {
      case 0xD800...0xDBFF:
        isWhole = high == 0
        high = unit
      case 0xDC00...0xDFFF:
        isWhole = high != 0
        if isWhole { append(0x10000 + (high - 0xD800) << 10 + (unit - 0xDC00), to: &text) }
        high = 0
      default:
        isWhole = high == 0 && unit != 0
        append(unit, to: &text)
      }
    }
    guard isWhole, high == 0 else {
      throw CubeError(
        file: file,
        line: 1 + text.count { $0 == .newline },
        "The text is not whole UTF-16. Fetch it again, or save it as \"CSV UTF-8\"."
      )
    }
    return text
  }

  private static func append(_ scalar: UInt32, to text: inout [UInt8]) {
    guard let scalar = Unicode.Scalar(scalar), let bytes = UTF8.encode(scalar) else { return }
    text.append(contentsOf: bytes)
  }

  /// How many bytes from the start are valid UTF-8 (The Unicode Standard, table 3-7).
  private static func validPrefix(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var index = 0
    while index < bytes.count {
      let first = bytes[index]
      if first < 0x80 {
        index += 1
        continue
      }
      var range: ClosedRange<UInt8> = 0x80...0xBF
      let count: Int
      switch first {
      case 0xC2...0xDF: count = 1
      case 0xE0: (count, range) = (2, 0xA0...0xBF)
      case 0xED: (count, range) = (2, 0x80...0x9F)
      case 0xE1...0xEF: count = 2
      case 0xF0: (count, range) = (3, 0x90...0xBF)
      case 0xF1...0xF3: count = 3
      case 0xF4: (count, range) = (3, 0x80...0x8F)
      default: return index
      }
      guard index + count < bytes.count else { return index }
      for step in 1...count {
        guard range.contains(bytes[index + step]) else { return index }
        range = 0x80...0xBF
      }
      index += count + 1
    }
    return index
  }
}
