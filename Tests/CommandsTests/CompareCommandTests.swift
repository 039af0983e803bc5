import TestSupport
import Testing

@Suite struct CompareCommandTests {
  @Test(arguments: [
    (
      "compare-share",
      "compare Mosseregionen Moss Vestby Råde 3114 --indicator employment.share"
    ),
    ("compare-all", "compare Mosseregionen Follo"),
    (
      "compare-nb",
      "compare Moss Vestby --indicator tax.level --indicator migration.net --language nb"
    ),
    ("compare-csv", "compare Mosseregionen Moss --indicator education.basic.share --format csv"),
    ("compare-json", "compare Moss --indicator population.total --format json"),
    ("compare-markdown", "compare Moss R03 --indicator low_income.share --format markdown"),
    (
      "compare-peers",
      "compare Moss Vestby --indicator employment.share --peers counties/31 --year 2024 --fill carry"
    ),
  ])
  func everything(name: String, line: String) async throws {
    try await expectTranscript(name, words(line))
  }
}
