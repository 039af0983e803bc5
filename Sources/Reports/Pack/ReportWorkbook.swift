internal import CWorkbook
public import Regions

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Tables as a workbook (xlsx): typed cells, codes as text, headings that stay in view, filters, and
/// charts that the spreadsheet draws itself. Equal workbooks have equal bytes.
///
/// libxlsxwriter (https://libxlsxwriter.github.io) writes it, and is loaded when the first is written.
public struct ReportWorkbook: Sendable {
  /// A chart over columns of a sheet's first table.
  public struct NativeChart: Sendable {
    /// Whether it is of lines; else of columns.
    public var isLine: Bool
    /// Its title.
    public var title: String
    /// The title of the axis of values.
    public var axis: String
    /// Whether small values are on top, as places are.
    public var isReversed: Bool
    /// One series: its name, the column of its values and the rows of the table.
    public var series: [(name: String, column: String, rows: Range<Int>)]
    /// The column with the categories.
    public var categories: String
  }

  /// A sheet: some lines of text, then tables beneath each other, then charts at the side.
  public struct Sheet: Sendable {
    /// Its name, at most 31 characters.
    public var name: String
    /// The heading.
    public var title: String
    /// The lines above the tables.
    public var lines: [String] = []
    /// The tables; the first has a filter.
    public var tables: [Table] = []
    /// The charts.
    public var charts: [NativeChart] = []
  }

  /// The sheets.
  public var sheets: [Sheet]
  /// The title in the workbook's properties.
  public var title: String
  /// The language of words that stand for missing values.
  public var language: Language

  /// The workbook as bytes.
  ///
  /// - Throws: `WorkbookError` when libxlsxwriter is missing or refuses.
  /// - Complexity: O(cells).
  public func bytes() throws -> [UInt8] {
    let manager = FileManager.default
    let path =
      manager.temporaryDirectory.path + "/regionsim-\(ProcessInfo.processInfo.processIdentifier)-"
      + "\(UInt64.random(in: 0...UInt64.max)).xlsx"
    defer { try? manager.removeItem(atPath: path) }
    var result: Int32 = 0
    guard let workbook = cworkbook_begin(path, "", title, &result) else {
      throw Int(result) == CWORKBOOK_LIBRARY_MISSING
        ? WorkbookError.libraryMissing : WorkbookError.refused("It could not be begun.")
    }
    var isWhole = true
    for sheet in sheets { isWhole = write(sheet, workbook) && isWhole }
    let status = cworkbook_end(workbook)
    guard isWhole, status == 0, let data = manager.contents(atPath: path) else {
      throw WorkbookError.refused(
        status == 0 ? "A cell or a name is too long." : String(cString: cworkbook_error(status))
      )
    }
    return Array(data)
  }

  private func write(_ sheet: Sheet, _ workbook: OpaquePointer) -> Bool {
    guard cworkbook_sheet(workbook, sheet.name) else { return false }
    var isWhole = cworkbook_styled_text(workbook, 0, 0, sheet.title, CWORKBOOK_TITLE)
    var row: UInt32 = 1
    for line in sheet.lines {
      let style = sheet.tables.isEmpty ? CWORKBOOK_NOTE : CWORKBOOK_PLAIN
      isWhole =
        (line.isEmpty || cworkbook_styled_text(workbook, row, 0, line, style)) && isWhole
      row += 1
    }
    if sheet.tables.isEmpty { cworkbook_width(workbook, 0, 110) }
    var first: UInt32?
    for table in sheet.tables where !table.columns.isEmpty {
      row += 1
      if sheet.tables.count > 1, !table.title.isEmpty {
        isWhole = cworkbook_styled_text(workbook, row, 0, table.title, CWORKBOOK_MARKED) && isWhole
        row += 1
      }
      if first == nil {
        first = row
        cworkbook_freeze(workbook, row + 1, UInt16(min(table.columns.count, 2)))
        setWidths(table, workbook)
      }
      isWhole = write(table, from: row, workbook) && isWhole
      if first == row, !table.rows.isEmpty {
        let last = UInt16(table.columns.count - 1)
        cworkbook_filter(workbook, row, 0, row + UInt32(table.rows.count), last)
      }
      row += UInt32(table.rows.count) + 1
    }
    if let first, let table = sheet.tables.first {
      for (index, chart) in sheet.charts.enumerated() {
        place(chart, table, sheet.name, headings: first, number: index, workbook)
      }
    }
    return isWhole
  }

