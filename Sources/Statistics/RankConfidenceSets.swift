internal import Synchronization

/// Confidence sets for the ranks of values that are known with error.
///
/// The true rank of a unit lies between `lower` and `upper` with a probability of at least `level`, in
/// large samples and up to the randomness of the draws. With x the values, s_jk the standard error of
/// x_j − x_k and Z a draw of the errors:
///
/// 1. The family I holds the pairs (j, k), j ≠ k, with j or k among the units asked for.
/// 2. c is the quantile of order `level` over the draws of max over I of (Z_j − Z_k) / s_jk.
/// 3. Every pair of I with x_j − x_k − c s_jk > 0 is settled, j being above k, and leaves I.
/// 4. 2 and 3 are repeated until nothing leaves I (stepdown), or done once (single step).
///
/// The set of j is 1 + the number of units surely above it, up to *p* − the number surely below it,
/// of *p* units. It holds the true rank however true ties are numbered. The same draws serve every
/// step. Source: Mogstad, Romano, Shaikh & Wilhelm (2023), Inference for Ranks with Applications to
/// Mobility across Neighbourhoods and Academic Achievement across Countries,
/// https://doi.org/10.1093/restud/rdad006.
///
/// **Missing values**: a unit without a value or without a standard error (NaN) has no set and is not
/// counted.
///
/// **Zero standard errors**: where s_jk = 0 the order of the two is as certain as their values: the
/// larger is surely above, and of two equal ones neither is.
///
/// Equal values are surely neither above nor below each other, so they have the same set where their
/// errors are alike.
public struct RankConfidenceSets: Sendable, Hashable {
  /// What the probability is meant of.
  public enum Scope: String, Sendable, Hashable, CaseIterable {
    /// Each set alone covers the rank of its unit with the probability.
    case marginal
    /// All sets together cover the ranks of all units asked for with the probability.
    case simultaneous
  }

  /// The best rank in each unit's set; `nil` where there is no set.
  public let lower: [Int?]
  /// The worst rank in each unit's set; `nil` where there is no set.
  public let upper: [Int?]
  /// How many units are counted.
  public let counted: Int

  /// Computes the sets; the largest value has rank 1.
  ///
  /// ```swift
  /// let errors = ErrorDraws(standardErrors: [1, 1, 1], seed: 1)
  /// let sets = RankConfidenceSets([10, 9, 0], errors: errors, scope: .simultaneous)
  /// // sets.lower is [1, 1, 3] and sets.upper is [2, 2, 3]
  /// ```
  ///
  /// - Parameters:
  ///   - values: The values; turn the sign where the smallest goes first.
  ///   - errors: Draws of their errors, as many units as values.
  ///   - level: The probability of covering, above 0 and below 1.
  ///   - scope: Marginal or simultaneous.
  ///   - units: The positions of the units whose sets are asked for; `nil` for all.
  ///   - isStepdown: Whether settled pairs leave the family; the single step gives wider sets.
  ///   - threads: How many threads to use; the sets are the same.
  ///   - kernel: What compares; the sets are the same.
  /// - Complexity: O(*s* *r* *p*²) with *p* units, *r* draws and *s* steps, commonly 3 to 6.
  public init(
    _ values: [Double],
    errors: ErrorDraws,
    level: Double = 0.95,
    scope: Scope,
    units: [Int]? = nil,
    isStepdown: Bool = true,
    threads: Int = 1,
    kernel: Kernel = .best
  ) {
    precondition(values.count == errors.units, "Each value has its errors.")
    precondition(level > 0 && level < 1, "The level is above 0 and below 1.")
    let present = values.indices.filter { !values[$0].isNaN && !errors.standardErrors[$0].isNaN }
    let asked = Set(units ?? present)
    let targets = present.filter(asked.contains)
    var lower = [Int?](repeating: nil, count: values.count)
    var upper = lower
    let groups = scope == .marginal ? targets.map { [$0] } : [targets]
    let together = scope == .marginal ? 1 : threads
    let settled = Mutex<[PairFamily]>([])
    ChunkQueue.share(groups.count, by: 8, threads: threads) { queue in
      while let taken = queue.next() {
        for group in groups[taken] {
          var family = PairFamily(
            values: values,
            errors: errors,
            present: present,
            targets: group,
            kernel: kernel
          )
          while !family.isEmpty,
            let critical = quantile(level, of: family.maxima(threads: together)),
            family.remove(critical: critical), isStepdown
          {}
          settled.withLock { $0.append(family) }
        }
      }
    }
    for family in settled.withLock({ $0 }) {
      for unit in family.targets {
        lower[unit] = family.surelyAbove[unit] + 1
        upper[unit] = present.count - family.surelyBelow[unit]
      }
    }
    self.lower = lower
    self.upper = upper
    counted = present.count
  }

  /// The units that may be among the best: those whose set reaches up to a rank.
  ///
  /// Of simultaneous sets of all units, these hold all the units that are truly among the best with
  /// the probability of the sets (the τ-best set). Nothing would be gained by one-sided sets: for all
  /// units together, their family is the same.
  ///
  /// - Parameter count: How many ranks count as best.
  /// - Returns: The positions of the units, ascending.
  public func best(_ count: Int) -> [Int] {
    lower.indices.filter { lower[$0].map { $0 <= count } ?? false }
  }

  /// The units that may be among the worst; see `best(_:)`.
  ///
  /// - Parameter count: How many ranks count as worst.
  /// - Returns: The positions of the units, ascending.
  public func worst(_ count: Int) -> [Int] {
    upper.indices.filter { upper[$0].map { $0 > counted - count } ?? false }
  }
}
