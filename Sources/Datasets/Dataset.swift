public import Regions

/// The tables of a dataset and of the layers over it, apart from the figures, which `panel(of:)`
/// reads when they are wanted.
public struct Dataset: Sendable {
  /// The folder it was read from.
  public let directory: String
  /// Name, title and version.
  public let description: DatasetDescription
  /// The layers over it, in the order in which they were given.
  public let layers: [DatasetLayer]
  /// Municipalities, divisions, series and indicators.
  public let catalogue: Catalogue
  /// The years whose changes are not growth.
  public let breaks: [SeriesBreak]
  /// How many units each published ranking ranked.
  public let publishedRankings: [PublishedRanking]
  let files: DatasetFiles
  /// The series as the dataset itself describes them.
  private let ownSeries: [Series]

  /// Reads the tables of the dataset in a folder.
  ///
  /// - Parameter directory: The folder with `datapackage.json`.
  /// - Throws: `DatasetError` naming file, line and column.
  public init(directory: String) throws(DatasetError) {
    try self.init(DatasetFolders(dataset: directory))
  }

  /// Reads the tables of a dataset and of the layers over it.
  ///
  /// In each year a series has the figures of the last layer that has any of that year, all of them and
  /// no others: the figures of one year never are of two sources.
  ///
  /// - Parameter folders: The folders.
  /// - Throws: `DatasetError` naming file, line and column.
  public init(_ folders: DatasetFolders) throws(DatasetError) {
    let directory = folders.dataset
    var files = DatasetFiles(directory: directory)
    self.directory = directory
    description = try DatasetDescription(files)
    files.sizes = Dictionary(
      description.files.compactMap { file in file.bytes.map { (file.path, $0) } },
      uniquingKeysWith: { first, _ in first }
    )
    self.files = files
    let register = try files.readRegister()
    let series = try files.readSeries()
    var catalogue = Catalogue(
      register: register,
      divisions: try files.readDivisions(register: register),
      series: series,
      indicators: try files.readIndicators(series: Set(series.map(\.id)))
    )
    // A dataset whose series all have a history needs no such table.
    if description.files.contains(where: { $0.path == "substitutes.csv" }) {
      catalogue.substitutes = try files.readSubstitutes(catalogue)
    }
    if description.files.contains(where: { $0.path == "equalisation_rates.csv" }) {
      catalogue.equalisation = try files.readEqualisation(catalogue)
    }
    var breaks = try files.readBreaks(catalogue)
    publishedRankings = try files.readPublishedRankings(catalogue)
    var layers: [DatasetLayer] = []
    for folder in folders.layers {
      let layer = try DatasetLayer(directory: folder, over: &catalogue)
      breaks.removeAll { known in
        layer.liftedBreaks.contains { $0.isAtSamePlace(as: known) }
      }
      breaks += layer.breaks.filter { !breaks.contains($0) }
      layers.append(layer)
    }
    self.catalogue = catalogue
    self.breaks = breaks
    self.layers = layers
    ownSeries = series
  }

  /// Name and version of the dataset and of each layer, printed with every result.
  public var vintage: String {
    ([description] + layers.map(\.description)).map { "\($0.name) \($0.version)" }
      .joined(separator: " + ")
  }

  /// The layers, and before them the dataset, that have figures of a series, with the years of each.
  ///
  /// - Parameter id: The id of the series.
  /// - Returns: The names of the dataset or layer, and the years that it describes.
  public func origins(of id: String) -> [(name: String, years: ClosedRange<Int>)] {
    sources.compactMap { source in
      let years = source.series.first { $0.id == id && !$0.file.isEmpty }?.years
      return years.map { (source.name, $0) }
    }
  }

  /// Whether a layer may hide the dataset's own figures of a series in a year.
  func isHidden(_ id: String, year: Int) -> Bool {
    layers.contains { layer in
      layer.series.contains { $0.id == id && ($0.years?.contains(year) ?? false) }
    }
  }

  /// The tables that hold figures, those that win last.
  private var sources: [(name: String, files: DatasetFiles, series: [Series])] {
    [(description.name, files, ownSeries)]
      + layers.map { ($0.description.name, $0.files, $0.series) }
  }

  /// How many units each edition of an indicator's published ranking ranked, by year.
  public func published(_ indicator: Indicator) -> [Int: Int] {
    Dictionary(
      publishedRankings.filter { $0.series == indicator.numerator }.map { ($0.year, $0.ranked) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// The figures of some series. Only the files that hold them are read.
  ///
  /// - Parameter ids: The ids of the series, as in the catalogue; others are passed over.
  /// - Returns: A panel with these series and `population.total`, by which coverage is weighed.
  /// - Throws: `DatasetError` naming file, line and column.
  /// - Complexity: O(size of the files).
  public func panel(of ids: some Sequence<String>) throws(DatasetError) -> Panel {
    let ids = Set(ids).union(["population.total"])
    var columns: [String: [Int: Column]] = [:]
    for source in sources {
      let wanted = source.series.filter { ids.contains($0.id) && !$0.file.isEmpty }
      for file in Set(wanted.map(\.file)).sorted() {
        let inFile = wanted.filter { $0.file == file }
        let found = try source.files.readValues(file, series: inFile, register: catalogue.register)
        try source.files.checkSize(file)
        for series in inFile {
          columns[series.id, default: [:]].merge(found[series.id] ?? [:]) { _, later in later }
        }
      }
    }
    var panel = Panel(register: catalogue.register)
    for series in catalogue.series where columns[series.id] != nil {
      panel.add(
        series,
        columns: columns[series.id] ?? [:],
        breaks: breaks.filter { $0.series == series.id }
      )
    }
    if let year = panel.years(of: "population.total").last {
      let inhabitants = panel.column("population.total", year: year).values
      panel.coverageWeights = inhabitants.map { $0.isNaN ? 0 : $0 }
    }
    return panel
  }
}

/// How many units a published ranking ranked in one edition.
public struct PublishedRanking: Sendable, Hashable {
  /// The series of places.
  public let series: String
  /// The year of the edition.
  public let year: Int
  /// The number of units ranked.
  public let ranked: Int
}
