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
    guard let first = (0..<grid.rowCount).first(where: { grid.cellCount($0) > 1 }) else {
      return nil
    }
    var start = first + 1
    let isSettlement = grid.text(first, 0).lowercased().hasPrefix("knr")
    while start < grid.rowCount,
      grid.isEmpty(start, 0) || isSettlement && !HeadingText.isRegionCode(grid.text(start, 0)),
      start - first < 20
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
}
