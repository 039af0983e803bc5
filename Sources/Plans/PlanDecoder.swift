public import Documents
internal import Regions
internal import Scenarios

extension Plan {
  /// Reads a plan from the text of a YAML file.
  ///
  /// Unknown keys are refused. Whether the names stand for anything is decided by `ResolvedPlan`.
  ///
  /// - Parameters:
  ///   - id: The name of the plan.
  ///   - file: The file's path, for errors.
  ///   - text: Its content.
  /// - Throws: `DocumentError` with line, column and the nearest allowed key.
  public init(id: String, file: String, text: String) throws(DocumentError) {
    let root = try DocumentNode(file: file, text: text, called: "The plan")
    try root.checkKeys(
      [
        "title", "example", "source", "division", "region", "baseline", "goals", "tables",
        "targets", "events",
        "remarks",
      ],
      required: ["title", "source", "region", "baseline", "goals", "targets"]
    )
    self.id = id
    self.file = file
    title = try root.required("title").localizedText()
    isExample = try root.optional("example")?.choice(of: Answer.self).value == .yes
    source = try root.required("source").localizedText()
    division =
      try root.optional("division")?.text() ?? Located("regions-73", at: SourcePlace(file: file))
    region = try root.required("region").text()
    baselineYear = try root.required("baseline").year()
    goals = try root.list("goals") { node throws(DocumentError) in try Goal(node) }
    tables = try root.list("tables") { node throws(DocumentError) in try PlanTable(node) }
    targets = try root.list("targets") { node throws(DocumentError) in try PlanTarget(node) }
    events = try root.list("events") { node throws(DocumentError) in try PlanEvent(node) }
    remarks = try root.list("remarks") { node throws(DocumentError) in try PlanRemark(node) }
    try checkNames(root)
  }

  /// Refuses names that are given twice, and references that lead nowhere within the plan.
  private func checkNames(_ root: DocumentNode) throws(DocumentError) {
    let measures = goals.flatMap(\.measures).map(\.id)
    let groups = [
      ("goal", goals.map(\.id)), ("measure", measures), ("table", tables.map(\.id)),
      ("target", targets.map(\.id)), ("remark", remarks.map(\.id)),
    ]
    for (what, ids) in groups {
      for (index, id) in ids.enumerated() where ids[..<index].contains(id) {
        throw root.error("has two \(what)s of the id \"\(id)\"; each needs one of its own")
      }
    }
    for target in targets {
      let baseline = (target.baselineYear ?? baselineYear).value
      if let year = target.statement?.year, year.value <= baseline {
        throw DocumentError(
          .invalid,
          at: year.place,
          "The target \"\(target.id)\" is due in \(year.value), not after its baseline, \(baseline)."
        )
      }
      try check(target.goal, among: goals.map(\.id), "goal", at: target.place)
      try check(target.table, among: tables.map(\.id))
    }
    for event in events { try check(event.goal, among: goals.map(\.id), "goal", at: root.place) }
    for remark in remarks { try check(remark.table, among: tables.map(\.id)) }
  }

  private func check(_ table: Located<String>?, among ids: [String]) throws(DocumentError) {
    guard let table else { return }
    try check(table.value, among: ids, "table", at: table.place)
  }

  private func check(
    _ id: String,
    among ids: [String],
    _ what: String,
    at place: SourcePlace
  ) throws(DocumentError) {
    guard !ids.contains(id) else { return }
    let hint = nearestMatch(to: id, among: ids).map { " Did you mean \($0)?" } ?? ""
    throw DocumentError(
      .invalid,
      at: place,
      "The plan has no \(what) \"\(id)\".\(hint) It has: \(ids.joined(separator: ", "))."
    )
  }
}

private enum Answer: String, CaseIterable {
  case yes
  case no
}

extension DocumentNode {
  /// The elements of a list under a key; none where the key is not there.
  fileprivate func list<Element>(
    _ key: String,
    _ decode: (DocumentNode) throws(DocumentError) -> Element
  ) throws(DocumentError) -> [Element] {
    var elements: [Element] = []
    for node in optional(key)?.elements ?? [] { elements.append(try decode(node)) }
    return elements
  }

  /// The whole numbers of a list of years.
  fileprivate func years(_ key: String) throws(DocumentError) -> [Int] {
    try list(key) { node throws(DocumentError) in try node.year().value }
  }
}

extension Plan.Goal {
  fileprivate init(_ node: DocumentNode) throws(DocumentError) {
    try node.checkKeys(["id", "name", "subgoals", "measures"], required: ["id", "name"])
    id = try node.required("id").text().value
    name = try node.required("name").localizedText()
    subgoals = try node.list("subgoals") { node throws(DocumentError) in try node.localizedText() }
    measures = try node.list("measures") { node throws(DocumentError) in
      try Plan.Measure(node)
    }
  }
}

extension Plan.Measure {
  fileprivate init(_ node: DocumentNode) throws(DocumentError) {
    try node.checkKeys(
      ["id", "name", "year", "responsible", "milestones", "key_figures"],
      required: ["id", "name", "year"]
    )
    id = try node.required("id").text().value
    name = try node.required("name").localizedText()
    year = try node.required("year").year().value
    responsible = try node.optional("responsible")?.localizedText()
    milestones = try node.list("milestones") { node throws(DocumentError) in
      try Plan.Milestone(node)
    }
    .sorted { $0.date < $1.date }
    keyFigures = try node.list("key_figures") { node throws(DocumentError) in try node.text() }
  }
}

