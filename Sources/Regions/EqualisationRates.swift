/// The rates of the income equalisation of municipalities.
public struct EqualisationRates: Sendable, Hashable {
  /// The share α of its distance to the country's average that a municipality gets or gives.
  public let alpha: Double
  /// The further share β of its distance to the threshold that one below it gets.
  public let beta: Double
  /// The threshold as a share of the country's average, such as 0.9.
  public let threshold: Double

  /// Creates rates.
  ///
  /// - Throws: `EqualisationError` unless 0 ≤ α, 0 ≤ β, α + β ≤ 1 and 0 < threshold ≤ 1: beyond
  ///   these a municipality would lose by its own growth.
  public init(alpha: Double, beta: Double, threshold: Double) throws(EqualisationError) {
    guard alpha >= 0, beta >= 0, alpha + beta <= 1 else {
      throw EqualisationError(
        .wrongRates,
        "The rates alpha \(alpha.brief) and beta \(beta.brief) are not possible: each is a share "
          + "from 0 to 1, such as 0.6, and together they are at most 1."
      )
    }
    guard threshold > 0, threshold <= 1 else {
      throw EqualisationError(
        .wrongRates,
        "The threshold \(threshold.brief) is not possible: it is a share of the country's average "
          + "above 0 and at most 1, such as 0.9."
      )
    }
    self.alpha = alpha
    self.beta = beta
    self.threshold = threshold
  }
}

/// One row of a dataset's table of rates: what they are, for which series and years, and on what they
/// rest.
public struct EqualisationRule: Sendable, Hashable {
  /// On what the rates rest.
  public enum Basis: String, Sendable, Hashable, CaseIterable {
    /// A source states them.
    case documented
    /// They follow from published figures.
    case inferred
    /// They are a guess that fits what is known.
    case assumed
    /// They are not known.
    case unknown
  }

  /// The name by which they are chosen, such as `2016-2024`.
  public let id: String
  /// The series of the tax revenue that is equalised, in kroner.
  public let series: String
  /// The series of the inhabitants it is measured against.
  public let population: String
  /// The series of the published revenue per inhabitant after equalisation, if there is one.
  public let published: String?
  /// The years in which they hold; `nil` where that is not known.
  public let years: ClosedRange<Int>?
  /// The rates; `nil` where they are not known.
  public let rates: EqualisationRates?
  /// On what they rest.
  public let basis: Basis
  /// Who states them.
  public let source: String
  /// What a reader must know of them.
  public let note: String

  /// Creates a rule.
  public init(
    id: String,
    series: String,
    population: String,
    published: String?,
    years: ClosedRange<Int>?,
    rates: EqualisationRates?,
    basis: Basis,
    source: String,
    note: String
  ) {
    self.id = id
    self.series = series
    self.population = population
    self.published = published
    self.years = years
    self.rates = rates
    self.basis = basis
    self.source = source
    self.note = note
  }

  /// Whether it is about the figures of an indicator: a ratio of its two series.
  public func concerns(_ indicator: Indicator) -> Bool {
    indicator.aggregation == .ratioOfSums && indicator.numerator == series
      && indicator.denominator == population
  }
}

/// Why an income equalisation cannot be computed.
public struct EqualisationError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of trouble it is.
  public enum Kind: Sendable, Hashable {
    /// The rates given are not possible, or name nothing.
    case wrongRates
    /// The rates of a year are not known.
    case unknownRates
    /// The figures do not allow what is asked.
    case figures
  }

  /// What kind of trouble it is.
  public let kind: Kind
  /// What was found and what is allowed, as sentences.
  public let description: String

  /// Creates an error.
  public init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}

extension Catalogue {
  /// The rule with an id, or that holds in a year given as digits.
  ///
  /// - Throws: `EqualisationError` for a name that stands for nothing, with the nearest that does, and
  ///   for rates that are not known.
  public func equalisation(named name: String) throws(EqualisationError) -> EqualisationRule {
    if let rule = equalisation.first(where: { $0.id == name }) {
      guard rule.rates == nil else { return rule }
      throw unknownRates("The rates \"\(name)\" are not known", rule)
    }
    if let year = Int(name), let series = equalisation.first?.series {
      return try equalisation(of: series, in: year)
    }
    let ids = equalisation.map(\.id)
    let hint = nearestMatch(to: name, among: ids).map { " Did you mean \($0)?" } ?? ""
    throw EqualisationError(
      .wrongRates,
      "There are no rates \"\(name)\".\(hint) On file are: \(ids.joined(separator: ", "))."
    )
  }

  /// The rule for a series in a year.
  ///
  /// - Throws: `EqualisationError` for a year whose rates are not known; it says how to give them.
  public func equalisation(
    of series: String,
    in year: Int
  ) throws(EqualisationError) -> EqualisationRule {
    let rule = equalisation.first { $0.series == series && $0.years?.contains(year) ?? false }
    guard let rule, rule.rates != nil else {
      throw unknownRates("The rates of the income equalisation in \(year) are not known", rule)
    }
    return rule
  }

  /// The rule for a series in a year, or the latest earlier one whose rates are known.
  ///
  /// - Returns: The rule, and the year whose rates they are; `nil` when there is none.
  public func equalisation(
    of series: String,
    upTo year: Int
  ) -> (rule: EqualisationRule, year: Int)? {
    let known = equalisation.filter { $0.series == series && $0.rates != nil }
      .compactMap { rule in rule.years.map { (rule: rule, years: $0) } }
      .filter { $0.years.lowerBound <= year }
    guard let latest = known.max(by: { $0.years.upperBound < $1.years.upperBound }) else {
      return nil
    }
    return (latest.rule, min(year, latest.years.upperBound))
  }

  private func unknownRates(_ what: String, _ rule: EqualisationRule?) -> EqualisationError {
    let known = equalisation.filter { $0.rates != nil }.map(\.id).joined(separator: ", ")
    let note = rule.map { " \($0.note)" } ?? ""
    return EqualisationError(
      .unknownRates,
      "\(what).\(note) Give them, such as --rates alpha=0.62,beta=0.35, or name some on file: "
        + "--rates ID, with ID one of \(known)."
    )
  }
}
