public import Cubes
public import Datasets
internal import Regions

/// Turns cubes into figures of a dataset's series, on today's municipalities.
public struct Importer: Sendable {
  private let dataset: Dataset
  private let sources: [UpdateSource]
  private let history: MunicipalityHistory
  private let labels: MunicipalityLabels
  private var register: MunicipalityRegister { dataset.catalogue.register }

  /// Prepares an importer.
  ///
  /// - Parameter dataset: The dataset with the layers over it.
  /// - Throws: `DatasetError` when its tables of sources, codes or names cannot be read.
  public init(_ dataset: Dataset) throws(DatasetError) {
    self.dataset = dataset
    sources = try dataset.updateSources()
    history = try dataset.municipalityHistory()
    labels = try dataset.municipalityLabels(history)
  }

  /// What would be stored of a cube, one proposal per series.
  ///
  /// - Parameters:
  ///   - cube: The cube.
  ///   - options: What the user says.
  ///   - origin: The file or address, for errors and notes.
  /// - Returns: One proposal per series.
  /// - Throws: `ImportError` where it is not clear what is meant, `DatasetError` when the figures that
  ///   are there cannot be read.
  /// - Complexity: O(number of cells that are taken).
  public func proposals(
    for cube: Cube,
    options: ImportOptions,
    origin: String
  ) throws -> [ImportProposal] {
    let selector = SeriesSelector(
      cube,
      catalogue: dataset.catalogue,
      sources: sources,
      options: options,
      origin: origin
    )
    let selections = try selector.selections()
    let panel = try dataset.panel(of: selections.map(\.series))
    // The series of a table share its places; to guess what an unknown one may be takes long.
    var assignments: [Int: PlaceAssignment] = [:]
    return try selections.map { selection in
      let places = assignments[selection.regions] ?? assign(cube.dimensions[selection.regions])
      assignments[selection.regions] = places
      let series = ImportedSeries(
        selection,
        of: cube,
        table: selector.table,
        catalogue: dataset.catalogue,
        options: options,
        origin: origin
      )
      return try proposal(selection, series, places, cube, panel, options, origin)
    }
  }

  private func proposal(
    _ selection: SeriesSelection,
    _ series: ImportedSeries,
    _ places: PlaceAssignment,
    _ cube: Cube,
    _ panel: Panel,
    _ options: ImportOptions,
    _ origin: String
  ) throws(ImportError) -> ImportProposal {
    let figures = SelectedFigures(cube, selection, basis: options.basis)
    let id = selection.series
    let existing = Dictionary(
      uniqueKeysWithValues: panel.years(of: id).map { ($0, panel.column(id, year: $0)) }
    )
    var carried = CarriedFigures(register: register, history: history)
    for index in figures.years.indices {
      try carried.carry(
        figures,
        index: index,
        places: places,
        isSummable: series.description.isSummable,
        origin: origin
      )
    }
    try check(carried.columns, series.description, origin)
    let breaks = SourceBreaks(
      series: dataset.catalogue.series.first { $0.id == id } ?? series.description,
      new: Set(carried.columns.keys),
      existing: existing,
      known: dataset.breaks,
      isOfSameTable: series.isOfSameTable
    )
    let country = places.places.firstIndex(of: .country)
    return ImportProposal(
      selection: selection,
      description: series.description,
      indicator: series.indicator,
      columns: carried.columns,
      places: places,
      coverage: figures.years.enumerated().map { index, year in
        let value = country.map { figures.values[index][$0] }
        return ImportProposal.Coverage(
          year: year,
          column: carried.columns[year] ?? Column(count: register.count, year: year),
          register: register,
          country: value.flatMap { $0.isNaN ? nil : $0 }
        )
      },
      changes: SeriesChanges(
        series: id,
        before: existing,
        after: carried.columns,
        years: figures.years
      ),
      breaks: breaks.added,
      liftedBreaks: breaks.lifted,
      isOfSameTable: series.isOfSameTable,
      remarks: carried.remarks + remarks(cube, figures)
    )
  }

  /// What the categories of a dimension of places are.
  private func assign(_ dimension: CubeDimension) -> PlaceAssignment {
    let (meanings, zeros) = labels.meanings(
      of: dimension.categories.map { (code: $0.code, label: $0.label) }
    )
    let places = zip(dimension.categories, meanings).map { category, meaning in
      let name =
        category.label == category.code ? category.code : "\(category.code) \(category.label)"
      switch meaning {
      case .municipality(let code): return PlaceAssignment.Place.municipality(code)
      case .country: return .country
      case .other(let kind): return .other(kind)
      case .ambiguous(let candidates):
        return .unknown(label: name, hint: "which of \(candidates.joined(separator: ", "))?")
      case .contradictory(let real):
        return .unknown(label: name, hint: "the number is that of \(real)")
      case .unknown(let nearest):
        let combined = register.combinedUnits.first { $0.code == category.code }
        if combined != nil { return .municipality(category.code) }
        return .unknown(label: name, hint: nearest.map { "is it \($0)?" } ?? "")
      }
    }
    return PlaceAssignment(places: places, zerosRestored: zeros)
  }

  /// Refuses values outside the limits of the series.
  private func check(
    _ columns: [Int: Column],
    _ series: Series,
    _ origin: String
  ) throws(ImportError) {
    for (year, column) in columns.sorted(by: { $0.key < $1.key }) {
      for (position, value) in column.values.enumerated() where !value.isNaN {
        let isBelow = series.minimum.map { value < $0 } ?? false
        let isAbove = series.maximum.map { value > $0 } ?? false
        guard isBelow || isAbove else { continue }
        let unit = register.unit(at: position)
        let limit = (isBelow ? series.minimum : series.maximum) ?? 0
        throw ImportError(
          .invalid,
          origin: origin,
          "\(series.id) of \(unit.code) \(unit.name) in \(year) is \(value.brief); it cannot be "
            + "\(isBelow ? "below" : "above") \(limit.brief). Is it another series, or another unit?"
        )
      }
    }
  }

  private func remarks(_ cube: Cube, _ figures: SelectedFigures) -> [String] {
    var remarks = cube.notes.filter(\.isMandatory).map { "Note of the publisher: \($0.text)" }
    if !cube.isSummable {
      remarks.append("The publisher says that figures of this table must not be added up.")
    }
    for (symbol, count) in figures.unknownSymbols.sorted(by: { $0.key < $1.key }) {
      remarks.append("The symbol \"\(symbol)\" (\(count) times) has no known meaning.")
    }
    return remarks
  }
}
