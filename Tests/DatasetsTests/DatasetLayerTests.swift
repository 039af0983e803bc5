import Datasets
import Regions
import TestSupport
import Testing

/// Layers over the small dataset, written by `LayerDraft` and read again.
@Suite struct DatasetLayerTests {
  private func column(
    _ register: MunicipalityRegister,
    _ year: Int,
    _ figures: [String: Double],
    _ basis: Basis = .observed
  ) -> Column {
    var column = Column(count: register.count, year: year)
    for (code, value) in figures {
      guard let position = register.position(ofCode: code) else { continue }
      column.values[position] = value
      column.statuses[position] = .present(basis)
    }
    return column
  }

  private func record(_ series: String, _ years: ClosedRange<Int>) -> ImportRecord {
    ImportRecord(
      series: series,
      firstYear: years.lowerBound,
      lastYear: years.upperBound,
      origin: "file, with \"quotes\".csv",
      format: "CSV",
      sha256: "00",
      bytes: 1,
      table: "11618",
      updated: "2026-11-26",
      retrieved: "2026-11-26T08:00:00Z",
      query: "Alder: 20-66"
    )
  }

  /// A layer with one more year of `employed.20_66`, and 2024 changed.
  private func layer(
    over dataset: Dataset,
    in folder: TemporaryDirectory,
    breaks: [SeriesBreak] = [],
    lifted: [SeriesBreak] = [],
    value: Double = 410
  ) throws -> (path: String, version: String) {
    let path = folder.path + "/mine"
    let register = dataset.catalogue.register
    let before = try? Dataset(DatasetFolders(dataset: dataset.directory, layers: [path]))
    var draft = try LayerDraft(
      directory: path,
      layer: before?.layers.first,
      register: register
    )
    draft.put(
      try dataset.catalogue.series("employed.20_66"),
      columns: [
        2024: column(register, 2024, ["0301": value]),
        2025: column(register, 2025, ["0301": 420, "3103": 43], .provisional),
      ],
      breaks: breaks,
      lifted: lifted,
      record: record("employed.20_66", 2024...2025)
    )
    return (path, try draft.write(date: "2026-11-26"))
  }

  @Test func aYearOfALayerHidesThatYearWhole() throws {
    let (fixture, folder) = (try FixtureDataset(), try TemporaryDirectory())
    let base = try fixture.dataset()
    let (path, version) = try layer(over: base, in: folder)
    let dataset = try Dataset(DatasetFolders(dataset: fixture.path, layers: [path]))
    let panel = try dataset.panel(of: ["employed.20_66", "employment.base"])
    #expect(panel.years(of: "employed.20_66") == [2022, 2023, 2024, 2025])
    let oslo = try #require(dataset.catalogue.register.position(ofCode: "0301"))
    let moss = try #require(dataset.catalogue.register.position(ofCode: "3103"))
    #expect(panel.column("employed.20_66", year: 2024).values[oslo] == 410)
    // Moss has a figure of 2024 beneath; it is not mixed with those of the layer.
    #expect(panel.column("employed.20_66", year: 2024).values[moss].isNaN)
    #expect(
      try base.panel(of: ["employed.20_66"]).column("employed.20_66", year: 2024).values[moss] > 0
    )
    #expect(panel.column("employed.20_66", year: 2025).statuses[moss] == .present(.provisional))
    #expect(panel.years(of: "employment.base") == [2022, 2023, 2024])
    #expect(dataset.vintage == "\(base.vintage) + mine \(version)")
    #expect(dataset.catalogue.series.count == base.catalogue.series.count)
    let origins = dataset.origins(of: "employed.20_66").map { "\($0.name) \($0.years)" }
    #expect(origins == ["\(base.description.name) 2022...2024", "mine 2024...2025"])
    #expect(dataset.layers[0].imports == [record("employed.20_66", 2024...2025)])
  }

  @Test func theSameContentHasTheSameVersionAndAnotherKeepsTheFormer() throws {
    let (fixture, folder) = (try FixtureDataset(), try TemporaryDirectory())
    let base = try fixture.dataset()
    let first = try layer(over: base, in: folder)
    #expect(DatasetLocator.vintages(ofLayer: first.path).isEmpty)
    let second = try layer(over: base, in: folder, value: 411)
    #expect(second.version != first.version)
    #expect(DatasetLocator.vintages(ofLayer: first.path) == [first.version])
    let kept = DatasetFolders(
      dataset: fixture.path,
      layers: ["\(first.path)/vintages/\(first.version)"]
    )
    let oslo = try #require(base.catalogue.register.position(ofCode: "0301"))
    let old = try Dataset(kept).panel(of: ["employed.20_66"]).column("employed.20_66", year: 2024)
    #expect(old.values[oslo] == 410)
  }

  @Test func breaksAreAddedAndLifted() throws {
    let (fixture, folder) = (try FixtureDataset(), try TemporaryDirectory())
    let base = try fixture.dataset()
    let known = try #require(base.breaks.first)
    let new = SeriesBreak(series: "employed.20_66", municipality: nil, year: 2024, reason: "new")
    let (path, _) = try layer(over: base, in: folder, breaks: [new], lifted: [known])
    let dataset = try Dataset(DatasetFolders(dataset: fixture.path, layers: [path]))
    #expect(dataset.breaks.contains(new))
    #expect(!dataset.breaks.contains(known))
    #expect(dataset.breaks.count == base.breaks.count)
  }

  @Test func anotherUnitIsRefused() throws {
    let (fixture, folder) = (try FixtureDataset(), try TemporaryDirectory())
    let (path, _) = try layer(over: try fixture.dataset(), in: folder)
    let text = String(decoding: try folder.bytes(of: "mine/series.csv"), as: UTF8.self)
    try folder.write(text.replacing(",persons,", with: ",thousand_NOK,"), to: "mine/series.csv")
    let error = errorText { try Dataset(DatasetFolders(dataset: fixture.path, layers: [path])) }
    #expect(
      error.hasSuffix(
        "series.csv: employed.20_66 is in thousand_NOK here, and in persons in the dataset."
      )
    )
  }

  @Test func aLayerCutOffIsRefused() throws {
    let (fixture, folder) = (try FixtureDataset(), try TemporaryDirectory())
    let (path, _) = try layer(over: try fixture.dataset(), in: folder)
    let bytes = try folder.bytes(of: "mine/values/employed.20_66.csv")
    let row = try #require(bytes.dropLast().lastIndex(of: UInt8(ascii: "\n")))
    try folder.write(Array(bytes[...row]), to: "mine/values/employed.20_66.csv")
    let dataset = try Dataset(DatasetFolders(dataset: fixture.path, layers: [path]))
    #expect(errorText { try dataset.panel(of: ["employed.20_66"]) }.contains("cut off"))
  }
}
