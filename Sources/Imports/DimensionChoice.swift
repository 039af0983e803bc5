internal import Cubes
internal import Datasets
internal import Regions

/// Which categories of a dimension are added up for a series.
struct DimensionChoice {
  /// The indices of the categories.
  let indices: [Int]
  /// Why these, for the user.
  let reason: String

  /// What the total of a dimension is labelled as, in lower case.
  private static let totals = [
    "begge kjønn", "både kvinner og menn", "i alt", "alle", "alle aldre", "alle aldersgrupper",
    "totalt", "total", "sum", "both sexes", "all ages", "all", "alle grupper", "hele befolkningen",
  ]

  /// Resolves what a user or the catalogue chose of a dimension.
  ///
  /// - Parameters:
  ///   - choice: What was chosen.
  ///   - dimension: The dimension.
  ///   - chooser: Who chose, for the user.
  ///   - origin: The file or address, for errors.
  /// - Throws: `ImportError` for a code that the dimension does not have.
  init(
    _ choice: UpdateSource.Choice,
    of dimension: CubeDimension,
    by chooser: String,
    origin: String
  ) throws(ImportError) {
    func position(_ code: String) throws(ImportError) -> Int {
      let wanted = code.lowercased()
      if let found = dimension.categories.firstIndex(where: { $0.code.lowercased() == wanted })
        ?? dimension.categories.firstIndex(where: { $0.label.lowercased() == wanted })
      {
        return found
      }
      let known = dimension.categories.map(\.code)
      let hint = nearestMatch(to: code, among: known).map { " Is it \($0)?" } ?? ""
      throw ImportError(
        .unclear,
        origin: origin,
        "\(dimension.label) has no \"\(code)\".\(hint) It has: \(dimension.sample)."
      )
    }
    var indices: [Int] = []
    for term in choice.terms {
      switch term {
      case .code("*"): indices += dimension.categories.indices
      case .code(let code): indices.append(try position(code))
      case .range(let first, let last):
        let (from, to) = (try position(first), try position(last))
        guard from <= to else {
          throw ImportError(.unclear, origin: origin, "\(last) is before \(first).")
        }
        indices += from...to
      }
    }
    var seen: Set<Int> = []
    self.indices = indices.filter { seen.insert($0).inserted }
    reason = chooser
  }

  /// Finds what must be meant of a dimension of which nobody said anything.
  ///
  /// - Returns: `nil` when it is not clear.
  init?(unsaid dimension: CubeDimension) {
    if dimension.categories.count == 1 {
      indices = [0]
      reason = "the only one"
      return
    }
    let total = dimension.categories.indices.filter { index in
      let category = dimension.categories[index]
      return Self.totals.contains(category.label.trimmingSpaces.lowercased())
        || Self.totals.contains(category.code.trimmingSpaces.lowercased())
    }
    guard total.count == 1 else { return nil }
    indices = total
    reason = "the total"
  }
}

extension CubeDimension {
  /// Its first categories, for a message.
  var sample: String {
    let shown = categories.prefix(12).map { category in
      category.label == category.code ? category.code : "\(category.code) (\(category.label))"
    }
    return shown.joined(separator: ", ") + (categories.count > 12 ? ", …" : "")
  }
}
