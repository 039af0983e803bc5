/// Reads PX, the format of PC-Axis and PxWeb (Statistics Sweden, PX-file format specification 2013),
/// in the file's own language; other languages of the file are passed over.
///
/// The dimensions are those of STUB, then those of HEADING. A table without CONTVARIABLE that names its
/// CONTENTS gets a last dimension with that one category, so that its unit is kept. Of missing values the
/// number of dots counts: `".."` has the symbol that DATASYMBOL2 defines, else `..` itself, and none
/// where DATASYMBOL2 is empty. `-` is 0. DATANOTECELL gives a value a symbol beside it. With KEYS, a row
/// that is left out is of zeros. A note on cells (CELLNOTE) becomes one on the table that names them.
///
/// Memory is limited as that of `JSONStatReader`.
public struct PXReader: Sendable {
  /// The file's name, for errors.
  public let file: String
  /// The file's content.
  public let bytes: [UInt8]

  /// Prepares a file.
  ///
  /// - Parameters:
  ///   - file: Its name, for errors.
  ///   - bytes: Its content.
  public init(file: String, bytes: [UInt8]) {
    self.file = file
    self.bytes = bytes
  }

  /// The cube of the file.
  ///
  /// - Throws: `CubeError` with line and column where the content is not as PX demands, or claims more
  ///   than a file of its size may.
  /// - Complexity: O(*n*) in the size of the file and the number of cells.
  public func cube() throws(CubeError) -> Cube {
    var text = try PXText(file: file, bytes: bytes)
    let keywords = try PXKeywords(&text)
    let shape = try PXShape(keywords, &text)
    var cells = PXCells(keywords, shape)
    try cells.read(&text)
    try cells.readCellSymbols(text)
    return Cube(
      title: (keywords["TITLE"] ?? keywords["DESCRIPTION"])?.values.first ?? "",
      table: Self.text("TABLEID", keywords) ?? Self.text("MATRIX", keywords),
      source: Self.text("SOURCE", keywords),
      updated: keywords.all("LAST-UPDATED").first?.values.first,
      dimensions: shape.dimensions,
      values: cells.values,
      statuses: cells.statuses,
      notes: Self.notes(keywords),
      isSummable: keywords["AGGREGALLOWED"]?.values.first?.uppercased() != "NO"
    )
  }

  private static func text(_ keyword: String, _ keywords: PXKeywords) -> String? {
    keywords[keyword]?.values.first.flatMap { $0.isEmpty ? nil : $0 }
  }

  private static func notes(_ keywords: PXKeywords) -> [CubeNote] {
    var notes: [CubeNote] = []
    for entry in keywords.entries {
      let isMandatory = entry.keyword.hasSuffix("X")
      switch entry.keyword {
      case "NOTE" where entry.subkeys.isEmpty, "NOTEX" where entry.subkeys.isEmpty:
        notes.append(CubeNote(PXShape.noteText(entry), isMandatory: isMandatory))
      case "CELLNOTE", "CELLNOTEX":
        let cells = entry.subkeys.filter { $0 != "*" }.joined(separator: ", ")
        notes.append(
          CubeNote("\(cells): \(PXShape.noteText(entry))", isMandatory: isMandatory)
        )
      default: break
      }
    }
    return notes
  }
}
