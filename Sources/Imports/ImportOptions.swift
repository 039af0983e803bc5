public import Datasets
public import Regions

/// What a user says of a file beyond what can be seen in it.
public struct ImportOptions: Sendable, Hashable {
  /// Which series a content is.
  public struct Assignment: Sendable, Hashable {
    /// The code or label of the content; `nil` for the only one.
    public let content: String?
    /// The id of the series.
    public let series: String

    /// Creates an assignment.
    public init(content: String? = nil, series: String) {
      self.content = content
      self.series = series
    }
  }

  /// A series that the dataset does not know.
  public struct NewSeries: Sendable, Hashable {
    /// Its name, the same in both languages.
    public let name: String
    /// The unit.
    public let unit: MeasureUnit
    /// Which values are better.
    public let direction: Indicator.Direction

    /// Creates the description of a series.
    public init(name: String, unit: MeasureUnit, direction: Indicator.Direction) {
      self.name = name
      self.unit = unit
      self.direction = direction
    }
  }

  /// Which contents are taken, as which series; empty to find out.
  public var assignments: [Assignment] = []
  /// What is chosen of other dimensions.
  public var choices: [UpdateSource.Choice] = []
  /// The period of each year that is taken, such as `K4`; `nil` when there is one a year.
  public var period: String?
  /// The publisher's id of the table, where the file does not say.
  public var table: String?
  /// The basis of the figures, where it is not as published.
  public var basis: Basis?
  /// The series that the dataset does not know, if one is imported.
  public var newSeries: NewSeries?
  /// Who published the figures, where the file does not say.
  public var source: String?

  /// Creates options that say nothing.
  public init() {}
}
