internal import CWorkbook

/// Writes a cube as a workbook (xlsx) through libxlsxwriter, which is loaded when it is first needed.
///
/// Each row is one value, after the title and an empty row; regions have a column of codes and one of
/// names. Codes are text cells, so that they keep their zeros. The library writes 16 digits, so that
/// numbers of 15 digits are read back as they were. The same cube gives the same bytes.
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
    guard cube.values.count <= mostRows - 3 else {
      throw CubeError(
        .tooLarge,
        file: path,
        "A sheet has no room for \(cube.values.count) rows; the most are \(mostRows - 3)."
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
    let isWhole = writeCells(cube, workbook)
    let status = cworkbook_end(workbook)
    guard isWhole, status == 0 else {
      let reason = status == 0 ? "A cell is too long." : String(cString: cworkbook_error(status))
      throw CubeError(file: path, "The workbook cannot be written. \(reason)")
    }
  }

  private static func writeCells(_ cube: Cube, _ workbook: OpaquePointer) -> Bool {
    var isWhole = cube.title.isEmpty || cworkbook_text(workbook, 0, 0, cube.title)
    var column: UInt16 = 0
    func add(_ row: UInt32, _ text: String) {
      isWhole = cworkbook_text(workbook, row, column, text) && isWhole
      column += 1
    }
    for dimension in cube.dimensions {
      add(2, dimension.id)
      if dimension.role == .geo { add(2, "name") }
    }
    add(2, "value")
    let strides = cube.strides
    for (index, value) in cube.values.enumerated() {
      let row = UInt32(index + 3)
      column = 0
      for (dimension, stride) in zip(cube.dimensions, strides) {
        let category = dimension.categories[index / stride % dimension.categories.count]
        add(row, category.code)
        if dimension.role == .geo { add(row, category.label) }
      }
      let symbol = cube.statuses[index]?.symbol
      if let symbol, value.isNaN || symbol == "-" {
        add(row, symbol)
      } else if symbol == "*" {
        add(row, Grid.text(value) + "*")
      } else if !value.isNaN {
        isWhole = cworkbook_number(workbook, row, column, value) && isWhole
      }
    }
    return isWhole
  }
}
