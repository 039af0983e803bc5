/// What the headings of the columns of figures say: dimensions, and each column's category in each.
///
/// Where headings stand over several rows and every combination has one column, each row is a dimension
/// of its own. Else the headings of a column are one text, of which a time at an end is parted.
struct GridHeading {
  /// A column of figures, and its category in each of the dimensions.
  struct Column {
    let column: Int
    let categories: [Int]
  }

  private(set) var dimensions: [CubeDimension] = []
  private(set) var columns: [Column] = []
  /// Columns whose headings have no time as others have.
  private(set) var untimed: [Int] = []

  /// Reads headings that stand over several rows, each row a dimension; `nil` where they do not.
  ///
  /// - Parameters:
  ///   - levels: For each row, the text that stands over each of the columns.
  ///   - candidates: The columns.
  ///   - names: The names of the rows' variables, where the title tells them.
  ///   - hasMetric: Whether another dimension says what is measured.
  init?(levels: [[String]], candidates: [Int], names: [String]?, hasMetric: Bool) {
    guard levels.count > 1, candidates.count > 1 else { return nil }
    var positions: [[Int]] = []
    var product = 1
    for texts in levels {
      // A row of units says what the figures are in; it is not a variable.
      guard !texts.contains(""), !texts.allSatisfy(HeadingText.isUnit) else { return nil }
      let different = texts.unique
      guard different.count <= candidates.count else { return nil }
      product = product.multipliedReportingOverflow(by: different.count).partialValue
      let places = Dictionary(uniqueKeysWithValues: different.enumerated().map { ($1, $0) })
      positions.append(texts.map { places[$0] ?? 0 })
      dimensions.append(CubeDimension(id: "", categories: Self.categories(different)))
    }
    let combinations = Set(candidates.indices.map { index in positions.map { $0[index] } })
    guard product == candidates.count, combinations.count == candidates.count else { return nil }
    columns = candidates.enumerated().map { index, column in
      Column(column: column, categories: positions.map { $0[index] })
    }
    name(names, hasMetric: hasMetric)
  }

  /// Gives the rows' dimensions roles and names.
  private mutating func name(_ names: [String]?, hasMetric: Bool) {
    for index in dimensions.indices {
      let isTime = dimensions[index].categories.allSatisfy { HeadingText.isTime($0.code) }
      if isTime, !dimensions.contains(where: { $0.role == .time }) {
        dimensions[index].role = .time
      }
    }
    let named = names?.firstIndex { HeadingText.metricNames.contains(HeadingText.key($0)) }
    // PxWeb has what is measured last, before the time.
    let metric = named ?? dimensions.lastIndex { $0.role == nil }
    if !hasMetric, let metric, dimensions[metric].role == nil { dimensions[metric].role = .metric }
    for index in dimensions.indices {
      let role = dimensions[index].role
      let usual = role == .time ? "time" : role == .metric ? "content" : "heading \(index + 1)"
      dimensions[index].id = role == nil ? names?[index] ?? usual : usual
      dimensions[index].label = names?[index] ?? dimensions[index].id
      guard role == .metric else { continue }
      for position in dimensions[index].categories.indices {
        let label = dimensions[index].categories[position].label
        dimensions[index].categories[position].unit = HeadingText.unit(label)
      }
    }
  }

  /// Reads one text per column.
  ///
  /// - Parameters:
  ///   - headings: The text of each of the columns.
  ///   - candidates: The columns.
  ///   - fixed: The time of all figures, where the user said it.
  ///   - isChosen: Whether the user named the columns.
  ///   - content: What the only content is called, where its heading does not say it.
  ///   - hasMetric: Whether another dimension says what is measured.
  init(
    _ headings: [String],
    _ candidates: [Int],
    time fixed: String?,
    isChosen: Bool,
    content: (String) -> String,
    hasMetric: Bool
  ) {
    let parted = headings.map(HeadingText.parted)
    let isTimed = parted.contains { $0.time != nil }
    var kept: [(column: Int, content: String, time: String?)] = []
    for (column, part) in zip(candidates, parted) {
      if isTimed, part.time == nil, fixed == nil, !isChosen {
        untimed.append(column)
      } else {
        kept.append((column, part.content, part.time ?? fixed))
      }
    }
    let contents = kept.map(\.content).unique
    let times = kept.compactMap(\.time).unique
    let hasContents = contents.count > 1 || !hasMetric
    if hasContents {
      var named = contents.count == 1 ? contents.map(content) : contents
      // What has no heading is called as the table is.
      if let index = named.firstIndex(of: "") {
        named[index] = content("")
        while contents.contains(named[index]) { named[index] += "'" }
      }
      var categories = Self.categories(named)
      for index in categories.indices { categories[index].unit = HeadingText.unit(contents[index]) }
      dimensions.append(
        CubeDimension(id: "content", role: hasMetric ? nil : .metric, categories: categories)
      )
    }
    if !times.isEmpty {
      dimensions.append(
        CubeDimension(id: "time", role: .time, categories: times.map { CubeCategory($0) })
      )
    }
    let contentPlaces = Dictionary(uniqueKeysWithValues: contents.enumerated().map { ($1, $0) })
    let timePlaces = Dictionary(uniqueKeysWithValues: times.enumerated().map { ($1, $0) })
    columns = kept.map { column, content, time in
      let first = hasContents ? [contentPlaces[content] ?? 0] : []
      let second = times.isEmpty ? [] : [time.flatMap { timePlaces[$0] } ?? 0]
      return Column(column: column, categories: first + second)
    }
  }

  /// The same with a time for all figures, where none has one yet.
  func timed(_ time: String?) -> GridHeading {
    guard let time, !dimensions.contains(where: { $0.role == .time }) else { return self }
    return GridHeading(
      dimensions: dimensions
        + [CubeDimension(id: "time", role: .time, categories: [CubeCategory(time)])],
      columns: columns.map { Column(column: $0.column, categories: $0.categories + [0]) }
    )
  }

  /// Creates what is known of the columns of a layout.
  init(dimensions: [CubeDimension], columns: [Column]) {
    self.dimensions = dimensions
    self.columns = columns
  }

  /// The categories of texts, parted into code and text where all of them are both, as PxWeb writes
  /// them: `SysselBosted - Sysselsatte`.
  private static func categories(_ texts: [String]) -> [CubeCategory] {
    let parts = texts.compactMap(HeadingText.codeAndText)
    // One text alone, as `Skatt - netto`, is parted only where the first part looks like a code.
    let isClear = texts.count > 1 || texts.allSatisfy(HeadingText.beginsWithCode)
    guard parts.count == texts.count, isClear, Set(parts.map(\.code)).count == texts.count else {
      return texts.map { CubeCategory($0) }
    }
    return parts.map { CubeCategory($0.code, label: $0.text) }
  }
}

extension [String] {
  /// The different texts, in order.
  var unique: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
