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
    ("target-unknown", "target employment-targets --only besst"),
    ("target-none", "target employment-growth"),
    ("target-wrong-series", "target employment-targets --lever employed.20-66"),
    ("target-wrong-member", "target employment-targets --all-to Oslo"),
  ])
  func everything(name: String, line: String) async throws {
    try await expectTranscript(name, words(line))
  }
}
