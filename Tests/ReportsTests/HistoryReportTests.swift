import Datasets
import Regions
import Reports
import TestSupport
import Testing

@Suite struct HistoryReportTests {
  /// The plan's Table 2: the places of the four municipalities in 2023 and 2024.
  private func plan(language: Language = .en) throws -> Report {
    let dataset = try NorwayDataset.dataset()
    let panel = try NorwayDataset.panel()
    let indicator = try dataset.catalogue.indicator("knm.total.rank")
    let division = try dataset.catalogue.division("regions-73")
    let region = try #require(division.regions.first { $0.code == "R03" })
    let rankings = try [2023, 2024].map { year in
      let request = RankingRequest(
        indicator: indicator,
        year: year,
        level: .municipality,
        division: division,
        published: [2023: 356, 2024: 357]
      )
      return (year: year, byLevel: [Level.municipality: try panel.ranking(request)])
    }
    let inhabitants = panel.column("plan.population.plan", year: 2024).values
    return HistoryReport(
      unit: Unit(level: .region, code: region.code, name: region.name),
      members: region.members.map { panel.register.unit(at: $0) },
      indicator: indicator,
      rankings: rankings,
      vintage: "v",
      language: language
    ).report(weights: region.members.map { inhabitants[$0] }, showsMembers: true, notes: ["Note."])
  }

  @Test func theSixMeasuresOfThePlan() throws {
    let movement = try plan().tables[1]
    let shown = movement.text(.en, isStyled: false).split(separator: "\n").dropFirst(2)
    let values = shown.map { $0.split(separator: " ").last ?? "" }
    #expect(values == ["−67", "−16.75", "−9.2", "−0.185", "−0.066", "–"])
    #expect(movement.title == "Movement 2023–2024")
  }

  @Test func membersHaveRowsOfTheirOwn() throws {
    let years = try plan().tables[0]
    #expect(years.rows.count == 8)
    #expect(years.rows[0].prefix(3) == [.text("3103"), .text("Moss"), .integer(2023)])
    #expect(years.rows[1][7] == .signed(-6, decimals: 0))
    #expect(years.rows[0][7] == .missing("–"))
  }

  private func population(
    _ code: String,
    years: [Int],
    members codes: [String],
    weights: [Double]? = nil,
    showsMembers: Bool = false,
    language: Language = .en
  ) throws -> Report {
    let rankings = try years.map { year in
      let levels = try Level.allCases.map { level in
        (level, try Sample.ranking("population.total", year: year, level: level).ranking)
      }
      return (year: year, byLevel: Dictionary(uniqueKeysWithValues: levels))
    }
    let first = try #require(rankings.first)
    let entries = first.byLevel.values.flatMap(\.levels.entries)
    let members = entries.map(\.unit).filter { codes.contains($0.code) }
    return HistoryReport(
      unit: try #require(entries.first { $0.unit.code == code }).unit,
      members: members.sorted { $0.code < $1.code },
      indicator: try FixtureDataset().catalogue().indicator("population.total"),
      rankings: rankings,
      vintage: "fixture 1.0.0",
      language: language
    ).report(weights: weights, showsMembers: showsMembers, notes: [])
  }

  @Test func aMemberWithoutAPlaceLeavesNoMeasure() throws {
    // Våler (3419) is suppressed in 2021.
    let report = try population("A3", years: [2020, 2021], members: ["3103", "3114", "3419"])
    #expect(report.tables[1].rows.prefix(5).allSatisfy { $0[2] == .missing("–") })
  }

  @Test func oneYearHasNoMovement() throws {
    let report = try population("3103", years: [2024], members: ["3103"])
    #expect(report.tables[1].rows.allSatisfy { $0[2] == .missing("–") })
    #expect(report.tables[0].rows.count == 1)
  }

  @Test func withoutWeightsOnlyTheWeightedMeasureIsMissing() throws {
    let report = try population("A3", years: [2022, 2024], members: ["3103", "3114", "3419"])
    let missing = report.tables[1].rows.filter { $0[2] == .missing("–") }.map { $0[0] }
    #expect(missing == [.text("F3")])
  }

  @Test(arguments: [Language.en, .nb])
  func everything(language: Language) throws {
    let report = try population(
      "A3",
      years: [2022, 2023, 2024],
      members: ["3103", "3114", "3419"],
      weights: [52000, 6300, 3500],
      showsMembers: true,
      language: language
    )
    expectGolden(try report.text(.table, language), "Golden/history-\(language.rawValue).txt")
  }
}
