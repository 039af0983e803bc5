/// The scores of units that stay where they are, among which a moving unit is placed.
///
/// A score is a value, negated where lower is better, so that more is better. Scores that differ by
/// rounding noise alone count as equal, as in `Levels.mergingRoundingNoise`.
struct ScoreField: Sendable {
  /// How a score stands among others.
  struct Standing: Sendable, Hashable {
    /// How many others are better.
    var above = 0
    /// How many others are as good.
    var tied = 0

    /// The place if nobody else were there, equal scores at the mean of their places.
    @inline(__always)
    var meanPlace: Double { 1 + Double(above) + Double(tied) / 2 }
  }

  /// A score with the band around it within which a comparison needs care.
  struct Mark: Sendable {
    let score: Double
    let low: Double
    let high: Double

    @inline(__always)
    init(_ score: Double) {
      self.score = score
      let band = 32 * score.magnitude.ulp
      low = score - band
      high = score + band
    }

    /// In halves of a place, what an equal or better score costs the other: 2 when it is passed,
    /// 1 when it is reached, 0 when it is still better.
    @inline(__always)
    func halves(against other: Double) -> Int {
      if other < low { return 2 }
      if other > high { return 0 }
      if isAbove(score, other) { return 2 }
      return isAbove(other, score) ? 0 : 1
    }
  }

  /// The scores, none of them NaN.
  private(set) var scores: [Double] = []

  /// Takes the scores of the units that are not left out.
  ///
  /// - Parameters:
  ///   - values: The values; NaN where a unit has none.
  ///   - direction: −1 where lower is better, else 1.
  ///   - isLeftOut: Whether each unit moves itself.
  mutating func fill(_ values: [Double], direction: Double, without isLeftOut: [Bool]) {
    scores.removeAll(keepingCapacity: true)
    for index in values.indices where !isLeftOut[index] && !values[index].isNaN {
      scores.append(direction * values[index])
    }
  }

  /// How a score stands.
  ///
  /// - Complexity: O(*u*) for *u* units.
  func standing(of score: Double) -> Standing {
    let mark = Mark(score)
    var standing = Standing()
    var near = 0
    for other in scores {
      standing.above += other > mark.high ? 1 : 0
      near += other >= mark.low ? 1 : 0
    }
    guard near != standing.above else { return standing }
    for other in scores where other >= mark.low && other <= mark.high {
      switch mark.halves(against: other) {
      case 0: standing.above += 1
      case 1: standing.tied += 1
      default: break
      }
    }
    return standing
  }
}

/// The smallest whole number of a range at which something holds, when it holds from there on.
///
/// The step doubles until it holds; then the last step is halved.
///
/// - Parameters:
///   - range: The range; empty gives `nil`.
///   - step: The first step.
///   - holds: Whether it holds; once true, true for all larger numbers.
/// - Returns: The number; `nil` when it holds nowhere.
/// - Complexity: O(log *n*) calls.
@inline(__always)
func firstWhole(
  in range: Range<Int>,
  step: Int = 1,
  where holds: (Int) -> Bool
) -> Int? {
  guard !range.isEmpty else { return nil }
  if holds(range.lowerBound) { return range.lowerBound }
  let last = range.upperBound - 1
  var (low, width) = (range.lowerBound, max(1, step))
  var high = low
  repeat {
    guard high < last else { return nil }
    low = high
    high = width >= last - low ? last : low + width
    width = width > last / 2 ? last : width * 2
  } while !holds(high)
  while high - low > 1 {
    let middle = low + (high - low) / 2
    if holds(middle) { high = middle } else { low = middle }
  }
  return high
}
