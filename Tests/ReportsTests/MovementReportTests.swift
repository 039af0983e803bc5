import Datasets
import Regions
import Reports
import TestSupport
import Testing

@Suite struct MovementReportTests {
  private func report(
    _ id: String,
    from: Int,
    to: Int,
    regions: Int = .max,
    language: Language = .en
  ) throws -> Report {
    let dataset = try NorwayDataset.dataset()
    let panel = try NorwayDataset.panel()
    let indicator = try dataset.catalogue.indicator(id)
    let division = try dataset.catalogue.division("regions-73")
    let rankings = try [from, to].map { year in
      let request = RankingRequest(
        indicator: indicator,
        year: year,
        level: .municipality,
        division: division,
        published: [2023: 356, 2024: 357]
      )
      return try panel.rankings(request, at: Level.allCases).byLevel
    }
    let comparison = MovementComparison(
      of: Array(division.regions.prefix(regions)),
      before: rankings[0],
      after: rankings[1],
      register: panel.register,
      shuffles: 199
    )
    return MovementReport(
      comparison,
      indicator: indicator,
      years: (from, to),
      vintage: "v",
      language: language
    ).report(context: "c", marking: "R03", notes: ["Note."])
  }

  @Test(arguments: Language.allCases)
  func whole(language: Language) throws {
    let report = try report(
      "population.total",
      from: 2014,
      to: 2024,
      regions: 6,
      language: language
    )
    expectGolden(
      try report.text(.table, language, isStyled: false),
      "Golden/movement-\(language.rawValue).txt"
    )
  }

  @Test func theRegionIsMarkedAndSumsAreInOrder() throws {
    let table = try report("population.total", from: 2014, to: 2024).tables[0]
    #expect(table.rows.count == 73)
    let marked = try #require(table.marked.first)
    #expect(table.rows[marked][0] == .text("R03"))
    #expect(table.rows[marked][3] == .signed(27, decimals: 1))
  }

  @Test func allMeasuresMayNameTheSame() throws {
    let report = try report("population.total", from: 2014, to: 2024, regions: 3)
    #expect(report.notes[0] == "All measures name the same region: Mosseregionen.")
    let other = try self.report("population.total", from: 2014, to: 2024)
    #expect(
      other.notes[0] == "The measures do not name the same region: decide which one counts before "
        + "the figures come."
    )
  }

  @Test func publishedPlacesOfOneRegion() throws {
    let report = try report("knm.total.rank", from: 2023, to: 2024)
    #expect(
      report.tables[0].rows[0].prefix(3) == [.text("R03"), .text("Mosseregionen"), .integer(4)]
    )
    #expect(report.tables[0].rows[0][3] == .signed(-67, decimals: 0))
    #expect(report.tables[0].rows[0][8] == .missing("–"))
    #expect(report.notes[0] == "Only 1 of 73 regions can be compared.")
    #expect(report.notes[2].hasPrefix("Z is not computed: fewer than half"))
  }
}
