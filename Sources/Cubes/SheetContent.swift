/// The texts that the sheets of a workbook share, and their cells, as the XML is read.
final class SheetContent: WorkbookXMLReceiver {
  /// The last row and column that a sheet can have.
  private static let lastRow = 1 << 20
  private static let lastColumn = 1 << 14

  var isShared = false
  var dates: [DateStyle?] = []

  private let file: String
  private let is1904: Bool
  /// What may still be allocated.
  private(set) var budget: MemoryBudget
  private var texts: [UInt8] = []
  private var shared: [PackedCell] = []
  private var sheets: [(name: String, cells: [PackedCell], starts: [UInt32], places: [UInt32])] = []

  private var isInData = false
  private var isInText = false
  private var isInPhonetic = false
  private var row = 0
  private var column = 0
  private var kind: Kind = .number
  private var style = 0
  private var buffer: [UInt8] = []

  private enum Kind { case number, shared, text, boolean }

  init(file: String, size: Int, is1904: Bool) {
    self.file = file
    self.is1904 = is1904
    budget = MemoryBudget(fileSize: size, isCompressed: true)
  }

  /// The sheets that were read.
  var grids: [Grid] {
    sheets.map { sheet in
      Grid(
        file: "\(file), \(sheet.name)",
        sheet: sheet.name,
        bytes: texts,
        cells: sheet.cells,
        rowStarts: sheet.starts,
        rowPlaces: sheet.places
      )
    }
  }

  /// Begins a sheet.
  func begin(_ name: String) {
    sheets.append((name, [], [0], []))
    row = 0
  }

  func start(_ name: XMLName, _ attributes: XMLAttributes) throws(CubeError) {
    if isShared {
      startShared(name)
      return
    }
    if name == "sheetData" { isInData = true }
    guard isInData else { return }
    if name == "c" {
      try startCell(attributes)
    } else if name == "v" || name == "t" && !isInPhonetic {
      isInText = true
    } else if name == "rPh" {
      isInPhonetic = true
    } else if name == "row" {
      let next = attributes.number("r") ?? row + 1
      guard next > row, next <= Self.lastRow else {
        throw error("The rows are not in order: \(next) follows \(row).")
      }
      row = next
      column = 0
    }
  }

  private func startShared(_ name: XMLName) {
    if name == "si" {
      buffer.removeAll(keepingCapacity: true)
    } else if name == "rPh" {
      isInPhonetic = true
    } else if name == "t", !isInPhonetic {
      isInText = true
    }
  }

