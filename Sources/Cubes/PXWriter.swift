/// Writes a cube as PX (PX-file format specification 2013), as PXReader reads it.
///
/// Equal cubes give equal bytes. What PX cannot say is lost: a quotation mark in a text becomes an
/// apostrophe and a line break in one a space, but `#` in a note; a second metric has no role. A cube without dimensions has no PX.
public struct PXWriter: Sendable, Hashable {
  /// How characters are written.
  public enum Encoding: Sendable, Hashable, CaseIterable {
    /// Every character can be written.
    case utf8
    /// Characters beyond those of Western Europe become `?`.
    case windows1252
  }

  /// How characters are written.
  public var encoding: Encoding

  /// Creates a writer.
  public init(encoding: Encoding = .utf8) { self.encoding = encoding }

  /// Writes a cube. Values are the shortest numbers that are read back exactly.
  ///
  /// - Parameter cube: The cube, with at least one dimension; the ids of its dimensions differ, and the
  ///   codes of each.
  /// - Returns: The file's content.
  /// - Complexity: O(*n*) in the number of cells.
  public func bytes(of cube: Cube) -> [UInt8] {
    var out = PXOutput(encoding: encoding)
    let names = Self.names(of: cube.dimensions)
    let categoryNames = cube.dimensions.map(PXCategoryNames.init)
    let symbols = Self.symbols(of: cube)
    writeHead(of: cube, names, to: &out)
    for (dimension, name) in zip(cube.dimensions, names) {
      write(dimension, name, to: &out)
    }
    for (position, dimension) in cube.dimensions.enumerated() {
      writeDetails(
        of: dimension,
        names[position],
        isLabelled: categoryNames[position].areLabels,
        to: &out
      )
    }
    for (symbol, dots) in symbols.sorted(by: { $0.value < $1.value }) {
      out.entry("DATASYMBOL\(dots)", [symbol])
    }
    writeCellSymbols(of: cube, symbols, to: &out)
    writeData(of: cube, symbols, to: &out)
    return out.bytes
  }

  /// What the variables are called: their labels, where these are good names.
  private static func names(of dimensions: [CubeDimension]) -> [String] {
    let labels = dimensions.map { PXOutput.clean($0.label) }
    let areNames = Set(labels).count == labels.count && !labels.contains("")
    return areNames ? labels : dimensions.map { PXOutput.clean($0.id) }
  }

  /// How many dots stand for each symbol of missing values: as many as it has, where it is of dots.
  ///
  /// There are six; where more symbols are met, the rarest have none and stand beside their cells, which
  /// have the dots of no symbol.
  private static func symbols(of cube: Cube) -> [String: Int] {
    var counts: [String: Int] = [:]
    for (index, value) in cube.values.enumerated() where !value.isFinite {
      counts[cube.statuses[index]?.symbol ?? "", default: 0] += 1
    }
    if counts.count > 6 { counts["", default: 0] += cube.values.count }
    let found = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(6).map(\.key)
    var symbols: [String: Int] = [:]
    var free = Set(1...6)
    for symbol in found where symbol.allSatisfy({ $0 == "." }) && free.contains(symbol.utf8.count) {
      symbols[symbol] = symbol.utf8.count
      free.remove(symbol.utf8.count)
    }
    for symbol in found.sorted() where symbols[symbol] == nil {
      guard let dots = free.max() else { break }
      symbols[symbol] = dots
      free.remove(dots)
    }
    return symbols
  }

  private func writeHead(of cube: Cube, _ names: [String], to out: inout PXOutput) {
    out.entry("CHARSET", ["ANSI"])
    out.entry("AXIS-VERSION", ["2013"])
    out.entry("CODEPAGE", [encoding == .utf8 ? "utf-8" : "windows-1252"])
    out.entry("MATRIX", [cube.table ?? ""])
    if let table = cube.table { out.entry("TABLEID", [table]) }
    out.entry("SUBJECT-CODE", [""])
    out.entry("SUBJECT-AREA", [""])
    out.entry("TITLE", [cube.title])
    out.entry("CONTENTS", [""])
    out.entry("UNITS", [""])
    let decimals = cube.dimensions.flatMap(\.categories).compactMap(\.decimals).max()
    out.raw("DECIMALS=\(decimals ?? 0);\n")
    out.raw("AGGREGALLOWED=\(cube.isSummable ? "YES" : "NO");\n")
    if let source = cube.source { out.entry("SOURCE", [source]) }
    if let updated = cube.updated { out.entry("LAST-UPDATED", [updated]) }
    for note in cube.notes { out.note("NOTE", note, []) }
    if names.count > 1 { out.entry("STUB", Array(names.dropLast())) }
    if let last = names.last { out.entry("HEADING", [last]) }
    if let metric = cube.dimension(with: .metric) { out.entry("CONTVARIABLE", [names[metric]]) }
  }

