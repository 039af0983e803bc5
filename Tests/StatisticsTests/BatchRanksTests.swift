import Statistics
import TestSupport
import Testing

@Suite struct BatchRanksTests {
  @Test(
    arguments: [
      ([], [], []),
      ([7], [1], [1]),
      ([.nan], [0], [0]),
      ([10, 8, 8, 5], [1, 2, 2, 4], [4, 2, 2, 1]),
      ([5, .nan, 8, 8], [3, 0, 1, 1], [1, 0, 2, 2]),
      ([7, 7, 7], [1, 1, 1], [1, 1, 1]),
      ([0, -0.0, 1, -1], [2, 2, 1, 4], [2, 2, 4, 1]),
      ([.infinity, 1, -.infinity, .infinity, .nan], [1, 3, 4, 1, 0], [3, 2, 1, 3, 0]),
      ([0.1, 0.1.nextUp], [2, 1], [1, 2]),
      ([1e308, -1e308, 0, 1e-300], [1, 4, 3, 2], [4, 1, 2, 3]),
      ([0x1p-1074, 0x1p-1073, 0, -0x1p-1074], [2, 1, 3, 4], [3, 4, 2, 1]),
      ([.nan, -.nan, .signalingNaN], [0, 0, 0], [0, 0, 0]),
    ] as [([Double], [UInt16], [UInt16])]
  )
  func knownPlaces(values: [Double], largestFirst: [UInt16], smallestFirst: [UInt16]) {
    var ranks = BatchRanks(count: values.count)
    #expect(places(values, .largestFirst, &ranks) == largestFirst)
    #expect(places(values, .smallestFirst, &ranks) == smallestFirst)
  }

  /// The same memory serves columns of every kind, each against the plain ranking.
  @Test(arguments: [1, 2, 7, 8, 9, 73, 357, 1000])
  func likeThePlainRanking(count: Int) {
    var generator = SplitMix64(seed: UInt64(count))
    var ranks = BatchRanks(count: count)
    for (kind, number) in Self.kinds {
      for order in RankOrder.allCases {
        let column = (0..<count).map { _ in number(&generator) }
        let plain = ColumnRanks(of: column, order: order, ties: .competition).places
        let expected = plain.map { $0.isNaN ? 0 : UInt16($0) }
        #expect(places(column, order, &ranks) == expected, "\(kind), \(order)")
      }
    }
  }

  /// Values one unit in the last place apart have one code, however many there are.
  @Test func valuesHardToTellApart() {
    var generator = SplitMix64(seed: 8)
    var column = (0..<200).map { 1 + Double($0) * 0x1p-52 } + [1e9, -1e9]
    column.shuffle(using: &generator)
    var ranks = BatchRanks(count: column.count)
    let sorted = column.sorted()
    let expected = column.map { value in UInt16(sorted.count { $0 < value } + 1) }
    #expect(places(column, .smallestFirst, &ranks) == expected)
  }

  @Test func asManyValuesAsThereCanBe() {
    let count = Int(UInt16.max)
    // A permutation: the step has no factor in common with the count.
    let order = (0..<count).map { $0 * 32_768 % count }
    var ranks = BatchRanks(count: count)
    let found = places(order.map { Double($0) }, .smallestFirst, &ranks)
    #expect(found == order.map { UInt16($0 + 1) })
    let tied = places([Double](repeating: 1, count: count), .largestFirst, &ranks)
    #expect(tied == [UInt16](repeating: 1, count: count))
  }

  private typealias Kind = (String, @Sendable (inout SplitMix64) -> Double)

  private static let kinds: [Kind] = [
    ("spread", { Double.random(in: -1...1, using: &$0) }),
    ("missing", { $0.next() % 4 == 0 ? .nan : Double.random(in: 0...1, using: &$0) }),
    ("few values", { Double($0.next() % 5) - 2 }),
    ("many sizes", { Double(bitPattern: $0.next()) }),
    ("one far away", { $0.next() % 64 == 0 ? 1e6 : Double.random(in: 0...1, using: &$0) }),
    ("infinite", { $0.next() % 16 == 0 ? .infinity : Double.random(in: -1...1, using: &$0) }),
    ("subnormal", { Double(bitPattern: $0.next() >> 20) }),
    ("all alike", { _ in 3 }),
    ("none", { _ in .nan }),
  ]

  private func places(
    _ values: [Double],
    _ order: RankOrder,
    _ ranks: inout BatchRanks
  ) -> [UInt16] {
    var places = [UInt16](repeating: 9999, count: values.count)
    values.withUnsafeBufferPointer { values in
      places.withUnsafeMutableBufferPointer { ranks.rank(values, order: order, into: $0) }
    }
    return places
  }
}
