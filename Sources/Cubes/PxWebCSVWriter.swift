internal import Regions

/// What stands for a category in a table: its code, its text or both.
public enum TableText: String, Sendable, Hashable, CaseIterable {
  /// The code, such as `3103`.
  case codes
  /// The text, such as `Moss`.
  case texts
  /// Both in one cell, such as `3103 - Moss`.
  case codesAndTexts

  func text(of category: CubeCategory) -> String {
    switch self {
    case .codes: category.code
    case .texts: category.label
    case .codesAndTexts: "\(category.code) - \(category.label)"
    }
  }
}

/// Writes a cube as PxWeb writes CSV: one row per value (as `csv2` and `csv3`, and version 2 with all
/// variables in the stub), or wide, with metric and time in the heading.
///
/// Numbers have a decimal point. A gap without a symbol is an empty cell.
public struct PxWebCSVWriter {
  /// How the table is laid out.
  public struct Form: Sendable, Hashable {
    /// What stands for categories.
    public var text = TableText.codes
    /// Whether metric and time stand in the heading; the other dimensions must come first.
    public var isWide = false
    /// Whether a line with the title and an empty one come first.
    public var hasTitle = false
    /// What is between cells.
    public var separator: Character = ","
    /// How characters are stored.
    public var encoding = TextEncoding.utf8

    /// Creates the form of `csv3`.
    public init() {}
  }

  /// The bytes of a cube.
  ///
  /// - Returns: The bytes; `nil` where the encoding lacks a character.
  /// - Complexity: O(values).
  public static func bytes(_ cube: Cube, _ form: Form = Form()) -> [UInt8]? {
    let bytes = text(cube, form)
    return form.encoding == .utf8
      ? bytes : form.encoding.encode(String(decoding: bytes, as: UTF8.self))
  }

  private static func text(_ cube: Cube, _ form: Form) -> [UInt8] {
    let stubs = form.isWide ? stubCount(cube) : cube.dimensions.count
    let sizes = cube.dimensions.map(\.categories.count)
    let width = sizes[stubs...].reduce(1, *)
    var text = form.hasTitle ? quoted(cube.title) + "\n\n" : ""
    var cells = cube.dimensions[..<stubs].map { quoted(form.text == .codes ? $0.id : $0.label) }
    if stubs == cube.dimensions.count {
      cells.append(quoted(cube.title.isEmpty ? "value" : cube.title))
    } else {
      cells += (0..<width).map { quoted(words($0, cube, stubs..<cube.dimensions.count, form)) }
    }
    let separator = String(form.separator)
    text += cells.joined(separator: separator) + "\n"
    var bytes = Array(text.utf8)
    guard width > 0, !cube.values.isEmpty else { return bytes }
    let between = Array(separator.utf8)
    let categories = cube.dimensions[..<stubs].map { dimension in
      dimension.categories.map { Array(quoted(word($0, form)).utf8) + between }
    }
    for start in stride(from: 0, to: cube.values.count, by: width) {
      var block = cube.values.count
      for position in 0..<stubs {
        let rest = start % block
        block /= sizes[position]
        bytes.append(contentsOf: categories[position][rest / block])
      }
      for index in start..<start + width {
        if index > start { bytes.append(contentsOf: between) }
        append(cube.values[index], cube.statuses[index]?.symbol, to: &bytes)
      }
      bytes.append(.newline)
    }
    return bytes
  }

  private static func append(_ value: Double, _ symbol: String?, to bytes: inout [UInt8]) {
    if value.isNaN || symbol == "-" {
      if let symbol { bytes.append(contentsOf: quoted(symbol).utf8) }
    } else {
      TidyCSVWriter.append(value, to: &bytes)
      if symbol == "*" { bytes.append(UInt8(ascii: "*")) }
    }
  }

  /// The dimensions before metric and time, if these are the last ones.
  private static func stubCount(_ cube: Cube) -> Int {
    let isHeading = cube.dimensions.map { $0.role == .metric || $0.role == .time }
    return cube.dimensions.count - isHeading.reversed().prefix { $0 }.count
  }

  /// The categories of some dimensions, the last ones, at a position counted over them.
  private static func words(
    _ position: Int,
    _ cube: Cube,
    _ dimensions: Range<Int>,
    _ form: Form
  ) -> String {
    var rest = position
    var words: [String] = []
    for dimension in dimensions.reversed() {
      let categories = cube.dimensions[dimension].categories
      words.append(word(categories[rest % categories.count], form))
      rest /= categories.count
    }
    return words.reversed().joined(separator: " ")
  }

  private static func word(_ category: CubeCategory, _ form: Form) -> String {
    category.code == category.label ? category.code : form.text.text(of: category)
  }

  private static func quoted(_ text: String) -> String {
    "\"\(text.replacingScalars(["\"": "\"\""]))\""
  }
}
