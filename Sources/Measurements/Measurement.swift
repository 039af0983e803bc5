public import Statistics

/// One timing: what was done, by what, on how much, how long it took and what it used.
public struct Measurement: Sendable, Hashable {
  /// What the figures are in.
  public enum Unit: String, Sendable, Hashable, CaseIterable {
    /// Nanoseconds for each unit in each column.
    case nanosecondsPerElement = "ns/element"
    /// Nanoseconds for each column.
    case nanosecondsPerScenario = "ns/scenario"
    /// Microseconds for each scenario.
    case microsecondsPerScenario = "us/scenario"
    /// Draws in a second: here the larger is the better.
    case drawsPerSecond = "draws/s"
    /// Seconds.
    case seconds = "s"
    /// Milliseconds.
    case milliseconds = "ms"
  }

  /// How much was done.
  public struct Size: Sendable, Hashable {
    /// How many units a column has.
    public var units: Int
    /// How many columns, scenarios or draws there are.
    public var columns: Int
    /// How many threads were used.
    public var threads: Int

    /// Creates a size.
    public init(units: Int, columns: Int, threads: Int) {
      self.units = units
      self.columns = columns
      self.threads = threads
    }
  }

  /// What was measured.
  public var work: BenchmarkWork
  /// What did it, such as `regionsim avx512` or `scipy.stats.rankdata`.
  public var implementation: String
  /// The version of a peer; empty for regionsim.
  public var version = ""
  /// Whether it is another program's.
  public var isPeer = false
  /// The kernel that ran; `nil` where none or another's.
  public var kernel: Kernel?
  /// How much was done.
  public var size: Size
  /// The figure in the middle of the repeats, in `unit`.
  public var median: Double
  /// The smallest figure.
  public var min: Double
  /// The largest figure.
  public var max: Double
  /// What the figures are in.
  public var unit: Unit
  /// How many times it was timed.
  public var repeats: Int
  /// Whether the result was compared with the reference and agreed; `nil` where there was nothing to
  /// compare with.
  public var isChecked: Bool?
  /// Scenarios, columns or draws in a second.
  public var scenariosPerSecond: Double?
  /// 10⁹ bytes in a second that must be read and written.
  public var gigabytesPerSecond: Double?
  /// These as a share of the measured bandwidth with as many threads.
  public var bandwidthShare: Double?
  /// 10⁹ floating-point operations in a second.
  public var gigaflops: Double?
  /// These as a share of the measured peak of `dgemm` with as many threads.
  public var peakShare: Double?
  /// The most memory that the process held meanwhile, in 2²⁰ bytes; `nil` where it is not known.
  public var peakMegabytes: Double?
  /// The share of the processors of its threads that the program had: below 1 others used them too, or
  /// threads waited. `nil` where it is not known.
  public var processorShare: Double?
  /// How many times regionsim's best on the same work it takes; `nil` but for peers.
  public var timesRegionsim: Double?
  /// What else is to be said.
  public var note = ""

  /// Creates a measurement of regionsim's from its timing.
  ///
  /// - Parameters:
  ///   - work: What was measured.
  ///   - implementation: What did it.
  ///   - kernel: The kernel that ran.
  ///   - size: How much was done in each repeat.
  ///   - timing: The seconds of each repeat.
  ///   - unit: What the figures are to be in.
  public init(
    _ work: BenchmarkWork,
    _ implementation: String,
    kernel: Kernel? = nil,
    size: Size,
    timing: Timing,
    unit: Unit
  ) {
    self.work = work
    self.implementation = implementation
    self.kernel = kernel
    self.size = size
    self.unit = unit
    repeats = timing.seconds.count
    let figures = [timing.median, timing.min, timing.max].map { unit.figure($0, size) }
    median = figures[0]
    min = Swift.min(figures[1], figures[2])
    max = Swift.max(figures[1], figures[2])
    if work != .commands { processorShare = timing.processorShare(of: size.threads) }
    if unit != .seconds, unit != .milliseconds {
      scenariosPerSecond = Double(size.columns) / timing.median
    }
  }

  /// Creates a measurement that another program made.
  init(peer line: PeerLine, work: BenchmarkWork, unit: Unit) {
    self.work = work
    self.unit = unit
    implementation = line.implementation
    version = line.version ?? ""
    isPeer = true
    size = Size(units: line.units ?? 0, columns: line.columns ?? 0, threads: line.threads ?? 0)
    median = line.median ?? .nan
    min = line.min ?? median
    max = line.max ?? median
    repeats = line.repeats ?? 0
    isChecked = line.isEqual
    peakMegabytes = line.peakMegabytes
    note = line.note ?? ""
    switch unit {
    case .nanosecondsPerElement: scenariosPerSecond = 1e9 / (median * Double(size.units))
    case .nanosecondsPerScenario: scenariosPerSecond = 1e9 / median
    case .microsecondsPerScenario: scenariosPerSecond = 1e6 / median
    case .drawsPerSecond: scenariosPerSecond = median
    case .seconds, .milliseconds: break
    }
  }

  /// How many times the time of another measurement in the same unit this one takes.
  func times(_ other: Measurement) -> Double {
    unit == .drawsPerSecond ? other.median / median : median / other.median
  }

  /// Says how much memory was moved and how much was computed for each scenario.
  mutating func rate(bytes: Double? = nil, operations: Double? = nil, limits: MachineLimits) {
    guard let scenariosPerSecond else { return }
    if let bytes {
      let rate = bytes * scenariosPerSecond / 1e9
      gigabytesPerSecond = rate
      bandwidthShare = limits.bandwidth(threads: size.threads).map { rate / $0 }
    }
    if let operations {
      let rate = operations * scenariosPerSecond / 1e9
      gigaflops = rate
      peakShare = limits.peak(threads: size.threads).map { rate / $0 }
    }
  }
}

extension Measurement.Unit {
  /// The seconds of one repeat in this unit.
  func figure(_ seconds: Double, _ size: Measurement.Size) -> Double {
    let columns = Double(size.columns)
    return switch self {
    case .nanosecondsPerElement: seconds * 1e9 / (columns * Double(size.units))
    case .nanosecondsPerScenario: seconds * 1e9 / columns
    case .microsecondsPerScenario: seconds * 1e6 / columns
    case .drawsPerSecond: columns / seconds
    case .seconds: seconds
    case .milliseconds: seconds * 1e3
    }
  }
}
