import Cubes
import Datasets
import Imports
import Regions
import TestSupport

/// A cube of few places with what a test adds.
enum MadeUpCube {
  /// Place × age × content × year; values count up from 1 in row-major order.
  static func table(
    places: [(String, String)] = [("3103", "Moss"), ("3114", "Våler"), ("0301", "Oslo")],
    ages: [(String, String)] = [("20-66", "20-66 år")],
    contents: [(String, String)] = [("SysselBosted", "Sysselsatte")],
    times: [String] = ["2023", "2024"],
    table: String? = "11618",
    unit: String? = nil
  ) -> Cube {
    let dimensions = [
      CubeDimension(
        id: "Region",
        role: .geo,
        categories: places.map { CubeCategory($0, label: $1) }
      ),
      CubeDimension(
        id: "Alder",
        label: "alder",
        categories: ages.map { CubeCategory($0, label: $1) }
      ),
      CubeDimension(
        id: "ContentsCode",
        role: .metric,
        categories: contents.map { CubeCategory($0, label: $1, unit: unit) }
      ),
      CubeDimension(id: "Tid", role: .time, categories: times.map { CubeCategory($0) }),
    ]
    let count = dimensions.reduce(1) { $0 * $1.categories.count }
    return Cube(
      title: "Sysselsatte",
      table: table,
      source: "Statistisk sentralbyrå",
      updated: "2026-11-26T07:00:00Z",
      dimensions: dimensions,
      values: (1...count).map(Double.init)
    )
  }

  /// The selections of a cube in the dataset of the repository.
  static func selections(
    _ cube: Cube,
    _ change: (inout ImportOptions) -> Void = { _ in }
  ) throws -> [SeriesSelection] {
    let dataset = try NorwayDataset.dataset()
    var options = ImportOptions()
    change(&options)
    return try SeriesSelector(
      cube,
      catalogue: dataset.catalogue,
      sources: try dataset.updateSources(),
      options: options,
      origin: "file.json"
    ).selections()
  }
}
