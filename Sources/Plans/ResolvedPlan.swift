public import Datasets
public import Documents
public import Regions
public import Scenarios

/// A plan whose names stand for something in a dataset.
public struct ResolvedPlan: Sendable {
  /// The plan.
  public let plan: Plan
  /// The division in which the region stands.
  public let division: Division
  /// The region.
  public let region: Unit
  /// The municipalities of the region, in the order of their codes.
  public let members: [Unit]
  /// The targets that can be measured, in the plan's order.
  public let targets: [Measured]
  /// The indicators of the key figures, by id.
  public let keyFigures: [String: Indicator]
  /// What the dataset knows of.
  public let catalogue: Catalogue

  /// A target that can be measured.
  public struct Measured: Sendable {
    /// The target as the plan states it.
    public let target: PlanTarget
    /// How it is held against figures.
    public let observed: ObservedTarget
  }

  /// The region and its municipalities.
  public var units: [Unit] { members + [region] }

  /// Resolves the names of a plan.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - dataset: What the names stand for.
  /// - Throws: `DocumentError` with the place of a name that stands for nothing, and the nearest that
  ///   does.
  public init(_ plan: Plan, dataset: Dataset) throws(DocumentError) {
    let catalogue = dataset.catalogue
    self.plan = plan
    self.catalogue = catalogue
    let division = try plan.division.resolved { name throws(UnknownNameError) in
      try catalogue.division(name)
    }
    self.division = division
    let names = UnitNames(register: catalogue.register, division: division)
    let region = try plan.region.resolved { name throws(UnitNameError) in
      try names.unit(name, level: .region)
    }
    self.region = region
    members = (division.regions.first { $0.code == region.code }?.members ?? [])
      .map { catalogue.register.unit(at: $0) }
    for column in plan.tables.flatMap(\.columns) { try Self.check(column, catalogue) }
    var keyFigures: [String: Indicator] = [:]
    for id in plan.goals.flatMap(\.measures).flatMap(\.keyFigures) {
      keyFigures[id.value] = try id.resolved { name throws(UnknownNameError) in
        try catalogue.indicator(name)
      }
    }
    self.keyFigures = keyFigures
    var targets: [Measured] = []
    for target in plan.targets {
      guard let statement = target.statement else { continue }
      let observed = try ObservedTarget(
        statement,
        division: plan.division,
        focus: plan.region,
        baseline: target.baselineYear ?? plan.baselineYear,
        catalogue: catalogue,
        published: statement.indicator.flatMap { try? catalogue.indicator($0.value) }
          .map(dataset.published) ?? [:]
      )
      targets.append(Measured(target: target, observed: observed))
    }
    self.targets = targets
  }

  /// The series that must be loaded.
  public var series: Set<String> {
    var ids = Set(plan.tables.flatMap(\.columns).map(\.series.value))
    for rule in plan.tables.flatMap(\.columns).compactMap(\.rule) {
      ids.formUnion(rule.series.map(\.value))
      if case .places(let indicator, _) = rule,
        let found = try? catalogue.indicator(indicator.value)
      {
        ids.formUnion(found.series)
      }
    }
    for target in targets { ids.formUnion(target.observed.indicator.series) }
    for indicator in keyFigures.values { ids.formUnion(indicator.series) }
    return ids
  }

  /// What figures a user may add: those of the plan's series, for its units.
  public var rules: NewFigureRules {
    NewFigureRules(
      series: series.sorted().compactMap { try? catalogue.series($0) },
      units: units
    )
  }

  /// The targets that are judged by a series, by id, and the tables that it stands in.
  public func uses(of series: String, _ language: Language) -> [String] {
    let judged = targets.filter { $0.observed.indicator.series.contains(series) }.map(\.target.id)
    let tables = plan.tables.filter { table in
      table.columns.contains { $0.series.value == series }
    }
    return judged + tables.map { (language == .nb ? "tabell " : "table ") + $0.id }
  }

  /// Whether a figure of a unit is asked for: of the region only what does not follow from its
  /// municipalities.
  public func isPrinted(_ series: Series, for unit: Unit) -> Bool {
    guard unit.level == .region else { return true }
    let columns = plan.tables.flatMap(\.columns).filter { $0.series.value == series.id }
    return columns.contains { column in
      switch column.rule {
      case nil, .country, .places: true
      case .sum, .ratio, .movement: false
      }
    }
  }

  private static func check(
    _ column: PlanTable.Column,
    _ catalogue: Catalogue
  ) throws(DocumentError) {
    for id in [column.series] + (column.rule?.series ?? []) {
      _ = try id.resolved { name throws(UnknownNameError) in try catalogue.series(name) }
    }
    guard case .places(let indicator, let divisions) = column.rule else { return }
    _ = try indicator.resolved { name throws(UnknownNameError) in try catalogue.indicator(name) }
    for division in divisions {
      _ = try division.resolved { name throws(UnknownNameError) in try catalogue.division(name) }
    }
  }
}
