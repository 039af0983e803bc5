public import Regions
internal import Statistics

/// How well a composite follows places that somebody published, and what it says of those places when
/// figures change.
///
/// A composite whose places agree with published ones is a shadow of the ranking whose formula is not
/// known. Whether it agrees well enough to say places is decided by the gate of the composite
/// (``FitGate``): enough units, Spearman's ρ and the mean of |place by the shadow − published place|.
///
/// What-if: only places are published, not index values, so a published place is turned into a value of
/// the shadow by its empirical quantile function: place *p* of *N* is the value that the shadow has at
/// that place, between two of them by linear interpolation. The change of the shadow is added, and the
/// unit is ranked anew among the published ones:
///
///     T_i = Q(p_i),   place'_i = 1 + #{j ≠ i: T_j + ΔT_j > T_i + ΔT_i}
///
/// Places that are not in the list are taken by somebody who does not move.
public struct ShadowFit: Sendable {
  /// A unit with a place by the shadow and a published one.
  public struct Comparison: Sendable, Hashable {
    /// The position of the unit.
    public let unit: Int
    /// The published place.
    public let published: Double
    /// The place by the shadow.
    public let shadow: Double

    /// The place by the shadow less the published one.
    public var error: Double { shadow - published }
  }

  /// What the gate decides.
  public enum Verdict: Sendable, Hashable {
    /// The shadow may say places.
    case places
    /// Too few units can be compared.
    case tooFew
    /// The shadow follows the published places too poorly: it may say directions only.
    case directionOnly
  }

  /// What changed figures do to a unit's published place.
  public struct Outcome: Sendable, Hashable {
    /// The position of the unit.
    public let unit: Int
    /// The published place.
    public let published: Int
    /// The change of the score, by the shadow.
    public let change: Double
    /// The place with the changed figures; `nil` where the gate does not let it be said.
    public let place: Int?
  }

  /// The scores of the shadow.
  public let scores: CompositeScores
  /// The published places.
  public let published: PublishedPlaces
  /// The units that can be compared, in their order.
  public let comparisons: [Comparison]
  /// Spearman's ρ; `nil` where fewer than two units can be compared.
  public let spearman: Double?
  /// Kendall's τ_b.
  public let kendall: Double?
  /// The mean of |place by the shadow − published place|; NaN without units.
  public let meanError: Double
  /// What the gate decides.
  public let verdict: Verdict

  /// The values of the shadow, the best first.
  private let sorted: [Double]

  /// Compares a shadow with published places.
  ///
  /// **Missing values**: a unit without a score or without a published place is left out.
  ///
  /// - Parameters:
  ///   - scores: The scores of the shadow, of municipalities.
  ///   - published: The published places.
  /// - Complexity: O(*n*²), with *n* units.
  public init(_ scores: CompositeScores, published: PublishedPlaces) {
    precondition(scores.figures.level == .municipality, "Published places are of municipalities.")
    self.scores = scores
    self.published = published
    let comparisons = scores.scored.compactMap { unit in
      published.places[unit].map {
        Comparison(unit: unit, published: Double($0), shadow: scores.places[unit])
      }
    }
    self.comparisons = comparisons
    spearman = spearmanCorrelation(comparisons.map(\.published), comparisons.map(\.shadow))
    kendall = kendallCorrelation(comparisons.map(\.published), comparisons.map(\.shadow))
    meanError =
      comparisons.reduce(0) { $0 + $1.error.magnitude } / Double(comparisons.count)
    let gate = scores.figures.composite.gate
    if comparisons.count < gate.units {
      verdict = .tooFew
    } else if let spearman, spearman >= gate.correlation, meanError <= gate.error {
      verdict = .places
    } else {
      verdict = .directionOnly
    }
    sorted = scores.scored.map { scores.sums[$0] }.sorted(by: >)
  }

  /// The value of the shadow at a published place: its empirical quantile function.
  ///
  /// - Parameter place: The place, 1 to the number that were ranked.
  /// - Returns: T at that place; NaN when no unit has a score.
  public func value(atPlace place: Int) -> Double {
    guard sorted.count > 1 else { return sorted.first ?? .nan }
    // The middle of each place's share of the ranked, so that lists of different length agree.
    let share = (Double(place) - 0.5) / Double(published.ranked)
    let position = min(max(share * Double(sorted.count) - 0.5, 0), Double(sorted.count - 1))
    let index = min(Int(position), sorted.count - 2)
    return sorted[index] + (position - Double(index)) * (sorted[index + 1] - sorted[index])
  }

  /// The published places of some units when figures of them change.
  ///
  /// - Parameter values: For each unit the figures that change, by the position of their indicator. The
  ///   units have a score and a published place.
  /// - Returns: What happens to them, in their order.
  /// - Complexity: O(*c* *n*), with *c* changed units and *n* places.
  public func outcomes(of values: [Int: [Int: Double]]) -> [Outcome] {
    var anchored: [(unit: Int?, value: Double)] = []
    var taken: [Int: Int] = [:]
    var changes: [Int: Double] = [:]
    for (unit, place) in published.places.sorted(by: { $0.key < $1.key }) {
      var value = value(atPlace: place)
      if let changed = values[unit] {
        let change = scores.sum(of: unit, with: changed) - scores.sums[unit]
        changes[unit] = change
        value += change
      }
      anchored.append((unit, value))
      taken[place, default: 0] += 1
    }
    let occupied = Set(taken.flatMap { place, count in place..<place + count })
    for place in 1...published.ranked where !occupied.contains(place) {
      anchored.append((nil, value(atPlace: place)))
    }
    return anchored.compactMap { unit, value in
      guard let unit, let change = changes[unit], let place = published.places[unit] else {
        return nil
      }
      let better = anchored.count { $0.unit != unit && $0.value > value }
      return Outcome(
        unit: unit,
        published: place,
        change: change,
        place: verdict == .places ? 1 + better : nil
      )
    }
  }
}
