/// Writes a cube as this project's long table: a column for each dimension, then `value`, `basis` and
/// `reason`.
///
/// A value without a status is `observed`; a status is the basis, with what follows its first colon as
/// the reason, so that `missing:split` is read back as it was. Titles, notes, labels and units are not
/// written.
public struct TidyCSVWriter {
  /// The text of a cube, one row per combination in the cube's order, in UTF-8 with LF.
  ///
  /// - Complexity: O(values).
  public static func text(_ cube: Cube) -> String {
    var names: [String] = []
    for dimension in cube.dimensions {
      let name =
        switch dimension.role {
        case .geo: "municipality"
        case .time: "year"
        case .metric: "series"
        case nil: dimension.id
        }
      names.append(names.contains(name) ? dimension.id : name)
    }
    var text = (names + ["value", "basis", "reason"]).map(quoted).joined(separator: ",") + "\n"
    let strides = cube.strides
    let codes = cube.dimensions.map { $0.categories.map { quoted($0.code) } }
    for (index, value) in cube.values.enumerated() {
      for (position, stride) in strides.enumerated() {
        text += codes[position][index / stride % codes[position].count] + ","
      }
      if !value.isNaN { text += Grid.text(value) }
      let (basis, reason) = Self.words(cube.statuses[index]?.symbol, isMissing: value.isNaN)
      text += ",\(quoted(basis)),\(quoted(reason))\n"
    }
    return text
  }

  private static func words(_ symbol: String?, isMissing: Bool) -> (basis: String, reason: String) {
    guard let symbol else { return (isMissing ? "" : "observed", "") }
    guard symbol != ":", let colon = symbol.firstIndex(of: ":") else { return (symbol, "") }
    return (String(symbol[..<colon]), String(symbol[symbol.index(after: colon)...]))
  }

  static func quoted(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == .quote || $0 == UInt8(ascii: ",") || $0 < 0x20 })
    else { return text }
    return "\"\(text.replacing("\"", with: "\"\""))\""
  }
}
