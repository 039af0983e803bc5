/// Turns a grid into a cube: finds headings, keys, values and notes, and makes the table dense.
///
/// Combinations without a row are NaN without a status. In this project's own tidy form, with columns
/// `value`, `basis` and `reason`, `observed` is no status, and any other basis is the status' symbol,
/// with the reason after a colon where there is one: `estimated`, `missing:split`.
struct GridReader {
  private let grid: Grid
  private let options: GridOptions
  /// What may still be allocated.
  private(set) var budget: MemoryBudget
  private let separator: Character?
  private let frame: GridFrame
  private let columns: GridColumns
  private let table: GridRows
  /// Whether the headings are in quotes, as PxWeb writes them.
  private let isQuoted: Bool
  private var signs: [NorwegianNumber.DecimalSign?] = []

  init(
    _ grid: Grid,
    _ options: GridOptions,
    budget: MemoryBudget,
    separator: Character?
  ) throws(CubeError) {
    guard let frame = GridFrame(grid) else {
      throw CubeError(
        file: grid.file,
        "The file holds no table: no headings of two columns or more with rows below."
      )
    }
    self.grid = grid
    self.options = options
    self.budget = budget
    isQuoted = grid.isQuoted(frame.headings)
    self.separator = separator
    self.frame = frame
    columns = try GridColumns(grid, frame, options)
    table = try GridRows(grid, frame, columns, options, &self.budget)
  }

  /// Reads the cube and says what was recognised.
  mutating func read(into reading: inout CubeReading) throws(CubeError) {
    guard !columns.heading.columns.isEmpty else {
      throw grid.error(
        frame.headings.upperBound - 1,
        "No column holds figures. The headings are: \(columns.headings.joined(separator: ", "))."
      )
    }
    try findSigns()
    let cube = try cube()
    reading.cubes.append(cube)
    if reading.format.isEmpty {
      reading.format = GridFormat(grid, frame, columns, table, cube).name
    }
    describe(&reading)
  }

  // MARK: - Numbers

  /// Decides the decimal sign of each column of values by its own cells, else by all.
  private mutating func findSigns() throws(CubeError) {
    var all: Set<NorwegianNumber.DecimalSign> = []
    for value in columns.heading.columns {
      var found: (sign: NorwegianNumber.DecimalSign, row: Int)?
      for row in table.rows where options.decimalSign == nil {
        let range = grid.packed(row, value.column).range
        guard !range.isEmpty else { continue }
        let sign = grid.bytes[range].withUnsafeBufferPointer(NorwegianNumber.evidence)
        guard let sign else { continue }
        if let found, found.sign != sign {
          throw grid.error(
            row,
            value.column,
            "\(grid.quoted(row, value.column)) has a decimal \(sign.rawValue), but "
              + "\(grid.quoted(found.row, value.column)) in line \(grid.line(found.row)) of the same "
              + "column a decimal \(found.sign.rawValue)."
          )
        }
        found = found ?? (sign, row)
      }
      signs.append(options.decimalSign ?? found?.sign)
      if let found { all.insert(found.sign) }
    }
    if all.count == 1 { signs = signs.map { $0 ?? all.first } }
  }

  private func number(
    _ row: Int,
    _ value: Int
  ) throws(CubeError) -> (value: Double, symbol: String?) {
    let column = columns.heading.columns[value].column
    let cell = grid.packed(row, column)
    if let number = cell.number { return (number, nil) }
    if cell.isEmpty { return (.nan, nil) }
    let read = grid.bytes[cell.range].withUnsafeBufferPointer { bytes in
      let read = NorwegianNumber(bytes, signs[value])
      // Where commas separate cells, or PxWeb wrote them, a point that stands free is that of decimals.
      let isFree =
        read == .ambiguous && (separator == "," || isQuoted && !grid.isQuoted(cell))
        && bytes.contains(UInt8(ascii: "."))
      return isFree ? NorwegianNumber(bytes, .point) : read
    }
    if let result = read.valueAndSymbol { return result }
    if read == .ambiguous {
      throw grid.error(
        row,
        column,
        "\(grid.quoted(row, column)) is not clear: the sign may stand before decimals or between "
          + "thousands, and no other cell tells. Say which decimal sign the file has."
      )
    }
    throw grid.error(
      row,
      column,
      "\(grid.quoted(row, column)) in the column \"\(columns.headings[column])\" is neither a number"
        + "\(signs[value].map { " with a decimal \($0.rawValue)" } ?? "") nor a symbol for a missing one "
        + "(. .. : ... - *)."
    )
  }

  // MARK: - The cube

  private mutating func cube() throws(CubeError) -> Cube {
    let title = frame.titles.first.map { grid.text($0, 0) } ?? options.content ?? ""
    var dimensions = table.keys.map(\.dimension) + columns.heading.dimensions
    name(&dimensions, title)
    for index in dimensions.indices {
      while dimensions[..<index].contains(where: { $0.id == dimensions[index].id }) {
        dimensions[index].id += "'"
      }
    }
    let sizes = dimensions.map(\.categories.count)
    let count = try budget.takeCells(sizes, file: grid.file)
    var cube = Cube(
      title: title,
      dimensions: dimensions,
      values: [Double](repeating: .nan, count: count)
    )
    try fill(&cube)
    addNotes(&cube)
    return cube
  }

