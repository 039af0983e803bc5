import Composites
import TestSupport
import Testing

/// The results of scikit-criteria 0.10 (`Reference/scikit_criteria.py`).
@Suite struct CompositeReferenceTests {
  private static func scores(
    _ head: String
  ) throws -> (scores: CompositeScores, [ReferenceTable.Row]) {
    let rows = try ReferenceTable("Reference/scikit_criteria.csv").rows
    let values = (0..<5).map { index in [rows.map { $0.number("value_\(index)") }] }
    let scores = try MadeUpComposite(values).scores(
      MadeUpComposite.text(
        indicators: 5,
        head: head,
        weights: [1, 2, 1, 1, 2],
        areaWeights: (0.6, 0.4),
        smallerIsBetter: [1, 4]
      )
    )
    return (scores, rows)
  }

  @Test func zScoresAndTheirWeightedSum() throws {
    let (scores, rows) = try Self.scores("normalisation: z")
    for index in 0..<5 {
      expectClose(
        scores.normalised[index],
        rows.map { $0.number("z_\(index)") },
        relative: 1e-10,
        absolute: 1e-12
      )
    }
    // 10 was added and taken off again, so 14 digits less one are left.
    expectClose(scores.scores, rows.map { $0.number("z_score") }, relative: 1e-10, absolute: 1e-13)
    #expect(scores.places == rows.map { $0.number("z_rank") })
  }

  @Test func minMaxAndItsWeightedSum() throws {
    let (scores, rows) = try Self.scores("normalisation: min-max")
    expectClose(scores.scores, rows.map { 100 * $0.number("min_max_score") }, relative: 1e-12)
    #expect(scores.places == rows.map { $0.number("min_max_rank") })
  }

  @Test func weightedProduct() throws {
    let (scores, rows) = try Self.scores(
      "normalisation: min-max\naggregation: geometric\nshift: 1"
    )
    let ln10 = 2.302585092994046
    expectClose(scores.sums, rows.map { ln10 * $0.number("product_score") }, relative: 1e-12)
    #expect(scores.places == rows.map { $0.number("product_rank") })
  }
}