extension Plan.Milestone {
  fileprivate init(_ node: DocumentNode) throws(DocumentError) {
    try node.checkKeys(["date", "delivery", "done"], required: ["date", "delivery"])
    let written = try node.required("date")
    date = try written.text().value
    guard Self.isDay(date) else {
      throw written.error("must be a day such as 2026-06-30, not \"\(date)\"")
    }
    delivery = try node.required("delivery").localizedText()
    isDone = try node.optional("done")?.choice(of: Answer.self).value == .yes
  }

  /// Whether a text is a day of the calendar.
  private static func isDay(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.count) == [4, 2, 2], let year = Int(parts[0]), let month = Int(parts[1]),
      let day = Int(parts[2]), (1...12).contains(month)
    else { return false }
    let isLeap = year.isMultiple(of: 4) && !year.isMultiple(of: 100) || year.isMultiple(of: 400)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...lengths[month - 1]).contains(day)
  }
}

extension PlanTable {
  fileprivate init(_ node: DocumentNode) throws(DocumentError) {
    try node.checkKeys(["id", "title", "columns"], required: ["id", "title", "columns"])
    id = try node.required("id").text().value
    title = try node.required("title").localizedText()
    columns = try node.list("columns") { node throws(DocumentError) in try Column(node) }
    guard !columns.isEmpty else { throw try node.required("columns").error("is empty") }
  }
}

extension PlanTable.Column {
  private enum Total: String, CaseIterable {
    case sum
  }

  fileprivate init(_ node: DocumentNode) throws(DocumentError) {
    let rules = ["total", "ratio", "country", "places", "movement"]
    try node.checkKeys(["series", "years"] + rules, required: ["series", "years"])
    series = try node.required("series").text()
    years = try node.years("years")
    guard !years.isEmpty else { throw try node.required("years").error("is empty") }
    let given = rules.filter { node.optional($0) != nil }
    guard given.count < 2 else {
      throw node.error("has \(given.joined(separator: " and ")); a column follows one rule")
    }
    switch given.first {
    case "total":
      _ = try node.required("total").choice(of: Total.self)
      rule = .sum
    case "ratio":
      let ratio = try node.required("ratio")
      try ratio.checkKeys(["of", "to", "times"], required: ["of", "to"])
      rule = .ratio(
        of: try ratio.required("of").text(),
        to: try ratio.required("to").text(),
        times: try ratio.optional("times")?.number().value ?? 1
      )
    case "country":
      rule = .country(of: try node.required("country").text())
    case "places":
      let places = try node.required("places")
      try places.checkKeys(["indicator", "divisions"], required: ["indicator"])
      rule = .places(
        indicator: try places.required("indicator").text(),
        divisions: try places.list("divisions") { node throws(DocumentError) in try node.text() }
      )
    case "movement":
      let movement = try node.required("movement")
      try movement.checkKeys(["of", "from"], required: ["of", "from"])
      rule = .movement(
        of: try movement.required("of").text(),
        from: try movement.required("from").year().value
      )
    default: rule = nil
    }
  }
}

extension PlanTarget {
  fileprivate init(_ node: DocumentNode) throws(DocumentError) {
    let own = [
      "name", "goal", "table", "words", "interpretation", "baseline", "scenario", "not_simulated",
      "unmeasurable",
    ]
    unmeasurable = try node.optional("unmeasurable")?.localizedText()
    if unmeasurable == nil {
      let target = try Target(node, allowing: own)
      guard target.indicator != nil else {
        throw DocumentError(
          .invalid,
          at: node.place,
          "The target \"\(target.id)\" needs an indicator, or says why it is unmeasurable."
        )
      }
      statement = target
    } else {
      try node.checkKeys(["id"] + own)
      statement = nil
    }
    id = try node.required("id").text().value
    name = try node.required("name").localizedText()
    place = node.place
    goal = try node.required("goal").text().value
    table = try node.optional("table")?.text()
    words = try node.required("words").localizedText()
    interpretation = try node.optional("interpretation")?.localizedText()
    baselineYear = try node.optional("baseline")?.year()
    scenario = try node.optional("scenario").map { node throws(DocumentError) in
      try ScenarioReference(node)
    }
    notSimulated = try node.optional("not_simulated")?.localizedText()
    if let notSimulated = node.optional("not_simulated"), scenario != nil {
      throw notSimulated.error("stands beside a scenario; a target has one or the other")
    }
  }
}

extension ScenarioReference {
  fileprivate init(_ node: DocumentNode) throws(DocumentError) {
    try node.checkKeys(["name", "target", "stand_in"], required: ["name", "target"])
    name = try node.required("name").text()
    target = try node.required("target").text()
    standIn = try node.optional("stand_in")?.localizedText()
  }
}

extension PlanEvent {
  fileprivate init(_ node: DocumentNode) throws(DocumentError) {
    try node.checkKeys(["goal", "name", "held", "next"], required: ["goal", "name"])
    goal = try node.required("goal").text().value
    name = try node.required("name").localizedText()
    held = try node.years("held")
    next = try node.optional("next")?.year().value
  }
}

extension PlanRemark {
  fileprivate init(_ node: DocumentNode) throws(DocumentError) {
    try node.checkKeys(
      ["id", "severity", "table", "text", "consequence"],
      required: ["id", "severity", "text", "consequence"]
    )
    id = try node.required("id").text().value
    severity = try node.required("severity").choice(of: Severity.self).value
    table = try node.optional("table")?.text()
    text = try node.required("text").localizedText()
    consequence = try node.required("consequence").localizedText()
  }
}
