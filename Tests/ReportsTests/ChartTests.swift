import Datasets
import Foundation
import Regions
import Reports
import Scenarios
import TestSupport
import Testing

/// The charts say what the outcome says: figures in the specs are held against it.
@Suite struct ChartTests {
  private func charts(_ language: Language = .nb) throws -> (ScenarioCharts, IndicatorOutcome) {
    let (outcome, _, dataset) = try Sample.run()
    let result = outcome.indicators[0]
    let charts = ScenarioCharts(
      outcome,
      result,
      series: dataset.catalogue.series,
      vintage: dataset.vintage,
      language: language
    )
    return (charts, result)
  }

  @Test(arguments: [Language.nb, .en])
  func everything(language: Language) throws {
    let (charts, _) = try charts(language)
    for chart in [charts.rankedBars, charts.overtakes, try #require(charts.waterfall)] {
      expectGolden(
        try chart.spec.text(),
        "Golden/charts/\(chart.name).\(language.rawValue).vl.json"
      )
    }
  }

  @Test func theWordsWithoutWhichAPictureMisleads() throws {
    let (charts, _) = try charts()
    let all = [
      charts.rankedStrip, charts.rankedBars, charts.bump, charts.slope, charts.overtakes,
      try #require(charts.waterfall),
    ]
    for chart in all {
      let text = try chart.text()
      #expect(text.contains("Uoffisiell beregning."), "\(chart.name)")
      #expect(text.contains("Scenario: En prøve (sample)."), "\(chart.name)")
      #expect(text.contains("Kilde: "), "\(chart.name)")
      #expect(text.contains("Grunnlag i 2024"), "\(chart.name)")
      #expect(chart.description.hasPrefix(chart.title + "."), "\(chart.name)")
      #expect(text.contains("\"decimal\":\",\""))
      #expect(text.hasSuffix("}\n") && text.split(separator: "\n").count == 1)
    }
  }

  @Test func theSameBytesTwice() throws {
    #expect(try charts().0.rankedStrip.text() == charts().0.rankedStrip.text())
  }

  @Test func theWaterfallEndsAtThePlace() throws {
    let (charts, result) = try charts()
    let rows = try Self.rows(try #require(charts.waterfall), layer: 0)
    let focus = try #require(result.attributions.first).unit
    let last = try #require(result.withLevers.last)
    let numbers = rows.map { ($0["from"] as? Double ?? .nan, $0["to"] as? Double ?? .nan) }
    #expect(numbers.first?.0 == result.baseline.standing(of: focus).place)
    let end = try #require(numbers.last).1
    #expect(abs(end - last.standing(of: focus).place) < 1e-9)
    for (step, next) in zip(numbers, numbers.dropFirst()) { #expect(abs(step.1 - next.0) < 1e-9) }
  }

  @Test func theStripHasEveryUnitOnceInEachRow() throws {
    let (charts, result) = try charts()
    let rows = try Self.rows(charts.rankedStrip, layer: 0) + Self.rows(charts.rankedStrip, layer: 1)
    let last = try #require(result.withLevers.last)
    let groups = Dictionary(grouping: rows) { $0["row"] as? String ?? "" }
    #expect(groups.count > 1)
    for (_, ticks) in groups {
      let names = ticks.compactMap { $0["name"] as? String }
      #expect(Set(names).count == names.count)
      let isOfRegions = names.count == last.region?.ranked
      #expect(isOfRegions || names.count == last.municipality.ranked)
    }
  }

  @Test func theTornadoHasTheWidestFirst() throws {
    let (outcome, _, dataset) = try Sample.run()
    let (charts, _) = try charts()
    #expect(charts.tornado([]) == nil)
    let fixture = try FixtureDataset()
    defer { withExtendedLifetime(fixture) {} }
    let panel = try fixture.dataset().panel(of: dataset.catalogue.series.map(\.id))
    let ranges = try Simulation.leverRanges(
      outcome.scenario,
      indicator: outcome.indicators[0].indicator,
      share: 0.5,
      catalogue: dataset.catalogue,
      panel: panel
    )
    #expect(ranges.count == 2)
    let chart = try #require(charts.tornado(ranges))
    let text = try chart.text()
    #expect(text.contains("3,25: plass") && text.contains("9,75: plass"))
  }

  @Test func textIsBrokenAtSpaces() {
    #expect(ChartFrame.wrapped("en to tre fire", to: 6) == ["en to", "tre", "fire"])
    #expect(ChartFrame.wrapped("langtord", to: 3) == ["langtord"])
    #expect(ChartFrame.wrapped("", to: 3) == [])
  }

  /// The rows of a layer of the first view.
  static func rows(_ chart: Chart, layer: Int) throws -> [[String: Any]] {
    let spec = try JSONSerialization.jsonObject(with: Data(try chart.text().utf8))
    let views = (spec as? [String: Any])?["vconcat"] as? [[String: Any]]
    let layers = try #require(views?.first?["layer"] as? [[String: Any]])
    let data = layers[layer]["data"] as? [String: Any]
    return try #require(data?["values"] as? [[String: Any]])
  }
}

/// Maps of hexagons, on the real tables.
@Suite struct HexMapTests {
  @Test(arguments: Level.allCases)
  func theLayoutIsWholeAndInOnePiece(level: Level) throws {
    let dataset = try NorwayDataset.dataset()
    let layout = try #require(try dataset.hexLayout(level))
    let division = try dataset.catalogue.division("regions-73")
    let codes =
      level == .region
      ? division.regions.map(\.code) : dataset.catalogue.register.municipalities.map(\.code)
    #expect(Set(layout.cells.keys) == Set(codes))
    #expect(Set(layout.cells.values).count == codes.count)
    #expect(Self.pieces(Set(layout.cells.values)) == 1)
  }

  /// Neighbours stay neighbours: the three nearest of each municipality are mostly at most two cells
  /// away, and the members of a region are in one piece.
  @Test func neighboursStayNeighbours() throws {
    let dataset = try NorwayDataset.dataset()
    let layout = try #require(try dataset.hexLayout(.municipality))
    let register = dataset.catalogue.register
    let division = try dataset.catalogue.division("regions-73")
    for region in division.regions {
      let cells = region.members.compactMap { layout.cells[register.unit(at: $0).code] }
      #expect(Self.pieces(Set(cells)) == 1, "\(region.name)")
    }
  }

  private static func pieces(_ cells: Set<HexLayout.Cell>) -> Int {
    var left = cells
    var pieces = 0
    while let start = left.popFirst() {
      pieces += 1
      var front = [start]
      while let cell = front.popLast() {
        let shift = cell.row.isMultiple(of: 2) ? -1 : 0
        let near = [
          (cell.column - 1, cell.row), (cell.column + 1, cell.row),
          (cell.column + shift, cell.row - 1), (cell.column + shift + 1, cell.row - 1),
          (cell.column + shift, cell.row + 1), (cell.column + shift + 1, cell.row + 1),
        ]
        for (column, row) in near {
          if let next = left.remove(HexLayout.Cell(column: column, row: row)) { front.append(next) }
        }
      }
    }
    return pieces
  }
}
