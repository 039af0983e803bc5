public import Documents
internal import Regions

extension Scenario {
  /// Reads a scenario from the text of a YAML file.
  ///
  /// Unknown keys are refused. Whether the names stand for anything is decided when it is run.
  ///
  /// - Parameters:
  ///   - id: The name of the scenario.
  ///   - file: The file's path, for errors.
  ///   - text: Its content.
  ///   - planTarget: Finds the targets of plans that the scenario names.
  /// - Throws: `DocumentError` with line, column and the nearest allowed key.
  public init(
    id: String,
    file: String,
    text: String,
    planTarget: PlanTargetSource = Self.noPlans
  ) throws(DocumentError) {
    let root = try DocumentNode(file: file, text: text, called: "The scenario")
    try root.checkKeys(
      [
        "title", "note", "division", "focus", "indicators", "baseline", "horizon", "others",
        "futures", "levers", "targets", "sweep", "expect",
      ],
      required: ["title", "focus", "indicators", "baseline", "horizon"]
    )
    self.id = id
    title = try root.required("title").localizedText()
    note = try root.optional("note")?.localizedText() ?? LocalizedText(nb: "", en: "")
    division =
      try root.optional("division")?.text()
      ?? Located("regions-73", at: SourcePlace(file: file))
    focus = try root.required("focus").text()
    indicators = []
    for element in try root.required("indicators").elements {
      indicators.append(try element.text())
    }
    guard !indicators.isEmpty else { throw root.error("needs at least one indicator") }
    let baseline = try root.required("baseline")
    try baseline.checkKeys(["year", "fill"], required: ["year"])
    baselineYear = try baseline.required("year").year()
    fill = try baseline.optional("fill")?.choice(of: FillRule.self).value ?? .none
    horizon = try root.required("horizon").year()
    guard horizon.value > baselineYear.value else {
      throw try root.required("horizon").error("must be after the baseline year")
    }
    guard horizon.value <= baselineYear.value + 100 else {
      throw try root.required("horizon").error("must be at most 100 years after the baseline year")
    }
    others = try OthersMovement(root.optional("others"), file: file)
    futures =
      try root.optional("futures").map { node throws(DocumentError) in
        try FutureSettings(node)
      } ?? FutureSettings()
    levers = []
    for element in root.optional("levers")?.elements ?? [] {
      let lever = try Lever(element, firstYear: baselineYear.value + 1)
      if levers.contains(where: { $0.id == lever.id }) {
        throw element.error("has the id \"\(lever.id)\", which an earlier lever bears")
      }
      levers.append(lever)
    }
    guard levers.count <= 60 else { throw root.error("can have at most 60 levers") }
    targets = try Self.targets(root.optional("targets"), levers: levers, planTarget: planTarget)
    sweep = try root.optional("sweep").map { node throws(DocumentError) in try Sweep(node) }
    expectations = []
    for element in root.optional("expect")?.elements ?? [] {
      expectations.append(try Expectation(element))
    }
    try checkSweep()
  }

  /// Refuses the targets of plans.
  public static func noPlans(_ name: Located<String>) throws(DocumentError) -> Target {
    throw DocumentError(
      .invalid,
      at: name.place,
      "The target \"\(name.value)\" is a plan's, and there are no plans here."
    )
  }

  private func checkSweep() throws(DocumentError) {
    guard let sweep else { return }
    let ids = levers.map(\.id)
    guard let lever = levers.first(where: { $0.id == sweep.lever.value }) else {
      let hint = nearestMatch(to: sweep.lever.value, among: ids).map { " Did you mean \($0)?" }
      throw DocumentError(
        .invalid,
        at: sweep.lever.place,
        "There is no lever \"\(sweep.lever.value)\".\(hint ?? "")"
      )
    }
    if lever.kind == .growth, let low = sweep.values.min(), low <= -100 {
      throw DocumentError(
        .invalid,
        at: sweep.lever.place,
        "The lever \"\(lever.id)\" must grow by more than −100 per cent; the sweep goes to "
          + "\(low.brief)."
      )
    }
    guard lever.value != nil else {
      throw DocumentError(
        .invalid,
        at: sweep.lever.place,
        "The lever \"\(lever.id)\" has no value to vary: it reaches another unit's level."
      )
    }
  }
}

extension DocumentNode {
  /// A number from 0 to 1.
  fileprivate func weight() throws(DocumentError) -> Located<Double> {
    let weight = try number()
    guard (0...1).contains(weight.value) else { throw error("must be from 0 to 1") }
    return weight
  }
}

extension OthersMovement {
  /// Nobody moves.
  init(holding place: SourcePlace) {
    self.init(
      kind: Located(.hold, at: place),
      focusHolds: false,
      window: 5,
      weight: 1,
      weights: [:],
      growth: [:],
      borrow: [:]
    )
  }

