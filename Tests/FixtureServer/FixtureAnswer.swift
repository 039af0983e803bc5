internal import Cubes
internal import Foundation

/// The answer of PxWebApi to a query of one table.
struct FixtureAnswer {
  private let table: FixtureTable

  init(_ table: FixtureTable) { self.table = table }

  /// The metadata: the table without values, with what may be left out.
  static func metadata(_ table: FixtureTable, _ fault: FixtureFault?) -> String {
    var cube = table.cube
    if fault == .otherUpdate { cube.updated = "2027-01-01T07:00:00Z" }
    let empty = Cube(
      title: cube.title,
      table: cube.table,
      source: cube.source,
      updated: cube.updated,
      dimensions: cube.dimensions,
      values: cube.values.map { _ in .nan },
      notes: cube.notes,
      isSummable: cube.isSummable
    )
    return String(decoding: JSONStatWriter(values: .sparse).bytes(of: empty), as: UTF8.self)
  }

  private struct Selection {
    var codes: [String]
    var codelist: String?
  }

  /// The figures that are asked for.
  func data(
    _ request: FixtureServer.Request,
    query: String,
    _ fault: FixtureFault?
  ) -> (status: Int, body: String) {
    var selections =
      request.method == "POST" ? posted(request.body) : inAddress(query)
    let ids = Dictionary(
      table.cube.dimensions.map { ($0.id.lowercased(), $0) },
      uniquingKeysWith: { first, _ in first }
    )
    for (id, selection) in selections {
      guard ids[id] != nil else { return refusal("Variable \(id) not found") }
      guard Set(selection.codes).count == selection.codes.count else { return (500, "") }
      selections[id] = selection
    }
    var dimensions: [CubeDimension] = []
    var positions: [[[Int]]] = []
    var cells = 1
    for dimension in table.cube.dimensions {
      guard let selection = selections[dimension.id.lowercased()] else {
        guard dimension.isEliminable else {
          return refusal("Missing selection for \(dimension.id)")
        }
        positions.append([Array(dimension.categories.indices)])
        continue
      }
      guard let (categories, found) = resolve(selection, dimension) else {
        return refusal("Non-existent value for \(dimension.id)")
      }
      cells *= categories.count
      var own = dimension
      own.categories = categories
      if fault == .otherCodes, dimension.role == .geo { own.categories[0].code = "other" }
      dimensions.append(own)
      positions.append(found)
    }
    guard cells <= 800_000 else {
      return (403, "{\"title\":\"Too many cells selected\",\"status\":403}")
    }
    return (200, cube(dimensions, positions, fault))
  }

  private func refusal(_ title: String) -> (Int, String) {
    (400, "{\"title\":\"\(title)\",\"status\":400}")
  }

  /// The categories of a selection, and for each the positions in the table that it stands for.
  private func resolve(
    _ selection: Selection,
    _ dimension: CubeDimension
  ) -> (categories: [CubeCategory], positions: [[Int]])? {
    let list = selection.codelist.flatMap { table.codelists[$0] } ?? dimension.categories
    var categories: [CubeCategory] = []
    for expression in selection.codes {
      if expression == "*" {
        categories += list
      } else if let found = list.first(where: { $0.code.lowercased() == expression.lowercased() }) {
        categories.append(found)
      } else if expression.hasPrefix("from("),
        let start = expression.dropLast().split(separator: "(").last
      {
        categories += list.filter { $0.code >= start }
      } else {
        return nil
      }
    }
    let positions = categories.map { category in
      dimension.categories.indices.filter { index in
        let code = dimension.categories[index].code
        return code == category.code || category.code.hasSuffix("-\(code)")
      }
    }
    return (categories, positions)
  }

  private func cube(
    _ dimensions: [CubeDimension],
    _ positions: [[[Int]]],
    _ fault: FixtureFault?
  ) -> String {
    let strides = table.cube.strides
    var cells: [[Int]] = [[0]]
    for (index, categories) in positions.enumerated() {
      cells = cells.flatMap { starts in
        categories.map { own in
          starts.flatMap { start in own.map { start + $0 * strides[index] } }
        }
      }
    }
    var statuses = CellStatuses(count: cells.count)
    let values = cells.enumerated().map { index, parts in
      for part in parts {
        if let status = table.cube.statuses[part] { _ = statuses.set(status.symbol, at: index) }
      }
      return parts.reduce(0) { $0 + table.cube.values[$1] } + (fault == .revised ? 1 : 0)
    }
    let answer = Cube(
      title: table.cube.title,
      table: table.cube.table,
      source: table.cube.source,
      updated: fault == .otherUpdate ? "2027-01-01T07:00:00Z" : table.cube.updated,
      dimensions: dimensions,
      values: values,
      statuses: statuses,
      notes: table.cube.notes
    )
    return String(decoding: JSONStatWriter().bytes(of: answer), as: UTF8.self)
  }

  // MARK: - Queries

  private func inAddress(_ query: String) -> [String: Selection] {
    var selections: [String: Selection] = [:]
    for part in query.split(separator: "&") {
      let sides = part.split(separator: "=", maxSplits: 1).compactMap {
        String($0).removingPercentEncoding
      }
      guard sides.count == 2, sides[0].hasSuffix("]"), let open = sides[0].firstIndex(of: "[")
      else {
        continue
      }
      let id = sides[0][sides[0].index(after: open)...].dropLast().lowercased()
      if sides[0].hasPrefix("valueCodes") {
        selections[id, default: Selection(codes: [])].codes = sides[1].split(separator: ",").map(
          String.init
        )
      } else if sides[0].lowercased().hasPrefix("codelist") {
        selections[id, default: Selection(codes: [])].codelist = sides[1]
      }
    }
    return selections
  }

  private func posted(_ body: String) -> [String: Selection] {
    struct Body: Decodable {
      struct Selection: Decodable {
        let variableCode: String
        let codelist: String?
        let valueCodes: [String]
      }
      let selection: [Selection]
    }
    guard let body = try? JSONDecoder().decode(Body.self, from: Data(body.utf8)) else { return [:] }
    return Dictionary(
      body.selection.map {
        ($0.variableCode.lowercased(), Selection(codes: $0.valueCodes, codelist: $0.codelist))
      },
      uniquingKeysWith: { first, _ in first }
    )
  }
}
