/// One dimension of a cube: what its values are broken down by.
public struct CubeDimension: Sendable, Hashable {
  /// What a dimension stands for.
  public enum Role: String, Sendable, Hashable, CaseIterable {
    /// Points or periods of time.
    case time
    /// Places.
    case geo
    /// What is counted or measured.
    case metric
  }

  /// The id, such as `Region`.
  public var id: String
  /// The name shown, such as `region`.
  public var label: String
  /// What it stands for, as far as the file says or it is clear from its codes.
  public var role: Role?
  /// The categories, in order. Their codes differ.
  public var categories: [CubeCategory]
  /// Notes on the dimension as a whole.
  public var notes: [CubeNote]
  /// Whether a query may leave it out, and then gets the sum; only metadata say so.
  public var isEliminable: Bool

  /// Creates a dimension.
  public init(
    id: String,
    label: String? = nil,
    role: Role? = nil,
    categories: [CubeCategory],
    notes: [CubeNote] = [],
    isEliminable: Bool = false
  ) {
    self.id = id
    self.label = label ?? id
    self.role = role
    self.categories = categories
    self.notes = notes
    self.isEliminable = isEliminable
  }
}

/// One category of a dimension, such as a municipality or a year.
public struct CubeCategory: Sendable, Hashable {
  /// The code, such as `3103`, `K-3103` or `2024`; the label where the file has no codes.
  public var code: String
  /// The label, such as `Moss`; the code where the file has no labels.
  public var label: String
  /// The unit of a metric's values, such as `personer` or `1000 kr`.
  public var unit: String?
  /// How many decimals a metric's values have.
  public var decimals: Int?
  /// Notes on the category.
  public var notes: [CubeNote]

  /// Creates a category.
  public init(
    _ code: String,
    label: String? = nil,
    unit: String? = nil,
    decimals: Int? = nil,
    notes: [CubeNote] = []
  ) {
    self.code = code
    self.label = label ?? code
    self.unit = unit
    self.decimals = decimals
    self.notes = notes
  }
}
