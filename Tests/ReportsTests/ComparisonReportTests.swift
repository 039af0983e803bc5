import Datasets
import Regions
import Reports
import TestSupport
import Testing

@Suite struct ComparisonReportTests {
  /// The cells of the columns for one unit of a ranking.
  private func cells(
    _ keys: [String],
    of code: String,
    in ranking: Ranking,
    _ series: Series
  ) throws -> [Table.Cell] {
    let entry = try #require(ranking.levels.entries.first { $0.unit.code == code })
    var report = ComparisonReport(vintage: "v", language: .en)
    report.add(entry.unit, in: ranking, numerator: series)
    let table = report.report(of: [entry.unit], isGrouped: false).tables[0]
    return try keys.map { key in
      table.rows[0][try #require(table.columns.firstIndex { $0.key == key })]
    }
  }

  private func gap(
    _ sums: [Double],
    _ unit: MeasureUnit = .persons,
    decimals: Int = 0,
    _ direction: Indicator.Direction = .higher
  ) throws -> Table.Cell {
    let (ranking, series) = try Sample.ranking(
      sums: sums,
      unit: unit,
      decimals: decimals,
      direction: direction
    )
    return try cells(["gap_next"], of: "0100", in: ranking, series)[0]
  }

  @Test func gapsAreRoundedAwayFromZero() throws {
    #expect(try gap([10, 15]) == .signed(5, decimals: 0))
    #expect(try gap([10, 15.2]) == .signed(6, decimals: 0))
    #expect(try gap([10, 10.001], .nok) == .signed(1, decimals: 0))
    #expect(try gap([10, 7], .persons, .lower) == .signed(-3, decimals: 0))
    #expect(try gap([10, 6.5], .jobs, .lower) == .signed(-4, decimals: 0))
    #expect(try gap([10, 10.01], .percent, decimals: 1) == .signed(0.1, decimals: 1))
    #expect(try gap([10, 9.61], .percent, decimals: 1, .lower) == .signed(-0.4, decimals: 1))
  }

  @Test func aHairOfRoundingErrorAsksForNobody() throws {
    #expect(1.1 + 2.2 - 0.3 > 3)
    #expect(try gap([0.3, 1.1 + 2.2]) == .signed(3, decimals: 0))
    #expect(try gap([1.1 + 2.2, 0.3], .persons, .lower) == .signed(-3, decimals: 0))
  }

  @Test func theFirstHasNoNextPlace() throws {
    #expect(try gap([10, 5, 3]) == .missing("–"))
    #expect(try gap([10, 10, 3]) == .missing("–"))
    #expect(try gap([10, 12, 20]) == .signed(2, decimals: 0))
  }

  @Test func placePercentileAndCountry() throws {
    let (ranking, panel) = try Sample.ranking("employment.share", year: 2024)
    let series = try #require(panel.series["employed.20_66"])
    let found = try cells(
      ["rank", "ranked", "percentile", "gap_next", "gap_country", "gap_unit", "basis"],
      of: "3103",
      in: ranking,
      series
    )
    // 23 200 of 31 000 is 74.84 %; the next is Oslo with 75.74 %, the country 75.79 %.
    #expect(found[0] == .place(5))
    #expect(found[1] == .integer(6))
    #expect(found[2] == .number(25, decimals: 0))
    #expect(found[3] == .signed(281, decimals: 0))
    let country = 413_400.0 / 545_750 * 31_000 - 23_200
    #expect(found[4] == .signed(country.rounded(.up), decimals: 0))
    #expect(found[5] == .word("persons", shown: "persons"))
    #expect(found[6] == .word("observed", shown: "observed"))
  }

  /// With the gap shown the unit is at least level with the next better, with one less it is not.
  @Test func theGapShownIsTheSmallestThatSuffices() throws {
    let dataset = try NorwayDataset.dataset()
    let indicator = try dataset.catalogue.indicator("education.higher.share")
    let panel = try NorwayDataset.panel()
    let series = try #require(panel.series[indicator.numerator])
    let request = RankingRequest(
      indicator: indicator,
      year: 2020,
      level: .municipality,
      division: try dataset.catalogue.division("regions-73")
    )
    let ranking = try panel.ranking(request)
    var checked = 0
    for (index, entry) in ranking.levels.entries.enumerated() {
      guard let next = ranking.nextBetter(than: index), let all = entry.denominator,
        case .signed(let gap, _) = try cells(
          ["gap_next"],
          of: entry.unit.code,
          in: ranking,
          series
        )[0]
      else { continue }
      let goal = ranking.levels.entries[next].value
      #expect((entry.numerator + gap) / all * 100 >= goal - 1e-9)
      #expect((entry.numerator + gap - 1) / all * 100 < goal)
      checked += 1
    }
    #expect(checked > 300)
  }

  @Test func theGapOfAMeanIsInItsOwnUnit() throws {
    let (ranking, panel) = try Sample.ranking("tax.rate", year: 2023, level: .region)
    let series = try #require(panel.series["tax.rate"])
    let found = try cells(["value", "gap_next", "gap_unit"], of: "A3", in: ranking, series)
    guard case .number(let value, _) = found[0], case .signed(let gap, let decimals) = found[1]
    else {
      Issue.record("\(found)")
      return
    }
    // The next is Sunnmøre with 97.25.
    #expect(decimals == 1)
    #expect(gap >= 97.25 - value && gap < 97.25 - value + 0.1)
    #expect(found[2] == .word("percent", shown: "per cent"))
  }

  @Test func publishedPlacesHaveNoGap() throws {
    let (ranking, panel) = try Sample.ranking("contest.rank", year: 2024)
    let series = try #require(panel.series["contest.rank"])
    let found = try cells(["rank", "ranked", "gap_next"], of: "3103", in: ranking, series)
    #expect(found == [.place(107), .integer(357), .missing("–")])
  }

  @Test(arguments: [Language.en, .nb])
  func everything(language: Language) throws {
    var report = ComparisonReport(vintage: "fixture 1.0.0", language: language)
    var units: [Unit] = []
    for id in ["employment.share", "low_income.share"] {
      let (ranking, panel) = try Sample.ranking(id, year: 2023)
      let series = try #require(panel.series[ranking.levels.indicator.numerator])
      units = ranking.levels.entries.filter { ["0301", "3103"].contains($0.unit.code) }.map(\.unit)
      for unit in units {
        report.add(unit, in: ranking, numerator: series)
      }
      report.leaveOut(ranking.levels.indicator, reason: "For a reason.")
    }
    let text = try report.report(of: units, isGrouped: true).text(.table, language)
    expectGolden(text, "Golden/comparison-\(language.rawValue).txt")
  }
}
