public import Cubes
public import Datasets
public import Regions

/// Which cells of a cube are the figures of one series.
public struct SeriesSelection: Sendable, Hashable {
  /// The id of the series.
  public let series: String
  /// The content's label, for the user; `nil` where the cube has only one and does not name it.
  public let content: String?
  /// The dimension of the places.
  public let regions: Int
  /// The dimension of time; `nil` where the cube is of one year that is told.
  public let times: Int?
  /// The year of each category of the time dimension; `nil` for one that is not taken.
  public let years: [Int?]
  /// The categories of every other dimension that are added up, by the index of the dimension.
  public let chosen: [Int: [Int]]
  /// How each dimension was understood, for the user.
  public let explanations: [String]
  /// What a value is multiplied by to be in the unit of the series.
  public let factor: Double
  /// Where the catalogue says the series is fetched, if the cube is of that table.
  public let source: UpdateSource?
}

/// Finds out which cells of a cube are the figures of which series.
///
/// What the user says goes first, then what the catalogue says of the cube's table, then names of
/// contents that are ids of series. A dimension of which nobody says anything must have one category
/// or one that is called a total; nothing is added up without being told.
public struct SeriesSelector: Sendable {
  private let cube: Cube
  private let catalogue: Catalogue
  private let sources: [UpdateSource]
  private let options: ImportOptions
  private let origin: String

  /// Prepares to select.
  ///
  /// - Parameters:
  ///   - cube: The cube.
  ///   - catalogue: The series that are known.
  ///   - sources: Where they are fetched.
  ///   - options: What the user says.
  ///   - origin: The file or address, for errors.
  public init(
    _ cube: Cube,
    catalogue: Catalogue,
    sources: [UpdateSource],
    options: ImportOptions,
    origin: String
  ) {
    self.cube = cube
    self.catalogue = catalogue
    self.sources = sources
    self.options = options
    self.origin = origin
  }

  /// The selections, one per series.
  ///
  /// - Throws: `ImportError` that says what is not clear, with what there is to choose from.
  /// - Complexity: O(number of categories × number of series).
  public func selections() throws(ImportError) -> [SeriesSelection] {
    let found = try wanted()
    var selections: [SeriesSelection] = []
    for (series, content, source) in found {
      selections.append(try selection(series, content: content, source: source))
    }
    return selections
  }

  // MARK: - Contents and series

  private typealias Wanted = (series: String, content: Int?, source: UpdateSource?)

  /// The dimension of the contents.
  private var metric: Int? { cube.dimension(with: .metric) }

  private var contents: [CubeCategory] { metric.map { cube.dimensions[$0].categories } ?? [] }

  /// The publisher's id of the table: as told, as stated, or at the start of the title.
  public var table: String? {
    if let table = options.table ?? cube.table { return table }
    let digits = cube.title.trimmingSpaces.prefix { $0.isASCII && $0.isNumber }
    return digits.count == 5 ? String(digits) : nil
  }

  private func wanted() throws(ImportError) -> [Wanted] {
    if !options.assignments.isEmpty { return try told() }
    let ofTable = sources.filter { $0.method == .pxwebapi && $0.table == table }
    var found: [Wanted] = []
    for source in ofTable {
      guard let content = match(source), holds(source) else { continue }
      found.append((source.series, content.index, source))
    }
    if !found.isEmpty { return found }
    let known = Set(catalogue.series.map(\.id))
    found = contents.indices.filter { known.contains(contents[$0].code) }
      .map { (contents[$0].code, $0, nil) }
    if !found.isEmpty { return found }
    throw unclearSeries(ofTable)
  }

  private func told() throws(ImportError) -> [Wanted] {
    var found: [Wanted] = []
    for assignment in options.assignments {
      let known = catalogue.series.map(\.id)
      guard options.newSeries != nil || known.contains(assignment.series) else {
        let hint = nearestMatch(to: assignment.series, among: known).map { " Is it \($0)?" } ?? ""
        throw ImportError(
          .unclear,
          origin: origin,
          "There is no series \"\(assignment.series)\".\(hint) `regionsim data list` shows them; a new "
            + "one is made with --new-series NAME and --unit."
        )
      }
      let source = sources.first { $0.series == assignment.series && $0.table == (table ?? "") }
      let index = try contentIndex(of: assignment, source)
      found.append((assignment.series, index, source.flatMap { holds($0) ? $0 : nil }))
    }
    return found
  }

