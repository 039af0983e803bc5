/// Where in a grid a table's title, headings, rows and notes are.
struct GridFrame {
  /// The rows above the headings.
  let titles: Range<Int>
  let headings: Range<Int>
  let rows: Range<Int>
  /// The rows below the table.
  let notes: Range<Int>
  let columnCount: Int

  /// Looks for a table; `nil` where there is none.
  ///
  /// The headings begin with the first row of two cells or more, or with one that is not at the left;
  /// rows whose first cell is empty continue them. The table ends with the last row that has a cell
  /// beside its first.
  init?(_ grid: Grid) {
    guard let wide = (0..<grid.rowCount).first(where: { grid.cellCount($0) > 1 }) else {
      return nil
    }
    let own = TidyTable.figures
    let count = grid.cellCount(wide)
    let isTidy =
      count > own.count
      && own.indices.allSatisfy { grid.text(wide, count - own.count + $0) == own[$0] }
    let settlement =
      isTidy
      ? nil
      : (wide..<min(grid.rowCount, wide + 20)).first { row in
        grid.cellCount(row) > 1 && grid.text(row, 0).lowercased().hasPrefix("knr")
          && (row + 1..<min(grid.rowCount, row + 21)).contains {
            HeadingText.isRegionCode(grid.text($0, 0))
          }
      }
    let first = settlement ?? wide
    let isSettlement = settlement != nil
    var start = first + 1
    // Where the first heading is empty, as over the regions of Statistics Norway's workbooks, numbers
    // below may be codes of categories; else numbers that are no times are figures.
    let isNamed = !grid.isEmpty(first, 0)
    while start < grid.rowCount, start - first < 20,
      !isTidy,
      isSettlement
        ? !HeadingText.isRegionCode(grid.text(start, 0))
        : grid.isEmpty(start, 0) && !(isNamed && Self.holdsFigures(grid, start))
    {
      start += 1
    }
    var end = grid.rowCount
    while end > start, grid.cellCount(end - 1) == 1 { end -= 1 }
    guard start < end else { return nil }
    titles = 0..<first
    headings = first..<start
    rows = start..<end
    notes = end..<grid.rowCount
    columnCount = (first..<end).reduce(0) { max($0, grid.cellCount($1)) }
  }

  /// Whether a row has numbers that are neither times nor the numbers of its columns.
  private static func holdsFigures(_ grid: Grid, _ row: Int) -> Bool {
    guard !GridColumns.isNumbering(grid, row) else { return false }
    return (0..<grid.cellCount(row)).contains { column in
      let text = grid.text(row, column)
      guard !HeadingText.isTime(text) else { return false }
      switch NorwegianNumber(text, decimalSign: nil) {
      case .number, .ambiguous: return true
      case .symbol(let symbol): return symbol != "-"
      case .empty, .other: return false
      }
    }
  }
}
