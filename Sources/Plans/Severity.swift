/// How much a finding matters to those who read a plan's figures.
public enum Severity: String, Sendable, Hashable, CaseIterable, Comparable {
  /// A target may be judged wrongly.
  case high
  /// A reader may be misled.
  case medium
  /// Worth knowing.
  case low

  /// Graver first.
  public static func < (left: Severity, right: Severity) -> Bool {
    left.order < right.order
  }

  private var order: Int {
    switch self {
    case .high: 0
    case .medium: 1
    case .low: 2
    }
  }
}
