import Datasets
import Regions
import TestSupport
import Testing

/// Tables as users have them: separators, headings, signs, codes, and what is wrong with them.
@Suite struct MunicipalTableTests {
  private func read(
    _ text: String,
    located: [MunicipalTable.Column: MunicipalTable.Location] = [:],
    required: [MunicipalTable.Column] = [.tax, .population],
    optional: [MunicipalTable.Column] = []
  ) throws -> MunicipalTable {
    let folder = try TemporaryDirectory()
    return try MunicipalTable(
      file: try folder.write(text, to: "t.csv"),
      register: try FixtureDataset().catalogue().register,
      located: located,
      required: required,
      optional: optional
    )
  }

  private func message(
    _ text: String,
    located: [MunicipalTable.Column: MunicipalTable.Location] = [:]
  ) -> String {
    let text = errorText { try read(text, located: located) }
    return text.split(separator: "/t.csv:", maxSplits: 1).last.map(String.init) ?? text
  }

  private static let plain = "municipality,tax,population\n0301,100.5,10\n3103,50,5\n"

  @Test(arguments: [
    plain,
    "kommunenr;Skatt (1000 kr);Folketall\n0301;100,5;10\n3103;50;5\n",
    "Knr.\tSkatt\tInnbyggere\r\n0301\t100,5\t10\r\n3103\t50\t5\r\n",
    "\u{FEFF}kommune;skatt;innbyggere\nOslo;100,5;10\nMoss;50,0;5",
    "population,municipality,note,tax\n10,0301 Oslo,x,100.5\n5,3103,,\"50\"\n",
  ])
  func aTable(text: String) throws {
    let table = try read(text)
    #expect(table.rows.map(\.position) == [0, 3])
    #expect(table.rows.map { $0.values[.tax] } == [100.5, 50])
    #expect(table.rows.map { $0.values[.population] } == [10, 5])
    #expect(table.missing == [1, 2, 4, 5] && table.zerosRestored == 0 && table.totals.isEmpty)
    #expect(!table.hasSettlementLayout)
    let column = table.column(.tax, count: 7)
    #expect(isSame(column, [100.5, .nan, .nan, 50, .nan, .nan, .nan]))
  }

