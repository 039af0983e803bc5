internal import Cubes
internal import Datasets
internal import Regions

/// The description of a series whose figures are imported.
struct ImportedSeries {
  /// The description; its file and years are set when it is stored.
  let description: Series
  /// The indicator of a series that the dataset does not know.
  let indicator: Indicator?
  /// Whether the observed figures that are there are of the same table.
  let isOfSameTable: Bool

  /// Describes a series.
  ///
  /// - Parameters:
  ///   - selection: Which cells they are.
  ///   - cube: The cube.
  ///   - table: The publisher's id of the table, if known.
  ///   - catalogue: The series that are known.
  ///   - options: What the user says.
  ///   - origin: The file or address.
  init(
    _ selection: SeriesSelection,
    of cube: Cube,
    table: String?,
    catalogue: Catalogue,
    options: ImportOptions,
    origin: String
  ) {
    let known = catalogue.series.first { $0.id == selection.series }
    let publisher = options.source ?? Self.publisher(cube.source)
    let title = cube.title.isEmpty ? "" : ", \"\(cube.title)\""
    let source =
      table.map { "\(publisher ?? "not stated"), table \($0)" }
      ?? "\(publisher ?? "not stated")\(title)"
    let isStatisticsNorway = publisher == "SSB"
    let mandatory = cube.notes.filter(\.isMandatory).map(\.text)
    isOfSameTable = table.map { known?.source.contains($0) ?? false } ?? false
    let new = options.newSeries
    let unit = known?.unit ?? new?.unit ?? .other
    let name = known?.name ?? LocalizedText(nb: new?.name ?? "", en: new?.name ?? "")
    let isCount = known?.isSummable ?? unit.isSummable
    description = Series(
      id: selection.series,
      name: name,
      unit: unit,
      decimals: known?.decimals ?? (isCount ? 0 : 1),
      minimum: known?.minimum,
      maximum: known?.maximum,
      file: "",
      years: nil,
      isComplete: false,
      isSummable: isCount,
      source: source,
      vintage: cube.updated.map { String($0.prefix(10)) } ?? "unknown",
      licence: isStatisticsNorway ? "CC BY 4.0" : "not stated",
      note: (["Imported from \(origin)."] + mandatory).joined(separator: " ")
    )
    indicator = new.map { new in
      Indicator(
        id: selection.series,
        name: name,
        unit: unit,
        decimals: isCount ? 0 : 1,
        direction: new.direction,
        numerator: selection.series,
        denominator: nil,
        scale: 1,
        aggregation: isCount ? .sum : .notAggregable,
        weight: nil,
        isRelativeToCountry: false,
        isShare: false,
        source: source,
        note: isCount ? "" : "Imported without the counts behind it, and a share is never averaged."
      )
    }
  }

  /// The publisher as the dataset's own series name it.
  private static func publisher(_ source: String?) -> String? {
    guard let source else { return nil }
    let names = ["statistisk sentralbyrå", "statistics norway", "ssb"]
    return names.contains { source.lowercased().contains($0) } ? "SSB" : source
  }
}

extension MeasureUnit {
  /// Whether figures in this unit are counts or amounts, which may be added up.
  var isSummable: Bool {
    switch self {
    case .persons, .jobs, .nok, .thousandNOK, .decare, .dwellings, .enterprises: true
    case .percent, .percentagePoints, .perThousand, .index, .place, .other: false
    }
  }
}
