import Foundation
import TestSupport
import Testing

/// Every error: its message and its exit code, in the golden files.
@Suite struct FailureTests {
  @Test(arguments: [
    ("unknown-indicator", "rank employment.shore"),
    ("unknown-indicator-compare", "compare Moss --indicator employment.shore"),
    ("unknown-unit", "rank population.total --around Mosss"),
    ("unknown-unit-compare", "compare Moss Vestbyy"),
    ("unknown-unit-history", "history Mosss --indicator population.total"),
    ("unit-of-the-other-level", "rank population.total --around R03 --level municipality"),
    ("unknown-division", "rank population.total --division regions-37"),
    ("unknown-peers", "rank population.total --peers osloregion"),
    ("unknown-peer-region", "rank population.total --peers counties/99"),
    ("not-among-the-peers", "rank population.total --peers osloregionen --around Bergen"),
    ("not-a-unit-of-the-year", "rank population.total --year 2026 --around 1507"),
    ("ambiguous-unit", "rank population.total --around Våler"),
    ("unknown-format", "rank population.total --format xml"),
    ("unknown-language", "rank population.total --language se"),
    ("unknown-fill", "rank population.total --fill zero"),
    ("unknown-option", "rank population.total --yaer 2024"),
    ("unknown-subcommand", "ranks population.total"),
    ("no-indicator", "rank"),
    ("two-windows", "rank population.total --all --top 3"),
    ("no-top", "rank population.total --top 0"),
    ("negative-window", "rank population.total --around Moss --window=-1"),
    ("years-back-to-front", "history Moss --indicator population.total --from 2024 --to 2014"),
    ("no-figures", "rank employment.share --year 2023"),
    ("no-figures-history", "history Moss --indicator employment.share --from 2020 --to 2023"),
    ("no-figures-compare", "compare Moss --indicator employment.share --year 2020"),
    ("national-change-unknown", "rank employment.share --year 2024 --fill national"),
    ("not-aggregable", "rank low_income.share --level region"),
    ("not-aggregable-places", "rank knm.total.rank --around Mosseregionen"),
    ("confidence-level", "rank employment.share --confidence 100"),
    ("confidence-level-zero", "rank employment.share --confidence 0"),
    ("confidence-word", "rank employment.share --confidence high"),
    ("confidence-missing", "rank employment.share --simultaneous"),
    ("confidence-draws", "rank employment.share --confidence 95 --draws 50"),
    ("confidence-seed", "rank employment.share --confidence 95 --seed=-1"),
    ("confidence-overdispersion", "rank employment.share --confidence 95 --overdispersion 0.5"),
    ("confidence-dense", "rank employment.share --confidence 95 --ties dense"),
    ("confidence-places", "rank knm.total.rank --confidence 95"),
    ("confidence-rates", "rank low_income.share --confidence 95"),
    ("confidence-amounts", "rank tax.relative_to_country --confidence 95"),
    ("confidence-net", "rank migration.net --confidence 95"),
    ("movement-no-years", "movement population.total"),
    ("movement-years", "movement population.total --from 2024 --to 2024"),
    ("movement-no-figures", "movement population.total --from 1980 --to 2024"),
    ("movement-thin-year", "movement employment.share --from 2019 --to 2024"),
    ("movement-unknown-peers", "movement population.total --from 2014 --to 2024 --peers oslo-r"),
    (
      "movement-no-region",
      "movement population.total --from 2014 --to 2024 --peers regions-73/R03 --division counties"
    ),
    ("movement-unknown-mark", "movement population.total --from 2014 --to 2024 --mark Moss"),
    ("no-scenario-file", "simulate nothing-here.yml"),
    ("no-scenario", "simulate nothing-here"),
    ("no-such-dataset", "data list --data nothing-here"),
  ])
  func commandLines(name: String, line: String) async throws {
    try await expectTranscript("error-" + name, words(line))
  }

