import Testing

/// What the program does where OpenBLAS is missing.
@Suite struct OpenBLASCommandTests {
  private static let missing = ["REGIONSIM_OPENBLAS": "/nowhere/libopenblas.so"]

  @Test(arguments: [
    "simulate employment-targets --draws 10 --no-export",
    "target employment-targets --draws 10",
    "backtest population.total",
    "data check",
    "composite robustness business-conditions Moss",
    "plan status --draws 10",
    "plan report --draws 10",
  ])
  func whatMultipliesMatricesEnds(line: String) async throws {
    let run = try await RegionsimProcess.run(words(line), environment: Self.missing)
    #expect(run.code == 72)
    #expect(run.output.isEmpty)
    #expect(run.errors.hasPrefix("regionsim: OpenBLAS cannot be loaded (/nowhere/libopenblas.so"))
    #expect(run.errors.contains("apt-get install libopenblas0"))
    #expect(run.errors.split(separator: "\n").count == 1)
  }

  @Test(arguments: [
    "--version",
    "rank population.total --top 3",
    "simulate employment-growth --no-export",
    "target employment-targets",
    "model show population.total",
    "data list",
    "composite rank business-conditions",
    "composite explain business-conditions Moss",
    "plan status",
    "equalisation show Moss",
  ])
  func whatDoesNotNeverAsksForIt(line: String) async throws {
    let run = try await RegionsimProcess.run(words(line), environment: Self.missing)
    #expect(run.code == 0)
    #expect(!run.output.isEmpty)
  }

  @Test func theCheckNamesTheCore() async throws {
    let run = try await RegionsimProcess.run(["data", "check"])
    let line = try #require(row("ok", "OpenBLAS", in: run.output))
    #expect(line.starts(with: ["ok", "OpenBLAS", "core"]))
    #expect(line.contains("chosen"))
  }
}
