import Cubes
import TestSupport
import Testing

/// What pyjstat and pyaxis read in the same files; `Reference/peers.py` made both.
@Suite struct PeerTests {
  private let folder = repositoryRoot + "/Tests/CubesTests/Reference/"

  private func expected(_ name: String) throws -> [Double] {
    try ReferenceTable("Reference/" + name).rows.map { $0.number("value") }
  }

  @Test func pyjstat() throws {
    let bytes = Array(try text(ofFile: folder + "sample.json").utf8)
    let cube = try JSONStatReader(file: "sample.json", bytes: bytes).cube()
    #expect(isSame(cube.values, try expected("sample.json.csv")))
    #expect(cube.dimensions[1].categories.map(\.label) == ["a", "b", "c"])
  }

  @Test func pyaxis() throws {
    let bytes = Array(try text(ofFile: folder + "sample.px").utf8)
    let cube = try PXReader(file: "sample.px", bytes: bytes).cube()
    #expect(isSame(cube.values, try expected("sample.px.csv")))
    #expect(cube.title == "Population, by area")
  }
}
