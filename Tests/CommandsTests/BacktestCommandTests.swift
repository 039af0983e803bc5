import TestSupport
import Testing

@Suite struct BacktestCommandTests {
  @Test(arguments: [
    ("backtest-education", "backtest education.higher.share --from 2016 --draws 40"),
    (
      "backtest-growth-nb",
      "backtest population.total --of growth --from 2016 --to 2022 --horizons 1 3 --draws 20 "
        + "--language nb"
    ),
    (
      "backtest-origins-csv",
      "backtest jobs.private.per_inhabitant --from 2009 --to 2010 --draws 20 --table origins "
        + "--format csv"
    ),
    (
      "backtest-reliability",
      "backtest jobs.private.per_inhabitant --from 2009 --to 2010 --horizons 1 --draws 20 "
        + "--table reliability"
    ),
    ("backtest-no-history", "backtest employment.share"),
    ("backtest-horizon", "backtest population.total --horizons 0"),
    ("backtest-draws", "backtest population.total --draws 0"),
  ])
  func everything(name: String, line: String) async throws {
    try await expectTranscript(name, words(line))
  }

  @Test func theSameForAnyThreads() async throws {
    let line = "backtest education.higher.share --from 2017 --draws 20 --horizons 1 --format json"
    let one = try await RegionsimProcess.run(words(line + " --threads 1"))
    let three = try await RegionsimProcess.run(words(line + " --threads 3"))
    #expect(one.output == three.output)
    #expect(one.output.contains("\"seed\""))
  }
}
