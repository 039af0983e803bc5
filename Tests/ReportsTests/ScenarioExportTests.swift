import Datasets
import Foundation
import Regions
import Reports
import Scenarios
import TestSupport
import Testing

@Suite struct ScenarioExportTests {
  /// The files of an export, written to a folder and read again.
  private func export(_ change: (inout String) -> Void = { _ in }) throws -> [String: String] {
    let (outcome, sweep, dataset) = try Sample.run(change)
    let exporter = ScenarioExport(
      [ScenarioExport.Part(outcome, sweep: sweep)],
      dataset: dataset.description,
      program: "regionsim test"
    )
    let folder = try TemporaryDirectory()
    let files = try exporter.files(directory: folder.path + "/export")
    try files.write()
    return try Dictionary(
      uniqueKeysWithValues: files.paths.map { path in
        (String(path.dropFirst(folder.path.count + "/export/".count)), try text(ofFile: path))
      }
    )
  }

  private static let tables = ["outcome", "ranks-wide", "overtakes", "attribution"]

  @Test func fileNames() throws {
    let others =
      ["scenario.json", "datapackage.json"]
      + ["municipality", "region"].map { "data/wide/places-\($0)-employment.share.csv" }
    let swept = Self.tables + ["sweep"]
    #expect(
      try export().keys.sorted()
        == (swept.flatMap { ["data/\($0).csv", "data/nb-NO/\($0).csv"] } + others).sorted()
    )
    let plain = try export { $0 = $0.replacing("sweep: {lever", with: "expect: [] # {lever") }
    #expect(
      plain.keys.sorted()
        == (Self.tables.flatMap { ["data/\($0).csv", "data/nb-NO/\($0).csv"] } + others).sorted()
    )
  }

  @Test func theSameBytesTwice() throws { #expect(try export() == export()) }

  @Test func everything() throws {
    let files = try export()
    for name in files.keys.sorted() where !name.hasPrefix("data/nb-NO/") {
      expectGolden(try #require(files[name]), "Golden/export/\(name)")
    }
  }

  @Test func theNorwegianTwinHasTheSameCells() throws {
    let files = try export()
    for table in Self.tables + ["sweep"] {
      let standard = Self.cells(try #require(files["data/\(table).csv"]), separator: ",")
      let twin = try #require(files["data/nb-NO/\(table).csv"])
      #expect(twin.hasPrefix("\u{FEFF}"))
      #expect(!twin.replacing("\r\n", with: "").utf8.contains(UInt8(ascii: "\n")))
      let norwegian = Self.cells(
        String(twin.dropFirst()).replacing("\r\n", with: "\n"),
        separator: ";"
      )
      #expect(standard.count == norwegian.count && standard.count > 1)
      for (line, other) in zip(standard, norwegian) {
        let expected = line.map { Double($0) == nil ? $0 : $0.replacing(".", with: ",") }
        #expect(other == expected)
      }
    }
  }

  @Test func leadingZerosAreKept() throws {
    let rows = Self.cells(try #require(try export()["data/nb-NO/outcome.csv"]), separator: ";")
    #expect(rows.contains { $0[1] == "0301" })
  }

  @Test func thePackageListsEveryTableWithItsTypes() throws {
    let files = try export()
    let text = try #require(files["datapackage.json"])
    let package = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    )
    let resources = try #require(package["resources"] as? [[String: Any]])
    let paths = resources.compactMap { $0["path"] as? String }
    #expect(paths.sorted() == files.keys.filter { $0.hasSuffix(".csv") }.sorted())
    #expect(Set(resources.compactMap { $0["name"] as? String }).count == resources.count)
    for resource in resources {
      let path = try #require(resource["path"] as? String)
      let isNorwegian = path.hasPrefix("data/nb-NO/")
      let separator = isNorwegian ? ";" : ","
      #expect((resource["dialect"] as? [String: String])?["delimiter"] == separator)
      let content = try #require(files[path]).replacing("\u{FEFF}", with: "")
        .replacing("\r\n", with: "\n")
      let rows = Self.cells(content, separator: isNorwegian ? ";" : ",")
      let schema = try #require(resource["schema"] as? [String: Any])
      let fields = try #require(schema["fields"] as? [[String: String]])
      #expect(fields.map { $0["name"] } == rows[0])
      for (column, field) in fields.enumerated() {
        let cells = rows.dropFirst().map { $0[column] }.filter { !$0.isEmpty }
        let point = cells.map { $0.replacing(field["decimalChar"] ?? ".", with: ".") }
        switch field["type"] {
        case "integer": #expect(point.allSatisfy { Int($0) != nil }, "\(path) \(field)")
        case "number": #expect(point.allSatisfy { Double($0) != nil }, "\(path) \(field)")
        default: #expect(field["type"] == "string")
        }
      }
    }
  }

  @Test func typesOfTheColumns() throws {
    let files = try export()
    let text = try #require(files["datapackage.json"])
    let package = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    )
    let resources = try #require(package["resources"] as? [[String: Any]])
    let outcome = try #require(resources.first { $0["name"] as? String == "outcome" })
    let fields = try #require(
      (outcome["schema"] as? [String: Any])?["fields"] as? [[String: String]]
    )
    let types = Dictionary(uniqueKeysWithValues: fields.map { ($0["name"] ?? "", $0["type"]) })
    for key in ["unit_code", "unit_name", "level", "indicator", "variant", "basis", "unit"] {
      #expect(types[key] == "string")
    }
    for key in ["year", "rank", "ranked", "figure_year"] { #expect(types[key] == "integer") }
    for key in ["value", "movement"] { #expect(types[key] == "number") }
    #expect(fields.allSatisfy { !($0["description"] ?? "").isEmpty })
  }

  /// The cells of a CSV text with quotes, lines ended by a line feed.
  private static func cells(_ text: String, separator: Character) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var cell = ""
    var isQuoted = false
    for character in text {
      switch character {
      case "\"": isQuoted.toggle()
      case separator where !isQuoted:
        row.append(cell)
        cell = ""
      case "\n" where !isQuoted, "\r\n" where !isQuoted:
        rows.append(row + [cell])
        row = []
        cell = ""
      default: cell.append(character)
      }
    }
    return rows
  }
}
