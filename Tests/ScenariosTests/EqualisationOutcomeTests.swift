import Regions
import Scenarios
import TestSupport
import Testing

@Suite struct EqualisationOutcomeTests {
  private func outcome(_ levers: String, rates: ChosenEqualisation? = nil) throws -> Outcome {
    let text = """
      title: {nb: Skatt, en: Tax}
      focus: R03
      indicators: [tax.relative_to_country, tax.before.per_inhabitant]
      baseline: {year: 2023}
      horizon: 2025
      others: {move: hold}
      levers:
      \(levers)

      """
    let scenario = try Scenario(id: "t", file: "t.yml", text: text)
    var simulation = try Simulation(
      scenario,
      catalogue: try NorwayDataset.catalogue(),
      panel: try NorwayDataset.panel()
    )
    simulation.chosenEqualisation = rates
    return try simulation.run()
  }

  private static let growth =
    "  - {id: tax, kind: growth, series: tax.before, whom: R03, value: 2.0, from: 2024}"

  private func unit(_ code: String, _ outcome: Outcome) throws -> Unit {
    try #require(outcome.unitsInView.first { $0.code == code })
  }

  /// Everything once more from the figures themselves, the levers applied by hand.
  @Test func againstTheFiguresThemselves() throws {
    let outcome = try outcome(Self.growth)
    let result = try #require(outcome.equalisations.first)
    // Both indicators are of the same figures with the same levers.
    #expect(outcome.equalisations.count == 1)
    #expect(result.rule?.id == "2016-2024" && result.ratesYear == 2024)

    let panel = try NorwayDataset.panel()
    let figures = try panel.figures(
      of: try NorwayDataset.catalogue().indicator("tax.before.per_inhabitant"),
      year: 2023
    )
    let population = try #require(figures.denominator).values
    let codes = ["3103", "3112", "3114", "3216"]
    let own = codes.compactMap { panel.register.position(ofCode: $0) }
    var grown = figures.numerator.values
    for position in own { grown[position] = grown[position] * 1.02 * 1.02 }
    let without = IncomeEqualisation(
      tax: figures.numerator.values,
      population: population,
      rates: result.rates
    )
    let with = without.with(tax: grown)
    expectClose(result.withLevers.equalisation.after, with.after, relative: 1e-12)
    expectClose(result.withLevers.equalisation.average, with.average, relative: 1e-12)
    for (code, position) in zip(codes, own) {
      let change = try #require(result.change(of: try unit(code, outcome)))
      expectClose(
        change.retention.keptPerInhabitant,
        with.after[position] - without.after[position],
        absolute: 1e-6
      )
      expectClose(change.retention.own, grown[position] - figures.numerator.values[position])
      #expect(change.with.placeBefore == change.with.placeAfter)
      let shown = try #require(outcome.indicators.last?.withLevers.last)
      #expect(shown.standing(of: try unit(code, outcome)).place == change.with.placeBefore)
    }
    let region = try #require(result.change(of: try unit("R03", outcome)))
    let people = own.reduce(0) { $0 + population[$1] }
    let after = own.reduce(0) { $0 + population[$1] * with.after[$1] }
    expectClose(region.with.after, after / people, relative: 1e-12)
    #expect(region.retention.share.map { ($0 * 1000).rounded() } == 356)
    // All that is grown is kept by somebody.
    let all = with.retention(at: Array(grown.indices), since: without)
    expectClose(all.kept, all.own, relative: 1e-9)
  }

  @Test func ratesAsGiven() throws {
    let rates = try EqualisationRates(alpha: 0.64, beta: 0.35, threshold: 0.9)
    let outcome = try outcome(Self.growth, rates: ChosenEqualisation(rates: rates, rule: nil))
    let result = try #require(outcome.equalisations.first)
    #expect(result.rates == rates && result.rule == nil && result.ratesYear == nil)
    let vestby = try #require(result.change(of: try unit("3216", outcome)))
    // 0.36, and a little of what its neighbours grow by.
    #expect(vestby.retention.share.map { ($0 * 1000).rounded() } == 368)
  }

  /// A lever on one indicator of two acts on that one alone.
  @Test func leversOnAnIndicator() throws {
    let outcome = try outcome(
      "  - {id: up, kind: reach, indicator: tax.relative_to_country, whom: Vestby, target: Moss}"
    )
    #expect(outcome.equalisations.map(\.indicator.id) == ["tax.relative_to_country"])
    let change = try #require(outcome.equalisations.first?.change(of: try unit("3216", outcome)))
    #expect(change.with.before > change.without.before && change.retention.kept > 0)
    let moss = try #require(outcome.equalisations.first?.change(of: try unit("3103", outcome)))
    #expect(moss.retention.own == 0 && moss.retention.share == nil)
  }

  /// More inhabitants with the same tax: less per inhabitant, and more from the others.
  @Test func leversOnInhabitants() throws {
    let outcome = try outcome(
      "  - {id: more, kind: growth, series: population.total, whom: Moss, value: 2, from: 2024}"
    )
    let change = try #require(outcome.equalisations.first?.change(of: try unit("3103", outcome)))
    #expect(change.retention.own == 0 && change.retention.kept > 0)
    #expect(change.retention.keptPerInhabitant < 0 && change.retention.share == nil)
  }

  @Test func withoutLeversOnTax() throws {
    let text = """
      title: {nb: Skatt, en: Tax}
      focus: R03
      indicators: [tax.relative_to_country]
      baseline: {year: 2023}
      horizon: 2025
      others: {move: hold}

      """
    let scenario = try Scenario(id: "t", file: "t.yml", text: text)
    let simulation = try Simulation(
      scenario,
      catalogue: try NorwayDataset.catalogue(),
      panel: try NorwayDataset.panel()
    )
    #expect(try simulation.run().equalisations.isEmpty)
  }
}
