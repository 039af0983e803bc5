public import Regions

extension RequiredChange {
  /// The series that judging an indicator's changes needs, beyond those of the scenario: its own, its
  /// substitute's and the inhabitants.
  public static func historySeries(of indicator: Indicator, catalogue: Catalogue) -> Set<String> {
    let lender = substitute(of: indicator, catalogue)?.series ?? []
    return Set(indicator.series + lender + ["population.total"])
  }

  /// How hard the change is, judged by what units have achieved over as many years.
  ///
  /// Judged is the unit that only just meets the target. For a level, an improvement or a share of the
  /// country it is the change of its value since the baseline, where the indicator has a history; else
  /// the places it climbs, where need be by the history of the indicator's substitute.
  ///
  /// - Parameters:
  ///   - catalogue: What the dataset knows of.
  ///   - panel: The figures, with the series of `historySeries(of:catalogue:)`.
  ///   - division: The division whose regions are ranked.
  /// - Returns: The difficulty; `nil` when no change is needed, none is possible, or no history tells.
  /// - Complexity: O(*y* *u* log *u*), with *y* years of the series and *u* units.
  public func difficulty(
    catalogue: Catalogue,
    panel: Panel,
    division: Division
  ) -> Difficulty? {
    guard case .change(let change) = result,
      let part = change.reading.parts.min(by: { $0.margin < $1.margin }),
      !part.place.baseline.isNaN, !part.place.year.isNaN
    else { return nil }
    let isRegion = part.unit.level == .region
    let regions = isRegion ? Aggregation(division: division, register: panel.register) : nil
    let span = change.figure.years
    guard let own = try? ChangeHistory(of: indicator, span: span, in: panel, regions: regions)
    else { return nil }
    let substitute = Self.substitute(of: indicator, catalogue).flatMap {
      try? ChangeHistory(of: $0, span: span, in: panel, regions: regions)
    }
    var requirement = Difficulty.Requirement.movement(part.place.baseline - part.place.year)
    switch target.kind {
    case .rank, .climb, .best, .sum: break
    case .level, .improve, .country:
      let total = own.scale.change(from: part.value.baseline, to: part.value.year)
      if !own.windows.isEmpty, let total { requirement = .change(total) }
    }
    return try? Difficulty(
      of: requirement,
      for: subject(part, span, catalogue, panel, division),
      history: own,
      substitute: substitute
    )
  }

  private func subject(
    _ part: TargetReading.Part,
    _ span: Int,
    _ catalogue: Catalogue,
    _ panel: Panel,
    _ division: Division
  ) -> Difficulty.Subject {
    var subject = Difficulty.Subject(unit: part.unit, startPlace: part.place.baseline)
    let position = catalogue.register.position(ofCode: part.unit.code)
    let members =
      part.unit.level == .region
      ? division.regions.first { $0.code == part.unit.code }?.members ?? []
      : position.map { [$0] } ?? []
    let baselineYear = year - span
    if let known = panel.years(of: "population.total").last(where: { $0 <= baselineYear }) {
      let column = panel.columnWithCombinedSums("population.total", year: known)
      let sum = members.reduce(0) { $0 + column.values[$1] }
      subject.inhabitants = sum.isNaN ? nil : sum
    }
    if part.unit.level == .municipality, let position,
      let groups = try? catalogue.division("kostra-groups"),
      let mine = groups.regions.first(where: { $0.members.contains(position) })
    {
      subject.group = Set(mine.members.map { catalogue.register.unit(at: $0).code })
    }
    return subject
  }

  private static func substitute(of indicator: Indicator, _ catalogue: Catalogue) -> Indicator? {
    let found = catalogue.substitutes.first { $0.series == indicator.numerator }
    return found.flatMap { try? catalogue.indicator($0.lender) }
  }
}