  // MARK: - Scenario files

  @Test(arguments: [
    ("yaml", "horizon: 2028", "horizon: [2028"),
    ("unknown-key", "horizon: 2028", "horizont: 2028"),
    ("unknown-series", "series: employed.20_66", "series: employed.20_67"),
    ("unknown-focus", "focus: R03", "focus: R99"),
    ("horizon", "horizon: 2028", "horizon: 2020"),
    ("value", "value: 1.0", "value: much"),
    ("limit", "value: 1.0", "value: 30"),
  ])
  func scenarioFiles(name: String, old: String, new: String) async throws {
    let folder = try TemporaryDirectory()
    let good = try text(ofFile: repositoryRoot + "/scenarios/employment-growth.yml")
    #expect(good.contains(old))
    let path = try folder.write(good.replacing(old, with: new), to: "mine.yml")
    try await expectTranscript(
      "error-scenario-" + name,
      ["simulate", path, "--no-export"],
      masking: [folder.path: "<folder>"]
    )
  }

  @Test func aScenarioInAnotherEncoding() async throws {
    let folder = try TemporaryDirectory()
    let path = try folder.write(
      Array("title: R".utf8) + [0xE5] + Array("de\n".utf8),
      to: "mine.yml"
    )
    try await expectTranscript(
      "error-scenario-encoding",
      ["simulate", path],
      masking: [folder.path: "<folder>"]
    )
  }

  // MARK: - Datasets

  @Test(arguments: [
    (
      "duplicate", "values/people.csv", "population.total,0301,2021,", "population.total,0301,2020,"
    ),
    ("two-regions", "memberships.csv", "areas,A2,Sunnmøre,1580", "areas,A3,Østlandet sør,1508"),
    ("negative", "values/people.csv", "3103,2024,52000", "3103,2024,-52000"),
    ("nan", "values/people.csv", "3103,2024,52000", "3103,2024,NaN"),
    ("infinite", "values/people.csv", "3103,2024,52000", "3103,2024,inf"),
    ("text", "values/people.csv", "3103,2024,52000", "3103,2024,52 000"),
    ("unknown-municipality", "values/people.csv", "3103,2024,52000", "9999,2024,52000"),
    ("no-column", "municipalities.csv", "code,name,county_code", "code,name,county"),
    ("package", "datapackage.json", "\"version\": \"1.0.0\",", ""),
  ])
  func datasets(name: String, file: String, old: String, new: String) async throws {
    let fixture = try FixtureDataset()
    try fixture.replace(old, with: new, in: file)
    try await expectDatasetError(name, fixture)
  }

  @Test(arguments: ["values/people.csv", "municipalities.csv", "datapackage.json"])
  func aFileCutOff(file: String) async throws {
    let fixture = try FixtureDataset()
    try fixture.spoil(file) { $0.removeLast(8) }
    try await expectDatasetError(
      "cut-off-" + file.replacing("/", with: "-").replacing(".", with: "-"),
      fixture
    )
  }

  @Test func aFileInAnotherEncoding() async throws {
    let fixture = try FixtureDataset()
    try fixture.spoil("municipalities.csv") { bytes in
      bytes = bytes.flatMap { $0 == 0xC3 ? [] : [$0 < 0x80 ? $0 : $0 | 0x40] }
    }
    try await expectDatasetError("encoding", fixture)
  }

  @Test func aFileThatIsNotThere() async throws {
    let fixture = try FixtureDataset()
    try fixture.directory.remove("values/people.csv")
    try await expectDatasetError("no-file", fixture)
  }

  private func expectDatasetError(
    _ name: String,
    _ fixture: FixtureDataset,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    try await expectTranscript(
      "error-dataset-" + name,
      words("rank population.total --division areas --data") + [fixture.path],
      masking: [fixture.path: "<dataset>"],
      sourceLocation: sourceLocation
    )
  }
}
