public import Documents
internal import Regions

extension Target {
  /// The keys that say what must hold, apart from the name.
  public static let statementKeys = [
    "kind", "value", "indicator", "whom", "scope", "year", "peers", "measure",
  ]

  /// Reads a target.
  ///
  /// - Parameters:
  ///   - node: A mapping with the keys of `statementKeys` and `id`.
  ///   - other: Keys that are allowed beside them, and read by others.
  /// - Throws: `DocumentError` for an unknown key, a wrong value or a contradiction.
  public init(_ node: DocumentNode, allowing other: [String] = []) throws(DocumentError) {
    try node.checkKeys(["id"] + Self.statementKeys + other, required: ["id", "kind"])
    try self.init(
      id: node.required("id").text().value,
      kind: node.required("kind").choice(of: Kind.self).value,
      value: node.optional("value")?.number(),
      indicator: node.optional("indicator")?.text(),
      whom: node.optional("whom")?.text(),
      scope: node.optional("scope")?.choice(of: Scope.self),
      year: node.optional("year")?.year(),
      peers: node.optional("peers")?.text(),
      measure: node.optional("measure")?.choice(of: Measure.self),
      at: node.place
    )
  }
}

extension Scenario {
  /// Finds the target of a plan by its name, `plan/target`.
  public typealias PlanTargetSource = (Located<String>) throws(DocumentError) -> Target

  /// The targets of a file; their names are those of no lever, as `--set` names both.
  static func targets(
    _ node: DocumentNode?,
    levers: [Lever],
    planTarget: PlanTargetSource
  ) throws(DocumentError) -> [Target] {
    var targets: [Target] = []
    for element in node?.elements ?? [] {
      let target = try target(element, planTarget)
      if targets.contains(where: { $0.id == target.id }) {
        throw element.error("has the id \"\(target.id)\", which an earlier target bears")
      }
      if levers.contains(where: { $0.id == target.id }) {
        throw element.error("has the id \"\(target.id)\", which a lever bears")
      }
      targets.append(target)
    }
    guard targets.count <= 60 else {
      throw DocumentError(.invalid, at: node?.place, "A scenario can have at most 60 targets.")
    }
    return targets
  }

  /// A target of the scenario's own, or one that a plan states and the scenario only names.
  private static func target(
    _ node: DocumentNode,
    _ planTarget: PlanTargetSource
  ) throws(DocumentError) -> Target {
    guard node.isMapping, let reference = node.optional("plan") else { return try Target(node) }
    try node.checkKeys(["id", "plan", "year"], required: ["id"])
    let name = try reference.text()
    var target = try planTarget(name)
    target.id = try node.required("id").text().value
    target.place = node.place
    target.year = try node.optional("year")?.year() ?? target.year
    target.planTarget = name
    return target
  }
}
