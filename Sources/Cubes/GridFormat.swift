/// What a table of cells looks like, by name.
struct GridFormat {
  /// The name, for the user.
  let name: String

  init(_ grid: Grid, _ frame: GridFrame, _ columns: GridColumns, _ table: GridRows, _ cube: Cube) {
    let kind = grid.sheet == nil ? "CSV" : "xlsx"
    if columns.isOwn {
      name = "regionsim's own table (\(kind))"
    } else if columns.isSettlement {
      name = "KDD's settlement of the income equalisation"
    } else if grid.sheet != nil {
      name =
        cube.table != nil || cube.source?.lowercased().contains("statistisk sentralbyrå") ?? false
        ? "Statistics Norway's workbook (xlsx)" : "Table (xlsx)"
    } else if grid.isQuoted(frame.headings), columns.heading.columns.count > 1,
      columns.heading.dimensions.contains(where: { $0.role == .time })
    {
      name = "PxWeb CSV, wide"
    } else if grid.isQuoted(frame.headings), Self.isLong(frame, columns, table) {
      name = "PxWeb CSV, one row per value, \(Self.words(table))"
    } else {
      name = columns.heading.columns.count == 1 ? "Tidy table (CSV)" : "Table (CSV)"
    }
  }

  /// Whether each combination of keys has one row, and the last column its figure.
  private static func isLong(_ frame: GridFrame, _ columns: GridColumns, _ table: GridRows) -> Bool
  {
    guard columns.heading.columns.count == 1, table.keys.count > 1,
      columns.heading.columns.first?.column == frame.columnCount - 1
    else { return false }
    let product = table.keys.reduce(1) { product, key in
      product.multipliedReportingOverflow(by: key.codes.count).partialValue
    }
    return product == table.rows.count
  }

  /// What stands for categories.
  private static func words(_ table: GridRows) -> String {
    if table.keys.contains(where: { $0.nameColumn == nil && $0.hasLabels }) {
      return "codes and texts"
    }
    let headings = table.keys.map { HeadingText.key($0.heading) }
    let hasCodes = table.keys.contains { key in
      key.role == .geo && key.codes.allSatisfy { $0.contains(where: \.isNumber) }
    }
    return headings.contains("contentscode") || hasCodes ? "codes" : "texts"
  }
}
