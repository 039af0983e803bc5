import Datasets
import Regions
import TestSupport
import Testing

/// The dataset's own tables of numbers and names, against facts of Klass 131.
@Suite struct MunicipalityHistoryFactsTests {
  private static let read = Result { try NorwayDataset.dataset().municipalityHistory() }
  private var history: MunicipalityHistory { get throws { try Self.read.get() } }

  @Test(arguments: [
    (2013, 428), (2016, 428), (2017, 426), (2018, 422), (2019, 422), (2020, 356), (2023, 356),
    (2024, 357), (2026, 357),
  ])
  func numbersInUse(year: Int, count: Int) throws {
    #expect(try history.codes(on: year).count == count)
  }

  @Test(arguments: [
    ("0104", 2019, Successor.merged(into: "3103")), ("0136", 2019, .merged(into: "3103")),
    ("0137", 2019, .one("3114")), ("0426", 2019, .one("3419")), ("3018", 2023, .one("3114")),
    ("1567", 2018, .one("5061")), ("0301", 2013, .one("0301")),
    ("1601", 2017, .merged(into: "5001")),
    ("1534", 2019, .one("1580")), ("3103", 2016, .notYet(from: 2024)),
    ("0104", 2024, .noLonger(last: 2019)), ("0104", 2012, .beforeHistory(first: 2013)),
  ])
  func successors(code: String, year: Int, successor: Successor) throws {
    #expect(try history.successor(of: code, from: year) == successor)
  }

  /// Tysfjord and Snillfjord have no weights; Ålesund has those of its inhabitants.
  @Test func splits() throws {
    let history = try history
    for (code, parts) in [("1850", ["1806", "1875"]), ("5012", ["5055", "5056", "5059"])] {
      guard case .split(let found) = history.successor(of: code, from: 2019) else {
        Issue.record("\(code) is split")
        continue
      }
      #expect(found.map(\.code) == parts)
      #expect(found.allSatisfy { $0.weight == nil })
    }
    let alesund = history.successor(of: "1507", from: 2023).parts
    #expect(alesund.map(\.code) == ["1508", "1580"])
    #expect(alesund.compactMap(\.weight).reduce(0, +) == 1)
    #expect(alesund.allSatisfy { !$0.isExact })
  }

  /// Every number of every year leads to numbers of 2024, and each of these has an origin.
  @Test func everyNumberLeadsToToday() throws {
    let history = try history
    let today = Set(history.codes(on: 2024))
    for year in 2013...2023 {
      var reached: Set<String> = []
      for code in history.codes(on: year) {
        let parts = history.successor(of: code, from: year).parts.map(\.code)
        #expect(!parts.isEmpty && today.isSuperset(of: parts), "\(code) in \(year)")
        reached.formUnion(parts)
      }
      #expect(reached == today, "\(year)")
    }
  }

  @Test func aMixtureIsKnown() throws {
    let history = try history
    #expect(history.guessDivision(of: ["3103", "3112"]).periods == [2024...Int.max])
    #expect(
      history.guessDivision(of: ["0104", "0135"]).periods.map(\.lowerBound) == [
        2013, 2017, 2018, 2019,
      ]
    )
    #expect(history.guessDivision(of: ["0104", "3103"]).isMixture)
    #expect(history.guessDivision(of: ["3103", "7777"]).unknown == ["7777"])
  }
}
