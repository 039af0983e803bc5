import TestSupport
import Testing

@Suite struct ModelCommandTests {
  @Test(arguments: [
    ("model-population", "model show population.total --from 2021 --unit Mosseregionen"),
    ("model-borrowed-nb", "model show employment.share --unit Moss --language nb"),
    ("model-csv", "model show education.higher.share --from 2019 --format csv"),
    ("model-identity", "model show migration.net.per_1000 --unit Moss --years 1"),
    ("model-no-history", "model show disability.share"),
    ("model-early", "model show jobs.private.per_inhabitant --from 2004"),
    ("model-years", "model show population.total --years 0"),
  ])
  func everything(name: String, line: String) async throws {
    try await expectTranscript(name, words(line))
  }
}
