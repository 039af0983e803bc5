internal import Cubes

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// What the server answers when nothing is scripted.
struct FixtureResponder {
  let state: FixtureServer.State

  /// The answer to a request.
  func answer(to request: FixtureRequest) -> HTTPAnswer {
    guard request.target.utf8.count <= 2_100 else { return HTTPAnswer(status: 404) }
    var answer = route(request)
    guard answer.status == 200 else { return answer }
    let tag = Self.tag(answer.body)
    answer.headers["ETag"] = tag
    if request.headers["if-none-match"] == tag {
      answer.status = 304
      answer.body = []
    }
    return answer
  }

  private func route(_ request: FixtureRequest) -> HTTPAnswer {
    // A whole address is what a proxy is sent.
    var path = request.path
    if path.hasPrefix("http://") {
      path = String(path.dropFirst(7).drop { $0 != "/" })
    }
    let parts = path.split(separator: "/").map(String.init)
    if path.hasPrefix("/klass/v1/classifications/131/changes") { return changes(request) }
    guard parts.count >= 3, parts[0] == "pxwebapi", parts[1] == "v2" else {
      return Self.problem(404, "Not found")
    }
    switch (parts[2], parts.count) {
    case ("config", 3):
      guard state.hasConfig else { return Self.problem(404, "Not found") }
      return Self.json(Config(maxDataCells: state.toldCells))
    case ("codelists", 4): return codelist(parts[3])
    case ("tables", 5):
      guard let table = state.tables[parts[3]] else {
        return Self.problem(404, "Non-existent table")
      }
      switch parts[4] {
      case "metadata": return metadata(table)
      case "data": return data(table, request)
      default: return Self.problem(404, "Not found")
      }
    default: return Self.problem(404, "Not found")
    }
  }

  // MARK: - PxWebApi

  private struct Config: Encodable {
    var apiVersion = "2.0.0"
    let maxDataCells: Int
    var maxCallsPerTimeWindow = 30
    var timeWindow = 60
  }

  private struct List: Encodable {
    struct Value: Encodable {
      let code: String
      let label: String
      let valueMap: [String]
    }
    let id: String
    var type = "Aggregation"
    let values: [Value]
  }

  private func codelist(_ id: String) -> HTTPAnswer {
    guard let list = state.codelists[id] else { return Self.problem(404, "Non-existent codelist") }
    return Self.json(
      List(
        id: id,
        values: list.values.map { .init(code: $0.code, label: $0.label, valueMap: $0.members) }
      )
    )
  }

  private func metadata(_ table: FixtureTable) -> HTTPAnswer {
    var cube = table.cube
    cube.values = Array(repeating: .nan, count: cube.values.count)
    cube.statuses = CellStatuses()
    return Self.json(JSONStatWriter(values: .sparse).bytes(of: cube))
  }

  private func data(_ table: FixtureTable, _ request: FixtureRequest) -> HTTPAnswer {
    guard let choices = request.method == "POST" ? posted(request) : asked(request) else {
      return Self.problem(400, "The request is not valid")
    }
    do throws(FixtureRefusal) {
      let cube = try table.selection(
        choices,
        codelists: state.codelists,
        maximumCells: state.maximumCells
      )
      return Self.json(JSONStatWriter().bytes(of: cube))
    } catch {
      guard let title = error.title else { return HTTPAnswer(status: error.status) }
      return Self.problem(error.status, title)
    }
  }

  private func posted(_ request: FixtureRequest) -> [FixtureChoice]? {
    struct Query: Decodable {
      struct Selection: Decodable {
        let variableCode: String
        let codelist: String?
        let valueCodes: [String]
      }
      let selection: [Selection]
    }
    guard request.headers["content-type"]?.hasPrefix("application/json") == true,
      let query = try? JSONDecoder().decode(Query.self, from: Data(request.body))
    else { return nil }
    return query.selection.map {
      FixtureChoice(
        variable: $0.variableCode,
        codelist: $0.codelist,
        expressions: $0.valueCodes
      )
    }
  }

  private func asked(_ request: FixtureRequest) -> [FixtureChoice]? {
    var choices: [FixtureChoice] = []
    var codelists: [String: String] = [:]
    for (name, value) in request.parameters {
      guard let open = name.firstIndex(of: "["), name.hasSuffix("]") else { continue }
      let variable = String(name[name.index(after: open)...].dropLast())
      switch name[..<open].lowercased() {
      case "valuecodes":
        choices.append(FixtureChoice(variable: variable, expressions: Self.expressions(value)))
      case "codelist": codelists[variable.lowercased()] = value
      default: return nil
      }
    }
    for index in choices.indices {
      choices[index].codelist = codelists[choices[index].variable.lowercased()]
    }
    return choices
  }

  /// Splits at commas, but not within brackets.
  private static func expressions(_ text: String) -> [String] {
    var parts = [""]
    var isWithin = false
    for character in text {
      if character == "[" { isWithin = true }
      if character == "]" { isWithin = false }
      if character == ",", !isWithin {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts
  }

  // MARK: - Klass

  private func changes(_ request: FixtureRequest) -> HTTPAnswer {
    struct Changes: Encodable {
      let codeChanges: [FixtureChange]
    }
    let parameters = request.parameters
    guard let first = parameters.first(where: { $0.name == "from" })?.value else {
      return Self.problem(400, "from is missing")
    }
    let last = parameters.first { $0.name == "to" }?.value ?? "9999"
    let found = state.changes.filter { first <= $0.changeOccurred && $0.changeOccurred < last }
    return Self.json(Changes(codeChanges: found))
  }

  // MARK: - Answers

  private static func json(_ value: some Encodable) -> HTTPAnswer {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return json((try? encoder.encode(value)).map { [UInt8]($0) } ?? [])
  }

  private static func json(_ bytes: [UInt8]) -> HTTPAnswer {
    HTTPAnswer(status: 200, headers: ["Content-Type": "application/json"], body: bytes)
  }

  /// A refusal as PxWebApi gives it: the reason is in `title`.
  static func problem(_ status: Int, _ title: String) -> HTTPAnswer {
    struct Problem: Encodable {
      var type = "Parameter error"
      let title: String
      let status: Int
    }
    var answer = json(Problem(title: title, status: status))
    answer.status = status
    answer.headers["Content-Type"] = "application/problem+json"
    return answer
  }

  /// A tag of some content (FNV-1a).
  private static func tag(_ bytes: [UInt8]) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return "\"\(String(hash, radix: 16))\""
  }
}
