internal import Cubes

/// A table put together from the answers to the parts of a query.
struct MergedTable {
  private let metadata: CubeMetadata
  private var dimensions: [CubeDimension] = []
  private var values: [Double]
  private var statuses: CellStatuses
  private var positions: [[String: Int]]
  private var strides: [Int] = []
  private var notes: [CubeNote] = []
  private let query: TableQuery

  init(_ query: TableQuery, _ metadata: CubeMetadata) {
    self.query = query
    self.metadata = metadata
    values = Array(repeating: .nan, count: query.cells)
    statuses = CellStatuses(count: query.cells)
    dimensions = query.variables.map { variable in
      let known = metadata.dimensions.first { $0.id == variable.id }
      let labels = Dictionary(
        (known?.categories ?? []).map { ($0.code, $0) },
        uniquingKeysWith: { first, _ in first }
      )
      return CubeDimension(
        id: variable.id,
        label: known?.label,
        role: known?.role,
        categories: variable.codes.map { labels[$0] ?? CubeCategory($0) },
        notes: known?.notes ?? []
      )
    }
    positions = query.variables.map { variable in
      Dictionary(
        variable.codes.enumerated().map { ($1.lowercased(), $0) },
        uniquingKeysWith: { first, _ in first }
      )
    }
    strides = Cube(title: "", dimensions: dimensions, values: values).strides
    notes = metadata.notes
  }

  /// What is wrong with the answer to a part; `nil` when it is what was asked for.
  ///
  /// Variables and codes may stand in another order, and in other letters, large or small.
  static func problem(_ cube: Cube, of part: TableQuery) -> String? {
    for dimension in cube.dimensions {
      let name = dimension.id.lowercased()
      guard let variable = part.variables.first(where: { $0.id.lowercased() == name }) else {
        return "The answer has the variable \(dimension.id), which was not asked for."
      }
      let wanted = Set(variable.codes.map { $0.lowercased() })
      let given = dimension.categories.map { $0.code.lowercased() }
      guard Set(given) == wanted, given.count == wanted.count else {
        let all = Set(given)
        let lost =
          variable.codes.first { !all.contains($0.lowercased()) }
          ?? dimension.categories.first { !wanted.contains($0.code.lowercased()) }?.code
        return "The answer does not have the codes of \(dimension.id) that were asked for, such as "
          + "\(lost ?? "")."
      }
    }
    let names = Set(cube.dimensions.map { $0.id.lowercased() })
    guard names.count == part.variables.count, cube.dimensions.count == names.count else {
      return "The answer has \(cube.dimensions.count) variables, and \(part.variables.count) were "
        + "asked for."
    }
    return nil
  }

  /// Adds the answer to a part, with which nothing is wrong.
  ///
  /// - Returns: Whether there was room for its symbols.
  mutating func add(_ cube: Cube) -> Bool {
    var offsets: [[Int]] = []
    for dimension in cube.dimensions {
      let name = dimension.id.lowercased()
      guard let index = query.variables.firstIndex(where: { $0.id.lowercased() == name }) else {
        preconditionFailure("The answer was checked.")
      }
      let given = dimension.categories.map { $0.code.lowercased() }
      offsets.append(given.map { (positions[index][$0] ?? 0) * strides[index] })
      for category in dimension.categories {
        guard let position = positions[index][category.code.lowercased()] else { continue }
        dimensions[index].categories[position].label = category.label
        if let unit = category.unit { dimensions[index].categories[position].unit = unit }
        if let decimals = category.decimals {
          dimensions[index].categories[position].decimals = decimals
        }
      }
      if dimensions[index].role == nil { dimensions[index].role = dimension.role }
    }
    for note in cube.notes where !notes.contains(note) { notes.append(note) }
    let counts = cube.dimensions.map { $0.categories.count }
    let own = cube.strides
    for (index, value) in cube.values.enumerated() {
      var target = 0
      for (dimension, stride) in own.enumerated() {
        target += offsets[dimension][index / stride % counts[dimension]]
      }
      values[target] = value
      if let status = cube.statuses[index], !statuses.set(status.symbol, at: target) {
        return false
      }
    }
    return true
  }

  /// The whole table.
  func cube(table: String, updated: String?) -> Cube {
    Cube(
      title: metadata.title,
      table: table,
      source: metadata.source,
      updated: updated,
      dimensions: dimensions,
      values: values,
      statuses: statuses,
      notes: notes,
      isSummable: metadata.isSummable
    )
  }
}
