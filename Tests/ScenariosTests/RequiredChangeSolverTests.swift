import Regions
import Statistics
import TestSupport
import Testing

@testable import Scenarios

@Suite struct RequiredChangeSolverTests {
  /// The solver on random draws of the real figures, one after the other: the target is met with what
  /// it finds and not with one less, everybody ranked anew, and an earlier draw leaves no trace.
  @Test(arguments: [
    "kind: best", "kind: best, measure: mean", "kind: best, measure: headroom",
    "kind: rank, value: 30", "kind: rank, value: 200, scope: each", "kind: sum, value: 120",
    "kind: climb, value: 20, scope: each-and-together", "kind: country, value: 100, scope: each",
  ])
  func draws(target: String) throws {
    let text = try Shipped.text("employment-targets")
    let start = try #require(text.firstRange(of: "targets:\n"))
    let scenario = try Scenario(
      id: "draws",
      file: "draws.yml",
      text: text[..<start.lowerBound] + "targets:\n  - {id: t, \(target)}\n"
    )
    let catalogue = try NorwayDataset.catalogue()
    let simulation = try Simulation(scenario, catalogue: catalogue, panel: NorwayDataset.panel())
    let resolved = try #require(simulation.resolution.targets.first)
    let key = TargetYear.Key(indicator: "employment.share", year: 2028)
    let year = try TargetYear(key, of: resolved.indicator, in: simulation)
    let means = RequiredChange.Means()
    let search = try RequiredChangeSearch(resolved, means: means, member: nil, year, simulation)
    let layout = try #require(search.layout)
    var solver = search.solver(layout, isStrict: true)
    let fresh = solver
    var random = SplitMix64(seed: 3)
    for _ in 0..<4 {
      var figures = year.projected.figures
      for position in figures.numerator.values.indices {
        figures.numerator.values[position] *= Double.random(in: 0.96...1.04, using: &random)
      }
      let columns = try self.columns(figures, simulation)
      let denominator = figures.denominator?.values
      let found = solver.smallest(
        numerator: figures.numerator.values,
        denominator: denominator,
        columns: columns
      )
      let units = try #require(found)
      var alone = fresh
      #expect(
        units
          == alone.smallest(
            numerator: figures.numerator.values,
            denominator: denominator,
            columns: columns
          )
      )
      for (tried, isMet) in [(units, true), (units - 1, false)] where tried >= 0 {
        var changed = figures
        for (position, share) in zip(layout.positions, layout.spread.shares(of: tried)) {
          changed.numerator.values[position] += Double(share)
        }
        let after = try self.columns(changed, simulation)
        #expect(solver.evaluator.isMet(after) == isMet, "\(tried)")
      }
    }
  }

  private func columns(
    _ figures: IndicatorFigures,
    _ simulation: Simulation
  ) throws -> TargetColumns {
    TargetColumns(try simulation.rank(figures, year: 2028))
  }
}

@Suite struct ScoreFieldTests {
  /// The same as comparing with each, on scores of which many are equal or equal but for rounding.
  @Test func theSameAsComparing() {
    var random = SplitMix64(seed: 8)
    for _ in 0..<200 {
      let values = (0..<20).map { _ -> Double in
        let value = Double(Int.random(in: -3...3, using: &random)) / 3
        let noise = Double(Int.random(in: -2...2, using: &random)) * value.ulp
        return Int.random(in: 0...9, using: &random) == 0 ? .nan : value + noise
      }
      let isLeftOut = values.map { _ in Int.random(in: 0...3, using: &random) == 0 }
      let direction = Bool.random(using: &random) ? 1.0 : -1
      var field = ScoreField()
      field.fill(values, direction: direction, without: isLeftOut)
      let score = direction * Double(Int.random(in: -3...3, using: &random)) / 3
      let others = zip(values, isLeftOut).filter { !$0.1 && !$0.0.isNaN }.map { direction * $0.0 }
      let standing = field.standing(of: score)
      #expect(standing.above == others.count { isAbove($0, score) })
      #expect(standing.tied == others.count { !isAbove($0, score) && !isAbove(score, $0) })
    }
  }

  @Test(arguments: [1, 3, 100])
  func theFirstWholeNumber(step: Int) {
    for end in 0...40 {
      for first in 0...41 {
        let found = firstWhole(in: 3..<(3 + end), step: step) { $0 >= first }
        #expect(found == (3..<(3 + end)).first { $0 >= first })
      }
    }
  }
}
