/// One step in the numbering of municipalities: a municipality, or a part of it, goes from one number
/// to another.
///
/// A number that stays and takes others in has a step of its own, from itself to itself. The steps are
/// those of Statistics Norway's Klass 131.
public struct CodeChange: Sendable, Hashable {
  /// What happens to the old municipality.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// It goes on alone under another number.
    case renumbered
    /// It goes wholly into one that others go into as well.
    case merged
    /// A part of it goes here.
    case split
  }

  /// The number until the day before.
  public let oldCode: String
  /// The name until then.
  public let oldName: String
  /// The number from then.
  public let newCode: String
  /// The name from then.
  public let newName: String
  /// The year on whose 1 January the new number begins.
  public let year: Int
  /// What happens to the old municipality.
  public let kind: Kind

  /// Creates a step.
  public init(
    oldCode: String,
    oldName: String = "",
    newCode: String,
    newName: String = "",
    year: Int,
    kind: Kind
  ) {
    self.oldCode = oldCode
    self.oldName = oldName
    self.newCode = newCode
    self.newName = newName
    self.year = year
    self.kind = kind
  }
}

/// Which share of a split municipality's counts goes to one of its successors.
public struct SplitWeight: Sendable, Hashable {
  /// On what a weight rests.
  public enum Basis: String, Sendable, Hashable, CaseIterable {
    /// The old municipality lies wholly in one of the new ones again; the weight is exact.
    case restored
    /// The inhabitants at the split; what is shared out by it is an estimate.
    case population
    /// Statistics Norway adds up its own series so; what is shared out by it is an estimate.
    case convention
  }

  /// The number that was split, or one that had been merged into it.
  public let oldCode: String
  /// The number of the successor, in the year of the split.
  public let newCode: String
  /// The year on whose 1 January the split took place.
  public let year: Int
  /// The share, from 0 to 1.
  public let weight: Double
  /// On what it rests.
  public let basis: Basis
  /// Where it is from.
  public let source: String

  /// Creates a weight.
  public init(
    oldCode: String,
    newCode: String,
    year: Int,
    weight: Double,
    basis: Basis,
    source: String = ""
  ) {
    self.oldCode = oldCode
    self.newCode = newCode
    self.year = year
    self.weight = weight
    self.basis = basis
    self.source = source
  }
}

/// Why steps or weights do not make a history: which one, and what is wrong with it.
public struct MunicipalityHistoryError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The table in which the trouble is.
  public enum Table: Sendable, Hashable {
    /// The steps.
    case changes
    /// The weights of splits.
    case weights
  }

  /// The table.
  public let table: Table
  /// The position of the step or weight among those given.
  public let index: Int
  /// What was found and what is allowed, as a sentence.
  public let message: String

  /// The sentence shown to the user.
  public var description: String { message }
}
