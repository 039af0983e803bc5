public import Datasets
public import Regions

/// The figures of a plan: those of the dataset, those printed for the whole region, and those that the
/// user has added for later years.
public struct PlanFigures: Sendable {
  /// The figures of the municipalities, the added ones among them.
  public let panel: Panel
  /// What was added.
  public let added: [NewFigure]
  private let printed: [Key: Double]
  /// Which of them were added.
  private let isAdded: Set<Key>

  private struct Key: Hashable, Sendable {
    let series: String
    let unit: String
    let year: Int
  }

  /// Puts the figures together.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - dataset: The dataset.
  ///   - added: The figures that the user adds.
  /// - Throws: `DatasetError` for a file of the dataset that is wrong, and for an added figure where
  ///   the dataset has another value: what is there is never overwritten.
  public init(
    _ plan: ResolvedPlan,
    dataset: Dataset,
    added: [NewFigure] = []
  ) throws(DatasetError) {
    var panel = try dataset.panel(of: plan.series)
    var printed: [Key: Double] = [:]
    for figure in try dataset.regionFigures()
    where figure.division == plan.division.id && figure.region == plan.region.code {
      let key = Key(series: figure.series, unit: figure.region, year: figure.year)
      printed[key] = figure.value
    }
    var isAdded: Set<Key> = []
    var columns: [String: [Int: Column]] = [:]
    for figure in added {
      let key = Key(series: figure.series, unit: figure.unit.code, year: figure.year)
      let before = Self.value(figure, in: panel) ?? printed[key]
      if let before {
        guard before == figure.value else { throw Self.conflict(figure, before) }
        continue
      }
      isAdded.insert(key)
      guard figure.unit.level == .municipality,
        let position = panel.register.position(ofCode: figure.unit.code)
      else {
        printed[key] = figure.value
        continue
      }
      var column =
        columns[figure.series]?[figure.year] ?? panel.column(figure.series, year: figure.year)
      column.values[position] = figure.value
      column.statuses[position] = .present(.observed)
      column.years[position] = figure.year
      columns[figure.series, default: [:]][figure.year] = column
    }
    for (id, new) in columns {
      guard let series = panel.series[id] else { continue }
      var all: [Int: Column] = [:]
      for year in panel.years(of: id) { all[year] = panel.column(id, year: year) }
      panel.add(series, columns: all.merging(new) { _, new in new })
    }
    self.panel = panel
    self.added = added
    self.printed = printed
    self.isAdded = isAdded
  }

  /// The value of a series as printed for a unit; `nil` where there is none.
  ///
  /// - Complexity: O(1).
  public func value(_ series: String, _ unit: Unit, _ year: Int) -> Double? {
    if unit.level == .region { return printed[Key(series: series, unit: unit.code, year: year)] }
    guard let position = panel.register.position(ofCode: unit.code) else { return nil }
    let value = panel.column(series, year: year).values[position]
    return value.isNaN ? nil : value
  }

  /// The years in which a municipality has a figure of an indicator, or one is printed for a region.
  func years(of indicator: Indicator, _ region: Unit) -> [Int] {
    let printed = printed.keys.filter { $0.series == indicator.numerator && $0.unit == region.code }
    return Set(panel.years(of: indicator) + printed.map(\.year)).sorted()
  }

  /// The value that is printed for a region, by the plan or by the source of an added figure; `nil`
  /// where there is none.
  func printed(_ series: String, _ region: Unit, _ year: Int) -> PrintedValue? {
    let key = Key(series: series, unit: region.code, year: year)
    return printed[key].map { PrintedValue($0, basis: isAdded.contains(key) ? .observed : .plan) }
  }

  private static func value(_ figure: NewFigure, in panel: Panel) -> Double? {
    guard figure.unit.level == .municipality,
      let position = panel.register.position(ofCode: figure.unit.code)
    else { return nil }
    let value = panel.column(figure.series, year: figure.year).values[position]
    return value.isNaN ? nil : value
  }

  private static func conflict(_ figure: NewFigure, _ before: Double) -> DatasetError {
    DatasetError(
      .invalid,
      file: figure.place.file,
      line: figure.place.line,
      """
      \(figure.series) of \(figure.unit.name) in \(figure.year) is \(figure.value.brief) here, and \
      \(before.brief) in the dataset. Figures that are there are never overwritten: correct the row \
      or delete it.
      """
    )
  }
}
