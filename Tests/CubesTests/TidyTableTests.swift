import Cubes
import TestSupport
import Testing

@Suite struct TidyTableTests {
  /// Series, places and years with every kind of status, and combinations without a figure.
  private static func cube(seed: UInt64) -> Cube {
    var generator = SplitMix64(seed: seed)
    let sizes = (0..<3).map { _ in Int.random(in: 1...5, using: &generator) }
    let count = sizes.reduce(1, *)
    var statuses = CellStatuses(count: count)
    let values = (0..<count).map { index -> Double in
      let kinds = [
        nil, "estimated", "plan", "missing:split", "missing:other: a, \"b\"", ":", "..", "-", "*",
        "::", "a:", "a,b", "a: b", "a;;b", "a :b", "a:b:\u{1}c",
      ]
      let symbol = kinds.randomElement(using: &generator) ?? nil
      if let symbol { _ = statuses.set(symbol, at: index) }
      let isMissing = symbol?.hasPrefix("missing") ?? Bool.random(using: &generator)
      if isMissing && symbol != "-" { return .nan }
      return symbol == "-"
        ? 0 : Double(Int.random(in: -9_999_999...9_999_999, using: &generator)) / 64
    }
    return Cube(
      title: "A title",
      dimensions: [
        CubeDimension(
          id: "series",
          role: .metric,
          categories: (0..<sizes[0]).map { CubeCategory("s\($0)") }
        ),
        CubeDimension(
          id: "municipality",
          role: .geo,
          categories: (0..<sizes[1]).map { CubeCategory("030\($0)", label: "Våler \($0)") }
        ),
        CubeDimension(
          id: "year",
          role: .time,
          categories: (0..<sizes[2]).map { CubeCategory("\(2000 + $0)") }
        ),
      ],
      values: values,
      statuses: statuses
    )
  }

  /// The figures with something to say, as code, value and symbol.
  private func figures(_ cube: Cube) -> Set<String> {
    Set(
      cube.values.indices.compactMap { index in
        let value = cube.values[index]
        guard !value.isNaN || cube.statuses[index] != nil else { return nil }
        let codes = zip(cube.dimensions, cube.strides).map { dimension, stride in
          dimension.categories[index / stride % dimension.categories.count].code
        }
        return "\(codes) \(value) \(cube.statuses[index]?.symbol ?? "")"
      }
    )
  }

  @Test("every status is read back from CSV and from a workbook", arguments: 1...60)
  func statuses(seed: UInt64) throws {
    let cube = Self.cube(seed: seed)
    let folder = try TemporaryDirectory()
    try WorkbookWriter.write(cube, to: "\(folder.path)/a.xlsx")
    guard !figures(cube).isEmpty else { return }
    for bytes in [TidyCSVWriter.bytes(cube), try folder.bytes(of: "a.xlsx")] {
      let reading = try CubeFile.read(file: "a", bytes: bytes)
      let read = try #require(reading.cubes.first)
      #expect(figures(read) == figures(cube))
      #expect(read.dimensions.map(\.role) == [.metric, .geo, .time])
    }
  }

  @Test func aWorkbookIsReadBackEqualWhereEachCategoryHasARow() throws {
    var cube = Self.cube(seed: 3)
    for index in cube.values.indices where cube.values[index].isNaN && cube.statuses[index] == nil {
      cube.values[index] = 0.5
    }
    let folder = try TemporaryDirectory()
    try WorkbookWriter.write(cube, to: "\(folder.path)/a.xlsx")
    let read = try CubeFile.read(file: "a", bytes: try folder.bytes(of: "a.xlsx")).cubes
    #expect(read == [cube])
  }

  @Test func aColumnThatIsCalledAsTheSettlementsFirstIsAnOrdinaryOne() throws {
    let text = "Knr. and more,year,value,basis,reason\n31031,2023,7,observed,\n"
    let cube = try #require(try CubeFile.read(file: "a.csv", bytes: Array(text.utf8)).cubes.first)
    #expect(cube.values == [7])
  }

  @Test(arguments: [
    "[112", "{a", "sep=;", "CHARSET=x", "a;b", "knr", "a\"\u{102E},\"b", "Value", "Basis ",
  ])
  func aHeadingThatLooksLikeAnotherFormat(name: String) throws {
    let cube = Cube(
      title: "",
      dimensions: [CubeDimension(id: name, categories: [CubeCategory("a"), CubeCategory("b")])],
      values: [1, 2]
    )
    let bytes = TidyCSVWriter.bytes(cube)
    let again = try #require(try CubeFile.read(file: "a.csv", bytes: bytes).cubes.first)
    #expect(again.values == [1, 2])
    #expect(again.dimensions.first?.categories.map(\.code) == ["a", "b"])
  }

  @Test(arguments: ["Kommune", "name", "Navn"])
  func aDimensionThatIsCalledAsTheNamesOfRegions(name: String) throws {
    let cube = Cube(
      title: "",
      dimensions: [
        CubeDimension(id: "municipality", role: .geo, categories: [CubeCategory("3103")]),
        CubeDimension(id: name, categories: [CubeCategory("a"), CubeCategory("b")]),
      ],
      values: [1, 2]
    )
    let bytes = TidyCSVWriter.bytes(cube)
    let again = try #require(try CubeFile.read(file: "a.csv", bytes: bytes).cubes.first)
    #expect(again.values == [1, 2])
  }

  @Test func combinationsWithoutAFigureHaveNoRow() {
    let cube = Cube(
      title: "",
      dimensions: [
        CubeDimension(id: "a", categories: [CubeCategory("x"), CubeCategory("y")]),
        CubeDimension(id: "value", categories: [CubeCategory("1"), CubeCategory("2")]),
      ],
      values: [.nan, -1_234_567, -0.0, .nan]
    )
    let text = "a,value',value,basis,reason\nx,2,-1234567,observed,\ny,1,0,observed,\n"
    #expect(TidyCSVWriter.text(cube) == text)
  }
}
