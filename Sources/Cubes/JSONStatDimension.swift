/// Reads one dimension of JSON-stat.
///
/// Labels, units and notes of categories may come before their index; they then wait for it.
struct JSONStatDimension {
  private let id: String
  private var label: String?
  private var notes = JSONStatNotes()
  private var isEliminable = false
  private var categories: [CubeCategory] = []
  /// The position of each category by its code.
  private var positions: [String: Int] = [:]
  private var categoryNotes: [Int: JSONStatNotes] = [:]
  private var mandatoryPosition: Int?

  private init(id: String) { self.id = id }

  /// Reads the object that comes next.
  static func read(id: String, _ scanner: inout JSONScanner) throws(CubeError) -> CubeDimension {
    var dimension = JSONStatDimension(id: id)
    try dimension.read(&scanner)
    for (position, notes) in dimension.categoryNotes {
      dimension.categories[position].notes = notes.all
    }
    return CubeDimension(
      id: id,
      label: dimension.label,
      categories: dimension.categories,
      notes: dimension.notes.all,
      isEliminable: dimension.isEliminable
    )
  }

  private mutating func read(_ scanner: inout JSONScanner) throws(CubeError) {
    let start = scanner.position()
    var hasCategories = false
    try scanner.beginObject("the dimension \(quoted(id))")
    while let key = try scanner.nextKey() {
      switch scanner.text(key) {
      case "label": label = try scanner.optionalString()
      case "note": try notes.readTexts(&scanner)
      case "extension": try readExtension(&scanner)
      case "category":
        if hasCategories {
          throw scanner.error(
            at: key.start,
            "The dimension \(quoted(id)) has its categories twice."
          )
        }
        hasCategories = true
        try readCategories(&scanner)
      default: try scanner.skip()
      }
    }
    guard hasCategories else {
      throw scanner.error(at: start, "The dimension \(quoted(id)) has no categories.")
    }
    if let mandatoryPosition {
      try scanner.revisit(mandatoryPosition) { (scanner) throws(CubeError) in
        try readMandatory(&scanner)
      }
    }
  }

  private mutating func readExtension(_ scanner: inout JSONScanner) throws(CubeError) {
    guard try scanner.kind() == .object else { return try scanner.skip() }
    try scanner.beginObject("the extension")
    while let key = try scanner.nextKey() {
      switch scanner.text(key) {
      case "elimination": isEliminable = try scanner.null() ? false : try scanner.boolean()
      case "noteMandatory": try notes.readMandatory(&scanner)
      case "categoryNoteMandatory":
        if try scanner.kind() == .object { mandatoryPosition = scanner.position() }
        try scanner.skip()
      default: try scanner.skip()
      }
    }
  }

  private mutating func readMandatory(_ scanner: inout JSONScanner) throws(CubeError) {
    try scanner.beginObject("which notes of categories are mandatory")
    while let key = try scanner.nextKey() {
      if let position = positions[scanner.text(key)] {
        try categoryNotes[position, default: JSONStatNotes()].readMandatory(&scanner)
      } else {
        try scanner.skip()
      }
    }
  }

  // MARK: - Categories

  private mutating func readCategories(_ scanner: inout JSONScanner) throws(CubeError) {
    let start = scanner.position()
    var waiting: [String: Int] = [:]
    var hasIndex = false
    try scanner.beginObject("the categories of \(quoted(id))")
    while let key = try scanner.nextKey() {
      let name = scanner.text(key)
      switch name {
      case "index", "label", "unit", "note":
        guard waiting.updateValue(scanner.position(), forKey: name) == nil else {
          throw scanner.error(
            at: key.start,
            "The member \"\(name)\" stands here a second time."
          )
        }
        if name == "index", try scanner.kind() != .null {
          hasIndex = true
          try readIndex(&scanner)
        } else if name == "label", hasIndex {
          try readLabels(&scanner)
          waiting[name] = -1
        } else {
          try scanner.skip()
        }
      default: try scanner.skip()
      }
    }
    if !hasIndex { try readSingle(&scanner, labels: waiting["label"], start: start) }
    for name in ["label", "unit", "note"] {
      guard let position = waiting[name], position >= 0 else { continue }
      try scanner.revisit(position) { (scanner) throws(CubeError) in
        guard try !scanner.null() else { return }
        switch name {
        case "label": try readLabels(&scanner)
        case "unit": try readUnits(&scanner)
        default: try readNotes(&scanner)
        }
      }
    }
  }

  private mutating func add(
    _ token: JSONScanner.Token,
    _ scanner: inout JSONScanner
  ) throws(CubeError) -> String {
    try scanner.take(1, of: MemoryBudget.category, at: token.start)
    let code = scanner.text(token)
    guard positions.updateValue(positions.count, forKey: code) == nil else {
      throw scanner.error(
        at: token.start,
        "The category \(quoted(code)) of \(quoted(id)) stands here twice."
      )
    }
    return code
  }

