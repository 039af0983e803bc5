/// An interval for a share of which some successes out of some trials are known.
///
/// With *p* the share seen, *n* the trials and *z* the normal quantile:
///
///     (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n)
///
/// It stays within 0–1, and says something also when nobody or everybody succeeded. Source:
/// E. B. Wilson (1927), https://doi.org/10.1080/01621459.1927.10502953.
public struct WilsonInterval: Sendable, Hashable {
  /// The lower end, 0–1; exactly 0 without successes.
  public let lower: Double
  /// The upper end, 0–1; exactly 1 when all succeeded.
  public let upper: Double

  /// Computes the interval.
  ///
  /// Without trials nothing is known: the interval is 0–1.
  ///
  /// - Parameters:
  ///   - successes: The successes, 0 to `trials`. Need not be whole, as when they are scaled to an
  ///     effective number of trials.
  ///   - trials: The trials.
  ///   - quantile: The normal quantile; without it that of 95 %.
  public init(successes: Double, trials: Double, quantile: Double = 1.959963984540054) {
    precondition((0...trials).contains(successes), "Successes are among the trials.")
    guard trials > 0 else {
      (lower, upper) = (0, 1)
      return
    }
    let share = successes / trials
    let square = quantile * quantile
    let width = 1 + square / trials
    let middle = (share + square / (2 * trials)) / width
    let spread = share * (1 - share) / trials + square / (4 * trials * trials)
    let half = quantile * spread.squareRoot() / width
    lower = successes == 0 ? 0 : max(0, middle - half)
    upper = successes == trials ? 1 : min(1, middle + half)
  }
}
