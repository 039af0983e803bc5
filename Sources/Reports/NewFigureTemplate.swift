internal import Datasets
public import Plans
public import Regions

/// A table to fill in with a plan's figures of one year: a row for each series and unit.
public struct NewFigureTemplate: Sendable {
  private let table: Table

  /// Writes the table.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - figures: What is there already; such rows are left out.
  ///   - year: The year.
  ///   - language: The language of the names beside the codes.
  public init(_ plan: ResolvedPlan, _ figures: PlanFigures, year: Int, language: Language) {
    var table = Table(
      name: "figures",
      title: "",
      columns: [
        "series", "unit", "year", "value", "source", "unit_name", "series_name", "measure",
        "used_by",
      ]
      .map { Table.Column($0, nil) }
    )
    for id in plan.series.sorted() {
      guard let series = try? plan.catalogue.series(id) else { continue }
      for unit in plan.units where plan.isPrinted(series, for: unit) {
        guard figures.value(id, unit, year) == nil else { continue }
        table.add([
          .text(id), .text(unit.code), .integer(year), .missing(""), .text(""), .text(unit.name),
          .text(series.name[language]), .text(Wording.unitName(series.unit)[language]),
          .text(plan.uses(of: id, language).joined(separator: "; ")),
        ])
      }
    }
    self.table = table
  }

  /// The table as a CSV file.
  public func csv(_ dialect: CSVDialect) -> String { table.csv(dialect) }
}
