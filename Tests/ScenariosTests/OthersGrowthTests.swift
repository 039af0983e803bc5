import Documents
import Regions
import Scenarios
import TestSupport
import Testing

/// How units move without levers, against growth computed by hand.
@Suite struct OthersGrowthTests {
  /// Four years in which Dal is once missing and the two called Eid are twice counted together.
  ///
  /// Changes, latest first: Ask 30, 0 and 10 %, Berg 0, 10 and 0 %, Dal 10 %, the two Eid none
  /// alone and 55/53, 53/52 and 52/50 together.
  static let history: [Int: [Double?]] = [
    2017: [100, 200, 50, 40, 10],
    2018: [110, 200, nil, nil, nil, 52],
    2019: [110, 220, 60, nil, nil, 53],
    2020: [143, 220, 66, 44, 11],
  ]
  /// The country's changes over the units with both years, latest first.
  static let country = [484.0 / 443 - 1, 383.0 / 362 - 1, 362.0 / 350 - 1]

  private func run(
    _ others: String,
    year: Int = 2020,
    focus: String = "R1",
    figures: [Int: [Double?]] = Self.history,
    breaks: [SeriesBreak] = []
  ) throws -> Outcome {
    let scenario = try Sample.scenario(
      indicators: "employed",
      baseline: "{year: \(year)}",
      horizon: year + 2,
      others: others,
      focus: focus
    )
    return try Sample.run(scenario, Sample.panel(["employed": figures], breaks: breaks))
  }

  /// The growth from the first to the second year, which is the same as to the third.
  private func growth(_ outcome: Outcome) throws -> [Double] {
    let year = outcome.scenario.baselineYear.value
    let years = try (0...2).map { try outcome.values(year + $0) }
    let growth = zip(years[0], years[1]).map { $1 / $0 - 1 }
    for index in growth.indices where !growth[index].isNaN {
      expectClose(years[2][index], years[0][index] * (1 + growth[index]) * (1 + growth[index]))
    }
    return growth
  }

  private func expectGrowth(
    _ outcome: Outcome,
    _ expected: [Double],
    withoutOwn: Int,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    expectClose(
      try growth(outcome),
      expected,
      relative: 1e-12,
      absolute: 1e-14,
      sourceLocation: sourceLocation
    )
    let found = try #require(outcome.indicators.first?.unitsWithoutOwnTrend)
    #expect(found == withoutOwn, sourceLocation: sourceLocation)
  }

  @Test func hold() throws {
    try expectGrowth(try run("{move: hold}"), [0, 0, 0, 0, 0], withoutOwn: 0)
  }

  @Test func nationalIsTheMedianOfTheCountrysChanges() throws {
    let expected = [Double](repeating: Self.country[1], count: 5)
    try expectGrowth(try run("{move: national}"), expected, withoutOwn: 0)
    let two = [Double](repeating: (Self.country[0] + Self.country[1]) / 2, count: 5)
    try expectGrowth(try run("{move: national, window: 2}"), two, withoutOwn: 0)
  }

  @Test func givenGrowth() throws {
    for move in ["national", "trend"] {
      let outcome = try run(
        "{move: \(move), growth: {employed: 2.5}}",
        figures: [2020: [1, 2, 3, 4, 5]]
      )
      try expectGrowth(outcome, [0.025, 0.025, 0.025, 0.025, 0.025], withoutOwn: 0)
    }
  }

  @Test(arguments: [
    (5, [0.1, 0], Self.country[1]),
    (3, [0.1, 0], Self.country[1]),
    (2, [0.15, 0.05], (Self.country[0] + Self.country[1]) / 2),
    (1, [0.3, 0], Self.country[0]),
  ])
  func trendTakesTheMedianOfTheWindow(window: Int, own: [Double], country: Double) throws {
    let expected = own + [country, country, country]
    try expectGrowth(try run("{move: trend, window: \(window)}"), expected, withoutOwn: 3)
  }

