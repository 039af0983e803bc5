/// This project's long table of a cube, whatever file it is written to: a column for each dimension,
/// then `value`, `basis` and `reason`.
///
/// A value without a status is `observed`; a status is the basis, with what follows its first colon as
/// the reason. A combination that is missing without a status has no row.
struct TidyTable {
  /// The columns after those of the dimensions.
  static let figures = ["value", "basis", "reason"]

  private let cube: Cube
  private let strides: [Int]

  init(_ cube: Cube) {
    self.cube = cube
    strides = cube.strides
  }

  /// The headings of the dimensions' columns, which differ: by role where it is known.
  var names: [String] {
    var names: [String] = []
    for dimension in cube.dimensions {
      var name =
        switch dimension.role {
        case .geo: "municipality"
        case .time: "year"
        case .metric: "series"
        case nil: dimension.id
        }
      if names.contains(name) { name = dimension.id }
      // A column "name" beside the codes of regions has their names.
      while names.contains(name) || Self.figures.contains(name) || HeadingText.key(name) == "name" {
        name += "'"
      }
      names.append(name)
    }
    return names
  }

  /// Whether the combination at an index has a row.
  func hasRow(_ index: Int) -> Bool {
    !cube.values[index].isNaN || cube.statuses[index] != nil
  }

  /// The position of the category of a dimension at an index.
  func category(_ dimension: Int, at index: Int) -> Int {
    index / strides[dimension] % cube.dimensions[dimension].categories.count
  }

  /// The basis and the reason at an index.
  func words(at index: Int) -> (basis: String, reason: String) {
    guard let symbol = cube.statuses[index]?.symbol else { return ("observed", "") }
    guard let colon = symbol.firstIndex(of: ":") else { return (symbol, "") }
    let (basis, reason) = (symbol[..<colon], symbol[symbol.index(after: colon)...])
    // A colon at the end is no sign before a reason: `:` is a symbol of its own. Spaces beside a colon
    // would be lost at the ends of cells.
    let isWhole = [basis.last, reason.first].allSatisfy { character in
      character?.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0xA0 } ?? true
    }
    guard !reason.isEmpty, isWhole else { return (symbol, "") }
    return (String(basis), String(reason))
  }
}
