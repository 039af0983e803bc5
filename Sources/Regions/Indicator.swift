/// A quantity by which units are compared.
public struct Indicator: Sendable, Hashable {
  /// Which values are better.
  public enum Direction: String, Sendable, Hashable, CaseIterable {
    /// Larger values are better, and have the first places.
    case higher
    /// Smaller values are better, and have the first places.
    case lower
    /// Neither is better; the largest value has place 1.
    case neutral
  }

  /// How the value of a region follows from those of its municipalities.
  public enum Aggregation: String, Sendable, Hashable, CaseIterable {
    /// The sum over the members.
    case sum
    /// The sum of the numerators over the sum of the denominators; a share is never averaged.
    case ratioOfSums = "ratio_of_sums"
    /// The mean weighted by the series that is the value's own denominator.
    case weightedMean = "weighted_mean"
    /// A region has no value; `note` says why.
    case notAggregable = "not_aggregable"
    /// The values are places that somebody published; a region has none, only movements.
    case publishedRank = "published_rank"
  }

  /// The id, such as `employment.share`.
  public let id: String
  /// The name in both languages.
  public let name: LocalizedText
  /// The unit of the value.
  public let unit: MeasureUnit
  /// How many decimals to show.
  public let decimals: Int
  /// Which values are better.
  public let direction: Direction
  /// The series of the numerator, or of the value itself when there is no denominator.
  public let numerator: String
  /// The series of the denominator, if the value is a ratio.
  public let denominator: String?
  /// The value is the ratio times this: 100 for per cent.
  public let scale: Double
  /// How a region's value follows.
  public let aggregation: Aggregation
  /// The series that weights a weighted mean.
  public let weight: String?
  /// Whether the value is given as per cent of the country's ratio.
  public let isRelativeToCountry: Bool
  /// Whether the numerator is part of the denominator, so that the ratio stays within 0–1.
  public let isShare: Bool
  /// Who publishes it.
  public let source: String
  /// What a reader must know of it.
  public let note: String

  /// Creates an indicator.
  public init(
    id: String,
    name: LocalizedText,
    unit: MeasureUnit,
    decimals: Int,
    direction: Direction,
    numerator: String,
    denominator: String?,
    scale: Double,
    aggregation: Aggregation,
    weight: String?,
    isRelativeToCountry: Bool,
    isShare: Bool,
    source: String,
    note: String
  ) {
    self.id = id
    self.name = name
    self.unit = unit
    self.decimals = decimals
    self.direction = direction
    self.numerator = numerator
    self.denominator = denominator
    self.scale = scale
    self.aggregation = aggregation
    self.weight = weight
    self.isRelativeToCountry = isRelativeToCountry
    self.isShare = isShare
    self.source = source
    self.note = note
  }

  /// The series that the value is computed from: numerator, denominator and weight.
  public var series: [String] { [numerator, denominator, weight].compactMap { $0 } }
}
