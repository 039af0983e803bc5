public import Regions

/// The tables of a dataset apart from its figures, which `panel(of:)` reads when they are wanted.
public struct Dataset: Sendable {
  /// The folder it was read from.
  public let directory: String
  /// Name, title and version.
  public let description: DatasetDescription
  /// Municipalities, divisions, series and indicators.
  public let catalogue: Catalogue
  /// The years whose changes are not growth.
  public let breaks: [SeriesBreak]
  /// How many units each published ranking ranked.
  public let publishedRankings: [PublishedRanking]
  let files: DatasetFiles

  /// Reads the tables of the dataset in a folder.
  ///
  /// - Parameter directory: The folder with `datapackage.json`.
  /// - Throws: `DatasetError` naming file, line and column.
  public init(directory: String) throws(DatasetError) {
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
    self.catalogue = catalogue
    breaks = try files.readBreaks(catalogue)
    publishedRankings = try files.readPublishedRankings(catalogue)
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
    let wanted = catalogue.series.filter { ids.contains($0.id) && !$0.file.isEmpty }
    var panel = Panel(register: catalogue.register)
    for file in Set(wanted.map(\.file)).sorted() {
      let inFile = wanted.filter { $0.file == file }
      let columns = try files.readValues(file, series: inFile, register: catalogue.register)
      try files.checkSize(file)
      for series in inFile {
        panel.add(
          series,
          columns: columns[series.id] ?? [:],
          breaks: breaks.filter { $0.series == series.id }
        )
      }
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
