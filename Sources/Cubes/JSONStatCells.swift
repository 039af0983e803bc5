/// The values and statuses of a dataset of JSON-stat.
struct JSONStatCells {
  /// The values, NaN where there is none.
  private(set) var values: [Double] = []
  /// What is said of them.
  private(set) var statuses = CellStatuses()
  /// Whether values were read.
  private(set) var areRead = false

  /// Reads values: an array with one for each combination of categories, or an object that has some by
  /// their index.
  mutating func readValues(
    _ scanner: inout JSONScanner,
    sizes: [Int]
  ) throws(CubeError) {
    let start = scanner.position()
    let count = sizes.reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
    guard count <= MemoryBudget.maximumCells else {
      throw scanner.error(
        kind: .tooLarge,
        at: start,
        "The table has \(count) cells; up to \(MemoryBudget.maximumCells) can be read."
      )
    }
    areRead = true
    if try scanner.kind() == .object {
      try scanner.take(count, of: 8, at: start)
      values = Array(repeating: .nan, count: count)
      try readSparse(&scanner)
    } else {
      // A value and its comma are two bytes, so an honest count is no more than half of what is left.
      let most = (scanner.bytes.count - start) / 2 + 1
      let room = min(count, most)
      try scanner.take(room, of: 8, at: start)
      values.reserveCapacity(room)
      try readDense(&scanner, count: count, sizes: sizes, start: start)
    }
  }

  private mutating func readDense(
    _ scanner: inout JSONScanner,
    count: Int,
    sizes: [Int],
    start: Int
  ) throws(CubeError) {
    try scanner.beginArray("values, or an object that has them by index")
    while try scanner.nextElement() {
      guard values.count < count else {
        throw scanner.error(
          "There are more values than the \(count) that \(Self.product(sizes)) make."
        )
      }
      values.append(try scanner.null() ? .nan : try scanner.number())
    }
    guard values.count == count else {
      let hint = values.isEmpty ? " The dataset has no values; ask for data." : ""
      throw scanner.error(
        at: start,
        "There are \(values.count) values instead of the \(count) that \(Self.product(sizes)) make."
          + hint
      )
    }
  }

  private static func product(_ sizes: [Int]) -> String {
    sizes.isEmpty ? "no dimensions" : sizes.map(String.init).joined(separator: " × ")
  }

  private mutating func readSparse(_ scanner: inout JSONScanner) throws(CubeError) {
    try scanner.beginObject("values by index")
    while let key = try scanner.nextKey() {
      let index = try self.index(key, scanner)
      guard try !scanner.null() else { continue }
      let value = try scanner.number()
      guard values[index].isNaN else {
        throw scanner.error(at: key.start, "The value \(index) stands here twice.")
      }
      values[index] = value
    }
  }

  /// The index that a key is; it must be below the number of values.
  private func index(
    _ key: JSONScanner.Token,
    _ scanner: JSONScanner
  ) throws(CubeError) -> Int {
    var index = 0
    for byte in scanner.bytes[key.range] {
      let digit = Int(byte) - 0x30
      guard (0...9).contains(digit), index < values.count else {
        index = -1
        break
      }
      index = index * 10 + digit
    }
    guard !key.range.isEmpty, values.indices.contains(index) else {
      throw scanner.error(
        at: key.start,
        values.isEmpty
          ? "The index \(quoted(scanner.text(key))) is given for a table without cells."
          : "The index must be from 0 to \(values.count - 1), not \(quoted(scanner.text(key)))."
      )
    }
    return index
  }

  // MARK: - Statuses

  /// Reads statuses, once there are values: one text for all, an array, or an object by index.
  mutating func readStatuses(_ scanner: inout JSONScanner) throws(CubeError) {
    let start = scanner.position()
    let kind = try scanner.kind()
    if kind == .null { return try scanner.skip() }
    try scanner.take(values.count, of: 1, at: start)
    statuses = CellStatuses(count: values.count)
    switch kind {
    case .string:
      let token = try scanner.token()
      let symbol = scanner.text(token)
      for index in values.indices { try set(symbol, at: index, scanner, token.start) }
    case .array: try readStatusArray(&scanner, start: start)
    default:
      try scanner.beginObject("statuses by index, an array of them, or one for all")
      while let key = try scanner.nextKey() {
        let index = try self.index(key, scanner)
        let position = scanner.position()
        guard let symbol = try scanner.optionalString() else { continue }
        guard statuses[index] == nil else {
          throw scanner.error(at: key.start, "The status \(index) stands here twice.")
        }
        try set(symbol, at: index, scanner, position)
      }
    }
  }

  private mutating func readStatusArray(
    _ scanner: inout JSONScanner,
    start: Int
  ) throws(CubeError) {
    var index = 0
    try scanner.beginArray("statuses")
    while try scanner.nextElement() {
      guard index < values.count else {
        throw scanner.error("There are more statuses than the \(values.count) values.")
      }
      let position = scanner.position()
      if let symbol = try scanner.optionalString() {
        try set(symbol, at: index, scanner, position)
      }
      index += 1
    }
    guard index == values.count else {
      throw scanner.error(
        at: start,
        "There are \(index) statuses for \(values.count) values."
      )
    }
  }

  private mutating func set(
    _ symbol: String,
    at index: Int,
    _ scanner: JSONScanner,
    _ position: Int
  ) throws(CubeError) {
    guard !symbol.isEmpty else { return }
    guard statuses.set(symbol, at: index) else {
      throw scanner.error(
        kind: .tooLarge,
        at: position,
        "The table has more than 255 different statuses."
      )
    }
    switch CellStatus(symbol).meaning {
    case .zero: if values[index].isNaN { values[index] = 0 }
    case .notApplicable, .lacking, .suppressed, .pending: values[index] = .nan
    case .provisional, .other: break
    }
  }
}

extension CubeDimension {
  /// No table that can be read has more dimensions.
  static let maximumCount = 64
}
