import Commands
import TestSupport
import Testing

@Suite struct RegionsimTests {
  @Test(arguments: [
    "", "rank", "compare", "history", "movement", "simulate", "target", "model", "model show",
    "backtest", "scenarios",
    "scenarios list",
    "scenarios show",
    "scenarios check", "scenarios new", "data", "data list", "data show", "data check",
    "benchmark", "equalisation", "equalisation show", "equalisation calibrate",
    "benchmark", "composite", "composite list", "composite rank", "composite explain",
    "composite robustness", "composite fit",
  ])
  func help(subcommand: String) async throws {
    let name = (["help"] + words(subcommand)).joined(separator: "-")
    // The width of the text follows the terminal.
    try await expectTranscript(
      name,
      words(subcommand) + ["--help"],
      environment: ["COLUMNS": "80"]
    )
  }

  @Test func version() async throws {
    let run = try await RegionsimProcess.run(["--version"])
    #expect(run.output == "\(Regionsim.version)\n")
    #expect(run.code == 0)
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func completions(shell: String) async throws {
    let run = try await RegionsimProcess.run(["--generate-completion-script", shell])
    #expect(run.code == 0)
    #expect(run.errors == "")
    for name in [
      "rank", "compare", "history", "movement", "simulate", "target", "scenarios", "data",
      "benchmark", "equalisation", "calibrate",
      "benchmark", "composite", "robustness",
    ] {
      #expect(run.output.contains(name), "\(name) is not in the script for \(shell).")
    }
  }
}
