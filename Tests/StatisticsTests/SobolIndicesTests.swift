import Foundation
import Statistics
import TestSupport
import Testing

@Suite struct SobolIndicesTests {
  /// The indices of a function of uniform inputs between −π and π, by Monte Carlo.
  private static func indices(
    inputs: Int,
    draws: Int = 60_000,
    _ function: ([Double]) -> Double
  ) -> SobolIndices {
    var generator = SplitMix64(seed: 91)
    func sample() -> [[Double]] {
      (0..<draws).map { _ in
        (0..<inputs).map { _ in Double.random(in: -.pi...Double.pi, using: &generator) }
      }
    }
    let (a, b) = (sample(), sample())
    return SobolIndices(
      a: a.map(function),
      b: b.map(function),
      mixed: (0..<inputs).map { input in
        zip(a, b).map { x, y in
          var x = x
          x[input] = y[input]
          return function(x)
        }
      }
    )
  }

  /// Within four standard errors, and these are small.
  private func expect(_ found: [SobolIndices.Index], _ expected: [Double]) {
    for (index, value) in zip(found, expected) {
      #expect(abs(index.value - value) <= 4 * index.standardError + 1e-12)
      #expect(index.standardError < 0.02)
    }
  }

  /// T. Ishigami & T. Homma (1990): sin x₁ + 7 sin² x₂ + x₃⁴ sin x₁ / 10, whose indices are known.
  @Test func ishigami() {
    let (a, b) = (7.0, 0.1)
    let found = Self.indices(inputs: 3) { x in
      sin(x[0]) + a * sin(x[1]) * sin(x[1]) + b * pow(x[2], 4) * sin(x[0])
    }
    let first = [0.5 * pow(1 + b * pow(.pi, 4) / 5, 2), a * a / 8, 0]
    let both = b * b * pow(.pi, 8) * 8 / 225
    let variance = first.reduce(0, +) + both
    expect(found.first, first.map { $0 / variance })
    expect(found.total, [(first[0] + both) / variance, first[1] / variance, both / variance])
    expectClose(found.variance, variance, relative: 0.02)
  }

  /// Of a sum, each input has the share of its own variance, and first order and total are the same.
  @Test func linear() {
    let found = Self.indices(inputs: 3) { 1000 + 3 * $0[0] + 2 * $0[1] + $0[2] }
    expect(found.first, [9.0 / 14, 4.0 / 14, 1.0 / 14])
    expect(found.total, [9.0 / 14, 4.0 / 14, 1.0 / 14])
  }

  @Test func nothingVaries() {
    let found = SobolIndices(a: [5, 5, 5], b: [5, 5, 5], mixed: [[5, 5, 5]])
    #expect(found.variance == 0)
    #expect(found.first[0].value.isNaN && found.total[0].standardError.isNaN)
  }

  @Test func mistakes() async {
    await #expect(processExitsWith: .failure) { _ = SobolIndices(a: [1], b: [1], mixed: []) }
  }
}
