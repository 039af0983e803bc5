internal import Regions

/// What each column of a table is: a part of a row's key, values, or neither.
struct GridColumns {
  private(set) var keys: [Int] = []
  /// What the headings of the columns of values say.
  private(set) var heading = GridHeading(dimensions: [], columns: [])
  /// Whether the table is the settlement of the income equalisation.
  let isSettlement: Bool
  /// Columns that are neither, and why.
  private(set) var others: [(column: Int, reason: String)] = []
  let headings: [String]
  /// The columns of this project's own basis and reason, where there are.
  let basis: Int?
  let reason: Int?
  /// Whether the table is this project's own long one.
  var isOwn: Bool { basis != nil }

  /// Columns that say something of a figure without being one.
  private static let remarks: Set<String> = [
    "basis", "reason", "note", "merknad", "unit", "enhet", "source", "kilde", "dataset", "carried",
  ]

  init(_ grid: Grid, _ frame: GridFrame, _ options: GridOptions) throws(CubeError) {
    headings = Self.headings(grid, frame)
    let names = headings.map(HeadingText.key)
    let isOwn = names.contains("value") && names.contains("basis") && names.contains("reason")
    // Where the own three columns are the last, all before them are of the key.
    let isExact = names.suffix(TidyTable.figures.count) == TidyTable.figures[...]
    basis = isOwn ? names.lastIndex(of: "basis") : nil
    reason = isOwn ? names.lastIndex(of: "reason") : nil
    isSettlement =
      options.valueColumns.isEmpty && options.regionColumn == nil && options.year?.isColumn != true
      && SettlementLayout.fits(grid, frame)
    guard !isSettlement else {
      keys = [SettlementLayout.code, SettlementLayout.code + 1]
      var year = SettlementLayout.year(grid, frame)
      if case .fixed(let text) = options.year { year = text }
      heading = SettlementLayout.heading(headings, year: year)
      return
    }
    var chosen: Set<Int> = []
    for name in options.valueColumns { chosen.insert(try column(name, grid, frame)) }
    var forced: Set<Int> = []
    if let name = options.regionColumn { forced.insert(try column(name, grid, frame)) }
    if case .column(let name) = options.year { forced.insert(try column(name, grid, frame)) }
    if isOwn, chosen.isEmpty, let value = names.lastIndex(of: "value") { chosen = [value] }
    let quoted = chosen.isEmpty ? Self.quotedNumbers(grid, frame) : []
    var candidates: [Int] = []
    for column in 0..<frame.columnCount where column != basis && column != reason {
      if forced.contains(column) {
        keys.append(column)
      } else if chosen.contains(column) {
        candidates.append(column)
      } else if !isExact, Self.remarks.contains(names[column]) {
        others.append((column, "it is a remark"))
      } else if HeadingText.isKey(headings[column]) || column == 0 || quoted.contains(column) {
        keys.append(column)
      } else if !Self.holdsNumbers(grid, frame, column) {
        keys.append(column)
      } else if chosen.isEmpty {
        candidates.append(column)
      } else if isOwn {
        keys.append(column)
      } else {
        others.append((column, "it is not among the columns of values asked for"))
      }
    }
    if chosen.isEmpty, frame.headings.count == 1 { partLong(grid, frame, &candidates) }
    keys.sort()
    readHeading(grid, frame, options, candidates)
  }

  /// Finds what the headings of the columns of values say.
  private mutating func readHeading(
    _ grid: Grid,
    _ frame: GridFrame,
    _ options: GridOptions,
    _ candidates: [Int]
  ) {
    let title = frame.titles.first.map { grid.text($0, 0) } ?? options.content ?? ""
    let hasMetric = keys.contains {
      HeadingText.metricNames.contains(HeadingText.key(headings[$0]))
    }
    var fixed: String?
    if case .fixed(let year) = options.year { fixed = year }
    let levels = Self.levels(grid, frame).map { texts in candidates.map { texts[$0] } }
    let variables = HeadingText.variables(title).flatMap {
      $0.count == keys.count + levels.count ? Array($0.suffix(levels.count)) : nil
    }
    let leveled = GridHeading(
      levels: levels,
      candidates: candidates,
      names: variables,
      hasMetric: hasMetric
    )
    if let leveled {
      heading = leveled.timed(fixed)
      return
    }
    heading = GridHeading(
      candidates.map { headings[$0] },
      candidates,
      time: fixed,
      isChosen: !options.valueColumns.isEmpty,
      content: { text in
        if let content = options.content { return content }
        return text.isEmpty ? (title.isEmpty ? "value" : title) : text
      },
      hasMetric: hasMetric
    )
    others += heading.untimed.map { ($0, "its heading has no year as others have") }
  }

