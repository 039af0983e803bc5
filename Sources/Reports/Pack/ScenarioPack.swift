public import Datasets
internal import Documents
public import Regions
internal import Scenarios

/// All that a presentation needs of a scenario, or of several laid side by side: data, workbook,
/// notebook, charts, tables and what each of them is.
///
/// The same parts give the same bytes; pictures are drawn elsewhere and handed in.
public struct ScenarioPack: Sendable {
  private let parts: [ScenarioPart]
  private let name: String
  private let dataset: Dataset
  private let program: String
  private let command: String
  private let language: Language

  /// Prepares a pack.
  ///
  /// - Parameters:
  ///   - parts: The scenarios, at least one.
  ///   - name: What the workbook is called.
  ///   - dataset: The dataset.
  ///   - program: Name and version of the program.
  ///   - command: The command that makes the pack.
  ///   - language: The language of charts, workbook, notebook and tables.
  public init(
    _ parts: [ScenarioPart],
    name: String,
    dataset: Dataset,
    program: String,
    command: String,
    language: Language
  ) {
    precondition(!parts.isEmpty, "A pack is of a scenario.")
    self.parts = parts
    self.name = name
    self.dataset = dataset
    self.program = program
    self.command = command
    self.language = language
  }

  /// The charts, under the names that their files have: with the scenario in front when there are
  /// several.
  public var charts: [Chart] {
    guard parts.count > 1 else { return parts[0].charts }
    let together =
      [ScenarioComparisonChart(parts, vintage: dataset.vintage, language: language).chart]
      .compactMap { $0 }
    return together
      + parts.flatMap { part in
        part.charts.map { $0.named("\(part.scenario.id)-\($0.name)") }
      }
  }

  /// The files, ready to be written to a folder.
  ///
  /// - Parameters:
  ///   - directory: The folder.
  ///   - pictures: The pictures of `charts` by the names of their files, such as `bump.svg`; may be
  ///     empty.
  /// - Returns: The files.
  /// - Throws: `WorkbookError` when the workbook cannot be written, an `EncodingError` for a number that
  ///   JSON cannot hold.
  public func files(directory: String, pictures: [String: [UInt8]]) throws -> WholeFiles {
    var files = WholeFiles(directory: directory)
    let charts = self.charts
    let tables = PackTables(parts: parts, dataset: dataset.description, program: program)
    let export = tables.export
    try export.add(to: &files)
    let named = export.tables
    for chart in charts { files.add("charts/\(chart.name).vl.json", try chart.text()) }
    for (picture, bytes) in pictures.sorted(by: { $0.key < $1.key }) {
      files.add("charts/\(picture)", bytes: bytes)
    }
    let workbook = PackWorkbook(
      parts: parts,
      dataset: dataset,
      program: program,
      language: language
    )
    files.add("\(name).xlsx", bytes: try workbook.workbook.bytes())
    let notebook = PackNotebook(
      parts: parts,
      vintage: dataset.vintage,
      program: program,
      language: language,
      rows: named.first { $0.name == "outcome" }?.rows.count ?? 0,
      charts: charts.map { ($0, pictures["\($0.name).png"]) }
    )
    files.add("explore.ipynb", try notebook.json.text())
    addTables(to: &files)
    let readme = PackReadme(
      parts: parts,
      name: name,
      tables: named.map(\.name),
      charts: charts,
      hasPictures: !pictures.isEmpty,
      dataset: dataset,
      program: program,
      command: command
    )
    files.add("README.md", readme.markdown)
    return files
  }

  /// The tables that `regionsim simulate` and `target` show, each as Markdown.
  private func addTables(to files: inout WholeFiles) {
    for part in parts {
      let prefix = parts.count == 1 ? "" : "\(part.scenario.id)-"
      let report = part.report(vintage: dataset.vintage, language)
      let targets = part.targetReport(vintage: dataset.vintage, language)
      let all = report.tables + (targets?.tables ?? [])
      for table in all where !table.rows.isEmpty {
        let notes = targets?.tables.contains(table) == true ? targets?.notes ?? [] : report.notes
        let text =
          "# \(part.scenario.title[language])\n\n## \(table.title)\n\n" + table.markdown(language)
          + "\n\n" + notes.map { "- \($0)" }.joined(separator: "\n") + "\n"
        files.add("tables/\(prefix)\(TablePackage.identifier(table.name)).md", text)
      }
    }
  }
}
