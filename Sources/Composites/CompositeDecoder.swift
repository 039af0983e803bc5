public import Documents
internal import Regions

extension Composite {
  /// Reads a composite from the text of a YAML file.
  ///
  /// Unknown keys are refused. Whether the indicators are known is decided when figures are taken.
  ///
  /// - Parameters:
  ///   - id: The name of the composite.
  ///   - file: The file's path, for errors.
  ///   - text: Its content.
  /// - Throws: `DocumentError` with line, column and the nearest allowed key.
  public init(id: String, file: String, text: String) throws(DocumentError) {
    let root = try DocumentNode(file: file, text: text, called: "The composite")
    try root.checkKeys(
      [
        "title", "note", "division", "year", "fill", "base", "normalisation", "winsorise",
        "aggregation", "shift", "missing", "gate", "areas",
      ],
      required: ["title", "year", "areas"]
    )
    self.id = id
    self.file = file
    title = try root.required("title").localizedText()
    note = try root.optional("note")?.localizedText() ?? LocalizedText(nb: "", en: "")
    division =
      try root.optional("division")?.text()
      ?? Located("regions-73", at: SourcePlace(file: file))
    year = try root.required("year").year()
    fill = try root.optional("fill")?.choice(of: FillRule.self).value ?? .none
    base = try root.optional("base").map { node throws(DocumentError) in try Self.years(node) }
    normalisation =
      try root.optional("normalisation")?.choice(of: Normalisation.self).value ?? .z
    winsorising = try root.optional("winsorise").map { node throws(DocumentError) in
      try Winsorising(node)
    }
    aggregation =
      try root.optional("aggregation")?.choice(of: Aggregation.self)
      ?? Located(.arithmetic, at: SourcePlace(file: file))
    shift = try root.optional("shift")?.number().value ?? 0
    if let node = root.optional("shift"), aggregation.value == .arithmetic {
      throw node.error("has no effect on the arithmetic mean; only the geometric needs it")
    }
    missing =
      try root.optional("missing").map { node throws(DocumentError) in try MissingRule(node) }
      ?? MissingRule(kind: .renormalise, least: 0.6)
    gate =
      try root.optional("gate").map { node throws(DocumentError) in try FitGate(node) }
      ?? FitGate()
    areas = try Self.areas(try root.required("areas"), year: year.value)
  }

  private static func years(
    _ node: DocumentNode
  ) throws(DocumentError)
    -> Located<ClosedRange<Int>>
  {
    try node.checkKeys(["from", "to"], required: ["from", "to"])
    let from = try node.required("from").year().value
    let to = try node.required("to").year().value
    guard from <= to else { throw try node.required("to").error("must not be before \"from\"") }
    return Located(from...to, at: node.place)
  }

  private static func areas(_ node: DocumentNode, year: Int) throws(DocumentError) -> [Area] {
    var areas: [Area] = []
    var seen: [String: SourcePlace] = [:]
    for element in node.elements {
      let area = try Area(element, year: year)
      if areas.contains(where: { $0.id == area.id }) {
        throw element.error("has the id \"\(area.id)\", which an earlier area bears")
      }
      for component in area.components {
        let id = component.indicator.value
        if let earlier = seen[id] {
          throw DocumentError(
            .invalid,
            at: component.indicator.place,
            "The indicator \(id) stands twice, first in line \(earlier.line ?? 0)."
          )
        }
        seen[id] = component.indicator.place
      }
      areas.append(area)
    }
    guard !areas.isEmpty else { throw node.error("needs at least one area") }
    guard seen.count <= 200 else { throw node.error("can have at most 200 indicators") }
    guard areas.contains(where: { $0.weight > 0 }) else {
      throw node.error("has weights that sum to 0; at least one area needs a weight above 0")
    }
    return areas
  }
}

