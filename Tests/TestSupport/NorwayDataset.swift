public import Datasets
public import Regions

/// The real figures in `datasets/norway`, read once for all tests of a run.
public enum NorwayDataset {
  private static let read = Result { try Dataset(directory: repositoryRoot + "/datasets/norway") }
  private static let figures = Result {
    let dataset = try read.get()
    return try dataset.panel(of: dataset.catalogue.series.map(\.id))
  }

  /// The dataset.
  public static func dataset() throws -> Dataset { try read.get() }

  /// Municipalities, divisions, series and indicators.
  public static func catalogue() throws -> Catalogue { try read.get().catalogue }

  /// All series.
  public static func panel() throws -> Panel { try figures.get() }
}
