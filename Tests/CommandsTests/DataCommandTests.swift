import LinearAlgebra
import TestSupport
import Testing

@Suite struct DataCommandTests {
  @Test(arguments: [
    ("data-list", "data list"),
    ("data-list-nb", "data list --what divisions --language nb"),
    ("data-list-csv", "data list --what indicators --format csv"),
    ("data-list-json", "data list --what divisions --format json"),
    ("data-show-series", "data show employed.20_66"),
    ("data-show-series-nb", "data show jobs.private --language nb"),
    ("data-show-indicator", "data show employment.share"),
    ("data-show-kind", "data show population.total --kind indicator --format csv"),
    ("data-show-division", "data show regions-73"),
    ("data-show-peer-set", "data show osloregionen --language nb"),
    ("data-show-unknown", "data show populaton.total"),
  ])
  func everything(name: String, line: String) async throws {
    try await expectTranscript(name, words(line))
  }

  /// The core depends on the machine.
  @Test func check() async throws {
    let core = "core \(OpenBLAS.core), chosen by \(OpenBLAS.coreChoice.rawValue)"
    try await expectTranscript("data-check", ["data", "check"], masking: [core: "core <core>"])
  }

  @Test func listsByDefault() async throws {
    let list = try await RegionsimProcess.run(["data", "list"])
    let bare = try await RegionsimProcess.run(["data"])
    #expect(bare.output == list.output)
  }
}
