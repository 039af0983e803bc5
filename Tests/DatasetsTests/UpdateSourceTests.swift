import Regions
import TestSupport
import Testing

@testable import Datasets

@Suite struct UpdateSourceTests {
  typealias Choice = UpdateSource.Choice

  @Test(arguments: [
    ("", []),
    ("Kjonn=0", [Choice(variable: "Kjonn", terms: [.code("0")])]),
    (
      "Kjonn=0;Alder=20-66",
      [
        Choice(variable: "Kjonn", terms: [.code("0")]),
        Choice(variable: "Alder", terms: [.code("20-66")]),
      ]
    ),
    ("S=A.09+U.04-U.05", [Choice(variable: "S", terms: [.code("A.09"), .code("U.04-U.05")])]),
    ("Alder=020..066", [Choice(variable: "Alder", terms: [.range("020", "066")])]),
    ("Alder=62+", [Choice(variable: "Alder", terms: [.code("62+")])]),
    ("A=1+104..105+", [Choice(variable: "A", terms: [.code("1"), .range("104", "105+")])]),
    ("S[vs_a]=1", [Choice(variable: "S", codelist: "vs_a", terms: [.code("1")])]),
  ])
  func selection(text: String, expected: [Choice]) {
    #expect(Choice.parse(text) == expected)
  }

  @Test(arguments: [
    "Kjonn", "=0", "Kjonn=", "Kjonn=0;", "Kjonn=1++2", "A=+", "A=+1", "A=1..2..3", "A=..2",
    "A=1..", "A=1;A=2", "A[]=1", "[x]=1",
  ])
  func malformedSelection(text: String) { #expect(Choice.parse(text) == nil) }

  private static let header = """
    series,method,table,contents,contents_words,region_variable,region_codelist,selection,times,\
    title_words,factor,status,url,instruction,note

    """
  private static let good = """
    employed.20_66,pxwebapi,11618,SysselBosted,,Region,agg_KommSummer,Kjonn=0,from(2015),\
    sysselsatte,1,to_check,https://a.no,,a note

    """

  private func sources(_ rows: String) throws -> [UpdateSource] {
    let fixture = try FixtureDataset()
    try fixture.directory.write(Self.header + rows, to: "update_sources.csv")
    let package = String(
      decoding: try fixture.directory.bytes(of: "datapackage.json"),
      as: UTF8.self
    )
    let listed = package.replacing(
      "\"resources\": [",
      with: "\"resources\": [{\"path\": \"update_sources.csv\"},"
    )
    try #require(listed != package)
    try fixture.directory.write(listed, to: "datapackage.json")
    return try fixture.dataset().updateSources()
  }

  @Test func rows() throws {
    let found = try sources(
      Self.good + "low_income.share,file,,,,,,,,,0.5,verified,https://b.no,Fetch it.,\n"
    )
    let first = try #require(found.first)
    #expect(first.series == "employed.20_66" && first.method == .pxwebapi)
    #expect(first.table == "11618" && first.contents == "SysselBosted")
    #expect(first.contentsWords == nil && first.regionCodelist == "agg_KommSummer")
    #expect(first.selection == [Choice(variable: "Kjonn", terms: [.code("0")])])
    #expect(first.times == "from(2015)" && first.titleWords == "sysselsatte")
    #expect(first.status == .toCheck && first.note == "a note")
    #expect(found.last?.method == .file && found.last?.factor == 0.5)
    #expect(found.last?.instruction == "Fetch it." && found.last?.selection == [])
  }

  @Test(arguments: [
    (good + good, "series", "has employed.20_66 twice"),
    (
      good.replacing("employed.20_66", with: "employed.20_67"), "series",
      "names \"employed.20_67\", which is not in series.csv. Is it employed.20_66?"
    ),
    (good.replacing("11618", with: ""), "table", "is empty; a series that is updated by pxwebapi"),
    (good.replacing("SysselBosted", with: ""), "contents", "is empty; then contents_words must"),
    (good.replacing("Kjonn=0", with: "Kjonn"), "selection", "must be like Kjonn=0;"),
    (good.replacing(",1,", with: ",0,"), "factor", "must be a number other than 0"),
    (good.replacing("to_check", with: "tocheck"), "status", "Did you mean to_check?"),
    (good.replacing("pxwebapi", with: "file"), "instruction", "is empty; a series that is updated"),
  ])
  func badRows(rows: String, column: String, message: String) {
    let text = errorText { try sources(rows) }
    #expect(text.contains("The column \"\(column)\" ") && text.contains(message), "\(text)")
    #expect(text.contains("update_sources.csv:"))
  }

  @Test func aDatasetWithoutTheTableHasNone() throws {
    #expect(try FixtureDataset().dataset().updateSources() == [])
  }

  @Test func seriesWithoutFiguresHaveNeitherYearsNorFile() throws {
    let dataset = try NorwayDataset.dataset()
    let sources = try dataset.updateSources()
    for series in dataset.catalogue.series where series.years == nil {
      #expect(series.file.isEmpty && sources.contains { $0.series == series.id })
    }
    #expect(dataset.catalogue.series.contains { $0.years == nil })
    #expect(sources.allSatisfy { $0.url.hasPrefix("https://") })
    #expect(sources.filter { $0.method == .pxwebapi }.allSatisfy { $0.table.utf8.count == 5 })
  }
}
