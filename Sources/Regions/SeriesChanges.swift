/// How the figures of one series differ between two vintages.
public struct SeriesChanges: Sendable, Hashable {
  /// One figure in both vintages.
  public struct Change: Sendable, Hashable {
    /// The position in the register.
    public let position: Int
    /// The year.
    public let year: Int
    /// The value before; NaN where missing.
    public let before: Double
    /// The value after; NaN where missing.
    public let after: Double
    /// The status before.
    public let statusBefore: FigureStatus
    /// The status after.
    public let statusAfter: FigureStatus

    /// The change as a share of the value before; `nil` where either is missing or that is zero.
    public var relative: Double? {
      let share = (after - before) / before.magnitude
      return share.isFinite ? share : nil
    }

    /// Whether two changes are of the same figure and alike; missing values are alike.
    public static func == (left: Change, right: Change) -> Bool {
      func same(_ one: Double, _ other: Double) -> Bool {
        one == other || (one.isNaN && other.isNaN)
      }
      return left.position == right.position && left.year == right.year
        && same(left.before, right.before) && same(left.after, right.after)
        && left.statusBefore == right.statusBefore && left.statusAfter == right.statusAfter
    }

    /// Hashes the position and year.
    public func hash(into hasher: inout Hasher) {
      hasher.combine(position)
      hasher.combine(year)
    }
  }

  /// The id of the series.
  public let series: String
  /// Figures that have another value.
  public private(set) var revised: [Change] = []
  /// Figures that were missing.
  public private(set) var added: [Change] = []
  /// Figures that are missing now.
  public private(set) var lost: [Change] = []
  /// Figures of the same value that rest on something else now.
  public private(set) var rebased: [Change] = []
  /// How many figures are the same.
  public private(set) var unchanged = 0

  /// Compares two vintages.
  ///
  /// - Parameters:
  ///   - series: The id of the series.
  ///   - before: Its columns by year before.
  ///   - after: Its columns by year after; every column has the same number of positions.
  ///   - years: The years that are compared.
  /// - Complexity: O(number of positions × years).
  public init(
    series: String,
    before: [Int: Column],
    after: [Int: Column],
    years: some Sequence<Int>
  ) {
    self.series = series
    for year in Set(years).sorted() {
      guard let count = (after[year] ?? before[year])?.values.count else { continue }
      let old = before[year] ?? Column(count: count, year: year)
      let new = after[year] ?? Column(count: count, year: year)
      for position in 0..<count { compare(old, new, position: position, year: year) }
    }
  }

  private mutating func compare(_ old: Column, _ new: Column, position: Int, year: Int) {
    let change = Change(
      position: position,
      year: year,
      before: old.values[position],
      after: new.values[position],
      statusBefore: old.statuses[position],
      statusAfter: new.statuses[position]
    )
    switch (change.before.isNaN, change.after.isNaN) {
    case (true, true): break
    case (true, false): added.append(change)
    case (false, true): lost.append(change)
    case (false, false) where change.before != change.after: revised.append(change)
    case (false, false) where change.statusBefore != change.statusAfter: rebased.append(change)
    default: unchanged += 1
    }
  }

  /// Whether nothing differs.
  public var isEmpty: Bool { revised.isEmpty && added.isEmpty && lost.isEmpty && rebased.isEmpty }

  /// The years in which figures that were there have another value or are gone.
  public var revisedYears: [Int] { Set((revised + lost).map(\.year)).sorted() }

  /// The figures whose values differ most, by their share of the value before.
  public func largest(_ count: Int) -> [Change] {
    Array(
      revised.sorted { left, right in
        let (one, other) = (
          left.relative?.magnitude ?? .infinity, right.relative?.magnitude ?? .infinity
        )
        return one != other
          ? one > other : (left.year, left.position) < (right.year, right.position)
      }.prefix(count)
    )
  }
}

/// How places differ between two vintages of the figures.
public struct PlaceChanges: Sendable, Hashable {
  /// One unit's places.
  public struct Change: Sendable, Hashable {
    /// The unit.
    public let unit: Unit
    /// Its place before.
    public let before: Double
    /// Its place after.
    public let after: Double
  }

  /// The id of the indicator.
  public let indicator: String
  /// The year.
  public let year: Int
  /// Municipalities or regions.
  public let level: Level
  /// How many units were ranked before and after.
  public let ranked: (before: Int, after: Int)
  /// The units whose place differs, those that moved furthest first.
  public let changes: [Change]

  /// Compares two rankings of one indicator in one year.
  ///
  /// Units that have a place in only one of them are not counted as having moved.
  ///
  /// - Complexity: O(*n* log *n*), with *n* units.
  public init(before: Ranking, after: Ranking) {
    indicator = after.levels.indicator.id
    year = after.levels.year
    level = after.levels.level
    ranked = (before.ranked, after.ranked)
    let old = Dictionary(
      zip(before.levels.entries.map(\.unit.code), before.places),
      uniquingKeysWith: { first, _ in first }
    )
    changes = zip(after.levels.entries, after.places).compactMap { entry, place in
      guard let was = old[entry.unit.code], was != place, !was.isNaN, !place.isNaN else {
        return nil
      }
      return Change(unit: entry.unit, before: was, after: place)
    }.sorted { left, right in
      let (one, other) = (
        (left.before - left.after).magnitude, (right.before - right.after).magnitude
      )
      return one != other ? one > other : left.unit.code < right.unit.code
    }
  }

  /// Whether two say the same.
  public static func == (left: PlaceChanges, right: PlaceChanges) -> Bool {
    left.indicator == right.indicator && left.year == right.year && left.level == right.level
      && left.ranked == right.ranked && left.changes == right.changes
  }

  /// Hashes the indicator, year and level.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(indicator)
    hasher.combine(year)
    hasher.combine(level)
  }
}
