import TestSupport
import Testing

@testable import Statistics

@Suite struct CounterNormalsTests {
  /// The known answers that the authors publish with their library Random123.
  @Test(
    arguments: [
      ([0, 0, 0, 0], 0, [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
      (
        [0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff], 0xffff_ffff_ffff_ffff,
        [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
      ),
      (
        [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], 0x299f_31d0_a409_3822,
        [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
      ),
    ] as [([UInt64], UInt64, [UInt64])]
  )
  func knownAnswers(counter: [UInt64], key: UInt64, answer: [UInt64]) {
    let pairs = counter.map { Philox.Pair(repeating: $0) }
    var blocks = Philox.Blocks(pairs[0], pairs[1], pairs[2], pairs[3])
    Philox(key: key).keys.withUnsafeBufferPointer { keys in
      guard let keys = keys.baseAddress else { return }
      for round in 0..<10 { blocks.mix(keys, round: round) }
    }
    for lane in 0..<2 {
      #expect(blocks.first[lane] == answer[0] | answer[1] << 32)
      #expect(blocks.second[lane] == answer[2] | answer[3] << 32)
    }
  }

  @Test func numbersOfPlainPythonAndSciPy() throws {
    for row in try ReferenceTable("Reference/counter_normals.csv").rows {
      let numbers = CounterNormals(seed: try #require(UInt64(row["seed"])))
      let stream = try #require(UInt32(row["stream"]))
      let draw = try #require(UInt64(row["draw"]))
      let index = try #require(Int(row["index"]))
      let uniform = uniforms(numbers, index + 1, stream, draw)[index]
      #expect(uniform == row.number("uniform"))
      let normal = normals(numbers, index + 1, stream, draw)[index]
      expectClose(normal, row.number("normal"), relative: 0, absolute: 1e-10)
    }
  }

  /// The last bits of a few numbers, so that another machine that differs is found out.
  @Test func bitsOfEveryMachine() {
    let numbers = normals(CounterNormals(seed: 2026), 1000, 5, 77)
    let mixed = numbers.reduce(into: 0 as UInt64) { mixed, number in
      mixed = (mixed ^ number.bitPattern) &* 0x9E37_79B9_7F4A_7C15
      mixed ^= mixed >> 29
    }
    #expect(mixed == 8_564_335_183_471_600_333)
  }

  @Test func aShorterBufferGetsTheBeginning() {
    let numbers = CounterNormals(seed: 3)
    let long = normals(numbers, 100, 1, 2)
    let longUniforms = uniforms(numbers, 100, 1, 2)
    for count in [0, 1, 2, 3, 4, 5, 15, 16, 17, 31, 33, 99] {
      #expect(normals(numbers, count, 1, 2) == Array(long[..<count]))
      #expect(uniforms(numbers, count, 1, 2) == Array(longUniforms[..<count]))
    }
    CounterNormals(seed: 1).fill(
      UnsafeMutableBufferPointer(start: nil, count: 0),
      stream: 0,
      draw: 0
    )
  }

  /// Every octave, at the edges of cells and within, against the rational approximation itself.
  @Test func quantileInEveryOctave() {
    var generator = SplitMix64(seed: 11)
    NormalQuantiles.coefficients.withUnsafeBufferPointer { table in
      guard let table = table.baseAddress else { return }
      for octave in 0..<52 {
        let low = UInt64(1) << octave
        let inside = (0..<8).map { _ in low + generator.next() % low }
        for number in [low - 1, low, low + low / 64, 2 * low - 1] + inside where number < 1 << 51 {
          let bits = SIMD2(number << 12, ~(number << 12))
          let uniform = NormalQuantiles.uniforms(ofBits: bits)
          #expect(uniform.x == (2 * Double(number) + 1) * 0x1p-53)
          #expect(uniform.y == 1 - uniform.x)
          let quantile = NormalQuantiles.quantiles(ofBits: bits, table)
          let exact = StandardNormals.quantile(uniform.x)
          expectClose(quantile.x, exact, relative: 0, absolute: 1e-10, "octave \(octave)")
          #expect(quantile.y == -quantile.x)
        }
      }
    }
  }

  @Test func momentsAndTails() {
    let count = 200_000
    let sample = normals(CounterNormals(seed: 42), count, 0, 0)
    // Expected moments with five standard errors of a sample of this size.
    let moments: [(power: Int, mean: Double, variance: Double)] = [
      (1, 0, 1), (2, 1, 2), (3, 0, 15), (4, 3, 96), (6, 15, 10_170),
    ]
    for (power, mean, variance) in moments {
      var sum = 0.0
      for number in sample { sum += (1...power).reduce(1) { product, _ in product * number } }
      let error = 5 * (variance / Double(count)).squareRoot()
      expectClose(sum / Double(count), mean, relative: 0, absolute: error, "power \(power)")
    }
    for (bound, probability) in [(1.0, 0.3173105), (2, 0.0455003), (3, 0.0026998), (4, 6.334e-5)] {
      let beyond = Double(sample.count { abs($0) > bound })
      let expected = probability * Double(count)
      #expect(abs(beyond - expected) < 5 * expected.squareRoot(), "beyond \(bound)")
    }
  }

  /// Kolmogorov–Smirnov over cells of few numbers each, as a simulation asks for them: the largest
  /// distance exceeds 1.95/√n once in a thousand samples.
  @Test func distributionOverManyDraws() {
    let numbers = CounterNormals(seed: 9)
    var sample: [Double] = []
    for draw in 0..<2000 { sample += uniforms(numbers, 21, 4, UInt64(draw)) }
    sample.sort()
    let count = Double(sample.count)
    var distance = 0.0
    for (index, uniform) in sample.enumerated() {
      distance = max(distance, uniform - Double(index) / count, Double(index + 1) / count - uniform)
    }
    #expect(distance < 1.95 / count.squareRoot())
    #expect(zip(sample, sample.dropFirst()).allSatisfy { $0 < $1 })
  }

  /// Correlations between neighbours in every direction are within five standard errors of 0.
  @Test func neighboursAreUncorrelated() {
    let count = 20_000
    func sample(_ seed: UInt64, _ stream: UInt32, _ draw: UInt64) -> [Double] {
      normals(CounterNormals(seed: seed), count, stream, draw)
    }
    let one = sample(1, 1, 1)
    let others = [
      sample(2, 1, 1), sample(1 << 32 | 1, 1, 1), sample(1, 2, 1), sample(1, 0, 1),
      sample(1, 1, 2), sample(1, 1, 1 << 32 | 1), Array(one[1...] + one[..<1]),
      Array(one[2...] + one[..<2]), Array(one[4...] + one[..<4]),
    ]
    for (index, other) in others.enumerated() {
      for (f, g) in [({ $0 }, { $0 }), ({ $0 * $0 - 1 }, { $0 * $0 - 1 })] as [Pairing] {
        var (product, size) = (0.0, 0.0)
        for (a, b) in zip(one, other) {
          product += f(a) * g(b)
          size += f(a) * f(a)
        }
        #expect(abs(product) < 5 * size / Double(count).squareRoot(), "pairing \(index)")
      }
    }
  }

  private typealias Pairing = ((Double) -> Double, (Double) -> Double)

  private func normals(
    _ numbers: CounterNormals,
    _ count: Int,
    _ stream: UInt32,
    _ draw: UInt64
  ) -> [Double] {
    Array(unsafeUninitializedCapacity: count) { buffer, filled in
      let part = UnsafeMutableBufferPointer(rebasing: buffer[..<count])
      numbers.fill(part, stream: stream, draw: draw)
      filled = count
    }
  }

  private func uniforms(
    _ numbers: CounterNormals,
    _ count: Int,
    _ stream: UInt32,
    _ draw: UInt64
  ) -> [Double] {
    Array(unsafeUninitializedCapacity: count) { buffer, filled in
      let part = UnsafeMutableBufferPointer(rebasing: buffer[..<count])
      numbers.fillUniforms(part, stream: stream, draw: draw)
      filled = count
    }
  }
}
