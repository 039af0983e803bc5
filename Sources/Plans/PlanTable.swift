public import Documents
public import Regions

/// A table that a plan prints.
public struct PlanTable: Sendable, Hashable {
  /// The number or name, as the plan has it.
  public let id: String
  /// The heading.
  public let title: LocalizedText
  /// The columns, in the plan's order.
  public let columns: [Column]

  /// One column: a series in some years, and what its figures must agree with.
  public struct Column: Sendable, Hashable {
    /// The series, by id.
    public let series: Located<String>
    /// The years printed.
    public let years: [Int]
    /// How the figures are computed from others.
    public let rule: Rule?
  }

  /// What the figures of a column must agree with.
  public enum Rule: Sendable, Hashable {
    /// The region's figure is the sum of those of the municipalities.
    case sum
    /// Each figure is *times* × `of` / `to`.
    case ratio(of: Located<String>, to: Located<String>, times: Double)
    /// Each figure is `of` in per cent of the country's, which the plan does not print.
    case country(of: Located<String>)
    /// Places of an indicator's values; a region's in the plan's division, or in one of the others.
    case places(indicator: Located<String>, divisions: [Located<String>])
    /// The places climbed since a year, summed over the municipalities.
    case movement(of: Located<String>, from: Int)

    /// The series that the rule looks at.
    var series: [Located<String>] {
      switch self {
      case .sum, .places: []
      case .ratio(let of, let to, _): [of, to]
      case .country(let of): [of]
      case .movement(let of, _): [of]
      }
    }
  }
}
