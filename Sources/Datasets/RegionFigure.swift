internal import Regions

/// A figure that a source prints for a whole region.
public struct RegionFigure: Sendable, Hashable {
  /// The series.
  public let series: String
  /// The id of the division.
  public let division: String
  /// The code of the region.
  public let region: String
  /// The year.
  public let year: Int
  /// The value as printed.
  public let value: Double
  /// What a reader must know of it.
  public let note: String
}

extension Dataset {
  /// The figures that sources print for whole regions, which need not be the sums of those of their
  /// municipalities.
  ///
  /// - Throws: `DatasetError` naming file, line and column; a region or series that is not known is
  ///   one.
  /// - Complexity: O(size of the table).
  public func regionFigures() throws(DatasetError) -> [RegionFigure] {
    // A dataset without printed figures needs no such table.
    guard description.files.contains(where: { $0.path == "region_figures.csv" }) else { return [] }
    var table = try files.table(
      "region_figures.csv",
      ["series", "division", "region", "year", "value", "note"]
    )
    let series = Set(catalogue.series.map(\.id))
    var figures: [RegionFigure] = []
    while try table.next() {
      let (division, region) = (table.text("division"), table.text("region"))
      do {
        _ = try catalogue.region("\(division)/\(region)")
      } catch {
        throw table.error("region", error.description)
      }
      guard series.contains(table.text("series")) else {
        throw table.error("series", "names \"\(table.text("series"))\", which is not in series.csv")
      }
      guard let value = try table.number("value") else {
        throw table.error("value", "is empty")
      }
      figures.append(
        RegionFigure(
          series: table.text("series"),
          division: division,
          region: region,
          year: try table.integer("year"),
          value: value,
          note: table.text("note")
        )
      )
    }
    return figures
  }
}
