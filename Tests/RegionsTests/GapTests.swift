import Regions
import TestSupport
import Testing

@Suite struct GapTests {
  @Test func gapOfASumIsTheDifference() throws {
    let panel = Sample.panel(["n": [2020: [5, 8, nil, 4, 5, nil]]])
    let entries = try Sample.municipalityLevels(Sample.indicator(.sum), in: panel).entries
    #expect(entries[0].numeratorGap(to: entries[1]) == 3)
    #expect(entries[1].numeratorGap(to: entries[0]) == -3)
    #expect(entries[0].numeratorGap(to: entries[2]) == nil)
    #expect(entries[2].numeratorGap(to: entries[0]) == nil)
  }

  @Test func gapOfARatioKeepsTheDenominator() throws {
    let panel = Sample.panel([
      "n": [2020: [90, 60, 1, 4, 5, nil]], "d": [2020: [200, 100, 0, 8, 10, nil]],
    ])
    let levels = try Sample.municipalityLevels(
      Sample.indicator(.ratioOfSums, denominator: "d", scale: 100),
      in: panel
    )
    let entries = levels.entries
    #expect(entries[0].numeratorGap(to: entries[1]) == 30)
    #expect(entries[1].numeratorGap(to: entries[0]) == -15)
    #expect(entries[0].numeratorGap(to: entries[2]) == nil)
    // The country has 160 of 318, the zero denominator included.
    expectClose(levels.numeratorGapToCountry(entries[0]) ?? .nan, 160.0 / 318 * 200 - 90)
    #expect(levels.numeratorGapToCountry(entries[2]) == nil)
  }

  @Test(arguments: [false, true])
  func theGapClosed(isRelative: Bool) throws {
    var figures: [String: [Int: [Double?]]] = [
      "n": [2020: [90, 61, 7, 4, 5, nil]], "d": [2020: [200, 103, 11, 8, 10, nil]],
    ]
    let indicator = Sample.indicator(
      .ratioOfSums,
      denominator: "d",
      scale: 100,
      isRelativeToCountry: isRelative
    )
    let before = try Sample.municipalityLevels(indicator, in: Sample.panel(figures)).entries
    let gap = try #require(before[0].numeratorGap(to: before[1]))
    figures["n"] = [2020: [90 + gap, 61, 7, 4, 5, nil]]
    let after = try Sample.municipalityLevels(indicator, in: Sample.panel(figures)).values
    expectClose(after[0], after[1])
  }

  @Test func onlyARatioHasAGapToTheCountry() throws {
    let panel = Sample.panel([
      "n": [2020: [5, 8, 1, 4, 5, nil]], "w": [2020: [1, 1, 1, 1, 1, nil]],
    ])
    for indicator in [Sample.indicator(.sum), Sample.indicator(.weightedMean, weight: "w")] {
      let levels = try Sample.regionLevels(indicator, in: panel)
      #expect(levels.numeratorGapToCountry(levels.entries[0]) == nil)
    }
  }
}
