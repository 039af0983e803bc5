import Statistics
import TestSupport
import Testing

/// What is done with rows of draws, by every kernel, against plain loops over single numbers, to the
/// last bit.
@Suite struct RowKernelTests {
  @Test(arguments: Kernel.available)
  func normalNumbers(kernel: Kernel) {
    for (seed, stream, draw) in [
      (0, 0, 0), (2026, 3, 48), (.max, .max, 1 << 40 + 16), (9, 1 << 31, .max - 15),
      (4, 7, UInt64(UInt32.max) - 15),
    ] as [(UInt64, UInt32, UInt64)] {
      let plain = CounterNormals(seed: seed, kernel: .reference)
      let numbers = (0..<16).map { lane in
        var column = [Double](repeating: 0, count: 400)
        column.withUnsafeMutableBufferPointer {
          plain.fill($0, stream: stream, draw: draw + UInt64(lane))
        }
        return column
      }
      let fast = CounterNormals(seed: seed, kernel: kernel)
      for (first, count) in [(0, 0), (0, 1), (0, 16), (16, 5), (64, 64), (320, 37), (0, 357)] {
        let rows = filled(count) { fast.fillRows($0, from: first, stream: stream, draw: draw) }
        for (index, row) in rows.enumerated() {
          #expect((0..<16).allSatisfy { row[$0] == numbers[$0][first + index] })
        }
      }
    }
  }

  @Test func oddBeginnings() async {
    await #expect(processExitsWith: .failure) { Self.fillOne(from: 4, draw: 0) }
    await #expect(processExitsWith: .failure) { Self.fillOne(from: 0, draw: 8) }
  }

  private static func fillOne(from first: Int, draw: UInt64) {
    var rows: [DrawRow] = [.zero]
    rows.withUnsafeMutableBufferPointer {
      CounterNormals(seed: 1).fillRows($0, from: first, stream: 0, draw: draw)
    }
  }

  @Test(arguments: Kernel.available, [1, 7, 8, 73])
  func columnsSideBySide(kernel: Kernel, count: Int) {
    let columns = (0..<16 * (count + 3)).map(Double.init)
    let rows = filled(count) { laySideBySide(columns, stride: count + 3, into: $0, kernel: kernel) }
    for (index, row) in rows.enumerated() {
      #expect((0..<16).allSatisfy { row[$0] == Double($0 * (count + 3) + index) })
    }
    var apart = [Double](repeating: -1, count: columns.count)
    rows.withUnsafeBufferPointer {
      layApart($0, into: &apart, stride: count + 3, kernel: kernel)
    }
    let gaps = columns.map { Int($0) % (count + 3) < count ? $0 : -1 }
    #expect(apart == gaps)
  }

  @Test(arguments: Kernel.available, [1, 31, 32, 33, 357])
  func smallerPlaces(kernel: Kernel, count: Int) {
    var generator = SplitMix64(seed: 18)
    let columns = 40
    let places = (0..<columns * (count + 2)).map { _ in
      UInt16.random(in: 0...UInt16.max, using: &generator)
    }
    let unit = count / 2
    var counts = [UInt32](repeating: 5, count: count)
    counts.withUnsafeMutableBufferPointer {
      countSmaller(
        than: unit,
        places,
        stride: count + 2,
        columns: columns,
        into: $0,
        kernel: kernel
      )
    }
    for entry in 0..<count {
      let smaller = (0..<columns).count {
        places[$0 * (count + 2) + entry] < places[$0 * (count + 2) + unit]
      }
      #expect(counts[entry] == 5 + UInt32(smaller))
    }
  }

  @Test(arguments: Kernel.available)
  func exponentials(kernel: Kernel) {
    var source = RowSource(seed: 41)
    let rows = source.rows(9, in: -30...30)
    var plain = rows.flatMap { row in (0..<16).map { row[$0] } }
    plain.withUnsafeMutableBufferPointer { exponentiate($0, kernel: .reference) }
    let found = filled(9) {
      _ = $0.update(fromContentsOf: rows)
      exponentiate(rows: $0, kernel: kernel)
    }
    #expect(found.flatMap { row in (0..<16).map { row[$0] } } == plain)
  }

