/// What a publisher says of a table without its values: what can be asked for.
///
/// It has the shape of the answer of PxWebApi v2 to `/tables/{id}/metadata`.
public struct CubeMetadata: Sendable, Hashable {
  /// The title.
  public var title: String
  /// The publisher's id of the table, such as `11618`; `nil` where the file does not say.
  public var table: String?
  /// Who published it; `nil` where the file does not say.
  public var source: String?
  /// When the publisher last changed it, as written there; `nil` where the file does not say.
  public var updated: String?
  /// The dimensions with all their categories, the slowest first. Their ids differ.
  public var dimensions: [CubeDimension]
  /// Notes on the whole table.
  public var notes: [CubeNote]
  /// Whether values may be added up, as far as the publisher says.
  public var isSummable: Bool

  /// Creates a description of a table.
  ///
  /// - Parameters:
  ///   - title: The title.
  ///   - table: The publisher's id of the table.
  ///   - source: Who published it.
  ///   - updated: When it was last changed, as written by the publisher.
  ///   - dimensions: The dimensions, the slowest first.
  ///   - notes: Notes on the whole table.
  ///   - isSummable: Whether values may be added up.
  public init(
    title: String,
    table: String? = nil,
    source: String? = nil,
    updated: String? = nil,
    dimensions: [CubeDimension],
    notes: [CubeNote] = [],
    isSummable: Bool = true
  ) {
    self.title = title
    self.table = table
    self.source = source
    self.updated = updated
    self.dimensions = dimensions
    self.notes = notes
    self.isSummable = isSummable
  }
}
