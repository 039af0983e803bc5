/// The figures: series × municipality × year, each with its basis or the reason it is missing.
///
/// A panel is a value. Scenarios compute from it and never change it.
public struct Panel: Sendable {
  /// The units for which there are figures.
  public let register: MunicipalityRegister
  /// What is known of each series that is loaded.
  public private(set) var series: [String: Series] = [:]
  /// The years whose changes are not growth.
  public private(set) var breaks: [SeriesBreak] = []
  /// The inhabitants by which a region's coverage is weighed, per position; 0 where unknown.
  public var coverageWeights: [Double]
  private var columns: [String: [Int: Column]] = [:]

  /// Creates a panel without figures.
  public init(register: MunicipalityRegister) {
    self.register = register
    coverageWeights = Array(repeating: 0, count: register.count)
  }

  /// Adds a series with its columns by year and its breaks.
  ///
  /// - Parameters:
  ///   - description: What is known of the series.
  ///   - columns: The columns, each with one value per position of the register.
  ///   - breaks: The breaks of this series.
  public mutating func add(
    _ description: Series,
    columns: [Int: Column],
    breaks: [SeriesBreak] = []
  ) {
    precondition(
      columns.values.allSatisfy { $0.values.count == register.count },
      "A column has one value per position of the register."
    )
    series[description.id] = description
    self.columns[description.id] = columns
    self.breaks += breaks
  }

  /// The years for which a series has figures, ascending.
  public func years(of id: String) -> [Int] { (columns[id] ?? [:]).keys.sorted() }

  /// One series in one year; every value missing when the series has no such year.
  ///
  /// - Complexity: O(1) for a year with figures.
  public func column(_ id: String, year: Int) -> Column {
    columns[id]?[year] ?? Column(count: register.count, year: year)
  }

  /// One series in one year, in which a combined unit without a figure of its own has the sum of
  /// its members where all of them have one.
  public func columnWithCombinedSums(_ id: String, year: Int) -> Column {
    var column = column(id, year: year)
    guard series[id]?.isSummable == true else { return column }
    for (offset, unit) in register.combinedUnits.enumerated() {
      let position = register.municipalities.count + offset
      guard column.values[position].isNaN else { continue }
      let members = unit.members
      guard members.allSatisfy({ !column.values[$0].isNaN }) else { continue }
      column.values[position] = members.reduce(0) { $0 + column.values[$1] }
      column.statuses[position] = members.dropFirst().reduce(column.statuses[members[0]]) {
        $0.combined(with: column.statuses[$1])
      }
      column.years[position] = year
    }
    return column
  }

  /// Whether the change of a series into a year is a break for the unit at a position.
  public func isBreak(_ id: String, year: Int, position: Int) -> Bool {
    guard breaks.contains(where: { $0.series == id && $0.year == year }) else { return false }
    let members = register.combinedUnit(at: position)?.members ?? [position]
    let codes = Set(members.map { register.municipalities[$0].code })
    return breaks.contains { candidate in
      guard candidate.series == id, candidate.year == year else { return false }
      return candidate.municipality.map(codes.contains) ?? true
    }
  }
}
