/// The rows of a table that hold figures, and the categories that each stands for.
///
/// An empty key stands for the one above it where that is the table's pattern: something stands above the
/// headings or the first of them is empty, as in the workbooks of Statistics Norway, or the first row has
/// the key. A row of totals takes none from above.
struct GridRows {
  private(set) var keys: [GridKey] = []
  /// The rows of the grid.
  private(set) var rows: [Int] = []
  private(set) var passedOver: [(row: Int, reason: String)] = []
  /// For each position in `rows`, the row its empty keys were taken from; the row itself without any.
  private(set) var origins: [UInt32] = []

  private let grid: Grid
  private let frame: GridFrame
  private let columns: GridColumns
  private var fillsDown: [Bool] = []
  /// Totals that stand in one group of rows alone, for each key.
  private var lonely: [Set<String>] = []

  init(
    _ grid: Grid,
    _ frame: GridFrame,
    _ columns: GridColumns,
    _ options: GridOptions,
    _ budget: inout MemoryBudget
  ) throws(CubeError) {
    self.grid = grid
    self.frame = frame
    self.columns = columns
    var position = 0
    while position < columns.keys.count {
      let column = columns.keys[position]
      let next = position + 1 < columns.keys.count ? columns.keys[position + 1] : nil
      let name = next.flatMap { columns.isPair(column, $0) ? $0 : nil }
      keys.append(GridKey(column: column, nameColumn: name, heading: columns.headings[column]))
      position += name == nil ? 1 : 2
    }
    try budget.take(
      frame.rows.count,
      of: 4 * keys.count + 12,
      for: "\(frame.rows.count) rows",
      file: grid.file
    )
    for index in keys.indices { keys[index].reserve(frame.rows.count) }
    rows.reserveCapacity(frame.rows.count)
    origins.reserveCapacity(frame.rows.count)
    findPattern()
    try readKeys(&budget)
    for index in keys.indices {
      keys[index].finish(
        isYear: columns.isSettlement ? false : isYear(keys[index], options),
        isRegion: columns.isSettlement || isRegion(keys[index], options),
        isOwn: columns.isOwn
      )
    }
    if !columns.isOwn, !keys.contains(where: { $0.role == .geo }),
      let first = keys.indices.first(where: { keys[$0].hasRegionCodes })
    {
      keys[first].role = .geo
    }
  }

  /// Finds which keys fill downwards, and totals.
  private mutating func findPattern() {
    let isFramed = !frame.titles.isEmpty || grid.isEmpty(frame.headings.lowerBound, 0)
    fillsDown = keys.indices.map { index in
      guard index < keys.count - 1, !columns.isOwn, !columns.isSettlement else { return false }
      return isFramed || !grid.isEmpty(frame.rows.lowerBound, keys[index].column)
    }
    lonely = [Set<String>](repeating: [], count: keys.count)
    for index in keys.indices.dropFirst() where fillsDown[index - 1] {
      var groups = 0
      var found: [String: Int] = [:]
      var isRepeated: Set<String> = []
      for row in frame.rows {
        if !grid.isEmpty(row, keys[index - 1].column) { groups += 1 }
        guard grid.packed(row, keys[index].column).isText else { continue }
        let text = grid.text(row, keys[index].column)
        guard HeadingText.isTotal(text) else { continue }
        if let group = found[text], group != groups { isRepeated.insert(text) }
        found[text] = groups
      }
      // In a framed table of one group its total is like any other category.
      if groups > 1 || !isFramed { lonely[index] = Set(found.keys).subtracting(isRepeated) }
    }
  }

  private mutating func readKeys(_ budget: inout MemoryBudget) throws(CubeError) {
    var filled = [Int](repeating: frame.rows.lowerBound, count: keys.count)
    for row in frame.rows {
      if let reason = whyNot(row) {
        passedOver.append((row, reason))
        continue
      }
      var origin = row
      for index in keys.indices {
        let column = keys[index].column
        if grid.isEmpty(row, column) {
          keys[index].repeatLast()
          origin = min(origin, filled[index])
        } else {
          filled[index] = row
          let name = keys[index].nameColumn.map { grid.text(row, $0) }
          guard keys[index].add(grid.text(row, column), name: name) else { continue }
          try budget.take(
            1,
            of: MemoryBudget.category,
            for: "\(keys[index].codes.count) different cells in one column",
            file: grid.file
          )
        }
      }
      rows.append(row)
      origins.append(UInt32(origin))
    }
  }

  /// Why a row holds no figures; `nil` where it does.
  private func whyNot(_ row: Int) -> String? {
    if columns.isSettlement, !HeadingText.isRegionCode(grid.text(row, SettlementLayout.code)) {
      return grid.isEmpty(row, SettlementLayout.code)
        ? "they have a name but no code" : "they have no code of a municipality"
    }
    for index in keys.indices where grid.isEmpty(row, keys[index].column) {
      let isNamed = keys[index].nameColumn.map { !grid.isEmpty(row, $0) } ?? false
      if isNamed { return "they have a name but no code" }
      guard fillsDown[index], !keys[index].codes.isEmpty else { return "they have no key" }
      let next = index + 1
      if !grid.isEmpty(row, keys[next].column),
        lonely[next].contains(grid.text(row, keys[next].column))
      {
        return "they are totals"
      }
    }
    return nil
  }

  private func isYear(_ key: GridKey, _ options: GridOptions) -> Bool {
    if case .column(let name) = options.year {
      return HeadingText.key(name) == HeadingText.key(key.heading)
    }
    return HeadingText.timeNames.contains(HeadingText.key(key.heading))
      && key.codes.allSatisfy { HeadingText.isTime($0) }
  }

  private func isRegion(_ key: GridKey, _ options: GridOptions) -> Bool {
    if let name = options.regionColumn {
      return HeadingText.key(name) == HeadingText.key(key.heading)
    }
    return HeadingText.regionNames.contains(HeadingText.key(key.heading))
  }

  /// The error for a second figure of one combination.
  ///
  /// - Parameters:
  ///   - position: The position of the second in `rows`.
  ///   - column: The column of the figure.
  /// - Returns: The error, which names both lines.
  func second(_ position: Int, column: Int) -> CubeError {
    let row = rows[position]
    let words = keys.map { $0.codes[Int($0.indices[position])] }.joined(separator: ", ")
    let first = (0..<position).first { other in
      keys.allSatisfy { $0.indices[other] == $0.indices[position] }
    }
    guard let first else {
      return grid.error(
        frame.headings.upperBound - 1,
        "Two columns have the heading \"\(columns.headings[column])\". Say which columns hold values."
      )
    }
    let origin = Int(origins[position])
    let taken =
      origin == row ? "" : " What is empty there was taken from line \(grid.line(origin))."
    return grid.error(
      row,
      keys.first?.column ?? 0,
      "A second figure for \(words); the first is in line \(grid.line(rows[first])).\(taken)"
    )
  }
}
