/// From where fetched figures are.
public struct Provenance: Sendable, Hashable {
  /// The address of the table's data.
  public let url: String
  /// What was asked: the variables and how many codes of each.
  public let query: String
  /// The requests as sent, in order: `GET` and the address, or `POST`, the address and the body.
  public let requests: [String]
  /// The publisher's id of the table.
  public let table: String
  /// When the publisher last changed the table, as written there.
  public let updated: String
  /// When the first of the answers was fetched, in UTC (ISO 8601).
  public let retrieved: String
  /// The SHA-256 of the answers' bytes, one answer after the other.
  public let sha256: String
  /// Their size in bytes.
  public let bytes: Int
  /// Whether all answers were kept from before.
  public let isFromCache: Bool
  /// Whether they are of a table of KOSTRA fetched between 15 March and 15 June, when its figures are
  /// not yet revised, which the table itself does not say.
  public let isUnrevised: Bool
}
