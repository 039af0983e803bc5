public import Datasets
internal import Documents
internal import Regions
public import Scenarios

/// The files that the outcomes of scenarios are exported to.
///
/// `outcome` (one row a unit, year, indicator and variant), `ranks-wide` (one row a unit, one column a
/// year), `overtakes`, `attribution`, `targets`, `contests`, `equalisation` and `sweep` when the
/// scenario has targets, some of movement, levers on tax that is equalised, and a sweep, and when
/// futures were drawn `place_intervals`, `place_probabilities`, `all_place_intervals`,
/// `target_probabilities` and `overtake_probabilities`: each as CSV in `data/`, and in `data/nb-NO/`
/// for Excel set to Norwegian; `scenario.json` and `datapackage.json`. Of several scenarios each table
/// has the rows of all, with the scenario in the first column. The same outcomes give the same bytes.
public struct ScenarioExport: Sendable {
  /// One scenario.
  public struct Part: Sendable {
    /// What it gives.
    public let outcome: Outcome
    /// What its sweep gave, or `nil`.
    public let sweep: SweepOutcome?
    /// The tables of `FuturesReport.files`, when futures were drawn.
    public let futures: [Table]

    /// Creates a part.
    public init(_ outcome: Outcome, sweep: SweepOutcome?, futures: [Table] = []) {
      self.outcome = outcome
      self.sweep = sweep
      self.futures = futures
    }
  }

  private let parts: [Part]
  private let dataset: DatasetDescription
  private let program: String

  /// Prepares an export.
  ///
  /// - Parameters:
  ///   - parts: The scenarios, at least one.
  ///   - dataset: The description of the dataset.
  ///   - program: Name and version of the program.
  public init(_ parts: [Part], dataset: DatasetDescription, program: String) {
    precondition(!parts.isEmpty, "An export is of a scenario.")
    self.parts = parts
    self.dataset = dataset
    self.program = program
  }

  /// The files, ready to be written to a folder.
  ///
  /// - Throws: An `EncodingError` for a number that JSON cannot hold.
  public func files(directory: String) throws -> WholeFiles {
    var files = WholeFiles(directory: directory)
    try add(to: &files)
    return files
  }

  /// Adds the files to others.
  ///
  /// - Throws: An `EncodingError` for a number that JSON cannot hold.
  func add(to files: inout WholeFiles) throws {
    let titles = parts.map(\.outcome.scenario.title.en)
    let package = TablePackage(
      name: "regionsim-scenario",
      title: titles.joined(separator: " · "),
      description:
        "Computed by \(program) from \(dataset.name) \(dataset.version). Unofficial computation.",
      version: dataset.version,
      tables: tables,
      wide: parts.flatMap(wide)
    )
    for part in parts {
      let scenario = part.outcome.scenario
      let document = ScenarioDocument(scenario, dataset: dataset, program: program)
      let name = parts.count == 1 ? "scenario" : "scenario-\(scenario.id)"
      files.add("\(name).json", try document.json.text())
    }
    try package.add(to: &files)
  }

  /// The tables; those of several scenarios laid together where their columns are the same.
  var tables: [Table] {
    let all = parts.map { part in
      let tables = ScenarioTables(
        outcome: part.outcome,
        sweep: part.sweep,
        futures: part.futures,
        dataset: dataset
      ).tables
      guard parts.count > 1 else { return tables }
      return tables.map { $0.with(scenario: part.outcome.scenario.id) }
    }
    var result: [Table] = []
    for (tables, part) in zip(all, parts) {
      for table in tables {
        if let index = result.firstIndex(where: {
          $0.name == table.name && $0.columns.map(\.key) == table.columns.map(\.key)
        }) {
          result[index].rows += table.rows
        } else if result.contains(where: { $0.name == table.name }) {
          result.append(table.named("\(table.name)-\(part.outcome.scenario.id)"))
        } else {
          result.append(table)
        }
      }
    }
    return result
  }

  /// The places with the levers, a table for each level and indicator.
  private func wide(_ part: Part) -> [Table] {
    let outcome = part.outcome
    let years = [outcome.scenario.baselineYear.value] + outcome.scenario.years
    let prefix = parts.count == 1 ? "" : "\(outcome.scenario.id)-"
    return outcome.indicators.flatMap { result in
      let standings = [result.baseline] + result.withLevers
      return Level.allCases.compactMap { level -> Table? in
        guard let first = standings[0].ranking(at: level) else { return nil }
        var table = Table(
          name: "\(prefix)places-\(level.rawValue)-\(result.indicator.id)",
          title: "",
          columns: [
            Table.Column("unit_name", "", meaning: "name of the unit"),
            Table.Column("unit_code", "", meaning: "code of the unit"),
          ] + years.map { Table.Column(String($0), "", meaning: "place in \($0), with levers") }
        )
        for (index, entry) in first.levels.entries.enumerated() {
          let places = standings.map { $0.ranking(at: level)?.places[index] ?? .nan }
          table.add([.text(entry.unit.name), .text(entry.unit.code)] + places.map { .rank($0) })
        }
        return table
      }
    }
  }
}
