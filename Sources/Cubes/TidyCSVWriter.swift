internal import Regions

/// Writes a cube as this project's long table: a column for each dimension, then `value`, `basis` and
/// `reason`.
///
/// A value without a status is `observed`; a status is the basis, with what follows its first colon as
/// the reason, so that `missing:split` is read back as it was. A combination that is missing without a
/// status has no row and is missing again once read, as long as each of its categories has a row
/// elsewhere. Titles, notes, labels and units are not written; negative zero becomes zero.
public struct TidyCSVWriter {
  /// The text of a cube, as `bytes(_:)` gives it.
  ///
  /// - Complexity: O(values).
  public static func text(_ cube: Cube) -> String {
    String(decoding: bytes(cube), as: UTF8.self)
  }

  /// A cube in UTF-8 with LF, one row per combination in the cube's order.
  ///
  /// - Complexity: O(values).
  public static func bytes(_ cube: Cube) -> [UInt8] {
    let table = TidyTable(cube)
    let headings = (table.names + TidyTable.figures).map(quoted)
    var bytes = Array((headings.joined(separator: ",") + "\n").utf8)
    bytes.reserveCapacity(bytes.count + cube.values.count * 24)
    let codes = cube.dimensions.map { dimension in
      dimension.categories.map { Array((quoted($0.code) + ",").utf8) }
    }
    var ends: [String?: [UInt8]] = [:]
    for (index, value) in cube.values.enumerated() where table.hasRow(index) {
      for position in codes.indices {
        bytes.append(contentsOf: codes[position][table.category(position, at: index)])
      }
      if !value.isNaN { append(value, to: &bytes) }
      let symbol = cube.statuses[index]?.symbol
      if let end = ends[symbol] {
        bytes.append(contentsOf: end)
      } else {
        let words = table.words(at: index)
        let end = Array(",\(quoted(words.basis)),\(quoted(words.reason))\n".utf8)
        ends[symbol] = end
        bytes.append(contentsOf: end)
      }
    }
    return bytes
  }

  /// Appends a number as `Grid.text(_:)` writes it, without a string where it is whole.
  static func append(_ value: Double, to bytes: inout [UInt8]) {
    guard value == value.rounded(), value.magnitude < 1e15 else {
      bytes.append(contentsOf: Grid.text(value).utf8)
      return
    }
    var rest = UInt64(value.magnitude)
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    let start = bytes.count
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }

  static func quoted(_ text: String) -> String {
    // Standing free, a semicolon might be taken for the separator, a bracket at the start for that of
    // JSON, and a keyword with an equals sign for that of PX.
    let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && !"\",;[{=".utf8.contains($0) }
    guard !isPlain else { return text }
    return "\"\(text.replacingScalars(["\"": "\"\""]))\""
  }
}
