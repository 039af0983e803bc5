import Regions
import Statistics
import TestSupport
import Testing

@Suite struct DifficultyTests {
  /// Five units over one year: they gain 0, 1, 2, 3 and 4 points; the places turn round.
  private func history(
    _ id: String = "n",
    direction: Indicator.Direction = .higher,
    years: Int = 2,
    span: Int = 1
  ) throws -> ChangeHistory {
    var panel = Panel(register: Sample.register())
    var columns: [Int: Column] = [:]
    for year in 0..<years {
      let values = (0..<5).map { Double(100 - $0) + Double(year * $0) }
      columns[2000 + year] = Sample.column(values + [nil], year: 2000 + year)
    }
    panel.add(Sample.series("n"), columns: columns)
    panel.add(
      Sample.series("population.total"),
      columns: [2000: Sample.column([1000, 1100, 1300, 1301, 700, nil], year: 2000)]
    )
    return try ChangeHistory(
      of: Sample.indicator(.sum, direction: direction),
      span: span,
      in: panel
    )
  }

  private func subject(_ history: ChangeHistory, _ unit: Int) -> Difficulty.Subject {
    Difficulty.Subject(
      unit: history.units[unit],
      startPlace: Double(unit + 1),
      inhabitants: 1000,
      group: [history.units[1].code, history.units[3].code]
    )
  }

  @Test(arguments: [
    (0.0, 10.0, 5, Difficulty.Grade.common), (2.0, 50.0, 3, .demanding), (2.5, 60.0, 2, .demanding),
    (3.5, 80.0, 1, .ambitious), (4.0, 90.0, 1, .rare), (4.1, 100.0, 0, .withoutParallel),
  ])
  func placesAChangeAmongAll(
    change: Double,
    percentile: Double,
    achieved: Int,
    grade: Difficulty.Grade
  ) throws {
    let history = try history()
    let difficulty = try Difficulty(of: .change(change), for: subject(history, 0), history: history)
    let all = try #require(difficulty[.all])
    #expect(all.windows == 5)
    #expect(all.units == 5)
    #expect(all.percentile == percentile)
    #expect(all.achievedWindows == achieved)
    #expect(all.achievedUnits == achieved)
    #expect(all.grade == grade)
    #expect(all.best == 4)
    #expect(difficulty.substitutedFor == nil)
  }

  @Test func lowerIsBetterTurnsTheSigns() throws {
    let history = try history(direction: .lower)
    let difficulty = try Difficulty(of: .change(1), for: subject(history, 0), history: history)
    let all = try #require(difficulty[.all])
    // Units that gained 0 or 1 did at least as well as one that gains 1.
    #expect(all.achievedWindows == 2)
    #expect(all.percentile == 70)
    #expect(all.best == 0)
  }

  @Test func peers() throws {
    let history = try history()
    let difficulty = try Difficulty(of: .change(2), for: subject(history, 0), history: history)
    #expect(difficulty.comparisons.map(\.peers) == Difficulty.Peers.allCases)
    #expect(difficulty[.group]?.windows == 2)
    #expect(difficulty[.group]?.achievedUnits == 1)
    // 700 and 1300 are just within 30 % of 1000, 1301 is not.
    #expect(difficulty[.inhabitants]?.windows == 4)
    #expect(difficulty[.own]?.windows == 1)
    #expect(difficulty[.own]?.grade == .withoutParallel)
    #expect(difficulty[.startPlace]?.windows == 5)
    let unknown = try Difficulty(
      of: .change(2),
      for: Difficulty.Subject(unit: Unit(level: .municipality, code: "x", name: "x")),
      history: history
    )
    #expect(unknown.comparisons.map(\.peers) == [.all])
    #expect(history.nearbyPlaces == 15)
  }

  @Test func overlappingWindowsCountOnceForTheInterval() throws {
    let history = try history(years: 7, span: 3)
    let difficulty = try Difficulty(of: .change(6), for: subject(history, 0), history: history)
    let all = try #require(difficulty[.all])
    // Starts 2000 to 2003; of a unit's four windows two do not overlap.
    #expect(all.windows == 20)
    #expect(all.effectiveWindows == 10)
    #expect(all.achievedWindows == 12)
    #expect(all.achievedUnits == 3)
    #expect(all.achievedShare == 0.6)
    #expect(all.interval == WilsonInterval(successes: 6, trials: 10))
  }

