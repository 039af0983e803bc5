internal import Cubes
internal import Datasets
internal import Regions

/// What some series need of one table, checked against its metadata.
struct TableSelection {
  /// The codes wanted of each variable.
  let query: TableQuery

  /// Checks what the sources choose.
  ///
  /// - Parameters:
  ///   - sources: The sources, of one table.
  ///   - metadata: The table's metadata.
  ///   - url: The address of the table, for errors.
  ///   - codelist: Fetches the codes of a code list.
  /// - Throws: `FetchError` for a table of another title, and a variable, content, time or code that the
  ///   metadata do not have, with the nearest that they do.
  init(
    _ sources: [UpdateSource],
    metadata: CubeMetadata,
    url: String,
    codelist: (String) throws(FetchError) -> [CubeCategory]
  ) throws(FetchError) {
    try Self.checkTitle(sources, metadata, url)
    try Self.checkNames(sources, metadata, url)
    var variables: [TableQuery.Variable] = []
    for dimension in metadata.dimensions {
      let variable = try Self.variable(dimension, sources, url: url, codelist: codelist)
      if let variable { variables.append(variable) }
    }
    query = TableQuery(variables: variables)
  }

  /// Whether one cube can serve two sources.
  static func canJoin(_ one: UpdateSource, _ other: UpdateSource) -> Bool {
    func chosen(_ source: UpdateSource) -> Set<[String]> {
      Set(source.selection.map { [$0.variable.lowercased(), $0.codelist ?? ""] })
    }
    return one.table == other.table
      && one.regionVariable.lowercased() == other.regionVariable.lowercased()
      && one.regionCodelist == other.regionCodelist && chosen(one) == chosen(other)
  }

  /// Refuses a table other than the one that the sources mean.
  private static func checkTitle(
    _ sources: [UpdateSource],
    _ metadata: CubeMetadata,
    _ url: String
  ) throws(FetchError) {
    if let id = metadata.table, id != sources[0].table {
      throw FetchError(
        .notAsExpected,
        url: url,
        "The metadata are those of the table \(id), not of \(sources[0].table)."
      )
    }
    for source in sources
    where !source.titleWords.isEmpty
      && !metadata.title.lowercased().contains(source.titleWords.lowercased())
    {
      throw FetchError(
        .notAsExpected,
        url: url,
        "The table is called \"\(metadata.title)\", without \"\(source.titleWords)\": it is not the "
          + "one that the catalogue means for \(source.series)."
      )
    }
    if let other = sources.first(where: { !canJoin($0, sources[0]) }) {
      throw FetchError(
        .notAsExpected,
        url: url,
        "\(other.series) and \(sources[0].series) choose of different tables, variables or code lists, "
          + "so that one cube cannot serve both. Fetch them one by one."
      )
    }
  }

  /// Refuses variables that the table does not have.
  private static func checkNames(
    _ sources: [UpdateSource],
    _ metadata: CubeMetadata,
    _ url: String
  ) throws(FetchError) {
    let known = metadata.dimensions.map(\.id)
    for source in sources {
      for name in [source.regionVariable] + source.selection.map(\.variable)
      where !known.contains(where: { $0.lowercased() == name.lowercased() }) {
        let hint = nearestMatch(to: name, among: known).map { " Is it \($0)?" } ?? ""
        throw FetchError(
          .notAsExpected,
          url: url,
          "The table has no variable \"\(name)\", which \(source.series) needs.\(hint) It has: "
            + known.joined(separator: ", ") + "."
        )
      }
    }
  }

  /// The codes wanted of a variable; `nil` for one that is left out, so that the server adds it up.
  private static func variable(
    _ dimension: CubeDimension,
    _ sources: [UpdateSource],
    url: String,
    codelist: (String) throws(FetchError) -> [CubeCategory]
  ) throws(FetchError) -> TableQuery.Variable? {
    let isNamed = { (name: String) in name.lowercased() == dimension.id.lowercased() }
    if let region = sources.first(where: { isNamed($0.regionVariable) }) {
      let list = region.regionCodelist
      let categories: [CubeCategory]
      if let list { categories = try codelist(list) } else { categories = dimension.categories }
      guard !categories.isEmpty else {
        throw FetchError(.notAsExpected, url: url, "The code list \(list ?? "") has no codes.")
      }
      return TableQuery.Variable(
        id: dimension.id,
        codelist: list,
        codes: unique(categories.map(\.code))
      )
    }
    var codes: [String] = []
    var list: String?
    if dimension.role == .metric || isNamed("ContentsCode") {
      for source in sources { codes.append(try content(source, dimension, url: url)) }
    } else if dimension.role == .time || isNamed("Tid") {
      for source in sources { codes += try times(source, dimension, url: url) }
    } else {
      let choices = sources.flatMap(\.selection).filter { isNamed($0.variable) }
      list = choices.first?.codelist
      var categories = dimension.categories
      if let list { categories = try codelist(list) }
      for choice in choices {
        for term in choice.terms {
          codes += try expand(term, categories, of: dimension, url: url)
        }
      }
    }
    if !codes.isEmpty {
      return TableQuery.Variable(id: dimension.id, codelist: list, codes: unique(codes))
    }
    if dimension.isEliminable { return nil }
    guard dimension.categories.count == 1 else {
      throw FetchError(
        .notAsExpected,
        url: url,
        "The variable \(dimension.id) (\(dimension.label)) must be chosen, and the catalogue does not "
          + "say what of it. It has: \(sample(dimension.categories))."
      )
    }
    return TableQuery.Variable(
      id: dimension.id,
      codelist: nil,
      codes: [dimension.categories[0].code]
    )
  }

