#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif
#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// The time, and waiting; a test has one of its own, which does not wait.
public struct FetchClock: Sendable {
  /// The time now.
  public var now: @Sendable () -> Date
  /// Waits a number of seconds.
  public var wait: @Sendable (Double) -> Void

  /// Creates a clock.
  public init(now: @escaping @Sendable () -> Date, wait: @escaping @Sendable (Double) -> Void) {
    self.now = now
    self.wait = wait
  }

  /// The system's clock.
  public static let system = FetchClock(
    now: { Date() },
    wait: { seconds in
      var left = timespec(
        tv_sec: Int(seconds),
        tv_nsec: Int((seconds - seconds.rounded(.down)) * 1_000_000_000)
      )
      // A signal that is not meant for it must not cut the wait short.
      var rest = timespec()
      while nanosleep(&left, &rest) != 0, errno == EINTR { left = rest }
    }
  )
}
