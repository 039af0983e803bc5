internal import Statistics

/// The movement of regions set against what chance gives units that start from the same places.
///
/// A raw sum of places favours, and endangers, regions with many municipalities: without any real
/// difference its variance grows with their number. And those who start low rise on average, those
/// who start high fall (regression to the mean). So the municipalities are parted by their starting
/// places into bins of equal size; with E and Var the mean and variance of the movement within the
/// bin of each member *i*, and *S* the region's sum,
///
///     Z = (S − Σ E[Δ | rᵢ(0)]) / √(Σ Var[Δ | rᵢ(0)])
///
/// The probability *p* of a sum at least as large by chance comes from shuffling the movements within
/// the bins *M* times: (1 + #{Z* ≥ Z}) / (*M* + 1) (B. Phipson and G. K. Smyth 2010,
/// https://doi.org/10.2202/1544-6115.1585). It is one-sided, and of one region looked at alone: the
/// best of many regions has a small *p* by being the best. Neighbours that move together make it too
/// small.
public struct StandardisedMovement: Sendable, Hashable {
  /// The score of one region.
  public struct Score: Sendable, Hashable {
    /// The sum of the places climbed.
    public let sum: Double
    /// The sum that units starting from these places have on average.
    public let expected: Double
    /// The root of the sum of the variances.
    public let deviation: Double
    /// Z; `nil` when no unit of the bins moved otherwise than the others.
    public let z: Double?
    /// The share of shuffles with a sum at least as large.
    public let p: Double
  }

  /// The score of each region; `nil` for one of whose members the movement is not known.
  public let scores: [Score?]
  /// How many bins there are.
  public let bins: Int
  /// How many municipalities are in the bins.
  public let units: Int
  /// How many times the movements were shuffled.
  public let shuffles: Int
  /// The seed of the shuffles.
  public let seed: UInt64

  /// Scores some regions.
  ///
  /// There are ten bins, or fewer so that each has at least ten municipalities; those with equal
  /// places are in the same.
  ///
  /// **Shapes**: `before` and `after` have one place per municipality. **Missing values**: a
  /// municipality with NaN in either is in no bin.
  ///
  /// - Parameters:
  ///   - before: The places before.
  ///   - after: The places after.
  ///   - regions: For each region the indices of its members.
  ///   - shuffles: How many times to shuffle.
  ///   - seed: The seed of the shuffles.
  /// - Complexity: O(*n* log *n* + *M* (*n* + *m*)), with *n* municipalities and *m* memberships.
  public init(
    before: [Double],
    after: [Double],
    regions: [[Int]],
    shuffles: Int = 5000,
    seed: UInt64 = 1
  ) {
    precondition(before.count == after.count, "Each municipality has a place before and after.")
    let sorted = Self.sortedByStart(before, after)
    let bins = Self.bins(sorted.map { before[$0] })
    var changes = sorted.map { before[$0] - after[$0] }
    var indices = [Int?](repeating: nil, count: before.count)
    for (index, unit) in sorted.enumerated() { indices[unit] = index }
    let known = regions.map { members -> [Int]? in
      let found = members.compactMap { indices[$0] }
      return found.count == members.count && !found.isEmpty ? found : nil
    }
    let sums = known.map { $0.map { $0.reduce(0) { $0 + changes[$1] } } ?? .nan }
    let moments = Self.moments(changes, bins)
    var hits = [Int](repeating: 0, count: regions.count)
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<shuffles {
      for bin in bins { changes.shuffle(in: bin, with: &generator) }
      for (region, members) in known.enumerated() {
        guard let members else { continue }
        // The region's bins are the same in every shuffle, so Z* ≥ Z says no more than S* ≥ S;
        // places are multiples of a half, whose sums are exact.
        if members.reduce(0, { $0 + changes[$1] }) >= sums[region] { hits[region] += 1 }
      }
    }
    scores = known.enumerated().map { region, members in
      members.map { members in
        let expected = members.reduce(0) { $0 + moments[$1].mean }
        let deviation = members.reduce(0) { $0 + moments[$1].variance }.squareRoot()
        return Score(
          sum: sums[region],
          expected: expected,
          deviation: deviation,
          z: deviation > 0 ? (sums[region] - expected) / deviation : nil,
          p: Double(1 + hits[region]) / Double(shuffles + 1)
        )
      }
    }
    self.bins = bins.count
    units = sorted.count
    self.shuffles = shuffles
    self.seed = seed
  }

  /// The municipalities with both places, in the order of their places before.
  private static func sortedByStart(_ before: [Double], _ after: [Double]) -> [Int] {
    before.indices.filter { !before[$0].isNaN && !after[$0].isNaN }
      .sorted { (before[$0], $0) < (before[$1], $1) }
  }

  /// The ranges of sorted places that make up the bins: the one with mean rank *r* of *n* is in bin
  /// ⌊(*r* − ½) *B* / *n*⌋. A bin that ties leave empty is left out.
  private static func bins(_ places: [Double]) -> [Range<Int>] {
    let count = max(1, min(10, places.count / 10))
    let ranks = ColumnRanks(of: places, order: .smallestFirst, ties: .fractional).places
    let numbers = ranks.map { Int(($0 - 0.5) * Double(count) / Double(places.count)) }
    var ranges: [Range<Int>] = []
    var start = 0
    for index in numbers.indices {
      let isLast = index + 1 == numbers.count || numbers[index + 1] != numbers[index]
      if isLast {
        ranges.append(start..<(index + 1))
        start = index + 1
      }
    }
    return ranges
  }

  /// For each sorted municipality the mean and variance of the movements in its bin.
  private static func moments(
    _ changes: [Double],
    _ bins: [Range<Int>]
  ) -> [(mean: Double, variance: Double)] {
    bins.flatMap { bin in
      let count = Double(bin.count)
      let mean = changes[bin].reduce(0, +) / count
      let variance = changes[bin].reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
      return Array(repeating: (mean: mean, variance: variance), count: bin.count)
    }
  }
}
