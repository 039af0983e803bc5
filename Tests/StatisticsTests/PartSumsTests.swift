import Statistics
import TestSupport
import Testing

@Suite struct PartSumsTests {
  @Test func partsMayOverlapAndBeEmpty() {
    let sums = PartSums([[0, 2], [], [2, 1, 0]], positions: 3)
    #expect(summed(sums, [1, 2, 4, 10, 20, 40], columns: 2) == [5, 0, 7, 50, 0, 70])
  }

  @Test func missingValues() {
    let column = [1, .nan, 4]
    #expect(summed(PartSums([[0, 1], [1]], positions: 3), column, columns: 1) == [1, 0])
    let carried = summed(
      PartSums([[0, 1], [2]], positions: 3, missing: .carried),
      column,
      columns: 1
    )
    #expect(carried[0].isNaN && carried[1] == 4)
  }

  /// Against plain loops, to the last bit, for whole and broken groups of columns.
  @Test(arguments: Kernel.available, [PartSums.MissingRule.leftOut, .carried])
  func likePlainLoops(kernel: Kernel, missing: PartSums.MissingRule) {
    var generator = SplitMix64(seed: 21)
    for (positions, count, columns) in [(1, 1, 1), (9, 2, 8), (30, 7, 17), (357, 73, 40)] {
      let parts = (0..<count).map { part in
        (0..<positions).filter { $0 % count == part }.shuffled(using: &generator)
      }
      let values = (0..<positions * columns).map { _ in
        generator.next() % 50 == 0 ? .nan : Double.random(in: -1e6...1e6, using: &generator)
      }
      let sums = PartSums(parts, positions: positions, missing: missing, kernel: kernel)
      var expected: [Double] = []
      for column in 0..<columns {
        for part in parts {
          var sum = 0.0
          for position in part {
            let value = values[column * positions + position]
            if missing == .carried || !value.isNaN { sum += value }
          }
          expected.append(sum)
        }
      }
      let found = summed(sums, values, columns: columns)
      #expect(zip(found, expected).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN })
      var shared = [Double](repeating: -1, count: expected.count)
      values.withUnsafeBufferPointer { values in
        shared.withUnsafeMutableBufferPointer {
          sums.sum(columns: columns, of: values, into: $0, threads: 3)
        }
      }
      #expect(shared.map(\.bitPattern) == found.map(\.bitPattern))
    }
  }

  /// Columns that lie apart; nothing is written between the sums.
  @Test(arguments: Kernel.available)
  func strides(kernel: Kernel) {
    let sums = PartSums([[0, 1], [2]], positions: 3, kernel: kernel)
    let values: [Double] = (0..<10).flatMap { [Double($0), 1, 5, 1000] }
    var found = [Double](repeating: -1, count: 40)
    values.withUnsafeBufferPointer { values in
      found.withUnsafeMutableBufferPointer {
        sums.sum(columns: 10, of: values, stride: 4, into: $0, sumStride: 4)
      }
    }
    #expect(found == (0..<10).flatMap { [Double($0) + 1, 5, -1, -1] })
  }

  @Test func mistakes() async {
    await #expect(processExitsWith: .failure) { _ = PartSums([[3]], positions: 3) }
    await #expect(processExitsWith: .failure) {
      var sums = [0.0]
      [1.0, 2].withUnsafeBufferPointer { values in
        sums.withUnsafeMutableBufferPointer {
          PartSums([[0], [1]], positions: 2)
            .sum(columns: 1, of: values, stride: 2, into: $0, sumStride: 2)
        }
      }
    }
  }

  private func summed(_ sums: PartSums, _ values: [Double], columns: Int) -> [Double] {
    var found = [Double](repeating: -1, count: columns * sums.count)
    values.withUnsafeBufferPointer { values in
      found.withUnsafeMutableBufferPointer {
        sums.sum(
          columns: columns,
          of: values,
          stride: sums.positions,
          into: $0,
          sumStride: sums.count
        )
      }
    }
    return found
  }
}
