public import Documents
public import Regions

/// A composite ranking as somebody wrote it down: indicators in areas, weights, and how figures become
/// one score.
public struct Composite: Sendable, Hashable {
  /// How the areas and indicators become one score.
  public enum Aggregation: String, Sendable, Hashable, CaseIterable {
    /// The weighted mean: a weak area is made up for by a strong one.
    case arithmetic
    /// The weighted geometric mean: a weak area is made up for only in part. Values must be positive.
    case geometric
  }

  /// What a unit gets that lacks a figure.
  public struct MissingRule: Sendable, Hashable {
    /// The kinds of rule.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
      /// The weights within an area are divided among the indicators that are there.
      case renormalise
      /// A unit that lacks any indicator gets no score.
      case refuse
    }

    /// The kind of rule.
    public let kind: Kind
    /// The smallest share of an area's weights that must be there, 0 to 1.
    public let least: Double

    /// Creates a rule.
    public init(kind: Kind, least: Double) {
      self.kind = kind
      self.least = least
    }
  }

  /// An indicator within an area.
  public struct Component: Sendable, Hashable {
    /// The id of the indicator.
    public let indicator: Located<String>
    /// Its weight within the area, as written.
    public let weight: Double
    /// Which values are better, where it is not the indicator's own direction.
    public let direction: Indicator.Direction?
    /// The year of its figures, where it is not the latest up to the composite's.
    public let year: Located<Int>?
  }

  /// Indicators that belong together.
  public struct Area: Sendable, Hashable {
    /// The id, such as `work`.
    public let id: String
    /// The name in both languages.
    public let name: LocalizedText
    /// Its weight, as written.
    public let weight: Double
    /// The indicators.
    public let components: [Component]
  }

  /// The name, that of the file.
  public let id: String
  /// The file.
  public let file: String
  /// The title in both languages.
  public let title: LocalizedText
  /// What a reader must know, in both languages.
  public let note: LocalizedText
  /// The division whose regions are ranked.
  public let division: Located<String>
  /// The year: each indicator has its latest figures up to it.
  public let year: Located<Int>
  /// How a unit without figures in an indicator's year gets them.
  public let fill: FillRule
  /// The years whose figures fix the normalisation; `nil` for all up to the composite's year.
  public let base: Located<ClosedRange<Int>>?
  /// How figures are brought to one scale.
  public let normalisation: Normalisation
  /// Where extreme figures are cut off, if they are.
  public let winsorising: Winsorising?
  /// How the areas and indicators become one score.
  public let aggregation: Located<Aggregation>
  /// What is added to each normalised value before the geometric mean is taken.
  public let shift: Double
  /// What a unit gets that lacks a figure.
  public let missing: MissingRule
  /// How well a shadow must fit published places before it may say places.
  public let gate: FitGate
  /// The areas.
  public let areas: [Area]

  /// The share of each area in the score; they sum to 1.
  public var areaShares: [Double] {
    let total = areas.reduce(0) { $0 + $1.weight }
    return areas.map { $0.weight / total }
  }
}

/// Where extreme figures are cut off before they are normalised.
///
/// A figure below the quantile `low` of the base window counts as that quantile, one above `high` as
/// that (winsorising, after Charles P. Winsor; OECD & JRC 2008, Handbook on Constructing Composite
/// Indicators, section 5, https://doi.org/10.1787/9789264043466-en).
public struct Winsorising: Sendable, Hashable {
  /// The lower quantile, 0 to 1.
  public let low: Double
  /// The upper quantile, 0 to 1, above the lower.
  public let high: Double

  /// Creates a rule from its quantiles.
  public init(low: Double, high: Double) {
    precondition(0 <= low && low < high && high <= 1, "The quantiles lie in order within 0–1.")
    self.low = low
    self.high = high
  }
}

/// How well a shadow must fit published places before it may say places.
public struct FitGate: Sendable, Hashable {
  /// The smallest rank correlation (Spearman's ρ).
  public let correlation: Double
  /// The largest mean error, in places.
  public let error: Double
  /// The smallest number of units with a published place.
  public let units: Int

  /// Creates a gate; without arguments the usual one.
  public init(correlation: Double = 0.95, error: Double = 10, units: Int = 30) {
    self.correlation = correlation
    self.error = error
    self.units = units
  }
}
