/// Turns a grid into a cube: finds headings, keys, values and notes, and makes the table dense.
///
/// Combinations without a row are NaN without a status. In this project's own tidy form, with columns
/// `value`, `basis` and `reason`, `observed` is no status, and any other basis is the status' symbol,
/// with the reason after a colon where there is one: `estimated`, `missing:split`.
struct GridReader {
  private let grid: Grid
  private let options: GridOptions
  private let size: Int
  private let separator: Character?
  private let frame: GridFrame
  private let columns: GridColumns
  private var keys: [GridKey] = []
  private var rows: [Int] = []
  private var passedOver: [(row: Int, reason: String)] = []
  private var signs: [NorwegianNumber.DecimalSign?] = []

  init(
    _ grid: Grid,
    _ options: GridOptions,
    size: Int,
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
    self.size = size
    self.separator = separator
    self.frame = frame
    columns = try GridColumns(grid, frame, options)
  }

  /// Reads the cube and says what was recognised.
  mutating func read(into reading: inout CubeReading) throws(CubeError) {
    guard !columns.values.isEmpty else {
      throw grid.error(
        frame.headings.upperBound - 1,
        "No column holds figures. The headings are: \(columns.headings.joined(separator: ", "))."
      )
    }
    try readKeys()
    try findSigns()
    let cube = try cube()
    reading.cubes.append(cube)
    if reading.format.isEmpty {
      reading.format = columns.basis != nil ? "regionsim's own table (CSV)" : "Table (CSV)"
    }
    describe(&reading)
  }

  // MARK: - Keys

  private mutating func readKeys() throws(CubeError) {
    var position = 0
    while position < columns.keys.count {
      let column = columns.keys[position]
      let next = position + 1 < columns.keys.count ? columns.keys[position + 1] : nil
      let name = next.flatMap { isPair(column, $0) ? $0 : nil }
      keys.append(GridKey(column: column, nameColumn: name, heading: columns.headings[column]))
      position += name == nil ? 1 : 2
    }
    for row in frame.rows {
      if isKeyed(row) { rows.append(row) }
    }
    for index in keys.indices {
      keys[index].finish(
        isYear: isYear(keys[index]),
        isRegion: isRegion(keys[index]),
        isOwn: columns.isOwn
      )
    }
    if !keys.contains(where: { $0.role == .geo }),
      let first = keys.indices.first(where: { keys[$0].hasRegionCodes })
    {
      keys[first].role = .geo
    }
  }

  /// Notes a row's keys; `false` for one that is passed over.
  private mutating func isKeyed(_ row: Int) -> Bool {
    for index in keys.indices where grid.isEmpty(row, keys[index].column) {
      // An empty key is as above, but for the last and for one whose name is there.
      let isNamed = keys[index].nameColumn.map { !grid.isEmpty(row, $0) } ?? false
      guard index < keys.count - 1, !isNamed, keys[index].indices.count > 0 else {
        passedOver.append((row, isNamed ? "they have a name but no code" : "they have no key"))
        return false
      }
    }
    for index in keys.indices {
      let column = keys[index].column
      if grid.isEmpty(row, column) {
        keys[index].repeatLast()
      } else {
        let name = keys[index].nameColumn.map { grid.text(row, $0) }
        keys[index].add(grid.text(row, column), name: name)
      }
    }
    return true
  }

  private func isPair(_ code: Int, _ name: Int) -> Bool {
    let heading = HeadingText.key(columns.headings[name])
    guard HeadingText.nameNames.contains(heading), name == code + 1 else { return false }
    return HeadingText.regionNames.contains(HeadingText.key(columns.headings[code]))
  }

  private func isYear(_ key: GridKey) -> Bool {
    if case .column(let name) = options.year {
      return HeadingText.key(name) == HeadingText.key(key.heading)
    }
    return HeadingText.timeNames.contains(HeadingText.key(key.heading))
      && key.codes.allSatisfy { HeadingText.isTime($0) }
  }

  private func isRegion(_ key: GridKey) -> Bool {
    if let name = options.regionColumn {
      return HeadingText.key(name) == HeadingText.key(key.heading)
    }
    return HeadingText.regionNames.contains(HeadingText.key(key.heading))
  }

  // MARK: - Numbers

