import Cubes
import Testing

struct CubeTests {
  @Test("the last dimension varies fastest")
  func strides() {
    let cube = Cube(
      title: "t",
      dimensions: [
        CubeDimension(id: "a", categories: [CubeCategory("1"), CubeCategory("2")]),
        CubeDimension(id: "b", categories: (0..<3).map { CubeCategory("\($0)") }),
        CubeDimension(id: "c", categories: (0..<5).map { CubeCategory("\($0)") }),
      ],
      values: Array(repeating: 0, count: 30)
    )
    #expect(cube.strides == [15, 5, 1])
  }

  @Test("a status is kept by its symbol; the 256th different one has no room")
  func statuses() {
    var statuses = CellStatuses(count: 300)
    let hadRoom = (0..<255).map { statuses.set("s\($0)", at: $0) }
    #expect(hadRoom.allSatisfy { $0 })
    let hasRoom = (one: statuses.set("one more", at: 255), known: statuses.set("s7", at: 299))
    #expect(hasRoom == (false, true))
    #expect(statuses[299] == CellStatus("s7"))
    #expect(statuses[256] == nil)
    #expect(CellStatuses()[3] == nil)
  }

  @Test("cubes are equal whatever the bits of a gap, and whatever the order of symbols")
  func equality() {
    func cube(_ missing: Double, _ symbols: [(String, Int)]) -> Cube {
      var statuses = CellStatuses(count: 2)
      for (symbol, index) in symbols { _ = statuses.set(symbol, at: index) }
      return Cube(
        title: "t",
        dimensions: [CubeDimension(id: "a", categories: [CubeCategory("1"), CubeCategory("2")])],
        values: [missing, 2],
        statuses: statuses
      )
    }
    #expect(cube(.nan, [(":", 0), ("*", 1)]) == cube(-.nan, [("*", 1), (":", 0)]))
    #expect(cube(.nan, [(":", 0)]) != cube(.nan, [("..", 0)]))
    #expect(cube(0, []) != cube(-0.0, []))
  }
}
