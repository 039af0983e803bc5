import Benchmark
import Foundation
import Statistics

/// What writes a result over a buffer.
typealias Writer<Element> = (UnsafeMutableBufferPointer<Element>) -> Void

/// Guards the time that one way to a result takes, in per mille of the time of another way.
///
/// A ratio within one run, since times differ between machines, and since instructions cannot be
/// counted on all of them. A different result is a breach, whatever the times.
struct Guard {
  /// What the tool compares with the thresholds.
  static let metric = BenchmarkMetric.custom(
    "‰ of the reference",
    polarity: .prefersSmaller,
    useScalingFactor: false
  )
  /// What is measured where results differ: above every ceiling.
  private static let differs = 1_000_000

  /// The name, also that of the threshold file.
  let name: String
  /// The largest ratio allowed, in per mille; `nil` where there is nothing to guard.
  let ceiling: Int?

  init(_ name: String, atMost ceilings: Ceilings) {
    self.name = name
    ceiling = ceilings[guardedKernel]
  }

  /// Adds the guard to those that run.
  ///
  /// - Parameters:
  ///   - count: How many elements the result has.
  ///   - initial: What stands in the result before.
  ///   - areEqual: When two elements are the same result.
  ///   - contenders: Prepares the work under guard and the reference.
  func add<Element: Equatable>(
    results count: Int,
    of initial: Element,
    areEqual: @escaping (Element, Element) -> Bool = { $0 == $1 },
    _ contenders: @escaping () -> (guarded: Writer<Element>, reference: Writer<Element>)
  ) {
    requireThresholdFile()
    var said = "skipped, as no ceiling is set for this kernel"
    Benchmark(name, configuration: configuration) { benchmark in
      guard let ceiling else { return }
      let (guarded, reference) = contenders()
      let results = UnsafeMutableBufferPointer<Element>.allocate(capacity: count)
      let expected = UnsafeMutableBufferPointer<Element>.allocate(capacity: count)
      results.initialize(repeating: initial)
      expected.initialize(repeating: initial)
      defer {
        results.deinitialize().deallocate()
        expected.deinitialize().deallocate()
      }
      guarded(results)
      reference(expected)
      guard zip(results, expected).allSatisfy(areEqual) else {
        said = "the result differs from the reference"
        return benchmark.measurement(Self.metric, Self.differs)
      }
      let ratio = PairedTimes.perMille({ guarded(results) }, of: { reference(expected) })
      said = "\(ratio) ‰, at most \(ceiling)"
      benchmark.measurement(Self.metric, ratio)
    } teardown: {
      // Here, as the tool hides what is printed while it measures.
      print(padded(name, 24) + padded(guardedKernel.rawValue, 12) + said)
    }
  }

  /// The tool compares with a number in a file, upwards and downwards. That number is 0, the best a
  /// ratio could be, and the ceiling is how far above it may lie, so nothing is ever too fast.
  private var configuration: Benchmark.Configuration {
    Benchmark.Configuration(
      metrics: [Self.metric],
      warmupIterations: 0,
      maxDuration: .seconds(60),
      maxIterations: 1,
      thresholds: ceiling.map { [Self.metric: BenchmarkThresholds(absolute: [.p90: $0])] }
    )
  }

  /// Without a file the tool would pass over the guard in silence.
  private func requireThresholdFile() {
    let package = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let file = package.appending(path: "Thresholds/KernelBenchmarks.\(name).p90.json")
    guard FileManager.default.fileExists(atPath: file.path(percentEncoded: false)) else {
      fatalError("The guard \(name) has no file in Thresholds.")
    }
  }
}

private func padded(_ text: String, _ width: Int) -> String {
  text.padding(toLength: width, withPad: " ", startingAt: 0)
}
