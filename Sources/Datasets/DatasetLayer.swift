public import Regions

/// A user's figures over those of a dataset: a folder with tables of the same form.
///
/// | file | content |
/// |---|---|
/// | `datapackage.json` | name, version and the sizes of the files |
/// | `series.csv` | the series of which it has figures, as in a dataset |
/// | `values/ID.csv` | the figures of one series |
/// | `breaks.csv` | the years whose changes are not growth, since the source changes |
/// | `indicators.csv` | indicators of series that the dataset does not know |
/// | `imports.csv` | from which file or address each figure came |
public struct DatasetLayer: Sendable {
  /// The folder it was read from.
  public let directory: String
  /// Name, title and version.
  public let description: DatasetDescription
  /// The series of which it has figures, as it describes them.
  public let series: [Series]
  /// The indicators that it adds.
  public let indicators: [Indicator]
  /// The breaks that it adds.
  public let breaks: [SeriesBreak]
  /// What was imported into it, in order.
  public let imports: [ImportRecord]
  let files: DatasetFiles

  /// Reads the tables of a layer and lays its series and indicators over those of a catalogue.
  ///
  /// - Parameters:
  ///   - directory: The folder.
  ///   - catalogue: What lies beneath; the layer's series and indicators are added to it.
  /// - Throws: `DatasetError` naming file, line and column; also for a series whose unit differs from
  ///   the one beneath, as its figures would be taken for others.
  public init(directory: String, over catalogue: inout Catalogue) throws(DatasetError) {
    var files = DatasetFiles(directory: directory)
    self.directory = directory
    description = try DatasetDescription(files)
    files.sizes = Dictionary(
      description.files.compactMap { file in file.bytes.map { (file.path, $0) } },
      uniquingKeysWith: { first, _ in first }
    )
    self.files = files
    series = try files.readSeries()
    for own in series {
      guard let beneath = catalogue.series.first(where: { $0.id == own.id }) else { continue }
      guard beneath.unit == own.unit else {
        throw DatasetError(
          .invalid,
          file: files.path("series.csv"),
          "\(own.id) is in \(own.unit.rawValue) here, and in \(beneath.unit.rawValue) in the dataset."
        )
      }
    }
    catalogue.lay(series: series)
    indicators = try files.readIndicators(series: Set(catalogue.series.map(\.id)))
    catalogue.lay(indicators: indicators)
    breaks = try files.readBreaks(catalogue)
    imports = try files.readImports()
  }
}

/// From where the figures of one series and some years came into a layer.
public struct ImportRecord: Sendable, Hashable {
  /// The series.
  public var series: String
  /// The first year with figures.
  public var firstYear: Int
  /// The last year with figures.
  public var lastYear: Int
  /// The file's name or the address.
  public var origin: String
  /// The format, such as `JSON-stat 2.0`.
  public var format: String
  /// The SHA-256 of the content, in hexadecimal digits.
  public var sha256: String
  /// Its size in bytes.
  public var bytes: Int
  /// The publisher's id of the table, if known.
  public var table: String
  /// When the publisher last changed the table, as written there.
  public var updated: String
  /// When it was read or fetched, in UTC (ISO 8601).
  public var retrieved: String
  /// What was asked of the address, or how the file was understood.
  public var query: String

  /// Creates a record.
  public init(
    series: String,
    firstYear: Int,
    lastYear: Int,
    origin: String,
    format: String,
    sha256: String,
    bytes: Int,
    table: String,
    updated: String,
    retrieved: String,
    query: String
  ) {
    self.series = series
    self.firstYear = firstYear
    self.lastYear = lastYear
    self.origin = origin
    self.format = format
    self.sha256 = sha256
    self.bytes = bytes
    self.table = table
    self.updated = updated
    self.retrieved = retrieved
    self.query = query
  }
}

extension DatasetFiles {
  func readImports() throws(DatasetError) -> [ImportRecord] {
    var table = try table(
      "imports.csv",
      [
        "series", "first_year", "last_year", "origin", "format", "sha256", "bytes", "table",
        "updated", "retrieved", "query",
      ]
    )
    var all: [ImportRecord] = []
    while try table.next() {
      all.append(
        ImportRecord(
          series: table.text("series"),
          firstYear: try table.integer("first_year"),
          lastYear: try table.integer("last_year"),
          origin: table.text("origin"),
          format: table.text("format"),
          sha256: table.text("sha256"),
          bytes: try table.integer("bytes"),
          table: table.text("table"),
          updated: table.text("updated"),
          retrieved: table.text("retrieved"),
          query: table.text("query")
        )
      )
    }
    return all
  }
}

extension Catalogue {
  /// Lays the series of a layer over those that are there.
  fileprivate mutating func lay(series own: [Series]) {
    var all = self.series
    for series in own {
      guard let index = all.firstIndex(where: { $0.id == series.id }) else {
        all.append(series)
        continue
      }
      all[index] = all[index].under(series)
    }
    replace(series: all, indicators: indicators)
  }

  /// Adds the indicators of a layer; one of a known id takes the place of that.
  fileprivate mutating func lay(indicators own: [Indicator]) {
    let ids = Set(own.map(\.id))
    replace(series: series, indicators: indicators.filter { !ids.contains($0.id) } + own)
  }

  private mutating func replace(series: [Series], indicators: [Indicator]) {
    var copy = Catalogue(
      register: register,
      divisions: divisions,
      series: series,
      indicators: indicators
    )
    copy.substitutes = substitutes
    copy.equalisation = equalisation
    self = copy
  }
}

extension Series {
  /// The description of this series and of a layer's figures over it.
  fileprivate func under(_ layer: Series) -> Series {
    // A layer that holds every year that there was leaves nothing of the source beneath.
    guard !file.isEmpty, let years, let above = layer.years,
      !(above.lowerBound <= years.lowerBound && years.upperBound <= above.upperBound)
    else { return layer }
    func both(_ mine: String, _ theirs: String) -> String {
      mine == theirs ? mine : "\(mine); from \(above.lowerBound): \(theirs)"
    }
    return Series(
      id: id,
      name: layer.name,
      unit: layer.unit,
      decimals: layer.decimals,
      minimum: layer.minimum,
      maximum: layer.maximum,
      file: layer.file,
      years: min(years.lowerBound, above.lowerBound)...max(years.upperBound, above.upperBound),
      isComplete: isComplete && layer.isComplete,
      isSummable: layer.isSummable,
      source: both(source, layer.source),
      vintage: both(vintage, layer.vintage),
      licence: licence == layer.licence ? licence : "\(licence); \(layer.licence)",
      note: note.isEmpty ? layer.note : both(note, layer.note)
    )
  }
}
