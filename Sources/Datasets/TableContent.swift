internal import Regions

/// The rows of a user's table, read by its layout.
struct TableContent {
  let layout: TableLayout
  let register: MunicipalityRegister
  private(set) var rows: [MunicipalTable.Row] = []
  private(set) var totals: [String] = []
  private(set) var zerosRestored = 0
  private let names: UnitNames
  private var lines: [Int: Int] = [:]

  /// How rows begin that are about more than one municipality.
  private static let totalWords = [
    "hele landet", "landet", "sum", "totalt", "total", "i alt", "the country", "country",
    "gjennomsnitt", "landsgjennomsnitt",
  ]

  init(layout: TableLayout, register: MunicipalityRegister) {
    self.layout = layout
    self.register = register
    names = UnitNames(register: register, division: nil)
  }

  mutating func read(
    _ bytes: [UInt8],
    required: [MunicipalTable.Column],
    optional: [MunicipalTable.Column]
  ) throws(DatasetError) {
    var reader = try CSVReader(file: layout.file, bytes: bytes, separator: layout.separator)
    var fields: [CSVReader.Field] = []
    while try reader.readRow(into: &fields) {
      guard reader.line > layout.headingLine else { continue }
      guard let position = try municipality(fields, reader) else { continue }
      var values: [MunicipalTable.Column: Double] = [:]
      for column in required + optional {
        guard let index = layout.columns[column] else { continue }
        let isNeeded = required.contains(column)
        values[column] = try number(column, at: index, isNeeded: isNeeded, fields, reader)
      }
      if let first = lines.updateValue(reader.line, forKey: position) {
        let unit = register.unit(at: position)
        throw reader.error(
          "A second row for \(unit.code) \(unit.name); the first is line \(first)."
        )
      }
      rows.append(MunicipalTable.Row(position: position, line: reader.line, values: values))
    }
    try checkCombinedUnits()
  }

  /// Refuses a combined unit beside one of its members: the member would count twice.
  private func checkCombinedUnits() throws(DatasetError) {
    for row in rows {
      guard let unit = register.combinedUnit(at: row.position),
        let member = unit.members.first(where: { lines[$0] != nil }), let line = lines[member]
      else { continue }
      throw DatasetError(
        .invalid,
        file: layout.file,
        line: row.line,
        "\(unit.code) \(unit.name) holds \(register.unit(at: member).name), which has a row of its "
          + "own in line \(line)."
      )
    }
  }

  /// The position of the municipality that a row is about; `nil` for a row about none.
  private mutating func municipality(
    _ fields: [CSVReader.Field],
    _ reader: CSVReader
  ) throws(DatasetError) -> Int? {
    guard let index = layout.columns[.municipality] else { return nil }
    let texts = fields.map { TableLayout.plain(reader.text($0)) }
    guard fields.indices.contains(index), !texts[index].isEmpty else {
      // A row of a total, or of nothing.
      if let first = texts.first(where: { !$0.isEmpty }), !first.isNumeric { totals.append(first) }
      return nil
    }
    let text = texts[index]
    let code = String(text.prefix { $0.isNumber })
    if code.isEmpty {
      if Self.totalWords.contains(where: { text.lowercased().hasPrefix($0) }) {
        totals.append(text)
        return nil
      }
      // Lines of headings, such as those of the settlement, come before any municipality.
      if rows.isEmpty, layout.isSettlement || layout.headingLine == 0 { return nil }
      do {
        return register.position(ofCode: try names.unit(text, level: .municipality).code)
      } catch {
        throw reader.error(fields[index], error.description)
      }
    }
    if let position = register.position(ofCode: code) { return position }
    if code.count == 3, let position = register.position(ofCode: "0" + code) {
      zerosRestored += 1
      return position
    }
    if rows.isEmpty, code.count < 3 { return nil }
    let codes = register.municipalities.map(\.code)
    let hint = nearestMatch(to: code, among: codes).map { " Is it \($0)?" } ?? ""
    throw reader.error(
      fields[index],
      "There is no municipality \(code) in the division of the dataset.\(hint)"
    )
  }

  private func number(
    _ column: MunicipalTable.Column,
    at index: Int,
    isNeeded: Bool,
    _ fields: [CSVReader.Field],
    _ reader: CSVReader
  ) throws(DatasetError) -> Double? {
    guard fields.indices.contains(index) else {
      guard isNeeded else { return nil }
      throw reader.error(
        "The line has \(fields.count) fields; \(column.rawValue) is in column \(index + 1)."
      )
    }
    let text = TableLayout.plain(reader.text(fields[index]))
    guard !text.isEmpty else {
      guard isNeeded else { return nil }
      throw reader.error(fields[index], "\(column.rawValue) is empty.")
    }
    guard let number = layout.decimalSign.number(text) else {
      let sign = layout.decimalSign == .comma ? "comma" : "point"
      throw reader.error(
        fields[index],
        "\(column.rawValue) must be a number with a decimal \(sign), not \"\(text)\"."
      )
    }
    if column == .population, number < 1 || number != number.rounded() {
      throw reader.error(
        fields[index],
        "population must be a whole number above 0, not \"\(text)\"."
      )
    }
    if column == .tax || column == .perInhabitant, number < 0 {
      throw reader.error(fields[index], "\(column.rawValue) is \"\(text)\"; it cannot be below 0.")
    }
    return number
  }
}

extension String {
  /// Whether it is of digits and the signs that numbers have.
  var isNumeric: Bool {
    contains(where: \.isNumber)
      && allSatisfy { $0.isNumber || $0.isWhitespace || ".,-−–%".contains($0) }
  }
}
