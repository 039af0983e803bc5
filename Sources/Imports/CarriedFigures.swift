internal import Regions

/// The figures of a series on a register's positions, year by year, and what was done to get there.
struct CarriedFigures {
  private(set) var columns: [Int: Column] = [:]
  private var reports: [FigureCarrier.Report] = []
  private let carrier: FigureCarrier

  init(register: MunicipalityRegister, history: MunicipalityHistory) {
    carrier = FigureCarrier(register: register, history: history)
  }

  /// Carries the figures of one year.
  ///
  /// - Throws: `ImportError` for numbers that have figures in years in which they were not in use, and
  ///   for two figures of one number.
  mutating func carry(
    _ figures: SelectedFigures,
    index: Int,
    places: PlaceAssignment,
    isSummable: Bool,
    origin: String
  ) throws(ImportError) {
    let codes = places.places.map { place -> String? in
      if case .municipality(let code) = place { code } else { nil }
    }
    let year = figures.years[index]
    let (column, report) = carrier.carry(
      codes: codes,
      values: figures.values[index],
      statuses: figures.statuses[index],
      year: year,
      isSummable: isSummable
    )
    if let code = report.repeated.first {
      throw ImportError(
        .invalid,
        origin: origin,
        "\(code) has two different figures in \(year). Which is right?"
      )
    }
    if let code = report.outOfUse.first {
      throw ImportError(
        .invalid,
        origin: origin,
        "\(code) has a figure of \(year), when the number was not in use, beside numbers of that year "
          + "(\(report.outOfUse.count) such). Is the year right?"
      )
    }
    columns[year] = column
    if !report.isUntouched { reports.append(report) }
  }

  /// What was done, one sentence for years alike.
  var remarks: [String] {
    var sentences: [String: [Int]] = [:]
    for report in reports { sentences[Self.sentence(report), default: []].append(report.year) }
    return sentences.sorted { ($0.value.first ?? 0) < ($1.value.first ?? 0) }.map {
      sentence,
      years in
      let span =
        years.count > 1 ? "\(years.first ?? 0)–\(years.last ?? 0)" : "\(years.first ?? 0)"
      return "\(span): carried to the municipalities of 2024: \(sentence)."
    }
  }

  private static func sentence(_ report: FigureCarrier.Report) -> String {
    var parts: [String] = []
    func add(_ codes: [String], _ text: String) {
      guard !codes.isEmpty else { return }
      let shown = codes.count > 6 ? "" : " (\(codes.joined(separator: ", ")))"
      parts.append("\(codes.count) \(text)\(shown)")
    }
    add(report.renumbered, "renumbered")
    let merged = report.merged.values.reduce(0) { $0 + $1.count }
    if merged > 0 { parts.append("\(merged) merged into \(report.merged.count)") }
    add(report.combined, "put on combined units")
    add(report.estimated, "split by weights and so estimated")
    add(report.split, "split without weights and so missing")
    add(report.notComputable, "missing, as shares of merged municipalities do not add up")
    return parts.isEmpty ? "none" : parts.joined(separator: ", ")
  }
}
