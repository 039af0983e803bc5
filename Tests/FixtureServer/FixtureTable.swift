public import Cubes

/// A table of the server.
public struct FixtureTable: Sendable {
  /// Its id, such as `07459`.
  public var id: String { cube.table ?? "" }
  /// Its figures: title, `updated`, dimensions with their roles and whether they may be left out.
  public var cube: Cube
  /// For variables that may be left out, the code that then stands for all; without one, the figures are
  /// added up.
  public var totals: [String: String]

  /// Creates a table; `cube.table` is its id.
  public init(cube: Cube, totals: [String: String] = [:]) {
    self.cube = cube
    self.totals = totals
  }
}

/// A code list of the server.
public struct FixtureCodelist: Sendable {
  /// One code.
  public struct Value: Sendable, Hashable {
    /// The code, such as `K-3103`.
    public var code: String
    /// Its label.
    public var label: String
    /// The codes of the variable that are added up for it.
    public var members: [String]

    /// Creates a code.
    public init(_ code: String, label: String? = nil, members: [String]) {
      self.code = code
      self.label = label ?? code
      self.members = members
    }
  }

  /// Its id, such as `agg_KommSummer`.
  public var id: String
  /// Its codes, in order.
  public var values: [Value]

  /// Creates a code list.
  public init(_ id: String, values: [Value]) {
    self.id = id
    self.values = values
  }
}

/// A change of Klass, with the names of its fields.
public struct FixtureChange: Sendable, Hashable, Encodable {
  /// The number until then.
  public var oldCode: String?
  /// The name until then.
  public var oldName: String?
  /// The number from then.
  public var newCode: String?
  /// The name from then.
  public var newName: String?
  /// The date, such as `2024-01-01`.
  public var changeOccurred: String

  /// Creates a change.
  public init(
    oldCode: String?,
    oldName: String? = nil,
    newCode: String?,
    newName: String? = nil,
    changeOccurred: String
  ) {
    self.oldCode = oldCode
    self.oldName = oldName
    self.newCode = newCode
    self.newName = newName
    self.changeOccurred = changeOccurred
  }
}

/// What is asked of one variable.
struct FixtureChoice: Sendable {
  var variable: String
  var codelist: String?
  var expressions: [String]
}

/// Why a query is refused.
struct FixtureRefusal: Error {
  let status: Int
  let title: String?
}

extension FixtureTable {
  /// One variable of the answer: each code with the positions that are added up for it.
  private struct Axis {
    var dimension: CubeDimension?
    var groups: [[Int]]
  }

  /// The figures that a query asks for.
  func selection(
    _ choices: [FixtureChoice],
    codelists: [String: FixtureCodelist],
    maximumCells: Int
  ) throws(FixtureRefusal) -> Cube {
    for choice in choices
    where !cube.dimensions.contains(where: { isSame($0.id, choice.variable) }) {
      throw FixtureRefusal(status: 400, title: "Non-existent variable \(choice.variable)")
    }
    var axes: [Axis] = []
    for dimension in cube.dimensions {
      axes.append(try axis(dimension, choices, codelists))
    }
    let cells = axes.reduce(1) { $0 * $1.groups.count }
    guard cells <= maximumCells else {
      throw FixtureRefusal(status: 403, title: "Too many cells selected")
    }
    return answer(axes, cells)
  }

  private func axis(
    _ dimension: CubeDimension,
    _ choices: [FixtureChoice],
    _ codelists: [String: FixtureCodelist]
  ) throws(FixtureRefusal) -> Axis {
    let codes = dimension.categories.map(\.code)
    guard let choice = choices.first(where: { isSame($0.variable, dimension.id) }) else {
      if choices.isEmpty { return Axis(dimension: dimension.keeping([0]), groups: [[0]]) }
      guard dimension.isEliminable else {
        throw FixtureRefusal(status: 400, title: "Missing selection for mandatory variable")
      }
      let total = totals[dimension.id].flatMap { codes.firstIndex(of: $0) }
      return Axis(dimension: nil, groups: [total.map { [$0] } ?? Array(codes.indices)])
    }
    var available = dimension.categories
    var members = codes.indices.map { [$0] }
    if let id = choice.codelist {
      guard let list = codelists[id] else {
        throw FixtureRefusal(status: 400, title: "Non-existent codelist \(id)")
      }
      available = list.values.map { CubeCategory($0.code, label: $0.label) }
      members = list.values.map { value in value.members.compactMap { codes.firstIndex(of: $0) } }
    }
    var chosen: [Int] = []
    for expression in choice.expressions {
      let found = FixtureExpression(expression).positions(in: available.map(\.code))
      guard !found.isEmpty else {
        throw FixtureRefusal(status: 400, title: "Non-existent value \(expression)")
      }
      // As at Statistics Norway: a code that stands twice is an error without a reason.
      guard found.allSatisfy({ !chosen.contains($0) }) else {
        throw FixtureRefusal(status: 500, title: nil)
      }
      chosen += found
    }
    chosen.sort()
    var result = dimension
    result.isEliminable = false
    result.categories = chosen.map { available[$0] }
    return Axis(dimension: result, groups: chosen.map { members[$0] })
  }

