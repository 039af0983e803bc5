import Foundation
import TestSupport
import Testing

@Suite struct PlanCommandTests {
  @Test(arguments: [
    ("plan-list", "plan list"),
    ("plan-list-nb-csv", "plan list --language nb --format csv"),
    ("plan-check", "plan check"),
    ("plan-check-nb", "plan check --language nb"),
    ("plan-check-csv", "plan check --format csv"),
    ("plan-check-example", "plan check hamarregionen"),
    ("plan-status", "plan status"),
    ("plan-status-example-nb", "plan status hamarregionen --language nb"),
    ("plan-status-example-year", "plan status hamarregionen --year 2018 --format markdown"),
    ("plan-status-draws", "plan status hamarregionen --draws 60 --format csv"),
    ("plan-report-nb", "plan report --language nb"),
    ("plan-report", "plan report"),
    ("plan-report-html", "plan report hamarregionen --format html"),
    ("plan-new-figures", "plan new-figures --year 2025"),
    ("plan-unknown", "plan check mossregionen"),
    ("plan-no-file", "plan check nowhere.yml"),
    ("plan-no-figures", "plan check --figures nowhere.csv"),
    ("plan-new-figures-year", "plan new-figures --year 25"),
    ("plan-help", "plan --help"),
    ("plan-status-help", "plan status --help"),
  ])
  func everything(name: String, line: String) async throws {
    try await expectTranscript(name, words(line))
  }

  // MARK: - Files that are wrong

  private static let data = ["REGIONSIM_DATA": repositoryRoot + "/datasets/norway"]

  /// A folder with a copy of the plan in which one text is another.
  private func spoiltPlan(
    _ old: String,
    _ new: String,
    to name: String = "plan.yml"
  ) throws -> TemporaryDirectory {
    let folder = try TemporaryDirectory()
    let text = try text(ofFile: repositoryRoot + "/plans/mosseregionen.yml")
    try #require(text.ranges(of: old).count == 1)
    try folder.makeDirectory("plans")
    try folder.write(text.replacing(old, with: new), to: name)
    return folder
  }

  @Test(arguments: [
    ("plan-bad-key", "region: R03", "regoin: R03", "plan check plan.yml"),
    (
      "plan-bad-indicator", "indicator: wage_costs.private", "indicator: wage_cost.private",
      "plan check plan.yml"
    ),
    ("plan-bad-baseline", "    baseline: 2023\n", "    baseline: 2022\n", "plan status plan.yml"),
    (
      "plan-bad-scenario", "name: tax-nearer\n", "name: tax-neare\n",
      "plan status plan.yml --draws 10"
    ),
    (
      "plan-bad-scenario-target", "{name: employment-best, target: each}",
      "{name: employment-best, target: eech}",
      "plan status plan.yml --draws 10"
    ),
    (
      "plan-not-the-target",
      "{name: employment-best, target: best}", "{name: employment-best, target: top40}",
      "plan status plan.yml --draws 10"
    ),
  ])
  func wrongPlans(name: String, old: String, new: String, line: String) async throws {
    let folder = try spoiltPlan(old, new)
    try await expectTranscript(
      name,
      words(line),
      in: folder.path,
      environment: Self.data,
      masking: [folder.path: "<folder>"]
    )
  }

  @Test func twoPlansThatAreNoExamples() async throws {
    let folder = try spoiltPlan("region: R03", "region: R03", to: "plans/second.yml")
    try await expectTranscript(
      "plan-which",
      words("plan check"),
      in: folder.path,
      environment: Self.data
    )
  }

