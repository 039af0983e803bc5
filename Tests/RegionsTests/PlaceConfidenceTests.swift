import Regions
import Statistics
import TestSupport
import Testing

@Suite struct PlaceConfidenceTests {
  private func panel(_ counts: [Double?]) -> Panel {
    Sample.panel(["n": [2020: counts]], unit: .persons, minimum: 0)
  }

  private func ranking(_ panel: Panel, _ direction: Indicator.Direction) throws -> Ranking {
    Ranking(
      try Sample.municipalityLevels(Sample.indicator(.sum, direction: direction), in: panel)
    )
  }

  /// 10,000 ± 100 and 10,050 ± 100 cannot be told apart; 400 ± 20 and 900 ± 30 can.
  @Test(arguments: [RankConfidenceSets.Scope.marginal, .simultaneous])
  func bothDirections(scope: RankConfidenceSets.Scope) throws {
    let panel = panel([10_000, 400, nil, 10_050, 900, nil])
    let settings = PlaceConfidence.Settings(scope: scope)
    let higher = try PlaceConfidence(ranking(panel, .higher), in: panel, settings)
    #expect(higher.sets.lower == [1, 4, nil, 1, 3])
    #expect(higher.sets.upper == [2, 4, nil, 2, 3])
    let lower = try PlaceConfidence(ranking(panel, .lower), in: panel, settings)
    #expect(lower.sets.lower == [3, 1, nil, 3, 2])
    #expect(lower.sets.upper == [4, 1, nil, 4, 2])
    #expect(lower.settings == settings)
    expectClose(lower.standardErrors.values, [100, 20, .nan, 10_050.0.squareRoot(), 30])
  }

  /// With a hundredfold variance 400 ± 200 and 900 ± 300 cannot be told apart.
  @Test func overdispersionWidens() throws {
    let panel = panel([10_000, 400, nil, 10_050, 900, nil])
    let settings = PlaceConfidence.Settings(overdispersion: 100)
    let sets = try PlaceConfidence(ranking(panel, .higher), in: panel, settings).sets
    #expect(sets.lower == [1, 3, nil, 1, 3])
    #expect(sets.upper == [2, 4, nil, 2, 4])
  }

  @Test func someEntries() throws {
    let panel = panel([10_000, 400, nil, 10_050, 900, nil])
    let sets = try PlaceConfidence(ranking(panel, .higher), in: panel, entries: [4, 2]).sets
    #expect(sets.lower == [nil, nil, nil, nil, 3])
  }

  /// Every place is within its set, and marginal sets are within the simultaneous ones.
  @Test func employmentShareOfTheRegions() throws {
    let panel = try NorwayDataset.panel()
    let catalogue = try NorwayDataset.catalogue()
    let ranking = try panel.ranking(
      RankingRequest(
        indicator: catalogue.indicator("employment.share"),
        year: 2019,
        level: .region,
        division: catalogue.division("regions-73")
      )
    )
    let marginal = try PlaceConfidence(ranking, in: panel).sets
    let settings = PlaceConfidence.Settings(scope: .simultaneous)
    let together = try PlaceConfidence(ranking, in: panel, settings).sets
    for (index, place) in ranking.places.enumerated() {
      let bounds = try [together.lower, marginal.lower, marginal.upper, together.upper].map {
        Double(try #require($0[index]))
      }
      #expect(bounds[0] <= bounds[1] && bounds[1] <= place)
      #expect(place <= bounds[2] && bounds[2] <= bounds[3])
    }
    #expect(marginal.counted == 73)
  }

  @Test func unknownErrorsAreHandedOn() throws {
    let panel = Sample.panel(["n": [2020: [1, 2, 3, 4, 5, nil]]], unit: .nok, minimum: 0)
    #expect(throws: NoStandardErrorsError.self) {
      try PlaceConfidence(ranking(panel, .higher), in: panel)
    }
  }
}
