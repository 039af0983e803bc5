import Statistics
import TestSupport
import Testing

/// Every kernel against the plain reference in Swift, to the last bit.
@Suite struct KernelTests {
  private static let others = Kernel.available.filter { $0 != .reference }
  private static let counts = [0, 1, 7, 8, 9, 15, 16, 17, 73, 127, 128, 129, 130, 255, 357, 1000]

  @Test func theReferenceIsAlwaysThere() {
    #expect(Kernel.available.first == .reference)
    #expect(Kernel.available.contains(.baseline))
    #expect(Kernel.available.contains(Kernel.best))
  }

  @Test func aKernelThatIsNotThere() async {
    guard !Kernel.available.contains(.avx512) else { return }
    await #expect(processExitsWith: .failure) { _ = BatchRanks(count: 3, kernel: .avx512) }
  }

  @Test(arguments: others)
  func normalAndUniformNumbers(kernel: Kernel) {
    for (seed, stream, draw) in [
      (0, 0, 0), (2026, 3, 41), (.max, .max, 1 << 40 + 7), (9, 1 << 31, .max),
    ] as [(UInt64, UInt32, UInt64)] {
      let plain = CounterNormals(seed: seed, kernel: .reference)
      let fast = CounterNormals(seed: seed, kernel: kernel)
      for count in Self.counts {
        let normals = filled(count) { plain.fill($0, stream: stream, draw: draw) }
        #expect(filled(count) { fast.fill($0, stream: stream, draw: draw) } == normals)
        let uniforms = filled(count) { plain.fillUniforms($0, stream: stream, draw: draw) }
        #expect(filled(count) { fast.fillUniforms($0, stream: stream, draw: draw) } == uniforms)
      }
    }
  }

  /// Many numbers, so that also cells far out in the tails are met.
  @Test(arguments: others)
  func normalNumbersFarOut(kernel: Kernel) {
    let plain = CounterNormals(seed: 5, kernel: .reference)
    let fast = CounterNormals(seed: 5, kernel: kernel)
    for draw in 0..<40 as Range<UInt64> {
      let expected = filled(4096) { plain.fill($0, stream: 1, draw: draw) }
      #expect(filled(4096) { fast.fill($0, stream: 1, draw: draw) } == expected)
    }
  }

  @Test(arguments: others)
  func exponentials(kernel: Kernel) {
    var generator = SplitMix64(seed: 12)
    let edges: [Double] = [
      0, -0.0, 1, -1, .nan, .infinity, -.infinity, 708, 708.0.nextUp, 709.78, 709.79, 710, 710.1,
      -708, -708.5, -745.1, -745.2, -746, -746.1, 0x1p-1070, 0x1p-60, .greatestFiniteMagnitude,
    ]
    for count in Self.counts {
      let ordinary = (0..<count).map { _ in Double.random(in: -30...30, using: &generator) }
      let odd = ordinary.map {
        generator.next() % 5 == 0 ? edges.randomElement(using: &generator) ?? $0 : $0
      }
      for numbers in [ordinary, odd] {
        var (plain, fast) = (numbers, numbers)
        plain.withUnsafeMutableBufferPointer { exponentiate($0, kernel: .reference) }
        fast.withUnsafeMutableBufferPointer { exponentiate($0, kernel: kernel) }
        #expect(fast.map(\.bitPattern) == plain.map(\.bitPattern))
      }
    }
  }

  @Test(arguments: others)
  func cubicTables(kernel: Kernel) {
    var generator = SplitMix64(seed: 13)
    let table = CubicTable(
      lowest: -2,
      cellsPerUnit: 8,
      coefficients: (0..<4 * 32).map { _ in Double.random(in: -1...1, using: &generator) }
    )
    for count in Self.counts {
      let numbers = (0..<count).map { _ in Double.random(in: -2..<2, using: &generator) }
      var (plain, fast) = (numbers, numbers)
      plain.withUnsafeMutableBufferPointer { table.replace($0, kernel: .reference) }
      fast.withUnsafeMutableBufferPointer { table.replace($0, kernel: kernel) }
      #expect(fast == plain)
      #expect(plain == numbers.map(table.value))
    }
  }

  private func filled(
    _ count: Int,
    _ body: (UnsafeMutableBufferPointer<Double>) -> Void
  ) -> [Double] {
    // One more number on each side shows whether anything is written outside.
    var all = [Double](repeating: -77, count: count + 2)
    all.withUnsafeMutableBufferPointer { all in
      body(UnsafeMutableBufferPointer(rebasing: all[1..<count + 1]))
    }
    #expect(all.first == -77 && all.last == -77)
    return Array(all[1..<count + 1])
  }
}
