internal import LinearAlgebra
internal import Regions

/// The checks of a whole dataset: sizes, counts, limits, known sums.
///
/// Reading the tables already refuses what no step could work with; these are the checks beyond.
public struct DatasetCheck: Sendable {
  /// One check and how it went.
  public struct Result: Sendable, Hashable {
    /// What was checked.
    public let name: String
    /// Whether it holds.
    public let holds: Bool
    /// What was found.
    public let detail: String
  }

  private let dataset: Dataset
  private var files: DatasetFiles { dataset.files }

  /// Prepares the checks of a dataset.
  public init(_ dataset: Dataset) {
    self.dataset = dataset
  }

  /// Runs all checks.
  ///
  /// - Returns: One result per check, those that fail among them.
  /// - Throws: `DatasetError` when a file cannot be read at all.
  /// - Complexity: O(size of the dataset).
  public func run() throws(DatasetError) -> [Result] {
    var results = try sizes()
    let panel = try dataset.panel(of: dataset.catalogue.series.map(\.id))
    let figures = dataset.catalogue.series.reduce(0) { count, series in
      count
        + panel.years(of: series.id).reduce(0) { sum, year in
          sum + panel.column(series.id, year: year).values.count { !$0.isNaN }
        }
    }
    results.append(
      Result(
        name: "figures",
        holds: true,
        detail: "\(figures) figures in \(dataset.catalogue.series.count) series, each within its "
          + "limits, no row twice, every gap with its reason"
      )
    )
    results += try counts()
    results += try totals(panel)
    results.append(shares(panel))
    results.append(try regionFigures())
    results.append(aggregation(panel))
    results.append(openBLAS())
    return results
  }

  /// What computes the matrix products; it has been tried when it was loaded.
  private func openBLAS() -> Result {
    Result(
      name: "OpenBLAS",
      holds: true,
      detail: "core \(OpenBLAS.core), chosen by \(OpenBLAS.coreChoice.rawValue), "
        + "\(OpenBLAS.threads) thread; small products are exact"
    )
  }

  private func sizes() throws(DatasetError) -> [Result] {
    var wrong: [String] = []
    var count = 0
    let packages =
      [(files, dataset.description)] + dataset.layers.map { ($0.files, $0.description) }
    for (files, description) in packages {
      for (path, stated) in description.files {
        let size = try files.size(path)
        count += 1
        guard let stated, stated != size else { continue }
        wrong.append("\(files.path(path)) has \(size) bytes, datapackage.json says \(stated)")
      }
    }
    return [
      Result(
        name: "files",
        holds: wrong.isEmpty,
        detail: wrong.isEmpty
          ? "\(count) files, each of the size that datapackage.json states"
          : wrong.joined(separator: "; ") + ": cut off or changed"
      )
    ]
  }

  private func counts() throws(DatasetError) -> [Result] {
    var table = try files.table("divisions.csv", ["id", "regions", "municipalities"])
    var results: [Result] = []
    while try table.next() {
      let id = table.text("id")
      guard let division = dataset.catalogue.divisions.first(where: { $0.id == id }) else {
        continue
      }
      let regions = try table.integer("regions")
      let municipalities = try table.integer("municipalities")
      let found = (division.regions.count, division.members.count)
      let kind =
        division.kind == .partition
        ? ", each municipality in exactly one region" : ", a set of peers"
      results.append(
        Result(
          name: "division \(id)",
          holds: found == (regions, municipalities),
          detail: "\(found.0) regions and \(found.1) municipalities"
            + (found == (regions, municipalities)
              ? kind : "; \(regions) and \(municipalities) were expected")
        )
      )
    }
    return results
  }

  private func totals(_ panel: Panel) throws(DatasetError) -> [Result] {
    var table = try files.table("totals.csv", ["series", "year", "scope", "value", "source"])
    var results: [Result] = []
    while try table.next() {
      let id = table.text("series")
      let year = try table.integer("year")
      let scope = table.text("scope")
      // What is known are the sums of the dataset's own figures.
      if dataset.isHidden(id, year: year) { continue }
      guard let expected = try table.number("value") else {
        throw table.error("value", "is empty")
      }
      var values = panel.column(id, year: year).values
      if scope != "country" {
        do {
          let region = try dataset.catalogue.region(scope)
          let members = Set(region.members)
          values = values.indices.map { members.contains($0) ? values[$0] : .nan }
        } catch {
          throw table.error("scope", error.description)
        }
      }
      let sum = values.reduce(0) { $1.isNaN ? $0 : $0 + $1 }
      results.append(
        Result(
          name: "total \(id) \(year) \(scope)",
          holds: sum == expected,
          detail: sum == expected
            ? "\(Int(sum)) as in \(table.text("source"))"
            : "\(sum), but \(expected) in \(table.text("source"))"
        )
      )
    }
    return results
  }

  private func shares(_ panel: Panel) -> Result {
    var wrong: [String] = []
    let shares = dataset.catalogue.indicators.filter(\.isShare)
    for indicator in shares {
      for year in panel.years(of: indicator) {
        guard let figures = try? panel.figures(of: indicator, year: year) else { continue }
        for position in 0..<panel.register.count where figures.isPresent(position) {
          let numerator = figures.numerator.values[position]
          let denominator = figures.denominator?.values[position] ?? 0
          guard numerator > denominator || numerator < 0 else { continue }
          let unit = panel.register.unit(at: position)
          wrong.append("\(indicator.id) of \(unit.code) \(unit.name) in \(year)")
        }
      }
    }
    return Result(
      name: "shares",
      holds: wrong.isEmpty,
      detail: wrong.isEmpty
        ? "\(shares.count) shares, each within 0–100 %"
        : "outside 0–100 %: " + wrong.joined(separator: ", ")
    )
  }

  private func regionFigures() throws(DatasetError) -> Result {
    let count = try dataset.regionFigures().count
    return Result(
      name: "region figures",
      holds: true,
      detail: "\(count) figures printed for whole regions"
    )
  }

  /// Sums whole numbers to the regions of every division in both ways; they must agree exactly, as
  /// no order of addition rounds them.
  private func aggregation(_ panel: Panel) -> Result {
    let years = panel.years(of: "population.total")
    var columns = Matrix(rows: panel.register.count, columns: 0)
    for year in years {
      let values = panel.column("population.total", year: year).values
      columns = Matrix(
        rows: columns.rows,
        columns: columns.columns + 1,
        columnMajor: columns.elements + values
      )
    }
    let differing = dataset.catalogue.divisions.filter { division in
      let aggregation = Aggregation(division: division, register: panel.register)
      return aggregation.sums(of: columns) != aggregation.productSums(of: columns)
    }
    return Result(
      name: "aggregation",
      holds: differing.isEmpty,
      detail: differing.isEmpty
        ? "segment sums and matrix products agree for \(years.count) years of population in "
          + "\(dataset.catalogue.divisions.count) divisions"
        : "the two ways differ in " + differing.map(\.id).joined(separator: ", ")
    )
  }
}
