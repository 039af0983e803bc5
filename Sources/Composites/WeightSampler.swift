public import Statistics

/// How the weights of a composite are drawn around those that it has.
public enum WeightScheme: Sendable, Hashable {
  /// Each weight is multiplied by a number uniform between 1 − spread and 1 + spread, then all are
  /// made to sum to 1.
  case spread(Double)
  /// Weights of a Dirichlet distribution with the composite's weights for means. The larger the
  /// concentration *c*, the nearer they lie: a weight *w* has the variance w(1 − w)/(c + 1).
  case dirichlet(concentration: Double)
}

/// Draws weights that sum to 1, as a pure function of a seed, a stream and a draw.
///
/// A Dirichlet draw is one of independent gamma variates divided by their sum. The variates come from
/// the method of G. Marsaglia & W. W. Tsang (2000), A simple method for generating gamma variables,
/// https://doi.org/10.1145/358407.358414; one with a shape below 1 is one with the shape increased by 1
/// times a power of a uniform number (section 6 there). Only sums, products, quotients, roots and this
/// project's own logarithm and exponential are used, so a draw is the same on every machine.
public struct WeightSampler: Sendable, Hashable {
  /// The weights around which is drawn; they sum to 1.
  public let weights: [Double]
  /// How they are drawn.
  public let scheme: WeightScheme
  /// Equal seeds give equal draws.
  public let seed: UInt64

  /// Prepares the draws.
  ///
  /// - Parameters:
  ///   - weights: The weights, 0 or more, not all 0; they need not sum to 1. A weight of 0 stays 0.
  ///   - scheme: How they are drawn: a spread of 0 to 1, or a concentration above 0.
  ///   - seed: Equal seeds give equal draws.
  public init(weights: [Double], scheme: WeightScheme, seed: UInt64) {
    precondition(
      weights.allSatisfy { $0 >= 0 && $0.isFinite } && weights.contains { $0 > 0 },
      "Weights are not negative, and not all are 0."
    )
    switch scheme {
    case .spread(let spread): precondition((0...1).contains(spread), "The spread is a share.")
    case .dirichlet(let concentration):
      precondition(concentration > 0 && concentration.isFinite, "The concentration is above 0.")
    }
    let total = weights.reduce(0, +)
    self.weights = weights.map { $0 / total }
    self.scheme = scheme
    self.seed = seed
  }

  /// Draws weights.
  ///
  /// - Parameters:
  ///   - draw: The number of the draw.
  ///   - stream: What the draw is for; other streams are independent.
  /// - Returns: The weights of the draw; they sum to 1.
  public func weights(ofDraw draw: UInt64, stream: UInt32 = 0) -> [Double] {
    var drawn = weights
    drawn.withUnsafeMutableBufferPointer {
      write(draw, stream: stream, into: $0, CounterNormals(seed: seed))
    }
    return drawn
  }

  /// Writes the weights of a draw.
  ///
  /// - Parameters:
  ///   - draw: The number of the draw.
  ///   - stream: What the draw is for, below 2²⁴.
  ///   - drawn: Where the weights go, as many as there are.
  ///   - numbers: The random numbers of the seed.
  /// - Complexity: O(*k*), with *k* weights.
  public func write(
    _ draw: UInt64,
    stream: UInt32,
    into drawn: UnsafeMutableBufferPointer<Double>,
    _ numbers: CounterNormals
  ) {
    precondition(drawn.count == weights.count, "There is room for each weight.")
    // The numbers of one stream take up to 256 streams of random numbers.
    let first = stream << 8
    switch scheme {
    case .spread(let spread):
      numbers.fillUniforms(drawn, stream: first, draw: draw)
      for index in 0..<drawn.count {
        drawn[index] = weights[index] * (1 + spread * (2 * drawn[index] - 1))
      }
    case .dirichlet(let concentration):
      writeGammas(draw, first, concentration, into: drawn, numbers)
    }
    var total = 0.0
    for index in 0..<drawn.count { total += drawn[index] }
    // All may be next to 0, but together they are 0 only where a tiny concentration makes them vanish.
    for index in 0..<drawn.count {
      drawn[index] = total > 0 ? drawn[index] / total : weights[index]
    }
  }

  private func writeGammas(
    _ draw: UInt64,
    _ first: UInt32,
    _ concentration: Double,
    into drawn: UnsafeMutableBufferPointer<Double>,
    _ numbers: CounterNormals
  ) {
    let count = drawn.count
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * count) { scratch in
      let normals = UnsafeMutableBufferPointer(rebasing: scratch[..<count])
      let uniforms = UnsafeMutableBufferPointer(rebasing: scratch[count...])
      for index in 0..<count { drawn[index] = weights[index] == 0 ? 0 : -1 }
      var (left, attempt) = (true, first + 2)
      while left {
        numbers.fill(normals, stream: attempt, draw: draw)
        numbers.fillUniforms(uniforms, stream: attempt + 1, draw: draw)
        left = false
        // After 120 attempts, of which each succeeds in more than 95 of 100, the mean is taken.
        let isLast = attempt >= first + 240
        for index in 0..<count where drawn[index] < 0 {
          let shape = concentration * weights[index]
          let raised = shape < 1 ? shape + 1 : shape
          drawn[index] = isLast ? shape : Self.gamma(raised, normals[index], uniforms[index])
          left = left || drawn[index] < 0
        }
        attempt += 2
      }
      numbers.fillUniforms(uniforms, stream: first, draw: draw)
      for index in 0..<count {
        let shape = concentration * weights[index]
        guard shape > 0, shape < 1 else { continue }
        drawn[index] *= exponential(naturalLogarithm(uniforms[index]) / shape)
      }
    }
  }

  /// A gamma variate of a shape of at least 1 from a normal and a uniform number; −1 when they are
  /// rejected.
  private static func gamma(_ shape: Double, _ normal: Double, _ uniform: Double) -> Double {
    let d = shape - 1.0 / 3
    let root = 1 + normal / (9 * d).squareRoot()
    guard root > 0 else { return -1 }
    let v = root * root * root
    let square = normal * normal
    if uniform < 1 - 0.0331 * square * square { return d * v }
    let isAccepted =
      naturalLogarithm(uniform) < square / 2 + d * (1 - v + naturalLogarithm(v))
    return isAccepted ? d * v : -1
  }
}
