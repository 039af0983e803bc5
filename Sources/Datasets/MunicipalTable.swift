public import Regions

/// A table by municipality that a user has, such as a settlement of the income equalisation saved as
/// CSV from a spreadsheet.
///
/// The separator is a tab, a semicolon or a comma. Numbers may have a decimal comma and spaces between
/// thousands. The columns are found by their headings, by those of KDD's settlement, or as told. Codes
/// that lost their leading zero get it back; rows of totals are passed over. Both are counted.
public struct MunicipalTable: Sendable {
  /// What a column holds.
  public enum Column: String, Sendable, Hashable, CaseIterable {
    /// The code or the name of the municipality.
    case municipality
    /// The tax revenue, in kroner or 1000 kroner.
    case tax
    /// The inhabitants.
    case population
    /// The tax revenue per inhabitant in kroner.
    case perInhabitant = "tax-per-inhabitant"
    /// The revenue per inhabitant over the country's, as a fraction or in per cent.
    case ratio
    /// The net supplement of the equalisation per inhabitant in kroner; negative for those who give.
    case supplement
  }

  /// Where a column is, when the user says so.
  public enum Location: Sendable, Hashable {
    /// The number of the column, the first being 1.
    case number(Int)
    /// Its heading.
    case heading(String)
  }

  /// One row.
  public struct Row: Sendable, Hashable {
    /// The position of the municipality in the register.
    public let position: Int
    /// The line of the file.
    public let line: Int
    /// The numbers.
    public let values: [Column: Double]
  }

  /// The file's path.
  public let file: String
  /// The rows, in the order of the file.
  public let rows: [Row]
  /// The number of each column that was found, the first being 1.
  public let columns: [Column: Int]
  /// Whether the columns are those of KDD's settlement, known by their places alone.
  public let hasSettlementLayout: Bool
  /// The heading of the column of the tax revenue, if there is one.
  public let taxHeading: String?
  /// What stands first in rows that were passed over as totals.
  public let totals: [String]
  /// How many codes got their leading zero back.
  public let zerosRestored: Int
  /// The positions of today's municipalities that no row is about.
  public let missing: [Int]

  /// Reads a table.
  ///
  /// - Parameters:
  ///   - file: The file's path.
  ///   - register: The municipalities.
  ///   - located: Where columns are, for those that the user has located.
  ///   - required: The columns that must be there.
  ///   - optional: The columns that are read when they are there.
  /// - Throws: `DatasetError` with line and column for a file that is not there or not UTF-8, a column
  ///   that is not found, an unknown or repeated municipality, and anything but a number where one
  ///   must be.
  /// - Complexity: O(size of the file).
  public init(
    file: String,
    register: MunicipalityRegister,
    located: [Column: Location] = [:],
    required: [Column],
    optional: [Column] = []
  ) throws(DatasetError) {
    var bytes = try DatasetFiles.content(of: file)
    if let last = bytes.last, last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
    let layout = try TableLayout(
      file: file,
      bytes: bytes,
      located: located,
      required: [.municipality] + required,
      optional: optional
    )
    var content = TableContent(layout: layout, register: register)
    try content.read(bytes, required: required, optional: optional)
    self.file = file
    rows = content.rows
    columns = layout.columns.mapValues { $0 + 1 }
    hasSettlementLayout = layout.isSettlement
    taxHeading = layout.taxHeading
    totals = content.totals
    zerosRestored = content.zerosRestored
    let covered = Set(
      rows.flatMap { register.combinedUnit(at: $0.position)?.members ?? [$0.position] }
    )
    missing = register.municipalities.indices.filter { !covered.contains($0) }
    guard !rows.isEmpty else {
      throw DatasetError(.invalid, file: file, "The table has no row of a municipality.")
    }
  }

  /// One number of every row, per position of the register; NaN where there is no row.
  public func column(_ column: Column, count: Int) -> [Double] {
    var values = [Double](repeating: .nan, count: count)
    for row in rows { values[row.position] = row.values[column] ?? .nan }
    return values
  }

  /// The unit of the tax revenue: kroner, or 1000 kroner, by its heading or its size.
  ///
  /// Revenue per inhabitant is taken to lie between 5,000 and 1,000,000 kroner in the middle row.
  ///
  /// - Throws: `DatasetError` where it lies elsewhere in both units.
  public func taxUnit() throws(DatasetError) -> MeasureUnit {
    let heading = (taxHeading ?? "").filter { !$0.isWhitespace }.lowercased()
    if heading.contains("1000kr") || heading.contains("1000nok") { return .thousandNOK }
    let sizes = rows.compactMap { row -> Double? in
      guard let tax = row.values[.tax], let people = row.values[.population] else { return nil }
      return tax / people
    }.sorted()
    let middle = sizes.isEmpty ? 0 : sizes[sizes.count / 2]
    if (5000..<1_000_000).contains(middle) { return .nok }
    if (5..<1000).contains(middle) { return .thousandNOK }
    throw DatasetError(
      .invalid,
      file: file,
      "The unit of the tax revenue is not clear: it is \((middle * 10).rounded() / 10) per inhabitant "
        + "in the middle row. Say --tax-unit NOK or --tax-unit thousand_NOK."
    )
  }
}
