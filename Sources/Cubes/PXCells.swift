internal import Regions

/// The values of a PX file and the symbols among them.
struct PXCells {
  /// The values, NaN where there is none.
  private(set) var values: [Double] = []
  /// What is said of them.
  private(set) var statuses = CellStatuses()
  private let keywords: PXKeywords
  private let shape: PXShape
  /// The symbols for one to six dots.
  private let symbols: [String]

  /// Prepares the reading of a table.
  init(_ keywords: PXKeywords, _ shape: PXShape) {
    self.keywords = keywords
    self.shape = shape
    symbols = (1...6).map {
      keywords["DATASYMBOL\($0)"]?.values.first ?? String(repeating: ".", count: $0)
    }
  }

  /// Reads what follows `DATA=`.
  mutating func read(_ text: inout PXText) throws(CubeError) {
    let start = text.offset
    if !keywords.all("KEYS").isEmpty { return try readKeyed(&text) }
    let room = min(shape.cellCount, (text.bytes.count - start) / 2 + 1)
    try text.take(room, of: 8, at: start)
    values.reserveCapacity(room)
    while skipSeparators(&text) {
      guard values.count < shape.cellCount else {
        throw text.error(
          "There are more values than the \(shape.cellCount) that STUB and HEADING make."
        )
      }
      let index = values.count
      values.append(.nan)
      try readCell(at: index, &text)
    }
    guard values.count == shape.cellCount else {
      throw text.error(
        at: start,
        """
        There are \(values.count) values instead of the \(shape.cellCount) that STUB and HEADING \
        make.
        """
      )
    }
  }

  /// Passes over what separates values, and says whether there is one more.
  private func skipSeparators(_ text: inout PXText) -> Bool {
    while text.next == UInt8(ascii: ",") || text.next <= 0x20 && !text.isAtEnd { text.offset += 1 }
    return !text.isAtEnd && text.next != UInt8(ascii: ";")
  }

  private mutating func readCell(at index: Int, _ text: inout PXText) throws(CubeError) {
    let start = text.offset
    let isQuoted = text.next == UInt8(ascii: "\"")
    let range = isQuoted ? try text.quotedRange() : Self.plain(&text)
    let cell = text.bytes[range]
    if !isQuoted, let value = decimalNumber(cell) {
      values[index] = value
      return
    }
    if cell.elementsEqual([UInt8(ascii: "-")]) {
      values[index] = 0
      return try set("-", at: index, &text, start)
    }
    if (1...6).contains(cell.count), cell.allSatisfy({ $0 == UInt8(ascii: ".") }) {
      let symbol = symbols[cell.count - 1]
      guard !symbol.isEmpty else { return }
      try set(symbol, at: index, &text, start)
      if symbol == "-" { values[index] = 0 }
      return
    }
    guard isQuoted, !cell.isEmpty, decimalNumber(cell) == nil else {
      throw text.error(
        at: start,
        "A value must be a number, - or one to six dots in quotes, not \(text.found(at: start))."
      )
    }
    try set(try text.text(range), at: index, &text, start)
  }

  private static func plain(_ text: inout PXText) -> Range<Int> {
    let start = text.offset
    while text.next > 0x20, text.next != UInt8(ascii: ","), text.next != UInt8(ascii: ";"),
      text.next != UInt8(ascii: "\"")
    {
      text.offset += 1
    }
    return start..<text.offset
  }

  private mutating func set(
    _ symbol: String,
    at index: Int,
    _ text: inout PXText,
    _ position: Int
  ) throws(CubeError) {
    if statuses.isEmpty {
      try text.take(shape.cellCount, of: 1, at: position)
      statuses = CellStatuses(count: shape.cellCount)
    }
    guard statuses.set(symbol, at: index) else {
      throw text.error(
        kind: .tooLarge,
        at: position,
        "The table has more than 255 different symbols."
      )
    }
  }

  // MARK: - Rows with keys

  /// Reads rows that name their place in the stub; those that are left out are of zeros.
  private mutating func readKeyed(_ text: inout PXText) throws(CubeError) {
    let stub = shape.dimensions.prefix(shape.stubCount)
    let names = stub.map(PXCategoryNames.init)
    let byCode = shape.names.prefix(shape.stubCount).map {
      keywords["KEYS", $0]?.values.first?.uppercased() != "VALUES"
    }
    let rows = stub.reduce(1) { $0 * $1.categories.count }
    let width = rows == 0 ? 0 : shape.cellCount / rows
    try text.take(shape.cellCount, of: 8, at: text.offset)
    try text.take(rows, of: 1, at: text.offset)
    values = Array(repeating: 0, count: shape.cellCount)
    var isRead = [Bool](repeating: false, count: rows)
    while skipSeparators(&text) {
      let start = text.offset
      var row = 0
      for (position, dimension) in stub.enumerated() {
        guard skipSeparators(&text), text.next == UInt8(ascii: "\"") else {
          throw text.error("Expected a key in quotes, found \(text.found(at: text.offset)).")
        }
        let place = text.offset
        let key = try text.text(text.quotedRange())
        let names = names[position]
        guard let index = byCode[position] ? names.code(key) : names.label(key) else {
          throw text.error(
            at: place,
            "The key \(quoted(key)) is no category of \(quoted(dimension.label))."
          )
        }
        row = row * dimension.categories.count + index
      }
      guard !isRead[row] else {
        throw text.error(at: start, "The row with these keys stands here a second time.")
      }
      isRead[row] = true
      for index in row * width..<(row + 1) * width {
        guard skipSeparators(&text) else {
          throw text.error("The row has fewer values than the \(width) that HEADING makes.")
        }
        values[index] = .nan
        try readCell(at: index, &text)
      }
    }
  }

  // MARK: - Symbols beside values

  /// Gives values the symbols of DATANOTECELL, which names cells by their codes; `*` is every code,
  /// unless one is called so.
  mutating func readCellSymbols(_ file: PXText) throws(CubeError) {
    var text = file
    let entries = keywords.all("DATANOTECELL")
    guard !entries.isEmpty else { return }
    let dimensions = shape.dimensions.prefix(shape.names.count)
    let names = dimensions.map(PXCategoryNames.init)
    // Each cell has few notes; a file that names all cells over and over is refused.
    var left = 8 * shape.cellCount
    for entry in entries {
      guard entry.subkeys.count == names.count, let symbol = entry.values.first, !symbol.isEmpty
      else { continue }
      var indices = [0]
      for (position, dimension) in dimensions.enumerated() {
        let count = dimension.categories.count
        let subkey = entry.subkeys[position]
        let named = names[position].code(subkey).map { [$0] }
        let chosen = named ?? (subkey == "*" ? Array(0..<count) : [])
        left -= indices.count * chosen.count
        guard left >= 0 else {
          throw text.error(
            kind: .tooLarge,
            at: entry.position,
            "DATANOTECELL names the cells over and over."
          )
        }
        indices = indices.flatMap { index in chosen.map { index * count + $0 } }
      }
      for index in indices where statuses[index] == nil {
        try set(symbol, at: index, &text, entry.position)
        switch CellStatus(symbol).meaning {
        case .notApplicable, .lacking, .suppressed, .pending: values[index] = .nan
        case .zero: if values[index].isNaN { values[index] = 0 }
        case .provisional, .other: break
        }
      }
    }
  }
}