  private func setWidths(_ table: Table, _ workbook: OpaquePointer) {
    for (index, column) in table.columns.enumerated() {
      let words = table.rows.prefix(200).map { $0[index].text(language).count }.max() ?? 0
      let heading = (column.title ?? column.key).count
      cworkbook_width(workbook, UInt16(index), Double(min(60, max(words + 2, heading + 4, 8))))
    }
  }

  private func write(_ table: Table, from top: UInt32, _ workbook: OpaquePointer) -> Bool {
    var isWhole = true
    for (index, column) in table.columns.enumerated() {
      let heading = column.title.flatMap { $0.isEmpty ? nil : $0 } ?? column.key
      isWhole =
        cworkbook_styled_text(workbook, top, UInt16(index), heading, CWORKBOOK_HEADING) && isWhole
    }
    for (index, cells) in table.rows.enumerated() {
      let style = table.marked.contains(index) ? CWORKBOOK_MARKED : CWORKBOOK_PLAIN
      for (column, cell) in cells.enumerated() {
        let isWritten = write(
          cell,
          row: top + 1 + UInt32(index),
          UInt16(column),
          style,
          workbook
        )
        isWhole = isWritten && isWhole
      }
    }
    return isWhole
  }

  private func write(
    _ cell: Table.Cell,
    row: UInt32,
    _ column: UInt16,
    _ style: CWorkbookStyle,
    _ workbook: OpaquePointer
  ) -> Bool {
    func number(_ value: Double, _ decimals: Int) -> Bool {
      !value.isFinite
        || cworkbook_styled_number(workbook, row, column, value, Int32(decimals), style)
    }
    switch cell {
    case .text(let text), .word(let text, _):
      return text.isEmpty || cworkbook_styled_text(workbook, row, column, text, style)
    case .integer(let integer): return number(Double(integer), -1)
    case .number(let value, let decimals), .signed(let value, let decimals):
      return number(value, decimals)
    case .share(let value, let decimals), .shareDifference(let value, let decimals):
      return number(value, decimals + 2)
    case .place(let place): return number(place, place == place.rounded() ? 0 : 1)
    case .missing: return true
    }
  }

  private func place(
    _ chart: NativeChart,
    _ table: Table,
    _ sheet: String,
    headings: UInt32,
    number: Int,
    _ workbook: OpaquePointer
  ) {
    let keys = table.columns.map(\.key)
    guard let categories = keys.firstIndex(of: chart.categories),
      let drawn = cworkbook_chart(
        workbook,
        chart.isLine,
        chart.title,
        chart.axis,
        chart.isReversed
      )
    else { return }
    func cells(_ column: Int, _ rows: Range<Int>) -> CWorkbookCells {
      CWorkbookCells(
        first_row: headings + 1 + UInt32(rows.lowerBound),
        last_row: headings + UInt32(rows.upperBound),
        first_column: UInt16(column),
        last_column: UInt16(column)
      )
    }
    for series in chart.series where !series.rows.isEmpty {
      guard let column = keys.firstIndex(of: series.column) else { continue }
      cworkbook_series(
        workbook,
        drawn,
        series.name,
        sheet,
        cells(categories, series.rows),
        cells(column, series.rows)
      )
    }
    let right = UInt16(table.columns.count + 1)
    _ = cworkbook_place(workbook, drawn, headings + UInt32(number) * 17, right)
  }
}

/// Why a workbook cannot be written.
public enum WorkbookError: Error, Sendable, Hashable, CustomStringConvertible {
  /// libxlsxwriter is not there.
  case libraryMissing
  /// It refused what was to be written.
  case refused(String)

  /// The sentence shown to the user.
  public var description: String {
    switch self {
    case .libraryMissing:
      "To write a workbook libxlsxwriter is needed, which is not there. Install it (Debian: "
        + "libxlsxwriter4, macOS: brew install libxlsxwriter)."
    case .refused(let reason): "The workbook cannot be written. \(reason)"
    }
  }
}
