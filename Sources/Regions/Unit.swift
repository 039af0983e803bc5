/// The level at which units are ranked.
public enum Level: String, Sendable, Hashable, CaseIterable {
  /// Municipalities among municipalities.
  case municipality
  /// Regions of one division among its regions.
  case region
}

/// A municipality or a region, as tables name it.
public struct Unit: Sendable, Hashable {
  /// Whether this is a municipality or a region.
  public let level: Level
  /// The code, unique within the level (and the division).
  public let code: String
  /// The name.
  public let name: String

  /// Creates a unit.
  public init(level: Level, code: String, name: String) {
    self.level = level
    self.code = code
    self.name = name
  }
}
