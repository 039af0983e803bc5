#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Times work over and over after a warm-up.
///
/// It is repeated until it was done `repeats` times and for `budget` seconds; when `ceiling` seconds
/// have passed, three times are enough.
public struct Stopwatch: Sendable {
  /// At least so many repeats.
  public var repeats: Int
  /// At least so many seconds of repeats.
  public var budget: Double
  /// So many seconds after which three repeats are enough.
  public var ceiling: Double
  /// The time now, in seconds from some moment.
  private let now: @Sendable () -> Double

  private static let clock = ContinuousClock()
  private static let start = clock.now

  /// The most repeats of work that takes no time.
  private static let most = 1000

  /// Creates a stopwatch.
  ///
  /// - Parameters:
  ///   - repeats: At least so many repeats, 1 or more.
  ///   - budget: At least so many seconds of repeats.
  ///   - ceiling: So many seconds after which three repeats are enough.
  public init(repeats: Int, budget: Double = 0.3, ceiling: Double = 20) {
    self.init(repeats: repeats, budget: budget, ceiling: ceiling) {
      let elapsed = (Self.clock.now - Self.start).components
      return Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
    }
  }

  /// Creates a stopwatch with a clock of its own.
  init(repeats: Int, budget: Double, ceiling: Double, now: @escaping @Sendable () -> Double) {
    precondition(repeats >= 1, "Something is timed at least once.")
    self.repeats = repeats
    self.budget = budget
    self.ceiling = ceiling
    self.now = now
  }

  /// Times work.
  ///
  /// - Parameters:
  ///   - isWarm: Whether the work was done just before, so that no warm-up is needed.
  ///   - body: The work.
  /// - Returns: How long each repeat took.
  /// - Throws: What the work throws.
  public func time<Failure: Error>(
    isWarm: Bool = false,
    _ body: () throws(Failure) -> Void
  ) throws(Failure) -> Timing {
    if !isWarm { try body() }
    var seconds: [Double] = []
    var (total, processor) = (0.0, 0.0)
    while seconds.count < Self.most {
      let isEnough = seconds.count >= repeats && total >= budget
      let isLong = seconds.count >= min(3, repeats) && total >= ceiling
      if isEnough || isLong { break }
      let start = (now(), Self.processorSeconds)
      try body()
      let elapsed = now() - start.0
      processor += Self.processorSeconds - start.1
      seconds.append(elapsed)
      total += elapsed
    }
    return Timing(seconds: seconds, processorSeconds: processor)
  }

  /// How many seconds of processors this program has used on all its threads.
  private static var processorSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
