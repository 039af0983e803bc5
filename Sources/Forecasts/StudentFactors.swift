internal import Statistics

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#endif
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The numbers that make a normal path Student's *t* of unit variance, as a smooth function of a
/// standard normal number.
///
/// A normal number times √((ν − 2) / χ²) with χ² of ν degrees of freedom is Student's *t* of unit
/// variance. The factor at a normal number *x* is the one at the same quantile, χ² being at Φ(*x*):
/// a cubic polynomial in each of 264 cells, within 10⁻⁶ of it in relation. Unlike steps of equal
/// probability it keeps the whole tail.
public struct StudentFactors: Sendable, Hashable {
  private static let lowest = -8.25
  private static let cellsPerUnit = 16.0
  private static let cells = 264

  private let table: CubicTable

  /// Tables the factors.
  ///
  /// - Parameter degreesOfFreedom: Above 2 and finite.
  /// - Complexity: O(1,056) quantiles of the chi-squared distribution.
  public init(degreesOfFreedom: Double) {
    precondition(
      degreesOfFreedom > 2 && degreesOfFreedom.isFinite,
      "Below 2 the variance is infinite; without tails no factor is needed."
    )
    let outer = 0.9238795325112867  // cos π/8
    let inner = 0.3826834323650898  // cos 3π/8
    let nodes = [-outer, -inner, inner, outer].map { 0.5 + 0.5 * $0 }
    let coefficients = (0..<Self.cells).flatMap { cell in
      let values = nodes.map { node in
        let normal = Self.lowest + (Double(cell) + node) / Self.cellsPerUnit
        return ((degreesOfFreedom - 2) / Self.quantile(normal, degreesOfFreedom)).squareRoot()
      }
      return Self.cubic(nodes, values)
    }
    table = CubicTable(
      lowest: Self.lowest,
      cellsPerUnit: Self.cellsPerUnit,
      coefficients: coefficients
    )
  }

  /// Replaces standard normal numbers, between −8.25 and 8.25, by the factors at them.
  public func replace(_ normals: UnsafeMutableBufferPointer<Double>) { table.replace(normals) }

  /// The factor at a standard normal number.
  public func factor(at normal: Double) -> Double { table.value(at: normal) }

  /// The chi-squared quantile at the probability below a normal number, by Newton's method on the
  /// logarithms of the quantile and of the smaller tail. It starts from the larger of the bound
  /// P(a, y) ≤ yᵃ/Γ(a + 1) and the approximation of Wilson & Hilferty (1931),
  /// https://doi.org/10.1073/pnas.17.12.684.
  private static func quantile(_ normal: Double, _ freedom: Double) -> Double {
    let tail = 0.5 * erfc(abs(normal) / 2.0.squareRoot())
    let a = freedom / 2
    let spread = 2 / (9 * freedom)
    let root = max(0, 1 - spread + normal * spread.squareRoot())
    let bound = normal < 0 ? log(2) + (log(tail) + lgamma(a + 1)) / a : -.infinity
    var logarithm = max(log(freedom * root * root * root), bound)
    for _ in 0..<200 {
      let (lower, upper, slope) = gammaTails(freedom / 2, exp(logarithm) / 2)
      let found = normal < 0 ? lower : upper
      let gradient = (normal < 0 ? slope : -slope) / found
      let step = (log(tail) - log(found)) / gradient
      guard step.isFinite else { break }
      logarithm += min(max(step, -2), 2)
      if abs(step) < 1e-13 { break }
    }
    return exp(logarithm)
  }

  /// The coefficients of the cubic polynomial through four points, the highest power first.
  private static func cubic(_ nodes: [Double], _ values: [Double]) -> [Double] {
    var differences = values
    for order in 1..<4 {
      for index in stride(from: 3, through: order, by: -1) {
        differences[index] =
          (differences[index] - differences[index - 1]) / (nodes[index] - nodes[index - order])
      }
    }
    var powers = [0.0, 0, 0, 0]
    for index in stride(from: 3, through: 0, by: -1) {
      for power in stride(from: 3, through: 1, by: -1) {
        powers[power] = powers[power - 1] - nodes[index] * powers[power]
      }
      powers[0] = differences[index] - nodes[index] * powers[0]
    }
    return powers.reversed()
  }
}
