import Regions
import Reports
import Statistics
import TestSupport
import Testing

@Suite struct RankingReportTests {
  private func report(
    _ indicator: String,
    year: Int,
    level: Level = .municipality,
    fill: FillRule = .none,
    ties: TieRule = .competition,
    window: RankingWindow = .all,
    _ language: Language = .en
  ) throws -> Report {
    let (ranking, panel) = try Sample.ranking(
      indicator,
      year: year,
      level: level,
      fill: fill,
      ties: ties
    )
    return RankingReport(ranking, panel: panel, vintage: "fixture 1.0.0", language: language)
      .report(window, context: "context")
  }

  private static let moss = Unit(level: .municipality, code: "3103", name: "Moss")

  private func codes(_ window: RankingWindow) throws -> (codes: [Table.Cell], marked: Set<Int>) {
    let table = try report("population.total", year: 2024, window: window).tables[0]
    return (table.rows.map { $0[1] }, table.marked)
  }

  @Test func windows() throws {
    let all = ["0301", "1508", "3103", "1580", "3114", "3419"].map(Table.Cell.text)
    #expect(try codes(.all).codes == all)
    #expect(try codes(.all).marked == [])
    #expect(try codes(.top(2)).codes == Array(all.prefix(2)))
    #expect(try codes(.top(99)).codes == all)
    #expect(try codes(.around(Self.moss, 1)).codes == Array(all[1...3]))
    #expect(try codes(.around(Self.moss, 1)).marked == [1])
    #expect(try codes(.around(Self.moss, 0)).codes == [all[2]])
    #expect(try codes(.around(Self.moss, 9)).codes == all)
    #expect(try codes(.around(Self.moss, 9)).marked == [2])
    let first = Unit(level: .municipality, code: "0301", name: "Oslo")
    #expect(try codes(.around(first, 1)).codes == Array(all.prefix(2)))
    let last = Unit(level: .municipality, code: "3419", name: "Våler")
    #expect(try codes(.around(last, 1)).codes == Array(all.suffix(2)))
    let unknown = Unit(level: .municipality, code: "9999", name: "")
    #expect(try codes(.around(unknown, 1)).codes == [])
  }

  @Test func numberHiddenAndRanked() throws {
    let top = try report("population.total", year: 2021, window: .top(2))
    #expect(top.notes[0] == "5 units are not shown (--all shows them).")
    #expect(top.notes[1].hasPrefix("4 of 5 units have a figure and a place."))
    let all = try report("population.total", year: 2024, .nb)
    #expect(all.notes[0].hasPrefix("6 av 6 enheter har tall og plass."))
  }

  @Test(arguments: [
    (TieRule.competition, "(1224)"), (.modified, "(1334)"), (.dense, "(1223)"),
    (.fractional, "(1 2.5 2.5 4)"), (.ordinal, "(1234)"),
  ])
  func tieRule(rule: TieRule, pattern: String) throws {
    // 3114 and 1580 have 9 per cent each.
    let report = try report("low_income.share", year: 2023, ties: rule)
    #expect(report.notes.contains { $0.contains(pattern) })
    let places = report.tables[0].rows.prefix(2).map { $0[0] }
    let expected: [Double] =
      switch rule {
      case .competition, .dense: [1, 1]
      case .modified: [2, 2]
      case .fractional: [1.5, 1.5]
      case .ordinal: [1, 2]
      }
    #expect(places == expected.map(Table.Cell.place))
    #expect(report.notes.contains("Place 1 has the lowest value; unrounded values are ranked."))
  }

