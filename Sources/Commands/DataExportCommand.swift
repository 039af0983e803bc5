internal import ArgumentParser
internal import Cubes
internal import Datasets
internal import Imports
internal import Regions
internal import Reports

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// `regionsim data export`: the figures in the formats of official statistics.
struct DataExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes figures as JSON-stat, PX, CSV or xlsx.",
    discussion: """
      The format is that of the file's ending: .json JSON-stat 2.0, .px PX, .csv the long table of the \
      dataset itself (series, municipality, year, value, basis, reason), .xlsx a workbook of one row per \
      value. `regionsim data import` reads each of them back as it was; a workbook has up to 1,048,575 \
      values. A figure that is not observed has its basis beside it, a missing one its reason.

      Examples:
        regionsim data export employed.20_66 employment.base --out employment.json
        regionsim data export population.total --out population.px
        regionsim data export --out all.csv
      """
  )

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case jsonStat = "json"
    case px
    case csv
    case xlsx
  }

  @Argument(help: "The series; without one, all that have figures.")
  var series: [String] = []

  @Option(help: ArgumentHelp("The file.", valueName: "path"), completion: .file())
  var out: String

  @Option(help: "The format, where the file's ending is another: json, px, csv or xlsx.")
  var to: Format?

  @Option(help: "The language of labels.")
  var language: Language?

  @OptionGroup var dataOptions: DataOptions

  private var format: Format? {
    to ?? out.split(separator: ".").last.flatMap { Format(rawValue: $0.lowercased()) }
  }

  func validate() throws {
    if format == nil {
      throw ValidationError(
        "--out must end with .json, .px, .csv or .xlsx, or --to say the format."
      )
    }
  }

  func run() throws {
    let dataset = try dataOptions.dataset()
    let named = try series.map { try dataset.catalogue.series($0) }
    let chosen = named.isEmpty ? dataset.catalogue.series.filter { $0.years != nil } : named
    let panel = try dataset.panel(of: chosen.map(\.id))
    let cube = Cube(
      panel,
      series: chosen.map(\.id).filter { !panel.years(of: $0).isEmpty },
      title: dataset.description.title,
      source: "regionsim: \(dataset.description.name)",
      updated: dataset.vintage,
      language: OutputOptions.chosenLanguage(language)
    )
    switch format ?? .csv {
    case .jsonStat:
      let isSparse = cube.values.count { $0.isNaN } > cube.values.count / 2
      let writer = JSONStatWriter(values: isSparse ? .sparse : .dense)
      try write(writer.bytes(of: cube))
    case .px: try write(PXWriter().bytes(of: cube))
    case .csv: try write(TidyCSVWriter.bytes(cube))
    case .xlsx: try writeWorkbook(cube)
    }
  }

  private func write(_ bytes: [UInt8]) throws {
    try WholeFiles(file: out, text: String(decoding: bytes, as: UTF8.self)).write()
  }

  /// The library writes to a path, so the file gets its name when it is whole.
  private func writeWorkbook(_ cube: Cube) throws {
    let temporary = "\(out).partial-\(ProcessInfo.processInfo.processIdentifier)"
    defer { try? FileManager.default.removeItem(atPath: temporary) }
    try WorkbookWriter.write(cube, to: temporary)
    try WholeFiles.rename(temporary, to: out)
  }
}
