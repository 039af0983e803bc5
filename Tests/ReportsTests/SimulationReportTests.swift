import Regions
import Reports
import Scenarios
import TestSupport
import Testing

@Suite struct SimulationReportTests {
  private func report(
    _ language: Language,
    _ change: (inout String) -> Void = { _ in }
  ) throws
    -> Report
  {
    let (outcome, sweep, _) = try Sample.run(change)
    return SimulationReport(outcome, vintage: "fixture 1.0.0", language: language)
      .report(sweep: sweep, notes: ["A source."])
  }

  @Test(arguments: [Language.en, .nb])
  func everything(language: Language) throws {
    let text = try report(language).text(.table, language)
    expectGolden(text, "Golden/simulation-\(language.rawValue).txt")
  }

  @Test func tablesByName() throws {
    let one = try report(.en)
    #expect(one.tables.map(\.name) == ["standings", "attribution", "overtakes", "sweep"])
    let two = try report(.en) {
      $0 = $0.replacing("[employment.share]", with: "[employment.share, employment.relative]")
    }
    #expect(
      two.tables.map(\.name) == [
        "standings:employment.share", "attribution:employment.share",
        "overtakes:employment.share", "standings:employment.relative",
        "attribution:employment.relative", "overtakes:employment.relative", "sweep",
      ]
    )
  }

  @Test func theFocusAtTheHorizonIsMarked() throws {
    let standings = try report(.en).tables[0]
    #expect(standings.marked.count == 1)
    let row = standings.rows[try #require(standings.marked.first)]
    #expect(row[0] == .word("A3", shown: ""))
    #expect(row[3] == .integer(2026))
  }

  @Test func aStepThatBreaksALimitSaysSo() throws {
    let sweep = try #require(try report(.en).tables.last)
    let last = try #require(sweep.rows.last)
    #expect(last[1] == .number(20, decimals: 0))
    guard case .text(let note) = last[9] else {
      Issue.record("\(last)")
      return
    }
    #expect(note.contains("a share stays within 0–100 %"))
    #expect(sweep.columns[9].title == "")
  }

  @Test func theSweepHasAsManyDecimalsAsItsValues() throws {
    for (step, decimals) in [("10", 0), ("0.5", 1), ("0.125", 3), ("2.25", 2)] {
      let report = try report(.en) {
        $0 = $0.replacing("to: 20, step: 10", with: "to: 5, step: \(step)")
      }
      let sweep = try #require(report.tables.last)
      #expect(sweep.rows[0][1] == .number(0, decimals: decimals))
      #expect(sweep.columns[9].title == nil)
    }
  }
}

@Suite struct ScenarioComparisonReportTests {
  private func comparison(
    _ language: Language = .en,
    _ change: (inout String) -> Void
  ) throws -> Report {
    let first = try Sample.run(id: "one").outcome
    let second = try Sample.run(id: "two", change).outcome
    return try ScenarioComparisonReport(
      [first, second],
      vintage: "fixture 1.0.0",
      language: language
    ).report()
  }

  @Test(arguments: [Language.en, .nb])
  func everything(language: Language) throws {
    let report = try comparison(language) {
      $0 = $0.replacing("horizon: 2026", with: "horizon: 2025")
        .replacing("from: 2026", with: "from: 2025")
    }
    expectGolden(
      try report.text(.table, language),
      "Golden/scenario-comparison-\(language.rawValue).txt"
    )
  }

  @Test(arguments: [
    ("year: 2024", "year: 2023", "baseline.year is 2024 in one and 2023 in the other"),
    ("{year: 2024}", "{year: 2024, fill: carry}", "baseline.fill is none in one and carry"),
    ("focus: A3", "focus: A2", "focus is A3 in one and A2 in the other"),
    (
      "[employment.share]", "[employment.share, employment.relative]",
      "indicators is employment.share in one and employment.share, employment.relative in the"
    ),
  ])
  func scenariosThatCannotStandSideBySide(old: String, new: String, reason: String) throws {
    let text = errorText { try comparison { $0 = $0.replacing(old, with: new) } }
    #expect(text.hasPrefix("one and two cannot stand side by side: "))
    #expect(text.contains(reason))
    #expect(text.hasSuffix(" Simulate them one at a time."))
  }
}
