internal import CWorkbook

/// Writes a cube as a workbook (xlsx) through libxlsxwriter, which is loaded when it is first needed.
///
/// The rows are those of `TidyCSVWriter`, with basis and reason, after the title and an empty row; beside
/// the codes of regions stand their names. Codes are text cells, so that they keep their zeros. The
/// library writes 16 digits, so that numbers of 15 digits are read back as they were; negative zero
/// becomes zero. The same cube gives the same bytes.
public struct WorkbookWriter {
  /// The most rows of a sheet.
  static let mostRows = 1 << 20

  /// Writes a file.
  ///
  /// - Parameters:
  ///   - cube: The cube.
  ///   - path: Where; what is there is replaced.
  /// - Throws: `CubeError` where the library is missing, the cube has more values than a sheet has
  ///   rows, or the file cannot be written.
  /// - Complexity: O(values); one row is in memory at a time.
  public static func write(_ cube: Cube, to path: String) throws(CubeError) {
    let table = TidyTable(cube)
    let rows = cube.values.indices.count(where: table.hasRow)
    guard rows <= mostRows - 3 else {
      throw CubeError(
        .tooLarge,
        file: path,
        "A sheet has no room for \(rows) rows; the most are \(mostRows - 3)."
      )
    }
    var result: Int32 = 0
    guard let workbook = cworkbook_begin(path, "Table", cube.title, &result) else {
      throw Int(result) == CWORKBOOK_LIBRARY_MISSING
        ? CubeError(
          .libraryMissing,
          file: path,
          "To write a workbook libxlsxwriter is needed, which is not there. Install it (Debian: "
            + "libxlsxwriter4, macOS: brew install libxlsxwriter), or write CSV."
        )
        : CubeError(file: path, "The workbook cannot be begun: the library refused it.")
    }
    let isWhole = writeCells(cube, table, workbook)
    let status = cworkbook_end(workbook)
    guard isWhole, status == 0 else {
      let reason = status == 0 ? "A cell is too long." : String(cString: cworkbook_error(status))
      throw CubeError(file: path, "The workbook cannot be written. \(reason)")
    }
  }

  private static func writeCells(
    _ cube: Cube,
    _ table: TidyTable,
    _ workbook: OpaquePointer
  ) -> Bool {
    var isWhole = cube.title.isEmpty || cworkbook_text(workbook, 0, 0, cube.title)
    var column: UInt16 = 0
    var row: UInt32 = 2
    func add(_ text: String) {
      isWhole = (text.isEmpty || cworkbook_text(workbook, row, column, text)) && isWhole
      column += 1
    }
    for (dimension, name) in zip(cube.dimensions, table.names) {
      add(name)
      if dimension.role == .geo { add("name") }
    }
    TidyTable.figures.forEach(add)
    for (index, value) in cube.values.enumerated() where table.hasRow(index) {
      row += 1
      column = 0
      for (position, dimension) in cube.dimensions.enumerated() {
        let category = dimension.categories[table.category(position, at: index)]
        add(category.code)
        if dimension.role == .geo { add(category.label) }
      }
      if !value.isNaN { isWhole = cworkbook_number(workbook, row, column, value) && isWhole }
      column += 1
      let (basis, reason) = table.words(at: index)
      add(basis)
      add(reason)
    }
    return isWhole
  }
}
