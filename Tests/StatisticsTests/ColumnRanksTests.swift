import Statistics
import TestSupport
import Testing

@Suite struct ColumnRanksTests {
  @Test(arguments: [
    (TieRule.competition, [1.0, 2, 2, 4]),
    (.modified, [1, 3, 3, 4]),
    (.dense, [1, 2, 2, 3]),
    (.fractional, [1, 2.5, 2.5, 4]),
    (.ordinal, [1, 2, 3, 4]),
  ])
  func rulesShareThePlacesOfATie(rule: TieRule, places: [Double]) {
    let largest = ColumnRanks(of: [10, 8, 8, 5], order: .largestFirst, ties: rule)
    #expect(largest.places == places)
    #expect(largest.ranked == 4)
    let smallest = ColumnRanks(of: [5, 8, 8, 10], order: .smallestFirst, ties: rule)
    #expect(smallest.places == places)
  }

  @Test(arguments: [
    (TieRule.competition, [1.0, 1, 1]),
    (.modified, [3, 3, 3]),
    (.dense, [1, 1, 1]),
    (.fractional, [2, 2, 2]),
    (.ordinal, [1, 2, 3]),
  ])
  func allTied(rule: TieRule, places: [Double]) {
    for order in RankOrder.allCases {
      #expect(ColumnRanks(of: [7, 7, 7], order: order, ties: rule).places == places)
    }
  }

  @Test func defaultsAreCompetitionAndLargestFirst() {
    #expect(isSame(ColumnRanks(of: [5, .nan, 8, 8]).places, [3, .nan, 1, 1]))
    #expect(ColumnRanks(of: [5, .nan, 8, 8]).ranked == 3)
  }

  @Test(arguments: TieRule.allCases)
  func emptySingleAndMissing(rule: TieRule) {
    for order in RankOrder.allCases {
      let empty = ColumnRanks(of: [], order: order, ties: rule)
      #expect(empty.places.isEmpty)
      #expect(empty.ranked == 0)
      #expect(ColumnRanks(of: [-3], order: order, ties: rule).places == [1])
      let missing = ColumnRanks(of: [.nan, .nan, -.nan], order: order, ties: rule)
      #expect(isSame(missing.places, [.nan, .nan, .nan]))
      #expect(missing.ranked == 0)
    }
  }

  @Test func negativeZeroEqualsZero() {
    #expect(ColumnRanks(of: [0, -0.0, 1, -1]).places == [2, 2, 1, 4])
    #expect(ColumnRanks(of: [-0.0, 0], ties: .ordinal).places == [1, 2])
  }

  @Test func infinitiesAreOrdinaryValues() {
    let values: [Double] = [.infinity, 1e308, -.infinity, .infinity, .nan]
    #expect(isSame(ColumnRanks(of: values).places, [1, 3, 4, 1, .nan]))
    let smallest = ColumnRanks(of: values, order: .smallestFirst, ties: .fractional)
    #expect(isSame(smallest.places, [3.5, 2, 1, 3.5, .nan]))
  }

  @Test func valuesAreNotRounded() {
    let above = 0.1.nextUp
    #expect(ColumnRanks(of: [0.1, above]).places == [2, 1])
  }

  @Test(arguments: [0, 1, 2, 3, 10, 73, 357, 500])
  func agreesWithCounting(count: Int) {
    var generator = SplitMix64(seed: UInt64(count) + 1)
    for distinct in [1, 3, max(1, count / 3), 1000] {
      let values = (0..<count).map { _ in
        Int.random(in: 0..<10, using: &generator) == 0
          ? Double.nan : Double(Int.random(in: 0..<distinct, using: &generator)) / 4 - 1
      }
      for (rule, order) in TieRule.allCases.flatMap({ rule in
        RankOrder.allCases.map { (rule, $0) }
      }) {
        let ranks = ColumnRanks(of: values, order: order, ties: rule)
        let expected = countedPlaces(values, order, rule)
        #expect(isSame(ranks.places, expected), "\(rule) \(order) \(distinct)")
        #expect(ranks.ranked == values.count { !$0.isNaN })
      }
    }
  }

  @Test func fractionalPlacesKeepTheirSum() {
    var generator = SplitMix64(seed: 7)
    let values = (0..<357).map { _ in Double(Int.random(in: 0..<20, using: &generator)) }
    let places = ColumnRanks(of: values, ties: .fractional).places
    #expect(places.reduce(0, +) == 357 * 358 / 2)
  }

  @Test(arguments: TieRule.allCases)
  func agreesWithSciPy(rule: TieRule) throws {
    let table = try ReferenceTable("Reference/rankdata.csv")
    let cases = Dictionary(grouping: table.rows) { $0["case"] }
    #expect(cases.count == 4)
    for (name, rows) in cases {
      #expect(rows.count >= 357)
      let values = rows.map { $0.number("value") }
      for order in RankOrder.allCases {
        let column = "\(rule).\(order == .largestFirst ? "largest" : "smallest")"
        let places = ColumnRanks(of: values, order: order, ties: rule).places
        #expect(isSame(places, rows.map { $0.number(column) }), "\(name) \(column)")
      }
    }
  }

  /// The places by counting, for each value, those before it and those equal to it.
  private func countedPlaces(_ values: [Double], _ order: RankOrder, _ rule: TieRule) -> [Double] {
    values.indices.map { index in
      let mine = values[index]
      guard !mine.isNaN else { return .nan }
      let better = values.filter { order == .largestFirst ? $0 > mine : $0 < mine }
      let equal = values.count { $0 == mine }
      return switch rule {
      case .competition: Double(better.count + 1)
      case .modified: Double(better.count + equal)
      case .dense: Double(Set(better).count + 1)
      case .fractional: Double(better.count) + Double(equal + 1) / 2
      case .ordinal: Double(better.count + 1 + values[..<index].count { $0 == mine })
      }
    }
  }
}