  @Test func carriedValuesAreCounted() throws {
    let none = try report("population.total", year: 2021)
    #expect(!none.notes.contains { $0.contains("carried") })
    let carried = try report("population.total", year: 2021, fill: .carry)
    #expect(
      carried.notes.contains("Of the ranked units, 1 rest on carried values (from 2020).")
    )
    #expect(carried.notes.contains("Basis: 4 observed, 1 carried."))
    let row = try #require(carried.tables[0].rows.first { $0[1] == .text("3419") })
    #expect(row.contains(.word("carried", shown: "carried")))
    #expect(row.contains(.integer(2020)))
    #expect(carried.tables[0].columns.contains { $0.key == "figure_year" && $0.title == "Year" })
    #expect(none.tables[0].columns.contains { $0.key == "figure_year" && $0.title == nil })
  }

  @Test func partlyCoveredRegionsAreNamed() throws {
    let english = try report("employment.share", year: 2023, level: .region)
    #expect(english.notes.contains("Partly covered: Østlandet sør (without Våler)."))
    let norwegian = try report("employment.share", year: 2023, level: .region, .nb)
    #expect(norwegian.notes.contains("Delvis dekket: Østlandet sør (uten Våler)."))
    let complete = try report("employment.share", year: 2024, level: .region)
    #expect(!complete.notes.contains { $0.hasPrefix("Partly covered") })
  }

  @Test func publishedPlacesAreNotRankedAnew() throws {
    let report = try report("contest.rank", year: 2023)
    #expect(
      report.notes.contains(
        "Published places, as they are: 356 were ranked, 4 of the places are in the dataset."
      )
    )
    #expect(!report.notes.contains { $0.contains("have a figure") || $0.contains("lowest value") })
  }

  @Test func sourceAndVintage() throws {
    let notes = try report("employment.share", year: 2024).notes
    #expect(notes.contains("Source employed.20_66: Tests; vintage 2024."))
    #expect(notes.contains("Source employment.base: Tests; vintage 2024."))
    #expect(notes.last == "Dataset: fixture 1.0.0. Unofficial computation.")
  }

  private func confidenceReport(
    _ settings: PlaceConfidence.Settings,
    top: Int? = nil,
    year: Int = 2023,
    _ language: Language = .en
  ) throws -> Report {
    let (ranking, panel) = try Sample.ranking("employment.share", year: year)
    let confidence = try PlaceConfidence(ranking, in: panel, settings)
    let report = RankingReport(
      ranking,
      panel: panel,
      vintage: "fixture 1.0.0",
      language: language,
      confidence: confidence
    )
    return report.report(
      top.map { .mayBeTop($0, confidence.sets) } ?? .all,
      context: "context"
    )
  }

  @Test func confidenceColumns() throws {
    let plain = try report("employment.share", year: 2023)
    let report = try confidenceReport(PlaceConfidence.Settings(level: 0.999, seed: 3))
    let table = report.tables[0]
    let added = Set(table.columns.map(\.key)).subtracting(plain.tables[0].columns.map(\.key))
    #expect(
      added == [
        "place_low", "place_high", "standard_error", "confidence_level", "confidence_scope",
        "overdispersion", "draws", "seed",
      ]
    )
    #expect(table.columns.prefix(3).map(\.title) == ["Place", "99.9% from", "99.9% to"])
    #expect(report.notes.contains { $0.hasSuffix("1,000 draws, seed 3.") })
    for row in table.rows {
      guard case .place(let place) = row[0] else {
        #expect(row[1...2].allSatisfy { $0 == .missing("–") })
        continue
      }
      guard case .place(let low) = row[1], case .place(let high) = row[2] else {
        Issue.record("\(row)")
        continue
      }
      #expect(low <= place && place <= high)
    }
    let norwegian = try confidenceReport(PlaceConfidence.Settings(level: 0.999), year: 2023, .nb)
    #expect(norwegian.tables[0].columns[1].title == "99,9 % fra")
  }

  @Test func notesOfConfidence() throws {
    let alone = try confidenceReport(PlaceConfidence.Settings()).notes.joined()
    #expect(alone.contains("for each unit alone") && !alone.contains("at once"))
    #expect(alone.contains("no sampling error") && alone.contains("coming years"))
    #expect(alone.contains("√(p(1 − p)/n), p the share of n, independent between the units."))
    let settings = PlaceConfidence.Settings(scope: .simultaneous, overdispersion: 2)
    let together = try confidenceReport(settings, top: 1)
    let notes = together.notes.joined()
    #expect(notes.contains("at once") && !notes.contains("for each unit alone"))
    #expect(notes.contains("the variance times 2."))
    #expect(
      notes.contains(
        "With 95% confidence all that truly have place 1 are among those shown "
          + "(\(together.tables[0].rows.count))."
      )
    )
  }

  @Test(arguments: [Language.en, .nb])
  func everything(language: Language) throws {
    let report = try report("employment.share", year: 2023, level: .region, language)
    expectGolden(try report.text(.table, language), "Golden/ranking-\(language.rawValue).txt")
    let missing = try self.report("population.total", year: 2021, language)
    expectGolden(
      try missing.text(.markdown, language),
      "Golden/ranking-missing-\(language.rawValue).md"
    )
  }
}
