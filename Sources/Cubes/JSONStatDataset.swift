/// One dataset of JSON-stat while it is read: its members may stand in any order.
struct JSONStatDataset {
  /// Where something of the dataset stands.
  typealias Position = Int

  /// What `class` says; `nil` where it is missing.
  private(set) var kind: String?
  private(set) var kindPosition: Position = 0
  /// Where the dataset begins.
  private(set) var start: Position = 0
  /// Where the elements of a collection stand.
  private(set) var items: [Position] = []
  /// Where unknown members that are objects stand: the datasets of a bundle.
  private(set) var others: [Position] = []

  private var title = ""
  private var table: String?
  private var source: String?
  private var updated: String?
  private var notes = JSONStatNotes()
  private var isSummable = true
  private var ids: (names: [String], positions: [Position])?
  private var sizes: (counts: [Int], positions: [Position])?
  private var dimensions: [String: CubeDimension] = [:]
  private var dimensionPosition: Position?
  private var roles: [(role: CubeDimension.Role, id: String, position: Position)] = []
  /// Where the values and statuses stand.
  private var valuePosition: Position?
  private var statusPosition: Position?
  private var cells = JSONStatCells()
  private let withValues: Bool
  private let isVersion1: Bool

  /// Prepares a dataset.
  ///
  /// - Parameters:
  ///   - withValues: Whether values are read.
  ///   - isVersion1: Whether `id`, `size` and `role` stand among the dimensions, as in version 1.
  init(withValues: Bool, isVersion1: Bool = false) {
    self.withValues = withValues
    self.isVersion1 = isVersion1
  }

  /// Whether the members are there that a dataset must have.
  var isComplete: Bool {
    missingMember == nil && (valuePosition != nil || !withValues || kind == "dataset")
  }

  /// The first member that is missing of those that every dataset must have.
  var missingMember: String? {
    ids == nil ? "id" : sizes == nil ? "size" : dimensionPosition == nil ? "dimension" : nil
  }

  /// Reads the object that comes next.
  mutating func read(_ scanner: inout JSONScanner) throws(CubeError) {
    start = scanner.position()
    try scanner.beginObject("a dataset or collection of JSON-stat")
    var seen: Set<String> = []
    while let key = try scanner.nextKey() {
      let name = scanner.text(key)
      if Self.members.contains(name), !seen.insert(name).inserted {
        throw scanner.error(at: key.start, "The member \"\(name)\" stands here a second time.")
      }
      try readMember(name, &scanner)
    }
    guard isComplete, kind ?? "dataset" == "dataset" else { return }
    try check(scanner)
    if withValues { try readCells(&scanner) }
  }

  private static let members: Set<String> = [
    "version", "class", "label", "source", "updated", "note", "extension", "link", "id", "size",
    "role", "dimension", "value", "status",
  ]

  private mutating func readMember(
    _ name: String,
    _ scanner: inout JSONScanner
  ) throws(CubeError) {
    let position = scanner.position()
    switch name {
    case "class":
      kindPosition = position
      kind = try scanner.string()
    case "label": title = try scanner.optionalString() ?? ""
    case "source": source = try scanner.optionalString()
    case "updated": updated = try scanner.optionalString()
    case "note": try notes.readTexts(&scanner)
    case "extension": try readExtension(&scanner)
    case "link": try readLink(&scanner)
    case "id": try readIDs(&scanner)
    case "size": try readSizes(&scanner)
    case "role": try readRoles(&scanner)
    case "dimension": try readDimensions(&scanner)
    case "value":
      // Values that come after the sizes, as everybody writes them, are read in passing.
      valuePosition = position
      try readValuesInPassing(&scanner)
    case "status":
      statusPosition = position
      try scanner.skip()
    default:
      if try scanner.kind() == .object, !Self.members.contains(name) {
        try scanner.take(1, of: MemoryBudget.entry, at: position)
        others.append(position)
      }
      try scanner.skip()
    }
  }