  /// With and without paths of groups and scales.
  @Test(
    arguments: Kernel.available,
    [[false, true], [true, true], [false, false], [true, false]]
  )
  func mixedPaths(kernel: Kernel, has: [Bool]) {
    let (isShared, hasScales) = (has[0], has[1])
    var source = RowSource(seed: 14)
    for (positions, years, part) in [(1, 1, 0..<1), (20, 3, 3..<20), (80, 1, 64..<80)] {
      let (span, room) = (9, 20)
      let weights = source.numbers(years * (years + 1) / 2 * positions)
      let groups = source.numbers(positions).map { Int(($0 + 1) * 4) }
      let mixer = PathMixer(weights: weights, years: years, groups: groups, span: span)
      let own = source.rows(years * room)
      let scales = source.rows(positions)
      let shared = source.rows(years * span)
      for (sign, hasOwn) in [(1.0, true), (-1, true), (-1, false)] {
        let changes = filled(years * room) { changes in
          guard let start = changes.baseAddress else { return }
          withPointers(own, scales, shared) { own, scales, shared in
            mixer.mix(
              part,
              PathMixer.Shocks(
                own: hasOwn ? own : nil,
                scales: hasScales ? scales : nil,
                shared: isShared ? shared : nil,
                room: room
              ),
              sign: sign,
              into: start,
              kernel: kernel
            )
          }
        }
        for (index, position) in part.enumerated() {
          for row in 0..<years {
            for lane in 0..<16 {
              var sum = 0.0
              for column in 0...row where hasOwn {
                let weight = weights[(row * (row + 1) / 2 + column) * positions + position]
                sum += weight * own[column * room + index][lane]
              }
              if hasOwn { sum *= (hasScales ? scales[index][lane] : 1) * sign }
              if isShared { sum += shared[row * span + groups[position]][lane] * sign }
              #expect(changes[row * room + index][lane] == sum)
            }
          }
        }
      }
    }
  }

  @Test(arguments: Kernel.available, [0, 1, 2])
  func grownFigures(kernel: Kernel, kind: Int) {
    var source = RowSource(seed: 15)
    let central = source.numbers(30).map { 10 + $0 } + [.nan]
    let bases = source.numbers(30).map { 12 + $0 } + [0]
    let slack = source.numbers(31).map { 0.5 + 0.1 * $0 }
    let (changes, factors) = (source.rows(31, in: 0.9...1.1), source.rows(31, in: 0.9...1.1))
    let scale = [FigureGrowth.Scale.log, .logit(slack: slack), .identity][kind]
    for (hasBottoms, moves, isRatio, isShare) in [
      (false, false, false, false), (true, false, false, true), (true, false, true, true),
      (true, true, false, false), (true, true, true, true),
    ] {
      let limits = FigureGrowth.Limits(minimum: 9, maximum: 11.5, isShare: isShare)
      let figures = FigureGrowth(
        numerators: central,
        denominators: hasBottoms ? bases : [],
        scale: scale,
        isRatio: isRatio,
        limits: limits,
        kernel: kernel
      )
      for part in [0..<31, 7..<20] {
        var broken: UInt16 = 0
        var bottoms = [DrawRow](repeating: .one, count: part.count)
        let tops = filled(part.count) { tops in
          guard let top = tops.baseAddress else { return }
          withPointers(changes, factors, []) { changes, factors, _ in
            broken = figures.grow(
              part,
              changes: changes,
              growth: moves ? factors : nil,
              into: top,
              &bottoms
            )
          }
        }
        var isBroken: UInt16 = 0
        for (index, position) in part.enumerated() {
          for lane in 0..<16 {
            let change = changes[index][lane]
            var top: Double
            switch kind {
            case 0: top = central[position] * change
            case 1: top = central[position] / (1 + slack[position] * (change - 1))
            default: top = central[position] + (isRatio ? change * bases[position] : change)
            }
            var bottom = bases[position]
            if moves {
              if isRatio { top *= factors[index][lane] }
              bottom *= factors[index][lane]
            }
            #expect(tops[index][lane] == top || top.isNaN && tops[index][lane].isNaN)
            #expect(bottoms[index][lane] == (hasBottoms ? bottom : 1))
            if top < 9 || top > 11.5 || hasBottoms && (bottom <= 0 || isShare && top > bottom) {
              isBroken |= 1 << UInt16(lane)
            }
          }
        }
        #expect(broken == isBroken)
      }
    }
  }

