/// A named, dated partition of the municipalities into regions, or a set of peers.
public struct Division: Sendable, Hashable {
  /// Whether every municipality belongs to exactly one region.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Each municipality belongs to exactly one region.
    case partition
    /// A municipality may belong to none or to several regions.
    case peerSet = "peer_set"
  }

  /// The id, such as `regions-73`.
  public let id: String
  /// Partition or peer set.
  public let kind: Kind
  /// The name in both languages.
  public let name: LocalizedText
  /// The source of the membership.
  public let source: String
  /// What a reader must know of it.
  public let note: String
  /// The regions, in the order of their codes.
  public let regions: [Region]

  /// Creates a division.
  public init(
    id: String,
    kind: Kind,
    name: LocalizedText,
    source: String,
    note: String,
    regions: [Region]
  ) {
    self.id = id
    self.kind = kind
    self.name = name
    self.source = source
    self.note = note
    self.regions = regions
  }

  /// The positions of all municipalities that belong to some region, ascending, each once.
  public var members: [Int] { Set(regions.flatMap(\.members)).sorted() }
}

/// One region of a division.
public struct Region: Sendable, Hashable {
  /// On what a membership rests.
  public enum MembershipBasis: String, Sendable, Hashable, CaseIterable {
    /// An official classification.
    case official
    /// Documented by the source of the division.
    case documented
    /// Inferred from another document.
    case inferred
    /// Assumed; not documented.
    case assumed
  }

  /// The code, such as `R03`.
  public let code: String
  /// The name, such as `Mosseregionen`.
  public let name: String
  /// The positions of the members among the municipalities, ascending.
  public let members: [Int]
  /// The basis of each membership, in the order of `members`.
  public let bases: [MembershipBasis]

  /// Creates a region.
  public init(code: String, name: String, members: [Int], bases: [MembershipBasis]) {
    precondition(members.count == bases.count, "Each membership has one basis.")
    self.code = code
    self.name = name
    self.members = members
    self.bases = bases
  }
}
