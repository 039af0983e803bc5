import Composites
import Documents
import Regions
import TestSupport
import Testing

@Suite struct CompositeDecodingTests {
  private static let sample = """
    title: {nb: Prøve, en: Test}
    note: {nb: Merk, en: Note}
    division: areas
    year: 2022
    fill: none
    base: {from: 2020, to: 2022}
    normalisation: percentile
    winsorise: {low: 2.5, high: 95}
    aggregation: geometric
    shift: 3
    missing: {rule: renormalise, least: 0.5}
    gate: {correlation: 0.9, error: 12, units: 40}
    areas:
      - id: one
        name: {nb: Én, en: One}
        weight: 2
        indicators: [i0]
      - id: two
        indicators:
          - {id: i1, weight: 3, direction: lower, year: 2021}
          - id: i2
    """

  private static func figures() -> MadeUpComposite {
    let years = [[1.0, 2, 3, 4], [2, 4, 6, 8], [10, 20, 30, 40]]
    return MadeUpComposite([years, years, years, [[5, 5, 5, 5], [5, 5, 5, 5], [5, 5, 5, 5]]])
  }

  /// The text with one part replaced, decoded and resolved.
  private static func error(_ part: String, _ other: String, level: Level = .municipality) -> String
  {
    #expect(sample.contains(part), "The text has no \(part)")
    return errorText { try figures().scores(sample.replacing(part, with: other), level: level) }
  }

  @Test func everyKey() throws {
    let composite = try MadeUpComposite.composite(Self.sample)
    #expect(composite.title == LocalizedText(nb: "Prøve", en: "Test"))
    #expect(composite.note.en == "Note")
    #expect(composite.division.value == "areas")
    #expect(composite.year.value == 2022)
    #expect(composite.base?.value == 2020...2022)
    #expect(composite.normalisation == .percentile)
    #expect(composite.winsorising == Winsorising(low: 0.025, high: 0.95))
    #expect(composite.aggregation.value == .geometric)
    #expect(composite.shift == 3)
    #expect(composite.missing == Composite.MissingRule(kind: .renormalise, least: 0.5))
    #expect(composite.gate == FitGate(correlation: 0.9, error: 12, units: 40))
    #expect(composite.areas.map(\.id) == ["one", "two"])
    #expect(composite.areas[0].name.nb == "Én")
    expectClose(composite.areaShares, [2.0 / 3, 1.0 / 3])
    #expect(composite.areas[0].components.map(\.indicator.value) == ["i0"])
    let lower = composite.areas[1].components[0]
    #expect(lower.weight == 3 && lower.direction == .lower && lower.year?.value == 2021)
    #expect(try Self.figures().scores(Self.sample).ranked == 4)
  }

  @Test func defaults() throws {
    let composite = try MadeUpComposite.composite(
      """
      title: {nb: a, en: b}
      year: 2022
      areas: [{id: one, indicators: [i0, i1]}]
      """
    )
    #expect(composite.division.value == "regions-73")
    #expect(composite.base == nil && composite.winsorising == nil)
    #expect(composite.normalisation == .z && composite.aggregation.value == .arithmetic)
    #expect(composite.missing == Composite.MissingRule(kind: .renormalise, least: 0.6))
    #expect(composite.gate == FitGate(correlation: 0.95, error: 10, units: 30))
    #expect(composite.areas[0].weight == 1)
    #expect(composite.areas[0].name == LocalizedText(nb: "one", en: "one"))
  }