  private func contentIndex(
    of assignment: ImportOptions.Assignment,
    _ source: UpdateSource?
  ) throws(ImportError) -> Int? {
    guard let wanted = assignment.content?.lowercased() else {
      if contents.count <= 1 { return contents.isEmpty ? nil : 0 }
      if let own = contents.firstIndex(where: { $0.code == assignment.series }) { return own }
      if let source, let found = match(source) { return found.index }
      throw ImportError(
        .unclear,
        origin: origin,
        "The table has \(contents.count) contents: \(cube.dimensions[metric ?? 0].sample). Say which is "
          + "\(assignment.series), as in --as \"\(contents[0].code)=\(assignment.series)\"."
      )
    }
    if let found = contents.firstIndex(where: { $0.code.lowercased() == wanted })
      ?? contents.firstIndex(where: { $0.label.lowercased() == wanted })
    {
      return found
    }
    let names = contents.flatMap { [$0.code, $0.label] }
    let hint = nearestMatch(to: wanted, among: names).map { " Is it \($0)?" } ?? ""
    throw ImportError(
      .unclear,
      origin: origin,
      "The table has no content \"\(assignment.content ?? "")\".\(hint)"
    )
  }

  /// A content that the catalogue means; without an index where the cube names no contents.
  private struct ContentMatch {
    let index: Int?
  }

  private func match(_ source: UpdateSource) -> ContentMatch? {
    if contents.isEmpty { return ContentMatch(index: nil) }
    let code = source.contents?.lowercased()
    let words = source.contentsWords?.lowercased()
    let found =
      contents.firstIndex { $0.code.lowercased() == code }
      ?? contents.firstIndex { content in words.map(content.label.lowercased().hasWords) ?? false }
    return found.map { ContentMatch(index: $0) }
  }

  /// Whether the cube has all that a source of the catalogue chooses; what it leaves out must be left
  /// out here too, or be a total.
  private func holds(_ source: UpdateSource) -> Bool {
    (try? choices(source)) != nil
  }

  private func unclearSeries(_ ofTable: [UpdateSource]) -> ImportError {
    let table = table.map { "table \($0)" } ?? "a table without a number"
    let list = contents.isEmpty ? "" : " Its contents: \(cube.dimensions[metric ?? 0].sample)."
    let example =
      contents.count > 1 ? "--as \"\(contents[0].code)=SERIES\"" : "--as SERIES"
    let known =
      ofTable.isEmpty
      ? ""
      : " The catalogue takes \(ofTable.map(\.series).joined(separator: ", ")) from this table, "
        + "but not from what the file holds of it."
    return ImportError(
      .unclear,
      origin: origin,
      "Which series is this? It is \(table), \"\(cube.title)\".\(list)\(known) Say it with \(example); "
        + "`regionsim data list` shows the series."
    )
  }

  // MARK: - Dimensions

  private func selection(
    _ series: String,
    content: Int?,
    source: UpdateSource?
  ) throws(ImportError) -> SeriesSelection {
    let regions = try regionDimension()
    let times = cube.dimension(with: .time)
    let (years, period) = try yearsOfTimes(times)
    var (chosen, explanations) = try choices(source)
    if let metric, let content { chosen[metric] = [content] }
    let label = content.map { contents[$0].label }
    explanations.insert(
      "\(cube.dimensions[regions].label): \(cube.dimensions[regions].categories.count) places",
      at: 0
    )
    if let times {
      explanations.insert("\(cube.dimensions[times].label): \(period)", at: 1)
    }
    let unit = content.flatMap { contents[$0].unit }
    let target = options.newSeries?.unit ?? catalogue.series.first { $0.id == series }?.unit
    return SeriesSelection(
      series: series,
      content: label,
      regions: regions,
      times: times,
      years: years,
      chosen: chosen,
      explanations: explanations,
      factor: source.map(\.factor).flatMap { $0 == 1 ? nil : $0 }
        ?? Self.factor(from: unit ?? label, to: target),
      source: source
    )
  }

  private func regionDimension() throws(ImportError) -> Int {
    if let found = cube.dimension(with: .geo) { return found }
    throw ImportError(
      .unclear,
      origin: origin,
      "No dimension holds municipalities. It has: "
        + cube.dimensions.map(\.label).joined(separator: ", ")
        + ". Say which does with --region-column."
    )
  }

