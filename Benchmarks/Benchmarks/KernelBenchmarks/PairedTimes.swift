import Statistics

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// How long one piece of work takes in proportion to another.
///
/// The two take turns, so that what slows the machine down for a while slows both, and the median of
/// the ratios is taken, so that what hits one of them does not count.
enum PairedTimes {
  /// Shorter runs would measure the clock too.
  private static let shortestRun: UInt64 = 2_000_000
  /// The time for all pairs, in nanoseconds, unless fewer than `fewest` were met.
  private static let budget: UInt64 = 1_000_000_000
  private static let (fewest, most) = (11, 101)

  /// The median ratio in per mille.
  @inline(never)
  static func perMille(_ work: () -> Void, of reference: () -> Void) -> Int {
    let (repeats, others) = (repeats(work), repeats(reference))
    let start = nanoseconds()
    var ratios: [Double] = []
    while ratios.count < fewest || ratios.count < most && nanoseconds() - start < budget {
      let time = Double(time(repeats, work)) / Double(repeats)
      ratios.append(time / (Double(self.time(others, reference)) / Double(others)))
    }
    return Int((1000 * (quantile(0.5, of: ratios) ?? .infinity)).rounded())
  }

  private static func repeats(_ work: () -> Void) -> Int {
    var repeats = 1
    while time(repeats, work) < shortestRun { repeats *= 2 }
    return repeats
  }

  private static func time(_ repeats: Int, _ work: () -> Void) -> UInt64 {
    let start = nanoseconds()
    for _ in 0..<repeats { work() }
    return nanoseconds() - start
  }

  /// The processor's time of this thread: what others do on the machine is not in it.
  private static func nanoseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
