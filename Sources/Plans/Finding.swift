public import Regions

/// Something in the figures of a plan that does not agree, with its size.
public struct Finding: Sendable, Hashable {
  /// How much it matters.
  public let severity: Severity
  /// The table; `nil` for the targets and the text.
  public let table: String?
  /// The series it is about; `nil` for targets and remarks.
  public let series: Series?
  /// The year; `nil` where it is about no single one.
  public let year: Int?
  /// What was found.
  public let kind: Kind

  /// What can be found.
  public enum Kind: Sendable, Hashable {
    /// The region's printed figure is not the sum of those of its municipalities.
    case total(printed: Double, sum: Double)
    /// A ratio is not that of the figures beside it.
    case ratio(Unit, printed: Double, computed: Double)
    /// A ratio was cut off instead of rounded.
    case truncated(Unit, printed: Double, computed: Double)
    /// Ratios are taken over other denominators than those shown, and that of the region is not.
    case denominators(Denominators)
    /// The region's figure in per cent of the country cannot be right with those of the others.
    case country(printed: Double, consistent: ClosedRange<Double>, country: ClosedRange<Double>)
    /// No average of the country fits all the printed percentages.
    case noCountry
    /// A place is far from that of its value among the others.
    case place(Unit, printed: Double, expected: Double, of: Int, value: Double)
    /// The region's place fits another division, or none.
    case area(printed: Double, value: Double, places: [Area])
    /// Places a point apart lie too unevenly for one distribution.
    case density([Density])
    /// The movement is not that of the places.
    case movement(printed: Double, sum: Double)
    /// One municipality alone decides which way the sum of movements points.
    case oneDecides(Unit, movement: Double, sum: Double, before: Int, after: Int)
    /// The number ranked differs between two years.
    case ranked(before: Int, beforeYear: Int, after: Int, afterYear: Int)
    /// The year of a column is not the plan's.
    case year(printed: Int, plan: Int)
    /// A municipality bears the name of another.
    case homonym(Unit, other: Unit, county: String)
    /// A target has no year by which it must be met.
    case noYear([PlanTarget])
    /// A target says that something must change, not by how much.
    case noThreshold([PlanTarget])
    /// A count that is to fall also falls when people move away.
    case count(PlanTarget, indicator: Indicator)
    /// A target cannot be measured as worded.
    case unmeasurable(PlanTarget, reason: LocalizedText)
    /// What a reader noted.
    case remark(PlanRemark)
  }

  /// Ratios over other denominators than those shown.
  public struct Denominators: Sendable, Hashable {
    /// The series of the denominators shown.
    public let series: String
    /// Per municipality the denominator shown and the one that the ratio implies.
    public let rows: [Row]
    /// The region's printed ratio.
    public let printed: Double
    /// The region's ratio over the denominators implied.
    public let consistent: Double

    /// One municipality.
    public struct Row: Sendable, Hashable {
      /// The municipality.
      public let unit: Unit
      /// The denominator shown.
      public let shown: Double
      /// The denominator that the printed ratio implies.
      public let implied: Double
    }

    /// The sum of the denominators shown.
    public var shown: Double { rows.reduce(0) { $0 + $1.shown } }
    /// The sum of those implied.
    public var implied: Double { rows.reduce(0) { $0 + $1.implied } }
  }

  /// The place of the region's value in one division.
  public struct Area: Sendable, Hashable {
    /// The division.
    public let division: LocalizedText
    /// The municipalities that are in the region there.
    public let members: [Unit]
    /// The region's value there.
    public let value: Double
    /// Its place, and among how many.
    public let place: Double
    /// How many are ranked.
    public let of: Int
  }

  /// How many places lie between two neighbours, for each unit of the value.
  public struct Density: Sendable, Hashable {
    /// The better of the two.
    public let better: Unit
    /// The other.
    public let worse: Unit
    /// The places between them over the difference of their values.
    public let placesPerPoint: Double
  }
}
