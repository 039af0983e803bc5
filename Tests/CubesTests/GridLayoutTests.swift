import Cubes
import TestSupport
import Testing

@Suite struct GridLayoutTests {
  private func read(
    _ text: String,
    _ options: GridOptions = GridOptions()
  ) throws -> CubeReading {
    try CubeFile.read(file: "a.csv", bytes: Array(text.utf8), options: options)
  }

  private func codes(_ cube: Cube) -> [[String]] {
    cube.dimensions.map { $0.categories.map(\.code) }
  }

  @Test(arguments: [
    (
      "\"Region\",\"ContentsCode\",\"Tid\",\"07459: Folk\"\n\"0301\",\"P\",\"2023\",1\n"
        + "\"0301\",\"P\",\"2024\",2\n",
      "PxWeb CSV, one row per value, codes"
    ),
    (
      "\"region\",\"statistikkvariabel\",\"år\",\"07459: Folk\"\n\"Oslo\",\"Personer\",\"2023\",1\n"
        + "\"Oslo\",\"Personer\",\"2024\",2\n",
      "PxWeb CSV, one row per value, texts"
    ),
    (
      "\"region\",\"år\",\"07459: Folk\"\n\"0301 - Oslo\",\"2023\",1\n\"0301 - Oslo\",\"2024\",2\n",
      "PxWeb CSV, one row per value, codes and texts"
    ),
    ("\"region\",\"Folk 2023\",\"Folk 2024\"\n\"Oslo\",1,2\n", "PxWeb CSV, wide"),
    (
      "series,municipality,year,value,basis,reason\na,0301,2023,1,,\n",
      "regionsim's own table (CSV)"
    ),
    ("kommune;verdi\nOslo;1\nMoss;2\n", "Tidy table (CSV)"),
    ("kommune;2023;2024\nOslo;1;2\n", "Table (CSV)"),
  ])
  func formatsByName(text: String, name: String) throws {
    #expect(try read(text).format == name)
  }

