internal import Regions

/// What each column of a table is: a part of a row's key, values, or neither.
struct GridColumns {
  /// A column of values, and what its heading says of them.
  struct Value {
    let column: Int
    let content: String
    let time: String?
  }

  private(set) var keys: [Int] = []
  private(set) var values: [Value] = []
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
    basis = isOwn ? names.firstIndex(of: "basis") : nil
    reason = isOwn ? names.firstIndex(of: "reason") : nil
    var chosen: Set<Int> = []
    for name in options.valueColumns { chosen.insert(try column(name, grid, frame)) }
    var forced: Set<Int> = []
    if let name = options.regionColumn { forced.insert(try column(name, grid, frame)) }
    if case .column(let name) = options.year { forced.insert(try column(name, grid, frame)) }
    if isOwn, chosen.isEmpty, let value = names.firstIndex(of: "value") { chosen = [value] }
    var candidates: [Int] = []
    for column in 0..<frame.columnCount where column != basis && column != reason {
      if forced.contains(column) {
        keys.append(column)
      } else if chosen.contains(column) {
        candidates.append(column)
      } else if Self.remarks.contains(names[column]) {
        others.append((column, "it is a remark"))
      } else if HeadingText.isKey(headings[column]) || column == 0 {
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
    assign(candidates, options, isChosen: !options.valueColumns.isEmpty)
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

  private mutating func assign(_ candidates: [Int], _ options: GridOptions, isChosen: Bool) {
    let parted = candidates.map { HeadingText.parted(headings[$0]) }
    let isTimed = parted.contains { $0.time != nil }
    var fixed: String?
    if case .fixed(let year) = options.year { fixed = year }
    for (column, part) in zip(candidates, parted) {
      if isTimed, part.time == nil, fixed == nil, !isChosen {
        others.append((column, "its heading has no year as others have"))
      } else {
        values.append(Value(column: column, content: part.content, time: part.time ?? fixed))
      }
    }
  }

  /// The headings of each column in one text, from above to below. A heading stands for those to its
  /// right as far as they have none, where the lowest row has one of its own for each.
  private static func headings(_ grid: Grid, _ frame: GridFrame) -> [String] {
    var texts = [[String]](repeating: [], count: frame.columnCount)
    let rows = frame.headings.filter { $0 == frame.headings.lowerBound || !isNumbering(grid, $0) }
    let lowest = rows.last ?? frame.headings.lowerBound
    for row in rows {
      var last = ""
      for column in 0..<frame.columnCount {
        var text = grid.text(row, column)
        if text.isEmpty, row < lowest, column > 0, !grid.isEmpty(lowest, column) { text = last }
        last = text
        if !text.isEmpty, texts[column].last != text { texts[column].append(text) }
      }
    }
    return texts.map {
      $0.joined(separator: " ").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
  }

  /// Whether a row only numbers the columns: 1, 2, 3 and so on.
  private static func isNumbering(_ grid: Grid, _ row: Int) -> Bool {
    let texts = (0..<grid.cellCount(row)).map { grid.text(row, $0) }.filter { !$0.isEmpty }
    guard let first = texts.first.flatMap({ Int($0) }), (0...2).contains(first) else {
      return false
    }
    return texts.enumerated().allSatisfy { index, text in text == String(first + index) }
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
