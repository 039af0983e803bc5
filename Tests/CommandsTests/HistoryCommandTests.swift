import TestSupport
import Testing

@Suite struct HistoryCommandTests {
  @Test(arguments: [
    ("history-plan", "history Mosseregionen --indicator knm.total.rank --members"),
    (
      "history-nb",
      "history Mosseregionen --indicator population.total --from 2014 --to 2024 --language nb"
    ),
    ("history-break", "history Moss --indicator jobs.private.per_inhabitant --from 2013 --to 2016"),
    (
      "history-csv",
      "history Vestby --indicator population.total --from 2022 --to 2024 --format csv"
    ),
    (
      "history-measures",
      "history R03 --indicator population.total --from 2022 --to 2024 --format csv --measures"
    ),
    ("history-left-out", "history Mosseregionen --indicator employment.share"),
    ("history-carry", "history Mosseregionen --indicator employment.share --fill carry"),
    ("history-ties", "history R03 --indicator farmland.total.converted --from 2022"),
    ("history-one-year", "history Mosseregionen --indicator enterprises.new"),
    ("history-json", "history Moss --indicator knm.total.rank --format json"),
    ("history-markdown", "history Moss --indicator knm.total.rank --format markdown"),
    (
      "history-members",
      "history R03 --indicator population.total --from 2023 --to 2024 --members"
    ),
  ])
  func everything(name: String, line: String) async throws {
    try await expectTranscript(name, words(line))
  }

  @Test(arguments: [
    ("F1", "−67"), ("F2", "−16.75"), ("F3", "−9.2"), ("F4", "−0.185"), ("F5", "−0.066"),
    ("F6", "–"),
  ])
  func theSixMeasuresOfThePlan(measure: String, value: String) async throws {
    let run = try await RegionsimProcess.run(words("history R03 --indicator knm.total.rank"))
    #expect(try #require(row(measure, in: run.output)).last == value)
  }
}