  private mutating func readIndex(_ scanner: inout JSONScanner) throws(CubeError) {
    if try scanner.kind() == .array {
      try scanner.beginArray("the codes of \(quoted(id)) in order")
      while try scanner.nextElement() {
        let token = try scanner.token()
        categories.append(CubeCategory(try add(token, &scanner)))
      }
      return
    }
    let start = scanner.position()
    var entries: [(code: String, position: Int, place: Int)] = []
    var isInOrder = true
    try scanner.beginObject("the position of each code of \(quoted(id))")
    while let token = try scanner.nextKey() {
      let code = try add(token, &scanner)
      let place = scanner.position()
      let position = try scanner.count()
      isInOrder = isInOrder && position == entries.count
      entries.append((code, position, place))
    }
    if !isInOrder { entries = try ordered(entries, scanner, start: start) }
    categories.reserveCapacity(entries.count)
    for entry in entries { categories.append(CubeCategory(entry.code)) }
  }

  /// The codes by their positions, which must be 0, 1, … each once.
  private mutating func ordered(
    _ entries: [(code: String, position: Int, place: Int)],
    _ scanner: JSONScanner,
    start: Int
  ) throws(CubeError) -> [(code: String, position: Int, place: Int)] {
    var order = [Int](repeating: -1, count: entries.count)
    for (index, entry) in entries.enumerated() {
      guard entry.position < entries.count, order[entry.position] < 0 else {
        let reason = entry.position < entries.count ? "is taken" : "is too high"
        throw scanner.error(
          at: entry.place,
          """
          The position \(entry.position) of \(quoted(entry.code)) \(reason): the \(entries.count) \
          categories of \(quoted(id)) have the positions from 0, each once.
          """
        )
      }
      order[entry.position] = index
      positions[entry.code] = entry.position
    }
    return order.map { entries[$0] }
  }

  /// The only category of a dimension without index.
  private mutating func readSingle(
    _ scanner: inout JSONScanner,
    labels: Int?,
    start: Int
  ) throws(CubeError) {
    var codes: [String] = []
    if let labels {
      try scanner.revisit(labels) { (scanner) throws(CubeError) in
        try scanner.beginObject("labels by code")
        while let key = try scanner.nextKey(), codes.count < 2 {
          codes.append(scanner.text(key))
          try scanner.skip()
        }
      }
    }
    guard codes.count == 1 else {
      throw scanner.error(
        at: start,
        """
        The dimension \(quoted(id)) has no index; only one with a single category, named in its \
        label, may do without.
        """
      )
    }
    positions[codes[0]] = 0
    categories = [CubeCategory(codes[0])]
  }

  private func position(
    _ key: JSONScanner.Token,
    _ what: String,
    _ scanner: JSONScanner
  ) throws(CubeError) -> Int {
    let code = scanner.text(key)
    if let position = positions[code] { return position }
    throw scanner.error(
      at: key.start,
      "A \(what) is given for \(quoted(code)), which is no category of \(quoted(id))."
        + suggestion(for: code, among: categories.prefix(1001).map(\.code))
    )
  }

  private mutating func readLabels(_ scanner: inout JSONScanner) throws(CubeError) {
    guard try !scanner.null() else { return }
    try scanner.beginObject("labels by code")
    while let key = try scanner.nextKey() {
      let position = try position(key, "label", scanner)
      if let label = try scanner.optionalString() { categories[position].label = label }
    }
  }

  private mutating func readNotes(_ scanner: inout JSONScanner) throws(CubeError) {
    try scanner.beginObject("notes by code")
    while let key = try scanner.nextKey() {
      let position = try position(key, "note", scanner)
      try scanner.take(1, of: MemoryBudget.category, at: key.start)
      try categoryNotes[position, default: JSONStatNotes()].readTexts(&scanner)
    }
  }

  private mutating func readUnits(_ scanner: inout JSONScanner) throws(CubeError) {
    try scanner.beginObject("units by code")
    while let key = try scanner.nextKey() {
      let position = try position(key, "unit", scanner)
      guard try !scanner.null() else { continue }
      var unit = JSONStatUnit()
      try unit.read(&scanner)
      categories[position].unit = unit.text
      categories[position].decimals = unit.decimals
    }
  }
}

/// The unit of a category: the standard's `label`, or PxWebApi's and Eurostat's `base`.
struct JSONStatUnit {
  private var label: String?
  private var base: String?
  private var symbol: String?
  private var multiplier = 0.0
  /// How many decimals values have.
  private(set) var decimals: Int?

  /// The unit in words: millions of a base unit are said to be so.
  var text: String? {
    guard label == nil, let base, multiplier != 0 else { return label ?? base ?? symbol }
    return "10^\(Int(multiplier)) \(base)"
  }

  /// Reads the object that comes next.
  mutating func read(_ scanner: inout JSONScanner) throws(CubeError) {
    try scanner.beginObject("a unit")
    while let key = try scanner.nextKey() {
      switch scanner.text(key) {
      case "label": label = try scanner.optionalString()
      case "base": base = try scanner.optionalString()
      case "symbol": symbol = try scanner.optionalString()
      case "multiplier":
        let position = scanner.position()
        multiplier = try scanner.null() ? 0 : try scanner.number()
        guard abs(multiplier) <= 30, multiplier == multiplier.rounded() else {
          throw scanner.error(at: position, "A multiplier is a whole power of ten up to 30.")
        }
      case "decimals":
        let position = scanner.position()
        decimals = try scanner.null() ? nil : try scanner.count()
        guard decimals ?? 0 <= 20 else {
          throw scanner.error(at: position, "A value has up to 20 decimals.")
        }
      default: try scanner.skip()
      }
    }
  }
}
