public import Statistics

/// What is measured and how.
public struct BenchmarkSettings: Sendable, Hashable {
  /// What is measured.
  public var works: Set<BenchmarkWork>
  /// The numbers of units.
  public var units: [Int]
  /// The numbers of columns, scenarios or draws.
  public var columns: [Int]
  /// The numbers of threads.
  public var threads: [Int]
  /// The kernels that are compared.
  public var kernels: [Kernel]
  /// At least so many repeats.
  public var repeats: Int
  /// Whether a rough and short measurement is enough.
  public var isQuick: Bool
  /// The seed of all that is made up.
  public var seed: UInt64

  /// Creates settings.
  public init(
    works: Set<BenchmarkWork> = Set(BenchmarkWork.allCases),
    units: [Int],
    columns: [Int],
    threads: [Int],
    kernels: [Kernel] = Kernel.available,
    repeats: Int = 7,
    isQuick: Bool = false,
    seed: UInt64 = 1
  ) {
    self.works = works
    self.units = units
    self.columns = columns
    self.threads = threads
    self.kernels = kernels
    self.repeats = repeats
    self.isQuick = isQuick
    self.seed = seed
  }

  /// Times as these settings ask.
  public var stopwatch: Stopwatch {
    isQuick
      ? Stopwatch(repeats: min(repeats, 3), budget: 0, ceiling: 2) : Stopwatch(repeats: repeats)
  }
}