extension Composite.Area {
  fileprivate init(_ node: DocumentNode, year: Int) throws(DocumentError) {
    try node.checkKeys(["id", "name", "weight", "indicators"], required: ["id", "indicators"])
    id = try node.required("id").text().value
    name = try node.optional("name")?.localizedText() ?? LocalizedText(nb: id, en: id)
    weight = try node.optional("weight")?.weight() ?? 1
    let list = try node.required("indicators")
    var components: [Composite.Component] = []
    for element in list.elements {
      components.append(try Composite.Component(element, year: year))
    }
    guard !components.isEmpty else { throw list.error("needs at least one indicator") }
    guard components.contains(where: { $0.weight > 0 }) else {
      throw list.error("has weights that sum to 0; at least one indicator needs a weight above 0")
    }
    self.components = components
  }
}

extension Composite.Component {
  fileprivate init(_ node: DocumentNode, year: Int) throws(DocumentError) {
    guard node.isMapping else {
      indicator = try node.text()
      weight = 1
      direction = nil
      self.year = nil
      return
    }
    try node.checkKeys(["id", "weight", "direction", "year"], required: ["id"])
    indicator = try node.required("id").text()
    weight = try node.optional("weight")?.weight() ?? 1
    direction = try node.optional("direction")?.choice(of: Indicator.Direction.self).value
    if direction == .neutral {
      throw try node.required("direction").error(
        "must be higher or lower: a composite must know which values are better"
      )
    }
    self.year = try node.optional("year")?.year()
    if let own = self.year, own.value > year {
      throw DocumentError(
        .invalid,
        at: own.place,
        "The year \(own.value) is after the composite's year, \(year)."
      )
    }
  }
}

extension Composite.MissingRule {
  fileprivate init(_ node: DocumentNode) throws(DocumentError) {
    guard node.isMapping else {
      self.init(kind: try node.choice(of: Kind.self).value, least: 0.6)
      return
    }
    try node.checkKeys(["rule", "least"], required: ["rule"])
    let kind = try node.required("rule").choice(of: Kind.self).value
    let least = try node.optional("least")?.share() ?? 0.6
    if kind == .refuse, let unused = node.optional("least") {
      throw unused.error("has no effect with the rule refuse")
    }
    self.init(kind: kind, least: least)
  }
}

extension Winsorising {
  fileprivate init(_ node: DocumentNode) throws(DocumentError) {
    try node.checkKeys(["low", "high"], required: ["low", "high"])
    let low = try node.required("low").number().value
    let high = try node.required("high").number().value
    guard (0...100).contains(low), (0...100).contains(high), low < high else {
      throw node.error("needs per cent from 0 to 100 with low below high, such as 1 and 99")
    }
    self.init(low: low / 100, high: high / 100)
  }
}

extension FitGate {
  fileprivate init(_ node: DocumentNode) throws(DocumentError) {
    let usual = FitGate()
    try node.checkKeys(["correlation", "error", "units"])
    let correlation =
      try node.optional("correlation").map { node throws(DocumentError) in
        let number = try node.number().value
        guard (-1...1).contains(number) else { throw node.error("must be from −1 to 1") }
        return number
      } ?? usual.correlation
    let error =
      try node.optional("error").map { node throws(DocumentError) in
        let number = try node.number().value
        guard number >= 0 else { throw node.error("must not be negative") }
        return number
      } ?? usual.error
    let units =
      try node.optional("units").map { node throws(DocumentError) in
        let number = try node.integer().value
        guard number >= 2 else { throw node.error("must be at least 2") }
        return number
      } ?? usual.units
    self.init(correlation: correlation, error: error, units: units)
  }
}

extension DocumentNode {
  /// A weight: 0 or more.
  fileprivate func weight() throws(DocumentError) -> Double {
    let weight = try number().value
    guard weight >= 0 else { throw error("must not be negative, but is \(found)") }
    guard weight <= 1e9 else { throw error("must be at most 1000000000") }
    return weight
  }

  /// A share from 0 to 1.
  fileprivate func share() throws(DocumentError) -> Double {
    let share = try number().value
    guard (0...1).contains(share) else { throw error("must be from 0 to 1") }
    return share
  }
}
