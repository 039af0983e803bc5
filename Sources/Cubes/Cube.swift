/// A statistical table as its publisher gives it: values over dimensions such as region, year and
/// content, with what the publisher says of each.
///
/// The model is that of JSON-stat 2.0 (Badosa 2013–2019, https://json-stat.org/full/), into which every
/// readable format is turned. A cube holds codes as the publisher wrote them; what they mean for a
/// dataset is decided when it is imported.
public struct Cube: Sendable, Hashable {
  /// The title.
  public var title: String
  /// The publisher's id of the table, such as `11618`; `nil` where the file does not say.
  public var table: String?
  /// Who published it, such as `Statistisk sentralbyrå`; `nil` where the file does not say.
  public var source: String?
  /// When the publisher last changed it, as written there; `nil` where the file does not say.
  public var updated: String?
  /// The dimensions, the slowest first. Their ids differ.
  public var dimensions: [CubeDimension]
  /// The values in row-major order, one per combination of categories: the last dimension varies
  /// fastest. NaN where there is none.
  public var values: [Double]
  /// What the publisher says of single values, such as that one is withheld.
  public var statuses: CellStatuses
  /// Notes on the whole table.
  public var notes: [CubeNote]
  /// Whether values may be added up, as far as the publisher says; indices and shares may not.
  public var isSummable: Bool

  /// Creates a cube.
  ///
  /// - Parameters:
  ///   - title: The title.
  ///   - table: The publisher's id of the table.
  ///   - source: Who published it.
  ///   - updated: When it was last changed, as written by the publisher.
  ///   - dimensions: The dimensions, the slowest first.
  ///   - values: One value per combination of categories, in row-major order.
  ///   - statuses: What is said of single values.
  ///   - notes: Notes on the whole table.
  ///   - isSummable: Whether values may be added up.
  public init(
    title: String,
    table: String? = nil,
    source: String? = nil,
    updated: String? = nil,
    dimensions: [CubeDimension],
    values: [Double],
    statuses: CellStatuses = CellStatuses(),
    notes: [CubeNote] = [],
    isSummable: Bool = true
  ) {
    precondition(
      values.count == dimensions.reduce(1) { $0 * $1.categories.count },
      "A cube has one value per combination of categories."
    )
    precondition(
      statuses.isEmpty || statuses.count == values.count,
      "A cube has no status, or one per value."
    )
    self.title = title
    self.table = table
    self.source = source
    self.updated = updated
    self.dimensions = dimensions
    self.values = values
    self.statuses = statuses
    self.notes = notes
    self.isSummable = isSummable
  }

  /// How far apart in `values` two neighbouring categories of each dimension are.
  public var strides: [Int] {
    var strides = [Int](repeating: 1, count: dimensions.count)
    for index in dimensions.indices.dropLast().reversed() {
      strides[index] = strides[index + 1] * dimensions[index + 1].categories.count
    }
    return strides
  }

  /// The position of the dimension with a role, the first if there are several.
  public func dimension(with role: CubeDimension.Role) -> Int? {
    dimensions.firstIndex { $0.role == role }
  }

  /// Whether two cubes say the same; a missing value equals a missing value.
  public static func == (left: Cube, right: Cube) -> Bool {
    left.title == right.title && left.table == right.table && left.source == right.source
      && left.updated == right.updated && left.dimensions == right.dimensions
      && left.statuses == right.statuses && left.notes == right.notes
      && left.isSummable == right.isSummable && left.values.count == right.values.count
      && zip(left.values, right.values).allSatisfy { one, other in
        one.bitPattern == other.bitPattern || (one.isNaN && other.isNaN)
      }
  }

  /// Hashes the title and dimensions.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(title)
    hasher.combine(dimensions)
  }
}

/// A note of the publisher.
public struct CubeNote: Sendable, Hashable {
  /// The text.
  public var text: String
  /// Whether the publisher wants it shown wherever the figures are.
  public var isMandatory: Bool

  /// Creates a note.
  public init(_ text: String, isMandatory: Bool = false) {
    self.text = text
    self.isMandatory = isMandatory
  }
}
