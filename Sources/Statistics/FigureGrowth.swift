internal import CKernels

/// Makes figures of their changes, in sixteen draws side by side.
///
/// A numerator changes around its central figure, then grows with its denominator where it is one of
/// a ratio. Each operation is rounded by itself, so the figures are the same to the last bit on every
/// machine.
public struct FigureGrowth: Sendable {
  /// What changes are made on.
  public enum Scale: Sendable, Hashable {
    /// A change is a factor.
    case log
    /// A change is a factor of the odds against, with 1 less the share of each central figure.
    case logit(slack: [Double])
    /// A change is added; to a ratio, times the denominator.
    case identity
  }

  /// What numerators must keep.
  public struct Limits: Sendable, Hashable {
    /// The least numerator.
    public let minimum: Double
    /// The largest numerator.
    public let maximum: Double
    /// Whether numerators are at most their denominators.
    public let isShare: Bool

    /// Sets limits.
    public init(minimum: Double, maximum: Double, isShare: Bool) {
      self.minimum = minimum
      self.maximum = maximum
      self.isShare = isShare
    }
  }

  private let numerators: [Double]
  private let denominators: [Double]
  private let scale: Scale
  private let isRatio: Bool
  private let limits: Limits
  private let kernel: Kernel

  /// Takes the central figures.
  ///
  /// - Parameters:
  ///   - numerators: The numerators, NaN where missing.
  ///   - denominators: As many denominators; empty without.
  ///   - scale: What changes are made on.
  ///   - isRatio: Whether numerators grow with the denominators, which then are there.
  ///   - limits: What numerators must keep.
  ///   - kernel: What computes; the figures are the same.
  public init(
    numerators: [Double],
    denominators: [Double],
    scale: Scale,
    isRatio: Bool,
    limits: Limits,
    kernel: Kernel = .best
  ) {
    precondition(
      denominators.count == numerators.count || denominators.isEmpty && !isRatio,
      "Each numerator has a denominator, or none has and it is no ratio."
    )
    if case .logit(let slack) = scale {
      precondition(slack.count == numerators.count, "Each share has its slack.")
    }
    self.numerators = numerators
    self.denominators = denominators
    self.scale = scale
    self.isRatio = isRatio
    self.limits = limits
    self.kernel = kernel
  }

  /// Makes the figures of some of the central ones.
  ///
  /// **Shapes**: changes and figures have a row for each of `part`, from its first on.
  ///
  /// - Parameters:
  ///   - part: Which of the central figures.
  ///   - changes: Their changes.
  ///   - growth: The factors of the denominators; `nil` where they do not move.
  ///   - tops: Where the numerators go.
  ///   - bottoms: Where the denominators go; not touched without.
  /// - Returns: A bit for each draw in which a figure breaks a limit or a denominator is not above 0.
  /// - Complexity: O(*n*), with *n* figures.
  public func grow(
    _ part: Range<Int>,
    changes: UnsafePointer<DrawRow>,
    growth: UnsafePointer<DrawRow>?,
    into tops: UnsafeMutablePointer<DrawRow>,
    _ bottoms: UnsafeMutablePointer<DrawRow>
  ) -> UInt16 {
    precondition(
      0 <= part.lowerBound && part.upperBound <= numerators.count,
      "The part is one of the central figures."
    )
    var slack: [Double] = []
    if case .logit(let given) = scale { slack = given }
    return numerators.withUnsafeBufferPointer { top in
      denominators.withUnsafeBufferPointer { bottom in
        slack.withUnsafeBufferPointer { slack in
          guard let top = top.baseAddress.map({ $0 + part.lowerBound }) else { return 0 }
          var figures = ckernels_growth(
            kind: kind,
            is_ratio: isRatio ? 1 : 0,
            is_share: limits.isShare ? 1 : 0,
            minimum: limits.minimum,
            maximum: limits.maximum,
            count: part.count,
            numerators: top,
            denominators: bottom.isEmpty ? nil : bottom.baseAddress.map { $0 + part.lowerBound },
            slack: slack.isEmpty ? nil : slack.baseAddress.map { $0 + part.lowerBound },
            changes: changes.numbers,
            growth: growth?.numbers
          )
          if let kernels = kernel.table {
            return UInt16(
              truncatingIfNeeded: kernels.grow_rows(&figures, tops.numbers, bottoms.numbers)
            )
          }
          return grow(figures, changes, growth, tops, bottoms)
        }
      }
    }
  }

  private var kind: UInt32 {
    switch scale {
    case .log: UInt32(CKERNELS_LOG)
    case .logit: UInt32(CKERNELS_LOGIT)
    case .identity: UInt32(CKERNELS_IDENTITY)
    }
  }

  private func grow(
    _ central: ckernels_growth,
    _ changes: UnsafePointer<DrawRow>,
    _ growth: UnsafePointer<DrawRow>?,
    _ tops: UnsafeMutablePointer<DrawRow>,
    _ bottoms: UnsafeMutablePointer<DrawRow>
  ) -> UInt16 {
    var isBroken = SIMDMask<SIMD16<Int64>>(repeating: false)
    for row in 0..<central.count {
      let (figure, change) = (central.numerators[row], changes[row])
      var top: DrawRow
      switch scale {
      case .log: top = figure * change
      case .logit: top = figure / (1 + central.slack[row] * (change - 1))
      case .identity where isRatio: top = figure + change * central.denominators[row]
      case .identity: top = figure + change
      }
      if let denominators = central.denominators {
        var bottom = DrawRow(repeating: denominators[row])
        if let factor = growth?[row] {
          if isRatio { top *= factor }
          bottom *= factor
        }
        isBroken .|= bottom .<= 0
        if limits.isShare { isBroken .|= top .> bottom }
        bottoms[row] = bottom
      }
      isBroken .|= top .< limits.minimum .| top .> limits.maximum
      tops[row] = top
    }
    return (0..<DrawRow.scalarCount).reduce(0) { $0 | (isBroken[$1] ? 1 << UInt16($1) : 0) }
  }
}
