/// What is known of a series of figures apart from the figures.
public struct Series: Sendable, Hashable {
  /// The id, such as `population.total`.
  public let id: String
  /// The name in both languages.
  public let name: LocalizedText
  /// The unit, such as `persons`.
  public let unit: MeasureUnit
  /// How many decimals to show.
  public let decimals: Int
  /// The smallest value allowed, if any.
  public let minimum: Double?
  /// The largest value allowed, if any.
  public let maximum: Double?
  /// The file that holds the values, relative to the dataset; empty when there are no figures yet.
  public let file: String
  /// The first and last year with figures; `nil` when there are none yet.
  public let years: ClosedRange<Int>?
  /// Whether each year has a row for every municipality.
  public let isComplete: Bool
  /// Whether the sum over the municipalities is the country's figure.
  public let isSummable: Bool
  /// Who published it, and in which table.
  public let source: String
  /// Of which date or edition the source is.
  public let vintage: String
  /// The licence of the figures.
  public let licence: String
  /// What a reader must know of it.
  public let note: String

  /// Creates the description of a series.
  public init(
    id: String,
    name: LocalizedText,
    unit: MeasureUnit,
    decimals: Int,
    minimum: Double?,
    maximum: Double?,
    file: String,
    years: ClosedRange<Int>?,
    isComplete: Bool,
    isSummable: Bool,
    source: String,
    vintage: String,
    licence: String,
    note: String
  ) {
    self.id = id
    self.name = name
    self.unit = unit
    self.decimals = decimals
    self.minimum = minimum
    self.maximum = maximum
    self.file = file
    self.years = years
    self.isComplete = isComplete
    self.isSummable = isSummable
    self.source = source
    self.vintage = vintage
    self.licence = licence
    self.note = note
  }
}

/// The unit in which figures are counted.
public enum MeasureUnit: String, Sendable, Hashable, CaseIterable {
  /// Persons.
  case persons
  /// Jobs.
  case jobs
  /// Norwegian kroner.
  case nok = "NOK"
  /// Thousands of Norwegian kroner.
  case thousandNOK = "thousand_NOK"
  /// Per cent.
  case percent
  /// Percentage points.
  case percentagePoints = "percentage_points"
  /// Per thousand.
  case perThousand = "per_1000"
  /// An index.
  case index
  /// Decares (dekar, 1,000 m²).
  case decare
  /// Dwellings.
  case dwellings
  /// Enterprises.
  case enterprises
  /// A place in a ranking.
  case place
  /// Something else, said in the name.
  case other
}

/// A year in which a series changed otherwise than by growth: a change into it is not a trend.
public struct SeriesBreak: Sendable, Hashable {
  /// The series.
  public let series: String
  /// The code of the municipality, or `nil` for all.
  public let municipality: String?
  /// The year whose change from the year before is no growth.
  public let year: Int
  /// Why.
  public let reason: String

  /// Creates a break.
  public init(series: String, municipality: String?, year: Int, reason: String) {
    self.series = series
    self.municipality = municipality
    self.year = year
    self.reason = reason
  }
}
