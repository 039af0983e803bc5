import LinearAlgebra
import TestSupport
import Testing

@testable import Measurements

@Suite struct MeasurementTests {
  private static func measurement(
    _ work: BenchmarkWork,
    _ name: String,
    seconds: [Double] = [2, 1, 4],
    unit: Measurement.Unit
  ) -> Measurement {
    Measurement(
      work,
      name,
      size: Measurement.Size(units: 10, columns: 1000, threads: 1),
      timing: Timing(seconds: seconds, processorSeconds: 1),
      unit: unit
    )
  }

  @Test(arguments: [
    (Measurement.Unit.nanosecondsPerElement, 2e5, 1e5, 4e5),
    (.nanosecondsPerScenario, 2e6, 1e6, 4e6), (.microsecondsPerScenario, 2000, 1000, 4000),
    (.seconds, 2, 1, 4), (.milliseconds, 2000, 1000, 4000),
    // The least rate is that of the longest repeat.
    (.drawsPerSecond, 500, 250, 1000),
  ])
  func figures(unit: Measurement.Unit, median: Double, least: Double, most: Double) {
    let found = Self.measurement(.rank, "a", unit: unit)
    expectClose(found.median, median)
    expectClose(found.min, least)
    expectClose(found.max, most)
    #expect(found.repeats == 3)
    let isRate = unit != .seconds && unit != .milliseconds
    #expect((found.scenariosPerSecond == nil) == !isRate)
    if let rate = found.scenariosPerSecond { expectClose(rate, 500) }
  }

  @Test func sharesOfTheMachine() throws {
    let limits = MachineLimits(threads: [1], isQuick: true)
    var found = Self.measurement(.aggregate, "a", unit: .nanosecondsPerScenario)
    found.rate(bytes: 2e9, operations: 4e9, limits: limits)
    expectClose(try #require(found.gigabytesPerSecond), 1000)
    expectClose(try #require(found.gigaflops), 2000)
    let bandwidth = try #require(limits.bandwidth(threads: 1))
    expectClose(try #require(found.bandwidthShare), 1000 / bandwidth)
    expectClose(
      try #require(found.peakShare),
      2000 / (try #require(limits.peak(threads: 1)))
    )
    #expect(limits.bandwidth(threads: 2) == nil)
    #expect(bandwidth > 0)
    #expect(limits.core == OpenBLAS.core)
    #expect(limits.version.first?.isNumber == true)
  }

  @Test func peersBesideTheBest() throws {
    let own = [
      Self.measurement(.rank, "regionsim slow", seconds: [4], unit: .nanosecondsPerElement),
      Self.measurement(.rank, "regionsim fast", seconds: [2], unit: .nanosecondsPerElement),
      Self.measurement(.weights, "regionsim slow", seconds: [4], unit: .drawsPerSecond),
      Self.measurement(.weights, "regionsim fast", seconds: [2], unit: .drawsPerSecond),
      Self.measurement(.confidence, "regionsim marginal", seconds: [2], unit: .seconds),
      Self.measurement(.confidence, "regionsim simultaneous", seconds: [1], unit: .seconds),
    ]
    let peers = [
      Self.measurement(.rank, "one", seconds: [3], unit: .nanosecondsPerElement),
      Self.measurement(.weights, "two", seconds: [3], unit: .drawsPerSecond),
      Self.measurement(.rank, "three", seconds: [1], unit: .nanosecondsPerElement),
      Self.measurement(.confidence, "four marginal", seconds: [3], unit: .seconds),
      Self.measurement(.top, "five", seconds: [3], unit: .nanosecondsPerElement),
    ]
    let found = BenchmarkRun.comparisons(own, peers)
    #expect(
      found.map(\.own.implementation) == [
        "regionsim fast", "regionsim fast", "regionsim marginal",
      ]
    )
    #expect(
      found.map { $0.peers.map(\.implementation) } == [
        ["one", "three"], ["two"], ["four marginal"],
      ]
    )
    expectClose(found.flatMap { $0.peers.compactMap(\.timesRegionsim) }, [1.5, 0.5, 1.5, 1.5])
  }
}