  /// With and without denominators and what values are relative to.
  @Test(
    arguments: Kernel.available,
    [[false, true], [true, true], [false, false], [true, false]]
  )
  func quotients(kernel: Kernel, has: [Bool]) {
    let (hasBottoms, isRelative) = (has[0], has[1])
    var source = RowSource(seed: 16)
    let rows: [Int?] = [3, nil, 0, 1, 2]
    let tops = source.rows(4)
    var bottoms = source.rows(4)
    bottoms[1][5] = 0
    bottoms[2][6] = -0.0
    let ratio = source.rows(1)[0]
    let quotients = RowQuotients(rows: rows, scale: 100, kernel: kernel)
    let values = filled(rows.count) { values in
      guard let start = values.baseAddress else { return }
      withPointers(tops, bottoms, []) { tops, bottoms, _ in
        quotients.divide(
          tops,
          by: hasBottoms ? bottoms : nil,
          relativeTo: isRelative ? ratio : nil,
          into: start
        )
      }
    }
    for (entry, row) in rows.enumerated() {
      for lane in 0..<16 {
        var value = row.map { tops[$0][lane] } ?? .nan
        if hasBottoms, let row {
          value = bottoms[row][lane] == 0 ? .nan : value / bottoms[row][lane]
        }
        if isRelative { value /= ratio[lane] }
        value *= 100
        let found = values[entry][lane]
        #expect(found == value || found.isNaN && value.isNaN)
      }
    }
  }

  @Test(arguments: Kernel.available, [PartSums.MissingRule.leftOut, .carried])
  func sums(kernel: Kernel, missing: PartSums.MissingRule) {
    for isWeighted in [false, true] { sums(kernel, missing, isWeighted: isWeighted) }
  }

  private func sums(_ kernel: Kernel, _ missing: PartSums.MissingRule, isWeighted: Bool) {
    var source = RowSource(seed: 17)
    var values = source.rows(30)
    values[4][3] = .nan
    let weights = source.rows(30)
    let parts = [[0, 7, 29], [], [4, 2, 1], Array(5..<30)]
    let sums = PartSums(parts, positions: 30, missing: missing, kernel: kernel)
    let found = filled(parts.count) { found in
      guard let start = found.baseAddress else { return }
      withPointers(values, weights, []) { values, weights, _ in
        sums.sum(rows: values, weights: isWeighted ? weights : nil, into: start)
      }
    }
    for (index, part) in parts.enumerated() {
      for lane in 0..<16 {
        var sum = 0.0
        for position in part {
          let value = values[position][lane] * (isWeighted ? weights[position][lane] : 1)
          if missing == .carried || !value.isNaN { sum += value }
        }
        #expect(found[index][lane] == sum || sum.isNaN && found[index][lane].isNaN)
      }
    }
  }

  // MARK: - Rows

  /// Made-up numbers.
  private struct RowSource {
    private var generator: SplitMix64

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    mutating func numbers(_ count: Int) -> [Double] {
      (0..<count).map { _ in Double.random(in: -1...1, using: &generator) }
    }

    mutating func rows(_ count: Int, in range: ClosedRange<Double> = -1...1) -> [DrawRow] {
      (0..<count).map { _ in DrawRow.random(in: range, using: &generator) }
    }
  }

  private func withPointers(
    _ a: [DrawRow],
    _ b: [DrawRow],
    _ c: [DrawRow],
    _ body: (UnsafePointer<DrawRow>, UnsafePointer<DrawRow>, UnsafePointer<DrawRow>) -> Void
  ) {
    body(a, b, c)
  }

  private func filled(
    _ count: Int,
    _ body: (UnsafeMutableBufferPointer<DrawRow>) -> Void
  ) -> [DrawRow] {
    // One more row on each side shows whether anything is written outside.
    let edge = DrawRow(repeating: -77)
    var all = [DrawRow](repeating: edge, count: count + 2)
    all.withUnsafeMutableBufferPointer { all in
      body(UnsafeMutableBufferPointer(rebasing: all[1..<count + 1]))
    }
    #expect(all.first == edge && all.last == edge)
    return Array(all[1..<count + 1])
  }
}
