import Statistics
import TestSupport
import Testing

/// Many columns at a time, by every kernel, against the plain ranking.
@Suite struct BatchRanksColumnsTests {
  /// Columns of one size, of all kinds that are hard.
  private struct Columns {
    let count: Int
    let columns: [[Double]]

    init(count: Int) {
      self.count = count
      var generator = SplitMix64(seed: UInt64(count))
      let tight = (0..<count).map { 1 + Double($0) * 0x1p-52 }.shuffled(using: &generator)
      columns = (0..<43).map { number in
        if number == 5 { return tight }
        if number == 6 { return tight.enumerated().map { $0 == 0 ? 1e12 : $1 } }
        return (0..<count).map { _ in Self.number(of: number % 11, &generator) }
      }
    }

    private static func number(of kind: Int, _ generator: inout SplitMix64) -> Double {
      switch kind {
      case 0: Double.random(in: -1...1, using: &generator)
      case 1: generator.next() % 4 == 0 ? .nan : Double.random(in: 0...1, using: &generator)
      case 2: Double(generator.next() % 5) - 2
      case 3: Double(bitPattern: generator.next())
      case 4: generator.next() % 64 == 0 ? 1e6 : Double.random(in: 0...1, using: &generator)
      case 7: generator.next() % 16 == 0 ? .infinity : Double.random(in: -1...1, using: &generator)
      case 8: Double(bitPattern: generator.next() >> 20)
      case 9: 3
      case 10: generator.next() % 3 == 0 ? .nan : (generator.next() % 2 == 0 ? 0 : -0.0)
      default: .nan
      }
    }

    func places(_ order: RankOrder) -> [[UInt16]] {
      columns.map { column in
        ColumnRanks(of: column, order: order).places.map { $0.isNaN ? 0 : UInt16($0) }
      }
    }
  }

  @Test(arguments: Kernel.available, [1, 2, 3, 15, 16, 17, 31, 73, 144, 357])
  func likeThePlainRanking(kernel: Kernel, count: Int) {
    let columns = Columns(count: count)
    var ranks = BatchRanks(count: count, kernel: kernel)
    for order in RankOrder.allCases {
      let expected = columns.places(order)
      // Two values and three places more lie between the columns.
      let values: [Double] = columns.columns.flatMap { $0 + [-5, 1e9] }
      let gap = [UInt16](repeating: 9999, count: 3)
      var places = [UInt16](repeating: 9999, count: (count + 3) * expected.count)
      var counts = [UInt32](repeating: 0, count: count * (count + 1))
      var alone = counts
      values.withUnsafeBufferPointer { values in
        places.withUnsafeMutableBufferPointer { places in
          counts.withUnsafeMutableBufferPointer {
            ranks.rank(
              columns: expected.count,
              of: values,
              stride: count + 2,
              order: order,
              into: places,
              placeStride: count + 3,
              counts: $0
            )
          }
        }
        alone.withUnsafeMutableBufferPointer {
          ranks.countPlaces(
            columns: expected.count,
            of: values,
            stride: count + 2,
            order: order,
            into: $0
          )
        }
      }
      #expect(places == expected.flatMap { $0 + gap }, "\(order)")
      var counted = [UInt32](repeating: 0, count: counts.count)
      for column in expected {
        for (unit, place) in column.enumerated() { counted[unit * (count + 1) + Int(place)] += 1 }
      }
      #expect(counts == counted, "\(order)")
      #expect(alone == counted, "\(order)")
    }
  }

