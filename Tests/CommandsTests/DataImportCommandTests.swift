import TestSupport
import Testing

/// Figures of the user's own: taken in, used, compared and written again.
@Suite struct DataImportCommandTests {
  @Test(arguments: ["import", "update", "diff", "export"])
  func help(command: String) async throws {
    try await expectTranscript("help-data-\(command)", ["data", command, "--help"])
  }

  @Test func aDryRunStoresNothing() async throws {
    let place = try Workplace()
    try await place.transcript("data-import-dry-run", "data import 11618.json --dry-run")
    #expect(!place.hasLayer)
  }

  @Test func commandsUseWhatWasTakenIn() async throws {
    let place = try Workplace()
    let stored = try await place.run("data import 11618.json")
    #expect(stored.code == 0)
    #expect(stored.output.contains("employed.20_66: 352 new figures, 4 unchanged"))
    #expect(place.hasLayer)
    try await place.transcript(
      "data-import-rank",
      "rank employment.share --around Mosseregionen --window 1"
    )
    let list = try await place.run("data list --format csv")
    let line = list.output.split(separator: "\n").first { $0.hasPrefix("employment.base,") }
    #expect(line?.contains("regionsim-data") == true)
    let diff = try await place.run("data diff")
    #expect(diff.code == 0)
    #expect(row("employed.20_66", "352", in: diff.output) != nil)
    // The dataset itself is as it was.
    let bare = try await place.run("rank employment.share --data datasets/norway --format csv")
    #expect(bare.output.contains("2019"))
    #expect(!bare.output.contains("regionsim-data"))
  }

  @Test func theSameFileTwiceIsOneVintage() async throws {
    let place = try Workplace()
    let first = try await place.run("data import 11618.json")
    let again = try await place.run("data import 11618.json")
    #expect(again.code == 0)
    #expect(
      again.output.contains("employed.20_66: 0 new figures, 356 unchanged"),
      "\(again.output)"
    )
    let stored = first.output.split(separator: "\n").filter { $0.contains("Stored in") }
    #expect(stored.count == 1)
    #expect(again.output.split(separator: "\n").filter { $0.contains("Stored in") } == stored)
  }

  @Test func aFolderThatIsNotInUseIsNamed() async throws {
    let place = try Workplace()
    let stored = try await place.run("data import 11618.json --into mine")
    #expect(stored.code == 0)
    #expect(stored.output.contains("Use it with --data mine."), "\(stored.output)")
  }

  @Test func aConflictIsRefusedUnlessReplaced() async throws {
    let place = try Workplace()
    _ = try await place.run("data import 11618.json")
    let first = try await place.run("data show employed.20_66 --format csv")
    let other = Workplace.text.replacing("352815.31", with: "352816")
    try #require(other != Workplace.text)
    _ = try place.folder.write(other, to: "other.json")
    let refused = try await place.run("data import other.json")
    #expect(refused.code == 65)
    #expect(refused.errors.contains("--replace"))
    #expect(try await place.run("data show employed.20_66 --format csv").output == first.output)
    let replaced = try await place.run("data import other.json --replace")
    #expect(replaced.code == 0)
    #expect(replaced.output.contains("1 revised"))
  }

  @Test(arguments: ["json", "px", "csv", "xlsx"])
  func whatIsWrittenIsReadAgain(format: String) async throws {
    let place = try Workplace()
    let series = ["population.20_66", "unemployed.registered", "unemployed.share.labour_force"]
    for id in series {
      let file = "\(id).\(format)"
      let written = try await place.run("data export \(id) --out \(file)")
      #expect(written.code == 0, "\(written.errors)")
      let read = try await place.run("data import \(file) --dry-run")
      #expect(read.code == 0, "\(read.errors)")
      #expect(read.output.contains("\(id): 0 new figures"), "\(read.output)")
      #expect(read.output.contains("unchanged, 0 revised, 0 lost"), "\(read.output)")
    }
  }

  @Test func aBadFileIsNamedWithLineAndColumn() async throws {
    let place = try Workplace()
    let broken = Workplace.text.replacing("\"K-0301\":0", with: "\"K-9999\":0")
    try #require(broken != Workplace.text)
    _ = try place.folder.write(broken, to: "broken.json")
    try await place.transcript("data-import-broken", "data import broken.json")
    try await place.transcript("data-import-no-file", "data import nowhere.json")
    #expect(!place.hasLayer)
  }
}