  private func startCell(_ attributes: XMLAttributes) throws(CubeError) {
    buffer.removeAll(keepingCapacity: true)
    let next = attributes.bytes("r").flatMap(Self.column) ?? column + 1
    guard next > column, next <= Self.lastColumn, row > 0 else {
      throw error("The cells of row \(row) are not in order.")
    }
    let current = sheets.count - 1
    // What was passed over in the row is empty.
    let begun = sheets[current].cells.count - Int(sheets[current].starts.last ?? 0)
    let gap = next - 1 - begun
    if gap > 0 {
      try budget.take(gap, of: 16, for: "so many empty cells", file: file)
      sheets[current].cells.append(contentsOf: repeatElement(.empty, count: gap))
    }
    column = next
    style = attributes.number("s") ?? 0
    let type = attributes.bytes("t")
    switch type.map({ String(decoding: $0, as: UTF8.self) }) {
    case "s": kind = .shared
    case "str", "inlineStr", "e", "d": kind = .text
    case "b": kind = .boolean
    default: kind = .number
    }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(CubeError) {
    guard isInText else { return }
    guard buffer.count + bytes.count <= PackedCell.longest else {
      throw error("A cell's text is longer than \(PackedCell.longest) bytes.")
    }
    buffer.append(contentsOf: bytes)
  }

  func end(_ name: XMLName) throws(CubeError) {
    if name == "v" || name == "t" {
      isInText = false
    } else if name == "rPh" {
      isInPhonetic = false
    } else if isShared {
      guard name == "si" else { return }
      try budget.take(1, of: 16, for: "so many texts", file: file)
      shared.append(try textCell())
    } else if name == "c", isInData {
      try budget.take(1, of: 16, for: "so many cells", file: file)
      sheets[sheets.count - 1].cells.append(try cell())
    } else if name == "row", isInData {
      try endRow()
    } else if name == "sheetData" {
      isInData = false
    }
  }

  private func endRow() throws(CubeError) {
    let current = sheets.count - 1
    let first = Int(sheets[current].starts.last ?? 0)
    while sheets[current].cells.count > first, sheets[current].cells.last?.isEmpty ?? false {
      sheets[current].cells.removeLast()
    }
    guard sheets[current].cells.count > first else { return }
    try budget.take(1, of: 16, for: "so many rows", file: file)
    sheets[current].starts.append(UInt32(sheets[current].cells.count))
    sheets[current].places.append(UInt32(row))
  }

  private func cell() throws(CubeError) -> PackedCell {
    guard !buffer.isEmpty else { return .empty }
    switch kind {
    case .text: return try textCell()
    case .boolean:
      buffer = Array((buffer == [UInt8(ascii: "1")] ? "TRUE" : "FALSE").utf8)
      return try textCell()
    case .shared:
      let index = buffer.withUnsafeBufferPointer(Int.init(digits:))
      guard let index, index < shared.count else {
        throw error("The cell names a text that the workbook does not have.")
      }
      return shared[index]
    case .number:
      let read = buffer.withUnsafeBufferPointer { NorwegianNumber($0, .point) }
      guard case .number(let number, nil) = read else {
        throw error(
          "The cell should hold a number, not \"\(String(decoding: buffer, as: UTF8.self))\"."
        )
      }
      if style < dates.count, let date = dates[style]?.text(number, is1904: is1904) {
        buffer = Array(date.utf8)
        return try textCell()
      }
      return PackedCell(number)
    }
  }

  private func textCell() throws(CubeError) -> PackedCell {
    if buffer.contains(UInt8(ascii: "_")) { decodeEscapes() }
    let range = buffer.withUnsafeBufferPointer { (0..<$0.count).withoutSpaces(in: $0) }
    try budget.take(range.count, of: 2, for: "so much text", file: file)
    let start = texts.count
    guard start < 1 << 31 else { throw CubeError(.tooLarge, file: file, "There is too much text.") }
    texts.append(contentsOf: buffer[range])
    return PackedCell(start: start, count: range.count)
  }

  /// Decodes characters that XML cannot hold, as `_x000D_` for a carriage return (ECMA-376-1, 22.9.2.19).
  private func decodeEscapes() {
    var text: [UInt8] = []
    text.reserveCapacity(buffer.count)
    var index = 0
    while index < buffer.count {
      let piece = buffer[index...].prefix(7)
      guard piece.count == 7, piece.last == UInt8(ascii: "_"), piece.starts(with: "_x".utf8),
        let number = UInt32(
          String(decoding: piece.dropFirst(2).dropLast(), as: UTF8.self),
          radix: 16
        ),
        let scalar = Unicode.Scalar(number)
      else {
        text.append(buffer[index])
        index += 1
        continue
      }
      text.append(contentsOf: String(scalar).utf8)
      index += 7
    }
    buffer = text
  }

  /// The number of a column by a cell's name, such as 28 for `AB7`.
  private static func column(_ name: UnsafeBufferPointer<UInt8>) -> Int? {
    var number = 0
    for byte in name.prefix(4) {
      guard byte >= UInt8(ascii: "A"), byte <= UInt8(ascii: "Z") else { break }
      number = number * 26 + Int(byte - UInt8(ascii: "A")) + 1
    }
    return number > 0 ? number : nil
  }

  private func error(_ message: String) -> CubeError {
    let name = sheets.last.map { "\(file), \($0.name)" } ?? file
    return CubeError(
      file: name,
      line: row > 0 ? row : nil,
      column: row > 0 && column > 0 ? column : nil,
      message
    )
  }
}
