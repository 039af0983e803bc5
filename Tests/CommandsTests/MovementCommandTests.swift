import TestSupport
import Testing

@Suite struct MovementCommandTests {
  @Test(arguments: [
    (
      "movement-peers",
      "movement population.total --from 2014 --to 2024 --peers osloregionen --mark Mosseregionen"
    ),
    (
      "movement-nb",
      "movement jobs.private.per_inhabitant --from 2006 --to 2014 --peers osloregionen --language nb"
    ),
    ("movement-plan", "movement knm.total.rank --from 2023 --to 2024 --peers Mosseregionen"),
    (
      "movement-csv",
      "movement education.higher.share --from 2014 --to 2019 --peers osloregionen --format csv"
    ),
    (
      "movement-winners",
      "movement education.higher.share --from 2014 --to 2019 --format csv --winners"
    ),
    (
      "movement-markdown",
      "movement population.total --from 2023 --to 2024 --division counties --format markdown"
    ),
    (
      "movement-carry",
      "movement employment.share --from 2019 --to 2024 --fill carry --peers osloregionen"
    ),
  ])
  func everything(name: String, line: String) async throws {
    try await expectTranscript(name, words(line))
  }

  /// F1, F2, F4, F5 and F6 are those that `history` gives for the region alone.
  @Test func agreesWithHistory() async throws {
    let years = "population.total --from 2014 --to 2024"
    let history = try await RegionsimProcess.run(words("history R03 --indicator \(years)"))
    let movement = try await RegionsimProcess.run(words("movement \(years) --mark R03"))
    let mosse = try #require(row("R03", "Mosseregionen", "4", in: movement.output))
    for (index, measure) in ["F1", "F2", "F4", "F5", "F6"].enumerated() {
      let alone = try #require(row(measure, in: history.output)?.last)
      // All sums of the table have a decimal when one has.
      let shown = mosse[3 + index]
      #expect(shown == alone || shown == alone + ".0", "\(measure)")
    }
  }

  @Test func theSeedMovesOnlyP() async throws {
    let line = "movement population.total --from 2014 --to 2024 --peers osloregionen --format csv"
    let runs = try await [
      RegionsimProcess.run(words(line)), RegionsimProcess.run(words(line + " --seed 2")),
    ].map { $0.output.split(separator: "\n").map { $0.split(separator: ",") } }
    #expect(runs[0] != runs[1])
    #expect(runs[0].map { $0.prefix(9) } == runs[1].map { $0.prefix(9) })
  }
}
