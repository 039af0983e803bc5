import TestSupport
import Testing

@Suite struct TargetCommandTests {
  @Test(arguments: [
    ("target", "target employment-targets"),
    ("target-nb", "target employment-targets --only best --only share76 --language nb"),
    ("target-member", "target employment-targets --only top40 --all-to Moss"),
    ("target-denominator", "target employment-targets --only share76 --lever employment.base"),
    ("target-impossible", "target employment-targets --only share76 --set share76.value=97"),
    ("target-csv", "target employment-targets --only higher --format csv"),
    ("target-json", "target employment-targets --only top40 --format json"),
    (
      "target-markdown-nb", "target employment-targets --only top40 --format markdown --language nb"
    ),
    ("target-draws", "target employment-targets --only best --only higher --draws 80"),
    (
      "target-draws-nb",
      "target tax-nearer --only nearer --draws 60 --seed 4 --language nb"
    ),
    (
      "target-curve",
      "target employment-best --only top40 --draws 40 --curve --format csv"
    ),
    (
      "target-question",
      "target --unit Mosseregionen --indicator jobs.private.per_inhabitant --baseline 2016 --by 2020 "
        + "--best --measure sum --among osloregionen --climb 2 --draws 60"
    ),
    (
      "target-question-level",
      "target --unit Moss --indicator education.higher.share --baseline 2019 --by 2022 --level 38 "
        + "--others hold --format json"
    ),
    ("target-question-unit", "target --unit Mosss --indicator population.total --by 2030 --rank 3"),
    ("target-question-year", "target --unit Moss --indicator population.total --by 2020 --rank 3"),
    ("target-question-place", "target --unit Moss --indicator population.total --by 2030 --rank 0"),
    (
      "target-question-region",
      "target --unit R03 --indicator low_income.share --by 2026 --rank 3 --others hold"
    ),
    ("target-question-half", "target --unit Moss --rank 3"),
    ("target-question-both", "target employment-targets --rank 3"),
    ("target-sure", "target employment-best --only top40 --draws 40 --sure 99.5 60 --format csv"),
    ("target-sure-all", "target employment-best --draws 40 --sure 100"),
    ("target-nothing", "target"),
    ("target-curve-alone", "target employment-targets --curve"),
    ("target-no-history", "target --unit Moss --indicator disability.share --by 2026 --climb 3"),
    ("target-unknown", "target employment-targets --only besst"),
    ("target-none", "target employment-growth"),
    ("target-wrong-series", "target employment-targets --lever employed.20-66"),
    ("target-wrong-member", "target employment-targets --all-to Oslo"),
  ])
  func everything(name: String, line: String) async throws {
    try await expectTranscript(name, words(line))
  }
}
