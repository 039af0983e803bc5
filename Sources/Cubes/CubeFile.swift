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
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    let first = start.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
      let cubes = try JSONStatReader(file: file, bytes: bytes).cubes()
      return CubeReading(cubes: cubes, format: "JSON-stat 2.0")
    }
    if isPX(start) {
      return CubeReading(cubes: [try PXReader(file: file, bytes: bytes).cube()], format: "PX")
    }
    if bytes.starts(with: WorkbookReader.oldWorkbook) || bytes.starts(with: [0x50, 0x4B, 3, 4]) {
      return try workbook(file, bytes, options)
    }
    let (grid, form) = try DelimitedTextReader.read(file: file, bytes: bytes)
    var reading = CubeReading(cubes: [], format: "")
    reading.encoding = form.encoding
    reading.separator = form.separator
    let budget = MemoryBudget(fileSize: bytes.count)
    var reader = try GridReader(grid, options, budget: budget, separator: form.separator)
    try reader.read(into: &reading)
    return reading
  }

  /// Whether a text begins with a keyword of PX, such as `CHARSET=` or `TITLE[en]=`, and has data.
  private static func isPX(_ start: ArraySlice<UInt8>) -> Bool {
    let keyword = start.prefix { byte in
      (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) || byte == UInt8(ascii: "-")
    }
    let next = start.dropFirst(keyword.count).first
    let follows = [UInt8(ascii: "="), UInt8(ascii: "["), UInt8(ascii: "("), UInt8(ascii: " ")]
    guard keyword.count >= 4, let next, follows.contains(next) else { return false }
    return start.contains(UInt8(ascii: ";")) && start.firstRange(of: Array("DATA".utf8)) != nil
  }

  private static func workbook(
    _ file: String,
    _ bytes: [UInt8],
    _ options: GridOptions
  ) throws(CubeError) -> CubeReading {
    let sheets = try WorkbookReader.read(file: file, bytes: bytes)
    var reading = CubeReading(cubes: [], format: "")
    var budget = sheets.budget
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
      var reader = try GridReader(grid, options, budget: budget, separator: nil)
      try reader.read(into: &reading)
      budget = reader.budget
      reading.sheets.append(name)
    }
    guard !reading.cubes.isEmpty else {
      throw CubeError(file: file, "No visible sheet holds a table with headings and figures.")
    }
    return reading
  }
}
