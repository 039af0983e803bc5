import Regions
import Statistics
import TestSupport
import Testing

@Suite struct MovementTests {
  /// The plan's Table 2: Moss, Vestby, Råde and Våler, editions 2023 and 2024.
  /// The expected values were computed with exact fractions.
  @Test func tableTwo() throws {
    let movement = try #require(
      Movement(
        before: [101, 30, 88, 183],
        after: [107, 27, 175, 160],
        rankedBefore: 356,
        rankedAfter: 357,
        weights: [52671, 19974, 7873, 6176]
      )
    )
    #expect(movement.sum == -67)
    #expect(movement.mean == -16.75)
    expectClose(movement.weightedMean ?? .nan, -799007.0 / 86694, relative: 1e-13)
    expectClose(movement.weightedMean ?? .nan, -9.216404826170209)
    expectClose(movement.percentile, 400.0 / 356 - 467.0 / 357)
    expectClose(movement.percentile, -0.18452774368174235)
    // 354 + 355 + 356 + 357 − 402 = 1020 places could have been lost.
    expectClose(movement.headroomShare, -67.0 / 1020, relative: 1e-13)
    expectClose(movement.headroomShare, -0.06568627450980392)
    #expect(movement.members == 4)
  }

  private static let shares: [(before: [Double], after: [Double], share: Double)] = [
    ([101, 30, 88, 183], [1, 2, 3, 4], 1),
    ([3, 1], [9, 10], -1),
    ([5, 6], [6, 5], 0),
    ([7], [4], 0.5),
    ([1, 2], [2, 1], 0),
  ]

  @Test(arguments: shares)
  func shareOfThePossible(before: [Double], after: [Double], share: Double) throws {
    let ranked = before.count == 4 ? 357 : 10
    let movement = try #require(
      Movement(before: before, after: after, rankedBefore: ranked, rankedAfter: ranked)
    )
    expectClose(movement.headroomShare, share)
  }

  @Test func withoutWeights() throws {
    let movement = try #require(
      Movement(before: [3], after: [1], rankedBefore: 4, rankedAfter: 4, weights: [0])
    )
    #expect(movement.weightedMean == nil)
    let unweighted = Movement(before: [3], after: [1], rankedBefore: 4, rankedAfter: 4)
    #expect(unweighted?.sum == 2)
    #expect(unweighted?.weightedMean == nil)
  }

  @Test func missingPlacesGiveNoMovement() {
    #expect(Movement(before: [], after: [], rankedBefore: 4, rankedAfter: 4) == nil)
    #expect(Movement(before: [1, .nan], after: [1, 2], rankedBefore: 4, rankedAfter: 4) == nil)
    #expect(Movement(before: [1, 2], after: [.nan, 2], rankedBefore: 4, rankedAfter: 4) == nil)
  }

  /// Places are won from someone: over all units the fractional movements sum to zero.
  @Test(arguments: 1...10)
  func movementOfAllIsZero(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    func places() -> [Double] {
      let values = (0..<357).map { _ in Double(Int.random(in: 0..<200, using: &generator)) }
      return ColumnRanks(of: values, ties: .fractional).places
    }
    let (before, after) = (places(), places())
    let movement = try #require(
      Movement(before: before, after: after, rankedBefore: 357, rankedAfter: 357)
    )
    #expect(before != after)
    #expect(movement.sum == 0)
    expectClose(movement.percentile, 0, absolute: 1e-10)
    let part = try #require(
      Movement(
        before: Array(before[..<200]),
        after: Array(after[..<200]),
        rankedBefore: 357,
        rankedAfter: 357
      )
    )
    let rest = try #require(
      Movement(
        before: Array(before[200...]),
        after: Array(after[200...]),
        rankedBefore: 357,
        rankedAfter: 357
      )
    )
    #expect(part.sum == -rest.sum)
  }

  @Test func unequalCountsAreRefused() async {
    await #expect(processExitsWith: .failure) {
      _ = Movement(before: [1, 2], after: [1], rankedBefore: 4, rankedAfter: 4)
    }
  }
}