  @Test func theLayoutOfASettlement() throws {
    let table = try read(
      """
      Beregninger av skatt og netto inntektsutjevning;;;;;;;;;;
      Knr.;Kommune;Skatt;Innb.;Skatt;I pst.;;;;;Netto
      ;;;;;;;;;;
      ;;1;2;3;4;5;6;7;8;9
      301;Oslo;38\u{A0}430\u{A0}514;709 037;54 201,5;141,3 %;;;;;−10 344,25
      1507;Ålesund;1.000;67 000;35 000;0,91;;;;;1 439
      ;Hele landet;1;2;3;1;;;;;0

      """,
      required: [.population, .supplement],
      optional: [.tax, .perInhabitant, .ratio]
    )
    #expect(
      table.hasSettlementLayout && table.zerosRestored == 1 && table.totals == ["Hele landet"]
    )
    #expect(table.rows.map(\.line) == [5, 6] && table.rows.map(\.position) == [0, 6])
    #expect(
      table.rows[0].values == [
        .tax: 38_430_514, .population: 709_037, .perInhabitant: 54_201.5, .ratio: 141.3,
        .supplement: -10_344.25,
      ]
    )
    #expect(table.rows[1].values[.tax] == 1000)
    // The combined unit holds both its members.
    #expect(table.missing == [3, 4, 5])
    #expect(table.columns[.supplement] == 11)
  }

  @Test func columnsAsTold() throws {
    let table = try read(
      "x;1103;y\n0301;7;100\n3103;8;200\n",
      located: [.municipality: .number(1), .tax: .number(3), .population: .number(2)]
    )
    #expect(table.rows.map { $0.values[.tax] } == [100, 200] && table.rows[0].line == 2)
    let named = try read(
      "kommune;Skatt 2025;Innbyggere per 1.1.\nMoss;8;200\n",
      located: [.tax: .heading("skatt 2025"), .population: .heading("Innbyggere per 1.1.")]
    )
    #expect(named.rows.map { $0.values[.tax] } == [8] && named.taxHeading == "Skatt 2025")
  }

  @Test func theUnitOfTheTax() throws {
    func unit(_ tax: String, heading: String = "tax") throws -> MeasureUnit {
      try read("municipality,\(heading),population\n0301,\(tax),10\n").taxUnit()
    }
    #expect(try unit("380000") == .nok)
    #expect(try unit("380") == .thousandNOK)
    #expect(try unit("380000", heading: "Skatt (1000 kr)") == .thousandNOK)
    #expect(
      errorText { try unit("38") }.hasSuffix(
        """
        t.csv: The unit of the tax revenue is not clear: it is 3.8 per inhabitant in the middle row. \
        Say --tax-unit NOK or --tax-unit thousand_NOK.
        """
      )
    )
  }

  @Test(arguments: [
    (
      plain.replacing("3103,50", with: "3108,50"),
      "3:1: There is no municipality 3108 in the division of the dataset. Is it 3103?"
    ),
    (
      plain.replacing("3103,50", with: "Mos,50"),
      "3:1: No municipality is called \"Mos\". Did you mean Moss?"
    ),
    (
      plain.replacing("3103,50", with: "Våler,50"),
      """
      3:1: "Våler" is the name of several units: 3114 Våler (Østfold), 3419 Våler (Innlandet). Give \
      the code.
      """
    ),
    (plain + "Oslo,1,1\n", "4: A second row for 0301 Oslo; the first is line 2."),
    (
      plain + "1507,1,1\n1580,1,1\n",
      "4: 1507 Ålesund (2020–2023) holds Haram, which has a row of its "
        + "own in line 5."
    ),
    (
      plain.replacing("50,5", with: "fifty,5"),
      "3:6: tax must be a number with a decimal point, not \"fifty\"."
    ),
    (plain.replacing("50,5", with: ",5"), "3:6: tax is empty."),
    (plain.replacing("50,5", with: "-50,5"), "3:6: tax is \"-50\"; it cannot be below 0."),
    (plain.replacing("50,5", with: "50"), "3: The line has 2 fields; population is in column 3."),
    (
      plain.replacing("50,5", with: "50,5.5"),
      "3:9: population must be a whole number above 0, not \"5.5\"."
    ),
    (
      plain.replacing("50,5", with: "50,0"),
      "3:9: population must be a whole number above 0, not \"0\"."
    ),
    (
      "a;b\n1;2\n",
      """
      1: There is no column for municipality. Known headings are: knr., knr, kommunenummer, \
      kommunenr., kommunenr, municipality code, unit code, code, kode, municipality, kommune, \
      kommunenavn, unit name. The line has: "a", "b". Say where the column is, by letter, number or \
      heading: --columns municipality=A.
      """
    ),
    (
      "a;b\nkommune;innbyggere\n1;2\n",
      """
      2: There is no column for tax. Known headings are: tax, tax revenue, skatt, skatteinntekt, \
      skatteinntekter, skatteinngang. The line has: "kommune", "innbyggere". Say where the column is, \
      by letter, number or heading: --columns tax=A.
      """
    ),
    ("municipality,tax,population\n", "The table has no row of a municipality."),
    (
      "kommune;skatt;innbyggere\nMoss;50;12.5,5\n",
      "2:9: population must be a number with a decimal comma, not \"12.5,5\"."
    ),
  ])
  func spoilt(text: String, message expected: String) {
    #expect(message(text).replacing(": The table has", with: "The table has").hasSuffix(expected))
  }

  @Test func noFile() throws {
    let register = try FixtureDataset().catalogue().register
    #expect(
      errorText { try MunicipalTable(file: "/none/t.csv", register: register, required: [.tax]) }
        == "/none/t.csv: The file is not there."
    )
  }
}
