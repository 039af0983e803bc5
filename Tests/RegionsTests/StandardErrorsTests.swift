import Regions
import TestSupport
import Testing

@Suite struct StandardErrorsTests {
  private func panel(_ figures: [String: [Double?]], unit: MeasureUnit = .persons) -> Panel {
    Sample.panel(figures.mapValues { [2020: $0] }, unit: unit, minimum: 0)
  }

  private func errors(
    _ indicator: Indicator,
    _ panel: Panel,
    overdispersion: Double = 1
  ) throws -> [Double] {
    let levels = try Sample.municipalityLevels(indicator, in: panel)
    return try StandardErrors(levels, in: panel, overdispersion: overdispersion).values
  }

  private static let share = Sample.indicator(
    .ratioOfSums,
    denominator: "d",
    scale: 100,
    isShare: true
  )

  /// √(0.2 · 0.8/100) is 4 per cent; with 90 of 100, 3 per cent.
  @Test func shares() throws {
    let panel = panel([
      "n": [20, 90, nil, 0, 400, nil], "d": [100, 100, 100, 25, 400, nil],
    ])
    let none = 100 * (0.04 * 0.96 / 25).squareRoot()
    let all = 100 * (399.0 / 400 / 400 / 400).squareRoot()
    expectClose(try errors(Self.share, panel), [4, 3, .nan, none, all])
    let doubled = try errors(Self.share, panel, overdispersion: 4)
    expectClose(doubled, [8, 6, .nan, 2 * none, 2 * all])
  }

  @Test(arguments: [MeasureUnit.persons, .jobs, .dwellings, .enterprises])
  func counts(unit: MeasureUnit) throws {
    let panel = panel(["n": [100, 0, nil, 6.25, 1, nil]], unit: unit)
    expectClose(try errors(Sample.indicator(.sum), panel), [10, 1, .nan, 2.5, 1])
    expectClose(
      try errors(Sample.indicator(.sum), panel, overdispersion: 9),
      [30, 3, .nan, 7.5, 3]
    )
  }

  /// 100 of 4,000 per 1,000 is 25 ± 2.5.
  @Test func countsPerInhabitant() throws {
    let indicator = Sample.indicator(.ratioOfSums, denominator: "d", scale: 1000)
    let panel = panel(["n": [100, 0, nil, 16, 4, nil], "d": [4000, 500, 9, 80, 0, nil]])
    expectClose(try errors(indicator, panel), [2.5, 2, .nan, 50, .nan])
  }

  /// The country has 36 of 90, a ratio of 0.4.
  @Test func relativeToTheCountry() throws {
    let indicator = Sample.indicator(
      .ratioOfSums,
      denominator: "d",
      scale: 100,
      isRelativeToCountry: true
    )
    let panel = panel(["n": [16, 16, 4, nil, nil, nil], "d": [40, 40, 10, nil, nil, nil]])
    expectClose(try errors(indicator, panel), [25, 25, 50, .nan, .nan])
  }

  @Test func regionsHaveThoseOfTheirSums() throws {
    let panel = panel(["n": [16, 4, 1, 3, 6, nil], "d": [50, 50, 4, 20, 16, nil]])
    let levels = try Sample.regionLevels(Self.share, in: panel)
    let quarter = 100 * (0.25 * 0.75 / 36).squareRoot()
    let one = 100 * (0.25 * 0.75 / 4).squareRoot()
    expectClose(try StandardErrors(levels, in: panel).values, [4, one, quarter])
  }

  @Test func kinds() throws {
    let panel = panel(["n": [1, 2, 3, 4, 5, nil], "d": [10, 20, 30, 40, 50, nil]])
    let indicators: [(Indicator, StandardErrors.Kind)] = [
      (Self.share, .share), (Sample.indicator(.sum), .count),
      (Sample.indicator(.ratioOfSums, denominator: "d"), .rate),
    ]
    for (indicator, kind) in indicators {
      let levels = try Sample.municipalityLevels(indicator, in: panel)
      #expect(try StandardErrors(levels, in: panel).kind == kind)
    }
  }

  /// The errors of the shares of 2024 in percentage points: Moss, Råde, Våler, Vestby, the region.
  @Test func employmentShareOfMosseregionen() throws {
    let panel = try NorwayDataset.panel()
    let catalogue = try NorwayDataset.catalogue()
    let figures = try panel.figures(of: catalogue.indicator("employment.share"), year: 2024)
    let levels = figures.municipalityLevels(in: panel.register)
    let errors = try StandardErrors(levels, in: panel).values
    let found = ["3103", "3112", "3114", "3216"].compactMap { code in
      levels.entries.firstIndex { $0.unit.code == code }.map { errors[$0] }
    }
    expectClose(found, [0.2486, 0.6347, 0.6880, 0.3822], absolute: 5e-5)
    #expect(errors.count { !$0.isNaN } == 4)
    let aggregation = Aggregation(
      division: try catalogue.division("regions-73"),
      register: panel.register
    )
    let regions = try figures.regionLevels(aggregation, in: panel)
    let region = try #require(regions.entries.firstIndex { $0.unit.code == "R03" })
    expectClose(try StandardErrors(regions, in: panel).values[region], 0.191, absolute: 5e-4)
  }

  @Test(arguments: [
    ("knm.total.rank", NoStandardErrorsError.Reason.publishedPlaces),
    ("low_income.share", .noCounts), ("unemployed.share.labour_force", .noCounts),
    ("expenditure.need", .noCounts), ("tax.after.per_inhabitant", .noCounts),
    ("tax.relative_to_country", .amounts), ("farmland.converted", .amounts),
    ("wage_costs.private", .amounts), ("migration.net", .netFigures),
    ("migration.net.per_1000", .netFigures),
  ])
  func unknownErrors(id: String, reason: NoStandardErrorsError.Reason) throws {
    let panel = try NorwayDataset.panel()
    let indicator = try NorwayDataset.catalogue().indicator(id)
    let year = try #require(panel.latestYear(of: indicator))
    let levels = try panel.figures(of: indicator, year: year)
      .municipalityLevels(in: panel.register)
    let error = #expect(throws: NoStandardErrorsError.self) {
      try StandardErrors(levels, in: panel)
    }
    #expect(error?.indicator == id)
    #expect(error?.reason == reason)
    #expect(
      error?.description.hasPrefix("\(id) has no confidence sets for its places: its standard ")
        == true
    )
  }

  @Test func underdispersionIsRefused() async {
    await #expect(processExitsWith: .failure) {
      let panel = Sample.panel(["n": [2020: [1, 2, 3, 4, 5, nil]]], unit: .persons, minimum: 0)
      let levels = try Sample.municipalityLevels(Sample.indicator(.sum), in: panel)
      _ = try StandardErrors(levels, in: panel, overdispersion: 0.5)
    }
  }
}
