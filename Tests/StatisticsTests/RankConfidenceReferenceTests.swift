import Statistics
import TestSupport
import Testing

/// Published results, an independent computation, and what the sets promise.
@Suite struct RankConfidenceReferenceTests {
  @Test(arguments: 1...3)
  func publishedExampleOfPISA(seed: Int) throws {
    let rows = try ReferenceTable("Reference/pisa_2018_math.csv").rows
    #expect(rows.count == 37)
    let scores = rows.map { $0.number("score") }
    let errors = ErrorDraws(
      standardErrors: rows.map { $0.number("standard_error") },
      seed: UInt64(seed)
    )
    for (level, column) in [(0.95, "top5_95"), (0.9, "top5_90")] {
      let sets = RankConfidenceSets(scores, errors: errors, level: level, scope: .simultaneous)
      #expect(sets.best(5) == rows.indices.filter { rows[$0][column] == "1" })
      // Chile, Colombia and Mexico overlap with nobody else.
      let last = rows.indices.filter {
        ["Chile", "Colombia", "Mexico"].contains(rows[$0]["country"])
      }
      #expect(sets.worst(3) == last)
    }
    let kingdom = try #require(rows.firstIndex { $0["country"] == "United Kingdom" })
    let sets = RankConfidenceSets(scores, errors: errors, scope: .marginal, units: [kingdom])
    // 8 in the published output and 7 in the text beside it, from other draws.
    #expect([7, 8].contains(try #require(sets.lower[kingdom])))
    #expect(sets.upper[kingdom] == 23)
  }

  @Test func agreesWithNumPy() throws {
    let table = try ReferenceTable("Reference/rank_confidence_sets.csv")
    let groups = Dictionary(grouping: table.rows) { row in
      ["case", "scope", "level", "stepdown"].map { row[$0] }
    }
    #expect(groups.count == 24)
    var outside = 0
    for (key, rows) in groups {
      let sets = RankConfidenceSets(
        rows.map { $0.number("value") },
        errors: errors(rows),
        level: rows[0].number("level"),
        scope: try #require(RankConfidenceSets.Scope(rawValue: rows[0]["scope"])),
        isStepdown: rows[0]["stepdown"] == "1"
      )
      for (unit, row) in rows.enumerated() {
        let bounds = [
          ("lower", Double(try #require(sets.lower[unit]))),
          ("upper", Double(try #require(sets.upper[unit]))),
        ]
        for (name, bound) in bounds {
          let (least, most) = (row.number("\(name)_min"), row.number("\(name)_max"))
          #expect(least - 1 <= bound && bound <= most + 1, "\(key) unit \(unit)")
          outside += bound < least || bound > most ? 1 : 0
        }
      }
    }
    // Of 780 bounds few are beyond all of the 40 repetitions, and none by more than one rank.
    #expect(outside <= 16)
  }

  /// The true ranks are covered at least as often as promised, within four standard errors of the
  /// share of 300 trials; each set alone and all together.
  @Test func coverage() {
    let truth = [0, 0.5, 1, 1, 2.5, 6]
    let trueRanks = [6, 5, 3, 3, 2, 1]
    let standardErrors = [0.5, 1, 0.3, 0.8, 0.4, 1]
    let trials = 300
    let level = 0.8
    let world = ErrorDraws(standardErrors: standardErrors, count: trials, seed: 123)
    var together = 0
    var alone = [Int](repeating: 0, count: truth.count)
    var width = 0
    for trial in 0..<trials {
      let values = truth.indices.map { truth[$0] + world.error(of: $0, draw: trial) }
      let errors = ErrorDraws(
        standardErrors: standardErrors,
        count: 200,
        seed: 10_000 + UInt64(trial)
      )
      for scope in RankConfidenceSets.Scope.allCases {
        let sets = RankConfidenceSets(values, errors: errors, level: level, scope: scope)
        let covered = truth.indices.map { unit in
          (sets.lower[unit] ?? 99) <= trueRanks[unit] && trueRanks[unit] <= (sets.upper[unit] ?? 0)
        }
        switch scope {
        case .simultaneous: together += covered.allSatisfy { $0 } ? 1 : 0
        case .marginal:
          for unit in truth.indices where covered[unit] { alone[unit] += 1 }
          width += truth.indices.reduce(0) { $0 + (sets.upper[$1] ?? 0) - (sets.lower[$1] ?? 0) }
        }
      }
    }
    let least = level - 4 * (level * (1 - level) / Double(trials)).squareRoot()
    #expect(Double(together) / Double(trials) >= least)
    for share in alone { #expect(Double(share) / Double(trials) >= least) }
    // Sets from first to last would cover too: these are narrower than half of that.
    #expect(Double(width) / Double(trials * truth.count) < 2.5)
  }

  private func errors(_ rows: [ReferenceTable.Row]) -> ErrorDraws {
    let own = rows.map { $0.number("standard_error") }
    let loading = rows.map { $0.number("loading") }
    guard loading.contains(where: { $0 != 0 }) else {
      return ErrorDraws(standardErrors: own, seed: 1)
    }
    let covariance = own.indices.map { row in
      own.indices.map { (row == $0 ? own[row] * own[row] : 0) + loading[row] * loading[$0] }
    }
    return ErrorDraws(factor: choleskyFactor(covariance), units: own.count, seed: 1)
  }

  /// The lower-triangular factor by the textbook formula, column-major.
  private func choleskyFactor(_ a: [[Double]]) -> [Double] {
    let n = a.count
    var factor = [Double](repeating: 0, count: n * n)
    for column in 0..<n {
      for row in column..<n {
        let product = (0..<column).reduce(0) { $0 + factor[$1 * n + row] * factor[$1 * n + column] }
        let rest = a[row][column] - product
        factor[column * n + row] =
          row == column ? rest.squareRoot() : rest / factor[column * n + column]
      }
    }
    return factor
  }
}
