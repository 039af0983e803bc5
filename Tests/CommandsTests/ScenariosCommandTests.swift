import Foundation
import TestSupport
import Testing

@Suite struct ScenariosCommandTests {
  @Test(arguments: [
    ("scenarios-list", "scenarios list"),
    ("scenarios-list-nb", "scenarios list --language nb"),
    ("scenarios-show", "scenarios show employment-sweep"),
    ("scenarios-show-json", "scenarios show employment-sweep --format json"),
    ("scenarios-show-trend-json", "scenarios show employment-growth-trend --format json"),
    ("scenarios-check", "scenarios check"),
    ("scenarios-check-one", "scenarios check tax-growth moss-alone"),
    ("scenarios-show-unknown", "scenarios show employment-grwth"),
  ])
  func everything(name: String, line: String) async throws {
    try await expectTranscript(name, words(line))
  }

  @Test func showPrintsTheFile() async throws {
    let run = try await RegionsimProcess.run(words("scenarios show moss-alone"))
    #expect(run.output == (try text(ofFile: repositoryRoot + "/scenarios/moss-alone.yml")))
  }

  @Test func anExpectationThatIsNotMet() async throws {
    let folder = try TemporaryDirectory()
    let good = try text(ofFile: repositoryRoot + "/scenarios/tax-growth.yml")
    let bad = good.replacing("year: 2023, place: 25", with: "year: 2023, place: 26")
    #expect(bad != good)
    let path = try folder.write(bad, to: "tax.yml")
    try await expectTranscript(
      "scenarios-check-wrong",
      ["scenarios", "check", path, "moss-alone"],
      masking: [folder.path: "<folder>"]
    )
  }

  @Test func aNewScenarioRuns() async throws {
    let folder = try TemporaryDirectory()
    let data = ["--data", repositoryRoot + "/datasets/norway"]
    let made = try await RegionsimProcess.run(
      words("scenarios new more-jobs --focus Follo") + data,
      in: folder.path
    )
    #expect(made.code == 0)
    #expect(made.output.hasSuffix("more-jobs.yml. Try it: regionsim simulate more-jobs\n"))
    expectGolden(try text(ofFile: folder.path + "/scenarios/more-jobs.yml"), "Golden/more-jobs.yml")
    let check = try await RegionsimProcess.run(
      words("scenarios check more-jobs") + data,
      in: folder.path
    )
    #expect(check.output == "ok     more-jobs (0 expectations)\n")
    let run = try await RegionsimProcess.run(
      words("simulate more-jobs --no-export") + data,
      in: folder.path
    )
    #expect(run.code == 0)
    #expect(run.output.hasPrefix("More in work, Follo\n"))
  }

  @Test func aNewScenarioOverwritesNothing() async throws {
    let folder = try TemporaryDirectory()
    let path = try folder.write("mine", to: "mine.yml")
    let line = words("scenarios new mine --focus Moss --out") + [path]
    try await expectTranscript(
      "scenarios-new-there",
      line,
      masking: [folder.path: "<folder>"]
    )
    #expect(try folder.bytes(of: "mine.yml") == Array("mine".utf8))
  }

  @Test(arguments: [
    ("scenarios-new-name", "scenarios new a/b --focus Moss"),
    ("scenarios-new-focus", "scenarios new a --focus Mos"),
    ("scenarios-new-ambiguous", "scenarios new a --focus Våler"),
  ])
  func aNewScenarioThatCannotBe(name: String, line: String) async throws {
    let folder = try TemporaryDirectory()
    try await expectTranscript(
      name,
      words(line),
      in: folder.path,
      environment: ["REGIONSIM_DATA": repositoryRoot + "/datasets/norway"]
    )
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }
}
