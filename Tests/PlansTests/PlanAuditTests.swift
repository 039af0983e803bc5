import Datasets
import Documents
import Plans
import Regions
import TestSupport
import Testing

/// What does not agree in the plan of Mosseregionen, on the real figures.
@Suite struct PlanAuditTests {
  private static let shared = Result {
    try ShippedPlan.audit(try ShippedPlan.resolved("mosseregionen")).findings()
  }

  private func findings(_ table: String? = nil) throws -> [Finding] {
    try Self.shared.get().filter { table == nil || $0.table == table }
  }

  private func only<Value>(
    _ table: String?,
    _ pick: (Finding.Kind) -> Value?
  ) throws -> Value {
    let found = try findings(table).compactMap { pick($0.kind) }
    try #require(found.count == 1, "\(found.count) findings of this kind in table \(table ?? "–")")
    return found[0]
  }

  @Test func theGravestComeFirst() throws {
    let severities = try findings().map(\.severity)
    #expect(severities == severities.sorted())
    #expect(Severity.allCases.map { level in severities.count { $0 == level } } == [13, 14, 5])
  }

  @Test func oneMunicipalityDecidesTheSum() throws {
    let found = try only("2") { kind -> (Unit, Double, Double)? in
      guard case .oneDecides(let unit, let movement, let sum, 2023, 2024) = kind else { return nil }
      return (unit, movement, sum)
    }
    #expect(found.0.name == "Råde")
    #expect(found.1 == -87)
    #expect(found.2 == -67)
    #expect(found.2 - found.1 == 20)
    let ranked = try only("2") { kind -> [Int]? in
      guard case .ranked(let before, _, let after, _) = kind else { return nil }
      return [before, after]
    }
    #expect(ranked == [356, 357])
  }

  @Test func populationsThatTheTaxImplies() throws {
    let found = try only("3") { kind -> Finding.Denominators? in
      guard case .denominators(let found) = kind else { return nil }
      return found
    }
    #expect(found.rows.map(\.unit.code) == ["3103", "3112", "3114", "3216"])
    expectClose(
      found.rows.map(\.implied),
      [52_050.79, 7_882.89, 6_144.97, 19_492.76],
      relative: 0,
      absolute: 0.005
    )
    #expect(found.rows.map(\.shown) == [52_671, 7_873, 6_176, 19_974])
    #expect(found.shown == 86_694)
    #expect(found.printed == 34_657)
    #expect(found.consistent.rounded() == 35_112)
  }

  @Test func theCountryThatThePercentagesNeed() throws {
    let found = try only("3") { kind -> (ClosedRange<Double>, ClosedRange<Double>)? in
      guard case .country(90, let consistent, let country) = kind else { return nil }
      return (consistent, country)
    }
    #expect((100 * found.0.lowerBound).rounded() == 9099)
    #expect((10 * found.0.lowerBound).rounded() == 910)
    #expect((10 * found.0.upperBound).rounded() == 918)
    #expect((found.1.lowerBound / 10).rounded() == 3824)
    #expect((found.1.upperBound / 10).rounded() == 3859)
  }

  @Test func theShareThatIsCut() throws {
    let found = try only("4") { kind -> (Unit, Double, Double)? in
      guard case .truncated(let unit, let printed, let computed) = kind else { return nil }
      return (unit, printed, computed)
    }
    #expect(found.0.name == "Moss")
    #expect(found.1 == 73.9)
    #expect((10_000 * found.2).rounded() == 739_967)
  }

  @Test func placesAndTheirValues() throws {
    let place = try only("4") { kind -> (Unit, [Int])? in
      guard case .place(let unit, let printed, let expected, let ranked, _) = kind else {
        return nil
      }
      return (unit, [Int(printed), Int(expected), ranked])
    }
    #expect(place.0.code == "3114")
    #expect(place.1 == [117, 148, 356])
    let areas = try only("4") { kind -> [Finding.Area]? in
      guard case .area(61, _, let places) = kind else { return nil }
      return places
    }
    #expect(areas.map(\.place) == [51, 58])
    #expect(areas.map(\.of) == [73, 73])
    #expect(areas.map { $0.members.map(\.name).contains("Vestby") } == [true, false])
    let densities = try only("4") { kind -> [Finding.Density]? in
      guard case .density(let densities) = kind else { return nil }
      return densities
    }
    #expect(densities.map { (10 * $0.placesPerPoint).rounded() / 10 } == [10.6, 48.5, 31.0])
    #expect(densities.map(\.better.name) == ["Vestby", "Våler", "Råde"])
  }

  @Test func theTotalThatIsTooLow() throws {
    let found = try only("5") { kind -> (Double, Double)? in
      guard case .total(let printed, let sum) = kind else { return nil }
      return (printed, sum)
    }
    #expect(found.1 == 16_700_895)
    #expect(found.1 - found.0 == 61_784)
    #expect((10_000 * (found.1 - found.0) / found.1).rounded() == 37)
    let finding = try #require(findings("5").first { $0.severity == .high })
    #expect(finding.series?.id == "plan.wage_costs.private")
    #expect(finding.year == 2023)
  }

  @Test func theOtherVåler() throws {
    let found = try only(nil) { kind -> [String]? in
      guard case .homonym(let unit, let other, let county) = kind else { return nil }
      return [unit.code, other.code, county]
    }
    #expect(found == ["3114", "3419", "Innlandet"])
  }

