import Cubes
import Testing

@Suite struct RoundTripTests {
  @Test("a cube is equal after JSON-stat, however it is written", arguments: 1...200)
  func jsonStat(seed: UInt64) throws {
    let cube = randomCube(seed: seed)
    for index in JSONStatWriter.Index.allCases {
      for values in JSONStatWriter.Layout.allCases {
        for statuses in JSONStatWriter.Layout.allCases {
          let writer = JSONStatWriter(index: index, values: values, statuses: statuses)
          let read = try JSONStatReader(file: "a.json", bytes: writer.bytes(of: cube)).cube()
          #expect(read == cube)
        }
      }
    }
    let metadata = try JSONStatReader(file: "a.json", bytes: JSONStatWriter().bytes(of: cube))
      .metadata()
    #expect(metadata.dimensions == cube.dimensions)
    #expect(metadata.notes == cube.notes)
  }

  @Test("a cube is equal after PX", arguments: 1...200)
  func px(seed: UInt64) throws {
    let cube = randomCube(seed: seed)
    let read = try PXReader(file: "a.px", bytes: PXWriter().bytes(of: cube)).cube()
    #expect(read == cube)
  }

  @Test("in Windows-1252 all but other characters is kept", arguments: 1...50)
  func windows(seed: UInt64) throws {
    var cube = randomCube(seed: seed)
    cube.title = "Sysselsatte på Østlandet – 5 €"
    let bytes = PXWriter(encoding: .windows1252).bytes(of: cube)
    let read = try PXReader(file: "a.px", bytes: bytes).cube()
    #expect(read.title == cube.title)
    #expect(read.statuses == cube.statuses)
    #expect(read.dimensions.map(\.role) == cube.dimensions.map(\.role))
  }
}
