import Benchmark

/// All guards; each runs in a process of its own.
let benchmarks: @Sendable () -> Void = {
  guardRanks()
  guardSums()
  guardDraws()
  guardConfidenceSets()
}
