import Cubes
import Datasets
import Foundation
import Imports
import Regions
import TestSupport
import Testing

/// All figures of the dataset, written in a format and taken in again.
@Suite struct DatasetRoundTripTests {
  enum Format: String, CaseIterable {
    case jsonStat = "json"
    case px
    case csv
    case xlsx

    func bytes(of cube: Cube) throws -> [UInt8] {
      switch self {
      case .jsonStat: return JSONStatWriter(values: .sparse).bytes(of: cube)
      case .px: return PXWriter().bytes(of: cube)
      case .csv: return TidyCSVWriter.bytes(cube)
      case .xlsx:
        let folder = try TemporaryDirectory()
        let path = folder.path + "/all.xlsx"
        try WorkbookWriter.write(cube, to: path)
        return Array(try Data(contentsOf: URL(filePath: path)))
      }
    }
  }

  @Test(arguments: Format.allCases)
  func theSamePanelBitForBit(format: Format) throws {
    let dataset = try NorwayDataset.dataset()
    let panel = try dataset.panel(of: dataset.catalogue.series.map(\.id))
    let ids = dataset.catalogue.series.map(\.id).filter { !panel.years(of: $0).isEmpty }
    let written = Cube(
      panel,
      series: ids,
      title: "All",
      source: "regionsim",
      updated: dataset.vintage,
      language: .nb
    )
    let bytes = try format.bytes(of: written)
    let file = "all.\(format.rawValue)"
    let cube = try #require(try CubeFile.read(file: file, bytes: bytes).cubes.first)
    let proposals = try Importer(dataset)
      .proposals(for: cube, options: ImportOptions(), origin: file)
    #expect(proposals.map(\.description.id).sorted() == ids.sorted())
    var figures = 0
    for proposal in proposals {
      let id = proposal.description.id
      for year in Set(panel.years(of: id)).union(proposal.columns.keys) {
        let before = panel.column(id, year: year)
        let after = proposal.columns[year] ?? Column(count: panel.register.count, year: year)
        for (old, new) in zip(before.statuses, after.statuses) where old != new {
          Issue.record("\(id) in \(year): \(old) became \(new)")
        }
        for (old, new) in zip(before.values, after.values) where !(old.isNaN && new.isNaN) {
          figures += 1
          if old.bitPattern != new.bitPattern {
            Issue.record("\(id) in \(year): \(old) became \(new)")
          }
        }
      }
    }
    #expect(figures > 60_000)
  }
}