  /// Decides the decimal sign of each column of values by its own cells, else by all.
  private mutating func findSigns() throws(CubeError) {
    var all: Set<NorwegianNumber.DecimalSign> = []
    for value in columns.values {
      var found: (sign: NorwegianNumber.DecimalSign, row: Int)?
      for row in rows where options.decimalSign == nil {
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
    let column = columns.values[value].column
    let cell = grid.packed(row, column)
    if let number = cell.number { return (number, nil) }
    if cell.isEmpty { return (.nan, nil) }
    let read = grid.bytes[cell.range].withUnsafeBufferPointer { bytes in
      let read = NorwegianNumber(bytes, signs[value])
      // Where commas separate cells, a point that stands free is that of decimals.
      let isFree = read == .ambiguous && separator == "," && bytes.contains(UInt8(ascii: "."))
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

  private func cube() throws(CubeError) -> Cube {
    var dimensions = keys.map(\.dimension)
    let contents = columns.values.map(\.content).unique
    let times = columns.values.compactMap(\.time).unique
    let title = frame.titles.first.map { grid.text($0, 0) } ?? options.content ?? ""
    let hasMetric = dimensions.contains { $0.role == .metric }
    let hasContents = contents.count > 1 || !hasMetric
    if hasContents {
      let categories = contents.map { content in
        let name =
          content.isEmpty || contents.count == 1 && options.content != nil
          ? options.content ?? (title.isEmpty ? "value" : title) : content
        return CubeCategory(name, unit: HeadingText.unit(content))
      }
      dimensions.append(
        CubeDimension(id: "content", role: hasMetric ? nil : .metric, categories: categories)
      )
    }
    if !times.isEmpty {
      dimensions.append(
        CubeDimension(id: "time", role: .time, categories: times.map { CubeCategory($0) })
      )
    }
    for index in dimensions.indices {
      while dimensions[..<index].contains(where: { $0.id == dimensions[index].id }) {
        dimensions[index].id += "'"
      }
    }
    let sizes = dimensions.map(\.categories.count)
    let count = try MemoryBudget(file: grid.file, size: size).cells(sizes)
    var cube = Cube(
      title: title,
      dimensions: dimensions,
      values: [Double](repeating: .nan, count: count)
    )
    try fill(&cube, hasContents: hasContents ? contents : [], times)
    addNotes(&cube)
    return cube
  }

  private func fill(
    _ cube: inout Cube,
    hasContents contents: [String],
    _ times: [String]
  ) throws(CubeError) {
    let strides = cube.strides
    var isFilled = [Bool](repeating: false, count: cube.values.count)
    var offsets: [Int] = []
    for value in columns.values {
      var offset = 0
      var dimension = keys.count
      if !contents.isEmpty {
        offset += (contents.firstIndex(of: value.content) ?? 0) * strides[dimension]
        dimension += 1
      }
      if let time = value.time { offset += (times.firstIndex(of: time) ?? 0) * strides[dimension] }
      offsets.append(offset)
    }
    for (position, row) in rows.enumerated() {
      var start = 0
      for (index, key) in keys.enumerated() { start += Int(key.indices[position]) * strides[index] }
      for (value, offset) in offsets.enumerated() {
        let index = start + offset
        guard !isFilled[index] else { throw second(position, value) }
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

  /// The error for a second figure of one combination.
  private func second(_ position: Int, _ value: Int) -> CubeError {
    let row = rows[position]
    let words = keys.map { $0.codes[Int($0.indices[position])] }.joined(separator: ", ")
    let first = (0..<position).first { other in
      keys.allSatisfy { $0.indices[other] == $0.indices[position] }
    }
    guard let first else {
      return grid.error(
        frame.headings.upperBound - 1,
        "Two columns have the heading \"\(columns.headings[columns.values[value].column])\". Say which "
          + "columns hold values."
      )
    }
    return grid.error(
      row,
      keys.first?.column ?? 0,
      "A second figure for \(words); the first is in line \(grid.line(rows[first]))."
    )
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

  private func describe(_ reading: inout CubeReading) {
    reading.headingLines =
      grid.line(frame.headings.lowerBound)...grid.line(frame.headings.upperBound - 1)
    let known = Set(signs.compactMap { $0 })
    reading.decimalSign = known.count == 1 ? known.first : nil
    reading.decimalReason =
      options.decimalSign != nil
      ? "it was asked for"
      : known.isEmpty ? "no cell needs one" : known.count > 1 ? "columns differ" : "cells show it"
    for key in keys {
      let role = key.role.map { " (\($0.rawValue))" } ?? ""
      reading.columns.append("\(key.heading): \(key.codes.count) categories\(role)")
    }
    for value in columns.values.prefix(50) {
      reading.columns.append("\(columns.headings[value.column]): figures")
    }
    for other in columns.others {
      reading.columns.append("\(columns.headings[other.column]): passed over, as \(other.reason)")
    }
    for (row, reason) in passedOver.prefix(50) {
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

extension [String] {
  /// The different texts, in order.
  fileprivate var unique: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
