import Testing

@testable import Measurements

@Suite struct ShareColumnsTests {
  private static let base = ShareColumns.base(units: 150, seed: 3)

  @Test func aFunctionOfTheSeedAndTheColumn() {
    let few = ShareColumns(base: Self.base, columns: 20, seed: 3)
    let many = ShareColumns(base: Self.base, columns: 300, seed: 3, threads: 3)
    #expect(few.values == Array(many.values.prefix(few.values.count)))
    #expect(few.column(7) == many.column(7))
    #expect(ShareColumns(base: Self.base, columns: 20, seed: 4).values != few.values)
    #expect(Set(few.column(7)) != Set(few.column(8)))
  }

  @Test func nearTheBaseWithSomeTies() {
    let data = ShareColumns(base: Self.base, columns: 400, seed: 3)
    #expect(Self.base.allSatisfy { (0.6...0.9).contains($0) })
    var sum = 0.0
    var tied = 0
    for column in 0..<data.columns {
      let values = data.column(column)
      #expect(values.allSatisfy { (0.4...1.2).contains($0) })
      tied += values.count - Set(values).count
      sum += zip(values, Self.base).reduce(0) { $0 + $1.0 / $1.1 }
    }
    #expect(abs(sum / Double(data.values.count) - 1) < 0.005)
    // Two copies in each column; now and then a unit is copied to itself, or twice.
    #expect((700...800).contains(tied))
  }

  @Test func noMoreThanTheLimitIsHeld() {
    #expect(ShareColumns.held(units: 357, columns: 5000) == 5000)
    #expect(ShareColumns.held(units: 357, columns: 10_000_000) == 100_000)
    #expect(ShareColumns.held(units: 60_000, columns: 10_000_000) == 625)
    #expect(ShareColumns.held(units: 65_535, columns: 1) == 1)
    let data = ShareColumns(base: [0.5], columns: 100_001, seed: 1)
    #expect(data.columns == 100_000)
    #expect(data.note(of: 100_000).isEmpty)
    #expect(data.note(of: 100_001).contains("100000 columns"))
  }

  @Test(arguments: [(1, [1]), (64, [64]), (65, [64, 1]), (200, [64, 64, 64, 8])])
  func passesOverTheBlock(total: Int, expected: [Int]) {
    let data = ShareColumns(base: [0.5, 0.6], columns: 64, seed: 1)
    var passes: [Int] = []
    data.forEachPass(of: total) { passes.append($0) }
    #expect(passes == expected)
  }

  @Test func aPartitionWithoutEmptyParts() {
    for units in [1, 4, 5, 30, 1000] {
      let parts = AggregateBenchmark.parts(units: units, seed: 2)
      #expect(parts.count == max(1, units / 5))
      #expect(parts.allSatisfy { !$0.isEmpty })
      #expect(parts.joined().sorted() == Array(0..<units))
    }
  }
}
