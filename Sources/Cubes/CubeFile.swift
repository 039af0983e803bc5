/// A file of official statistics, whose format is recognised by its content.
public enum CubeFile {
  /// Reads the tables of a file.
  ///
  /// - Parameters:
  ///   - file: The file's path, for errors; its ending does not matter.
  ///   - bytes: Its content.
  ///   - options: What the user says of a table of cells.
  /// - Returns: The cubes, and what was recognised.
  /// - Throws: `CubeError` with the place.
  /// - Complexity: O(size).
  public static func read(
    file: String,
    bytes: [UInt8],
    options: GridOptions = GridOptions()
  ) throws(CubeError) -> CubeReading {
    // JSON-stat (its first character is `{` or `[`) and PX (`CHARSET=` or `AXIS-VERSION=` and other
    // keywords) are told apart here.
    if bytes.starts(with: WorkbookReader.oldWorkbook) || bytes.starts(with: [0x50, 0x4B, 3, 4]) {
      return try workbook(file, bytes, options)
    }
    let (grid, form) = try DelimitedTextReader.read(file: file, bytes: bytes)
    var reading = CubeReading(cubes: [], format: "")
    reading.encoding = form.encoding
    reading.separator = form.separator
    var reader = try GridReader(grid, options, size: bytes.count, separator: form.separator)
    try reader.read(into: &reading)
    return reading
  }

  private static func workbook(
    _ file: String,
    _ bytes: [UInt8],
    _ options: GridOptions
  ) throws(CubeError) -> CubeReading {
    let sheets = try WorkbookReader.read(file: file, bytes: bytes)
    var reading = CubeReading(cubes: [], format: "Workbook (xlsx)")
    if !sheets.hidden.isEmpty {
      reading.remarks.append(
        "Hidden sheets are not read: \(sheets.hidden.joined(separator: ", "))."
      )
    }
    let names = sheets.grids.compactMap(\.sheet)
    if let sheet = options.sheet, !names.contains(sheet) {
      let isHidden = sheets.hidden.contains(sheet) ? " It is hidden." : ""
      throw CubeError(
        file: file,
        "There is no visible sheet \"\(sheet)\".\(isHidden) The sheets are: "
          + "\(names.joined(separator: ", "))."
      )
    }
    for grid in sheets.grids {
      guard let name = grid.sheet, options.sheet == nil || options.sheet == name else { continue }
      guard options.sheet != nil || GridFrame(grid) != nil else {
        reading.remarks.append("The sheet \(name) holds no table.")
        continue
      }
      var reader = try GridReader(grid, options, size: bytes.count, separator: nil)
      try reader.read(into: &reading)
      reading.sheets.append(name)
    }
    guard !reading.cubes.isEmpty else {
      throw CubeError(file: file, "No visible sheet holds a table with headings and figures.")
    }
    return reading
  }
}
