import Cubes
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Cubes of one to four dimensions are the same once written as tables of cells and read again.
@Suite struct TableRoundTripTests {
  /// A made-up cube: places with both Våler, contents, years and a variable that is not known by name.
  private static func cube(seed: UInt64, sameNames: Bool) -> Cube {
    var generator = SplitMix64(seed: seed)
    func some(_ all: [(String, String)]) -> [CubeCategory] {
      all.prefix(Int.random(in: 2...all.count, using: &generator)).map {
        CubeCategory($0.0, label: $0.1)
      }
    }
    let isNamed = !sameNames
    let geo = CubeDimension(
      id: "Region",
      label: "region",
      role: .geo,
      categories: some([
        ("3114", isNamed ? "Våler (Østfold)" : "Våler"),
        ("3419", isNamed ? "Våler (Innlandet)" : "Våler"), ("0301", "Oslo - Oslove"),
        ("1804", "Bodø, \"byen\""),
      ])
    )
    let metric = CubeDimension(
      id: "ContentsCode",
      label: "statistikkvariabel",
      role: .metric,
      categories: some([
        ("SysselBosted2", "Sysselsatte etter bosted"), ("Areal1", "Areal (km²)"), ("Folk9", "Folk"),
      ])
    )
    let time = CubeDimension(
      id: "Tid",
      label: "år",
      role: .time,
      categories: some(["2021", "2022", "2023K1", "2024M02"].map { ($0, $0) })
    )
    let other = CubeDimension(
      id: "Tiltak",
      label: "tiltak",
      categories: some([("1", "Gode tiltak"), ("2", "Andre"), ("03", "Ukjent; kanskje")])
    )
    var dimensions = [geo, other, metric, time].filter { _ in
      Int.random(in: 0..<4, using: &generator) > 0
    }
    if dimensions.isEmpty || sameNames && dimensions.first != geo { dimensions.insert(geo, at: 0) }
    let count = dimensions.reduce(1) { $0 * $1.categories.count }
    let power = ([1, 10, 1000, 64] as [Double]).randomElement(using: &generator) ?? 1
    var statuses = CellStatuses(count: count)
    let values = (0..<count).map { index -> Double in
      let number = Double(Int.random(in: -2_000_000...2_000_000, using: &generator)) / power + 0
      guard index > 0 else { return number }
      let symbols = ["", "", "", ".", "..", "...", ":", "-", "*"]
      let symbol = symbols.randomElement(using: &generator) ?? ""
      guard !symbol.isEmpty else { return number }
      _ = statuses.set(symbol, at: index)
      return symbol == "*" ? number : symbol == "-" ? 0 : .nan
    }
    return Cube(title: "07459: Folk", dimensions: dimensions, values: values, statuses: statuses)
  }

  /// Each figure as its categories in order of the alphabet, its value and its symbol.
  private func figures(
    _ cube: Cube,
    _ word: (CubeCategory) -> String,
    without: Set<String> = []
  )
    -> [String]
  {
    cube.values.indices.map { index in
      let words = zip(cube.dimensions, cube.strides).map { dimension, stride in
        word(dimension.categories[index / stride % dimension.categories.count])
      }
      let known = words.filter { !without.contains($0) }.sorted()
      return "\(known) \(cube.values[index]) \(cube.statuses[index]?.symbol ?? "")"
    }.sorted()
  }

  private static let forms: [PxWebCSVWriter.Form] = {
    var forms: [PxWebCSVWriter.Form] = []
    for text in TableText.allCases {
      for isWide in [false, true] {
        for separator in [",", ";", "\t", " "] as [Character] {
          for encoding in TextEncoding.allCases {
            var form = PxWebCSVWriter.Form()
            form.text = text
            form.isWide = isWide
            form.hasTitle = encoding == .windows1252
            form.separator = separator
            form.encoding = encoding
            forms.append(form)
          }
        }
      }
    }
    return forms
  }()

  @Test("every form of PxWeb", arguments: 1...25)
  func pxWeb(seed: UInt64) throws {
    let cube = Self.cube(seed: seed, sameNames: false)
    let isHeading = cube.dimensions.allSatisfy { $0.role == .metric || $0.role == .time }
    for form in Self.forms where !(form.isWide && isHeading) {
      let bytes = try #require(PxWebCSVWriter.bytes(cube, form))
      let place = "\(form.text) \(form.isWide) \(form.separator) \(form.encoding)"
      do {
        let read = try #require(try CubeFile.read(file: "p", bytes: bytes).cubes.first)
        let added: Set = ["value", "07459: Folk", "07459"]
        #expect(
          figures(read, \.code, without: added)
            == figures(cube, { form.text == .texts ? $0.label : $0.code }),
          "\(place)"
        )
        guard form.text == .codesAndTexts else { continue }
        #expect(
          figures(read, \.label, without: added.union(["Folk"]))
            == figures(cube, \.label, without: ["Folk"]),
          "\(place)"
        )
      } catch {
        Issue.record("\(place): \(error)")
      }
    }
  }

  @Test("the own form, as text and as a workbook", arguments: 1...60)
  func own(seed: UInt64) throws {
    let cube = Self.cube(seed: seed, sameNames: seed % 2 == 0)
    let folder = try TemporaryDirectory()
    try WorkbookWriter.write(cube, to: "\(folder.path)/a.xlsx")
    for bytes in [TidyCSVWriter.bytes(cube), try folder.bytes(of: "a.xlsx")] {
      let read = try #require(try CubeFile.read(file: "o", bytes: bytes).cubes.first)
      // A gap without a symbol has no row.
      let isFigure = { (text: String) in !text.hasSuffix("nan ") }
      #expect(
        figures(read, \.code, without: ["value", "07459: Folk"]).filter(isFigure)
          == figures(cube, \.code).filter(isFigure)
      )
    }
  }

  @Test("two places of one name are told apart by codes, and refused without", arguments: 1...20)
  func bothOfOneName(seed: UInt64) throws {
    let cube = Self.cube(seed: seed, sameNames: true)
    var form = PxWebCSVWriter.Form()
    for text in [TableText.codes, .codesAndTexts] {
      form.text = text
      let bytes = try #require(PxWebCSVWriter.bytes(cube, form))
      let read = try #require(try CubeFile.read(file: "p", bytes: bytes).cubes.first)
      #expect(
        figures(read, \.code, without: ["value", "07459: Folk"]) == figures(cube, \.code)
      )
    }
    form.text = .texts
    let bytes = try #require(PxWebCSVWriter.bytes(cube, form))
    #expect(
      errorText { try CubeFile.read(file: "p", bytes: bytes) }.contains("A second figure for Våler")
    )
  }

  @Test func aMissingLibraryIsSaid() async {
    await #expect(processExitsWith: .success) {
      setenv("REGIONSIM_XLSXWRITER", "/nonexistent", 1)
      let cube = Cube(title: "", dimensions: [], values: [1])
      do throws(CubeError) {
        try WorkbookWriter.write(cube, to: "/nonexistent/a.xlsx")
        exit(1)
      } catch {
        exit(error.kind == .libraryMissing && error.message.contains("libxlsxwriter") ? 0 : 1)
      }
    }
  }
}
