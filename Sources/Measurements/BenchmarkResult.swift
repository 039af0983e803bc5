/// All that was measured in one run, and on what.
public struct BenchmarkResult: Sendable {
  /// Work that was not measured, and why.
  public struct Skipped: Sendable, Hashable {
    /// What was not measured.
    public var work: String
    /// What would have done it; empty for all.
    public var implementation: String
    /// Why it was left out.
    public var reason: String

    /// Creates a remark.
    public init(work: String, implementation: String = "", reason: String) {
      self.work = work
      self.implementation = implementation
      self.reason = reason
    }
  }

  /// How a peer did beside regionsim's best on the same data in the same run.
  public struct Comparison: Sendable, Hashable {
    /// Regionsim's best.
    public var own: Measurement
    /// The peers, in their order; each says how many times the time it takes.
    public var peers: [Measurement]
  }

  /// What the machine can do.
  public var limits: MachineLimits
  /// What was measured.
  public var measurements: [Measurement] = []
  /// The peers, held against regionsim.
  public var comparisons: [Comparison] = []
  /// What was left out.
  public var skipped: [Skipped] = []

  /// Starts without measurements.
  public init(limits: MachineLimits) { self.limits = limits }
}