  @Test func weightOfTheOwnTrend() throws {
    let c = Self.country[1]
    let expected = [0.25 * 0.1 + 0.75 * c, 0.75 * c, c, c, c]
    try expectGrowth(try run("{move: trend, weight: 0.25}"), expected, withoutOwn: 3)
  }

  @Test func aCombinedUnitHasATrendOfItsOwn() throws {
    let country = (Self.country[1] + Self.country[2]) / 2
    let together = (53.0 / 52 - 1 + 52.0 / 50 - 1) / 2
    let outcome = try run("{move: trend}", year: 2019)
    try expectGrowth(outcome, [0.05, 0.05, country, .nan, .nan, together], withoutOwn: 1)
  }

  @Test func aBreakOfOneUnitIsNoGrowthOfIts() throws {
    let one = SeriesBreak(series: "employed", municipality: "0101", year: 2020, reason: "")
    let c = Self.country[1]
    try expectGrowth(try run("{move: trend}", breaks: [one]), [0.05, 0, c, c, c], withoutOwn: 3)
    let member = SeriesBreak(series: "employed", municipality: "0104", year: 2018, reason: "")
    let outcome = try run("{move: trend}", year: 2019, breaks: [member])
    let country = (Self.country[1] + Self.country[2]) / 2
    try expectGrowth(outcome, [0.05, 0.05, country, .nan, .nan, country], withoutOwn: 2)
  }

  @Test func aBreakOfAllIsNobodysGrowth() throws {
    let all = SeriesBreak(series: "employed", municipality: nil, year: 2020, reason: "")
    let c = (Self.country[1] + Self.country[2]) / 2
    try expectGrowth(try run("{move: trend}", breaks: [all]), [0.05, 0.05, c, c, c], withoutOwn: 3)
  }

  @Test func yearsAfterTheBaselineAreNotKnown() throws {
    let later: [Int: [Double?]] = [2021: [9, 9, 9, 9, 9], 2022: [900, 1, 900, 1, 900]]
    let figures = Self.history.merging(later) { old, _ in old }
    let (with, without) = (try run("{move: trend}", figures: figures), try run("{move: trend}"))
    #expect(with.indicators[0].withLevers == without.indicators[0].withLevers)
    #expect(try with.values(2022) != [900, 1, 900, 1, 900])
  }

  @Test func nobodyCountsTwiceInTheCountry() throws {
    let figures: [Int: [Double?]] = [
      2018: [10, 10, 10, 10, 10], 2019: [10, 10, 10, 20, 20], 2020: [10, 10, 10, 20, 20],
    ]
    let outcome = try run("{move: national}", figures: figures)
    try expectGrowth(outcome, [0.2, 0.2, 0.2, 0.2, 0.2], withoutOwn: 0)
  }

  @Test func growthFromZeroIsNone() throws {
    let figures: [Int: [Double?]] = [
      2017: [0, 10, 10, 10, 10], 2018: [0, 10, 10, 10, 10], 2019: [5, 10, 10, 10, 10],
      2020: [5, 10, 10, 10, 10],
    ]
    let outcome = try run("{move: trend}", figures: figures)
    #expect(outcome.indicators[0].unitsWithoutOwnTrend == 1, "Ask has one change that is growth.")
    #expect(try outcome.values(2021).allSatisfy(\.isFinite))
  }

  @Test func theFocusMayHold() throws {
    let c = Self.country[1]
    let north = try run("{move: trend, focus: hold}")
    try expectGrowth(north, [0, 0, c, c, c], withoutOwn: 3)
    let south = try run("{move: trend, focus: hold}", focus: "R3")
    try expectGrowth(south, [0.1, 0, c, 0, 0], withoutOwn: 1)
    let same = try run("{move: trend, focus: same}")
    try expectGrowth(same, [0.1, 0, c, c, c], withoutOwn: 3)
  }

