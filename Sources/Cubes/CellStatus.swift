/// What a publisher says of one value by a symbol in or beside it.
///
/// The symbols are those of Statistics Norway since 2021 (`.`, `..`, `:`) and before (`...`, `-`, `*`).
public struct CellStatus: Sendable, Hashable {
  /// What a symbol means.
  public enum Meaning: Sendable, Hashable {
    /// `.`: a figure is not possible, as the category is not in use.
    case notApplicable
    /// `..`: the figure is lacking.
    case lacking
    /// `:`: the figure is withheld.
    case suppressed
    /// `...`: the figure is not there yet.
    case pending
    /// `-`: the figure is zero; the value is 0.
    case zero
    /// `*`: the figure is provisional; the value is there.
    case provisional
    /// Something else, which the symbol itself says.
    case other
  }

  /// The symbol, as the publisher wrote it.
  public let symbol: String

  /// Creates a status from its symbol.
  public init(_ symbol: String) {
    self.symbol = symbol
  }

  /// What the symbol means.
  public var meaning: Meaning {
    switch symbol {
    case ".": .notApplicable
    case "..": .lacking
    case ":": .suppressed
    case "...": .pending
    case "-": .zero
    case "*": .provisional
    default: .other
    }
  }
}

/// The statuses of a cube's values: one byte a value, and nothing at all where no value has one.
public struct CellStatuses: Sendable, Hashable {
  private var codes: [UInt8] = []
  private var symbols: [String] = []

  /// Creates statuses that say nothing.
  public init() {}

  /// Creates statuses for a number of values, none of which has one yet.
  public init(count: Int) {
    codes = Array(repeating: 0, count: count)
  }

  /// Whether there is no room for any status.
  public var isEmpty: Bool { codes.isEmpty }

  /// For how many values there is room.
  public var count: Int { codes.count }

  /// The status of the value at an index; `nil` where it has none.
  ///
  /// Of the values of one cube at most 255 have different symbols; setting one more is refused by
  /// `set(_:at:)`.
  ///
  /// - Complexity: O(1).
  public subscript(index: Int) -> CellStatus? {
    guard index < codes.count, codes[index] > 0 else { return nil }
    return CellStatus(symbols[Int(codes[index]) - 1])
  }

  /// Gives the value at an index a status.
  ///
  /// - Parameters:
  ///   - symbol: The publisher's symbol.
  ///   - index: The index of the value.
  /// - Returns: Whether there was room for the symbol: `false` for a 256th different one.
  /// - Complexity: O(number of different symbols).
  public mutating func set(_ symbol: String, at index: Int) -> Bool {
    if let known = symbols.firstIndex(of: symbol) {
      codes[index] = UInt8(known + 1)
      return true
    }
    guard symbols.count < 255 else { return false }
    symbols.append(symbol)
    codes[index] = UInt8(symbols.count)
    return true
  }

  /// Whether two say the same of every value, whatever the order in which symbols were met.
  public static func == (left: CellStatuses, right: CellStatuses) -> Bool {
    let count = max(left.count, right.count)
    return (0..<count).allSatisfy { left[$0] == right[$0] }
  }

  /// Hashes the number of values.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(symbols.isEmpty)
  }
}
