public import Regions

extension Dataset {
  /// The map of hexagons of a level, from `hex_municipalities.csv` or `hex_regions.csv`.
  ///
  /// - Parameter level: Municipalities, or the regions of the division `regions-73`.
  /// - Returns: The layout, or `nil` when the dataset has none.
  /// - Throws: `DatasetError` naming file, line and column.
  /// - Complexity: O(units).
  public func hexLayout(_ level: Level) throws(DatasetError) -> HexLayout? {
    let file = level == .region ? "hex_regions.csv" : "hex_municipalities.csv"
    guard description.files.contains(where: { $0.path == file }) else { return nil }
    var table = try files.table(file, ["code", "column", "row"])
    var cells: [String: HexLayout.Cell] = [:]
    var taken: [HexLayout.Cell: String] = [:]
    while try table.next() {
      let code = table.text("code")
      let cell = HexLayout.Cell(
        column: try table.integer("column"),
        row: try table.integer("row")
      )
      guard cell.column >= 0, cell.row >= 0 else {
        throw table.error("column", "and row must not be negative")
      }
      if let other = taken.updateValue(code, forKey: cell) {
        throw table.error("code", "\"\(code)\" is on the cell of \(other)")
      }
      guard cells.updateValue(cell, forKey: code) == nil else {
        throw table.error("code", "\"\(code)\" stands twice")
      }
    }
    return HexLayout(cells: cells)
  }
}
