import Datasets
import Regions
import TestSupport
import Testing

@testable import Scenarios

/// The places of all 357 municipalities and 73 regions in futures drawn by an independent program
/// (Reference/futures.py, 20,000 draws) and by this one.
@Suite struct FuturesReferenceTests {
  static let draws = 400

  static func futures(_ indicator: String, _ year: Int, others: String) throws -> Futures {
    let text = """
      title: {nb: Prøve, en: Trial}
      focus: R03
      indicators: [\(indicator)]
      baseline: {year: \(year)}
      horizon: \(year + 3)
      others: {move: \(others)}
      """
    let scenario = try Scenario(id: "trial", file: "trial.yml", text: text)
    return try Simulation(
      scenario,
      catalogue: try NorwayDataset.catalogue(),
      panel: try NorwayDataset.panel()
    ).estimated().futures(draws: draws, seed: 5, threads: 2)
  }

  @Test(arguments: [
    ("education.higher.share", 2019, "hold"), ("population.total", 2019, "model"),
  ])
  func places(_ indicator: String, _ year: Int, _ others: String) throws {
    let futures = try Self.futures(indicator, year, others: others)
    let last = try #require(futures.indicators[0].years.last)
    let rows = try ReferenceTable("Reference/futures.csv").rows
    var far = 0
    var (ratios, count) = (0.0, 0.0)
    for level in Level.allCases {
      let places = try #require(last.places(level))
      for row in rows where row["indicator"] == indicator && row["level"] == level.rawValue {
        let unit = Int(row.number("index"))
        let mean = places.mean(unit)
        let spread = row.number("deviation")
        // Both have an error; half a place more for what hardly ever moves.
        let error = spread * (1 / Double(Self.draws) + 1 / 20_000).squareRoot()
        if abs(mean.place - row.number("mean")) > 4 * error + 0.1 { far += 1 }
        if spread > 1 {
          ratios += mean.standardError * Double(Self.draws).squareRoot() / spread
          count += 1
        }
        let start = Int(places.baselinePlaces[unit])
        let kept = row.number("kept")
        let allowed = 5 * (kept * (1 - kept) / Double(Self.draws)).squareRoot() + 0.02
        #expect(abs(places.probability(atMost: start, unit) - kept) < allowed)
      }
    }
    #expect(count > 200)
    // Of 430 comparisons at four standard errors none is far by chance in most runs.
    #expect(far <= 1)
    expectClose(ratios / count, 1, relative: 0.03)
  }
}