  /// Dal lacks a history of inhabitants, the two Eid one of either part; each counts once.
  @Test func unitsWithoutATrendOfEitherPartAreCounted() throws {
    let panel = try Sample.panel([
      "employed": [
        2018: [50, 60, 80], 2019: [50, 60, 80], 2020: Sample.employed,
      ],
      "people": [
        2018: [100, 100, nil], 2019: [100, 100, nil], 2020: Sample.people,
      ],
    ])
    let outcome = try Sample.run(try Sample.scenario(others: "{move: trend, weight: 0}"), panel)
    #expect(outcome.indicators[0].unitsWithoutOwnTrend == 3)
  }

  // MARK: - Borrowing

  private let borrowing: [String: [Int: [Double?]]] = [
    "employed": [2020: Sample.employed],
    "people": [2018: Sample.people, 2019: Sample.people, 2020: Sample.people],
    "jobs": [
      2018: [10, 10, 10, 10, 10], 2019: [11, 10, 11, 10, 10], 2020: [13.2, 10, 10, 10, 10],
    ],
  ]

  @Test func aSeriesBorrowsTheGrowthOfAnother() throws {
    let scenario = try Sample.scenario(
      indicators: "employed",
      others: "{move: trend, borrow: {employed: jobs}}"
    )
    let outcome = try Sample.run(scenario, Sample.panel(borrowing))
    let dal = (0.1 + (10.0 / 11 - 1)) / 2
    expectClose(try outcome.values(2021), [50 * 1.15, 60, 80 * (1 + dal), 45, 30])
  }

  @Test func aNumeratorBorrowsTheGrowthOfARatio() throws {
    let scenario = try Sample.scenario(
      others: "{move: trend, weight: 0.5, growth: {people: 2}, borrow: {employed: per_head}}"
    )
    let outcome = try Sample.run(scenario, Sample.panel(borrowing))
    let country = (52.0 / 50 - 1 + 53.2 / 52 - 1) / 2
    let dal = (0.1 + (10.0 / 11 - 1)) / 2
    let ratio = [0.15, 0, dal, 0, 0].map { 0.5 * $0 + 0.5 * country }
    expectClose(try outcome.denominators(2021), [102, 102, 102, 91.8, 51])
    let employed = zip([50.0, 60, 80, 45, 30], ratio).map { $0 * (1 + $1) * 1.02 }
    expectClose(try outcome.numerators(2021), employed)
    expectClose(try outcome.values(2021)[0], 50 * (1 + ratio[0]))
  }

  // MARK: - Errors

  @Test(arguments: [
    ("{move: trend}", "sample.yml:7:16: How others move cannot be known: people has"),
    (
      "{move: national, growth: {people: 1}}",
      "sample.yml:7:16: How others move cannot be known: employed has"
    ),
    (
      "{move: trend, borrow: {people: jobs}}",
      "sample.yml:7:40: How others move cannot be known: jobs, from which people borrows its "
        + "growth, has"
    ),
  ])
  func tooShortAHistory(others: String, start: String) throws {
    let figures: [Int: [Double?]] = [2019: Sample.people, 2020: Sample.people]
    let panel = try Sample.panel(["employed": figures, "people": figures, "jobs": figures])
    #expect(
      errorText { try Sample.run(try Sample.scenario(others: others), panel) } == start
        + " fewer than two yearly changes up to 2020. Give the growth per year under "
        + "others.growth, name a series with a history under others.borrow, or let the others hold."
    )
  }

  @Test(arguments: [("employed", "employed"), ("share", "people")])
  func onlyANumeratorBorrowsFromARatio(indicator: String, series: String) throws {
    let scenario = try Sample.scenario(
      indicators: indicator,
      others: "{move: trend, borrow: {\(series): per_head}}"
    )
    let column = 34 + series.count
    #expect(
      errorText { try Sample.run(scenario, Sample.panel(borrowing)) }
        == "sample.yml:7:\(column): \(series) cannot borrow the growth of a ratio, as it is no "
        + "numerator of a ratio."
    )
  }
}
