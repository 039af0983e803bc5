internal import Regions

/// Where the columns of a user's table are, and how its fields and numbers are written.
struct TableLayout {
  let file: String
  let separator: UInt8
  let decimalSign: DecimalSign
  /// The index of each column found.
  private(set) var columns: [MunicipalTable.Column: Int] = [:]
  /// The last line before the rows of municipalities; 0 without headings.
  private(set) var headingLine = 0
  private(set) var isSettlement = false
  private(set) var taxHeading: String?

  /// KDD's settlement: its headings stand over several lines, the first of which begins "Knr.".
  private static let settlement: [MunicipalTable.Column: Int] = [
    .municipality: 0, .tax: 2, .population: 3, .perInhabitant: 4, .ratio: 5, .supplement: 10,
  ]

  /// The headings by which a column is known, those of codes before those of names.
  private static let headings: [MunicipalTable.Column: [String]] = [
    .municipality: [
      "knr.", "knr", "kommunenummer", "kommunenr.", "kommunenr", "municipality code",
      "unit code", "code", "kode", "municipality", "kommune", "kommunenavn", "unit name",
    ],
    .tax: ["tax", "tax revenue", "skatt", "skatteinntekt", "skatteinntekter", "skatteinngang"],
    .population: [
      "population", "inhabitants", "innbyggere", "innbyggertall", "folketall", "folkemengde",
    ],
    .perInhabitant: [
      "tax per inhabitant", "tax-per-inhabitant", "skatt per innbygger", "skatt pr. innbygger",
      "skatt pr innbygger", "skatteinntekt per innbygger", "kr per innbygger",
    ],
    .ratio: [
      "ratio", "per cent of the country", "prosent av landet", "pst. av landet",
      "prosent av landsgjennomsnittet", "i prosent av landsgjennomsnittet",
    ],
    .supplement: [
      "supplement", "net equalisation", "netto utjevning", "netto inntektsutjevning",
      "netto utjevning per innbygger", "inntektsutjevning",
    ],
  ]

  init(
    file: String,
    bytes: [UInt8],
    located: [MunicipalTable.Column: MunicipalTable.Location],
    required: [MunicipalTable.Column],
    optional: [MunicipalTable.Column]
  ) throws(DatasetError) {
    self.file = file
    let start = bytes.prefix(4096)
    let separators = [UInt8(ascii: "\t"), UInt8(ascii: ";")]
    let separator = separators.first(where: start.contains) ?? UInt8(ascii: ",")
    self.separator = separator
    let rows = try Self.rows(file, bytes, separator)
    // Between commas a decimal comma would have to be quoted; there a comma in a number separates
    // thousands.
    let hasComma = rows.contains { $0.cells.contains { $0.contains(",") && $0.isNumeric } }
    decimalSign = separator != UInt8(ascii: ",") && hasComma ? .comma : .point
    let wanted = required + optional
    let head = rows.prefix(20)
    // Columns that all are told by their numbers need no headings.
    let needsHeadings = required.contains { located[$0]?.index == nil }
    var nearest = (row: head.first, found: 0)
    for row in head where needsHeadings {
      let found = Self.columns(wanted, in: row.cells, located)
      guard required.allSatisfy({ found[$0] != nil }) else {
        if found.count > nearest.found { nearest = (row, found.count) }
        continue
      }
      columns = found
      headingLine = row.line
      taxHeading = found[.tax].map { row.cells[$0] }
      return
    }
    columns = located.compactMapValues(\.index)
    if let row = head.first(where: { $0.cells.first?.lowercased().hasPrefix("knr") ?? false }) {
      headingLine = row.line
      isSettlement = located.isEmpty
      columns.merge(Self.settlement.filter { wanted.contains($0.key) }) { mine, _ in mine }
    }
    guard required.contains(where: { columns[$0] == nil }) else { return }
    throw Self.absent(file, nearest.row, required, wanted, located, columns)
  }

  /// The error for a column that is not found, at the line that is most like one of headings.
  private static func absent(
    _ file: String,
    _ row: (line: Int, cells: [String])?,
    _ required: [MunicipalTable.Column],
    _ wanted: [MunicipalTable.Column],
    _ located: [MunicipalTable.Column: MunicipalTable.Location],
    _ known: [MunicipalTable.Column: Int]
  ) -> DatasetError {
    let found = columns(wanted, in: row?.cells ?? [], located).merging(known) { mine, _ in mine }
    let absent = required.first { found[$0] == nil } ?? .municipality
    var problem = "There is no column for \(absent.rawValue)."
    if case .heading(let text) = located[absent] {
      problem = "There is no column headed \"\(text)\" for \(absent.rawValue)."
    }
    let names = (headings[absent] ?? []).joined(separator: ", ")
    let cells = row?.cells.map { "\"\($0)\"" }.joined(separator: ", ") ?? ""
    return DatasetError(
      .invalid,
      file: file,
      line: row?.line,
      "\(problem) Known headings are: \(names). The line has: \(cells). Say where the column is, by "
        + "letter, number or heading: --columns \(absent.rawValue)=A."
    )
  }

  private static func rows(
    _ file: String,
    _ bytes: [UInt8],
    _ separator: UInt8
  ) throws(DatasetError) -> [(line: Int, cells: [String])] {
    var reader = try CSVReader(file: file, bytes: bytes, separator: separator)
    var fields: [CSVReader.Field] = []
    var rows: [(line: Int, cells: [String])] = []
    while try reader.readRow(into: &fields) {
      rows.append((reader.line, fields.map { plain(reader.text($0)) }))
    }
    return rows
  }

  private static func columns(
    _ wanted: [MunicipalTable.Column],
    in cells: [String],
    _ located: [MunicipalTable.Column: MunicipalTable.Location]
  ) -> [MunicipalTable.Column: Int] {
    let headings = cells.map(heading)
    var found: [MunicipalTable.Column: Int] = [:]
    for column in wanted {
      switch located[column] {
      case .number(let number): found[column] = number - 1
      case .heading(let text): found[column] = headings.firstIndex(of: heading(text))
      case nil:
        let names = Self.headings[column] ?? []
        found[column] = names.lazy.compactMap { headings.firstIndex(of: $0) }.first
      }
    }
    return found
  }

  /// A heading as it is compared: small letters, single spaces, without a unit in brackets.
  private static func heading(_ text: String) -> String {
    let words = text.lowercased().replacing("_", with: " ").split(whereSeparator: \.isWhitespace)
    let joined = words.joined(separator: " ")
    guard let bracket = joined.firstIndex(of: "("), bracket > joined.startIndex else {
      return joined
    }
    return String(joined[..<bracket]).split(separator: " ").joined(separator: " ")
  }

  /// The text of a cell without spaces at its ends.
  static func plain(_ text: String) -> String {
    var text = text[...]
    while text.first?.isWhitespace ?? false { text.removeFirst() }
    while text.last?.isWhitespace ?? false { text.removeLast() }
    return String(text)
  }
}

extension MunicipalTable.Location {
  fileprivate var index: Int? {
    guard case .number(let number) = self else { return nil }
    return number - 1
  }
}