  @Test func formatsOfWorkbooks() throws {
    let book = try workbook("statbank.xlsx")
    #expect(
      try CubeFile.read(file: "a", bytes: book).format == "Statistics Norway's workbook (xlsx)"
    )
    let folder = try TemporaryDirectory()
    let cube = try #require(
      try read("series,municipality,year,value,basis,reason\na,0301,2023,1,plan,\n").cubes.first
    )
    try WorkbookWriter.write(cube, to: "\(folder.path)/a.xlsx")
    let own = try CubeFile.read(file: "a", bytes: try folder.bytes(of: "a.xlsx"))
    #expect(own.format == "regionsim's own table (xlsx)")
  }

  // MARK: - The settlement

  private static func settlement(_ title: String, heading: String = "Skatt") -> String {
    """
    \(title)
    Knr.;Kommune;\(heading);Innb.;Skatt;I pst.;;;;;Netto
    ;;1000 kr;;kr/innb.;av landet;;;;;1000 kr
    ;;1;2;3;4;5;6;7;8;9
    301;Oslo;38 430 514;709 037;54 201,5;141,3 %;1;1;1;1;−10 344,25
    3103;Moss;50,5;5;10;92,1 %;1;1;1;1;1 439
    ;Hele landet;1;2;3;100 %;;;;;0

    """
  }

  @Test func theSettlementByTheOrderOfItsColumns() throws {
    let reading = try read(Self.settlement("Løpende inntektsutjevning januar-desember 2024"))
    let cube = try #require(reading.cubes.first)
    #expect(reading.format == "KDD's settlement of the income equalisation")
    #expect(
      codes(cube) == [
        ["301", "3103"], ["tax", "population", "tax-per-inhabitant", "ratio", "supplement"],
        ["2024"],
      ]
    )
    #expect(cube.dimensions[0].categories[1].label == "Moss")
    #expect(
      cube.dimensions[1].categories.map(\.unit) == [
        "1000 kr", "personer", "kr", "prosent", "1000 kr",
      ]
    )
    #expect(
      cube.values == [
        38_430_514, 709_037, 54_201.5, 141.3, -10_344.25, 50.5, 5, 10, 92.1, 1439,
      ]
    )
    #expect(reading.passedOver.map(\.reason) == ["they have a name but no code"])
  }

  @Test(arguments: [
    ("Inntektsutjevning 2024", "Skatt", "2024"), ("Inntektsutjevning", "Skatt 2023", "2023"),
    ("Inntektsutjevning januar-mars 2024", "Skatt", nil),
    ("Inntektsutjevning januar 2024", "Skatt 2024", nil),
    ("Inntektsutjevning 2023 og 2024", "Skatt", nil), ("Inntektsutjevning", "Skatt", nil),
  ])
  func theYearOfTheSettlement(title: String, heading: String, year: String?) throws {
    let text = Self.settlement(title, heading: heading)
    #expect(
      try read(text).cubes.first?.dimensions.dropFirst(2).first?.categories.first?.code == year
    )
    var options = GridOptions()
    options.year = .fixed("2020")
    #expect(try read(text, options).cubes.first?.dimensions.last?.categories.first?.code == "2020")
  }

  @Test func placesAndTheirChange() throws {
    let reading = try read(
      "Kommune;Plassering 2023;Plassering 2024;Endring\nMoss;269 av 357;12 av 357;257\n"
        + "Oslo;1 av 357;2 av 357;-1\n"
    )
    let cube = try #require(reading.cubes.first)
    #expect(cube.values == [269, 12, 1, 2])
    #expect(
      reading.columns.last == "Endring: passed over, as its heading has no year as others have"
    )
  }

  // MARK: - Headings

  @Test func headingsOverSeveralRowsAreDimensions() throws {
    let cube = try #require(
      try read(
        """
        11618: Sysselsatte, etter region, kjønn, statistikkvariabel og år
        ;Menn;;;;Kvinner;;;
        ;BosattA1 - Bosatte;;SysselB2 - Sysselsatte (personer);;BosattA1 - Bosatte;;\
        SysselB2 - Sysselsatte (personer);
        ;2022;2023;2022;2023;2022;2023;2022;2023
        0301 Oslo;1;2;3;4;5;6;7;8
        3103 Moss;9;10;11;12;13;14;15;16
        """
      ).cubes.first
    )
    #expect(
      codes(cube) == [
        ["0301", "3103"], ["Menn", "Kvinner"], ["BosattA1", "SysselB2"], ["2022", "2023"],
      ]
    )
    #expect(cube.dimensions.map(\.role) == [.geo, nil, .metric, .time])
    #expect(cube.dimensions.map(\.id) == ["region", "kjønn", "content", "time"])
    #expect(cube.dimensions[2].categories[1].label == "Sysselsatte (personer)")
    #expect(cube.dimensions[2].categories[1].unit == "personer")
    #expect(cube.values == (1...16).map(Double.init))
  }

  @Test func theTitleSaysWhichRowOfHeadingsIsMeasured() throws {
    let cube = try #require(
      try read(
        """
        Folk, etter region, statistikkvariabel og kjønn
        region;Bosatte;;Flyttinger;
        ;Menn;Kvinner;Menn;Kvinner
        0301 Oslo;1;2;3;4
        """
      ).cubes.first
    )
    #expect(cube.dimensions.map(\.role) == [.geo, .metric, nil])
    #expect(cube.dimensions[2].id == "kjønn" && cube.values == [1, 2, 3, 4])
  }

  @Test func headingsInOneRowKeepWhatIsNoTime() throws {
    let cube = try #require(
      try read(
        "\"region\";\"Begge kjønn 20-66 år Sysselsatte 2022\";\"Begge kjønn 20-66 år Sysselsatte 2023\"\n"
          + "\"0301 - Oslo\";1;2\n"
      ).cubes.first
    )
    #expect(codes(cube) == [["0301"], ["Begge kjønn 20-66 år Sysselsatte"], ["2022", "2023"]])
  }

  @Test func codesAndTextsInHeadingsAreParted() throws {
    let cube = try #require(
      try read(
        "\"region\";\"Bosatt1 - Bosatte 2022 - 2022\";\"Syssel1 - I arbeid 2022 - 2022\"\n"
          + "\"0301 - Oslo\";1;2\n"
      ).cubes.first
    )
    #expect(codes(cube) == [["0301"], ["Bosatt1", "Syssel1"], ["2022"]])
    #expect(cube.dimensions[1].categories.map(\.label) == ["Bosatte", "I arbeid"])
    let net = try read("kommune;Skatt - netto 2022\nOslo;1\n").cubes.first
    #expect(net?.dimensions[1].categories.map(\.code) == ["Skatt - netto"])
  }

  @Test func aColumnWithoutAHeadingIsCalledAsTheTable() throws {
    let cube = try #require(try read("Title\nkommune;skatt;\nOslo;1;2\n").cubes.first)
    #expect(codes(cube) == [["Oslo"], ["skatt", "Title"]])
  }

  @Test func aRowWithFiguresIsNoHeading() throws {
    let reading = try read("kommune;navn;skatt\n;Hele landet;99\n0301;Oslo;1\n")
    #expect(reading.cubes.first?.values == [1])
    #expect(reading.passedOver.map(\.lines) == [2...2])
  }

  // MARK: - Empty keys

  @Test func emptyKeysAreThoseAbove() throws {
    let cube = try #require(
      try read("region;kjønn;2023\nMoss;Menn;1\n;I alt;2\nOslo;Menn;3\n;I alt;4\n").cubes.first
    )
    #expect(codes(cube) == [["Moss", "Oslo"], ["Menn", "I alt"], ["value"], ["2023"]])
    #expect(cube.values == [1, 2, 3, 4])
  }

  @Test func totalsTakeNothingFromAbove() throws {
    let reading = try read("region;kjønn;2023\nMoss;Menn;1\nOslo;Menn;2\n;Sum;3\n")
    #expect(reading.cubes.first.map(codes)?.prefix(2) == [["Moss", "Oslo"], ["Menn"]])
    #expect(reading.passedOver.map(\.reason) == ["they are totals"])
  }

  @Test func aTableThatBeginsWithoutAKeyHasNoPatternOfEmptyOnes() throws {
    let reading = try read("region;kjønn;x\n;Menn;..\nOslo;Menn;2\n;Kvinner;3\n")
    #expect(reading.cubes.first?.values == [2])
    #expect(reading.passedOver.map(\.lines) == [2...2, 4...4])
  }

  @Test func aSecondFigureOfAKeyFromAboveNamesAllLines() {
    let message = errorText {
      try read("region;kjønn;2023\nMoss;Menn;1\n;Kvinner;2\n;Menn;3\n")
    }
    #expect(message.contains("A second figure for Moss, Menn; the first is in line 2."))
    #expect(message.hasPrefix("a.csv:4"))
    #expect(message.hasSuffix("What is empty there was taken from line 2."))
  }
}
