public import Documents
internal import LinearAlgebra
public import Statistics
internal import Synchronization

/// How far the places of a composite depend on choices that could have been made otherwise.
///
/// In each draw every uncertain choice is made anew, and all units are ranked: the weights around the
/// composite's own, the normalisation, the mean, whether extremes are cut off, which indicator is left
/// out (each, or none, equally likely), and the years the scales rest on. Scores are products of
/// indicators and weights through OpenBLAS; they are simulated values. The result does not depend on the
/// number of threads.
///
/// What the variance of a place, and of the average shift in rank, is due to is said by Sobol indices
/// (``SobolIndices``), at a cost of *d* + 2 times the draws for *d* choices; all weights count as one
/// choice. Source of the method: M. Saisana, A. Saltelli & S. Tarantola (2005), Uncertainty and
/// sensitivity analysis techniques as tools for the quality assessment of composite indicators,
/// https://doi.org/10.1111/j.1467-985X.2005.00350.x.
///
/// **Missing values**: the units that have a score by the composite itself are ranked in every draw. One
/// that lacks figures has the weights divided among the others of the area; when the only figure of an
/// area is left out, among the other areas.
public struct Robustness: Sendable {
  /// The scores by the composite itself.
  public let scores: CompositeScores
  /// What is drawn, and how.
  public let settings: RobustnessSettings
  /// The positions in the composite of the units that are ranked.
  public let units: [Int]

  let variants: RobustnessVariants
  let sampler: WeightSampler
  /// The indicators that can be left out.
  let removable: [Int]

  /// How many draws a thread takes at a time.
  static let block = 256

  /// Prepares the draws.
  ///
  /// - Parameters:
  ///   - scores: The scores by the composite itself.
  ///   - settings: What is drawn, and how.
  /// - Throws: `DocumentError` for an indicator that is constant where the scales rest on its year, and
  ///   when fewer than two units have a score.
  public init(_ scores: CompositeScores, settings: RobustnessSettings) throws(DocumentError) {
    self.scores = scores
    self.settings = settings
    units = scores.scored
    guard units.count > 1 else {
      throw DocumentError(.impossible, at: nil, "Fewer than two units have a score.")
    }
    variants = try RobustnessVariants(scores, units: units, factors: settings.factors)
    let shares = scores.weighting.shares
    sampler = WeightSampler(weights: shares, scheme: settings.scheme, seed: settings.seed)
    let weighed = shares.indices.filter { shares[$0] > 0 }
    removable = weighed.count > 1 ? weighed : []
  }

  /// The parameters of a draw; a function of the settings and the draw alone.
  public func parameters(ofDraw draw: Int) -> RobustnessDraw {
    var batch = RobustnessBatch(self, count: 1)
    batch.fill(draw..<draw + 1, sample: .a)
    let choice = batch.choices[0]
    return RobustnessDraw(
      normalisation: variants.normalisations[choice.normalisation],
      aggregation: variants.aggregations[choice.aggregation],
      winsorising: variants.winsorisings[choice.winsorising],
      usesBaseWindow: variants.usesBaseWindow[choice.base],
      leftOut: choice.leftOut < 0 ? nil : choice.leftOut,
      shift: variants.all[variants.index(choice)].shift,
      weights: batch.effectiveWeights(0)
    )
  }

  /// What was added to the values before the geometric mean was taken, for each normalisation.
  public var shifts: [(normalisation: Normalisation, shift: Double)] {
    guard let geometric = variants.aggregations.firstIndex(of: .geometric) else { return [] }
    return variants.normalisations.indices.map { index in
      let choice = RobustnessChoice(normalisation: index, aggregation: geometric)
      return (variants.normalisations[index], variants.all[variants.index(choice)].shift)
    }
  }

  /// Draws, ranks and counts.
  ///
  /// - Parameters:
  ///   - focus: The position of the unit in view, if there is one; it has a score.
  ///   - targets: Statements about units that have a score.
  ///   - isExplained: Whether the variance is split among the factors.
  ///   - threads: How many threads to use, at least 1.
  ///   - kernel: What ranks and draws; the results are the same.
  /// - Returns: What the draws say.
  /// - Complexity: O(*s* (*d* + 2) *n* (*k* + log² *n*)) in time for *s* draws of *d* factors, *n* units
  ///   and *k* indicators.
  public func outcome(
    focus: Int?,
    targets: [RobustnessTarget] = [],
    isExplained: Bool,
    threads: Int,
    kernel: Kernel = .best
  ) -> RobustnessOutcome {
    let size = units.count * (units.count + 1)
    let collected = Mutex((counts: [UInt32](repeating: 0, count: size), blocks: [Int: Block]()))
    ChunkQueue.share(settings.draws, by: Self.block, threads: threads) { queue in
      var worker = RobustnessWorker(self, focus, targets, kernel)
      var blocks: [Int: Block] = [:]
      while let range = queue.next() {
        blocks[range.lowerBound] = worker.block(range, isExplained: isExplained)
      }
      collected.withLock { all in
        for index in all.counts.indices { all.counts[index] += worker.counts[index] }
        all.blocks.merge(blocks) { first, _ in first }
      }
    }
    let (counts, byStart) = collected.withLock { ($0.counts, $0.blocks) }
    let blocks = byStart.sorted { $0.key < $1.key }.map(\.value)
    let held = targets.indices.map { target in blocks.flatMap { $0.held[target] } }
    var outcome = RobustnessOutcome(
      units: units,
      tally: PlaceTally(units: units.count, draws: settings.draws, counts: counts),
      places: focus == nil ? [] : blocks.flatMap { $0.samples[0].places.map { Int($0) } },
      shifts: blocks.flatMap { $0.samples[0].shifts },
      targets: held.map { RobustnessOutcome.Share(count: $0.count { $0 }, draws: $0.count) },
      held: held
    )
    if isExplained { outcome.explain(blocks, settings.orderedFactors, hasFocus: focus != nil) }
    return outcome
  }

  /// The results of some draws: the samples A, B and, for each factor, A_B.
  struct Block: Sendable {
    var samples: [(places: [Double], shifts: [Double])] = []
    var held: [[Bool]] = []
  }
}

extension RobustnessOutcome {
  fileprivate mutating func explain(
    _ blocks: [Robustness.Block],
    _ factors: [RobustnessSettings.Factor],
    hasFocus: Bool
  ) {
    func samples(_ list: (Int) -> [[Double]]) -> SobolIndices {
      SobolIndices(
        a: list(0).flatMap { $0 },
        b: list(1).flatMap { $0 },
        mixed: factors.indices.map { list($0 + 2).flatMap { $0 } }
      )
    }
    let shift = samples { sample in blocks.map { $0.samples[sample].shifts } }
    let place = hasFocus ? samples { sample in blocks.map { $0.samples[sample].places } } : shift
    variances = (hasFocus ? place.variance : .nan, shift.variance)
    sensitivities = factors.enumerated().map { index, factor in
      Sensitivity(
        factor: factor,
        placeFirst: place.first[index],
        placeTotal: place.total[index],
        shiftFirst: shift.first[index],
        shiftTotal: shift.total[index]
      )
    }
  }
}
