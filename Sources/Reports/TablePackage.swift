internal import Datasets
internal import Regions

/// Tables as CSV in two dialects, with their data dictionary (Frictionless Data Package v1,
/// https://specs.frictionlessdata.io/data-package/).
///
/// For programs each is in `data/`, and for Excel set to Norwegian in `data/nb-NO/`; the tables that
/// have a column a year are once more in `data/wide/`, one for each level and indicator, as programs for
/// charts want them.
struct TablePackage {
  let name: String
  let title: String
  let description: String
  let version: String
  let tables: [Table]
  /// One row a unit, one column a year.
  let wide: [Table]

  /// Adds the files to others.
  ///
  /// - Throws: An `EncodingError` for a number that JSON cannot hold.
  func add(to files: inout WholeFiles) throws {
    for dialect in CSVDialect.allCases {
      for table in tables { files.add(Self.path(table, dialect), table.csv(dialect)) }
    }
    for table in wide { files.add("data/wide/\(table.name).csv", table.csv()) }
    files.add("datapackage.json", try json.text())
  }

  private static func path(_ table: Table, _ dialect: CSVDialect) -> String {
    "data/" + (dialect == .standard ? "" : dialect.rawValue + "/") + table.name + ".csv"
  }

  private var json: JSONValue {
    let resources = CSVDialect.allCases.flatMap { dialect in
      tables.map { resource($0, dialect, name: $0.name, path: Self.path($0, dialect)) }
    }
    let others = wide.map {
      resource($0, .standard, name: "wide-\($0.name)", path: "data/wide/\($0.name).csv")
    }
    return .object([
      "profile": .string("tabular-data-package"),
      "name": .string(name),
      "title": .string(title),
      "description": .string(description),
      "version": .string(version),
      "resources": .array(resources + others),
    ])
  }

  private func resource(
    _ table: Table,
    _ dialect: CSVDialect,
    name: String,
    path: String
  ) -> JSONValue {
    let isStandard = dialect == .standard
    return .object([
      "name": .string(Self.identifier(isStandard ? name : "\(name)-nb-no")),
      "path": .string(path),
      "profile": .string("tabular-data-resource"),
      "format": .string("csv"),
      "encoding": .string(isStandard ? "utf-8" : "utf-8-sig"),
      "dialect": .object(["delimiter": .string(dialect.separator)]),
      "schema": .object([
        "fields": .array(table.columns.indices.map { field(table, $0, dialect) }),
        "missingValues": .array([.string("")]),
      ]),
    ])
  }

  /// A name of the letters that a package allows.
  static func identifier(_ name: String) -> String {
    let allowed = Set("abcdefghijklmnopqrstuvwxyz0123456789-._")
    return String(name.lowercased().map { allowed.contains($0) ? $0 : "-" })
  }

  private func field(_ table: Table, _ column: Int, _ dialect: CSVDialect) -> JSONValue {
    let cells = table.rows.lazy.map { $0[column] }.filter { !$0.isEmpty }
    var members: [String: JSONValue] = [
      "name": .string(table.columns[column].key),
      "description": .string(table.columns[column].meaning),
    ]
    if !cells.isEmpty, cells.allSatisfy(\.isInteger) {
      members["type"] = .string("integer")
    } else if !cells.isEmpty, cells.allSatisfy(\.isNumeric) {
      members["type"] = .string("number")
      if dialect == .norwegianExcel { members["decimalChar"] = .string(",") }
    } else {
      members["type"] = .string("string")
    }
    return .object(members)
  }
}

extension Table.Cell {
  fileprivate var isEmpty: Bool {
    if case .missing = self { true } else { false }
  }

  fileprivate var isInteger: Bool {
    switch self {
    case .integer: true
    case .place(let place): place == place.rounded()
    default: false
    }
  }

  fileprivate var isNumeric: Bool {
    switch self {
    case .integer, .number, .signed, .share, .shareDifference, .place: true
    case .text, .word, .missing: false
    }
  }
}