  private func write(_ dimension: CubeDimension, _ name: String, to out: inout PXOutput) {
    out.entry("VALUES", [name], dimension.categories.map(\.label))
    out.entry("CODES", [name], dimension.categories.map(\.code))
    if dimension.id != name { out.entry("VARIABLECODE", [name], [dimension.id]) }
    switch dimension.role {
    case .time: out.entry("TIMEVAL", [name], dimension.categories.map(\.code), list: "A1")
    case .geo: out.entry("VARIABLE-TYPE", [name], ["Geographical"])
    case .metric, nil: break
    }
    if dimension.isEliminable { out.raw("ELIMINATION(\"\(name)\")=YES;\n") }
  }

  private func writeDetails(
    of dimension: CubeDimension,
    _ name: String,
    isLabelled: Bool,
    to out: inout PXOutput
  ) {
    for note in dimension.notes { out.note("NOTE", note, [name]) }
    for category in dimension.categories {
      let key = isLabelled ? category.label : category.code
      if dimension.role == .metric, let unit = category.unit { out.entry("UNITS", [key], [unit]) }
      if let decimals = category.decimals {
        out.keys("PRECISION", [name, key])
        out.raw("\(decimals);\n")
      }
      for note in category.notes { out.note("VALUENOTE", note, [name, key]) }
    }
  }

  /// Writes the symbols that stand beside values, by the codes of their cells.
  private func writeCellSymbols(of cube: Cube, _ symbols: [String: Int], to out: inout PXOutput) {
    guard !cube.statuses.isEmpty else { return }
    let strides = cube.strides
    for (index, value) in cube.values.enumerated() {
      guard let symbol = cube.statuses[index]?.symbol else { continue }
      let isInCell = value.isFinite ? symbol == "-" && value == 0 : symbols[symbol] != nil
      if isInCell { continue }
      let codes = zip(cube.dimensions, strides).map { dimension, stride in
        dimension.categories[index / stride % dimension.categories.count].code
      }
      out.entry("DATANOTECELL", codes, [symbol])
    }
  }

  private func writeData(of cube: Cube, _ symbols: [String: Int], to out: inout PXOutput) {
    out.raw("DATA=\n")
    let width = cube.dimensions.last?.categories.count ?? 1
    for (index, value) in cube.values.enumerated() {
      let symbol = cube.statuses[index]?.symbol ?? ""
      if value.isFinite {
        let isZero = symbol == "-" && value == 0 && value.sign == .plus
        out.raw(isZero ? "\"-\"" : shortest(value))
      } else {
        out.raw("\"" + String(repeating: ".", count: symbols[symbol] ?? symbols[""] ?? 2) + "\"")
      }
      out.raw((index + 1).isMultiple(of: max(1, width)) ? "\n" : " ")
    }
    out.raw(";\n")
  }
}

/// PX text while it is written.
struct PXOutput {
  /// The text so far.
  private(set) var bytes: [UInt8] = []
  private let encoding: PXWriter.Encoding
  private static let codes: [UnicodeScalar: UInt8] = Dictionary(
    uniqueKeysWithValues: windows1252Specials.enumerated().map { ($1, UInt8(0x80 + $0)) }
  )

  /// Begins an empty text.
  init(encoding: PXWriter.Encoding) { self.encoding = encoding }

  /// A text as PX can hold it.
  static func clean(_ text: String) -> String {
    var clean = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      clean.append(scalar == "\"" ? "'" : scalar == "\n" || scalar == "\r" ? " " : scalar)
    }
    return String(clean)
  }

  /// Writes a text as it is.
  mutating func raw(_ text: String) {
    guard encoding == .windows1252 else { return bytes.append(contentsOf: text.utf8) }
    for scalar in text.unicodeScalars {
      let isSame = scalar.value < 0x80 || (0xA0...0xFF).contains(scalar.value)
      bytes.append(
        isSame ? UInt8(truncatingIfNeeded: scalar.value) : Self.codes[scalar] ?? UInt8(ascii: "?")
      )
    }
  }

  /// Writes a keyword, what it is said of, and `=`.
  mutating func keys(_ keyword: String, _ subkeys: [String]) {
    raw(keyword)
    if !subkeys.isEmpty { raw("(\(Self.list(subkeys)))") }
    raw("=")
  }

  /// Writes a keyword with texts.
  mutating func entry(_ keyword: String, _ values: [String]) { entry(keyword, [], values) }

  /// Writes a keyword with what it is said of and texts.
  mutating func entry(
    _ keyword: String,
    _ subkeys: [String],
    _ values: [String],
    list: String? = nil
  ) {
    keys(keyword, subkeys)
    if let list { raw("TLIST(\(list)),") }
    raw(Self.list(values))
    raw(";\n")
  }

  /// Writes a note; a mandatory one has a keyword of its own.
  mutating func note(_ keyword: String, _ note: CubeNote, _ subkeys: [String]) {
    let text = note.text.replacing("\n", with: "#")
    entry(keyword + (note.isMandatory ? "X" : ""), subkeys, [text])
  }

  private static func list(_ texts: [String]) -> String {
    texts.map { "\"\(clean($0))\"" }.joined(separator: ",")
  }
}