  @Test func targetsWithoutYearThresholdOrMeasure() throws {
    let plan = try ShippedPlan.resolved("mosseregionen")
    let noYear = try only(nil) { kind -> [String]? in
      guard case .noYear(let targets) = kind else { return nil }
      return targets.map(\.id)
    }
    #expect(noYear == plan.targets.map(\.target.id))
    let noThreshold = try only(nil) { kind -> [String]? in
      guard case .noThreshold(let targets) = kind else { return nil }
      return targets.map(\.id)
    }
    #expect(noThreshold.count == 8)
    let unmeasurable = try only(nil) { kind -> String? in
      guard case .unmeasurable(let target, _) = kind else { return nil }
      return target.id
    }
    #expect(unmeasurable == "land")
    let count = try only("8") { kind -> String? in
      guard case .count(let target, _) = kind else { return nil }
      return target.id
    }
    #expect(count == "outside-work")
  }

  /// What readers of the draft have noted and no computation finds.
  @Test func remarks() throws {
    let ids = try findings().compactMap { finding -> String? in
      guard case .remark(let remark) = finding.kind else { return nil }
      return remark.id
    }
    #expect(
      Set(ids) == [
        "level-or-change", "valer-areas", "rade-fall", "outside-work-text", "land-sources",
        "vocational", "net-migration-title", "table-7-total", "edition-year", "value-added",
        "interviews", "verb", "peers", "text-cell", "no-totals", "attractiveness-region",
        "counties",
      ]
    )
    #expect(ids.count == Set(ids).count)
  }

  /// What agrees is no finding: the other totals, shares and the movement that is printed.
  @Test func nothingElse() throws {
    let computed = try findings().filter { finding in
      if case .remark = finding.kind { false } else { true }
    }
    #expect(computed.count == 15)
    #expect(try findings("6").count == 2)
    #expect(try findings("7").count == 4)
  }

  // MARK: - Kinds that this plan does not have

  private func findings(
    _ columns: String,
    printing rows: [String],
    region: Bool = true
  ) throws -> [Finding] {
    let fixture = try FixtureDataset()
    defer { withExtendedLifetime(fixture) {} }
    let dataset = try fixture.dataset()
    let table = "[{id: \"1\", title: {nb: T, en: T}, columns: [\(columns)]}]"
    let plan = try MadeUpPlan.resolved(
      MadeUpPlan.text(
        "kind: level, value: 1, year: 2030, indicator: population.total",
        tables: table
      ),
      dataset
    )
    let figures = try PlanFigures(
      plan,
      dataset: dataset,
      added: try MadeUpPlan.read(rows, plan)
    )
    return try PlanAudit(plan, figures: figures, dataset: dataset).findings()
      .filter { $0.table != nil }
  }

  /// Moss 51000, Våler 6100, Våler 3600: 60700.
  @Test(arguments: [
    (60_700, Severity?.none), (60_701, .medium), (60_640, .medium), (60_639, .high),
    (70_000, .high),
  ])
  func totals(printed: Int, severity: Severity?) throws {
    let found = try findings(
      "{series: population.total, years: [2022], total: sum}",
      printing: ["population.total,A3,2022,\(printed)"]
    )
    #expect(found.map(\.severity) == [severity].compactMap(\.self))
    guard severity != nil else { return }
    #expect(found.map(\.kind) == [.total(printed: Double(printed), sum: 60_700)])
  }

  @Test func aTotalOfWhichAPartIsMissingIsNotJudged() throws {
    let found = try findings(
      "{series: population.total, years: [2021, 2022], total: sum}",
      printing: ["population.total,A3,2021,1"]
    )
    #expect(found.isEmpty)
  }

  /// 23200 of 31000 is 74.84, 2800 of 3650 is 76.71.
  @Test func ratios() throws {
    let column = """
      {series: tax.rate, years: [2024], ratio: {of: employed.20_66, to: employment.base, times: 100}}
      """
    let found = try findings(
      column + ", {series: employed.20_66, years: [2022, 2024]}"
        + ", {series: employment.base, years: [2022, 2024]}",
      printing: ["tax.rate,3103,2024,74.8", "tax.rate,3114,2024,76.8", "tax.rate,3419,2024,73.6"]
    )
    let kinds = found.filter { $0.series?.id == "tax.rate" }.map(\.kind)
    let ratios = kinds.compactMap { kind -> [Double]? in
      if case .ratio(let unit, let printed, let computed) = kind, unit.code == "3114" {
        return [printed, (100 * computed).rounded()]
      }
      return nil
    }
    #expect(ratios == [[76.8, 7671]])
    let cut = kinds.compactMap { kind -> String? in
      if case .truncated(let unit, _, _) = kind { return unit.code }
      return nil
    }
    #expect(cut == ["3419"])
  }

  @Test func percentagesThatNoCountryFits() throws {
    let found = try findings(
      "{series: low_income.share, years: [2022], country: population.total}",
      printing: ["low_income.share,3103,2022,50", "low_income.share,3114,2022,50"]
    )
    #expect(found.map(\.kind) == [.noCountry])
    #expect(found.map(\.severity) == [.high])
  }

  @Test func movements() throws {
    let columns = """
      {series: contest.rank, years: [2022, 2023, 2024]}, \
      {series: tax.rate, years: [2022, 2024], movement: {of: contest.rank, from: 2023}}
      """
    // 101 → 107, 183 → 160, 320 → 322: 15 places up.
    func kinds(_ printed: Int) throws -> [Finding.Kind] {
      try findings(columns, printing: ["tax.rate,A3,2024,\(printed)"])
        .filter { $0.series?.id == "tax.rate" }.map(\.kind)
    }
    #expect(try kinds(15).isEmpty)
    #expect(try kinds(9) == [.movement(printed: 9, sum: 15)])
  }

  @Test func aColumnOfAnotherYear() throws {
    let found = try findings("{series: population.total, years: [2023, 2024]}", printing: [])
    #expect(found.map(\.kind) == [.year(printed: 2024, plan: 2022)])
  }
}
