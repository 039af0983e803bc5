import Datasets
import Documents
import Foundation
import Regions
import Reports
import Scenarios
import TestSupport
import Testing

/// Charts of futures, targets and maps on the real figures, held against what they are drawn from.
@Suite struct FuturesChartTests {
  /// The scenario `employment-outlook`, whose others move by a growth model, with 200 futures.
  private static let drawn = Result {
    let dataset = try NorwayDataset.dataset()
    let text = try text(ofFile: "\(repositoryRoot)/scenarios/employment-outlook.yml")
      .replacing("- {id: higher, kind: improve}", with: "- {id: top40, kind: rank, value: 40}")
    let scenario = try Scenario(id: "outlook", file: "outlook.yml", text: text)
    let panel = try dataset.panel(of: dataset.catalogue.series.map(\.id))
    let simulation = try Simulation(scenario, catalogue: dataset.catalogue, panel: panel)
    let estimated = try simulation.estimated()
    let changes = try simulation.requiredChanges(RequiredChange.Means())
    let division = try dataset.catalogue.division(scenario.division.value)
    let (futures, curves) = try estimated.requiredChangeCurves(draws: 200, seed: 3, threads: 2)
    var answer = TargetReport.Answer(
      holding: changes[0],
      moving: changes[0],
      difficulty: (
        nil,
        changes[0].difficulty(catalogue: dataset.catalogue, panel: panel, division: division)
      ),
      path: nil,
      warnings: []
    )
    answer.futures = futures.targets[0]
    answer.curve = curves[0]
    answer.seed = 3
    return (outcome: try simulation.run(), futures: futures, answer: answer, panel: panel)
  }

  private func charts() throws -> FuturesCharts {
    let drawn = try Self.drawn.get()
    return FuturesCharts(
      drawn.futures,
      drawn.futures.indicators[0],
      history: [],
      series: Array(drawn.panel.series.values),
      vintage: "norway",
      language: .nb
    )
  }

  private func targetCharts() throws -> TargetCharts {
    let drawn = try Self.drawn.get()
    return TargetCharts(
      drawn.answer,
      scenario: drawn.outcome.scenario,
      baseline: drawn.outcome.indicators[0].baseline.region,
      series: Array(drawn.panel.series.values),
      vintage: "norway",
      language: .nb
    )
  }

  @Test func theFanHasTheIntervals() throws {
    let drawn = try Self.drawn.get()
    let rows = try ChartTests.rows(charts().fan, layer: 0)
    let last = try #require(rows.last)
    let places = try #require(drawn.futures.indicators[0].years.last?.region)
    let index = try #require(places.index(of: drawn.futures.focus))
    #expect(last["median"] as? Int == places.median(index))
    #expect(last["low90"] as? Int == places.interval(0.9, index)?.lowerBound)
    #expect(last["high50"] as? Int == places.interval(0.5, index)?.upperBound)
    #expect(try charts().fan.text().contains("200 framtider, frø 3."))
  }

  @Test func theProbabilitiesOfEachUnitSumToOne() throws {
    let rows = try ChartTests.rows(charts().placeProbabilities, layer: 0)
    var sums: [String: Double] = [:]
    for row in rows {
      sums[row["name"] as? String ?? "", default: 0] += row["probability"] as? Double ?? .nan
    }
    #expect(sums.count == 73)
    #expect(sums.values.allSatisfy { abs($0 - 1) < 0.02 })
  }

  @Test func theCurveRisesToItsMarks() throws {
    let drawn = try Self.drawn.get()
    let curve = try #require(drawn.answer.curve)
    let chart = try #require(targetCharts().curve)
    let shares = try ChartTests.rows(chart, layer: 0).compactMap { $0["probability"] as? Double }
    #expect(shares == shares.sorted() && shares.count > 5)
    let marks = try ChartTests.rows(chart, layer: 2)
    #expect(marks.first?["units"] as? Int == curve.units(atProbability: 0.5))
    #expect(chart.name == "curve-top40")
  }

  @Test func theHistogramHasEveryWindow() throws {
    let drawn = try Self.drawn.get()
    let difficulty = try #require(drawn.answer.difficulty.moving)
    let rows = try ChartTests.rows(try #require(targetCharts().difficulty), layer: 0)
    func count(_ kind: String) -> Int {
      rows.filter { $0["kind"] as? String == kind }.reduce(0) { sum, row in
        sum + (row["high"] as? Int ?? 0) - (row["low"] as? Int ?? 0)
      }
    }
    let all = try #require(difficulty[.all])
    #expect(count("enough") == all.achievedWindows)
    #expect(count("enough") + count("less") == all.windows)
  }

  @Test(arguments: Level.allCases)
  func theMapHasEveryUnitAndItsMovement(level: Level) throws {
    let drawn = try Self.drawn.get()
    let dataset = try NorwayDataset.dataset()
    let result = drawn.outcome.indicators[0]
    let charts = ScenarioCharts(
      drawn.outcome,
      result,
      series: [],
      vintage: "norway",
      language: .en
    )
    let layout = try #require(try dataset.hexLayout(level))
    let rows = try ChartTests.rows(try #require(charts.map(level, layout)), layer: 0)
    let last = try #require(result.withLevers.last)
    let ranking = try #require(last.ranking(at: level))
    #expect(rows.count == ranking.levels.entries.count)
    for (row, entry) in zip(rows, ranking.levels.entries) {
      let movement = result.movement(of: entry.unit, to: last)
      #expect(movement.isNaN ? row["movement"] is NSNull : row["movement"] as? Double == movement)
    }
  }
}