  /// Names dimensions whose columns have no heading as the title does, where it names all.
  private func name(_ dimensions: inout [CubeDimension], _ title: String) {
    guard let names = HeadingText.variables(title), names.count == dimensions.count else { return }
    for index in table.keys.indices where table.keys[index].heading.isEmpty {
      dimensions[index].id = names[index]
      dimensions[index].label = names[index]
      let isFree = !dimensions.contains { $0.role == .geo }
      if isFree, HeadingText.regionNames.contains(HeadingText.key(names[index])) {
        dimensions[index].role = .geo
      }
    }
  }

  private func fill(_ cube: inout Cube) throws(CubeError) {
    let strides = cube.strides
    var isFilled = [Bool](repeating: false, count: cube.values.count)
    let keys = table.keys
    let offsets = columns.heading.columns.map { column in
      zip(column.categories, strides.dropFirst(keys.count)).reduce(0) { $0 + $1.0 * $1.1 }
    }
    for (position, row) in table.rows.enumerated() {
      var start = 0
      for (index, key) in keys.enumerated() { start += Int(key.indices[position]) * strides[index] }
      for (value, offset) in offsets.enumerated() {
        let index = start + offset
        guard !isFilled[index] else {
          throw table.second(position, column: columns.heading.columns[value].column)
        }
        isFilled[index] = true
        let (number, symbol) = try number(row, value)
        cube.values[index] = number
        guard let symbol = status(row) ?? symbol else { continue }
        if cube.statuses.isEmpty { cube.statuses = CellStatuses(count: cube.values.count) }
        guard cube.statuses.set(symbol, at: index) else {
          throw grid.error(row, "The table has more than 255 different symbols or reasons.")
        }
      }
    }
  }

  /// The symbol of this project's own basis and reason.
  private func status(_ row: Int) -> String? {
    guard let basis = columns.basis, let reason = columns.reason else { return nil }
    let (one, other) = (grid.text(row, basis), grid.text(row, reason))
    if other.isEmpty { return one.isEmpty || one == "observed" ? nil : one }
    return "\(one):\(other)"
  }

  private func addNotes(_ cube: inout Cube) {
    for row in Array(frame.titles.dropFirst()) + Array(frame.notes) {
      let text = grid.text(row, 0)
      let lower = text.lowercased()
      if cube.source == nil, lower.hasPrefix("kilde:") || lower.hasPrefix("source:") {
        cube.source = String(text.drop { $0 != ":" }.dropFirst().drop { $0 == " " })
      } else if cube.updated == nil,
        lower.hasPrefix("sist endret:") || lower.hasPrefix("sist oppdatert:")
      {
        cube.updated = String(text.drop { $0 != ":" }.dropFirst().drop { $0 == " " })
      } else if !text.isEmpty {
        cube.notes.append(CubeNote(text))
      }
    }
    let parts = cube.title.split(separator: ":", maxSplits: 1)
    if let table = parts.first, parts.count == 2, table.count == 5, table.allSatisfy(\.isNumber) {
      cube.table = String(table)
    }
  }

  // MARK: - Words

  /// What formulas without a result leave in a spreadsheet, how many and where the first is.
  private func errors() -> [String] {
    var found: [String: (count: Int, row: Int)] = [:]
    for row in table.rows {
      for column in columns.heading.columns {
        let cell = grid.packed(row, column.column)
        guard cell.isText, grid.bytes[cell.range.lowerBound] == UInt8(ascii: "#") else { continue }
        found[grid.text(row, column.column), default: (0, row)].count += 1
      }
    }
    return found.sorted { $0.key < $1.key }.map { text, place in
      "\(place.count == 1 ? "1 cell holds" : "\(place.count) cells hold") \(text), the error of a formula; "
        + "that is read as missing. The first is in line \(grid.line(place.row))."
    }
  }

  private func describe(_ reading: inout CubeReading) {
    reading.remarks += errors()
    reading.headingLines =
      grid.line(frame.headings.lowerBound)...grid.line(frame.headings.upperBound - 1)
    let known = Set(signs.compactMap { $0 })
    reading.decimalSign = known.count == 1 ? known.first : nil
    reading.decimalReason =
      options.decimalSign != nil
      ? "it was asked for"
      : known.isEmpty ? "no cell needs one" : known.count > 1 ? "columns differ" : "cells show it"
    for key in table.keys {
      let role = key.role.map { " (\($0.rawValue))" } ?? ""
      reading.columns.append("\(key.heading): \(key.codes.count) categories\(role)")
    }
    for value in columns.heading.columns.prefix(50) {
      reading.columns.append("\(columns.headings[value.column]): figures")
    }
    for other in columns.others {
      reading.columns.append("\(columns.headings[other.column]): passed over, as \(other.reason)")
    }
    for (row, reason) in table.passedOver.prefix(50) {
      let line = grid.line(row)
      reading.passedOver.append(.init(lines: line...line, reason: reason))
    }
    if let first = frame.notes.first, let last = frame.notes.last {
      reading.passedOver.append(
        .init(lines: grid.line(first)...grid.line(last), reason: "they are notes")
      )
    }
  }
}
