/// How much of the variance of a result each uncertain input is responsible for.
///
/// A and B are two independent samples of all inputs, *N* draws each, and A_B^k is A with input *k*
/// taken from B. With the results *f* and the variance *V* of those of A and B together:
///
///     S_k  = 1/N Σ f(B)ⱼ (f(A_B^k)ⱼ − f(A)ⱼ) / V        (Saltelli et al. 2010)
///     S_Tk = 1/2N Σ (f(A)ⱼ − f(A_B^k)ⱼ)² / V            (Jansen 1999)
///
/// S_k is the share of the variance that goes when input *k* alone is known, S_Tk the share that is
/// left when all others are known; they differ by what *k* does together with others. f(B) is taken
/// from the mean of all results, which changes nothing in expectation and makes the error smaller. An
/// estimate may fall outside 0–1 by its error.
///
/// The standard error is that of a ratio of two means (the delta method) over the *N* draws.
///
/// Sources: A. Saltelli et al. (2010), https://doi.org/10.1016/j.cpc.2009.09.018; M. J. W. Jansen
/// (1999), https://doi.org/10.1016/S0010-4655(98)00154-4.
public struct SobolIndices: Sendable, Hashable {
  /// An estimated index and its Monte Carlo error.
  public struct Index: Sendable, Hashable {
    /// The estimate.
    public let value: Double
    /// Its standard error.
    public let standardError: Double
  }

  /// The variance of the result.
  public let variance: Double
  /// The first-order index of each input; NaN when the variance is 0.
  public let first: [Index]
  /// The total index of each input; NaN when the variance is 0.
  public let total: [Index]

  /// Estimates the indices.
  ///
  /// **Shapes**: `a` and `b` have *N* results, at least 2; `mixed` has as many lists of *N* as there
  /// are inputs. All are finite.
  ///
  /// - Parameters:
  ///   - a: The results of the draws of A.
  ///   - b: The results of the draws of B.
  ///   - mixed: For each input *k* the results of the draws of A_B^k.
  /// - Complexity: O(*N* *d*), with *d* inputs.
  public init(a: [Double], b: [Double], mixed: [[Double]]) {
    precondition(
      a.count > 1 && b.count == a.count && mixed.allSatisfy { $0.count == a.count },
      "All samples have the same size, at least 2."
    )
    let count = Double(a.count)
    let mean = (a.reduce(0, +) + b.reduce(0, +)) / (2 * count)
    let squares = zip(a, b).map { x, y in
      ((x - mean) * (x - mean) + (y - mean) * (y - mean)) / 2
    }
    variance = squares.reduce(0, +) / count
    first = mixed.map { list in
      Self.ratio(a.indices.map { (b[$0] - mean) * (list[$0] - a[$0]) }, squares)
    }
    total = mixed.map { list in
      Self.ratio(a.indices.map { (a[$0] - list[$0]) * (a[$0] - list[$0]) / 2 }, squares)
    }
  }

  /// The ratio of the means of two lists, with its standard error by the delta method.
  private static func ratio(_ upper: [Double], _ lower: [Double]) -> Index {
    let count = Double(upper.count)
    let means = (upper.reduce(0, +) / count, lower.reduce(0, +) / count)
    guard means.1 > 0 else { return Index(value: .nan, standardError: .nan) }
    let ratio = means.0 / means.1
    let rest = zip(upper, lower).reduce(0) { sum, pair in
      let residual = (pair.0 - ratio * pair.1) / means.1
      return sum + residual * residual
    }
    return Index(value: ratio, standardError: (rest / (count - 1) / count).squareRoot())
  }
}
