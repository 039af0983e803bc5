internal import Statistics

/// How long each repeat of some work took.
public struct Timing: Sendable, Hashable {
  /// The seconds of each repeat, in their order.
  public let seconds: [Double]
  /// How many seconds of processors the program used in all repeats together.
  public let processorSeconds: Double

  /// Creates a timing of at least one repeat.
  public init(seconds: [Double], processorSeconds: Double) {
    precondition(!seconds.isEmpty, "Something was timed.")
    self.seconds = seconds
    self.processorSeconds = processorSeconds
  }

  /// The share of a number of processors that the program had; `nil` where the repeats took too little
  /// time to tell.
  func processorShare(of threads: Int) -> Double? {
    let total = seconds.reduce(0, +)
    return total < 0.05 ? nil : processorSeconds / (total * Double(threads))
  }

  /// The middle of the repeats, of an even number the mean of the two in the middle.
  public var median: Double { Statistics.median(of: seconds) ?? .nan }
  /// The shortest repeat.
  public var min: Double { seconds.min() ?? .nan }
  /// The longest repeat.
  public var max: Double { seconds.max() ?? .nan }
}
