import Datasets
import Foundation
import Regions
import Reports
import Scenarios
import TestSupport
import Testing

/// Packs and reports of the small dataset.
@Suite struct ScenarioPackTests {
  private func part(
    _ change: (inout String) -> Void = { _ in },
    id: String = "sample"
  ) throws
    -> (ScenarioPart, ScenarioPack)
  {
    let (outcome, sweep, dataset) = try Sample.run(id: id, change)
    let charts = ScenarioCharts(
      outcome,
      outcome.indicators[0],
      series: dataset.catalogue.series,
      vintage: dataset.vintage,
      language: .nb
    )
    let part = ScenarioPart(
      outcome,
      sweep: sweep,
      futures: nil,
      answers: [],
      series: dataset.catalogue.series,
      origins: [],
      charts: [charts.rankedStrip, charts.bump]
    )
    let pack = ScenarioPack(
      [part],
      name: id,
      dataset: dataset,
      program: "regionsim test",
      command: "regionsim export \(id)",
      language: .nb
    )
    return (part, pack)
  }

  private func files(
    _ pack: ScenarioPack,
    _ pictures: [String: [UInt8]] = [:]
  ) throws -> [String: [UInt8]] {
    let folder = try TemporaryDirectory()
    let files = try pack.files(directory: folder.path + "/pack", pictures: pictures)
    try files.write()
    return try Dictionary(
      uniqueKeysWithValues: files.paths.map { path in
        let name = String(path.dropFirst(folder.path.count + 6))
        return (name, try folder.bytes(of: "pack/" + name))
      }
    )
  }

  @Test func whatAPackHas() throws {
    let (_, pack) = try part()
    let found = try files(pack, ["bump.svg": [1], "bump.png": [2]])
    let expected = [
      "README.md", "charts/bump.png", "charts/bump.svg", "charts/bump.vl.json",
      "charts/ranked-strip.vl.json", "data/nb-NO/outcome.csv", "data/outcome.csv",
      "data/wide/places-municipality-employment.share.csv", "datapackage.json", "explore.ipynb",
      "sample.xlsx", "scenario.json", "tables/standings.md",
    ]
    #expect(expected.filter { found[$0] == nil } == [])
    #expect(found["charts/bump.png"] == [2])
    #expect(found["sample.xlsx"]?.prefix(2) == [0x50, 0x4B])
  }

  @Test func theSameBytesTwice() throws { #expect(try files(part().1) == files(part().1)) }

  @Test func theReadme() throws {
    let found = try files(part().1)
    expectGolden(
      String(decoding: try #require(found["README.md"]), as: UTF8.self),
      "Golden/pack/README.md"
    )
  }

  @Test func theNotebook() throws {
    let found = try files(part().1, ["bump.png": [1, 2, 3]])
    let notebook = String(decoding: try #require(found["explore.ipynb"]), as: UTF8.self)
    let parsed = try JSONSerialization.jsonObject(with: Data(notebook.utf8)) as? [String: Any]
    let cells = try #require(parsed?["cells"] as? [[String: Any]])
    let ids = cells.compactMap { $0["id"] as? String }
    #expect(Set(ids).count == cells.count)
    let bundles = cells.flatMap { $0["outputs"] as? [[String: Any]] ?? [] }
      .compactMap { $0["data"] as? [String: Any] }
    #expect(bundles.count == 2)
    #expect(bundles.allSatisfy { $0["application/vnd.vegalite.v5+json"] != nil })
    #expect(bundles.compactMap { $0["image/png"] as? String } == ["AQID"])
  }

  @Test func severalScenariosSideBySide() throws {
    let (one, _) = try part()
    let (other, _) = try part({ $0 = $0.replacing("value: 6.5", with: "value: 1") }, id: "less")
    let dataset = try FixtureDataset().dataset()
    let pack = ScenarioPack(
      [one, other],
      name: "both",
      dataset: dataset,
      program: "regionsim test",
      command: "regionsim export sample less --compare",
      language: .en
    )
    #expect(
      pack.charts.map(\.name) == [
        "comparison", "sample-ranked-strip", "sample-bump", "less-ranked-strip", "less-bump",
      ]
    )
    let found = try files(pack)
    let table = String(decoding: try #require(found["data/outcome.csv"]), as: UTF8.self)
    let lines = table.split(separator: "\n")
    #expect(lines[0].hasPrefix("scenario,level,unit_code"))
    #expect(lines.count { $0.hasPrefix("sample,") } == lines.count { $0.hasPrefix("less,") })
    #expect(found["scenario-sample.json"] != nil && found["scenario-less.json"] != nil)
  }

  @Test(arguments: [Language.nb, .en])
  func theReport(language: Language) throws {
    let (part, _) = try part()
    let document = ScenarioReportDocument(
      part,
      pictures: ["ranked-strip": Array("<svg/>".utf8)],
      vintage: "small 1",
      program: "regionsim test",
      language: language
    ).document
    expectGolden(document.markdown, "Golden/report.\(language.rawValue).md")
    #expect(document.pictures.map(\.path) == ["charts/ranked-strip.svg"])
    #expect(document.html.contains("src=\"data:image/svg+xml;base64,PHN2Zy8+\""))
    #expect(!document.html.contains("http"))
  }
}
