/// Writes a cube as JSON-stat 2.0 (https://json-stat.org/full/).
///
/// Equal cubes give equal bytes. Numbers are the shortest that are read back exactly. What PxWebApi adds
/// to the standard is written as it does: the table's id, whether values may be added up, and which notes
/// are mandatory.
public struct JSONStatWriter: Sendable, Hashable {
  /// How the order of categories is written.
  public enum Index: Sendable, Hashable, CaseIterable {
    /// An array of codes.
    case array
    /// An object with the position of each code.
    case object
  }

  /// How values or statuses are written.
  public enum Layout: Sendable, Hashable, CaseIterable {
    /// An array with one for each cell.
    case dense
    /// An object with those that are there, by their index.
    case sparse
  }

  /// How the order of categories is written.
  public var index: Index
  /// How values are written.
  public var values: Layout
  /// How statuses are written.
  public var statuses: Layout

  /// Creates a writer; by default it writes as PxWebApi does.
  public init(index: Index = .object, values: Layout = .dense, statuses: Layout = .sparse) {
    self.index = index
    self.values = values
    self.statuses = statuses
  }

  /// Writes a cube in UTF-8 and on one line.
  ///
  /// A missing value is null, also an infinite one. Units are written as PxWebApi's `base`.
  ///
  /// - Parameter cube: The cube; the ids of its dimensions differ, and the codes of each.
  /// - Returns: The file's content.
  /// - Complexity: O(*n*) in the number of cells.
  public func bytes(of cube: Cube) -> [UInt8] {
    var out = JSONOutput()
    out.reserve(cube.values.count * 6)
    out.object {
      $0.member("version", "2.0")
      $0.member("class", "dataset")
      $0.member("label", cube.title)
      if let source = cube.source { $0.member("source", source) }
      if let updated = cube.updated { $0.member("updated", updated) }
      writeNotes(cube.notes, to: &$0)
      writeRoles(cube.dimensions, to: &$0)
      $0.key("id")
      $0.array(cube.dimensions) { $0.string($1.id) }
      $0.key("size")
      $0.array(cube.dimensions) { $0.raw("\($1.categories.count)") }
      $0.key("dimension")
      $0.object { out in
        for dimension in cube.dimensions {
          out.key(dimension.id)
          write(dimension, to: &out)
        }
      }
      writeExtension(of: cube, to: &$0)
      writeValues(of: cube, to: &$0)
      writeStatuses(of: cube, to: &$0)
    }
    out.raw("\n")
    return out.bytes
  }

  private func writeNotes(_ notes: [CubeNote], to out: inout JSONOutput) {
    guard !notes.isEmpty else { return }
    out.key("note")
    out.array(notes) { $0.string($1.text) }
  }

  private func writeMandatory(_ notes: [CubeNote], to out: inout JSONOutput) {
    out.object { out in
      for (index, note) in notes.enumerated() where note.isMandatory {
        out.key("\(index)")
        out.raw("true")
      }
    }
  }

  private func writeRoles(_ dimensions: [CubeDimension], to out: inout JSONOutput) {
    guard dimensions.contains(where: { $0.role != nil }) else { return }
    out.key("role")
    out.object { out in
      for role in CubeDimension.Role.allCases {
        let members = dimensions.filter { $0.role == role }
        guard !members.isEmpty else { continue }
        out.key(role.rawValue)
        out.array(members) { $0.string($1.id) }
      }
    }
  }

  private func write(_ dimension: CubeDimension, to out: inout JSONOutput) {
    let categories = dimension.categories
    out.object { out in
      out.member("label", dimension.label)
      writeNotes(dimension.notes, to: &out)
      out.key("category")
      out.object { out in
        out.key("index")
        switch index {
        case .array: out.array(categories) { $0.string($1.code) }
        case .object:
          out.object { out in
            for (position, category) in categories.enumerated() {
              out.key(category.code)
              out.raw("\(position)")
            }
          }
        }
        out.key("label")
        out.object { out in for category in categories { out.member(category.code, category.label) }
        }
        writeUnits(categories, to: &out)
        writeCategoryNotes(categories, to: &out)
      }
      writeExtension(of: dimension, to: &out)
    }
  }

  private func writeUnits(_ categories: [CubeCategory], to out: inout JSONOutput) {
    let known = categories.filter { $0.unit != nil || $0.decimals != nil }
    guard !known.isEmpty else { return }
    out.key("unit")
    out.object { out in
      for category in known {
        out.key(category.code)
        out.object { out in
          if let unit = category.unit { out.member("base", unit) }
          if let decimals = category.decimals {
            out.key("decimals")
            out.raw("\(decimals)")
          }
        }
      }
    }
  }

  private func writeCategoryNotes(_ categories: [CubeCategory], to out: inout JSONOutput) {
    let noted = categories.filter { !$0.notes.isEmpty }
    guard !noted.isEmpty else { return }
    out.key("note")
    out.object { out in
      for category in noted {
        out.key(category.code)
        out.array(category.notes) { $0.string($1.text) }
      }
    }
  }

  private func writeExtension(of dimension: CubeDimension, to out: inout JSONOutput) {
    out.key("extension")
    out.object { out in
      out.key("elimination")
      out.raw("\(dimension.isEliminable)")
      if dimension.notes.contains(where: \.isMandatory) {
        out.key("noteMandatory")
        writeMandatory(dimension.notes, to: &out)
      }
      let marked = dimension.categories.filter { $0.notes.contains(where: \.isMandatory) }
      guard !marked.isEmpty else { return }
      out.key("categoryNoteMandatory")
      out.object { out in
        for category in marked {
          out.key(category.code)
          writeMandatory(category.notes, to: &out)
        }
      }
    }
  }

  private func writeExtension(of cube: Cube, to out: inout JSONOutput) {
    out.key("extension")
    out.object { out in
      if cube.notes.contains(where: \.isMandatory) {
        out.key("noteMandatory")
        writeMandatory(cube.notes, to: &out)
      }
      out.key("px")
      out.object { out in
        if let table = cube.table { out.member("tableid", table) }
        out.key("aggregallowed")
        out.raw("\(cube.isSummable)")
      }
    }
  }

  private func writeValues(of cube: Cube, to out: inout JSONOutput) {
    out.key("value")
    switch values {
    case .dense:
      out.array(cube.values) { $1.isFinite ? $0.number($1) : $0.raw("null") }
    case .sparse:
      out.object { out in
        for (index, value) in cube.values.enumerated() where value.isFinite {
          out.key("\(index)")
          out.number(value)
        }
      }
    }
  }

  private func writeStatuses(of cube: Cube, to out: inout JSONOutput) {
    guard cube.values.indices.contains(where: { cube.statuses[$0] != nil }) else { return }
    out.key("status")
    switch statuses {
    case .dense:
      out.array(Array(cube.values.indices)) { out, index in
        if let status = cube.statuses[index] { out.string(status.symbol) } else { out.raw("null") }
      }
    case .sparse:
      out.object { out in
        for index in cube.values.indices {
          guard let status = cube.statuses[index] else { continue }
          out.member("\(index)", status.symbol)
        }
      }
    }
  }
}