  @Test(arguments: [
    (
      "normalisation:", "normalization:",
      "test.yml:7:1: Unknown key \"normalization\". Did you mean normalisation? Allowed are: title, "
        + "note, division, year, fill, base, normalisation, winsorise, aggregation, shift, missing, "
        + "gate, areas."
    ),
    (
      "weight: 3,", "wieght: 3,",
      "test.yml:20:18: Unknown key \"wieght\" in areas[2].indicators[1]. Did you mean weight? "
        + "Allowed are: id, weight, direction, year."
    ),
    (
      "percentile", "z-score",
      "test.yml:7:16: \"normalisation\" must be one of z, min-max, percentile, not \"z-score\"."
    ),
    (
      "weight: 3,", "weight: -3,",
      "test.yml:20:26: \"areas[2].indicators[1].weight\" must not be negative, but is -3"
    ),
    (
      "[i0]", "[{id: i0, weight: 0}]",
      "test.yml:17:17: \"areas[1].indicators\" has weights that sum to 0; at least one indicator "
        + "needs a weight above 0"
    ),
    ("[i0]", "[]", "test.yml:17:17: \"areas[1].indicators\" needs at least one indicator"),
    ("- id: i2", "- id: i0", "test.yml:21:13: The indicator i0 stands twice, first in line 17."),
    (
      "- id: two", "- id: one",
      "test.yml:18:5: \"areas[2]\" has the id \"one\", which an earlier area bears"
    ),
    (
      "low: 2.5, high: 95", "low: 95, high: 5",
      "test.yml:8:12: \"winsorise\" needs per cent from 0 to 100 with low below high, such as 1 and 99"
    ),
    (
      "from: 2020, to: 2022", "from: 2022, to: 2020",
      "test.yml:6:24: \"base.to\" must not be before \"from\""
    ),
    (
      "year: 2021", "year: 2023",
      "test.yml:20:53: The year 2023 is after the composite's year, 2022."
    ),
    (
      "direction: lower", "direction: neutral",
      "test.yml:20:40: \"areas[2].indicators[1].direction\" must be higher or lower: a composite must "
        + "know which values are better"
    ),
    (
      "aggregation: geometric", "aggregation: arithmetic",
      "test.yml:10:8: \"shift\" has no effect on the arithmetic mean; only the geometric needs it"
    ),
    (
      "{rule: renormalise, least: 0.5}", "{rule: refuse, least: 0.5}",
      "test.yml:11:32: \"missing.least\" has no effect with the rule refuse"
    ),
    ("least: 0.5", "least: 50", "test.yml:11:37: \"missing.least\" must be from 0 to 1"),
    (
      "correlation: 0.9", "correlation: 9",
      "test.yml:12:21: \"gate.correlation\" must be from −1 to 1"
    ),
    ("units: 40", "units: 1", "test.yml:12:44: \"gate.units\" must be at least 2"),
    (
      "[i0]", "[i9]",
      "test.yml:17:18: There is no indicator \"i9\". Did you mean i0? Known are: i0, i1, i2, i3."
    ),
    (
      "division: areas", "division: regioner",
      "test.yml:3:11: There is no division \"regioner\". Known are: areas."
    ),
    (
      "- id: i2", "- id: i3",
      "test.yml:21:13: i3 is constant in the base window, extremes cut off: it cannot tell units apart "
        + "(σ = 0)."
    ),
    (
      "from: 2020, to: 2022", "from: 2010, to: 2012",
      "test.yml:6:7: The base window, 2010–2012, has no figures of i0, which are of 2020, 2021, 2022."
    ),
    (
      "year: 2022", "year: 2019",
      "test.yml:20:53: The year 2021 is after the composite's year, 2019."
    ),
    (
      "year: 2021", "year: 1999",
      "test.yml:20:53: i1 has no figures for 1999. It has figures for 2020, 2021, 2022. Choose one of "
        + "these years."
    ),
    (
      "shift: 3", "shift: -99",
      "test.yml:9:14: The geometric mean needs values above 0, but Unit 0 has 70.83 in i0 and the shift "
        + "is too small. Give a shift that makes all positive, such as shift: 1, or take the "
        + "arithmetic mean."
    ),
  ])
  func wrong(part: String, other: String, message: String) {
    #expect(Self.error(part, other) == message)
  }

  @Test func amountsAreNotForRegions() {
    let values = MadeUpComposite.values(units: 4, indicators: 3, seed: 1)
    let amounts = MadeUpComposite(values, regions: [[0, 1], [2, 3]], aggregation: .sum)
    let text = MadeUpComposite.text(indicators: 3)
    #expect(throws: Never.self) { try amounts.scores(text) }
    #expect(
      errorText { try amounts.scores(text, level: .region) }
        == "test.yml:9:14: i0 is an amount: that of a region cannot be set on a scale of "
        + "municipalities. Take a ratio, or rank municipalities."
    )
    let rates = MadeUpComposite(values, regions: [[0, 1], [2, 3]], aggregation: .notAggregable)
    #expect(
      errorText { try rates.scores(text, level: .region) }
        == "test.yml:9:14: i0 cannot be computed for regions. A note."
    )
  }

  @Test func placesAreNoIndicators() {
    let values = MadeUpComposite.values(units: 4, indicators: 3, seed: 1)
    let places = MadeUpComposite(values, aggregation: .publishedRank)
    #expect(
      errorText { try places.scores(MadeUpComposite.text(indicators: 3)) }
        == "test.yml:9:14: i0 holds places that somebody published, which are no figures to be weighed."
    )
  }

  /// The composites of the repository are read, and rank municipalities and regions.
  @Test(arguments: [Level.municipality, .region])
  func shipped(level: Level) throws {
    let path = repositoryRoot + "/composites/business-conditions.yml"
    let composite = try Composite(
      id: "business-conditions",
      file: path,
      text: try text(ofFile: path)
    )
    let scores = try CompositeScores(
      CompositeFigures(
        composite,
        level: level,
        panel: NorwayDataset.panel(),
        catalogue: NorwayDataset.catalogue()
      )
    )
    #expect(scores.figures.units.count == (level == .region ? 73 : 357))
    #expect(scores.ranked >= (level == .region ? 65 : 340))
    // Every indicator says which end is better, and its figures are not after the composite's year.
    let lower = scores.figures.components.filter { !$0.isLargerBetter }.map(\.indicator.id)
    #expect(lower == ["unemployed.share.20_66", "education.basic.share"])
    #expect(scores.figures.components.allSatisfy { $0.levels.year <= 2024 })
    // Units that lack only unemployment still have a score; those without employment do not.
    for unit in scores.sums.indices where !scores.sums[unit].isNaN {
      #expect(!scores.normalised[0][unit].isNaN)
    }
  }
}
