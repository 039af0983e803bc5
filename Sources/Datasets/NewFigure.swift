public import Regions

/// A figure that a user adds to those of the dataset.
public struct NewFigure: Sendable, Hashable {
  /// The series.
  public let series: String
  /// The municipality, or the region.
  public let unit: Unit
  /// The year.
  public let year: Int
  /// The value, in the unit of the series.
  public let value: Double
  /// Where it is from.
  public let source: String
  /// Where it was written.
  public let place: SourcePlace

  /// Whether another figure is of the same series, unit and year.
  fileprivate func isOfTheSame(_ other: NewFigure) -> Bool {
    series == other.series && unit == other.unit && year == other.year
  }

  /// The figures of two files together.
  ///
  /// - Throws: `DatasetError` for a figure that both give with two values.
  /// - Complexity: O(*n* *m*) for *n* and *m* figures.
  public static func merged(
    _ left: [NewFigure],
    _ right: [NewFigure]
  ) throws(DatasetError) -> [NewFigure] {
    var all = left
    for figure in right {
      guard let earlier = left.first(where: figure.isOfTheSame) else {
        all.append(figure)
        continue
      }
      guard earlier.value == figure.value else {
        throw DatasetError(
          .invalid,
          file: figure.place.file,
          line: figure.place.line,
          """
          \(figure.series) of \(figure.unit.name) in \(figure.year) is \(figure.value.brief) here, \
          but \(earlier.value.brief) in \(earlier.place). Keep the right one.
          """
        )
      }
    }
    return all
  }
}

/// What may be added: these series, for these units.
public struct NewFigureRules: Sendable, Hashable {
  /// The columns of the file; others are passed over.
  public static let columns = ["series", "unit", "year", "value", "source"]

  /// The series, by id.
  public let series: [String: Series]
  /// The units, by code.
  public let units: [Unit]

  /// Creates the rules.
  ///
  /// - Parameters:
  ///   - series: The series that may get figures.
  ///   - units: The units that may.
  public init(series: some Sequence<Series>, units: [Unit]) {
    self.series = Dictionary(series.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    self.units = units
  }

  /// Reads the figures of a CSV file; rows without a value, as a template has them, are passed over.
  ///
  /// The separator is a comma, or, as Excel set to Norwegian writes it, a semicolon or a tab; then
  /// numbers may have a decimal comma and spaces between thousands. A code that lost its leading zero
  /// gets it back.
  ///
  /// - Parameters:
  ///   - file: The file's path, for errors.
  ///   - bytes: Its content.
  /// - Returns: The figures, in the order of the file.
  /// - Throws: `DatasetError` naming line and column: for a series or unit that may not be given, a
  ///   value outside the limits of its series, a figure without a source, and a figure that stands
  ///   twice with two values.
  /// - Complexity: O(*n*) for *n* rows.
  public func read(file: String, bytes: [UInt8]) throws(DatasetError) -> [NewFigure] {
    let separator = CSVTable.separator(of: bytes)
    var table = try CSVTable(
      file: file,
      bytes: bytes.last == UInt8(ascii: "\n") ? bytes : bytes + [UInt8(ascii: "\n")],
      separator: separator,
      required: Self.columns
    )
    var figures: [NewFigure] = []
    var known: [String: NewFigure] = [:]
    while try table.next() {
      guard let value = try Self.value(table, isNorwegian: separator != UInt8(ascii: ",")) else {
        continue
      }
      let figure = try figure(value, table, file)
      let key = "\(figure.series)\t\(figure.unit.code)\t\(figure.year)"
      if let earlier = known[key] {
        guard earlier.value == figure.value else {
          throw table.error(
            "value",
            """
            is \(figure.value.brief), but line \(earlier.place.line ?? 0) gives \
            \(earlier.value.brief) for the same series, unit and year. Keep the right one.
            """
          )
        }
        continue
      }
      known[key] = figure
      figures.append(figure)
    }
    return figures
  }

  /// The value of a row; `nil` where it is empty.
  private static func value(
    _ table: CSVTable,
    isNorwegian: Bool
  ) throws(DatasetError) -> Double? {
    guard isNorwegian, let text = table.optionalText("value") else {
      return try table.number("value")
    }
    let sign: DecimalSign = text.contains(",") ? .comma : .point
    guard let value = sign.number(text) else {
      throw table.error("value", "must be a number, not \"\(text)\"")
    }
    return value
  }

  private func figure(
    _ value: Double,
    _ table: CSVTable,
    _ file: String
  ) throws(DatasetError) -> NewFigure {
    let id = table.text("series")
    guard let series = series[id] else {
      let hint = nearestMatch(to: id, among: self.series.keys.sorted())
        .map { " Did you mean \($0)?" }
      throw table.error("series", "names \"\(id)\", which the plan does not use.\(hint ?? "")")
    }
    let code = table.text("unit")
    guard let unit = units.first(where: { $0.code == code || $0.code == "0" + code }) else {
      let allowed = units.map { "\($0.code) \($0.name)" }.joined(separator: ", ")
      throw table.error(
        "unit",
        "is \"\(code)\", which is not in the plan. Allowed are: \(allowed)."
      )
    }
    let year = try table.integer("year")
    guard (1900...2200).contains(year) else {
      throw table.error("year", "must be a year, not \"\(year)\"")
    }
    if let limit = series.minimum, value < limit {
      throw table.error("value", "must be at least \(limit.brief), not \(value.brief)")
    }
    if let limit = series.maximum, value > limit {
      throw table.error("value", "must be at most \(limit.brief), not \(value.brief)")
    }
    guard let source = table.optionalText("source") else {
      throw table.error("source", "is empty. Say where the figure is from.")
    }
    return NewFigure(
      series: id,
      unit: unit,
      year: year,
      value: value,
      source: source,
      place: SourcePlace(file: file, line: table.line)
    )
  }
}