  // MARK: - The members

  private mutating func readExtension(_ scanner: inout JSONScanner) throws(CubeError) {
    guard try scanner.kind() == .object else { return try scanner.skip() }
    try scanner.beginObject("the extension")
    while let key = try scanner.nextKey() {
      switch scanner.text(key) {
      case "noteMandatory": try notes.readMandatory(&scanner)
      case "px":
        guard try scanner.kind() == .object else {
          try scanner.skip()
          continue
        }
        try scanner.beginObject("what the table says in PX")
        while let key = try scanner.nextKey() {
          switch scanner.text(key) {
          case "tableid": table = try scanner.optionalString()
          case "aggregallowed": isSummable = try scanner.null() ? true : try scanner.boolean()
          default: try scanner.skip()
          }
        }
      default: try scanner.skip()
      }
    }
  }

  private mutating func readLink(_ scanner: inout JSONScanner) throws(CubeError) {
    guard try scanner.kind() == .object else { return try scanner.skip() }
    try scanner.beginObject("links")
    while let key = try scanner.nextKey() {
      guard scanner.text(key) == "item", try scanner.kind() == .array else {
        try scanner.skip()
        continue
      }
      try scanner.beginArray("the items of a collection")
      while try scanner.nextElement() {
        let position = scanner.position()
        try scanner.take(1, of: MemoryBudget.entry, at: position)
        items.append(position)
        try scanner.skip()
      }
    }
  }

  private mutating func readIDs(_ scanner: inout JSONScanner) throws(CubeError) {
    var names: [String] = []
    var positions: [Position] = []
    try scanner.beginArray("the ids of the dimensions")
    while try scanner.nextElement() {
      let position = scanner.position()
      let name = try scanner.string()
      if names.contains(name) {
        throw scanner.error(at: position, "The dimension \(quoted(name)) stands here twice.")
      }
      guard names.count < CubeDimension.maximumCount else {
        throw scanner.error(
          kind: .tooLarge,
          at: position,
          "The table has more than \(CubeDimension.maximumCount) dimensions."
        )
      }
      names.append(name)
      positions.append(position)
    }
    ids = (names, positions)
  }

  private mutating func readSizes(_ scanner: inout JSONScanner) throws(CubeError) {
    var counts: [Int] = []
    var positions: [Position] = []
    var cells = 1
    try scanner.beginArray("how many categories each dimension has")
    while try scanner.nextElement() {
      let position = scanner.position()
      let count = try scanner.count()
      let (product, overflows) = cells.multipliedReportingOverflow(by: count)
      cells = product
      guard counts.count < CubeDimension.maximumCount, !overflows else {
        throw scanner.error(kind: .tooLarge, at: position, "The sizes are beyond any table.")
      }
      counts.append(count)
      positions.append(position)
    }
    sizes = (counts, positions)
  }

  private mutating func readRoles(_ scanner: inout JSONScanner) throws(CubeError) {
    guard try !scanner.null() else { return }
    try scanner.beginObject("the roles of the dimensions")
    while let key = try scanner.nextKey() {
      guard let role = CubeDimension.Role(rawValue: scanner.text(key)) else {
        try scanner.skip()
        continue
      }
      try scanner.beginArray("the ids of the dimensions with a role")
      while try scanner.nextElement() {
        let position = scanner.position()
        try scanner.take(1, of: MemoryBudget.entry, at: position)
        roles.append((role, try scanner.string(), position))
      }
    }
  }

