import Statistics
import TestSupport
import Testing

@Suite struct ShapleyValuesTests {
  /// One left glove (player 0) and two right ones: a pair is worth 1.
  @Test func gloveGame() {
    let shares = shapleyValues(players: 3) { coalition in
      [coalition & 1 == 1 && coalition & 6 != 0 ? 1 : 0]
    }
    expectClose(shares.map { $0[0] }, [2.0 / 3, 1.0 / 6, 1.0 / 6])
  }

  @Test func additiveGameGivesEachItsOwn() {
    let own = [3.0, -1, 0, 10, 2.5]
    let shares = shapleyValues(players: 5) { coalition in
      [own.indices.reduce(0) { coalition >> UInt($1) & 1 == 1 ? $0 + own[$1] : $0 }]
    }
    expectClose(shares.map { $0[0] }, own, absolute: 1e-12)
  }

  /// φ₀ = ½ (v(0) − v() + v(01) − v(1)), here with v() = 10 and two components.
  @Test func twoPlayers() {
    let worths = [[10.0, 0], [14, 1], [11, 0], [21, 5]]
    let shares = shapleyValues(players: 2) { worths[Int($0)] }
    #expect(shares == [[7, 3], [4, 2]])
  }

  @Test func noPlayersAndOnePlayer() {
    #expect(shapleyValues(players: 0) { _ in [5] }.isEmpty)
    #expect(shapleyValues(players: 1) { $0 == 0 ? [5] : [8] } == [[3]])
  }

  @Test(arguments: 1...10)
  func sharesSumToTheWorthOfAll(players: Int) {
    let worths = randomWorths(players: players, components: 3, seed: UInt64(players))
    let shares = shapleyValues(players: players) { worths[Int($0)] }
    for component in 0..<3 {
      let sum = shares.reduce(0) { $0 + $1[component] }
      expectClose(sum, worths[worths.count - 1][component] - worths[0][component], absolute: 1e-10)
    }
  }

  /// Players 0 and 2 are exchanged in every coalition: their shares are, and no others change.
  @Test func sharesFollowThePlayers() {
    let worths = randomWorths(players: 5, components: 1, seed: 99)
    let shares = shapleyValues(players: 5) { worths[Int($0)] }
    let exchanged = shapleyValues(players: 5) { coalition in
      let rest = coalition & ~0b101
      return worths[Int(rest | (coalition & 1) << 2 | (coalition >> 2) & 1)]
    }
    expectClose(
      exchanged.map { $0[0] },
      [2, 1, 0, 3, 4].map { shares[$0][0] },
      absolute: 1e-12
    )
  }

  @Test(arguments: 1...20)
  func agreesWithTheMeanOverAllOrders(seed: UInt64) {
    let worths = randomWorths(players: 4, components: 2, seed: seed)
    let shares = shapleyValues(players: 4) { worths[Int($0)] }
    var sums = [[Double]](repeating: [0, 0], count: 4)
    let orders = permutations(of: [0, 1, 2, 3])
    #expect(orders.count == 24)
    for order in orders {
      var coalition = 0
      for player in order {
        let joined = coalition | 1 << player
        for component in 0..<2 {
          sums[player][component] += worths[joined][component] - worths[coalition][component]
        }
        coalition = joined
      }
    }
    for player in 0..<4 {
      expectClose(shares[player], sums[player].map { $0 / 24 }, absolute: 1e-12)
    }
  }

  @Test func eachCoalitionIsAskedOnce() {
    var asked: [UInt] = []
    _ = shapleyValues(players: 4) { coalition in
      asked.append(coalition)
      return [0]
    }
    #expect(asked.sorted() == Array(0..<16))
  }

  @Test func missingWorthSpoilsOnlyItsComponent() {
    let shares = shapleyValues(players: 3) { coalition in
      [coalition == 3 ? .nan : 1, Double(coalition.nonzeroBitCount)]
    }
    #expect(shares.allSatisfy { $0[0].isNaN && ($0[1] - 1).magnitude < 1e-12 })
  }

  @Test func errorsAreHandedOn() {
    struct Refusal: Error, Equatable { let coalition: UInt }
    #expect(throws: Refusal(coalition: 2)) {
      try shapleyValues(players: 2) { coalition throws(Refusal) in
        if coalition == 2 { throw Refusal(coalition: coalition) }
        return [0]
      }
    }
  }

  @Test func elevenPlayersAreRefused() async {
    await #expect(processExitsWith: .failure) {
      _ = shapleyValues(players: 11) { _ in [0] }
    }
  }

  private func randomWorths(players: Int, components: Int, seed: UInt64) -> [[Double]] {
    var generator = SplitMix64(seed: seed)
    return (0..<(1 << players)).map { _ in
      (0..<components).map { _ in Double.random(in: -100...100, using: &generator) }
    }
  }

  private func permutations(of items: [Int]) -> [[Int]] {
    guard let first = items.first else { return [[]] }
    return permutations(of: Array(items.dropFirst())).flatMap { rest in
      (0...rest.count).map { rest[..<$0] + [first] + rest[$0...] }
    }
  }
}
