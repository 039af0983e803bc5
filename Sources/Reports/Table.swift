/// Rows under named columns, ready to be shown or written in any format.
public struct Table: Sendable, Hashable {
  /// One column.
  public struct Column: Sendable, Hashable {
    /// The name in files: English, lower case, stable.
    public let key: String
    /// The heading shown to readers; `nil` for a column that is only written to files.
    public let title: String?
    /// What a reader of a file must know of it.
    public let meaning: String

    /// Creates a column.
    public init(_ key: String, _ title: String?, meaning: String = "") {
      self.key = key
      self.title = title
      self.meaning = meaning
    }
  }

  /// One cell.
  public enum Cell: Sendable, Hashable {
    /// A text, such as a name or a code with its leading zero.
    case text(String)
    /// A word of a fixed list: files have the word, readers see it in their language.
    case word(String, shown: String)
    /// A whole number without separators, such as a year.
    case integer(Int)
    /// A number, with the decimals to show; files have it in full.
    case number(Double, decimals: Int)
    /// A number shown with its sign.
    case signed(Double, decimals: Int)
    /// A share or a probability from 0 to 1: files have it so, readers see per cent.
    case share(Double, decimals: Int)
    /// The difference of two shares: files have it so, readers see percentage points with a sign.
    case shareDifference(Double, decimals: Int)
    /// A place in a ranking.
    case place(Double)
    /// Nothing, with the reason shown to readers.
    case missing(String)
  }

  /// A name for the table, used where several are written together.
  public let name: String
  /// The heading shown to readers.
  public let title: String
  /// The columns.
  public let columns: [Column]
  /// The rows, each with one cell per column.
  public var rows: [[Cell]]
  /// The indices of the rows that are marked.
  public var marked: Set<Int> = []

  /// Creates a table.
  public init(name: String, title: String, columns: [Column], rows: [[Cell]] = []) {
    self.name = name
    self.title = title
    self.columns = columns
    self.rows = rows
  }

  /// The same table with one more column, whose cells follow from the rows.
  func with(_ column: Column, _ cell: ([Cell]) -> Cell) -> Table {
    var table = Table(
      name: name,
      title: title,
      columns: columns + [column],
      rows: rows.map { $0 + [cell($0)] }
    )
    table.marked = marked
    return table
  }

  /// The same table, readers not shown the columns in which every cell is missing.
  func hidingEmptyColumns() -> Table {
    let columns = self.columns.indices.map { index in
      let isEmpty = rows.allSatisfy { row in
        if case .missing = row[index] { true } else { false }
      }
      let column = self.columns[index]
      return isEmpty ? Column(column.key, nil, meaning: column.meaning) : column
    }
    var table = Table(name: name, title: title, columns: columns, rows: rows)
    table.marked = marked
    return table
  }

  /// The same table under another name.
  func named(_ name: String) -> Table {
    var table = Table(name: name, title: title, columns: columns, rows: rows)
    table.marked = marked
    return table
  }

  /// The same table with the scenario in front of each row, unless it has a column of it.
  func with(scenario id: String, title shown: String = "") -> Table {
    if columns.contains(where: { $0.key == "scenario" }) { return self }
    var table = Table(
      name: name,
      title: title,
      columns: [Column("scenario", shown, meaning: "id of the scenario")] + columns,
      rows: rows.map { [.text(id)] + $0 }
    )
    table.marked = marked
    return table
  }

  /// The same table with the name and version of the dataset in every row; for files, which may leave
  /// the notes behind.
  func with(dataset vintage: String) -> Table {
    with(Column("dataset", nil, meaning: "name and version of the dataset")) { _ in .text(vintage) }
  }

  /// Adds a row, and marks it if asked.
  public mutating func add(_ row: [Cell], marked isMarked: Bool = false) {
    precondition(row.count == columns.count, "A row has one cell per column.")
    if isMarked { marked.insert(rows.count) }
    rows.append(row)
  }
}

/// What a command has to say: tables, and the notes without which they would mislead.
public struct Report: Sendable, Hashable {
  /// The heading.
  public let title: String
  /// The tables; files in one table have the first.
  public var tables: [Table]
  /// Tie rule, number ranked, basis, source, vintage.
  public var notes: [String]

  /// Creates a report.
  public init(title: String, tables: [Table], notes: [String]) {
    self.title = title
    self.tables = tables
    self.notes = notes
  }
}
