internal import CKernels

/// Mixes standard normal numbers to the changes of many positions over some years, in sixteen draws
/// side by side.
///
/// The change of a position in a year is
///
///     sign · (scale · Σ weight · shock + path of the position's group)
///
/// with the sum over the years so far. Products and sums are taken one after the other, each rounded
/// by itself, so the changes are the same to the last bit on every machine.
public struct PathMixer: Sendable, Hashable {
  /// How many positions there are.
  public let positions: Int
  /// How many years there are.
  public let years: Int
  /// How many paths a year has in what the groups share.
  public let span: Int
  /// The weights, row by row of a lower triangle, each entry for all positions.
  public let weights: [Double]
  private let groups: [UInt32]

  /// What is mixed for some positions.
  ///
  /// **Shapes**: shocks are years × `room` rows, those of the positions first in each year; there is a
  /// row of scales for each position; what the groups share is years × `span` rows.
  public struct Shocks {
    /// Standard normal numbers; `nil` for none.
    public let own: UnsafePointer<DrawRow>?
    /// What the own part of a position is multiplied by; `nil` for 1.
    public let scales: UnsafePointer<DrawRow>?
    /// The paths of the groups; `nil` for none.
    public let shared: UnsafePointer<DrawRow>?
    /// How many rows lie between a year and the next, of own shocks and of changes.
    public let room: Int

    /// Names what is mixed.
    public init(
      own: UnsafePointer<DrawRow>?,
      scales: UnsafePointer<DrawRow>?,
      shared: UnsafePointer<DrawRow>?,
      room: Int
    ) {
      self.own = own
      self.scales = scales
      self.shared = shared
      self.room = room
    }
  }

  /// Creates a mixer.
  ///
  /// - Parameters:
  ///   - weights: For each year, and each year up to it, one weight per position.
  ///   - years: How many years there are.
  ///   - groups: For each position the place of its group's path in a year.
  ///   - span: How many paths a year has.
  public init(weights: [Double], years: Int, groups: [Int], span: Int) {
    precondition(
      groups.allSatisfy((0..<span).contains)
        && weights.count == years * (years + 1) / 2 * groups.count,
      "Each position has a weight per pair of years, and a group."
    )
    positions = groups.count
    self.years = years
    self.span = span
    self.weights = weights
    self.groups = groups.map { UInt32($0) }
  }

  /// Mixes the changes of some positions in all years.
  ///
  /// - Parameters:
  ///   - positions: The positions.
  ///   - shocks: What is mixed.
  ///   - sign: What the changes are multiplied by.
  ///   - changes: Where they go: years × `room` rows, those of the positions first in each year.
  ///   - kernel: What computes; the results are the same.
  /// - Complexity: O(*u* *y*²), with *u* positions and *y* years.
  public func mix(
    _ positions: Range<Int>,
    _ shocks: Shocks,
    sign: Double,
    into changes: UnsafeMutablePointer<DrawRow>,
    kernel: Kernel = .best
  ) {
    precondition(
      0 <= positions.lowerBound && positions.upperBound <= self.positions
        && positions.count <= shocks.room,
      "The positions are some of all, and there is room for them."
    )
    weights.withUnsafeBufferPointer { weights in
      groups.withUnsafeBufferPointer { groups in
        guard let weights = weights.baseAddress, let groups = groups.baseAddress else { return }
        let (first, count) = (positions.lowerBound, positions.count)
        guard let kernels = kernel.table else {
          return mix(count, weights + first, groups + first, shocks, sign, changes)
        }
        var paths = ckernels_paths(
          years: UInt32(years),
          count: count,
          weights: weights + first,
          width: self.positions,
          shocks: shocks.own?.numbers,
          room: shocks.room,
          scales: shocks.scales?.numbers,
          groups: groups + first,
          shared: shocks.shared?.numbers,
          span: span
        )
        kernels.mix_rows(&paths, sign, changes.numbers)
      }
    }
  }

  private func mix(
    _ count: Int,
    _ weights: UnsafePointer<Double>,
    _ groups: UnsafePointer<UInt32>,
    _ shocks: Shocks,
    _ sign: Double,
    _ changes: UnsafeMutablePointer<DrawRow>
  ) {
    for index in 0..<count {
      let scale = (shocks.scales?[index] ?? DrawRow(repeating: 1)) * sign
      var weight = weights + index
      for row in 0..<years {
        var sum = DrawRow.zero
        if let own = shocks.own {
          for column in 0...row {
            sum += weight.pointee * own[column * shocks.room + index]
            weight += positions
          }
          sum *= scale
        }
        if let shared = shocks.shared { sum += shared[row * span + Int(groups[index])] * sign }
        changes[row * shocks.room + index] = sum
      }
    }
  }
}
