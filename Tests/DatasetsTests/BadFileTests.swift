import Datasets
import Regions
import TestSupport
import Testing

/// Files that are not there, cut off or in another encoding.
@Suite struct BadFileTests {
  private func message(_ fixture: FixtureDataset) -> String {
    errorText { try fixture.panel() }.replacing(fixture.path + "/", with: "")
  }

  @Test func theFixtureIsGood() throws {
    #expect(message(try FixtureDataset()) == "(no error)")
  }

  @Test(arguments: FixtureDataset.files.keys.sorted())
  func missing(file: String) throws {
    let fixture = try FixtureDataset()
    try fixture.directory.remove(file)
    #expect(message(fixture) == "\(file): The file is not there; the dataset needs it.")
  }

  @Test func aFolderIsNoFile() throws {
    let fixture = try FixtureDataset()
    try fixture.directory.remove("series.csv")
    try fixture.directory.makeDirectory("series.csv")
    #expect(message(fixture) == "series.csv: The file cannot be read: Is a directory.")
  }

  @Test(arguments: [
    (
      "values/people.csv",
      """
      values/people.csv:1: The file is empty; its first line must be \
      series,municipality,year,value,basis,reason.
      """
    ),
    (
      "municipalities.csv",
      """
      municipalities.csv:1: The file is empty; its first line must be \
      code,name,county_code,county_name.
      """
    ),
  ])
  func empty(file: String, text: String) throws {
    let fixture = try FixtureDataset()
    try fixture.spoil(file) { $0 = [] }
    #expect(message(fixture) == text)
  }

  @Test(arguments: FixtureDataset.files.keys.filter { $0.hasSuffix(".csv") }.sorted())
  func cutOffWithinALine(file: String) throws {
    let fixture = try FixtureDataset()
    var lines = 0
    try fixture.spoil(file) { bytes in
      lines = bytes.count { $0 == UInt8(ascii: "\n") }
      bytes.removeLast(3)
    }
    #expect(
      message(fixture) == """
        \(file):\(lines): The file ends in the middle of a line, so it is cut off. \
        Fetch or save it again.
        """
    )
  }

  @Test(arguments: [
    (5, "population.total has no row for 3114 Våler in 2020."),
    (33, "population.total has no row for 3419 Våler in 2024."),
    (28, "population.total has no rows for 2024; series.csv says it runs from 2020 to 2024."),
    (34, "employed.20_66 has no rows for 2022; series.csv says it runs from 2022 to 2024."),
  ])
  func cutOffAtALineBreak(lines: Int, text: String) throws {
    let fixture = try FixtureDataset()
    try fixture.spoil("values/people.csv") { bytes in
      let kept = bytes.split(separator: UInt8(ascii: "\n"))[...lines]
      bytes = kept.flatMap { $0 + [UInt8(ascii: "\n")] }
    }
    let complete =
      " The series is said to be complete; a missing value needs a row with its reason."
    #expect(
      message(fixture)
        == "values/people.csv: " + text + (text.contains("no row for") ? complete : "")
        + " Has the file been cut off?"
    )
  }

  @Test func sixteenBits() throws {
    let fixture = try FixtureDataset()
    try fixture.spoil("municipalities.csv") { bytes in
      let units = Array(String(decoding: bytes, as: UTF8.self).utf16)
      bytes = [0xFF, 0xFE] + units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    }
    #expect(
      message(fixture)
        == "municipalities.csv:1: The file is in UTF-16. Save it as \"CSV UTF-8\"."
    )
  }

  @Test func windowsEncoding() throws {
    let fixture = try FixtureDataset()
    try fixture.spoil("municipalities.csv") { bytes in
      bytes = String(decoding: bytes, as: UTF8.self).unicodeScalars.map { UInt8($0.value) }
    }
    #expect(
      message(fixture) == """
        municipalities.csv:3: The file is not in UTF-8; this line is probably in Windows-1252 or \
        ISO-8859-1. Save it as "CSV UTF-8".
        """
    )
  }

  @Test func lineEndsAndByteOrderMarkOfOtherSystemsAreRead() throws {
    let fixture = try FixtureDataset()
    for file in FixtureDataset.files.keys where file.hasSuffix(".csv") {
      try fixture.spoil(file) { bytes in
        let text = String(decoding: bytes, as: UTF8.self).replacing("\n", with: "\r\n")
        bytes = [0xEF, 0xBB, 0xBF] + Array(text.utf8)
      }
    }
    let panel = try fixture.panel()
    #expect(panel.column("population.total", year: 2024).values[1] == 58000)
    #expect(try fixture.catalogue().division("areas").regions[0].name == "Oslo")
  }

  @Test(arguments: [0, 40, 100])
  func descriptionCutOff(bytes count: Int) throws {
    let fixture = try FixtureDataset()
    try fixture.spoil("datapackage.json") { $0 = Array($0[..<count]) }
    let text = message(fixture)
    #expect(text.hasPrefix("datapackage.json: It is not valid JSON, perhaps cut off: "))
  }

  @Test func descriptionThatIsNoObject() throws {
    let fixture = try FixtureDataset()
    try fixture.directory.write("[]\n", to: "datapackage.json")
    #expect(message(fixture) == "datapackage.json: The value of \"\" is of the wrong kind.")
  }
}
