import Cubes
import TestSupport
import Testing

@Suite struct CubeFileTests {
  private func read(
    _ text: String,
    _ options: GridOptions = GridOptions()
  ) throws -> CubeReading {
    try CubeFile.read(file: "a.csv", bytes: Array(text.utf8), options: options)
  }

  /// Each figure as `codes=value`, with the symbol after it.
  private func figures(_ cube: Cube) -> [String] {
    cube.values.indices.map { index in
      let codes = zip(cube.dimensions, cube.strides).map { dimension, stride in
        dimension.categories[index / stride % dimension.categories.count].code
      }
      let value = cube.values[index].isNaN ? "" : "\(cube.values[index])"
      return codes.joined(separator: " ") + "=" + value + (cube.statuses[index]?.symbol ?? "")
    }
  }

  @Test func codesWithOneValuePerRow() throws {
    let reading = try read(
      """
      "Region","Kjonn","ContentsCode","Tid","11618: Sysselsatte"
      "0301","0","SysselBosted","2022",100
      "0301","0","SysselBosted","2023",..
      "3114","0","SysselBosted","2022",12.5
      "3114","0","SysselBosted","2023",-
      """
    )
    let cube = try #require(reading.cubes.first)
    #expect(cube.dimensions.map(\.role) == [.geo, nil, .metric, .time])
    #expect(
      figures(cube) == [
        "0301 0 SysselBosted 2022=100.0", "0301 0 SysselBosted 2023=..",
        "3114 0 SysselBosted 2022=12.5", "3114 0 SysselBosted 2023=0.0-",
      ]
    )
  }

  @Test func wideWithContentsAndYearsInTheHeading() throws {
    let cube = try #require(
      try read(
        """
        "11618: Sysselsatte, etter region"

        "region";"Bosatte 2022";"Bosatte 2023";"Sysselsatte 2022";"Sysselsatte 2023"
        "3103 - Moss";1;2;3;4
        "3114 - Våler (Østfold)";5;6;7;8
        """
      ).cubes.first
    )
    #expect(cube.title == "11618: Sysselsatte, etter region" && cube.table == "11618")
    #expect(cube.dimensions[0].categories.map(\.label) == ["Moss", "Våler (Østfold)"])
    #expect(
      figures(cube).prefix(4) == [
        "3103 Bosatte 2022=1.0", "3103 Bosatte 2023=2.0", "3103 Sysselsatte 2022=3.0",
        "3103 Sysselsatte 2023=4.0",
      ]
    )
  }

  @Test func aNameOfTwoLanguagesIsNoCode() throws {
    let cube = try #require(
      try read("region;2023\nOslo - Oslove;1\nVåler (Østfold);2\nVåler (Innlandet);3\n").cubes.first
    )
    #expect(
      cube.dimensions[0].categories.map(\.code) == [
        "Oslo - Oslove", "Våler (Østfold)", "Våler (Innlandet)",
      ]
    )
  }

  @Test func codesAndNamesSideBySideAndTotals() throws {
    let reading = try read(
      "kommunenummer;navn;Skatt (1000 kr);Rang\n301;Oslo;12 345,6;1 av 357\n3103;Moss;5,5*;2 av 357\n;"
        + "Hele landet;99;\n"
    )
    let cube = try #require(reading.cubes.first)
    #expect(
      figures(cube) == [
        "301 Skatt (1000 kr)=12345.6", "301 Rang=1.0", "3103 Skatt (1000 kr)=5.5*", "3103 Rang=2.0",
      ]
    )
    #expect(cube.dimensions[0].categories[1].label == "Moss")
    #expect(cube.dimensions[1].categories[0].unit == "1000 kr")
    #expect(reading.decimalSign == .comma && reading.passedOver.map(\.lines) == [4...4])
  }

  @Test func theOwnFormIsReadAsItIsWritten() throws {
    let text = """
      series,municipality,year,value,basis,reason
      a,0301,2023,1.5,observed,
      a,0301,2024,,missing,split
      a,3103,2023,2,estimated,
      a,3103,2024,0,-,

      """
    let cube = try #require(try read(text).cubes.first)
    #expect(
      figures(cube) == [
        "a 0301 2023=1.5", "a 0301 2024=missing:split", "a 3103 2023=2.0estimated",
        "a 3103 2024=0.0-",
      ]
    )
    #expect(TidyCSVWriter.text(cube) == text)
  }

  @Test(arguments: [
    ("k;2023\nA;1,234\n", "a.csv:2:3: \"1,234\" is not clear"),
    ("k;2023\nA;1,5\nB;1.5\n", "a.csv:3:3: \"1.5\" has a decimal point, but \"1,5\" in line 2"),
    ("k;2023\nA;1\nB;2\nC;ca 5\n", "a.csv:4:3: \"ca 5\" in the column \"2023\" is neither"),
    ("k;2023\nA;1\nA;2\n", "a.csv:3:1: A second figure for A; the first is in line 2."),
    ("k;2023\nA;\"1\n", "a.csv:2:3: A quoted cell is not closed"),
    ("k\n", "a.csv: The file holds no table"),
  ])
  func errors(text: String, message: String) {
    #expect(errorText { try read(text) }.hasPrefix(message))
  }

  @Test func aChosenDecimalSignEndsTheDoubt() throws {
    var options = GridOptions()
    options.decimalSign = .comma
    let cube = try #require(try read("k;2023\nA;1,234\n", options).cubes.first)
    #expect(cube.values == [1.234])
  }

  @Test(arguments: TextEncoding.allCases)
  func encodings(encoding: TextEncoding) throws {
    let bytes = try #require(encoding.encode("kommune\t2023\r\nVåler\t1,5\r\nÅs\t2"))
    let reading = try CubeFile.read(file: "a.csv", bytes: bytes)
    #expect(reading.encoding == encoding && reading.separator == "\t")
    #expect(reading.cubes.first.map(figures) == ["Våler value 2023=1.5", "Ås value 2023=2.0"])
  }

  @Test func theDownloadOfStatisticsNorway() throws {
    let reading = try CubeFile.read(file: "s.xlsx", bytes: try workbook("statbank.xlsx"))
    let cube = try #require(reading.cubes.first)
    #expect(reading.sheets == ["Sysselsatte"] && reading.cubes.count == 1)
    #expect(cube.source == "Statistisk sentralbyrå" && cube.updated == "20240301 08:00")
    #expect(cube.notes == [CubeNote(".. = tall mangler")])
    #expect(
      cube.dimensions[0].categories == [
        CubeCategory("0301", label: "Oslo - Oslove"),
        CubeCategory("3114", label: "Våler (Østfold)"),
      ]
    )
    #expect(
      figures(cube).suffix(4) == [
        "3114 Kvinner Bosatte 2022=16.0", "3114 Kvinner Bosatte 2023=17.0",
        "3114 Kvinner Sysselsatte (personer) 2022=7.0",
        "3114 Kvinner Sysselsatte (personer) 2023=0.0-",
      ]
    )
    #expect(cube.dimensions[2].categories[1].unit == "personer")
  }

  @Test func datesTruthsErrorsAndRichText() throws {
    let sheets = try WorkbookReader.read(file: "c.xlsx", bytes: try workbook("cells.xlsx"))
    let grid = try #require(sheets.grids.first)
    #expect((0..<5).map { grid.text(1, $0) } == ["3103", "Moss", "2024-01-01", "TRUE", "#N/A"])
    #expect((0..<5).map { grid.text(2, $0) } == ["301", "Oslo", "1900-02-28", "FALSE", "1.25"])
  }

  @Test("a workbook cut off or spoilt at any byte is refused or read, never a trap")
  func spoiltWorkbooks() throws {
    let whole = try workbook("cells.xlsx")
    let cubes = try CubeFile.read(file: "c", bytes: whole).cubes
    for count in whole.indices {
      // Without the last bytes, the length of a remark, nothing is lost.
      let read = try? CubeFile.read(file: "c", bytes: Array(whole[..<count])).cubes
      #expect(read == nil || read == cubes && count > whole.count - 4, "\(count) bytes")
    }
    for index in stride(from: 0, to: whole.count, by: 7) {
      var bytes = whole
      bytes[index] ^= 0x55
      _ = try? CubeFile.read(file: "c", bytes: bytes)
    }
  }

  @Test(arguments: [
    (TableText.codes, false), (.texts, false), (.codesAndTexts, false), (.codes, true),
    (.texts, true), (.codesAndTexts, true),
  ])
  func whatIsWrittenAsPxWebIsReadBack(text: TableText, isWide: Bool) throws {
    var form = PxWebCSVWriter.Form()
    form.text = text
    form.isWide = isWide
    form.separator = isWide ? ";" : ","
    let cube = Self.sample
    let bytes = try #require(PxWebCSVWriter.bytes(cube, form))
    let read = try #require(try CubeFile.read(file: "p.csv", bytes: bytes).cubes.first)
    #expect(read.values.map { "\($0)" } == cube.values.map { "\($0)" })
    #expect(cube.values.indices.allSatisfy { read.statuses[$0] == cube.statuses[$0] })
    #expect(read.dimensions.map(\.categories.count) == cube.dimensions.map(\.categories.count))
    let codes = read.dimensions[0].categories.map(\.code)
    #expect(codes == cube.dimensions[0].categories.map { text == .texts ? $0.label : $0.code })
  }

  @Test("any figures and symbols are read back from the own form and from codes", arguments: 1...20)
  func roundTrips(seed: Int) throws {
    var generator = SplitMix64(seed: UInt64(seed))
    var cube = Self.sample
    cube.statuses = CellStatuses(count: cube.values.count)
    for index in cube.values.indices {
      let isMissing = Int.random(in: 0..<4, using: &generator) == 0
      let number = Double.random(in: -1e6...1e6, using: &generator)
      cube.values[index] = isMissing ? .nan : number
      if isMissing { _ = cube.statuses.set([".", "..", ":"][index % 3], at: index) }
    }
    let own = Array(TidyCSVWriter.text(cube).utf8)
    let codes = try #require(PxWebCSVWriter.bytes(cube))
    for bytes in [own, codes] {
      let read = try #require(try CubeFile.read(file: "r.csv", bytes: bytes).cubes.first)
      #expect(read.statuses == cube.statuses)
      #expect(isSame(read.values, cube.values))
      #expect(
        read.dimensions.map { $0.categories.map(\.code) }
          == cube.dimensions.map { $0.categories.map(\.code) }
      )
    }
  }

  @Test func aWorkbookThatIsWrittenIsReadBackAndAlwaysTheSame() throws {
    let folder = try TemporaryDirectory()
    for name in ["a.xlsx", "b.xlsx"] {
      try WorkbookWriter.write(Self.sample, to: "\(folder.path)/\(name)")
    }
    let bytes = try folder.bytes(of: "a.xlsx")
    #expect(try folder.bytes(of: "b.xlsx") == bytes)
    let read = try #require(try CubeFile.read(file: "w.xlsx", bytes: bytes).cubes.first)
    #expect(read.title == Self.sample.title)
    #expect(read.values.map { "\($0)" } == Self.sample.values.map { "\($0)" })
    #expect(Self.sample.values.indices.allSatisfy { read.statuses[$0] == Self.sample.statuses[$0] })
    #expect(read.dimensions[0].categories == Self.sample.dimensions[0].categories)
  }

  /// A cube with both Våler, a code with a zero at its start and symbols.
  private static let sample: Cube = {
    var statuses = CellStatuses(count: 12)
    _ = statuses.set(":", at: 3)
    _ = statuses.set("-", at: 5)
    return Cube(
      title: "11618: Sysselsatte, etter region",
      dimensions: [
        CubeDimension(
          id: "Region",
          label: "region",
          role: .geo,
          categories: [
            CubeCategory("0301", label: "Oslo - Oslove"),
            CubeCategory("3114", label: "Våler (Østfold)"),
            CubeCategory("3419", label: "Våler (Innlandet)"),
          ]
        ),
        CubeDimension(
          id: "ContentsCode",
          label: "statistikkvariabel",
          role: .metric,
          categories: [
            CubeCategory("SysselBosted2", label: "Sysselsatte etter bosted"),
            CubeCategory("BefolkningBosted2", label: "Bosatte"),
          ]
        ),
        CubeDimension(
          id: "Tid",
          label: "år",
          role: .time,
          categories: [CubeCategory("2022"), CubeCategory("2023")]
        ),
      ],
      values: [1, 2.5, 3, .nan, 5, 0, 7, 8, 9.125, 1234.5, 11, 12],
      statuses: statuses
    )
  }()

  @Test(arguments: [
    ("path", "forbidden name \"../../etc/x\""), ("absolute", "forbidden name \"/etc/x\""),
    ("twice", "two parts with the name \"XL/workbook.xml\""),
    ("entity", "has a document type declaration"), ("deep", "is nested more than 64 deep"),
  ])
  func hostileWorkbooks(name: String, message: String) throws {
    let bytes = try workbook("hostile-\(name).xlsx")
    #expect(errorText { try CubeFile.read(file: "h.xlsx", bytes: bytes) }.contains(message))
  }

  @Test func theSettlementOfTheEqualisation() throws {
    let cube = try #require(
      try read(
        """
        Løpende inntektsutjevning
        Knr.;Kommune;Skatt;Innb.;Skatt;Netto
        ;;1000 kr;;kr/innb.;1000 kr
        ;;1;2;3;4
        0301;Oslo;1 000,5;10;100,05;-5
        3103;Moss;50,0;5;10,0;5
        ;Hele landet;1 050,5;15;70,0;0
        """
      ).cubes.first
    )
    #expect(cube.dimensions[0].categories.map(\.label) == ["Oslo", "Moss"])
    #expect(
      cube.dimensions[1].categories.map(\.code) == [
        "Skatt 1000 kr", "Innb.", "Skatt kr/innb.", "Netto 1000 kr",
      ]
    )
    #expect(cube.values == [1000.5, 10, 100.05, -5, 50, 5, 10, 5])
  }

  @Test func placesByYear() throws {
    let cube = try #require(
      try read("Kommune\tPlassering 2022\tPlassering 2023\nMoss\t269 av 357\t12 av 357\n").cubes
        .first
    )
    #expect(cube.values == [269, 12])
    #expect(cube.dimensions.last?.categories.map(\.code) == ["2022", "2023"])
  }

  @Test func theYearOfTheWholeFileAsTold() throws {
    var options = GridOptions()
    options.year = .fixed("2024")
    options.valueColumns = ["innbyggere"]
    let text = "kommune;innbyggere;annet\nMoss;50 000;1\n"
    let cube = try #require(try read(text, options).cubes.first)
    #expect(figures(cube) == ["Moss innbyggere 2024=50000.0"])
    options.valueColumns = ["inbyggere"]
    #expect(
      errorText { try read(text, options) }.contains(
        "no column headed \"inbyggere\". Is it \"innbyggere\"?"
      )
    )
  }

  @Test func theOldKindIsRefused() {
    let bytes: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0]
    #expect(errorText { try CubeFile.read(file: "a.xls", bytes: bytes) }.contains("save as xlsx"))
  }
}