  /// It might be the one that is meant, so it is not passed over.
  @Test func aBrokenSecondPlan() async throws {
    let folder = try spoiltPlan("region: R03", "regoin: R03", to: "plans/second.yml")
    let line = words("plan check")
    let run = try await RegionsimProcess.run(line, in: folder.path, environment: Self.data)
    #expect(run.code == 65)
    #expect(run.output.isEmpty)
    #expect(
      run.errors.contains("plans/second.yml:16:1: Unknown key \"regoin\". Did you mean region?")
    )
    let list = try await RegionsimProcess.run(
      words("plan list"),
      in: folder.path,
      environment: Self.data
    )
    #expect(list.code == 0)
    #expect(row("second", "Unknown", in: list.output) != nil)
  }

  // MARK: - New figures

  @Test func figuresThatAreWrong() async throws {
    let folder = try TemporaryDirectory()
    let header = "series,unit,year,value,source\n"
    try folder.write(header + "plan.enterprises.new,3103,2024,536,SSB\n", to: "conflict.csv")
    try folder.write(header + "plan.enterprises.new,3103,2025,536,SSB\n", to: "one.csv")
    try folder.write(header + "plan.enterprises.new,3103,2025,537,SSB\n", to: "two.csv")
    try folder.write(header + "plan.enterprises.new,0301,2025,537,SSB\n", to: "outside.csv")
    for (name, files) in [
      ("plan-figures-conflict", "--figures conflict.csv"),
      ("plan-figures-twice", "--figures one.csv --figures two.csv"),
      ("plan-figures-outside", "--figures outside.csv"),
    ] {
      try await expectTranscript(
        name,
        words("plan status \(files)"),
        in: folder.path,
        environment: Self.data
      )
    }
  }

  @Test func aTemplateThatIsFilledIn() async throws {
    let folder = try TemporaryDirectory()
    let line = words("plan new-figures --year 2025 --out new.csv --language nb")
    let made = try await RegionsimProcess.run(line, in: folder.path, environment: Self.data)
    #expect(made.code == 0)
    #expect(made.errors == "Skrev new.csv\n")
    let again = try await RegionsimProcess.run(line, in: folder.path, environment: Self.data)
    #expect(again.code == 73)
    #expect(
      again.errors == "regionsim: new.csv: The file is there already, perhaps with your figures; "
        + "nothing was written.\n"
    )
    let empty = String(decoding: try folder.bytes(of: "new.csv"), as: UTF8.self)
    #expect(empty.split(separator: "\n").count > 50)
    let filled = empty.replacing(",2025,,,", with: ",2025,50,\"Prøve, 2025\",")
    #expect(filled != empty)
    try folder.write(filled, to: "new.csv")
    let status = try await RegionsimProcess.run(
      words("plan status --figures new.csv --format csv"),
      in: folder.path,
      environment: Self.data
    )
    #expect(status.errors.isEmpty)
    #expect(status.code == 0)
    func verdict(_ target: String) -> String? {
      status.output.split(separator: "\n").first { $0.hasPrefix(target + ",") }
        .flatMap { line in
          ["met", "on_course", "off_course", "cannot_be_judged"].first { line.contains(",\($0)") }
        }
    }
    // 50 in each: fewer enterprises and less wage costs, fewer outside work, higher places.
    #expect(verdict("enterprises") == "off_course")
    #expect(verdict("wage-costs") == "off_course")
    #expect(verdict("outside-work") == "met")
    #expect(verdict("knm-competence") == "met")
    #expect(verdict("attractiveness") == "met")
    #expect(verdict("farmland") == "off_course")
    // The others' figures are not there.
    #expect(verdict("employment-best") == "cannot_be_judged")
    #expect(verdict("knm-best") == "cannot_be_judged")
    #expect(verdict("land") == "cannot_be_judged")
    try await expectTranscript(
      "plan-status-figures-nb",
      words("plan status --figures new.csv --language nb"),
      in: folder.path,
      environment: Self.data
    )
    let report = try await RegionsimProcess.run(
      words("plan report --figures new.csv --language nb --out report.html"),
      in: folder.path,
      environment: Self.data
    )
    #expect(report.code == 0)
    let html = String(decoding: try folder.bytes(of: "report.html"), as: UTF8.self)
    #expect(html.contains("<html lang=\"nb\">"))
    #expect(html.contains("Prøve, 2025"))
  }

  // MARK: - Scenarios that name a plan's target

  @Test(arguments: [
    ("plan-target-unknown-plan", "plan: mosseregionen/", "plan: mossregionen/"),
    ("plan-target-unknown-target", "employment-higher}", "employment-hihger}"),
    ("plan-target-no-target", "plan: mosseregionen/employment-higher", "plan: mosseregionen"),
  ])
  func scenariosThatNameAPlan(name: String, old: String, new: String) async throws {
    let folder = try TemporaryDirectory()
    let text = try text(ofFile: repositoryRoot + "/scenarios/employment-best.yml")
    try #require(text.contains(old))
    try folder.write(text.replacing(old, with: new), to: "best.yml")
    try await expectTranscript(
      name,
      words("simulate best.yml --no-export"),
      in: folder.path,
      environment: Self.data,
      masking: [folder.path: "<folder>"]
    )
  }

  @Test(arguments: [
    ("plan-target-simulate", "simulate population-hamarregionen --no-export --draws 60"),
    ("plan-target-takes", "target population-hamarregionen --draws 60"),
  ])
  func aScenarioWithAPlansTargets(name: String, line: String) async throws {
    try await expectTranscript(name, words(line))
  }
}