  @Test func aSubstituteStandsInForMovementsOnly() throws {
    let short = try history(years: 1)
    let long = try history()
    let difficulty = try Difficulty(
      of: .movement(1),
      for: subject(long, 0),
      history: short,
      substitute: long
    )
    #expect(difficulty.substitutedFor == short.indicator)
    #expect(difficulty.indicator == long.indicator)
    #expect(difficulty[.all]?.windows == 5)
    let unused = try Difficulty(
      of: .movement(1),
      for: subject(long, 0),
      history: long,
      substitute: short
    )
    #expect(unused.substitutedFor == nil)
    #expect(
      errorText {
        try Difficulty(of: .change(1), for: subject(long, 0), history: short, substitute: long)
      } == "indicator has no change over 1 year without a break. The values of indicator are no "
        + "measure of it; ask for a movement in places."
    )
    #expect(
      errorText {
        try Difficulty(of: .movement(1), for: subject(long, 0), history: short, substitute: short)
      } == "indicator has no change over 1 year without a break, and neither has its substitute "
        + "indicator."
    )
  }

  @Test func withoutAnyHistory() throws {
    let catalogue = try NorwayDataset.catalogue()
    let history = try ChangeHistory(
      of: try catalogue.indicator("employment.share"),
      span: 5,
      in: try NorwayDataset.panel()
    )
    // The only change, from 2019 to 2024, is a break.
    #expect(history.windows.isEmpty)
    let moss = try #require(history.units.first { $0.name == "Moss" })
    #expect(
      errorText {
        try Difficulty(of: .movement(1), for: Difficulty.Subject(unit: moss), history: history)
      }
        == "employment.share has no change over 5 years without a break, and no substitute is named."
    )
  }

  @Test func regionsNearAreWithinFivePlaces() throws {
    let catalogue = try NorwayDataset.catalogue()
    let history = try ChangeHistory(
      of: try catalogue.indicator("jobs.private.per_inhabitant"),
      span: 6,
      in: try NorwayDataset.panel(),
      regions: Aggregation(
        division: try catalogue.division("regions-73"),
        register: catalogue.register
      )
    )
    #expect(history.nearbyPlaces == 5)
    let region = try #require(history.units.first { $0.code == "R03" })
    let difficulty = try Difficulty(
      of: .movement(10),
      for: Difficulty.Subject(unit: region, startPlace: 50),
      history: history
    )
    let near = try #require(difficulty[.startPlace])
    let all = try #require(difficulty[.all])
    #expect(near.windows < all.windows)
    #expect(
      near.windows == history.windows.count { (45...55).contains($0.startPlace) }
    )
  }

  @Test(arguments: [
    (49.9, Difficulty.Grade.common), (50, .demanding), (74.9, .demanding), (75, .ambitious),
    (89.9, .ambitious), (90, .rare), (100, .rare),
  ])
  func grades(percentile: Double, grade: Difficulty.Grade) {
    #expect(Difficulty.Grade(percentile: percentile, isAboveAll: false) == grade)
    #expect(Difficulty.Grade(percentile: percentile, isAboveAll: true) == .withoutParallel)
  }

  // MARK: - Subjects

  @Test(arguments: [
    ("3103", Level.municipality, 20.0, 46409, 10), ("R03", .region, 21, 74435, 0),
    ("1508", .municipality, .nan, .nan, 10),
  ])
  func asTheyStandInARanking(
    code: String,
    level: Level,
    place: Double,
    inhabitants: Double,
    groupSize: Int
  ) throws {
    let catalogue = try NorwayDataset.catalogue()
    let panel = try NorwayDataset.panel()
    let request = RankingRequest(
      indicator: try catalogue.indicator("population.total"),
      year: code == "1508" ? 2022 : 2014,
      level: level,
      division: try catalogue.division("regions-73")
    )
    let ranking = try panel.ranking(request)
    let subject = Difficulty.Subject(
      try #require(ranking.levels.entries.first { $0.unit.code == code }).unit,
      in: ranking,
      groups: try catalogue.division("kostra-groups"),
      panel: panel
    )
    #expect(isSame(subject.startPlace ?? .nan, place))
    #expect(isSame(subject.inhabitants ?? .nan, inhabitants))
    #expect(subject.group.count == groupSize)
    #expect(subject.group.isEmpty == (level == .region))
  }
}
