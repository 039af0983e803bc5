public import Regions

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The content of a layer that is about to be written: what it held, and what is added.
public struct LayerDraft: Sendable {
  /// The folder of the layer.
  public let directory: String
  /// The series, in the order of their ids when written.
  public private(set) var series: [String: Series] = [:]
  /// The figures of each series, by year.
  public private(set) var columns: [String: [Int: Column]] = [:]
  /// The indicators of series that the dataset does not know.
  public var indicators: [Indicator] = []
  /// The breaks.
  public private(set) var breaks: [SeriesBreak] = []
  /// The breaks beneath that are none any more.
  public private(set) var liftedBreaks: [SeriesBreak] = []
  /// From where the figures came, in the order in which they came.
  public private(set) var imports: [ImportRecord] = []
  private let register: MunicipalityRegister
  private let former: DatasetLayer?

  /// Reads what a layer holds, or begins one.
  ///
  /// - Parameters:
  ///   - directory: The folder of the layer, which need not be there.
  ///   - layer: The layer there, or `nil` when there is none.
  ///   - register: The municipalities.
  /// - Throws: `DatasetError` when its figures cannot be read.
  public init(
    directory: String,
    layer: DatasetLayer?,
    register: MunicipalityRegister
  ) throws(DatasetError) {
    self.directory = directory
    self.register = register
    former = layer
    guard let layer else { return }
    (indicators, imports) = (layer.indicators, layer.imports)
    (breaks, liftedBreaks) = (layer.breaks, layer.liftedBreaks)
    for own in layer.series {
      series[own.id] = own
      columns[own.id] =
        try layer.files.readValues(own.file, series: [own], register: register)[own.id] ?? [:]
    }
  }

  /// Puts figures into the layer; those of the same series and years leave it.
  ///
  /// What was taken from the same bytes before and is still there as it was is left alone, so that the
  /// same file twice makes one vintage.
  ///
  /// - Parameters:
  ///   - description: The series. Its years and file are set by what the layer then holds.
  ///   - new: The columns, each with one value per position of the register.
  ///   - newBreaks: The years whose changes are not growth.
  ///   - lifted: The breaks beneath that are none any more.
  ///   - record: From where they came.
  public mutating func put(
    _ description: Series,
    columns new: [Int: Column],
    breaks newBreaks: [SeriesBreak],
    lifted: [SeriesBreak],
    record: ImportRecord
  ) {
    precondition(
      new.values.allSatisfy { $0.values.count == register.count },
      "A column has one value per position of the register."
    )
    let wasTaken = imports.contains {
      $0.series == record.series && $0.sha256 == record.sha256 && $0.query == record.query
    }
    let held = columns[description.id] ?? [:]
    if wasTaken, new.allSatisfy({ held[$0]?.holdsSame(as: $1) == true }) { return }
    let all = held.merging(new) { _, later in later }
    columns[description.id] = all
    let years = all.keys.sorted()
    series[description.id] = description.held(
      in: "values/\(description.id).csv",
      years: years.first.flatMap { first in years.last.map { first...$0 } },
      isComplete: isComplete(all, years: years)
    )
    breaks.removeAll { $0.series == description.id && new.keys.contains($0.year) }
    breaks += newBreaks
    liftedBreaks += lifted.filter { new in !liftedBreaks.contains { $0.isAtSamePlace(as: new) } }
    imports.append(record)
  }

  /// Writes the layer whole, or leaves all as it was.
  ///
  /// The tables that were there are kept under `vintages/` with their version as name; that folder is
  /// a layer too, and can be compared with the new one.
  ///
  /// - Parameter date: Today, as `2026-11-26`; the version is made of it and of the content.
  /// - Returns: The version; that of the layer as it was when nothing is new.
  /// - Throws: `DatasetError` when a file cannot be written.
  public func write(date: String) throws(DatasetError) -> String {
    var tables = [
      ("breaks.csv", table(of: breaks)), ("imports.csv", importsTable),
      ("indicators.csv", indicatorsTable), ("lifted_breaks.csv", table(of: liftedBreaks)),
      ("series.csv", seriesTable),
    ]
    tables += series.keys.sorted().map { ("values/\($0).csv", valuesTable($0)) }
    let content = tables.map(\.1).joined()
    let hash = SHA256.hexadecimal(of: content.utf8).prefix(8)
    if let former, former.description.version.hasSuffix("-\(hash)") {
      return former.description.version
    }
    let version = "\(date)-\(hash)"
    var files = WholeFiles(directory: directory)
    if let former { try keep(former, in: &files) }
    for (path, text) in tables { files.add(path, text) }
    // Last, so that its name is given when all the others have theirs.
    files.add("datapackage.json", package(version: version, tables))
    try files.write()
    return version
  }

  /// Adds the former tables, under the name of their version.
  private func keep(_ layer: DatasetLayer, in files: inout WholeFiles) throws(DatasetError) {
    let folder = "vintages/\(layer.description.version)/"
    for path in layer.description.files.map(\.path) + ["datapackage.json"] {
      let bytes = try layer.files.bytes(path)
      files.add(folder + path, String(decoding: bytes, as: UTF8.self))
    }
  }

  private func isComplete(_ columns: [Int: Column], years: [Int]) -> Bool {
    guard let first = years.first, let last = years.last, last - first + 1 == years.count else {
      return false
    }
    return columns.values.allSatisfy { column in
      register.municipalities.indices.allSatisfy {
        column.statuses[$0] != .missing(.notInSeries)
      }
    }
  }
}

// MARK: - The tables as text

