/// The dimensions of a PX file.
struct PXShape {
  /// The dimensions, also the one that CONTENTS makes.
  private(set) var dimensions: [CubeDimension] = []
  /// The names of the variables, those of the stub first.
  let names: [String]
  /// How many of them are in the stub.
  let stubCount: Int
  /// How many cells the table has.
  private(set) var cellCount = 1

  /// Reads the variables, their values and what is said of them.
  init(_ keywords: PXKeywords, _ text: inout PXText) throws(CubeError) {
    let stub = keywords["STUB"]
    let heading = keywords["HEADING"]
    stubCount = stub?.values.count ?? 0
    names = (stub?.values ?? []) + (heading?.values ?? [])
    let place = (stub ?? heading)?.position ?? 0
    guard !names.isEmpty, names.count <= CubeDimension.maximumCount else {
      throw text.error(
        at: place,
        "STUB and HEADING must name 1 to \(CubeDimension.maximumCount) variables, not \(names.count)."
      )
    }
    for name in names {
      let dimension = try Self.dimension(name, keywords, &text)
      let isKnown = dimensions.contains { $0.id == dimension.id || $0.label == dimension.label }
      guard !isKnown else {
        throw text.error(
          at: place,
          "The variable \(quoted(name)) stands in STUB and HEADING twice."
        )
      }
      let (count, overflows) = cellCount.multipliedReportingOverflow(by: dimension.categories.count)
      guard !overflows, count <= MemoryBudget.maximumCells else {
        throw text.error(
          kind: .tooLarge,
          at: place,
          "The table has more than \(MemoryBudget.maximumCells) cells."
        )
      }
      cellCount = count
      dimensions.append(dimension)
    }
    addContents(keywords)
  }

  private static func dimension(
    _ name: String,
    _ keywords: PXKeywords,
    _ text: inout PXText
  ) throws(CubeError) -> CubeDimension {
    guard let values = keywords["VALUES", name] else {
      let known = keywords.all("VALUES").compactMap(\.subkeys.first)
      throw text.error(
        at: (keywords["STUB"] ?? keywords["HEADING"])?.position,
        "There is no VALUES(\(quoted(name)))." + suggestion(for: name, among: known)
      )
    }
    try text.take(values.values.count, of: MemoryBudget.category, at: values.position)
    let codes = keywords["CODES", name]
    if let codes, codes.values.count != values.values.count {
      throw text.error(
        at: codes.position,
        "\(quoted(name)) has \(codes.values.count) codes for \(values.values.count) values."
      )
    }
    var seen: Set<String> = []
    for code in (codes ?? values).values where !seen.insert(code).inserted {
      throw text.error(
        at: (codes ?? values).position,
        "\(quoted(code)) stands twice among the \(codes == nil ? "values" : "codes") of \(quoted(name))."
      )
    }
    let elimination = keywords["ELIMINATION", name]?.values.first
    var dimension = CubeDimension(
      id: keywords["VARIABLECODE", name]?.values.first ?? name,
      label: name,
      role: role(of: name, keywords),
      categories: zip((codes ?? values).values, values.values).map { CubeCategory($0, label: $1) },
      isEliminable: elimination.map { $0.uppercased() != "NO" } ?? false
    )
    try describe(&dimension, keywords, &text)
    return dimension
  }

  private static func role(of name: String, _ keywords: PXKeywords) -> CubeDimension.Role? {
    if keywords["TIMEVAL", name] != nil { return .time }
    if keywords["CONTVARIABLE"]?.values.first == name { return .metric }
    let kind = keywords["VARIABLE-TYPE", name]?.values.first?.lowercased()
    return keywords["MAP", name] != nil || kind?.hasPrefix("g") == true ? .geo : nil
  }

  /// Adds units, decimals and notes.
  private static func describe(
    _ dimension: inout CubeDimension,
    _ keywords: PXKeywords,
    _ text: inout PXText
  ) throws(CubeError) {
    let name = dimension.label
    let names = PXCategoryNames(dimension)
    if dimension.role == .metric {
      let unit = keywords["UNITS"]?.values.first.flatMap { $0.isEmpty ? nil : $0 }
      let decimals = try decimals(keywords["SHOWDECIMALS"], text)
      for index in dimension.categories.indices {
        dimension.categories[index].unit = unit
        dimension.categories[index].decimals = decimals
      }
      for entry in keywords.all("UNITS") {
        guard let subkey = entry.subkeys.first, let index = names[subkey] else { continue }
        dimension.categories[index].unit = entry.values.first
      }
    }
    for entry in keywords.entries where entry.subkeys.first == name {
      let index = entry.subkeys.count == 2 ? names[entry.subkeys[1]] : nil
      let note = CubeNote(noteText(entry), isMandatory: entry.keyword.hasSuffix("X"))
      switch (entry.keyword, index) {
      case ("NOTE", nil), ("NOTEX", nil): dimension.notes.append(note)
      case ("VALUENOTE", let index?), ("VALUENOTEX", let index?):
        dimension.categories[index].notes.append(note)
      case ("PRECISION", let index?):
        dimension.categories[index].decimals = try decimals(entry, text)
      default: break
      }
    }
  }

  private static func decimals(
    _ entry: PXKeywords.Entry?,
    _ text: PXText
  ) throws(CubeError) -> Int? {
    guard let entry else { return nil }
    guard let decimals = entry.values.first.flatMap({ Int($0) }), (0...20).contains(decimals)
    else {
      throw text.error(
        at: entry.position,
        "\(entry.keyword) must be a whole number from 0 to 20, not "
          + "\(quoted(entry.values.first ?? ""))."
      )
    }
    return decimals
  }

  /// The text of a note; `#` is a line break.
  static func noteText(_ entry: PXKeywords.Entry) -> String {
    String((entry.values.first ?? "").map { $0 == "#" ? "\n" : $0 })
  }

  private mutating func addContents(_ keywords: PXKeywords) {
    guard keywords["CONTVARIABLE"] == nil, !dimensions.contains(where: { $0.id == "CONTENTS" }),
      let contents = keywords["CONTENTS"]?.values.first, !contents.isEmpty
    else { return }
    let unit = keywords["UNITS"]?.values.first.flatMap { $0.isEmpty ? nil : $0 }
    let decimals = keywords["SHOWDECIMALS"]?.values.first.flatMap { Int($0) }
    dimensions.append(
      CubeDimension(
        id: "CONTENTS",
        role: .metric,
        categories: [
          CubeCategory(
            contents,
            unit: unit,
            decimals: decimals.flatMap { (0...20).contains($0) ? $0 : nil }
          )
        ]
      )
    )
  }
}

/// Finds a category by what PX calls it: its text where all texts differ, else its code.
struct PXCategoryNames {
  private var labels: [String: Int] = [:]
  private var codes: [String: Int] = [:]
  /// Whether categories are called by their texts.
  let areLabels: Bool

  /// Notes the names of a dimension's categories.
  init(_ dimension: CubeDimension) {
    for (index, category) in dimension.categories.enumerated() {
      if labels[category.label] == nil { labels[category.label] = index }
      if codes[category.code] == nil { codes[category.code] = index }
    }
    areLabels = labels.count == dimension.categories.count
  }

  /// The position of the category of a name.
  subscript(_ name: String) -> Int? {
    areLabels ? labels[name] ?? codes[name] : codes[name] ?? labels[name]
  }

  /// The position of the category of a code, or of a text.
  func code(_ name: String) -> Int? { codes[name] ?? labels[name] }

  /// The position of the category of a text.
  func label(_ name: String) -> Int? { labels[name] }
}