  fileprivate init(_ node: DocumentNode?, file: String) throws(DocumentError) {
    guard let node else {
      self.init(holding: SourcePlace(file: file))
      return
    }
    try node.checkKeys(
      ["move", "focus", "window", "weight", "growth", "borrow"],
      required: ["move"]
    )
    self.init(
      kind: try node.required("move").choice(of: Kind.self),
      focusHolds: false,
      window: 5,
      weight: 1,
      weights: [:],
      growth: [:],
      borrow: [:]
    )
    let focus = try node.optional("focus")?.choice(of: FocusMovement.self).value
    focusHolds = focus == .hold
    if let given = node.optional("window") {
      window = try given.integer().value
      guard (1...30).contains(window) else { throw given.error("must be 1 to 30 years") }
    }
    if let given = node.optional("weight") {
      if given.isMapping {
        for (key, value) in try given.entries() { weights[key] = try value.weight() }
      } else {
        weight = try given.weight().value
      }
    }
    for (key, value) in try node.optional("growth")?.entries() ?? [] {
      let percent = try value.number()
      guard percent.value > -100 else { throw value.error("must be above −100 per cent") }
      growth[key] = Located(percent.value / 100, at: percent.place)
    }
    for (key, value) in try node.optional("borrow")?.entries() ?? [] {
      borrow[key] = try value.text()
    }
    try checkConflicts(node)
  }

  /// Refuses keys that would be passed over.
  private func checkConflicts(_ node: DocumentNode) throws(DocumentError) {
    for key in ["growth", "weight", "window", "focus"] where kind.value == .hold {
      if let unused = node.optional(key) {
        throw unused.error("has no effect while the others hold")
      }
    }
    for key in ["growth", "weight", "window"] where kind.value == .model {
      if let unused = node.optional(key) {
        throw unused.error("has no effect while the others move as the growth model expects")
      }
    }
    if let key = growth.keys.filter({ borrow[$0] != nil }).min(), let given = borrow[key] {
      throw DocumentError(
        .invalid,
        at: given.place,
        "\(key) is given a growth under others.growth and cannot borrow another."
      )
    }
  }

  private enum FocusMovement: String, CaseIterable {
    case same
    case hold
  }
}

extension Lever {
  fileprivate init(_ node: DocumentNode, firstYear: Int) throws(DocumentError) {
    try node.checkKeys(
      [
        "id", "kind", "series", "indicator", "whom", "value", "target", "from", "until", "ramp",
      ],
      required: ["id", "kind", "whom"]
    )
    id = try node.required("id").text().value
    place = node.place
    kind = try node.required("kind").choice(of: Kind.self).value
    switch (node.optional("series"), node.optional("indicator")) {
    case (let series?, nil): subject = .series(try series.text())
    case (nil, let indicator?): subject = .indicator(try indicator.text())
    default: throw node.error("needs either \"series\" or \"indicator\", and not both")
    }
    whom = []
    for element in try node.required("whom").elements { whom.append(try element.text()) }
    value = nil
    target = nil
    if kind == .reach {
      guard node.optional("value") == nil else {
        throw node.error("reaches the level of \"target\" and has no \"value\"")
      }
      target = try node.required("target").text()
    } else {
      guard node.optional("target") == nil else {
        throw node.error("has a \"target\", which only the kind reach has")
      }
      value = try node.required("value").number()
    }
    from = try node.optional("from")?.year() ?? Located(firstYear, at: node.place)
    until = try node.optional("until")?.year() ?? from
    ramp = try node.optional("ramp")?.choice(of: Ramp.self).value ?? .step
    try check()
  }

  /// Checks what must hold between the parts of a lever.
  func check() throws(DocumentError) {
    if until.value < from.value {
      throw DocumentError(
        .invalid,
        at: until.place,
        "The lever \"\(id)\" ends (until) before it starts (from)."
      )
    }
    if kind == .growth, let value, value.value <= -100 {
      throw DocumentError(
        .invalid,
        at: value.place,
        "The lever \"\(id)\" must grow by more than −100 per cent."
      )
    }
  }
}

extension Sweep {
  fileprivate init(_ node: DocumentNode) throws(DocumentError) {
    try node.checkKeys(["lever", "from", "to", "step"], required: ["lever", "from", "to", "step"])
    lever = try node.required("lever").text()
    let from = try node.required("from").number().value
    let to = try node.required("to").number().value
    let step = try node.required("step").number().value
    let count = step == 0 ? 0 : (to - from) / step
    guard step != 0, count >= 0, count <= 1000 else {
      throw try node.required("step").error("must lead from \"from\" to \"to\" in 1 to 1,000 steps")
    }
    values = (0...Int((count + 1e-9).rounded(.down))).map { from + Double($0) * step }
  }
}

extension Expectation {
  fileprivate init(_ node: DocumentNode) throws(DocumentError) {
    try node.checkKeys(
      ["unit", "indicator", "year", "place", "movement", "level"],
      required: ["unit"]
    )
    unit = try node.required("unit").text()
    indicator = try node.optional("indicator")?.text()
    year = try node.optional("year")?.year()
    place = try node.optional("place")?.integer().value
    movement = try node.optional("movement")?.integer().value
    level = nil
    if let given = node.optional("level") {
      let decimals = try given.text().value.split(separator: ".").dropFirst().first?.count ?? 0
      level = (try given.number().value, decimals)
    }
    guard place != nil || movement != nil || level != nil else {
      throw node.error("needs at least one of \"place\", \"movement\" and \"level\"")
    }
  }
}