  private func answer(_ axes: [Axis], _ cells: Int) -> Cube {
    let strides = cube.strides
    var values: [Double] = []
    var statuses = CellStatuses(count: cells)
    for cell in 0..<cells {
      var positions = [0]
      var rest = cell
      for (axis, stride) in zip(axes, strides).reversed() {
        let group = axis.groups[rest % axis.groups.count]
        rest /= axis.groups.count
        positions = positions.flatMap { position in group.map { position + $0 * stride } }
      }
      let known = positions.map { cube.values[$0] }.filter { !$0.isNaN }
      values.append(known.isEmpty ? .nan : known.reduce(0, +))
      if positions.count == 1, let status = cube.statuses[positions[0]] {
        _ = statuses.set(status.symbol, at: cell)
      }
    }
    return Cube(
      title: cube.title,
      table: cube.table,
      source: cube.source,
      updated: cube.updated,
      dimensions: axes.compactMap(\.dimension),
      values: values,
      statuses: statuses,
      notes: cube.notes,
      isSummable: cube.isSummable
    )
  }
}

extension CubeDimension {
  fileprivate func keeping(_ positions: [Int]) -> CubeDimension {
    var result = self
    result.categories = positions.map { categories[$0] }
    return result
  }
}

/// Whether two ids or codes are the same to PxWebApi.
func isSame(_ one: String, _ other: String) -> Bool { one.lowercased() == other.lowercased() }

/// A value expression of PxWebApi.
struct FixtureExpression {
  private let text: String

  init(_ text: String) {
    self.text =
      text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : text
  }

  /// The positions of the codes that it means, in their order.
  func positions(in codes: [String]) -> [Int] {
    if let exact = codes.firstIndex(where: { isSame($0, text) }) { return [exact] }
    if let open = text.firstIndex(of: "("), text.hasSuffix(")") {
      let name = text[..<open].lowercased()
      let arguments = text[text.index(after: open)...].dropLast().split(separator: ",").map {
        String($0.drop { $0 == " " })
      }
      return call(name, arguments, codes)
    }
    guard text.contains("*") || text.contains("?") else { return [] }
    let pattern = Array(text.lowercased())
    return codes.indices.filter { Self.matches(pattern[...], Array(codes[$0].lowercased())[...]) }
  }

  private func call(_ name: String, _ arguments: [String], _ codes: [String]) -> [Int] {
    func place(_ index: Int) -> Int? {
      guard arguments.indices.contains(index) else { return nil }
      return codes.firstIndex { isSame($0, arguments[index]) }
    }
    let count = arguments.first.flatMap { Int($0) } ?? 0
    let offset = arguments.count > 1 ? Int(arguments[1]) ?? 0 : 0
    switch name {
    case "from": return place(0).map { Array($0..<codes.count) } ?? []
    case "to": return place(0).map { Array(0...$0) } ?? []
    case "range":
      guard let first = place(0), let last = place(1), first <= last else { return [] }
      return Array(first...last)
    case "top": return Array(codes.indices.dropLast(offset).suffix(count))
    case "bottom": return Array(codes.indices.dropFirst(offset).prefix(count))
    default: return []
    }
  }

  private static func matches(
    _ pattern: ArraySlice<Character>,
    _ text: ArraySlice<Character>
  ) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    if first == "*" {
      return (0...text.count).contains { matches(pattern.dropFirst(), text.dropFirst($0)) }
    }
    guard let letter = text.first, first == "?" || first == letter else { return false }
    return matches(pattern.dropFirst(), text.dropFirst())
  }
}
