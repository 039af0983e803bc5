/// The cubes of a file, and what was recognised on the way, in words.
public struct CubeReading: Sendable {
  /// Rows that hold no figures, and why they were passed over.
  public struct PassedOver: Sendable, Hashable {
    /// The first and the last line.
    public let lines: ClosedRange<Int>
    /// Why, as a phrase.
    public let reason: String
  }

  /// The cubes; several where a workbook has several sheets with tables.
  public var cubes: [Cube]
  /// The format, such as `Tidy table (CSV)`.
  public var format: String
  /// How the characters are stored; `nil` for a workbook.
  public var encoding: TextEncoding?
  /// What is between cells; `nil` for a workbook.
  public var separator: Character?
  /// The decimal sign; `nil` where no number needs one.
  public var decimalSign: NorwegianNumber.DecimalSign?
  /// Why that sign is taken, as a phrase.
  public var decimalReason = ""
  /// The sheets that were read.
  public var sheets: [String] = []
  /// The lines of the headings.
  public var headingLines: ClosedRange<Int>?
  /// The columns and what each is taken for, as phrases.
  public var columns: [String] = []
  /// Rows that were passed over.
  public var passedOver: [PassedOver] = []
  /// What else there is to say, as sentences.
  public var remarks: [String] = []

  /// Creates what is known of cubes of a format.
  public init(cubes: [Cube], format: String) {
    self.cubes = cubes
    self.format = format
  }
}

/// What a user says of a table, instead of what would be recognised.
public struct GridOptions: Sendable, Hashable {
  /// Where the year is.
  public enum Year: Sendable, Hashable {
    /// In the column with a heading.
    case column(String)
    /// Nowhere: all figures are of one year or period.
    case fixed(String)
  }

  /// The heading of the column of regions.
  public var regionColumn: String?
  /// Where the year is.
  public var year: Year?
  /// The headings of the columns of values.
  public var valueColumns: [String] = []
  /// The name of the sheet of a workbook.
  public var sheet: String?
  /// The sign before decimals.
  public var decimalSign: NorwegianNumber.DecimalSign?
  /// What the figures are, where no heading says it.
  public var content: String?

  /// Creates options that leave everything to be recognised.
  public init() {}
}
