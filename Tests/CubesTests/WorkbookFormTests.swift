import Cubes
import TestSupport
import Testing

/// Forms of workbooks and texts that few programs write.
@Suite struct WorkbookFormTests {
  private func rows(_ name: String) throws -> [[String]] {
    let grid = try WorkbookReader.read(file: name, bytes: try workbook(name)).grids[0]
    return (1...2).map { row in (0..<5).map { grid.text(row, $0) } }
  }

  @Test(arguments: ["strict.xlsx", "stored.xlsx"])
  func formsOfTheSameWorkbook(name: String) throws {
    #expect(try rows(name) == rows("cells.xlsx"))
  }

  @Test func daysFrom1904() throws {
    #expect(try rows("days-1904.xlsx").map { $0[2] } == ["2028-01-02", "1904-02-29"])
  }

  @Test func escapedCharactersAndErrorsOfFormulas() throws {
    #expect(try rows("escapes.xlsx").map { $0[1] } == ["Moss", "Os\rlo_x0041_"])
    var options = GridOptions()
    options.valueColumns = ["verdi"]
    let bytes = try workbook("escapes.xlsx")
    let reading = try CubeFile.read(file: "e.xlsx", bytes: bytes, options: options)
    let cube = try #require(reading.cubes.first)
    #expect(cube.values.contains(1.25) && cube.statuses[0]?.symbol == "#REF!")
    #expect(
      reading.remarks == [
        "1 cell holds #REF!, the error of a formula; that is read as missing. The first is in line 2."
      ]
    )
  }

  @Test(arguments: [
    ("sep=;\nkommune;2023\nOslo;1,5\n", ";"), ("SEP=\t\r\nkommune\t2023\r\nOslo\t1,5\r\n", "\t"),
    ("\"kommune\" \"2023\"\n\"Oslo\" 1.5\n\"Moss by\" 2\n", " "),
    ("\u{FEFF}kommune,2023\n\"Oslo\",\"1,5\"\n", ","),
  ])
  func separators(text: String, separator: Character) throws {
    let reading = try CubeFile.read(file: "a", bytes: Array(text.utf8))
    #expect(reading.separator == separator && reading.cubes.first?.values.first == 1.5)
  }

  @Test func lineBreaksInQuotesAreOneCell() throws {
    let text = "kommune;\"Skatt\r\n(1000 kr) 2023\"\n\"Os\nlo\";1\nMoss;x\n"
    var options = GridOptions()
    options.valueColumns = ["skatt (1000 kr) 2023"]
    #expect(
      errorText { try CubeFile.read(file: "a", bytes: Array(text.utf8), options: options) }
        .hasPrefix("a:5:6: \"x\" in the column \"Skatt (1000 kr) 2023\"")
    )
    let whole = Array(text.replacing(";x", with: ";2").utf8)
    let cube = try #require(try CubeFile.read(file: "a", bytes: whole).cubes.first)
    #expect(cube.values == [1, 2] && cube.dimensions[0].categories[0].code == "Os\nlo")
  }

  @Test(arguments: [TextEncoding.utf16LittleEndian, .utf16BigEndian])
  func utf16(encoding: TextEncoding) throws {
    let text = "kommune\t2023\nVåler 😀\t1\nÅs\t2"
    var bytes = try #require(encoding.encode(text))
    let cube = try #require(try CubeFile.read(file: "a", bytes: bytes).cubes.first)
    #expect(cube.dimensions[0].categories[0].code == "Våler 😀")
    // Half of a pair, and half of a unit, are no text.
    for spoilt in [bytes + [0xD8], bytes + (encoding == .utf16BigEndian ? [0xD8, 0] : [0, 0xD8])] {
      #expect(throws: CubeError.self) { try CubeFile.read(file: "a", bytes: spoilt) }
    }
    bytes.removeFirst(2)
    #expect(throws: CubeError.self) { try CubeFile.read(file: "a", bytes: bytes) }
  }
}
