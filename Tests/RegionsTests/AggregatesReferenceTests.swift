import Regions
import TestSupport
import Testing

/// Values and places against pandas, which `Reference/aggregates.py` ran on the same figures.
@Suite struct AggregatesReferenceTests {
  @Test(arguments: [
    ("employment.share", 2019), ("population.total", 2024), ("population.total", 2022),
    ("jobs.private.per_inhabitant", 2016), ("education.higher.share", 2019),
    ("education.higher.share", 2020), ("tax.relative_to_country", 2023),
    ("tax.after.per_inhabitant", 2023), ("migration.net.per_1000", 2019),
  ])
  func agreesWithPandas(id: String, year: Int) throws {
    let catalogue = try NorwayDataset.catalogue()
    let panel = try NorwayDataset.panel()
    let rows = try ReferenceTable("Reference/aggregates.csv").rows.filter {
      $0["indicator"] == id && $0["year"] == String(year)
    }
    let figures = try panel.figures(of: try catalogue.indicator(id), year: year)
    for division in ["", "regions-73", "counties", "economic-regions"] {
      let expected = rows.filter { $0["division"] == division }
      let levels =
        division.isEmpty
        ? figures.municipalityLevels(in: catalogue.register)
        : try figures.regionLevels(
          Aggregation(division: try catalogue.division(division), register: catalogue.register),
          in: panel
        )
      let ranking = Ranking(levels)
      #expect(levels.entries.map(\.unit.code) == expected.map { $0["unit"] })
      expectClose(levels.values, expected.map { $0.number("value") }, "\(id) \(year) \(division)")
      #expect(isSame(ranking.places, expected.map { $0.number("place") }))
      #expect(expected.allSatisfy { $0.number("ranked") == Double(ranking.ranked) })
    }
  }
}
