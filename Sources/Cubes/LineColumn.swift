internal import Regions

/// The line and column of a byte in a text, counted from 1.
struct LineColumn {
  let line: Int
  /// Counted in characters (Unicode scalars).
  let column: Int

  /// Finds the place of a byte; a byte order mark has none.
  ///
  /// - Parameters:
  ///   - offset: The index of the byte, or the number of bytes for the end.
  ///   - bytes: The text.
  ///   - isUTF8: Whether a character may be of several bytes.
  /// - Complexity: O(*n*) in the bytes before; nothing is allocated.
  init(of offset: Int, in bytes: [UInt8], isUTF8: Bool = true) {
    let before = bytes[..<min(offset, bytes.count)]
    let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    line = 1 + before.count { $0 == 0x0A }
    let hasMark = start == 0 && before.starts(with: [0xEF, 0xBB, 0xBF])
    let characters = before[start...].count { !isUTF8 || $0 & 0xC0 != 0x80 }
    column = 1 + characters - (hasMark ? (isUTF8 ? 1 : 3) : 0)
  }
}

/// A text that an error quotes, shortened where it is long.
func quoted(_ text: String) -> String {
  let start = text.prefix(60)
  return start.endIndex == text.endIndex ? "\"\(text)\"" : "\"\(start)…\""
}

/// "Did you mean" for a name that was not found, or nothing; long lists and names are not searched.
func suggestion(for name: String, among candidates: [String]) -> String {
  guard name.utf8.count <= 100, candidates.count <= 1000 else { return "" }
  let short = candidates.lazy.filter { $0.utf8.count <= 100 }
  return nearestMatch(to: name, among: short).map { " Did you mean \"\($0)\"?" } ?? ""
}
