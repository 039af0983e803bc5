import Datasets
import Documents
import Plans
import Regions
import TestSupport
import Testing

/// Figures that a user adds: what is read, what is refused, and that nothing is overwritten.
@Suite struct PlanFiguresTests {
  private func figures(_ rows: [String]) throws -> (ResolvedPlan, PlanFigures) {
    let fixture = try FixtureDataset()
    defer { withExtendedLifetime(fixture) {} }
    let dataset = try fixture.dataset()
    let plan = try MadeUpPlan.resolved(MadeUpPlan.full, dataset)
    return (
      plan, try PlanFigures(plan, dataset: dataset, added: try MadeUpPlan.read(rows, plan))
    )
  }

  @Test func ofAMunicipalityAndOfTheRegion() throws {
    let (plan, figures) = try figures([
      "population.total,3103,2025,53000", "population.total,A3,2025,62345",
    ])
    let moss = try #require(plan.members.first)
    #expect(figures.value("population.total", moss, 2025) == 53_000)
    #expect(figures.value("population.total", moss, 2024) == 52_000)
    #expect(figures.value("population.total", plan.region, 2025) == 62_345)
    #expect(figures.value("population.total", plan.members[1], 2025) == nil)
    #expect(figures.added.map(\.source) == ["Tests", "Tests"])
    #expect(figures.panel.years(of: "population.total") == [2020, 2021, 2022, 2023, 2024, 2025])
    #expect(figures.added.count == 2)
  }

  @Test func theSameValueAsInTheDatasetIsNoConflict() throws {
    let (plan, figures) = try figures(["population.total,3103,2024,52000"])
    #expect(figures.value("population.total", plan.members[0], 2024) == 52_000)
  }

  @Test func anotherValueThanInTheDataset() {
    #expect(
      errorText { try figures(["population.total,3103,2024,52001"]) } == """
        new.csv:2: population.total of Moss in 2024 is 52001 here, and 52000 in the dataset. Figures \
        that are there are never overwritten: correct the row or delete it.
        """
    )
  }

  @Test(arguments: [
    (
      "population.totl,3103,2025,1",
      "new.csv:2:1: The column \"series\" names \"population.totl\", which the plan does not use. Did you mean "
        + "population.total?"
    ),
    (
      "population.total,0301,2025,1",
      "new.csv:2:18: The column \"unit\" is \"0301\", which is not in the plan. Allowed are: 3103 Moss, 3114 "
        + "Våler, 3419 Våler, A3 Østlandet sør."
    ),
    (
      "population.total,3103,25,1",
      "new.csv:2:23: The column \"year\" must be a year, not \"25\""
    ),
    (
      "population.total,3103,2025,-1",
      "new.csv:2:28: The column \"value\" must be at least 0, not -1"
    ),
    (
      "population.total,3103,2025,many",
      "new.csv:2:28: The column \"value\" must be a number, not \"many\"."
    ),
  ])
  func refused(row: String, message: String) {
    #expect(errorText { try figures([row]) } == message)
  }

  @Test func aFigureWithoutASource() throws {
    let plan = try MadeUpPlan.resolved(MadeUpPlan.full)
    let text = "series,unit,year,value,source\npopulation.total,3103,2025,1,\n"
    #expect(
      errorText { try plan.rules.read(file: "new.csv", bytes: Array(text.utf8)) }
        == "new.csv:2:30: The column \"source\" is empty. Say where the figure is from."
    )
  }

  @Test func rowsWithoutAValueArePassedOver() throws {
    let plan = try MadeUpPlan.resolved(MadeUpPlan.full)
    #expect(try MadeUpPlan.read(["population.total,3103,2025,"], plan).isEmpty)
  }

  @Test func twiceInOneFile() throws {
    let plan = try MadeUpPlan.resolved(MadeUpPlan.full)
    let same = ["population.total,3103,2025,7", "population.total,3103,2025,7"]
    #expect(try MadeUpPlan.read(same, plan).count == 1)
    #expect(
      errorText { try MadeUpPlan.read([same[0], "population.total,3103,2025,8"], plan) } == """
        new.csv:3:28: The column "value" is 8, but line 2 gives 7 for the same series, unit and year. Keep the \
        right one.
        """
    )
  }

  @Test func twiceInTwoFiles() throws {
    let plan = try MadeUpPlan.resolved(MadeUpPlan.full)
    func read(_ value: Int, _ file: String) throws -> [NewFigure] {
      try MadeUpPlan.read(["population.total,3103,2025,\(value)"], plan, file: file)
    }
    #expect(try NewFigure.merged(read(7, "a.csv"), read(7, "b.csv")).count == 1)
    #expect(
      errorText { try NewFigure.merged(read(7, "a.csv"), read(8, "b.csv")) } == """
        b.csv:2: population.total of Moss in 2025 is 8 here, but 7 in a.csv:2. Keep the right one.
        """
    )
  }

  /// What the plan of Mosseregionen prints for the whole region beats no sum, and new figures never
  /// touch it.
  @Test func printedFiguresOfARegion() throws {
    let plan = try ShippedPlan.resolved("mosseregionen")
    let dataset = try NorwayDataset.dataset()
    let figures = try PlanFigures(plan, dataset: dataset)
    #expect(figures.value("plan.wage_costs.private", plan.region, 2023) == 16_639_111)
    let audit = PlanAudit(plan, figures: figures, dataset: dataset)
    let column = try #require(
      plan.plan.tables.flatMap(\.columns).first { $0.series.value == "plan.wage_costs.private" }
    )
    #expect(audit.recomputed(column, 2023) == 16_700_895)
    #expect(audit.years(of: column) == [2023])
    let row = try MadeUpPlan.read(["plan.wage_costs.private,R03,2023,16700895"], plan)
    #expect(
      errorText { try PlanFigures(plan, dataset: dataset, added: row) } == """
        new.csv:2: plan.wage_costs.private of Mosseregionen in 2023 is 16700895 here, and 16639111 in \
        the dataset. Figures that are there are never overwritten: correct the row or delete it.
        """
    )
  }

  @Test func whatIsAskedOfTheRegion() throws {
    let plan = try ShippedPlan.resolved("mosseregionen")
    let catalogue = try NorwayDataset.catalogue()
    let asked = try plan.series.sorted().filter {
      plan.isPrinted(try catalogue.series($0), for: plan.region)
    }
    #expect(
      asked == [
        "plan.education.higher.share", "plan.employment.rank", "plan.knm.competence.rank",
        "plan.knm.labour_market.rank", "plan.knm.total.rank", "plan.land.built_on",
        "plan.residential_attractiveness", "plan.tax.relative_to_country",
      ]
    )
    #expect(plan.uses(of: "plan.knm.total.rank", .nb) == ["knm-best", "tabell 2"])
  }
}