  /// Takes all columns but the last as keys where each combination of them has one row: so PxWeb
  /// writes a long table.
  private mutating func partLong(_ grid: Grid, _ frame: GridFrame, _ candidates: inout [Int]) {
    let isTimed = candidates.contains { HeadingText.parted(headings[$0]).time != nil }
    guard candidates.count > 1, candidates.last == frame.columnCount - 1, !isTimed,
      frame.rows.count > 1
    else { return }
    var product = 1
    for column in 0..<frame.columnCount - 1 {
      var texts: Set<String> = []
      for row in frame.rows where texts.count <= frame.rows.count / 2 {
        texts.insert(grid.text(row, column))
      }
      let (next, isOver) = product.multipliedReportingOverflow(by: texts.count)
      guard !isOver, next <= frame.rows.count else { return }
      product = next
    }
    guard product == frame.rows.count else { return }
    keys += candidates.dropLast()
    candidates = Array(candidates.suffix(1))
  }

  /// The headings of each column in one text, from above to below.
  private static func headings(_ grid: Grid, _ frame: GridFrame) -> [String] {
    let levels = levels(grid, frame)
    return (0..<frame.columnCount).map { column in
      var texts: [String] = []
      for level in levels where !level[column].isEmpty && texts.last != level[column] {
        texts.append(level[column])
      }
      return texts.joined(separator: " ").split(whereSeparator: \.isWhitespace)
        .joined(separator: " ")
    }
  }

  /// What stands over each column in each row of headings. A heading stands for those to its right as
  /// far as they have none, where the lowest row has one of its own for each.
  private static func levels(_ grid: Grid, _ frame: GridFrame) -> [[String]] {
    let rows = frame.headings.filter { $0 == frame.headings.lowerBound || !isNumbering(grid, $0) }
    let lowest = rows.last ?? frame.headings.lowerBound
    return rows.map { row in
      var last = ""
      return (0..<frame.columnCount).map { column in
        var text = grid.text(row, column)
        if text.isEmpty, row < lowest, column > 0, !grid.isEmpty(lowest, column) { text = last }
        last = text
        return text
      }
    }
  }

  /// Whether a row only numbers the columns: 1, 2, 3 and so on.
  static func isNumbering(_ grid: Grid, _ row: Int) -> Bool {
    let texts = (0..<grid.cellCount(row)).map { grid.text(row, $0) }.filter { !$0.isEmpty }
    guard let first = texts.first.flatMap({ Int($0) }), (0...2).contains(first) else {
      return false
    }
    return texts.enumerated().allSatisfy { index, text in text == String(first + index) }
  }

  /// Whether two columns side by side are the code and the name of the same region.
  func isPair(_ code: Int, _ name: Int) -> Bool {
    if isSettlement { return true }
    let heading = HeadingText.key(headings[name])
    let isName = isOwn ? heading == "name" : HeadingText.nameNames.contains(heading)
    guard isName, name == code + 1 else { return false }
    return HeadingText.regionNames.contains(HeadingText.key(headings[code]))
  }

  /// The columns whose numbers are all in quotes, as PxWeb writes codes, where those of the last are not.
  private static func quotedNumbers(_ grid: Grid, _ frame: GridFrame) -> Set<Int> {
    guard grid.sheet == nil else { return [] }
    var free: Set<Int> = []
    var quoted: Set<Int> = []
    for row in frame.rows.prefix(2000) {
      for column in 0..<grid.cellCount(row) where !free.contains(column) {
        let cell = grid.packed(row, column)
        guard case .number(_, nil) = NorwegianNumber(grid.text(row, column), decimalSign: .point)
        else { continue }
        if grid.isQuoted(cell) { quoted.insert(column) } else { free.insert(column) }
      }
    }
    return free.contains(frame.columnCount - 1) ? quoted.subtracting(free) : []
  }

  /// Whether half of a column's cells with content, of at most some 2,000 rows, are numbers or symbols
  /// for them.
  private static func holdsNumbers(_ grid: Grid, _ frame: GridFrame, _ column: Int) -> Bool {
    var (numbers, texts) = (0, 0)
    for row in stride(
      from: frame.rows.lowerBound,
      to: frame.rows.upperBound,
      by: max(1, frame.rows.count / 2000)
    ) {
      let cell = grid.packed(row, column)
      if cell.isEmpty { continue }
      if cell.number != nil {
        numbers += 1
        continue
      }
      let read = NorwegianNumber(grid.text(row, column), decimalSign: nil)
      if read == .other { texts += 1 } else { numbers += 1 }
    }
    return numbers >= texts
  }

  /// The column with a heading that a user named.
  private func column(
    _ name: String,
    _ grid: Grid,
    _ frame: GridFrame
  ) throws(CubeError) -> Int {
    let wanted = HeadingText.key(name)
    if let found = headings.firstIndex(where: { HeadingText.key($0) == wanted }) { return found }
    let hint = nearestMatch(to: name, among: headings).map { " Is it \"\($0)\"?" } ?? ""
    throw grid.error(
      frame.headings.upperBound - 1,
      "There is no column headed \"\(name)\".\(hint) The headings are: "
        + "\(headings.filter { !$0.isEmpty }.prefix(30).joined(separator: ", "))."
    )
  }
}

extension GridOptions.Year {
  fileprivate var isColumn: Bool {
    if case .column = self { true } else { false }
  }
}
