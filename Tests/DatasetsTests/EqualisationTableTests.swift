import Datasets
import Regions
import TestSupport
import Testing

@Suite struct EqualisationTableTests {
  private static let header =
    "id,series,population,published,first_year,last_year,alpha,beta,threshold,basis,source,url,note\n"
  private static let first =
    "old,tax.income,population.total,tax.after,2020,2024,0.6,0.35,0.9,documented,S,,Old.\n"

  /// The small dataset with amounts in kroner and a table of rates.
  private func fixture(_ rows: String) throws -> FixtureDataset {
    let fixture = try FixtureDataset()
    try fixture.replace(
      "{\"path\": \"substitutes.csv\"},",
      with: "{\"path\": \"substitutes.csv\"}, {\"path\": \"equalisation_rates.csv\"},",
      in: "datapackage.json"
    )
    try fixture.replace(
      "tax.rate,Skattenivå,Tax level,percent",
      with: """
        tax.income,Skatt,Tax,NOK,0,0,,values/people.csv,2022,2024,all,sum,Tests,2024,CC0,
        tax.after,Etter,After,NOK,0,0,,values/people.csv,2022,2024,all,none,Tests,2024,CC0,
        tax.rate,Skattenivå,Tax level,percent
        """,
      in: "series.csv"
    )
    try fixture.directory.write(Self.header + rows, to: "equalisation_rates.csv")
    return fixture
  }

  @Test func read() throws {
    let catalogue = try fixture(
      Self.first
        + "2025,tax.income,population.total,,2025,2025,,,,unknown,S,,Not found.\n"
        + "end-state,tax.income,population.total,,,,0.64,0.35,0.9,assumed,S,,\n"
    ).catalogue()
    #expect(catalogue.equalisation.map(\.id) == ["old", "2025", "end-state"])
    #expect(catalogue.equalisation.map(\.years) == [2020...2024, 2025...2025, nil])
    #expect(catalogue.equalisation.map(\.published) == ["tax.after", nil, nil])
    #expect(try catalogue.equalisation(of: "tax.income", in: 2022).id == "old")
    #expect(try catalogue.equalisation(named: "2022").id == "old")
    #expect(try catalogue.equalisation(named: "end-state").rates?.alpha == 0.64)
    #expect(catalogue.equalisation(of: "tax.income", upTo: 2030)?.year == 2024)
    #expect(catalogue.equalisation(of: "tax.income", upTo: 2021)?.year == 2021)
    #expect(catalogue.equalisation(of: "tax.income", upTo: 2019) == nil)
    let hint = """
      Give them, such as --rates alpha=0.62,beta=0.35, or name some on file: --rates ID, with ID one \
      of old, end-state.
      """
    #expect(
      errorText { try catalogue.equalisation(of: "tax.income", in: 2025) }
        == "The rates of the income equalisation in 2025 are not known. Not found. \(hint)"
    )
    #expect(
      errorText { try catalogue.equalisation(named: "2026") }
        == "The rates of the income equalisation in 2026 are not known. \(hint)"
    )
    #expect(
      errorText { try catalogue.equalisation(named: "end-stat") } == """
        There are no rates "end-stat". Did you mean end-state? On file are: old, 2025, end-state.
        """
    )
  }

  @Test func withoutATable() throws {
    #expect(try FixtureDataset().catalogue().equalisation.isEmpty)
  }

  @Test(arguments: [
    (first + first, ":3:1: The column \"id\" has old twice"),
    (
      first.replacing("tax.income", with: "tax.incom"),
      """
      :2:5: The column "series" names "tax.incom", which is not in series.csv. Is it tax.income?
      """
    ),
    (
      first.replacing("tax.after", with: "tax.rate"),
      ":2:33: The column \"published\" names tax.rate, which is in percent; it must be in NOK"
    ),
    (
      first.replacing("2020,2024", with: "2024,2020"),
      ":2:48: The column \"last_year\" is before first_year"
    ),
    (
      first + first.replacing("old", with: "later"),
      ":3:45: The column \"first_year\" begins years that old has too"
    ),
    (
      first.replacing("0.35", with: ""),
      """
      :2:53: The column "alpha" must have a number where beta or threshold has one, as must these
      """
    ),
    (
      first.replacing("0.35", with: "0.5"),
      """
      :2:53: The column "alpha" has rates that cannot be. The rates alpha 0.6 and beta 0.5 are not \
      possible: each is a share from 0 to 1, such as 0.6, and together they are at most 1.
      """
    ),
    (
      first.replacing("documented", with: "unknown"),
      """
      :2:66: The column "basis" must be unknown where there are no rates, and only there, not \
      "unknown"
      """
    ),
    (
      first.replacing("documented", with: "document"),
      """
      :2:66: The column "basis" must be one of documented, inferred, assumed, unknown, not \
      "document". Did you mean documented?
      """
    ),
  ])
  func spoilt(rows: String, message: String) throws {
    let fixture = try fixture(rows)
    let text = errorText { try fixture.dataset() }
    #expect(text == "\(fixture.path)/equalisation_rates.csv\(message)")
  }

  /// The revenue of 2023 before equalisation is an estimate, computed back from that after it by the
  /// rates of the year: by those it must give the published figures back. This is a check of the
  /// arithmetic, not of the rates.
  @Test func publishedFiguresOf2023() throws {
    let catalogue = try NorwayDataset.catalogue()
    let panel = try NorwayDataset.panel()
    let rule = try catalogue.equalisation(of: "tax.before", in: 2023)
    let rates = try #require(rule.rates)
    let figures = try panel.figures(
      of: try catalogue.indicator("tax.before.per_inhabitant"),
      year: 2023
    )
    let population = try #require(figures.denominator)
    let published = panel.column(try #require(rule.published), year: 2023).values
    let result = IncomeEqualisation(
      tax: figures.numerator.values,
      population: population.values,
      rates: rates
    )
    let present = published.indices.filter { !published[$0].isNaN }
    let differences = present.map { (result.after[$0] - published[$0]).magnitude }
    #expect(present.count == 356)
    // The estimate takes f as 516 kroner; the balance of all 356 gives 515.47.
    expectClose(result.deduction, 515.473, absolute: 0.001)
    expectClose(result.average, 38348.92, absolute: 0.01)
    expectClose(differences.max() ?? .nan, 0.289, absolute: 0.001)
    expectClose(differences.reduce(0, +) / 356, 0.255, absolute: 0.001)
    #expect(present.count { result.isBelow($0) } == 241)

    let back = try EqualisationInversion(
      after: published,
      population: population.values,
      rates: rates
    )
    let off = present.map { (back.before[$0] - result.before[$0]).magnitude - back.margin[$0] }
    #expect(off.allSatisfy { $0 < 1 })
    expectClose(back.deduction, 515.44, absolute: 0.5)
  }
}
