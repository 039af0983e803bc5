/// The table of the settlement of the income equalisation between municipalities
/// ("løpende inntektsutjevning"), which the ministry publishes each month.
///
/// Its headings stand over several rows, differ from month to month and repeat each other, but the order
/// of its columns is the same.
enum SettlementLayout {
  /// The column of the code, beside which the name stands.
  static let code = 0
  /// Columns, their code in a cube and the unit of their figures.
  private static let columns: [(column: Int, code: String, unit: String)] = [
    (2, "tax", "1000 kr"), (3, "population", "personer"), (4, "tax-per-inhabitant", "kr"),
    (5, "ratio", "prosent"), (10, "supplement", "1000 kr"),
  ]

  private static let months = [
    "januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober",
    "november", "desember",
  ]

  /// Whether a table has this layout: the first heading begins "Knr.", and headings over several rows.
  static func fits(_ grid: Grid, _ frame: GridFrame) -> Bool {
    frame.headings.count > 1 && frame.columnCount > 10
      && grid.text(frame.headings.lowerBound, code).lowercased().hasPrefix("knr")
  }

  /// The columns of figures.
  ///
  /// - Parameters:
  ///   - headings: All headings, which become labels.
  ///   - year: The year, where it is known.
  /// - Returns: What the headings say.
  static func heading(_ headings: [String], year: String?) -> GridHeading {
    let categories = columns.map { column in
      let label = headings[column.column]
      return CubeCategory(column.code, label: label.isEmpty ? nil : label, unit: column.unit)
    }
    var dimensions = [CubeDimension(id: "content", role: .metric, categories: categories)]
    if let year {
      dimensions.append(CubeDimension(id: "time", role: .time, categories: [CubeCategory(year)]))
    }
    return GridHeading(
      dimensions: dimensions,
      columns: columns.enumerated().map { index, column in
        .init(column: column.column, categories: year == nil ? [index] : [index, 0])
      }
    )
  }

  /// The year that title and headings name, if they name one, and no part of one.
  static func year(_ grid: Grid, _ frame: GridFrame) -> String? {
    let titles = frame.titles.flatMap { row in
      (0..<grid.cellCount(row)).map { grid.text(row, $0) }
    }
    let headings = frame.headings.flatMap { row in (0...5).map { grid.text(row, $0) } }
    return year(titles) ?? (titles.contains(where: namesYear) ? nil : year(headings))
  }

  private static func words(_ text: String) -> [Substring] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }
  }

  private static func namesYear(_ text: String) -> Bool {
    words(text).contains { $0.count == 4 && HeadingText.isTime($0) }
  }

  private static func year(_ texts: [String]) -> String? {
    let words = texts.flatMap(words)
    let years = Set(words.filter { $0.count == 4 && HeadingText.isTime($0) })
    let named = Set(words.compactMap { word in months.firstIndex(of: String(word)) })
    // January to December is the year; anything else is a part of it.
    guard years.count == 1, named.isEmpty || named == [0, 11] else { return nil }
    return years.first.map(String.init)
  }
}
