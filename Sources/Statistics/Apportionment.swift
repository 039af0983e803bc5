/// Whole units spread over members in proportion to weights, by the method of Webster and
/// Sainte-Laguë.
///
/// The units are given out one after the other, each to the member with the largest quotient
/// *w* / (2 *t* + 1), where *w* is its weight and *t* the units it already holds; of equal quotients
/// the first member's wins. The method is house-monotone: one unit more never takes one away from a
/// member. Everything here gives what that loop would give, without running it.
///
/// Quotients are compared as rounded doubles, so the order of the units is the same everywhere.
/// Weights of zero get nothing, unless all are zero: then all count alike.
///
/// Source: M. L. Balinski and H. P. Young (2001), Fair Representation, 2nd ed., Brookings, ch. 9 and
/// appendix A.
///
/// ```swift
/// Apportionment(weights: [53, 24, 23]).shares(of: 7)  // [3, 2, 2]
/// ```
public struct Apportionment: Sendable, Hashable {
  /// The weights, as they are used: all 1 when all given ones are 0.
  public let weights: [Double]
  private let total: Double

  /// The most units that are spread; whole numbers up to here are exact as doubles.
  public static let largest = 1 << 52

  /// Prepares a spread.
  ///
  /// - Parameter weights: One weight per member, at least one member; finite and not negative.
  public init(weights: [Double]) {
    precondition(!weights.isEmpty, "Units are spread over at least one member.")
    precondition(weights.allSatisfy { $0 >= 0 && $0.isFinite }, "A weight is at least 0.")
    let isEven = weights.allSatisfy { $0 == 0 }
    self.weights = isEven ? weights.map { _ in 1 } : weights
    total = self.weights.reduce(0, +)
  }

  /// The number of members.
  public var count: Int { weights.count }

  /// How many of some units each member gets.
  ///
  /// - Parameter units: The number of units, from 0 to `largest`.
  /// - Returns: One number per member; they sum to `units`.
  /// - Complexity: As `spread(_:into:)`.
  public func shares(of units: Int) -> [Int] {
    var shares = [Int](repeating: 0, count: count)
    spread(units, into: &shares)
    return shares
  }

  /// Spreads units into an array that is there already, without allocating.
  ///
  /// - Parameters:
  ///   - units: The number of units, from 0 to `largest`.
  ///   - shares: One number per member; what it held is lost.
  /// - Complexity: O(*m*²) for *m* members: rounding the quotas leaves at most about *m* / 2 units to
  ///   give or take.
  public func spread(_ units: Int, into shares: inout [Int]) {
    precondition(units >= 0 && units <= Self.largest, "From 0 to 2⁵² units can be spread.")
    precondition(shares.count == count, "There is one share per member.")
    if count == 1 {
      shares[0] = units
      return
    }
    var given = 0
    for member in shares.indices {
      let quota = Double(units) * (weights[member] / total)
      shares[member] = Int(quota.rounded())
      given += shares[member]
    }
    while given < units {
      shares[next(shares)] += 1
      given += 1
    }
    while given > units {
      shares[last(shares)] -= 1
      given -= 1
    }
    // Quotas are rounded, so a unit at the border may stand with the wrong member.
    while true {
      let (to, from) = (next(shares), last(shares))
      guard to != from, shares[from] > 0,
        comesBefore((to, shares[to] + 1), (from, shares[from]))
      else { return }
      shares[to] += 1
      shares[from] -= 1
    }
  }

  /// The smallest number of units at which a member holds some number of them.
  ///
  /// - Parameters:
  ///   - member: The member.
  ///   - held: How many it is to hold.
  /// - Returns: The number; `nil` when the member gets nothing, or when it exceeds `largest`.
  /// - Complexity: O(*m*) for *m* members.
  public func smallest(giving member: Int, _ held: Int) -> Int? {
    guard held > 0 else { return 0 }
    guard weights[member] > 0, held <= Self.largest,
      Double(held) * (total / weights[member]) < Double(Self.largest)
    else { return nil }
    var units = held
    for other in weights.indices where other != member {
      units += self.units(of: other, before: (member, held))
    }
    return units <= Self.largest ? units : nil
  }

  /// How many units of a member come before a unit of another.
  private func units(of other: Int, before unit: (member: Int, number: Int)) -> Int {
    guard weights[other] > 0 else { return 0 }
    let quotient = weights[other] / self.quotient(unit.member, unit.number)
    var count = max(0, Int(((quotient + 1) / 2).rounded(.down)))
    while comesBefore((other, count + 1), unit) { count += 1 }
    while count > 0, !comesBefore((other, count), unit) { count -= 1 }
    return count
  }

  @inline(__always)
  private func quotient(_ member: Int, _ number: Int) -> Double {
    weights[member] / Double(2 * number - 1)
  }

  /// Whether a unit is given out before another.
  @inline(__always)
  private func comesBefore(
    _ left: (member: Int, number: Int),
    _ right: (member: Int, number: Int)
  ) -> Bool {
    let (a, b) = (quotient(left.member, left.number), quotient(right.member, right.number))
    return a == b ? left.member < right.member : a > b
  }

  /// The member that gets the next unit.
  private func next(_ shares: [Int]) -> Int {
    var best = 0
    for member in shares.indices.dropFirst()
    where quotient(member, shares[member] + 1) > quotient(best, shares[best] + 1) {
      best = member
    }
    return best
  }

  /// The member that holds the unit given out last.
  private func last(_ shares: [Int]) -> Int {
    var worst = -1
    for member in shares.indices where shares[member] > 0 {
      if worst < 0 || quotient(member, shares[member]) <= quotient(worst, shares[worst]) {
        worst = member
      }
    }
    return max(worst, 0)
  }
}
