import Statistics
import Testing

@testable import Fetching

@Suite struct TableQueryTests {
  private func query(_ counts: [Int]) -> TableQuery {
    TableQuery(
      variables: counts.enumerated().map { index, count in
        .init(id: "V\(index)", codelist: nil, codes: (0..<count).map { "\($0)" })
      }
    )
  }

  /// The cells of a box, each as its codes.
  private func cells(_ query: TableQuery) -> [[String]] {
    query.variables.reduce([[]]) { cells, variable in
      cells.flatMap { cell in variable.codes.map { cell + [$0] } }
    }
  }

  /// Against every cell written out: together the whole, nothing twice, each part within the limit.
  @Test(arguments: 0..<300)
  func partsAreTheWhole(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let counts = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
      Int.random(in: 1...7, using: &generator)
    }
    let whole = query(counts)
    let maximum = Int.random(in: 1...60, using: &generator)
    let parts = whole.parts(of: maximum)
    let all = parts.flatMap(cells)
    #expect(parts.allSatisfy { $0.cells <= maximum })
    #expect(all.count == whole.cells)
    #expect(Set(all) == Set(cells(whole)))
    // Cutting wastes at most half of each call, or less than that with one cut variable.
    #expect(parts.count <= max(1, 4 * whole.cells / maximum))
  }

  @Test func aTableOfMunicipalitiesIsCutIntoFewParts() {
    let parts = query([357, 106, 2, 40]).parts(of: 800_000)
    #expect(parts.count == 4)
    #expect(parts.map(\.cells).max() == 763_200)
  }

  @Test(arguments: [0, -5])
  func aLimitThatMakesNoSenseIsOneCell(maximum: Int) {
    #expect(query([2, 2]).parts(of: maximum).count == 4)
  }

  @Test func boxesBeyondCounting() {
    let huge = query([3_000_000, 3_000_000, 3_000_000])
    #expect(huge.cells == .max)
  }

  @Test func lettersInAddresses() {
    let query = TableQuery(
      variables: [.init(id: "Kjønn", codelist: "vs a", codes: ["62+", "a&b", "Å"])]
    )
    let request = query.request("http://h/data", maximumAddress: 2000)
    #expect(
      request.url == "http://h/data?lang=no&outputFormat=json-stat2&codelist%5BKj%C3%B8nn%5D=vs%20a"
        + "&valueCodes%5BKj%C3%B8nn%5D=62%2B,a%26b,%C3%85"
    )
    #expect(request.body == nil)
  }

  @Test(arguments: [("a,b", 2000), ("ab", 10)])
  func whatAnAddressCannotHoldIsPosted(code: String, maximum: Int) {
    let query = TableQuery(variables: [.init(id: "A/\"", codelist: nil, codes: [code])])
    let request = query.request("http://h/data", maximumAddress: maximum)
    let expected = "{\"selection\":[{\"valueCodes\":[\"\(code)\"],\"variableCode\":\"A/\\\"\"}]}"
    #expect(request.body.map { String(decoding: $0, as: UTF8.self) } == expected)
    #expect(request.headers == ["Content-Type: application/json"])
    #expect(request.url == "http://h/data?lang=no&outputFormat=json-stat2")
  }
}
