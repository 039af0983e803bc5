import Datasets
import Regions
import TestSupport
import Testing

@Suite struct MunicipalityLabelsTests {
  private static let read = Result {
    let dataset = try NorwayDataset.dataset()
    return try dataset.municipalityLabels(try dataset.municipalityHistory())
  }

  private func meanings(_ places: [(String, String)]) throws -> [PlaceMeaning] {
    try Self.read.get().meanings(of: places.map { (code: $0.0, label: $0.1) }).meanings
  }

  @Test(arguments: [
    // Numbers.
    ("3103", "Moss", PlaceMeaning.municipality("3103")), ("K-3103", "Moss", .municipality("3103")),
    ("k-3103", "", .municipality("3103")), ("301", "Oslo", .municipality("0301")),
    ("0301", "Oslo - Oslove", .municipality("0301")),
    ("0104", "Moss (-2019)", .municipality("0104")),
    ("3002", "Moss (2020-2023)", .municipality("3002")), ("9999", "Uoppgitt", .other("not stated")),
    ("2111", "Longyearbyen", .other("Svalbard, sea or abroad")),
    ("31", "Østfold", .other("county")),
    ("F-31", "Østfold", .other("county")), ("0", "Hele landet", .country), ("00", "", .country),
    ("EAK", "Landet", .country), ("EAKUO", "Landet uten Oslo", .other("country without Oslo")),
    ("EKA31", "Østfold", .other("county")), ("EKG01", "Kostragruppe 1", .other("KOSTRA group")),
    ("030101", "Gamle Oslo", .other("district")), ("7777", "", .unknown(nearest: nil)),
    ("3114", "Moss", .contradictory("Våler (Østfold)")),
    // Names alone.
    ("Moss", "Moss", .municipality("3103")), ("moss ", "moss ", .municipality("3103")),
    ("Moss kommune", "Moss kommune", .municipality("3103")),
    ("Moss (2020-2023)", "", .municipality("3002")), ("Moss (-2019)", "", .municipality("0104")),
    ("Rygge", "Rygge", .municipality("0136")), ("Rygge (-2019)", "", .municipality("0136")),
    ("Våler (Østfold)", "", .municipality("3114")),
    ("Våler (Innlandet)", "", .municipality("3419")),
    ("Våler (Hedmark)", "", .municipality("0426")), ("Våler (Viken)", "", .municipality("3018")),
    ("Herøy (M.R.)", "", .municipality("1515")), ("Herøy (Nordl.)", "", .municipality("1818")),
    ("Herøy (Møre og Romsdal)", "", .municipality("1515")),
    ("Våler", "", .ambiguous(["3114 Våler (Østfold)", "3419 Våler (Innlandet)"])),
    ("Oslo - Oslove", "", .municipality("0301")),
    ("Oslo\u{A0}–  Oslove", "", .municipality("0301")),
    ("Kárášjohka - Karasjok", "", .municipality("5610")),
    ("Karasjok", "", .municipality("5610")), ("3103 Moss", "", .municipality("3103")),
    ("3103 - Moss", "", .municipality("3103")), ("Moss (3103)", "", .municipality("3103")),
    ("Norge", "", .country), ("I alt", "", .country), ("Østfold", "", .other("county")),
    ("Uoppgitt kommune", "", .other("not stated")),
    ("3114 Moss", "", .contradictory("Våler (Østfold)")),
    ("Trondhjem", "", .unknown(nearest: "Trondheim")),
  ])
  func places(code: String, label: String, meaning: PlaceMeaning) throws {
    #expect(try meanings([(code, label)])[0] == meaning)
  }

  /// Beside names of 2019, Moss is that of 2019; beside those of today, today's.
  @Test func namesAreOfOneNumbering() throws {
    #expect(
      try meanings([("Moss", "Moss"), ("Rygge", "Rygge")])
        == [.municipality("0104"), .municipality("0136")]
    )
    #expect(
      try meanings([("Moss", "Moss"), ("Haram", "Haram"), ("Sarpsborg", "Sarpsborg")])
        == [.municipality("3103"), .municipality("1580"), .municipality("3105")]
    )
  }

  @Test func lostZerosAreCounted() throws {
    let places = ["301", "0301", "101"].map { (code: $0, label: $0) }
    #expect(try Self.read.get().meanings(of: places).zerosRestored == 2)
  }
}