  private mutating func readDimensions(_ scanner: inout JSONScanner) throws(CubeError) {
    dimensionPosition = scanner.position()
    try scanner.beginObject("the dimensions by their ids")
    while let key = try scanner.nextKey() {
      let name = scanner.text(key)
      let kind = try scanner.kind()
      switch name {
      case "id" where isVersion1 && kind == .array: try readIDs(&scanner)
      case "size" where isVersion1 && kind == .array: try readSizes(&scanner)
      case "role" where isVersion1 && kind == .object: try readRoles(&scanner)
      default:
        guard dimensions[name] == nil else {
          throw scanner.error(at: key.start, "The dimension \(quoted(name)) is described twice.")
        }
        try scanner.take(1, of: MemoryBudget.category, at: key.start)
        dimensions[name] = try JSONStatDimension.read(id: name, &scanner)
      }
    }
  }
}

/// What is said once all members are there.
extension JSONStatDataset {
  /// Checks that ids, sizes and dimensions agree.
  private func check(_ scanner: JSONScanner) throws(CubeError) {
    guard let ids, let sizes else { return }
    guard ids.names.count == sizes.counts.count else {
      throw scanner.error(
        at: sizes.positions.first ?? start,
        """
        There are \(sizes.counts.count) sizes for \(ids.names.count) dimensions: \
        \(ids.names.prefix(10).map(quoted).joined(separator: ", ")).
        """
      )
    }
    for (index, name) in ids.names.enumerated() {
      guard let dimension = dimensions[name] else {
        throw scanner.error(
          at: ids.positions[index],
          "The dimension \(quoted(name)) is not described."
            + suggestion(for: name, among: dimensions.keys.sorted())
        )
      }
      guard dimension.categories.count == sizes.counts[index] else {
        throw scanner.error(
          at: sizes.positions[index],
          """
          The size of \(quoted(name)) is \(sizes.counts[index]), but it has \
          \(dimension.categories.count) categories.
          """
        )
      }
    }
    for (_, id, position) in roles where !ids.names.contains(id) {
      throw scanner.error(
        at: position,
        "The role is that of \(quoted(id)), which is no dimension."
          + suggestion(for: id, among: ids.names)
      )
    }
  }

  private mutating func readValuesInPassing(_ scanner: inout JSONScanner) throws(CubeError) {
    guard withValues, let sizes, try scanner.kind() != .null else { return try scanner.skip() }
    try cells.readValues(&scanner, sizes: sizes.counts)
  }

  private mutating func readCells(_ scanner: inout JSONScanner) throws(CubeError) {
    guard let sizes else { return }
    var cells = self.cells
    self.cells = JSONStatCells()
    let isEmpty = try valuePosition.map { (position) throws(CubeError) in
      try scanner.revisit(position) { (scanner) throws(CubeError) in try scanner.null() }
    }
    guard let valuePosition, isEmpty == false else {
      throw scanner.error(
        at: start,
        "The dataset has no values. Ask for data rather than metadata."
      )
    }
    if !cells.areRead {
      try scanner.revisit(valuePosition) { (scanner) throws(CubeError) in
        try cells.readValues(&scanner, sizes: sizes.counts)
      }
    }
    if let statusPosition {
      try scanner.revisit(statusPosition) { (scanner) throws(CubeError) in
        try cells.readStatuses(&scanner)
      }
    }
    self.cells = cells
  }

  private func orderedDimensions() -> [CubeDimension] {
    (ids?.names ?? []).compactMap { name in
      var dimension = dimensions[name]
      dimension?.role = roles.first { $0.id == name }?.role
      return dimension
    }
  }

  /// The cube.
  consuming func cube() throws(CubeError) -> Cube {
    let dimensions = orderedDimensions()
    return Cube(
      title: title,
      table: table,
      source: source,
      updated: updated,
      dimensions: dimensions,
      values: cells.values,
      statuses: cells.statuses,
      notes: notes.all,
      isSummable: isSummable
    )
  }

  /// The dataset without its values.
  func metadata() throws(CubeError) -> CubeMetadata {
    CubeMetadata(
      title: title,
      table: table,
      source: source,
      updated: updated,
      dimensions: orderedDimensions(),
      notes: notes.all,
      isSummable: isSummable
    )
  }
}
