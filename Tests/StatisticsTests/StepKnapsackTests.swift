import Statistics
import TestSupport
import Testing

@Suite struct StepKnapsackTests {
  /// Every way to spend, tried in turn.
  @Test func theSameAsTryingAll() {
    var random = SplitMix64(seed: 4)
    for _ in 0..<200 {
      let members = (0..<Int.random(in: 1...4, using: &random)).map { _ -> [StepKnapsack.Step] in
        var (cost, gain) = (0, 0)
        return (0..<Int.random(in: 0...4, using: &random)).map { _ in
          cost += Int.random(in: 1...9, using: &random)
          gain += Int.random(in: 1...3, using: &random)
          return StepKnapsack.Step(cost: cost, gain: gain)
        }
      }
      var ways = [(cost: 0, gain: 0)]
      for steps in members {
        ways = ways.flatMap { way in
          [way] + steps.map { (way.cost + $0.cost, way.gain + $0.gain) }
        }
      }
      let knapsack = StepKnapsack(members)
      #expect(knapsack.largestGain == ways.map(\.gain).max())
      for gain in 0...40 {
        let least = ways.filter { $0.gain >= gain }.map(\.cost).min()
        #expect(knapsack.cost(ofGain: gain) == least)
        guard let shares = knapsack.shares(ofGain: gain) else { continue }
        #expect(shares.reduce(0, +) == least)
        let reached = zip(shares, members).map { share, steps in
          steps.last { $0.cost <= share }?.gain ?? 0
        }
        #expect(reached.reduce(0, +) >= gain)
      }
      for cost in 0...60 {
        #expect(
          knapsack.gain(forCost: cost) == ways.filter { $0.cost <= cost }.map(\.gain).max()
        )
      }
      let limited = StepKnapsack(members, limit: 12)
      #expect(limited.largestGain == ways.filter { $0.cost <= 12 }.map(\.gain).max())
    }
  }

  @Test func nothingToGain() {
    let knapsack = StepKnapsack([[], []])
    #expect(knapsack.largestGain == 0)
    #expect(knapsack.cost(ofGain: 0) == 0)
    #expect(knapsack.cost(ofGain: 1) == nil)
    #expect(knapsack.gain(forCost: 100) == 0)
    #expect(knapsack.shares(ofGain: 0) == [0, 0])
    #expect(StepKnapsack([]).shares(ofGain: 0) == [])
  }
}
