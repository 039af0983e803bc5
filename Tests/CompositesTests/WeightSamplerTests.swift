import Composites
import Foundation
import Statistics
import TestSupport
import Testing

@Suite struct WeightSamplerTests {
  /// The mean of a Dirichlet weight is w, its variance w(1 − w)/(c + 1), and two have the covariance
  /// −v w/(c + 1); also with shapes below 1.
  @Test(arguments: [0.8, 6, 200])
  func momentsOfDirichlet(concentration: Double) {
    let weights = [0.5, 0.3, 0.15, 0.05]
    let sampler = WeightSampler(
      weights: weights,
      scheme: .dirichlet(concentration: concentration),
      seed: 12
    )
    let count = 40_000
    let draws = (0..<UInt64(count)).map { sampler.weights(ofDraw: $0) }
    for draw in draws {
      expectClose(draw.reduce(0, +), 1)
      #expect(draw.allSatisfy { $0 >= 0 })
    }
    for i in 0..<4 {
      let mean = draws.reduce(0) { $0 + $1[i] } / Double(count)
      let variance = weights[i] * (1 - weights[i]) / (concentration + 1)
      #expect(abs(mean - weights[i]) < 5 * (variance / Double(count)).squareRoot())
      for j in 0..<i {
        let expected = -weights[i] * weights[j] / (concentration + 1)
        let found = draws.reduce(0) { $0 + ($1[i] - weights[i]) * ($1[j] - weights[j]) }
        #expect(abs(found / Double(count) - expected) < 0.05 * variance.squareRoot() * 0.2)
      }
      let found = draws.reduce(0) { $0 + ($1[i] - weights[i]) * ($1[i] - weights[i]) }
      expectClose(found / Double(count), variance, relative: 0.06)
    }
  }

  /// Half of the mass of a weight of ½ lies below ½, and its quartiles are those of a beta distribution.
  @Test func quartilesOfBeta() {
    let sampler = WeightSampler(
      weights: [0.5, 0.5],
      scheme: .dirichlet(concentration: 4),
      seed: 3
    )
    let drawn = (0..<40_000 as Range<UInt64>).map { sampler.weights(ofDraw: $0)[0] }
    // Beta(2, 2): F(x) = 3x² − 2x³.
    for (x, share) in [(0.25, 0.15625), (0.5, 0.5), (0.75, 0.84375)] {
      let found = Double(drawn.count { $0 < x }) / 40_000
      #expect(abs(found - share) < 0.01)
    }
  }

  @Test func zeroStaysZeroAndStreamsDiffer() {
    for scheme in [.dirichlet(concentration: 30), .spread(0.5)] as [WeightScheme] {
      let sampler = WeightSampler(weights: [1, 0, 3], scheme: scheme, seed: 1)
      for draw in 0..<50 as Range<UInt64> {
        let weights = sampler.weights(ofDraw: draw)
        #expect(weights[1] == 0)
        #expect(weights != sampler.weights(ofDraw: draw, stream: 1))
        #expect(weights == sampler.weights(ofDraw: draw))
      }
    }
  }

  /// Every kernel draws the same bits.
  @Test(arguments: Kernel.available)
  func kernelsDrawTheSame(kernel: Kernel) {
    let sampler = WeightSampler(
      weights: (1...20).map(Double.init),
      scheme: .dirichlet(concentration: 15),
      seed: 9
    )
    for draw in 0..<200 as Range<UInt64> {
      var drawn = [Double](repeating: 0, count: 20)
      drawn.withUnsafeMutableBufferPointer {
        sampler.write(draw, stream: 0, into: $0, CounterNormals(seed: 9, kernel: kernel))
      }
      #expect(drawn == sampler.weights(ofDraw: draw))
    }
  }

  @Test func mistakes() async {
    await #expect(processExitsWith: .failure) {
      _ = WeightSampler(weights: [1], scheme: .dirichlet(concentration: 0), seed: 1)
    }
    await #expect(processExitsWith: .failure) {
      _ = WeightSampler(weights: [0], scheme: .spread(0.1), seed: 1)
    }
    await #expect(processExitsWith: .failure) {
      _ = WeightSampler(weights: [1], scheme: .spread(2), seed: 1)
    }
  }
}
