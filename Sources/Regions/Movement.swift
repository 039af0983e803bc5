/// Movement in places between two rankings, positive when units climb, in five measures.
///
/// With *rᵢ*, *n* the place and the number ranked, 0 before and 1 after, Δᵢ = rᵢ(0) − rᵢ(1), over the
/// *m* municipalities of a region:
///
/// - F1 the sum S = Σ Δᵢ, as the plan counts;
/// - F2 the mean S / *m*;
/// - F3 the mean weighted by inhabitants, Σ pᵢ Δᵢ / Σ pᵢ;
/// - F4 the change of the percentile, Σ [(rᵢ(0) − ½)/n(0) − (rᵢ(1) − ½)/n(1)];
/// - F5 the share of what was possible: S over its largest possible value if S > 0, over the size
///   of its smallest possible value if S < 0.
///
/// F6, the movement of the region's own value among the regions, is that of a single unit.
///
/// Equal values are to have the mean of their places (`Ranking.placesForSums`): then the changes of
/// all units sum to zero. Published places are taken as they are. Raw sums favour regions with many
/// municipalities, so F2 and F5 belong beside F1. Source of the percentile and headroom forms: own
/// definitions, stated here; F1 is that of the action plan's Table 2.
public struct Movement: Sendable, Hashable {
  /// F1, the sum of the places climbed.
  public let sum: Double
  /// F2, the mean number of places climbed.
  public let mean: Double
  /// F3, the mean weighted by inhabitants; `nil` without weights.
  public let weightedMean: Double?
  /// F4, the sum of the changes in percentile (0–1 a municipality).
  public let percentile: Double
  /// F5, the share of the possible movement, −1 to 1.
  public let headroomShare: Double
  /// The number of municipalities.
  public let members: Int

  /// Computes the five measures; `nil` when there is no member, or a member has no place in either
  /// ranking: a sum over some of the members is not the region's movement.
  ///
  /// - Parameters:
  ///   - before: The members' places before.
  ///   - after: The members' places after, in the same order.
  ///   - rankedBefore: How many units were ranked before.
  ///   - rankedAfter: How many units were ranked after.
  ///   - weights: The members' inhabitants, or `nil`.
  public init?(
    before: [Double],
    after: [Double],
    rankedBefore: Int,
    rankedAfter: Int,
    weights: [Double]? = nil
  ) {
    precondition(before.count == after.count, "Each member has a place before and after.")
    guard !before.isEmpty, !(before + after).contains(where: \.isNaN) else { return nil }
    let changes = zip(before, after).map { $0 - $1 }
    let count = Double(changes.count)
    let sum = changes.reduce(0, +)
    members = changes.count
    self.sum = sum
    mean = sum / count
    weightedMean = weights.flatMap { weights in
      let total = weights.reduce(0, +)
      guard total > 0 else { return nil }
      return zip(weights, changes).reduce(0) { $0 + $1.0 * $1.1 } / total
    }
    percentile = zip(before, after).reduce(0) { result, places in
      result + (places.0 - 0.5) / Double(rankedBefore) - (places.1 - 0.5) / Double(rankedAfter)
    }
    headroomShare = Self.headroomShare(
      ofSum: sum,
      from: before.reduce(0, +),
      members: count,
      ranked: Double(rankedAfter)
    )
  }

  /// F5: a sum of movements over its largest possible value when it is positive, over the size of its
  /// smallest possible value when it is negative.
  ///
  /// - Parameters:
  ///   - sum: The sum of the movements.
  ///   - start: The sum of the members' places before.
  ///   - members: The number of members.
  ///   - ranked: How many units are ranked after.
  /// - Returns: A number from −1 to 1; 0 where nothing was possible.
  public static func headroomShare(
    ofSum sum: Double,
    from start: Double,
    members: Double,
    ranked: Double
  ) -> Double {
    let best = members * (members + 1) / 2
    let worst = members * ranked - members * (members - 1) / 2
    let room = sum > 0 ? start - best : worst - start
    return sum == 0 || room <= 0 ? 0 : sum / room
  }
}