extension LayerDraft {
  private func csv(_ header: [String], _ rows: [[String]]) -> String {
    ([header] + rows).map { row in
      row.map { field in
        let isSpecial = field.utf8.contains { ",\"\n\r".utf8.contains($0) }
        return isSpecial ? "\"" + field.replacingScalars(["\"": "\"\""]) + "\"" : field
      }.joined(separator: ",") + "\n"
    }.joined()
  }

  private var seriesTable: String {
    csv(
      [
        "id", "name_nb", "name_en", "unit", "decimals", "minimum", "maximum", "file", "first_year",
        "last_year", "coverage", "country_total", "source", "vintage", "licence", "note",
      ],
      series.values.sorted { $0.id < $1.id }.map { series in
        [
          series.id, series.name.nb, series.name.en, series.unit.rawValue, "\(series.decimals)",
          series.minimum?.brief ?? "", series.maximum?.brief ?? "", series.file,
          series.years.map { "\($0.lowerBound)" } ?? "",
          series.years.map { "\($0.upperBound)" } ?? "",
          series.isComplete ? "all" : "partial", series.isSummable ? "sum" : "none",
          series.source, series.vintage, series.licence, series.note,
        ]
      }
    )
  }

  private func valuesTable(_ id: String) -> String {
    let columns = columns[id] ?? [:]
    var rows: [[String]] = []
    for (year, column) in columns.sorted(by: { $0.key < $1.key }) {
      for position in 0..<register.count {
        let code = register.unit(at: position).code
        switch column.statuses[position] {
        case .missing(.notInSeries): continue
        case .missing(let reason):
          rows.append([id, code, "\(year)", "", "missing", reason.rawValue])
        case .present(let basis):
          rows.append([id, code, "\(year)", column.values[position].brief, basis.rawValue, ""])
        }
      }
    }
    return csv(["series", "municipality", "year", "value", "basis", "reason"], rows)
  }

  private func table(of breaks: [SeriesBreak]) -> String {
    csv(
      ["series", "municipality", "year", "reason"],
      breaks.map { [$0.series, $0.municipality ?? "", "\($0.year)", $0.reason] }.sorted {
        $0.lexicographicallyPrecedes($1)
      }
    )
  }

  private var importsTable: String {
    csv(
      [
        "series", "first_year", "last_year", "origin", "format", "sha256", "bytes", "table",
        "updated", "retrieved", "query",
      ],
      imports.map { record in
        [
          record.series, "\(record.firstYear)", "\(record.lastYear)", record.origin, record.format,
          record.sha256, "\(record.bytes)", record.table, record.updated, record.retrieved,
          record.query,
        ]
      }
    )
  }

  private var indicatorsTable: String {
    csv(
      [
        "id", "name_nb", "name_en", "unit", "decimals", "direction", "numerator", "denominator",
        "scale", "aggregation", "weight", "relative_to", "bounds", "source", "note",
      ],
      indicators.sorted { $0.id < $1.id }.map { indicator in
        [
          indicator.id, indicator.name.nb, indicator.name.en, indicator.unit.rawValue,
          "\(indicator.decimals)", indicator.direction.rawValue, indicator.numerator,
          indicator.denominator ?? "", indicator.scale.brief, indicator.aggregation.rawValue,
          indicator.weight ?? "", indicator.isRelativeToCountry ? "country" : "",
          indicator.isShare ? "share" : "", indicator.source, indicator.note,
        ]
      }
    )
  }

  private struct Package: Encodable {
    struct Resource: Encodable {
      let name: String
      let path: String
      let bytes: Int
      let hash: String
      let encoding = "utf-8"
      let format = "csv"
      let mediatype = "text/csv"
      let profile = "tabular-data-resource"
    }
    let name: String
    let title: String
    let version: String
    let profile = "data-package"
    let resources: [Resource]
  }

  private func package(version: String, _ tables: [(String, String)]) -> String {
    let folder = directory.split(separator: "/").last.map(String.init) ?? ""
    let name = String(folder.lowercased().map { $0.isLetter || $0.isNumber ? $0 : "-" })
    let package = Package(
      name: name.allSatisfy { $0 == "-" } ? DatasetLocator.usualLayer : name,
      title: "Figures imported into \(folder)",
      version: version,
      resources: tables.map { path, text in
        Package.Resource(
          name: String(path.dropLast(4).map { $0 == "/" || $0 == "_" ? "-" : $0 }).lowercased(),
          path: path,
          bytes: text.utf8.count,
          hash: "sha256:" + SHA256.hexadecimal(of: text.utf8)
        )
      }
    )
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    // Texts and whole numbers only: nothing that JSON cannot say.
    guard let data = try? encoder.encode(package) else { return "" }
    return String(decoding: data, as: UTF8.self) + "\n"
  }
}

extension Column {
  /// Whether another column has the same figures, bit for bit, with the same statuses.
  fileprivate func holdsSame(as other: Column) -> Bool {
    statuses == other.statuses
      && values.elementsEqual(other.values) {
        $0.bitPattern == $1.bitPattern || ($0.isNaN && $1.isNaN)
      }
  }
}

extension Series {
  /// The same series, with the file and years that a layer holds.
  fileprivate func held(in file: String, years: ClosedRange<Int>?, isComplete: Bool) -> Series {
    Series(
      id: id,
      name: name,
      unit: unit,
      decimals: decimals,
      minimum: minimum,
      maximum: maximum,
      file: file,
      years: years,
      isComplete: isComplete,
      isSummable: isSummable,
      source: source,
      vintage: vintage,
      licence: licence,
      note: note
    )
  }
}
