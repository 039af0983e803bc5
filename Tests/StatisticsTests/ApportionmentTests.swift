import Statistics
import TestSupport
import Testing

@Suite struct ApportionmentTests {
  /// The classic examples: Webster's method favours neither small nor large members.
  @Test(
    arguments: [
      ([53, 24, 23], 7, [3, 2, 2]),
      ([1, 1, 1], 4, [2, 1, 1]),
      ([0, 0], 3, [2, 1]),
      ([0, 5], 3, [0, 3]),
      ([34786, 3920, 2530, 6315], 0, [0, 0, 0, 0]),
      ([6, 2], 1, [1, 0]),
      // Equal quotients 2: the first member's unit comes first.
      ([6, 2], 2, [2, 0]),
      ([2, 6], 2, [1, 1]),
      ([7], 12, [12]),
    ] as [([Double], Int, [Int])]
  )
  func handCases(weights: [Double], units: Int, shares: [Int]) {
    #expect(Apportionment(weights: weights).shares(of: units) == shares)
  }

  /// The same as giving the units out one by one, and the inverse is where a member's share rises.
  @Test func theSameAsTheLoop() {
    var random = SplitMix64(seed: 1)
    for round in 0..<150 {
      let weights = (0..<Int.random(in: 1...6, using: &random)).map { _ in
        // Every third round has small whole weights, so that quotients are often equal.
        round % 3 == 0
          ? Double(Int.random(in: 0...4, using: &random))
          : Double.random(in: 0...1000, using: &random)
      }
      let apportionment = Apportionment(weights: weights)
      var held = [Int](repeating: 0, count: weights.count)
      for units in 0...60 {
        #expect(apportionment.shares(of: units) == held, "\(weights), \(units)")
        let quotients = held.indices.map { member in
          apportionment.weights[member] / Double(2 * held[member] + 1)
        }
        let next = quotients.firstIndex(of: quotients.max() ?? 0) ?? 0
        held[next] += 1
        #expect(apportionment.smallest(giving: next, held[next]) == units + 1, "\(weights)")
      }
    }
  }

  @Test func largeNumbers() throws {
    let apportionment = Apportionment(weights: [34786.25, 3920, 2530.5, 6315, 0.125])
    for units in [1_000_003, 38_430_514_437, 1 << 50] {
      let shares = apportionment.shares(of: units)
      #expect(shares.reduce(0, +) == units)
      for member in shares.indices {
        let here = try #require(apportionment.smallest(giving: member, shares[member]))
        let next = try #require(apportionment.smallest(giving: member, shares[member] + 1))
        #expect(here <= units && next > units)
      }
    }
  }

  @Test func whoGetsNothing() {
    let apportionment = Apportionment(weights: [0, 5])
    #expect(apportionment.smallest(giving: 0, 1) == nil)
    #expect(apportionment.smallest(giving: 0, 0) == 0)
    #expect(apportionment.smallest(giving: 1, Apportionment.largest + 1) == nil)
    #expect(Apportionment(weights: [1, 1e18]).smallest(giving: 0, 3) == nil)
  }
}
