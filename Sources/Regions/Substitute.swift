/// A series that is taken for the movement of another, whose own history is too short.
public struct Substitute: Sendable, Hashable {
  /// The series without a history.
  public let series: String
  /// The series, or the indicator that is a ratio, whose movement is taken instead. A ratio stands
  /// for the ratio of the series to its indicator's denominator.
  public let lender: String
  /// Why this one.
  public let note: String

  /// Creates a substitute.
  public init(series: String, lender: String, note: String) {
    self.series = series
    self.lender = lender
    self.note = note
  }
}
