internal import Documents
internal import Regions

extension Target {
  init(_ node: DocumentNode) throws(DocumentError) {
    try node.checkKeys(
      ["id", "kind", "value", "indicator", "whom", "scope", "year", "peers", "measure"],
      required: ["id", "kind"]
    )
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
  /// The targets of a file; their names are those of no lever, as `--set` names both.
  static func targets(
    _ node: DocumentNode?,
    levers: [Lever]
  ) throws(DocumentError) -> [Target] {
    var targets: [Target] = []
    for element in node?.elements ?? [] {
      let target = try Target(element)
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
}
