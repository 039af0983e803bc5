import Synchronization
import Testing

@testable import Measurements

@Suite struct StopwatchTests {
  /// A clock that is moved by hand.
  private final class Clock: Sendable {
    let time = Mutex(0.0)

    func pass(_ seconds: Double) { time.withLock { $0 += seconds } }
  }

  private static func run(
    repeats: Int,
    budget: Double,
    ceiling: Double = 100,
    isWarm: Bool = false,
    takes: [Double]
  ) -> (timing: Timing, calls: Int) {
    let clock = Clock()
    let stopwatch = Stopwatch(repeats: repeats, budget: budget, ceiling: ceiling) {
      clock.time.withLock { $0 }
    }
    var calls = 0
    let timing = stopwatch.time(isWarm: isWarm) {
      clock.pass(takes[min(calls, takes.count - 1)])
      calls += 1
    }
    return (timing, calls)
  }

  @Test func theWarmUpIsNotCounted() {
    let (timing, calls) = Self.run(repeats: 3, budget: 0, takes: [50, 1, 2, 4])
    #expect(calls == 4)
    #expect(timing.seconds == [1, 2, 4])
    let warm = Self.run(repeats: 3, budget: 0, isWarm: true, takes: [1, 2, 4])
    #expect(warm.calls == 3)
  }

  @Test func repeatsUntilTheBudgetIsSpent() {
    let (timing, _) = Self.run(repeats: 2, budget: 10, takes: [1])
    #expect(timing.seconds.count == 10)
  }

  @Test func threeAreEnoughOfLongWork() {
    #expect(Self.run(repeats: 9, budget: 0, ceiling: 20, takes: [30]).timing.seconds.count == 3)
    #expect(Self.run(repeats: 2, budget: 0, ceiling: 20, takes: [30]).timing.seconds.count == 2)
    #expect(Self.run(repeats: 9, budget: 0, ceiling: 20, takes: [4]).timing.seconds.count == 5)
  }

  @Test func workWithoutTimeEnds() {
    #expect(Self.run(repeats: 1, budget: 1, takes: [0]).timing.seconds.count == 1000)
  }

  @Test func medianAndSpread() {
    let odd = Timing(seconds: [5, 1, 3], processorSeconds: 4.5)
    #expect((odd.median, odd.min, odd.max) == (3, 1, 5))
    #expect(odd.processorShare(of: 1) == 0.5)
    #expect(odd.processorShare(of: 2) == 0.25)
    let even = Timing(seconds: [4, 1, 2, 3], processorSeconds: 0)
    #expect(even.median == 2.5)
    #expect(Timing(seconds: [0.001], processorSeconds: 0).processorShare(of: 1) == nil)
  }

  @Test func errorsAreThrown() {
    struct Mistake: Error {}
    #expect(throws: Mistake.self) {
      try Stopwatch(repeats: 1).time { () throws(Mistake) in throw Mistake() }
    }
  }
}
