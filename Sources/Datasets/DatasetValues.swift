internal import Regions

/// The bases and reasons of a values file, with their words as bytes, compared without making text.
private struct StatusWords {
  private let bases = [Basis.observed, .provisional, .estimated, .plan].map {
    (Array($0.rawValue.utf8), $0)
  }
  private let reasons = Self.sourceReasons.map { (Array($0.rawValue.utf8), $0) }
  private let missing = Array("missing".utf8)

  /// The reasons that a file may give; the others arise when figures are put together.
  static let sourceReasons: [MissingReason] = [
    .split, .combined, .suppressed, .notPublished, .notComputable, .implausible, .notApplicable,
    .pending,
  ]

  func basis(_ word: ArraySlice<UInt8>) -> Basis? {
    bases.first { word.elementsEqual($0.0) }?.1
  }

  func reason(_ word: ArraySlice<UInt8>) -> MissingReason? {
    reasons.first { word.elementsEqual($0.0) }?.1
  }

  func isMissing(_ word: ArraySlice<UInt8>) -> Bool { word.elementsEqual(missing) }
}

/// Finds the position of a code; in a file sorted by code the next one is nearly always meant.
private struct PositionFinder {
  private let codes: [[UInt8]]
  private let positions: [[UInt8]: Int]
  private var expected = 0

  init(_ register: MunicipalityRegister) {
    codes = (0..<register.count).map { Array(register.unit(at: $0).code.utf8) }
    positions = Dictionary(uniqueKeysWithValues: zip(codes, codes.indices))
  }

  mutating func position(of code: ArraySlice<UInt8>) -> Int? {
    if expected < codes.count, code.elementsEqual(codes[expected]) {
      expected += 1
      return expected - 1
    }
    guard let position = positions[Array(code)] else { return nil }
    expected = position + 1
    return position
  }
}

extension DatasetFiles {
  /// Reads the columns of some series from a values file.
  ///
  /// - Returns: For each series the columns by year. Rows of other series are passed over.
  /// - Throws: `DatasetError` for a row twice, an unknown code, a value that is no number or outside
  ///   the series' limits, a value without basis or a gap without reason, or a row that is missing
  ///   in a series that is complete.
  func readValues(
    _ file: String,
    series: [Series],
    register: MunicipalityRegister
  ) throws(DatasetError) -> [String: [Int: Column]] {
    var table = try table(file, ["series", "municipality", "year", "value", "basis", "reason"])
    var finder = PositionFinder(register)
    let words = StatusWords()
    var result: [String: [Int: Column]] = [:]
    var current: (id: [UInt8], series: Series?) = ([], nil)
    var columns: [Int: Column] = [:]
    while try table.next() {
      let id = table.bytes("series")
      if !id.elementsEqual(current.id) {
        if let finished = current.series { result[finished.id] = columns }
        let name = String(decoding: id, as: UTF8.self)
        current = (Array(id), series.first { $0.id == name })
        columns = result[name] ?? [:]
      }
      guard let series = current.series else { continue }
      guard let position = finder.position(of: table.bytes("municipality")) else {
        let code = table.text("municipality")
        let zero = code.utf8.count == 3 ? " Has its leading zero been lost?" : ""
        throw table.error("municipality", "has \"\(code)\", which is not known.\(zero)")
      }
      let year = try table.integer("year")
      let (value, status) = try readFigure(&table, series: series, words: words)
      var column = columns.removeValue(forKey: year) ?? Column(count: register.count, year: year)
      guard column.statuses[position] == .missing(.notInSeries) else {
        throw table.error(
          "A second row for \(series.id), \(table.text("municipality")), \(year)."
        )
      }
      column.values[position] = value
      column.statuses[position] = status
      columns[year] = column
    }
    if let finished = current.series { result[finished.id] = columns }
    for description in series where description.isComplete {
      try checkComplete(file, description, result[description.id] ?? [:], register: register)
    }
    return result
  }

  private func readFigure(
    _ table: inout CSVTable,
    series: Series,
    words: StatusWords
  ) throws(DatasetError) -> (Double, FigureStatus) {
    let basis = table.bytes("basis")
    guard let value = try table.number("value") else {
      guard words.isMissing(basis), let reason = words.reason(table.bytes("reason")) else {
        let reasons = StatusWords.sourceReasons.map(\.rawValue).joined(separator: ", ")
        throw table.error(
          "value",
          "is empty; then basis must be \"missing\" and reason one of \(reasons)"
        )
      }
      return (.nan, .missing(reason))
    }
    guard let known = words.basis(basis) else {
      throw table.error(
        "basis",
        "must be observed, provisional, estimated or plan where there is a value, not "
          + "\"\(table.text("basis"))\""
      )
    }
    if let minimum = series.minimum, value < minimum {
      throw table.error(
        "value",
        "is \(table.text("value")); \(series.id) cannot be below \(minimum.brief)."
      )
    }
    if let maximum = series.maximum, value > maximum {
      throw table.error(
        "value",
        "is \(table.text("value")); \(series.id) cannot be above \(maximum.brief)."
      )
    }
    return (value, .present(known))
  }

  private func checkComplete(
    _ file: String,
    _ series: Series,
    _ columns: [Int: Column],
    register: MunicipalityRegister
  ) throws(DatasetError) {
    for (year, column) in columns.sorted(by: { $0.key < $1.key }) {
      for position in register.municipalities.indices
      where column.statuses[position] == .missing(.notInSeries) {
        let unit = register.unit(at: position)
        throw DatasetError(
          .invalid,
          file: path(file),
          """
          \(series.id) has no row for \(unit.code) \(unit.name) in \(year). The series is said to be \
          complete; a missing value needs a row with its reason. Has the file been cut off?
          """
        )
      }
    }
    guard let years = series.years else { return }
    for year in years where columns[year] == nil {
      throw DatasetError(
        .invalid,
        file: path(file),
        """
        \(series.id) has no rows for \(year); series.csv says it runs from \
        \(years.lowerBound) to \(years.upperBound). Has the file been cut off?
        """
      )
    }
  }
}