  /// The choices of every dimension that is neither place, time nor content.
  private func choices(
    _ source: UpdateSource?
  ) throws(ImportError) -> (chosen: [Int: [Int]], explanations: [String]) {
    var chosen: [Int: [Int]] = [:]
    var explanations: [String] = []
    for (index, dimension) in cube.dimensions.enumerated() {
      let isSpecial = [CubeDimension.Role.geo, .time, .metric].contains { role in
        cube.dimension(with: role) == index
      }
      guard !isSpecial else { continue }
      let names = [dimension.id.lowercased(), dimension.label.lowercased()]
      func isMeant(_ choice: UpdateSource.Choice) -> Bool {
        names.contains(choice.variable.lowercased())
      }
      let choice: DimensionChoice
      if let said = options.choices.first(where: isMeant) {
        choice = try DimensionChoice(said, of: dimension, by: "as told", origin: origin)
      } else if let known = source?.selection.first(where: isMeant) {
        choice = try DimensionChoice(known, of: dimension, by: "by the catalogue", origin: origin)
      } else if let found = DimensionChoice(unsaid: dimension) {
        choice = found
      } else {
        throw ImportError(
          .unclear,
          origin: origin,
          "\(dimension.label) has \(dimension.categories.count) values: \(dimension.sample). Say which are "
            + "added up, as in --map \(dimension.id)=\(dimension.categories[0].code) or "
            + "--map \"\(dimension.id)=*\" for all."
        )
      }
      chosen[index] = choice.indices
      let labels = choice.indices.prefix(6).map { dimension.categories[$0].label }
      let count = choice.indices.count > 6 ? ", … (\(choice.indices.count))" : ""
      explanations.append(
        "\(dimension.label): \(labels.joined(separator: " + "))\(count), \(choice.reason)"
      )
    }
    if let wrong = options.choices.first(where: { choice in
      !cube.dimensions.contains { dimension in
        [dimension.id, dimension.label].contains { $0.lowercased() == choice.variable.lowercased() }
      }
    }) {
      let names = cube.dimensions.map(\.id)
      let hint = nearestMatch(to: wrong.variable, among: names).map { " Is it \($0)?" } ?? ""
      throw ImportError(
        .unclear,
        origin: origin,
        "The table has no dimension \"\(wrong.variable)\".\(hint) It has: "
          + names.joined(separator: ", ") + "."
      )
    }
    return (chosen, explanations)
  }

  /// The year of each category of time, and how that was understood.
  private func yearsOfTimes(
    _ dimension: Int?
  ) throws(ImportError) -> (years: [Int?], explanation: String) {
    guard let dimension else {
      throw ImportError(
        .unclear,
        origin: origin,
        "The table does not say of which year its figures are. Say it with --year."
      )
    }
    let codes = cube.dimensions[dimension].categories
    var periods: [TimePeriod?] = []
    for category in codes {
      periods.append(TimePeriod(category.code) ?? TimePeriod(category.label))
    }
    if let index = periods.firstIndex(of: nil) {
      throw ImportError(
        .unclear,
        origin: origin,
        "\"\(codes[index].code)\" is no period of one year, such as 2024, 2024M11 or 2024K4."
      )
    }
    let wanted = options.period?.uppercased()
    let taken = periods.map { $0.flatMap { wanted == nil || $0.part == wanted ? $0 : nil } }
    let years = taken.compactMap { $0?.year }
    guard Set(years).count == years.count else {
      let parts = Set(taken.compactMap { $0?.part }).sorted()
      throw ImportError(
        .unclear,
        origin: origin,
        "The table has several periods a year (\(parts.joined(separator: ", "))). Say which is taken, as "
          + "in --period \(parts.last ?? "K4")."
      )
    }
    guard let first = years.min(), let last = years.max() else {
      throw ImportError(
        .unclear,
        origin: origin,
        "No period of the table is \(wanted ?? ""). It has: \(cube.dimensions[dimension].sample)."
      )
    }
    let part = taken.compactMap { $0?.part }.first.map { " (\($0))" } ?? ""
    let span = first == last ? "\(first)" : "\(first)–\(last)"
    return (taken.map { $0?.year }, "\(years.count) years, \(span)\(part)")
  }

  // MARK: - Units

  /// What figures in one unit, as a publisher writes it, are multiplied by to be in another.
  static func factor(from unit: String?, to target: MeasureUnit?) -> Double {
    let text = (unit ?? "").lowercased().filter { !$0.isWhitespace }
    let isThousand = ["1000kr", "1000nok", "tusenkr", "1.000kr"].contains { text.contains($0) }
    let isMillion = ["mill.kr", "millkr", "millionerkr", "mill.nok"].contains { text.contains($0) }
    let inKroner: Double = isThousand ? 1000 : isMillion ? 1_000_000 : 1
    switch target {
    case .nok: return inKroner
    case .thousandNOK:
      let isKroner = isThousand || isMillion || text == "kr" || text == "nok" || text == "kroner"
      return isKroner ? inKroner / 1000 : 1
    default: return 1
    }
  }
}

extension String {
  /// Whether each of some words stands in the text.
  fileprivate func hasWords(_ words: String) -> Bool {
    words.split(separator: " ").allSatisfy { contains($0) }
  }
}
