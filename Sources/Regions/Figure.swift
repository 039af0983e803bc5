/// On what a value rests.
public enum Basis: String, Sendable, Hashable, CaseIterable {
  /// Published by the source named for the series.
  case observed
  /// Published as provisional, to be revised.
  case provisional
  /// Computed from other published figures by a stated method.
  case estimated
  /// Printed in an action plan.
  case plan
  /// The latest earlier value, put in by a rule that the user named.
  case carried
  /// What a scenario gives.
  case projected
}

/// Why there is no value.
public enum MissingReason: String, Sendable, Hashable, CaseIterable {
  /// The municipality came from a split and has no earlier figure.
  case split
  /// The figure is published only for several municipalities together.
  case combined
  /// The source withholds the figure.
  case suppressed
  /// The source gives no figure.
  case notPublished = "not_published"
  /// An estimate cannot be computed from the source.
  case notComputable = "not_computable"
  /// The source's figure was judged false and is not used.
  case implausible
  /// A figure is not possible, as the source does not use the category.
  case notApplicable = "not_applicable"
  /// The source has announced the figure and does not give it yet.
  case pending
  /// The series has no row for the unit in that year.
  case notInSeries = "not_in_series"
  /// A member of the region has no figure, and a sum would be too low.
  case memberMissing = "member_missing"
  /// Members with more than a tenth of the region's population have no figure.
  case lowCoverage = "low_coverage"
  /// The denominator is zero.
  case zeroDenominator = "zero_denominator"
}

/// Whether a value is there, and on what it rests or why it is not.
public enum FigureStatus: Sendable, Hashable {
  /// There is a value with this basis.
  case present(Basis)
  /// There is none, for this reason.
  case missing(MissingReason)

  /// The basis when a value is there.
  public var basis: Basis? {
    guard case .present(let basis) = self else { return nil }
    return basis
  }

  /// The word for it in exports: the basis, or `missing`.
  public var word: String { basis?.rawValue ?? "missing" }

  /// The weaker of two statuses: missing before projected, carried, plan, estimated,
  /// provisional, observed.
  ///
  /// A value computed from several figures has the status of its weakest figure.
  public func combined(with other: FigureStatus) -> FigureStatus {
    guard let mine = basis else { return self }
    guard let theirs = other.basis else { return other }
    return mine.weakness >= theirs.weakness ? self : other
  }
}

extension Basis {
  fileprivate var weakness: Int {
    switch self {
    case .observed: 0
    case .provisional: 1
    case .estimated: 2
    case .plan: 3
    case .carried: 4
    case .projected: 5
    }
  }
}

/// One series in one year: a value, its status and the year it is from, per position of a register.
public struct Column: Sendable, Hashable {
  /// The values; NaN where missing.
  public var values: [Double]
  /// The status of each value.
  public var statuses: [FigureStatus]
  /// The year each value is from; it differs from the column's year where a value was carried.
  public var years: [Int]

  /// Creates a column in which every value is missing for the same reason.
  public init(count: Int, year: Int, missing reason: MissingReason = .notInSeries) {
    values = Array(repeating: .nan, count: count)
    statuses = Array(repeating: .missing(reason), count: count)
    years = Array(repeating: year, count: count)
  }

  mutating func clear(_ position: Int, reason: MissingReason) {
    values[position] = .nan
    statuses[position] = .missing(reason)
  }
}
