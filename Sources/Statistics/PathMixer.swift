internal import CKernels

/// Mixes standard normal numbers to the changes of many positions over some years.
///
/// The change of a position in a year is
///
///     sign · (scale · Σ weight · shock + path of the position's group)
///
/// with the sum over the years so far. Products and sums are taken one after the other, each rounded
/// by itself, so the changes are the same to the last bit on every machine.
public struct PathMixer: Sendable, Hashable {
  private typealias Lanes = SIMD4<Double>

  /// How many numbers a year has: the positions, up to a multiple of eight.
  public let width: Int
  /// How many years there are.
  public let years: Int
  /// Where the paths of the next year begin in what the groups share.
  public let span: Int
  /// The weights, row by row of a lower triangle, each entry for all positions.
  public let weights: [Double]
  private let groups: [UInt32]

  /// Creates a mixer.
  ///
  /// - Parameters:
  ///   - weights: For each year, and each year up to it, one weight per position.
  ///   - years: How many years there are.
  ///   - groups: For each position, up to a multiple of eight, the place of its group's path in a year.
  ///   - span: How many paths a year has.
  public init(weights: [Double], years: Int, groups: [Int], span: Int) {
    precondition(
      groups.count % 8 == 0 && groups.allSatisfy((0..<span).contains)
        && weights.count == years * (years + 1) / 2 * groups.count,
      "Each position has a weight per pair of years, and a group."
    )
    width = groups.count
    self.years = years
    self.span = span
    self.weights = weights
    self.groups = groups.map { UInt32($0) }
  }

  /// Mixes the changes of all years.
  ///
  /// **Shapes**: shocks and changes are years × `width`, the position fastest; there is a scale per
  /// position; what the groups share is years × `span`.
  ///
  /// - Parameters:
  ///   - shocks: Standard normal numbers; `nil` for none.
  ///   - scales: What the own part of a position is multiplied by.
  ///   - shared: The paths of the groups; `nil` for none.
  ///   - sign: What the changes are multiplied by.
  ///   - changes: Where they go.
  ///   - kernel: What computes; the results are the same.
  /// - Complexity: O(*u* *y*²), with *u* positions and *y* years.
  public func mix(
    shocks: UnsafePointer<Double>?,
    scales: UnsafePointer<Double>,
    shared: UnsafePointer<Double>?,
    sign: Double,
    into changes: UnsafeMutablePointer<Double>,
    kernel: Kernel = .best
  ) {
    weights.withUnsafeBufferPointer { weights in
      groups.withUnsafeBufferPointer { groups in
        guard let weights = weights.baseAddress, let groups = groups.baseAddress else { return }
        guard let kernels = kernel.table else {
          return mix(shocks, scales, shared, sign, changes, weights, groups)
        }
        var paths = ckernels_paths(
          width: width,
          years: UInt32(years),
          weights: weights,
          shocks: shocks,
          scales: scales,
          groups: groups,
          shared: shared,
          span: span
        )
        kernels.mix_paths(&paths, sign, changes)
      }
    }
  }

  private func mix(
    _ shocks: UnsafePointer<Double>?,
    _ scales: UnsafePointer<Double>,
    _ shared: UnsafePointer<Double>?,
    _ sign: Double,
    _ changes: UnsafeMutablePointer<Double>,
    _ weights: UnsafePointer<Double>,
    _ groups: UnsafePointer<UInt32>
  ) {
    func lanes(_ start: UnsafePointer<Double>) -> Lanes {
      UnsafeRawPointer(start).loadUnaligned(as: Lanes.self)
    }
    for first in stride(from: 0, to: width, by: 4) {
      let scale = lanes(scales + first) * sign
      let groups = groups + first
      var weight = weights + first
      for row in 0..<years {
        var sum = Lanes.zero
        if let shocks {
          for column in 0...row {
            sum += lanes(weight) * lanes(shocks + column * width + first)
            weight += width
          }
          sum *= scale
        }
        if let path = shared.map({ $0 + row * span }) {
          let all = Lanes(
            path[Int(groups[0])],
            path[Int(groups[1])],
            path[Int(groups[2])],
            path[Int(groups[3])]
          )
          sum += all * sign
        }
        UnsafeMutableRawPointer(changes + row * width + first).storeBytes(of: sum, as: Lanes.self)
      }
    }
  }
}