  /// The codes, each once: of one that stands twice the server makes an error without a reason.
  private static func unique(_ codes: [String]) -> [String] {
    var seen: Set<String> = []
    return codes.filter { seen.insert($0.lowercased()).inserted }
  }

  private static func content(
    _ source: UpdateSource,
    _ dimension: CubeDimension,
    url: String
  ) throws(FetchError) -> String {
    if let wanted = source.contents?.lowercased(),
      let found = dimension.categories.first(where: { $0.code.lowercased() == wanted })
    {
      return found.code
    }
    if let words = source.contentsWords?.lowercased() {
      let found = dimension.categories.filter { $0.label.lowercased().contains(words) }
      if let only = found.first, found.count == 1 { return only.code }
      if found.count > 1 {
        throw FetchError(
          .notAsExpected,
          url: url,
          "Several contents have \"\(words)\" in their name: \(sample(found)). The catalogue has to "
            + "name the code of the one that \(source.series) means (update_sources.csv)."
        )
      }
    }
    let wanted = source.contents ?? source.contentsWords ?? ""
    throw missing(wanted, dimension.categories, of: dimension, url: url)
  }

  /// The times of an expression of PxWebApi: `*`, `from(v)`, `to(v)`, `range(a,b)`,
  /// `top(n)` or `bottom(n)`.
  private static func times(
    _ source: UpdateSource,
    _ dimension: CubeDimension,
    url: String
  ) throws(FetchError) -> [String] {
    let codes = dimension.categories.map(\.code)
    let text = source.times.filter { $0 != "[" && $0 != "]" && !$0.isWhitespace }
    if text == "*" { return codes }
    let parts = text.split(separator: "(", maxSplits: 1).map(String.init)
    let arguments = parts.count == 2 && text.hasSuffix(")") ? String(parts[1].dropLast()) : ""
    let values = arguments.split(separator: ",").map(String.init)
    let found: [String]
    switch (parts.first ?? "", values.count) {
    case ("from", 1): found = codes.filter { $0 >= values[0] }
    case ("to", 1): found = codes.filter { $0 <= values[0] }
    case ("range", 2): found = codes.filter { values[0] <= $0 && $0 <= values[1] }
    case ("top", 1): found = Array(codes.sorted().suffix(max(Int(values[0]) ?? 0, 0)))
    case ("bottom", 1): found = Array(codes.sorted().prefix(max(Int(values[0]) ?? 0, 0)))
    default: found = codes.filter { $0 == text }
    }
    guard !found.isEmpty else {
      throw missing(source.times, dimension.categories, of: dimension, url: url)
    }
    return found
  }

  private static func expand(
    _ term: UpdateSource.Choice.Term,
    _ categories: [CubeCategory],
    of dimension: CubeDimension,
    url: String
  ) throws(FetchError) -> [String] {
    func position(_ code: String) throws(FetchError) -> Int {
      let wanted = code.lowercased()
      guard let found = categories.firstIndex(where: { $0.code.lowercased() == wanted }) else {
        throw missing(code, categories, of: dimension, url: url)
      }
      return found
    }
    switch term {
    case .code("*"): return categories.map(\.code)
    case .code(let code): return [categories[try position(code)].code]
    case .range(let first, let last):
      let (from, to) = (try position(first), try position(last))
      guard from <= to else {
        throw missing("\(first)..\(last)", categories, of: dimension, url: url)
      }
      return categories[from...to].map(\.code)
    }
  }

  private static func missing(
    _ code: String,
    _ categories: [CubeCategory],
    of dimension: CubeDimension,
    url: String
  ) -> FetchError {
    let hint = nearestMatch(to: code, among: categories.map(\.code)).map { " Is it \($0)?" } ?? ""
    return FetchError(
      .notAsExpected,
      url: url,
      "The variable \(dimension.id) (\(dimension.label)) has no \"\(code)\".\(hint) It has: "
        + "\(sample(categories)). The catalogue has to be changed (update_sources.csv)."
    )
  }

  private static func sample(_ categories: [CubeCategory]) -> String {
    let shown = categories.prefix(12).map { category in
      category.code == category.label ? category.code : "\(category.code) (\(category.label))"
    }
    return shown.joined(separator: ", ") + (categories.count > 12 ? ", …" : "")
  }
}
