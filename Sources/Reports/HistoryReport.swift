public import Regions

/// A unit's places over the years, and its movement in the six measures.
public struct HistoryReport: Sendable {
  private let unit: Unit
  private let members: [Unit]
  private let rankings: [(year: Int, byLevel: [Level: Ranking])]
  private let indicator: Indicator
  private let vintage: String
  private let language: Language

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - unit: The unit.
  ///   - members: The municipalities of a region; the unit itself when it is a municipality.
  ///   - indicator: The indicator.
  ///   - rankings: For each year, ascending, the rankings by level; a level may be lacking.
  ///   - vintage: Name and version of the dataset.
  ///   - language: The language of labels.
  public init(
    unit: Unit,
    members: [Unit],
    indicator: Indicator,
    rankings: [(year: Int, byLevel: [Level: Ranking])],
    vintage: String,
    language: Language
  ) {
    self.unit = unit
    self.members = members
    self.indicator = indicator
    self.rankings = rankings
    self.vintage = vintage
    self.language = language
  }

  /// The report.
  ///
  /// - Parameters:
  ///   - weights: The members' inhabitants, or `nil`.
  ///   - showsMembers: Whether the members have rows of their own.
  ///   - notes: Notes on sources and breaks.
  /// - Returns: The report: the years, then the measures.
  public func report(weights: [Double]?, showsMembers: Bool, notes: [String]) -> Report {
    return Report(
      title: "\(unit.name): \(indicator.name[language]) "
        + "(\(Wording.unitName(indicator.unit)[language])), \(span)",
      tables: [yearTable(showsMembers: showsMembers), movementTable(weights: weights)],
      notes: notes + [Wording.dataset(vintage, language)]
    )
  }

  /// Whether any ranking rests on carried values, so that their number is shown.
  private var carries: Bool {
    rankings.contains { $0.byLevel.values.contains { $0.carried > 0 } }
  }

  /// The first and last year, once when they are one.
  private var span: String {
    let ends = [rankings.first?.year, rankings.last?.year].compactMap { $0 }
    return Set(ends).sorted().map(String.init).joined(separator: "–")
  }

  private func yearTable(showsMembers: Bool) -> Table {
    var table = Table(
      name: "years",
      title: "",
      columns: [
        Table.Column("unit_code", Wording.code[language]),
        Table.Column("unit_name", Wording.unit[language]),
        Table.Column("year", Wording.year[language]),
        Table.Column("value", Wording.value[language]),
        Table.Column("rank", Wording.place[language]),
        Table.Column("ranked", Wording.of[language]),
        Table.Column("carried", carries ? Wording.basis(.carried)[language] : nil),
        Table.Column("movement", Wording.movement[language]),
        Table.Column("basis", Wording.basis[language]),
        Table.Column("indicator", nil),
        Table.Column("level", nil),
        Table.Column("dataset", nil),
      ]
    )
    for unit in [unit] + (showsMembers && self.unit.level == .region ? members : []) {
      var before = Double.nan
      for (year, byLevel) in rankings {
        guard let ranking = byLevel[unit.level], let index = ranking.index(of: unit) else {
          continue
        }
        let entry = ranking.levels.entries[index]
        let place = ranking.places[index]
        table.add([
          .text(unit.code), .text(unit.name), .integer(year),
          .value(entry.value, decimals: indicator.decimals),
          .rank(place), .integer(ranking.ranked), .integer(ranking.carried),
          .movement(before - place),
          .status(entry.status, language), .text(indicator.id), .text(unit.level.rawValue),
          .text(vintage),
        ])
        before = place
      }
    }
    return table
  }

  private func movementTable(weights: [Double]?) -> Table {
    var table = Table(
      name: "movement",
      title: Wording.movement[language]
        + " \(span)",
      columns: [
        Table.Column("measure", ""),
        Table.Column("name", Wording.measure[language]),
        Table.Column("value", Wording.value[language]),
      ]
    )
    let movement = movement(weights: weights)
    let sumDecimals = movement.map { $0.sum == $0.sum.rounded() } ?? true ? 0 : 1
    func cell(_ value: Double?, _ decimals: Int) -> Table.Cell {
      value.map { .signed($0, decimals: decimals) } ?? .missing("–")
    }
    let values = [
      cell(movement?.sum, sumDecimals), cell(movement?.mean, 2), cell(movement?.weightedMean, 1),
      cell(movement?.percentile, 3), cell(movement?.headroomShare, 3),
      cell(regionMovement, 0),
    ]
    for ((id, name), value) in zip(Wording.movementMeasures, values) {
      table.add([.text(id), .text(name[language]), value])
    }
    return table
  }

  /// The movement from the first to the last year; `nil` when a member has no place in either.
  public func movement(weights: [Double]?) -> Movement? {
    guard let first = rankings.first?.byLevel[.municipality],
      let last = rankings.last?.byLevel[.municipality], rankings.count > 1
    else { return nil }
    func places(_ ranking: Ranking) -> [Double] {
      let places = ranking.placesForSums
      return members.map { member in ranking.index(of: member).map { places[$0] } ?? .nan }
    }
    return Movement(
      before: places(first),
      after: places(last),
      rankedBefore: first.ranked,
      rankedAfter: last.ranked,
      weights: weights
    )
  }

  private var regionMovement: Double? {
    guard unit.level == .region, rankings.count > 1,
      let first = rankings.first?.byLevel[.region], let last = rankings.last?.byLevel[.region],
      let before = first.index(of: unit), let after = last.index(of: unit)
    else { return nil }
    let movement = first.places[before] - last.places[after]
    return movement.isNaN ? nil : movement
  }
}
