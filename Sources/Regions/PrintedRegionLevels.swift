/// A value that is printed for a whole region.
public struct PrintedValue: Sendable, Hashable {
  /// The value.
  public let value: Double
  /// On what it rests.
  public let basis: Basis

  /// Creates a value.
  public init(_ value: Double, basis: Basis) {
    self.value = value
    self.basis = basis
  }
}

extension IndicatorFigures {
  /// The regions of a division for an indicator that is not aggregated: each with the members that have
  /// a figure, and without a value but what a source prints for it.
  ///
  /// They serve to sum published places of the members, and to hold a printed value against a target.
  ///
  /// - Parameters:
  ///   - division: The division.
  ///   - printed: The values that a source prints, by the code of the region.
  /// - Returns: The levels, in the order of the regions; other values are missing.
  public func regionsWithoutValue(
    of division: Division,
    printed: [String: PrintedValue] = [:]
  ) -> Levels {
    let entries = division.regions.map { region in
      Levels.Entry(
        unit: Unit(level: .region, code: region.code, name: region.name),
        parts: region.members.filter(isPresent),
        numerator: .nan,
        denominator: nil,
        value: printed[region.code]?.value ?? .nan,
        status: printed[region.code].map { .present($0.basis) } ?? .missing(.notPublished),
        oldestYear: year,
        membersMissing: region.members.filter { !isPresent($0) }
      )
    }
    return Levels(
      indicator: indicator,
      year: year,
      level: .region,
      division: division.id,
      entries: entries,
      country: nil,
      countryRatio: nil
    )
  }
}