  @Test(arguments: Kernel.available, [1, 2, 15, 16, 17, 73, 357, 2049])
  func drawsSideBySide(kernel: Kernel, count: Int) {
    let columns = Columns(count: count)
    var ranks = BatchRanks(count: count, kernel: kernel)
    for (order, draws) in zip(RankOrder.allCases + RankOrder.allCases, [0..<16, 0..<16, 3..<9]) {
      let expected = Array(columns.places(order).prefix(16))
      let rows = (0..<count).map { row in
        (0..<16).reduce(into: DrawRow.zero) { $0[$1] = columns.columns[$1][row] }
      }
      var places = [UInt16](repeating: 9999, count: (count + 3) * 16)
      var counts = [UInt32](repeating: 0, count: count * (count + 1))
      counts.withUnsafeMutableBufferPointer {
        ranks.rank(
          draws,
          ofRows: rows,
          order: order,
          into: &places,
          placeStride: count + 3,
          counts: $0
        )
      }
      var counted = [UInt32](repeating: 0, count: counts.count)
      for draw in 0..<16 {
        let found = places[draw * (count + 3)..<(draw + 1) * (count + 3)]
        guard draws.contains(draw) else {
          #expect(found.allSatisfy { $0 == 9999 })
          continue
        }
        #expect(Array(found) == expected[draw] + [9999, 9999, 9999])
        for (unit, place) in expected[draw].enumerated() {
          counted[unit * (count + 1) + Int(place)] += 1
        }
      }
      #expect(counts == counted)
    }
  }

  @Test(arguments: Kernel.available, [1, 2, 15, 16, 17, 73, 357])
  func countTopLikeThePlaces(kernel: Kernel, count: Int) {
    let columns = Columns(count: count)
    var ranks = BatchRanks(count: count, kernel: kernel)
    for order in RankOrder.allCases {
      let places = columns.places(order)
      for top in [1, 2, 10, 15, 16, 50] {
        let expected = (0..<count).map { unit in
          UInt32(places.count { $0[unit] != 0 && Int($0[unit]) <= top })
        }
        var counts = [UInt32](repeating: 0, count: count)
        columns.columns.flatMap(\.self).withUnsafeBufferPointer { values in
          counts.withUnsafeMutableBufferPointer {
            ranks.countTop(
              top,
              columns: places.count,
              of: values,
              stride: count,
              order: order,
              into: $0
            )
          }
        }
        #expect(counts == expected, "top \(top), \(order)")
      }
    }
  }

  /// Sizes at which the network, the bits of the keys and the kernels end.
  @Test(arguments: [64, 65, 256, 257, 511, 512, 513, 1024, 1025, 2048, 2049, 4096, 4097])
  func manyUnits(count: Int) {
    var generator = SplitMix64(seed: 4)
    let base = (0..<count).map { Double($0 - $0 % 3) }
    let values = (0..<16).flatMap { _ in base.shuffled(using: &generator) }
    let expected = values.map { UInt16($0) + 1 }
    for kernel in Kernel.available.suffix(2) {
      var places = [UInt16](repeating: 0, count: values.count)
      values.withUnsafeBufferPointer { values in
        places.withUnsafeMutableBufferPointer {
          BatchRanks.rank(
            count: count,
            columns: 16,
            of: values,
            order: .smallestFirst,
            into: $0,
            threads: 1,
            kernel: kernel
          )
        }
      }
      #expect(places == expected)
    }
  }

  @Test(arguments: [1, 2, 3])
  func threadsDoNotShow(threads: Int) {
    let (count, columns) = (20, 1000)
    var generator = SplitMix64(seed: 6)
    let values = (0..<count * columns).map { _ in Double(generator.next() % 40) }
    var places = [UInt16](repeating: 0, count: values.count)
    values.withUnsafeBufferPointer { values in
      places.withUnsafeMutableBufferPointer {
        BatchRanks.rank(count: count, columns: columns, of: values, into: $0, threads: threads)
      }
    }
    for column in 0..<columns {
      let part = column * count..<(column + 1) * count
      #expect(ColumnRanks(of: Array(values[part])).places == places[part].map(Double.init))
    }
  }

  @Test func mistakes() async {
    await #expect(processExitsWith: .failure) {
      var (ranks, places) = (BatchRanks(count: 3), [UInt16](repeating: 0, count: 6))
      [1.0, 2, 3, 4, 5].withUnsafeBufferPointer { values in
        places.withUnsafeMutableBufferPointer {
          ranks.rank(columns: 2, of: values, stride: 3, into: $0, placeStride: 3)
        }
      }
    }
    await #expect(processExitsWith: .failure) {
      var (ranks, counts) = (BatchRanks(count: 3), [UInt32](repeating: 0, count: 3))
      [1.0, 2, 3].withUnsafeBufferPointer { values in
        counts.withUnsafeMutableBufferPointer {
          ranks.countTop(0, columns: 1, of: values, stride: 3, into: $0)
        }
      }
    }
  }
}
