internal import Statistics

/// How long each repeat of some work took.
public struct Timing: Sendable, Hashable {
  /// The seconds of each repeat, in their order.
  public let seconds: [Double]

  /// Creates a timing of at least one repeat.
  public init(seconds: [Double]) {
    precondition(!seconds.isEmpty, "Something was timed.")
    self.seconds = seconds
  }

  /// The middle of the repeats, of an even number the mean of the two in the middle.
  public var median: Double { Statistics.median(of: seconds) ?? .nan }
  /// The shortest repeat.
  public var min: Double { seconds.min() ?? .nan }
  /// The longest repeat.
  public var max: Double { seconds.max() ?? .nan }
}
