import Regions
import TestSupport
import Testing

@Suite struct UnitNamesTests {
  private func names(_ division: String?) throws -> UnitNames {
    let catalogue = try NorwayDataset.catalogue()
    let found = try division.map { try catalogue.division($0) }
    return UnitNames(register: catalogue.register, division: found)
  }

  @Test(arguments: [
    ("Moss", "3103"), ("MOSS", "3103"), ("3103", "3103"), ("Mosseregionen", "R03"), ("r03", "R03"),
    ("Våler (Østfold)", "3114"), ("våler (innlandet)", "3419"), ("Herøy (Nordland)", "1818"),
    ("1507", "1507"), ("Ålesund (2020–2023)", "1507"), ("Ålesund", "1508"), ("0301", "0301"),
  ])
  func codesAndNames(text: String, code: String) throws {
    #expect(try names("regions-73").unit(text).code == code)
  }

  @Test func levelChoosesBetweenMunicipalityAndRegion() throws {
    let names = try names("counties")
    #expect(
      try names.unit("Oslo", level: .municipality)
        == Unit(level: .municipality, code: "0301", name: "Oslo")
    )
    #expect(
      try names.unit("Oslo", level: .region) == Unit(level: .region, code: "03", name: "Oslo")
    )
    #expect(
      errorText { try names.unit("Oslo") } == """
        "Oslo" is the name of several units: 0301 Oslo (Oslo), 03 Oslo (region). Give the code.
        """
    )
    #expect(errorText { try names.unit("Moss", level: .region) }.hasPrefix("No region is"))
  }

  @Test(arguments: [
    (
      "Våler",
      """
      "Våler" is the name of several units: 3114 Våler (Østfold), 3419 Våler (Innlandet). \
      Give the code.
      """
    ),
    (
      "herøy",
      """
      "herøy" is the name of several units: 1515 Herøy (Møre og Romsdal), \
      1818 Herøy (Nordland). Give the code.
      """
    ),
    ("Mosss", "No municipality or region is called \"Mosss\". Did you mean Moss?"),
    ("Våler (Ostfold)", "No municipality or region is called \"Våler (Ostfold)\".|Våler (Østfold)"),
    ("Shangri-La", "No municipality or region is called \"Shangri-La\"."),
    ("301", "No municipality or region is called \"301\"."),
  ])
  func notOneUnit(text: String, message: String) throws {
    let expected = message.split(separator: "|").joined(separator: " Did you mean ")
    let found = try names(nil)
    #expect(errorText { try found.unit(text) } == expected + (message.contains("|") ? "?" : ""))
  }
}
